/* SPDX-License-Identifier: MPL-2.0 */

/* Rooms that are kept: made once for many, anew when votes came, and gone when
 * nobody holds them. */
#include "web/rooms.h"

#include <unistd.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "model/schema.h"
#include "tests/model/fixture.h"
#include "web/lane.h"

struct house {
	struct world world;
	struct site site;
	struct id dialogue;
	struct actor in;
	struct db *writer;
};

static void
close_house(void *arg)
{
	struct house *h = arg;
	rooms_stop(h->site.rooms);
	db_close(h->writer);
	lanes_close(h->site.lanes);
}

static void
house_new(struct house *h, struct arena *a, enum db_kind kind)
{
	struct db_place place = test_place(a, kind);
	struct lane_options options = {.place = place, .readers = 2};
	*h = (struct house){.site = {.process = a}};
	CHECK_OK(db_open(a, &place, DB_WRITE, &h->writer));
	CHECK_OK(schema_up(h->writer, a, 1));
	world_new(&h->world, a, h->writer);
	h->site.keys = h->world.keys;
	struct record r = world_record(&h->world, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper."));
	record_set(&r, "state", S("open"));
	record_set(&r, "ends", S(""));
	world_save(&h->world, &r);
	h->dialogue = r.id;
	struct statement s = {.once = id_new(NOW_US),
	    .text = S("Der skal være en at ringe til."),
	    .source = S("staff")};
	CHECK_OK(statement_add(h->writer, a, &h->world.leader, r.id, &s));
	struct actor p = actor_program(
	    h->world.leader.org, &h->site.keys, h->world.leader.now_us);
	h->in = actor_inside(&p, h->world.network);
	CHECK_OK(lanes_open(a, &options, &h->site.lanes));
	CHECK_OK(rooms_start(a, &h->site, 1, &h->site.rooms));
	arena_defer(a, close_house, h);
}

static void
vote(struct house *h, struct arena *a, int who)
{
	struct voter v = voter_of(
	    &h->in, h->dialogue, VOTER_LINK, str_fmt(a, "device %d", who));
	CHECK_OK(db_begin(h->writer));
	CHECK_OK(voter_votes(
	    h->writer, a, &h->in, &v, (struct vote){0, VOTE_AGREE}));
	CHECK_OK(db_commit(h->writer));
}

/* One request; its memory is closed at its end. */
struct visit {
	struct req rq;
	const struct room *room;
};

static struct visit
visit(struct house *h, bool wait)
{
	struct visit v = {.rq = {.site = &h->site,
			      .arena = arena_open(8 * 1024 * 1024),
			      .db = lanes_reader(h->site.lanes, 0)}};
	struct room_wish wish = {h->dialogue, wait};
	CHECK_OK(db_begin(v.rq.db));
	CHECK_OK(rooms_get(&v.rq, &h->in, &wish, &v.room));
	db_rollback(v.rq.db);
	return v;
}

static ptrdiff_t
people(struct house *h, bool wait)
{
	struct visit v = visit(h, wait);
	ptrdiff_t n = v.room != NULL ? v.room->groups.people : -1;
	arena_close(v.rq.arena);
	return n;
}

static void
made_once(struct arena *arena, enum db_kind kind)
{
	struct house *h = arena_new(arena, struct house, 1);
	house_new(h, arena, kind);
	vote(h, arena, 1);
	struct visit one = visit(h, true), two = visit(h, true);
	CHECK(one.room == two.room);
	CHECK_INT(one.room->groups.people, 1);
	vote(h, arena, 2);
	usleep(1100 * 1000); /* no room is right for longer than a second */
	CHECK_INT(people(h, true), 2);
	CHECK_INT(one.room->groups.people, 1); /* it is held */
	arena_close(one.rq.arena);
	arena_close(two.rq.arena);
}

/* Words that are taken back are gone from the next page on, not a second
 * later. */
static void
forget_words(struct arena *arena, enum db_kind kind)
{
	struct house *h = arena_new(arena, struct house, 1);
	struct statement s = {.once = id_new(NOW_US + 1),
	    .text = S("Det skal være den samme hjælper.")};
	house_new(h, arena, kind);
	struct record r;
	CHECK_OK(record_get(h->writer, arena, &h->world.leader, KIND_DIALOGUE,
	    h->dialogue, &r));
	record_set(&r, "own", S("after"));
	h->world.db = h->writer;
	world_save(&h->world, &r);
	struct voter v = voter_of(&h->in, h->dialogue, VOTER_LINK, S("Karen"));
	h->in.now_us += SECOND_US;
	CHECK_OK(voter_states(h->writer, arena, &h->in, &v, &s));
	struct visit before = visit(h, true);
	CHECK_INT(before.room->statements.n, 2);
	arena_close(before.rq.arena);
	h->in.now_us += SECOND_US;
	CHECK_OK(voter_takes_back(h->writer, arena, &h->in, &v, 1));
	struct visit after = visit(h, true);
	CHECK_INT(after.room->statements.n, 1);
	arena_close(after.rq.arena);
}

/* Who may not wait takes what there is; the thread makes it meanwhile. */
static void
follow(struct arena *arena, enum db_kind kind)
{
	struct house *h = arena_new(arena, struct house, 1);
	house_new(h, arena, kind);
	vote(h, arena, 1);
	ptrdiff_t n = people(h, false);
	for (int i = 0; n != 1 && i < 100; i++) {
		usleep(100 * 1000);
		n = people(h, false);
	}
	CHECK_INT(n, 1);
	vote(h, arena, 2);
	for (int i = 0; n != 2 && i < 100; i++) {
		usleep(100 * 1000);
		n = people(h, false);
	}
	CHECK_INT(n, 2);
}

TEST(rooms_are_made_once_and_anew_sqlite)
{
	made_once(arena, DB_SQLITE);
}

TEST(rooms_are_made_once_and_anew_postgres)
{
	made_once(arena, DB_POSTGRES);
}

TEST(rooms_follow_by_themselves_sqlite)
{
	follow(arena, DB_SQLITE);
}

TEST(rooms_follow_by_themselves_postgres)
{
	follow(arena, DB_POSTGRES);
}

TEST(rooms_forget_words_at_once_sqlite)
{
	forget_words(arena, DB_SQLITE);
}

TEST(rooms_forget_words_at_once_postgres)
{
	forget_words(arena, DB_POSTGRES);
}
