/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/runner.h"

#include <poll.h>
#include <stdatomic.h>

#include "base/buf.h"
#include "tests/jobs/rig.h"

/* ---- mail ---- */

static void
check_mail_goes_out(struct arena *a, enum db_kind kind)
{
	struct rig rig;
	struct sink sink;
	sink_start(&sink, a, NULL);
	rig_open(&rig, a, test_place(a, kind));
	rig.smtp.url = sink.url;
	rig.config.smtp = &rig.smtp;
	rig_mail(&rig, "aase@fjordby.example", "Første");
	struct runner *r = rig_start(&rig);
	CHECK(rig_sent(&rig, 1));
	rig_mail(&rig, "ali@fjordby.example", "Anden");
	runner_kick(r);
	CHECK(rig_sent(&rig, 2));
	CHECK(runner_stop(r));
	CHECK_INT(sink_count(&sink), 2);
	CHECK_STR(sink_part(&sink, 1, "subject"), S("Første"));
	CHECK_HAS(sink_part(&sink, 2, "from"), S("Fjordby Kommune"));
}

TEST(runner_sends_what_is_in_the_outbox_sqlite)
{
	check_mail_goes_out(arena, DB_SQLITE);
}

TEST(runner_sends_what_is_in_the_outbox_postgres)
{
	check_mail_goes_out(arena, DB_POSTGRES);
}

TEST(runner_without_a_server_keeps_mail_and_sends_it_once_there_is_one)
{
	struct rig rig;
	struct sink sink;
	struct mail mail = {.kind = S("test"),
	    .to = S("aase@fjordby.example"),
	    .subject = S("Gemt"),
	    .body = S("x\n")};
	sink_start(&sink, arena, NULL);
	rig_open(&rig, arena, test_place(arena, DB_SQLITE));
	CHECK_OK(mail_add(rig.writer, arena, &rig.program, &mail));
	struct runner *r = rig_start(&rig);
	poll(NULL, 0, 200);
	CHECK(runner_stop(r));
	CHECK_INT(rig_counts(&rig).kept, 1);
	rig.smtp.url = sink.url;
	rig.config.smtp = &rig.smtp;
	r = rig_start(&rig);
	CHECK(rig_sent(&rig, 1));
	CHECK(runner_stop(r));
	CHECK_STR(sink_part(&sink, 1, "subject"), S("Gemt"));
}

static bool
in_state(struct rig *rig, const char *state, int64_t count)
{
	for (int i = 0; i < 500; i++) {
		struct mail_counts c = rig_counts(rig);
		int64_t n = str_eq(str_c(state), S("failed")) ? c.failed
		    : str_eq(str_c(state), S("sending"))      ? c.sending
							      : c.waiting;
		if (n == count)
			return true;
		poll(NULL, 0, 10);
	}
	return false;
}

static struct mail_line
only_mail(struct rig *rig)
{
	struct mail_lines lines;
	pthread_mutex_lock(&rig->lock);
	enum err e = mail_list(rig->writer, rig->arena, &rig->program,
	    (struct mail_query){.open = true}, &lines);
	pthread_mutex_unlock(&rig->lock);
	CHECK_OK(e);
	CHECK_INT(lines.n, 1);
	return lines.list[0];
}

static void
check_outcome(
    struct arena *a, const char *mode, const char *state, const char *fault)
{
	struct rig rig;
	struct sink sink;
	sink_start(&sink, a, NULL);
	sink_mode(&sink, mode);
	rig_open(&rig, a, test_place(a, DB_SQLITE));
	rig.smtp.url = sink.url;
	rig.config.smtp = &rig.smtp;
	struct runner *r = rig_start(&rig);
	rig_mail(&rig, "aase@fjordby.example", "Et brev");
	runner_kick(r);
	for (int i = 0; i < 500 && only_mail(&rig).fault.n == 0; i++)
		poll(NULL, 0, 10);
	CHECK(runner_stop(r));
	struct mail_line line = only_mail(&rig);
	CHECK_STR(line.state, str_c(state));
	CHECK_STR(line.fault, str_c(fault));
	CHECK_STR(line.subject, S("Et brev"));
	CHECK_INT(line.attempts, 1);
}

