/* SPDX-License-Identifier: MPL-2.0 */

/* Write lanes: groups, failures that hurt nobody else, full queues, stopping;
 * on both databases. */
#include "web/lane.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/faults.h"
#include "tests/web/writes.h"

#define LANE_TEST(name)                                                 \
	static void name(struct arena *, const struct db_place *);      \
	TEST(name##_sqlite)                                             \
	{                                                               \
		struct db_place place = test_place(arena, DB_SQLITE);   \
		writes_tables(arena, &place);                           \
		name(arena, &place);                                    \
	}                                                               \
	TEST(name##_postgres)                                           \
	{                                                               \
		struct db_place place = test_place(arena, DB_POSTGRES); \
		writes_tables(arena, &place);                           \
		name(arena, &place);                                    \
	}                                                               \
	static void name(struct arena *arena, const struct db_place *place)

static void
check_rows(struct arena *a, const struct db_place *place, int64_t want)
{
	int64_t rows, tally;
	writes_count(a, place, &rows, &tally);
	CHECK_INT(rows, want);
	CHECK_INT(tally, want);
}

/* A write that holds its lane until it is let go, so that others queue up. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static enum err
wait_at_gate(struct db *db)
{
	(void)db;
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	return ERR_OK;
}

static void
until_running(struct lanes *lanes)
{
	while (lanes_counts(lanes).waiting > 0)
		usleep(200);
}

/* Submits `first` and, while it holds the lane, the others; waits for all. */
static void
run_together(struct lanes *lanes, struct waiter *waiter, struct write *w, int n)
{
	w[0].then = wait_at_gate;
	pthread_mutex_lock(&gate);
	CHECK(write_submit(lanes, waiter, &w[0]));
	until_running(lanes);
	for (int i = 1; i < n; i++)
		CHECK(write_submit(lanes, waiter, &w[i]));
	pthread_mutex_unlock(&gate);
	wait_for_all(waiter);
}

LANE_TEST(lane_waiting_writes_share_a_commit)
{
	enum { N = 100 };
	static struct write w[N];
	struct waiter waiter;
	struct lanes *lanes = writes_lanes(arena, place, 1, 0);
	waiter_init(&waiter);
	for (int i = 0; i < N; i++)
		w[i] = (struct write){.n = i};
	run_together(lanes, &waiter, w, N);
	for (int i = 0; i < N; i++)
		CHECK_INT(w[i].got, ERR_OK);
	struct lane_counts c = lanes_counts(lanes);
	CHECK_INT(c.writes, N);
	CHECK_INT(c.waiting, 0);
	CHECK_MAX(c.commits, N / 2);
	CHECK(c.largest > 1);
	CHECK_MAX(c.largest, 200);
	CHECK(!c.failing);
	lanes_close(lanes);
	check_rows(arena, place, N);
}

/* ---- failures ---- */

static enum err
end_invalid(struct db *db)
{
	(void)db;
	return ERR_INVALID;
}

static enum err
forget_a_failure(struct db *db)
{
	enum err e = write_row(db, 0); /* is there already */
	return e == ERR_CONFLICT ? ERR_OK : ERR_INTERNAL;
}

LANE_TEST(lane_a_failing_write_hurts_no_other)
{
	static struct write w[6];
	struct waiter waiter;
	struct lanes *lanes = writes_lanes(arena, place, 1, 0);
	waiter_init(&waiter);
	for (int i = 0; i < 6; i++)
		w[i] = (struct write){.n = i};
	w[2].n = 0;
	w[3].then = end_invalid;
	w[4].then = forget_a_failure;
	run_together(lanes, &waiter, w, 6);
	CHECK_INT(w[0].got, ERR_OK);
	CHECK_INT(w[1].got, ERR_OK);
	CHECK_INT(w[2].got, ERR_CONFLICT);
	CHECK_INT(w[3].got, ERR_INVALID);
	CHECK(w[4].got != ERR_OK);
	CHECK_INT(w[5].got, ERR_OK);
	CHECK_INT(lanes_counts(lanes).undone, 3);
	lanes_close(lanes);
	check_rows(arena, place, 3);
}

static struct arena *hungry_arena;

static enum err
eat(struct db *db)
{
	(void)db;
	for (;;)
		arena_new(hungry_arena, char, 1000);
	return ERR_INTERNAL;
}

LANE_TEST(lane_a_full_arena_undoes_its_own_savepoint)
{
	static struct write w[3];
	struct waiter waiter;
	struct lanes *lanes = writes_lanes(arena, place, 1, 0);
	waiter_init(&waiter);
	for (int i = 0; i < 3; i++)
		w[i] = (struct write){.n = i};
	hungry_arena = arena_open(100 * 1000);
	w[1].job.arena = hungry_arena;
	w[1].then = eat;
	run_together(lanes, &waiter, w, 3);
	CHECK_INT(w[0].got, ERR_OK);
	CHECK_INT(w[1].got, ERR_UNAVAIL);
	CHECK_INT(w[2].got, ERR_OK);
	arena_close(hungry_arena);
	lanes_close(lanes);
	check_rows(arena, place, 2);
}

/* Meets the commit: the next thing that the connection is asked for. */
static enum err
fail_the_commit(struct db *db)
{
	db_fail_at(db, 1);
	return ERR_OK;
}

LANE_TEST(lane_a_failed_commit_acknowledges_nothing)
{
	static struct write w[4];
	struct waiter waiter;
	struct lanes *lanes = writes_lanes(arena, place, 1, 0);
	waiter_init(&waiter);
	for (int i = 0; i < 4; i++)
		w[i] = (struct write){.n = i};
	w[3].then = fail_the_commit; /* the last of its group */
	run_together(lanes, &waiter, w, 4);
	int64_t ok = 0;
	for (int i = 0; i < 4; i++)
		ok += w[i].got == ERR_OK;
	CHECK_INT(w[3].got, ERR_UNAVAIL);
	/* Its neighbour too, unless the machine is so busy that time cut the
	 * group between the two. */
	CHECK(w[2].got == ERR_UNAVAIL || ok == 3);
	CHECK(lanes_counts(lanes).failing);
	CHECK_INT(lanes_counts(lanes).lost, 4 - ok);
	check_rows(arena, place, ok);
	CHECK_OK(write_now(lanes, 10));
	CHECK(!lanes_counts(lanes).failing);
	lanes_close(lanes);
	check_rows(arena, place, ok + 1);
}

LANE_TEST(lane_a_full_queue_refuses)
{
	static struct write w[12];
	struct waiter waiter;
	struct lanes *lanes = writes_lanes(arena, place, 1, 8);
	waiter_init(&waiter);
	for (int i = 0; i < 12; i++)
		w[i] = (struct write){.n = i};
	w[0].then = wait_at_gate;
	pthread_mutex_lock(&gate);
	CHECK(write_submit(lanes, &waiter, &w[0]));
	until_running(lanes);
	int taken = 0;
	for (int i = 1; i < 12; i++)
		taken += write_submit(lanes, &waiter, &w[i]);
	CHECK_INT(taken, 8);
	CHECK_INT(lanes_counts(lanes).waiting, 8);
	pthread_mutex_unlock(&gate);
	wait_for_all(&waiter);
	CHECK_OK(write_now(lanes, 20));
	lanes_close(lanes);
	check_rows(arena, place, 10);
}

LANE_TEST(lane_closing_runs_what_was_submitted)
{
	enum { N = 300 };
	static struct write w[N];
	struct waiter waiter;
	struct lanes *lanes = writes_lanes(arena, place, 1, 0);
	waiter_init(&waiter);
	for (int i = 0; i < N; i++) {
		w[i] = (struct write){.n = i};
		CHECK(write_submit(lanes, &waiter, &w[i]));
	}
	lanes_close(lanes);
	CHECK_INT(waiter.open, 0);
	for (int i = 0; i < N; i++)
		CHECK_INT(w[i].got, ERR_OK);
	check_rows(arena, place, N);
}

/* ---- exactly once (trust.md TR17) ---- */

struct voter {
	pthread_t thread;
	struct lanes *lanes;
	int64_t n;
	enum err got;
};

static void *
vote(void *arg)
{
	struct voter *v = arg;
	v->got = write_now(v->lanes, v->n);
	return NULL;
}

/* Two sets of lanes stand for two processes on PostgreSQL; there the same key
 * runs in several lanes at once. */
static void
race(struct lanes *const *lanes, int n_lanes, int64_t n)
{
	enum { VOTERS = 200 };
	static struct voter v[VOTERS];
	int ok = 0;
	for (int i = 0; i < VOTERS; i++) {
		v[i] = (struct voter){.lanes = lanes[i % n_lanes], .n = n};
		CHECK_INT(pthread_create(&v[i].thread, NULL, vote, &v[i]), 0);
	}
	for (int i = 0; i < VOTERS; i++) {
		pthread_join(v[i].thread, NULL);
		ok += v[i].got == ERR_OK;
		CHECK(v[i].got == ERR_OK || v[i].got == ERR_CONFLICT ||
		    v[i].got == ERR_UNAVAIL);
	}
	CHECK_INT(ok, 1);
}

LANE_TEST(lane_two_hundred_identical_writes_count_once)
{
	enum { ROUNDS = 5 };
	struct lanes *lanes = writes_lanes(arena, place, 4, 0);
	for (int i = 0; i < ROUNDS; i++)
		race(&lanes, 1, i);
	lanes_close(lanes);
	check_rows(arena, place, ROUNDS);
}

TEST(lane_identical_writes_of_three_processes_count_once_postgres)
{
	enum { ROUNDS = 5 };
	struct db_place place = test_place(arena, DB_POSTGRES);
	writes_tables(arena, &place);
	struct lanes *lanes[3];
	for (int i = 0; i < 3; i++)
		lanes[i] = writes_lanes(arena, &place, 1, 0);
	for (int i = 0; i < ROUNDS; i++)
		race(lanes, 3, i);
	for (int i = 0; i < 3; i++)
		lanes_close(lanes[i]);
	check_rows(arena, &place, ROUNDS);
}

/* Different rows, one tally: every one must get through in the end. */
TEST(lane_groups_that_meet_are_run_again_postgres)
{
	enum { N = 120, LANES = 3 };
	static struct write w[N];
	struct db_place place = test_place(arena, DB_POSTGRES);
	struct waiter waiter;
	struct lanes *lanes[LANES];
	int64_t retries = 0, ok = 0;
	writes_tables(arena, &place);
	waiter_init(&waiter);
	for (int i = 0; i < LANES; i++)
		lanes[i] = writes_lanes(arena, &place, 1, 0);
	for (int i = 0; i < N; i++) {
		w[i] = (struct write){.n = i};
		CHECK(write_submit(lanes[i % LANES], &waiter, &w[i]));
	}
	wait_for_all(&waiter);
	for (int i = 0; i < LANES; i++) {
		retries += lanes_counts(lanes[i]).retries;
		lanes_close(lanes[i]);
	}
	for (int i = 0; i < N; i++)
		ok += w[i].got == ERR_OK;
	CHECK(retries > 0);
	CHECK_INT(ok, N);
	check_rows(arena, &place, N);
}

/* ---- connections that are lost ---- */

static enum err
end_backend(struct db *db)
{
	/* its own connection: the server closes it at once */
	enum err e =
	    db_script(db, S("SELECT pg_terminate_backend(pg_backend_pid())"));
	return e == ERR_OK ? ERR_INTERNAL : e;
}

TEST(lane_a_lost_connection_is_opened_again_postgres)
{
	struct db_place place = test_place(arena, DB_POSTGRES);
	writes_tables(arena, &place);
	struct lanes *lanes = writes_lanes(arena, &place, 1, 0);
	struct waiter waiter;
	waiter_init(&waiter);
	for (int i = 0; i < 20; i++) {
		struct write w = {.n = 1000 + i, .then = end_backend};
		CHECK(write_submit(lanes, &waiter, &w));
		wait_for_all(&waiter);
		CHECK_INT(w.got, ERR_UNAVAIL);
		CHECK_OK(write_now(lanes, i));
	}
	lanes_close(lanes);
	check_rows(arena, &place, 20);
}

/* ---- readers ---- */

LANE_TEST(lane_readers_see_what_was_acknowledged)
{
	struct lanes *lanes = NULL;
	struct lane_options o = {.place = *place, .readers = 2};
	CHECK_OK(lanes_open(arena, &o, &lanes));
	for (int i = 0; i < 20; i++) {
		CHECK_OK(write_now(lanes, i));
		CHECK(writes_has(arena, lanes_reader(lanes, i % 2), i));
	}
	CHECK_INT(write_row(lanes_reader(lanes, 0), 99), ERR_INTERNAL);
	lanes_close(lanes);
	check_rows(arena, place, 20);
}
