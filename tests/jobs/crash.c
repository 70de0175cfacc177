/* SPDX-License-Identifier: MPL-2.0 */

/* The runner's process is killed in the middle of its mail, over and over: no
 * mail may be lost, and one may come twice only once a kill, with the same
 * Message-ID.  Two controls plant the faults: a runner that marks before it
 * sends must lose some, and Message-IDs that are new each time must show. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/rand.h"
#include "tests/jobs/rig.h"

enum { MAILS = 40, KILLS = 8 };

static int64_t ahead_us; /* past the leases of those who were killed */

static int64_t
clock_ahead(void)
{
	return clock_now_us() + ahead_us;
}

static enum err
claim_and_mark(void *arg, struct db *db)
{
	struct mail_claim *claim = arg;
	static const struct key root = {{7}};
	struct keys keys = keys_derive(&root);
	struct orgs orgs;
	struct arena *a = arena_open(16 * 1024 * 1024);
	enum err e = org_list(db, a, &orgs);
	struct actor who =
	    actor_program(e == ERR_OK ? orgs.list[0].id : (struct id){{0}},
		&keys, clock_ahead());
	if (e == ERR_OK)
		e = mail_claim(db, a, &who, claim);
	return e == ERR_OK ? mail_sent(db, &who, claim) : e;
}

/* The planted fault: the outbox says "sent" before it is. */
static void
send_marked(struct rig *rig)
{
	for (;;) {
		struct mail_claim claim;
		if (rig->config.db.write(rig, rig->org.id, rig->arena,
			claim_and_mark, &claim) != ERR_OK)
			return;
		if (smtp_send(rig->arena, &rig->smtp, &claim, clock_now_us()) !=
		    ERR_OK)
			return;
	}
}

static void
be_runner(struct db_place place, struct str url, bool mark_first, int ready)
{
	struct rig rig;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	rig_open(&rig, arena_open(64 * 1024 * 1024), place);
	rig.smtp.url = url;
	rig.config.smtp = &rig.smtp;
	rig.config.now_us = clock_ahead;
	if (write(ready, "x", 1) != 1)
		_exit(1);
	if (mark_first)
		send_marked(&rig);
	else
		rig_start(&rig);
	for (;;)
		pause();
}

static pid_t
start_runner(struct db_place place, struct str url, bool mark_first)
{
	int ends[2];
	char byte;
	CHECK_INT(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0)
		be_runner(place, url, mark_first, ends[1]);
	close(ends[1]);
	CHECK_INT(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return pid;
}

static void
kill_runner(pid_t pid)
{
	CHECK_INT(kill(pid, SIGKILL), 0);
	CHECK_INT(waitpid(pid, NULL, 0), pid);
	ahead_us += (MAIL_LEASE_MINUTES + 1) * MINUTE_US;
}

struct tally {
	int arrived; /* mails, of those written */
	int again; /* arrivals beyond the first */
	int strange; /* subjects that came under two Message-IDs */
};

static struct tally
count(struct arena *a, struct sink *sink)
{
	struct tally t = {0};
	struct str id[MAILS] = {{0}};
	int n = sink_count(sink);
	for (int i = 1; i <= n; i++) {
		int64_t number;
		struct str subject = sink_part(sink, i, "subject");
		struct str got = sink_part(sink, i, "id");
		CHECK(str_int(subject, &number));
		CHECK(number >= 0 && number < MAILS);
		t.arrived += id[number].n == 0;
		t.again += id[number].n != 0;
		t.strange += id[number].n != 0 && !str_eq(id[number], got);
		id[number] = str_dup(a, got);
	}
	return t;
}

static void
write_mails(struct arena *a, struct db_place place)
{
	struct rig rig;
	struct arena *own = arena_scratch(a);
	rig_open(&rig, own, place);
	for (int i = 0; i < MAILS; i++) {
		struct str subject = str_fmt(own, "%d", i);
		rig_mail(&rig, "aase@fjordby.example", str_cstr(own, subject));
	}
	arena_close(
	    own); /* nobody else holds the file when a runner opens it */
}

/* What is left once nothing comes any more. */
static void
run_to_the_end(struct sink *sink, struct db_place place, bool mark_first)
{
	pid_t pid = start_runner(place, sink->url, mark_first);
	for (int quiet = 0, n = 0; quiet < 100; quiet++) {
		poll(NULL, 0, 10);
		if (sink_count(sink) != n)
			quiet = 0;
		n = sink_count(sink);
	}
	kill_runner(pid);
}

static struct tally
crash(struct arena *a, enum db_kind kind, bool mark_first)
{
	struct sink sink;
	struct db_place place = test_place(a, kind);
	ahead_us = 0;
	sink_start(&sink, a, NULL);
	write_mails(a, place);
	for (int i = 0; i < KILLS; i++) {
		unsigned char wait;
		pid_t pid = start_runner(place, sink.url, mark_first);
		rand_bytes(&wait, 1);
		poll(NULL, 0, 5 + wait % 40);
		kill_runner(pid);
	}
	run_to_the_end(&sink, place, mark_first);
	return count(a, &sink);
}

static void
check_none_lost(struct arena *a, enum db_kind kind)
{
	struct tally t = crash(a, kind, false);
	CHECK_INT(t.arrived, MAILS);
	CHECK_MAX(t.again, KILLS);
	CHECK_INT(t.strange, 0);
}

TEST(crash_of_the_runner_loses_no_mail_sqlite)
{
	check_none_lost(arena, DB_SQLITE);
}

TEST(crash_of_the_runner_loses_no_mail_postgres)
{
	check_none_lost(arena, DB_POSTGRES);
}

TEST(crash_test_finds_a_runner_that_marks_before_it_sends)
{
	struct tally t = crash(arena, DB_SQLITE, true);
	CHECK(t.arrived < MAILS);
}

/* The moment itself: sent, and the mark does not reach the disk. */
TEST(crash_between_sending_and_marking_sends_once_more_as_the_same)
{
	struct rig rig;
	struct sink sink;
	sink_start(&sink, arena, NULL);
	rig_open(&rig, arena, test_place(arena, DB_SQLITE));
	rig.smtp.url = sink.url;
	rig.config.smtp = &rig.smtp;
	rig.config.now_us = clock_ahead;
	ahead_us = 0;
	rig_mail(&rig, "aase@fjordby.example", "7");
	struct runner *r = NULL;
	struct mail_claim claim;
	rig.program.now_us = clock_now_us();
	CHECK_OK(mail_claim(rig.writer, arena, &rig.program, &claim));
	CHECK_OK(smtp_send(arena, &rig.smtp, &claim, clock_now_us()));
	r = rig_start(&rig);
	poll(NULL, 0, 200);
	CHECK_INT(sink_count(&sink), 1); /* the lease still runs */
	ahead_us = (MAIL_LEASE_MINUTES + 1) * MINUTE_US;
	CHECK(rig_sent(&rig, 1));
	CHECK(runner_stop(r));
	struct tally t = count(arena, &sink);
	CHECK_INT(t.arrived, 1);
	CHECK_INT(t.again, 1);
	CHECK_INT(t.strange, 0);
	/* the control of `strange` */
	claim.id = id_new(clock_now_us());
	CHECK_OK(smtp_send(arena, &rig.smtp, &claim, clock_now_us()));
	CHECK_INT(count(arena, &sink).strange, 1);
}