TEST(runner_keeps_what_the_server_does_not_take)
{
	check_outcome(arena, "refuse", "failed", "refused");
	check_outcome(arena, "later", "waiting", "not_now");
	check_outcome(arena, "drop", "waiting", "no_server");
}

/* A silent server: the thread that sends is in the middle of it. */
TEST(runner_stops_within_ten_seconds_of_a_silent_server)
{
	struct rig rig;
	struct sink sink;
	sink_start(&sink, arena, NULL);
	sink_mode(&sink, "hang");
	rig_open(&rig, arena, test_place(arena, DB_SQLITE));
	rig.smtp.url = sink.url;
	rig.config.smtp = &rig.smtp;
	rig_mail(&rig, "aase@fjordby.example", "Et brev");
	struct runner *r = rig_start(&rig);
	CHECK(in_state(&rig, "sending", 1));
	poll(NULL, 0, 200);
	int64_t from_us = clock_mono_us();
	CHECK(runner_stop(r));
	CHECK_MAX(clock_mono_us() - from_us, 9 * SECOND_US);
	CHECK_INT(rig_counts(&rig).waiting, 1);
}

/* ---- jobs ---- */

struct deeds {
	int begun, ended, stopped, recurred;
};
static struct deeds deeds; /* of the job thread; read after runner_stop() */

static enum err
count_to_ten(struct job_turn *turn)
{
	deeds.begun++;
	for (int i = 1; i <= 10; i++) {
		if (!job_progress(turn, i, 10))
			return ERR_CONFLICT;
	}
	turn->result = turn->job->args;
	deeds.ended++;
	return ERR_OK;
}

static enum err
for_ever(struct job_turn *turn)
{
	deeds.begun++;
	while (job_progress(turn, 1, 0))
		poll(NULL, 0, 10);
	deeds.stopped++;
	return ERR_CONFLICT;
}

static enum err
too_much(struct job_turn *turn)
{
	for (;;)
		arena_new(turn->arena, char, 1 << 20);
	return ERR_OK;
}

static enum err
twice(struct job_turn *turn)
{
	return turn->job->attempts < 2 ? ERR_UNAVAIL : ERR_OK;
}

static const struct job_kind KINDS[] = {
    {"count", count_to_ten},
    {"forever", for_ever},
    {"much", too_much},
    {"twice", twice},
};

static struct id
add_job(struct rig *rig, const char *kind)
{
	struct job job = {.id = id_new(rig->program.now_us),
	    .kind = str_c(kind),
	    .args = S("{\"n\":7}")};
	pthread_mutex_lock(&rig->lock);
	enum err e = job_add(rig->writer, &rig->program, &job);
	pthread_mutex_unlock(&rig->lock);
	CHECK_OK(e);
	return job.id;
}

static struct job
get_job(struct rig *rig, struct id id)
{
	struct job job;
	pthread_mutex_lock(&rig->lock);
	enum err e = job_get(rig->writer, rig->arena, &rig->program, id, &job);
	pthread_mutex_unlock(&rig->lock);
	CHECK_OK(e);
	return job;
}

static struct job
wait_for(struct rig *rig, struct id id, const char *state)
{
	struct job job = get_job(rig, id);
	for (int i = 0; i < 500 && !str_eq(job.state, str_c(state)); i++) {
		poll(NULL, 0, 10);
		job = get_job(rig, id);
	}
	CHECK_STR(job.state, str_c(state));
	return job;
}

static int64_t clock_ahead_us;

static int64_t
clock_ahead(void)
{
	return clock_now_us() + clock_ahead_us;
}

static void
open_jobs(struct rig *rig, struct arena *a, enum db_kind kind)
{
	deeds = (struct deeds){0};
	clock_ahead_us = 0;
	rig_open(rig, a, test_place(a, kind));
	rig->config.kinds = KINDS;
	rig->config.n_kinds = COUNT_OF(KINDS);
	rig->config.now_us = clock_ahead;
}

