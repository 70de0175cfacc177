/* SPDX-License-Identifier: MPL-2.0 */

/* 200 people sign up for 5 places at once, through the write lanes: 5 are on
 * the shift, the others in line, each once. */
#include <pthread.h>

#include "model/schema.h"

#include "tests/model/volunteers.h"
#include "tests/web/writes.h"
#include "web/write.h"

enum { PEOPLE = 200 };

struct signup {
	pthread_t thread;
	struct arena *arena;
	struct lanes *lanes;
	const struct world *w;
	struct id shift, person;
	enum err got;
};

static enum err
join(void *arg, struct db *db)
{
	struct signup *q = arg;
	struct shift_answer answer;
	return shift_join(db, q->arena, &q->w->leader,
	    (struct shift_of){q->shift, q->person}, &answer);
}

/* As a browser does: again while the lanes say that they are full. */
static void *
send_it(void *arg)
{
	struct signup *q = arg;
	do
		q->got = write_wait(q->lanes, q->w->network, q->arena, join, q);
	while (q->got == ERR_UNAVAIL);
	return NULL;
}

static void
race(struct lanes *lanes, const struct world *w, struct id shift,
    const struct id *people)
{
	static struct signup q[PEOPLE];
	for (int i = 0; i < PEOPLE; i++) {
		q[i] = (struct signup){.lanes = lanes,
		    .arena = arena_open(1024 * 1024),
		    .w = w,
		    .shift = shift,
		    .person = people[i]};
		CHECK_INT(
		    pthread_create(&q[i].thread, NULL, send_it, &q[i]), 0);
	}
	for (int i = 0; i < PEOPLE; i++) {
		pthread_join(q[i].thread, NULL);
		CHECK_OK(q[i].got);
		arena_close(q[i].arena);
	}
}

static void
check_race(struct arena *a, enum db_kind kind)
{
	struct world w;
	struct shift s;
	struct shift_places all;
	struct id people[PEOPLE];
	struct db *db = NULL;
	struct db_place place = test_place(a, kind);
	CHECK_OK(db_open(a, &place, DB_WRITE, &db));
	CHECK_OK(schema_up(db, a, NOW_US));
	world_new(&w, a, db);
	struct id task = volunteers_task(&w);
	struct id shift = volunteers_shift(&w, task, "2026-11-27", "5");
	for (int i = 0; i < PEOPLE; i++)
		people[i] = volunteers_pledged(&w, task, 2, "week");
	db_close(db);
	struct lanes *lanes = writes_lanes(a, &place, 4, 1000);
	race(lanes, &w, shift, people);
	race(lanes, &w, shift, people); /* each sends it again */
	lanes_close(lanes);
	CHECK_OK(db_open(a, &place, DB_READ, &db));
	CHECK_OK(
	    shift_get(db, a, &w.leader, (struct shift_of){.shift = shift}, &s));
	CHECK_INT(s.in, 5);
	CHECK_INT(s.waiting, PEOPLE - 5);
	CHECK_OK(shift_people(db, a, &w.leader, shift, &all));
	CHECK_INT(all.n, PEOPLE);
	for (ptrdiff_t i = 1; i < all.n; i++)
		CHECK(all.list[i].line > all.list[i - 1].line);
	db_close(db);
}

TEST(corps_two_hundred_at_once_are_five_and_a_line_sqlite)
{
	check_race(arena, DB_SQLITE);
}

TEST(corps_two_hundred_at_once_are_five_and_a_line_postgres)
{
	check_race(arena, DB_POSTGRES);
}
