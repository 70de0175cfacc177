/* SPDX-License-Identifier: MPL-2.0 */

/* Ideas of citizens, with a code and without. */
#include "model/idea_bank.h"

#include "model/demo_citizen.h"
#include "model/erasure.h"
#include "model/merge.h"
#include "tests/model/fixture.h"

struct scene {
	struct world w;
	struct actor program; /* in the network */
	struct citizen karen;
};

static void
scene_new(struct scene *s, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	world_new(&s->w, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(&s->w, kinds[i]);
		world_save(&s->w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &s->w.leader, &token));
	CHECK_OK(
	    citizen_enter(db, a, &s->w.program, hash_of(token), &s->karen));
	s->program = actor_inside(&s->w.program, s->w.network);
}

static struct idea_given
given(const char *text, int64_t scope)
{
	return (struct idea_given){.id = id_new(NOW_US),
	    .text = str_c(text),
	    .scope = scope,
	    .told = S("De andre kan se den."),
	    .grown_up = true};
}

static bool
seen_by_others(struct scene *s, struct id id)
{
	struct ideas all;
	struct idea_view view = {.reader = IDEA_CITIZEN};
	CHECK_OK(idea_list(s->w.db, s->w.arena, &s->program, &view, &all));
	return idea_find(&all, id) != NULL;
}

static void
set_bank(struct scene *s, bool open, bool look_first)
{
	struct idea_bank bank = {.open = open,
	    .look_first = look_first,
	    .about = S("Hvad kan hjælpe om aftenen?")};
	CHECK_OK(idea_bank_save(s->w.db, s->w.arena, &s->w.leader, &bank));
}

/* guide:S20 citizens see each other's ideas at once, unless the network looks
 * first. */
TEST_DB(idea_of_a_citizen_is_shown_at_once)
{
	struct scene s;
	struct receipts told;
	scene_new(&s, arena, db);
	struct idea_given g = given("Ring før I kommer.", SCOPE_NETWORK);
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &g));
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &g));
	CHECK(seen_by_others(&s, g.id));
	CHECK_OK(contribution_receipts(db, arena, &s.w.leader, g.id, &told));
	CHECK_INT(told.n, 1);
	CHECK_STR(told.list[0].text, g.told);
	set_bank(&s, false, true);
	struct idea_given later = given("Hent min mand.", SCOPE_NETWORK);
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &later));
	CHECK(!seen_by_others(&s, later.id));
}

static bool
seen_by_all(struct scene *s, struct id id)
{
	struct ideas all;
	struct idea_view view = {.reader = IDEA_PUBLIC};
	CHECK_OK(idea_list(s->w.db, s->w.arena, &s->program, &view, &all));
	return idea_find(&all, id) != NULL;
}

static bool
seen_by_herself(struct scene *s, struct id id)
{
	struct ideas all;
	struct idea_view view = {IDEA_CITIZEN, s->karen.person.id};
	CHECK_OK(idea_list(s->w.db, s->w.arena, &s->program, &view, &all));
	return idea_find(&all, id) != NULL;
}

/* guide:S55 while other words wait for her yes, and when she said no to them,
 * hers are shown to nobody else: as they may not be quoted either. */
TEST_DB(idea_of_a_citizen_waits_with_its_wording)
{
	struct scene s;
	struct contribution c;
	struct world *w = &s.w;
	scene_new(&s, arena, db);
	struct idea_given g = given("Ring før I kommer.", SCOPE_PUBLIC);
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &g));
	CHECK_OK(contribution_get(db, arena, &w->leader, g.id, &c));
	CHECK_OK(contribution_move(db, arena, &w->leader, &c,
	    &(struct contribution_step){S("reviewed"), S("")}));
	CHECK(seen_by_others(&s, g.id));
	CHECK(seen_by_all(&s, g.id));
	CHECK_OK(contribution_get(db, arena, &w->leader, g.id, &c));
	CHECK_OK(contribution_reword(
	    db, arena, &w->leader, &c, S("Ring før besøget.")));
	CHECK(!seen_by_others(&s, g.id));
	CHECK(!seen_by_all(&s, g.id));
	CHECK(seen_by_herself(&s, g.id));
}