static void
check_jobs_are_done(struct arena *a, enum db_kind kind)
{
	struct rig rig;
	open_jobs(&rig, a, kind);
	struct id count = add_job(&rig, "count");
	struct id much = add_job(&rig, "much");
	struct id unknown = add_job(&rig, "unknown");
	struct runner *r = rig_start(&rig);
	struct job job = wait_for(&rig, count, "done");
	CHECK_STR(job.result, S("{\"n\":7}"));
	CHECK_STR(wait_for(&rig, much, "failed").fault, S("too_large"));
	CHECK_STR(wait_for(&rig, unknown, "failed").fault, S("internal"));
	CHECK(runner_stop(r));
	CHECK_INT(deeds.begun, 1);
	CHECK_INT(deeds.ended, 1);
}

TEST(runner_does_jobs_sqlite)
{
	check_jobs_are_done(arena, DB_SQLITE);
}

TEST(runner_does_jobs_postgres)
{
	check_jobs_are_done(arena, DB_POSTGRES);
}

TEST(runner_tries_a_job_again_after_a_pause)
{
	struct rig rig;
	open_jobs(&rig, arena, DB_SQLITE);
	struct id id = add_job(&rig, "twice");
	struct runner *r = rig_start(&rig);
	CHECK_STR(wait_for(&rig, id, "waiting").kind, S("twice"));
	for (int i = 0; i < 500 && get_job(&rig, id).fault.n == 0; i++)
		poll(NULL, 0, 10);
	CHECK_STR(get_job(&rig, id).fault, S("unavail"));
	CHECK(runner_stop(r));
	clock_ahead_us = MINUTE_US;
	r = rig_start(&rig);
	CHECK_INT(wait_for(&rig, id, "done").attempts, 2);
	CHECK(runner_stop(r));
}

TEST(runner_gives_a_job_back_when_it_stops)
{
	struct rig rig;
	open_jobs(&rig, arena, DB_SQLITE);
	struct id id = add_job(&rig, "forever");
	struct runner *r = rig_start(&rig);
	wait_for(&rig, id, "running");
	int64_t from_us = clock_mono_us();
	CHECK(runner_stop(r));
	CHECK_MAX(clock_mono_us() - from_us, 3 * SECOND_US);
	CHECK_INT(deeds.stopped, 1);
	struct job job = get_job(&rig, id);
	CHECK_STR(job.state, S("waiting"));
	CHECK_INT(job.attempts, 0);
}

/* The job's row is somebody else's now: the one who works on it is told. */
TEST(runner_stops_a_job_whose_lease_was_taken)
{
	struct rig rig;
	struct job taken;
	open_jobs(&rig, arena, DB_SQLITE);
	struct id id = add_job(&rig, "forever");
	struct runner *r = rig_start(&rig);
	wait_for(&rig, id, "running");
	struct actor later = rig.program;
	later.now_us = clock_now_us() + HOUR_US;
	pthread_mutex_lock(&rig.lock);
	enum err e = job_claim(rig.writer, arena, &later,
	    &(struct job_share){.only = S(""), .but = S("")}, &taken);
	pthread_mutex_unlock(&rig.lock);
	CHECK_OK(e);
	for (int i = 0; i < 500 && deeds.stopped == 0; i++)
		poll(NULL, 0, 10);
	CHECK(runner_stop(r));
	CHECK_INT(deeds.stopped, 1);
	CHECK_STR(get_job(&rig, id).state, S("running"));
	CHECK_INT(get_job(&rig, id).attempts, 2);
}

static atomic_int slow_begun, slow_ended;

static enum err
slow(struct job_turn *turn)
{
	slow_begun++;
	while (job_progress(turn, 1, 0))
		poll(NULL, 0, 10);
	slow_ended++;
	return ERR_CONFLICT;
}

static const struct job_kind SLOW_KINDS[] = {
    {"slow", slow}, {"count", count_to_ten}};

