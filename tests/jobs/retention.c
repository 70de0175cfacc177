/* SPDX-License-Identifier: MPL-2.0 */

/* The daily job: what is due goes, with progress; after a jump of the clock it
 * waits for somebody. */
#include "jobs/retention.h"

#include <poll.h>

#include "base/buf.h"
#include "model/demo.h"
#include "model/retention.h"
#include "model/setting.h"
#include "tests/jobs/rig.h"

enum { STEP_MS = 10, STEPS = 3000 };

static enum err
run(struct job_turn *turn)
{
	return retention_job(turn, S("build/no-such-folder"));
}

static const struct job_kind KINDS[] = {{"retention", run}};

static int64_t clock_us;

static int64_t
clock_now(void)
{
	return clock_us;
}

struct ending {
	struct rig rig;
	struct demo demo;
	struct actor program;
};

static const char SQL_CLOSE[] =
    "UPDATE network SET state = 'closed', changed_us = $2 WHERE org = $1";

/* The worked example, ended and thrown away a year later. */
static void
ending_new(struct ending *x, struct arena *a, enum db_kind kind)
{
	rig_open(&x->rig, a, test_place(a, kind));
	struct db *db = x->rig.writer;
	clock_us = RIG_NOW_US;
	CHECK_OK(db_script(db, S("DELETE FROM organisation")));
	CHECK_OK(demo_create(db, a, &x->rig.keys, clock_us, &x->demo));
	CHECK_OK(org_list(db, a, &x->rig.orgs));
	x->program = actor_program(x->demo.org.id, &x->rig.keys, clock_us);
	CHECK_OK(db_exec(
	    db, SQL_CLOSE, NULL, DB_ID(x->demo.org.id), DB_INT(clock_us)));
	struct setting s = {S("archive_contact"), S("Stadsarkivet")};
	CHECK_OK(setting_save(db, a, &x->program, &s));
	struct retained r = {.network = x->demo.network,
	    .decision = S("discard"),
	    .reference = S("Sag 17"),
	    .day = S("2026-11-24")};
	CHECK_OK(retention_decide(db, a, &x->program, &r));
	x->rig.config.kinds = KINDS;
	x->rig.config.n_kinds = COUNT_OF(KINDS);
	x->rig.config.now_us = clock_now;
}

static void
look(struct ending *x)
{
	x->program.now_us = clock_us;
	CHECK_OK(retention_daily(x->rig.writer, x->rig.arena, &x->program));
}

/* The newest; what it asks for in turn (model/scrub.h) is another matter. */
static struct job
newest(struct ending *x)
{
	struct jobs jobs;
	pthread_mutex_lock(&x->rig.lock);
	enum err e = job_list(x->rig.writer, x->rig.arena, &x->program, &jobs);
	pthread_mutex_unlock(&x->rig.lock);
	CHECK_OK(e);
	for (ptrdiff_t i = 0; i < jobs.n; i++) {
		if (str_eq(jobs.list[i].kind, S("retention")))
			return jobs.list[i];
	}
	fail_msg("nobody asked for it");
	return (struct job){0};
}

static struct job
run_day(struct ending *x)
{
	look(x);
	struct job job = newest(x);
	struct runner *r = rig_start(&x->rig);
	for (int i = 0; i < STEPS && job.ended_us == 0; i++) {
		poll(NULL, 0, STEP_MS);
		job = newest(x);
	}
	CHECK(runner_stop(r));
	CHECK_STR(job.state, S("done"));
	return job;
}

static int64_t
left(struct ending *x)
{
	struct retain_counts c;
	pthread_mutex_lock(&x->rig.lock);
	enum err e = retention_count(
	    x->rig.writer, x->rig.arena, &x->program, x->demo.network, &c);
	pthread_mutex_unlock(&x->rig.lock);
	CHECK_OK(e);
	return c.total;
}

/* A look a day, so that the clock is trusted. */
static void
days_pass(struct ending *x, int days)
{
	for (int i = 0; i < days; i++) {
		clock_us += DAY_US;
		look(x);
	}
}

static void
check_job(struct arena *a, enum db_kind kind)
{
	struct ending x = {0};
	ending_new(&x, a, kind);
	look(&x);
	days_pass(&x, 363);
	clock_us += DAY_US; /* the day before */
	CHECK_STR(run_day(&x).result, S("0"));
	int64_t all = left(&x);
	CHECK(all > 100);
	clock_us += DAY_US;
	struct job job = run_day(&x);
	CHECK_INT(left(&x), 0);
	CHECK_STR(job.result, str_fmt(a, "%lld", (long long)all));
	CHECK_INT(job.done, job.total);
}

TEST(retention_job_deletes_on_the_day_sqlite)
{
	check_job(arena, DB_SQLITE);
}

TEST(retention_job_deletes_on_the_day_postgres)
{
	check_job(arena, DB_POSTGRES);
}

/* trust TR16: ten years forward at once. */
TEST(retention_job_waits_after_a_jump_of_the_clock)
{
	struct ending x = {0};
	struct retention_clock clock;
	ending_new(&x, arena, DB_SQLITE);
	look(&x);
	clock_us += 3650 * DAY_US;
	int64_t all = left(&x);
	CHECK_STR(run_day(&x).result, S("held"));
	CHECK_INT(left(&x), all);
	CHECK_OK(retention_clock(x.rig.writer, arena, &x.program, &clock));
	CHECK(clock.held_table.n > 0);
	CHECK_INT(clock.held_share, 100);
	CHECK_OK(retention_confirm(x.rig.writer, arena, &x.program));
	run_day(&x);
	CHECK_INT(left(&x), 0);
}

/* Cut short, it goes on where it was. */
TEST(retention_job_goes_on_after_a_fault)
{
	struct ending x = {0};
	ending_new(&x, arena, DB_SQLITE);
	look(&x);
	days_pass(&x, 364);
	clock_us += DAY_US;
	look(&x);
	int64_t all = left(&x);
	x.rig.fail_from = x.rig.writes + 8;
	struct runner *r = rig_start(&x.rig);
	for (int i = 0; i < 100 && left(&x) == all; i++)
		poll(NULL, 0, STEP_MS);
	CHECK(runner_stop(r));
	CHECK(left(&x) > 0);
	x.rig.fail_from = 0;
	clock_us += DAY_US;
	run_day(&x);
	CHECK_INT(left(&x), 0);
}