static const char SQL_WIDE[] =
    "UPDATE contribution SET scope = 3 WHERE org = $1 AND id = $2";

static void
widen(struct scene *s, struct id id)
{
	CHECK_OK(
	    db_exec(s->w.db, SQL_WIDE, NULL, DB_ID(s->w.org.id), DB_ID(id)));
}

/* Kept and used for nothing, however far it was let go. */
TEST_DB(idea_of_who_had_the_use_stopped_is_shown_to_nobody)
{
	struct scene s;
	struct contribution c;
	struct world *w = &s.w;
	scene_new(&s, arena, db);
	struct idea_given g = given("Ring før I kommer.", SCOPE_PUBLIC);
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &g));
	CHECK_OK(contribution_get(db, arena, &w->leader, g.id, &c));
	CHECK_OK(contribution_move(db, arena, &w->leader, &c,
	    &(struct contribution_step){S("reviewed"), S("")}));
	CHECK(seen_by_all(&s, g.id));
	struct erasure r = {.person = s.karen.person.id,
	    .ground = S("journal"),
	    .note = S("Det hører til en sag.")};
	CHECK_OK(erasure_ask(db, arena, &w->leader, r.person));
	CHECK_OK(erasure_refuse(db, arena, &w->leader, &r));
	CHECK(!seen_by_all(&s, g.id));
	widen(&s, g.id);
	CHECK(!seen_by_all(&s, g.id));
	CHECK(!seen_by_others(&s, g.id));
}

/* What was made of two goes as far as both let it, whatever it says itself. */
TEST_DB(idea_made_of_others_goes_as_far_as_each_origin)
{
	static const char *const said[] = {"Ring først.", "Og sig navn."};
	static const int64_t scope[] = {SCOPE_PUBLIC, SCOPE_NETWORK};
	struct scene s;
	struct contribution c;
	struct world *w = &s.w;
	scene_new(&s, arena, db);
	struct merge m = {.id = id_new(NOW_US + 9),
	    .n = 2,
	    .words = S("Ring først, og sig hvem I er."),
	    .kind = S("idea")};
	for (int i = 0; i < 2; i++) {
		c = (struct contribution){.id = id_new(NOW_US + i),
		    .kind = S("idea"),
		    .teller = S("staff"),
		    .original = str_c(said[i]),
		    .basis = S("consent"),
		    .scope = scope[i],
		    .anonymity = S("alias"),
		    .given_by = S("self")};
		CHECK_OK(contribution_add(db, arena, &w->leader, &c, S("Ja.")));
		CHECK_OK(contribution_get(db, arena, &w->leader, c.id, &c));
		CHECK_OK(contribution_move(db, arena, &w->leader, &c,
		    &(struct contribution_step){S("reviewed"), S("")}));
		m.of[i] = c.id;
	}
	CHECK_OK(contribution_merge(db, arena, &w->leader, &m));
	CHECK_OK(contribution_get(db, arena, &w->leader, m.id, &c));
	if (str_eq(c.state, S("received")))
		CHECK_OK(contribution_move(db, arena, &w->leader, &c,
		    &(struct contribution_step){S("reviewed"), S("")}));
	struct idea_birth birth = {m.id, false, S("yes")};
	CHECK_OK(idea_from_words(db, arena, &w->leader, &birth));
	widen(&s, m.id);
	CHECK(!seen_by_all(&s, m.id)); /* one of them is for the network */
	widen(&s, m.of[1]);
	CHECK(seen_by_all(&s, m.id));
}

TEST_DB(idea_of_a_citizen_builds_on_what_they_see)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct idea_given first = given("Ring før I kommer.", SCOPE_NETWORK);
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &first));
	struct idea_given on = given("Og sig hvem I er.", SCOPE_NETWORK);
	on.built_on = first.id;
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &on));
	on = given("Og hvornår.", SCOPE_NETWORK);
	on.built_on = id_new(NOW_US);
	CHECK_INT(citizen_gives_idea(db, arena, &s.karen, &on), ERR_NOT_FOUND);
}

