/* SPDX-License-Identifier: MPL-2.0 */

/* The runner's process is killed in the middle of a file of voices, over and
 * over, and goes on: at every moment each voice that is here has its receipt,
 * and in the end each row is here once. */
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "jobs/voices.h"
#include "model/voices_import.h"
#include "tests/jobs/rig.h"
#include "tests/model/fixture.h"

enum { ROWS = 4000, A_WRITE = 500, KILLS = 4, STEP_MS = 2, STEPS = 30000 };

static const struct job_kind KINDS[] = {{"voices", voices_job}};

static int64_t ahead_us; /* past the leases of those who were killed */

static int64_t
clock_ahead(void)
{
	return clock_now_us() + ahead_us;
}

/* The world with a file that waits to come in; a later one says the same under
 * other numbers, so that its rows are others.  Nobody holds the database
 * afterwards, so that a child may open it. */
static void
ask_for(struct arena *a, struct db_place place, bool first)
{
	struct rig rig;
	static struct world w;
	struct arena *own = arena_scratch(a);
	struct buf b = buf_new(own, 256 * 1024);
	rig_open(&rig, own, place);
	if (first)
		world_new(&w, own, rig.writer);
	w.db = rig.writer;
	w.arena = own;
	buf_add(&b, S("comment-id,comment-body\n"));
	for (int i = 0; i < ROWS; i++)
		buf_fmt(&b, "%d,Forslag %d\n", first ? i : ROWS + i, i);
	struct voices_import file = {.id = id_new(NOW_US),
	    .kind = S("idea"),
	    .basis = S("consent"),
	    .scope = SCOPE_PUBLIC,
	    .told = S("Alle må læse det."),
	    .file = buf_str(&b)};
	CHECK_OK(voices_import_put(w.db, own, &w.leader, &file));
	CHECK_OK(voices_start(w.db, &w.leader, file.id));
	arena_close(own);
}

static pid_t
start_runner(struct db_place place)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	struct rig rig;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	rig_open(&rig, arena_open(512 * 1024 * 1024), place);
	rig.config.kinds = KINDS;
	rig.config.n_kinds = COUNT_OF(KINDS);
	rig.config.now_us = clock_ahead;
	rig_start(&rig);
	for (;;)
		pause();
}

struct here {
	int64_t voices, different, receipts, files;
};

static struct here
look(struct db *db, struct arena *a)
{
	struct db_row row;
	struct arena *own = arena_scratch(a);
	CHECK_OK(db_one(db, own,
	    "SELECT (SELECT COUNT(*) FROM contribution WHERE state <> $1),"
	    " (SELECT COUNT(DISTINCT original) FROM contribution),"
	    " (SELECT COUNT(*) FROM consent),"
	    " (SELECT COUNT(*) FROM voices_import)",
	    &row, DB_TEXT(S("withdrawn"))));
	struct here h = {
	    db_int(&row, 0), db_int(&row, 1), db_int(&row, 2), db_int(&row, 3)};
	arena_close(own);
	return h;
}

/* Runs it until so many are here, or, < 0, until the file is gone; then the
 * runner is killed. */
static struct here
run_until(struct arena *a, struct db_place place, int64_t voices)
{
	struct here h = {0};
	struct db *db = NULL;
	struct arena *own = arena_scratch(a);
	pid_t pid = start_runner(place);
	CHECK(pid > 0);
	CHECK_OK(db_open(own, &place, DB_READ, &db));
	for (int i = 0; i < STEPS; i++) {
		h = look(db, own);
		if (voices < 0 ? h.files == 0 : h.voices >= voices)
			break;
		poll(NULL, 0, STEP_MS);
	}
	CHECK_INT(kill(pid, SIGKILL), 0);
	CHECK_INT(waitpid(pid, NULL, 0), pid);
	h = look(db, own);
	arena_close(own);
	ahead_us += (JOB_LEASE_SECONDS + 60) * SECOND_US;
	return h;
}

static void
check_crashes(struct arena *a, enum db_kind kind)
{
	struct db_place place = test_place(a, kind);
	int in_the_middle = 0;
	ahead_us = 0;
	ask_for(a, place, true);
	for (int i = 0; i < KILLS; i++) {
		struct here h = run_until(a, place, 1 + i * A_WRITE);
		in_the_middle += h.voices > 0 && h.voices < ROWS;
		CHECK_INT(h.voices % A_WRITE, 0); /* none half in */
		CHECK_INT(h.receipts, h.voices);
		CHECK_INT(h.different, h.voices);
	}
	CHECK(in_the_middle > 0);
	struct here end = run_until(a, place, -1);
	CHECK_INT(end.files, 0);
	CHECK_INT(end.voices, ROWS);
	CHECK_INT(end.different, ROWS);
	CHECK_INT(end.receipts, ROWS);
	/* The twin: what does come in twice is seen by the counting. */
	ask_for(a, place, false);
	end = run_until(a, place, -1);
	CHECK_INT(end.voices, 2 * ROWS);
	CHECK_INT(end.different, ROWS);
}

TEST(voices_job_killed_anywhere_brings_each_row_once_sqlite)
{
	check_crashes(arena, DB_SQLITE);
}

TEST(voices_job_killed_anywhere_brings_each_row_once_postgres)
{
	check_crashes(arena, DB_POSTGRES);
}
