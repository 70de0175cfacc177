/* SPDX-License-Identifier: MPL-2.0 */

/* One vote a voter when 200 requests come at once, through the write lanes
 * (trust.md TR17, case 84). */
#include <pthread.h>

#include "base/buf.h"
#include "model/schema.h"

#include "tests/model/rounds.h"
#include "tests/web/writes.h"
#include "web/write.h"

enum { REQUESTS = 200 };

struct request {
	pthread_t thread;
	struct arena *arena;
	struct lanes *lanes;
	const struct world *w;
	const struct elector *v;
	struct str choices;
	enum err got;
};

static enum err
cast(void *arg, struct db *db)
{
	struct ballot b;
	struct request *q = arg;
	if (!ballot_parse(q->arena, q->v->round, q->choices, &b))
		return ERR_INVALID;
	return ballot_cast(db, q->arena, &q->w->leader, q->v, &b);
}

static void *
send_it(void *arg)
{
	struct request *q = arg;
	q->got = write_wait(q->lanes, q->w->network, q->arena, cast, q);
	return NULL;
}

static void
race(struct lanes *lanes, const struct world *w, const struct elector *v)
{
	static struct request q[REQUESTS];
	for (int i = 0; i < REQUESTS; i++) {
		q[i] = (struct request){.lanes = lanes,
		    .arena = arena_open(1024 * 1024),
		    .w = w,
		    .v = v,
		    .choices = i % 2 == 0 ? S("1:1") : S("2:1 3:1")};
		CHECK_INT(
		    pthread_create(&q[i].thread, NULL, send_it, &q[i]), 0);
	}
	for (int i = 0; i < REQUESTS; i++) {
		pthread_join(q[i].thread, NULL);
		CHECK(q[i].got == ERR_OK || q[i].got == ERR_UNAVAIL);
		arena_close(q[i].arena);
	}
}

static void
check_race(struct arena *a, enum db_kind kind)
{
	enum { VOTERS = 3 };
	struct world w;
	struct tallies t;
	struct db *db = NULL;
	struct db_place place = test_place(a, kind);
	CHECK_OK(db_open(a, &place, DB_WRITE, &db));
	CHECK_OK(schema_up(db, a, NOW_US));
	world_new(&w, a, db);
	struct round r = rounds_open(&w, ROUND_APPROVAL, "A\nB\nC");
	db_close(db);
	struct lanes *lanes = writes_lanes(a, &place, 4, 1000);
	for (int i = 0; i < VOTERS; i++) {
		struct elector v = {.round = &r,
		    .key =
			ballot_key(a, &w.leader, &r, 't', str_fmt(a, "%d", i))};
		race(lanes, &w, &v);
	}
	lanes_close(lanes);
	CHECK_OK(db_open(a, &place, DB_READ, &db));
	CHECK_OK(tally_load(db, a, &w.leader, &r, &t));
	CHECK_INT(t.of[SIDE_CITIZENS].n, VOTERS);
	db_close(db);
}

TEST(rounds_two_hundred_votes_at_once_are_one_sqlite)
{
	check_race(arena, DB_SQLITE);
}

TEST(rounds_two_hundred_votes_at_once_are_one_postgres)
{
	check_race(arena, DB_POSTGRES);
}