TEST_DB(idea_of_a_citizen_is_checked)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct idea_given g = given("Mit nummer er 010150-1234", SCOPE_NETWORK);
	CHECK_INT(citizen_gives_idea(db, arena, &s.karen, &g), ERR_INVALID);
	g = given("Ring.", -1);
	CHECK_INT(citizen_gives_idea(db, arena, &s.karen, &g), ERR_INVALID);
	g = given("Ring.", SCOPE_NETWORK);
	s.karen.needs_guardian = true; /* R4 */
	CHECK_INT(citizen_gives_idea(db, arena, &s.karen, &g), ERR_INVALID);
	s.karen.needs_guardian = false;
	CHECK_OK(citizen_gives_idea(db, arena, &s.karen, &g));
}

/* Trust: nothing that came by the link is shown before somebody looked; its
 * sender alone comes back to it. */
TEST_DB(idea_by_the_link_waits_and_is_its_senders)
{
	struct scene s;
	struct contribution c;
	struct str token, other;
	scene_new(&s, arena, db);
	struct idea_given g = given("En bænk i parken.", SCOPE_PUBLIC);
	CHECK_INT(idea_send(db, arena, &s.program, &g, &token), ERR_DENIED);
	set_bank(&s, true, false);
	g.grown_up = false;
	CHECK_INT(idea_send(db, arena, &s.program, &g, &token), ERR_INVALID);
	g.grown_up = true;
	CHECK_OK(idea_send(db, arena, &s.program, &g, &token));
	CHECK_OK(idea_send(db, arena, &s.program, &g, &other)); /* again */
	CHECK_STR(token, other);
	CHECK_OK(idea_sent(db, arena, &s.program, hash_of(token), &c));
	CHECK_STR(c.original, g.text);
	CHECK(!seen_by_others(&s, c.id));
	/* Who sees the idea's id and sends it in gets a token of their own. */
	struct idea_given thief = given("Min.", SCOPE_PUBLIC);
	thief.id = c.id;
	CHECK(!id_eq(c.id, g.id));
	CHECK_OK(idea_send(db, arena, &s.program, &thief, &other));
	CHECK(!str_eq(token, other));
	CHECK_OK(idea_unsend(db, arena, &s.program, hash_of(other)));
	CHECK_OK(idea_sent(db, arena, &s.program, hash_of(token), &c));

	struct ideas all;
	struct idea_view view = {.reader = IDEA_STAFF};
	CHECK_OK(idea_list(db, arena, &s.w.leader, &view, &all));
	struct idea_step step = {1, S("yes"), S("")};
	CHECK_OK(
	    idea_show(db, arena, &s.w.leader, idea_find(&all, c.id), &step));
	CHECK(seen_by_others(&s, c.id));
	CHECK_OK(idea_unsend(db, arena, &s.program, hash_of(token)));
	CHECK(!seen_by_others(&s, c.id));
	CHECK_INT(
	    idea_unsend(db, arena, &s.program, hash_of(token)), ERR_NOT_FOUND);
	CHECK_INT(idea_sent(db, arena, &s.program, hash_of(token), &c),
	    ERR_NOT_FOUND);
}

TEST_DB(idea_bank_is_open_until_its_day)
{
	struct scene s;
	struct idea_bank bank, read;
	scene_new(&s, arena, db);
	CHECK_OK(idea_bank_get(db, arena, &s.program, &bank));
	CHECK(!idea_bank_is_open(&bank, &s.program) && bank.changed_us == 0);
	bank = (struct idea_bank){.open = true, .ends = S("2026-13-01")};
	CHECK_INT(idea_bank_save(db, arena, &s.w.leader, &bank), ERR_INVALID);
	bank.about = S("Aftenen");
	bank.ends = S("2026-11-24");
	CHECK_OK(idea_bank_save(db, arena, &s.w.leader, &bank));
	CHECK_INT(
	    idea_bank_save(db, arena, &s.w.participant, &bank), ERR_DENIED);
	CHECK_OK(idea_bank_get(db, arena, &s.program, &read));
	CHECK(idea_bank_is_open(&read, &s.program));
	read.ends = S("2026-11-23");
	CHECK(!idea_bank_is_open(&read, &s.program));
}