static void
open_slow(struct rig *rig, struct arena *a, enum db_kind kind)
{
	open_jobs(rig, a, kind);
	slow_begun = slow_ended = 0;
	rig->config.kinds = SLOW_KINDS;
	rig->config.n_kinds = COUNT_OF(SLOW_KINDS);
}

/* A film of hours, two of them, and a draw that was asked for after both. */
static void
check_quick_ones_pass(struct arena *a, enum db_kind kind)
{
	struct rig rig;
	open_slow(&rig, a, kind);
	rig.config.aside = "slow";
	struct id film = add_job(&rig, "slow");
	struct runner *r = rig_start(&rig);
	wait_for(&rig, film, "running");
	struct id next = add_job(&rig, "slow");
	for (int i = 0; i < 3; i++)
		wait_for(&rig, add_job(&rig, "count"), "done");
	CHECK_STR(get_job(&rig, next).state, S("waiting")); /* one at a time */
	CHECK(runner_stop(r));
	CHECK_INT(slow_begun, 1);
	CHECK_INT(slow_ended, 1);
	CHECK_INT(deeds.begun, 3);
	CHECK_INT(deeds.ended, 3);
	/* Given back; after a restart both wait, and the other was first. */
	CHECK_STR(get_job(&rig, film).state, S("waiting"));
	r = rig_start(&rig);
	wait_for(&rig, next, "running");
	CHECK_STR(get_job(&rig, film).state, S("waiting"));
	CHECK(runner_stop(r));
	CHECK_INT(slow_begun, 2);
}

TEST(runner_lets_quick_jobs_pass_a_slow_one_sqlite)
{
	check_quick_ones_pass(arena, DB_SQLITE);
}

TEST(runner_lets_quick_jobs_pass_a_slow_one_postgres)
{
	check_quick_ones_pass(arena, DB_POSTGRES);
}

/* The twin: on one thread the quick one waits for as long as the slow runs. */
TEST(runner_holds_up_quick_jobs_without_a_thread_aside)
{
	struct rig rig;
	open_slow(&rig, arena, DB_SQLITE);
	struct id film = add_job(&rig, "slow");
	struct runner *r = rig_start(&rig);
	wait_for(&rig, film, "running");
	struct id quick = add_job(&rig, "count");
	poll(NULL, 0, 300);
	CHECK_STR(get_job(&rig, quick).state, S("waiting"));
	CHECK(runner_stop(r));
	CHECK_INT(deeds.begun, 0);
}

/* ---- by the clock ---- */

static enum err
recur(void *ctx, struct arena *a, const struct actor *program, struct db *db)
{
	struct orgs orgs;
	const struct rig *rig = ctx;
	enum err e = org_list(db, a, &orgs);
	if (e == ERR_OK && id_eq(program->org, rig->org.id))
		deeds.recurred++;
	return e;
}

TEST(runner_does_what_recurs_at_the_start_and_then_by_the_clock)
{
	static const struct recurring recurring[] = {
	    {"often", 50 * 1000, recur},
	    {"seldom", HOUR_US, recur},
	};
	struct rig rig;
	open_jobs(&rig, arena, DB_SQLITE);
	rig.config.recurring = recurring;
	rig.config.n_recurring = COUNT_OF(recurring);
	struct runner *r = rig_start(&rig);
	poll(NULL, 0, 500);
	CHECK(runner_stop(r));
	CHECK(deeds.recurred >= 4);
	CHECK_MAX(deeds.recurred, 12);
}

TEST(runner_outlives_a_database_that_is_away)
{
	struct rig rig;
	open_jobs(&rig, arena, DB_SQLITE);
	rig.fail_from = 1;
	struct id id = add_job(&rig, "count");
	struct runner *r = rig_start(&rig);
	poll(NULL, 0, 200);
	CHECK_STR(get_job(&rig, id).state, S("waiting"));
	pthread_mutex_lock(&rig.lock);
	rig.fail_from = 0;
	pthread_mutex_unlock(&rig.lock);
	wait_for(&rig, id, "done");
	CHECK(runner_stop(r));
}
