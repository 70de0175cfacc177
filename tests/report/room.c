/* SPDX-License-Identifier: MPL-2.0 */

/* A dialogue as it stands: the same whether it is made at once or bit by bit,
 * and nobody in it can be seen alone. */
#include "report/room.h"

#include "base/buf.h"
#include "model/person.h"
#include "tests/model/fixture.h"

enum { STATEMENTS = 12, PEOPLE = 40, K = 5 };

struct scene {
	struct world w;
	struct record dialogue;
	struct actor who;
};

static void
scene_new(struct scene *s, struct arena *arena, struct db *db)
{
	world_new(&s->w, arena, db);
	struct record r = world_record(&s->w, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", S("open"));
	record_set(&r, "ends", S(""));
	world_save(&s->w, &r);
	s->dialogue = r;
	struct actor p = actor_program(
	    s->w.leader.org, s->w.leader.keys, s->w.leader.now_us);
	s->who = actor_inside(&p, s->w.network);
	for (int j = 0; j < STATEMENTS; j++) {
		struct statement one = {.once = id_new(NOW_US + j),
		    .text = str_fmt(arena, "Udsagn nummer %d.", j + 1),
		    .source = S("staff"),
		    .author = -1};
		CHECK_OK(statement_add(db, arena, &s->w.leader, r.id, &one));
	}
}

static struct voter
voter(struct scene *s, int i)
{
	return voter_of(&s->who, s->dialogue.id, VOTER_LINK,
	    str_fmt(s->w.arena, "device %d", i));
}

static void
vote(struct scene *s, int i, int64_t statement, int vote)
{
	struct voter v = voter(s, i);
	CHECK_OK(voter_votes(
	    s->w.db, s->w.arena, &s->who, &v, (struct vote){statement, vote}));
}

/* Even people are for even statements, odd ones against; all are for 0. */
static void
vote_as_camps(struct scene *s, int from, int to)
{
	for (int i = from; i < to; i++) {
		vote(s, i, 0, VOTE_AGREE);
		for (int j = 1; j < STATEMENTS; j++)
			vote(s, i, j, (i + j) % 2 == 0 ? VOTE_AGREE : -1);
	}
}

static struct room *
make(struct scene *s, const struct room *last, int32_t k)
{
	struct room *r;
	struct room_ask ask = {s->dialogue.id, last, k};
	CHECK_OK(room_make(s->w.db, s->w.arena, &s->who, &ask, &r));
	return r;
}

/* guide:S13: what all agree on stands out from what parts them. */
TEST_DB(room_finds_camps_and_common_ground)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct room *empty = make(&s, NULL, K);
	CHECK_INT(empty->groups.k, 0);
	CHECK_INT(empty->groups.people, 0);
	CHECK_INT(empty->groups.statements, STATEMENTS);
	vote_as_camps(&s, 0, PEOPLE);
	struct room *r = make(&s, empty, K);
	CHECK_INT(r->groups.people, PEOPLE);
	CHECK_INT(r->groups.k, 2);
	CHECK_INT(r->groups.size[0] + r->groups.size[1], PEOPLE);
	CHECK_INT(r->groups.shared.n, 1);
	CHECK_INT(r->number[r->groups.shared.pick[0].statement], 0);
	CHECK(r->groups.mark[0].n > 0 && r->groups.mark[1].n > 0);
	CHECK(r->extremity[1] > r->extremity[0]);
}

TEST_DB(room_is_the_same_bit_by_bit)
{
	struct scene s;
	scene_new(&s, arena, db);
	vote_as_camps(&s, 0, 30);
	struct room *half = make(&s, NULL, K);
	vote_as_camps(&s, 30, PEOPLE);
	vote(&s, 3, 5, VOTE_PASS); /* somebody thinks again */
	struct room *grown = make(&s, half, K), *at_once = make(&s, NULL, K);
	CHECK_INT(grown->mark.seq, at_once->mark.seq);
	CHECK_INT(grown->groups.n_votes, at_once->groups.n_votes);
	for (ptrdiff_t j = 0; j < STATEMENTS; j++) {
		CHECK_INT(
		    grown->groups.all[j].agree, at_once->groups.all[j].agree);
		CHECK_INT(
		    grown->groups.all[j].pass, at_once->groups.all[j].pass);
	}
	for (ptrdiff_t i = 0; i < PEOPLE; i++) {
		int32_t was = i < 30 ? half->groups.group[i] : -1;
		int32_t is = grown->groups.group[i];
		CHECK_INT(is, at_once->groups.group[i]);
		if (was >= 0 && is >= 0)
			CHECK_INT(
			    half->groups.name[was], grown->groups.name[is]);
	}
}

TEST_DB(room_forgets_who_is_erased)
{
	struct scene s;
	scene_new(&s, arena, db);
	struct person p = {.id = id_new(NOW_US),
	    .state = S("yes"),
	    .alias = S("Jonas"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Kender værestedet."),
	    .source = S("named")};
	CHECK_OK(person_save(db, arena, &s.w.leader, &p));
	struct voter jonas =
	    voter_of(&s.who, s.dialogue.id, VOTER_CODE, id_text(arena, p.id));
	CHECK_OK(voter_votes(
	    db, arena, &s.who, &jonas, (struct vote){2, VOTE_AGREE}));
	vote_as_camps(&s, 0, 12);
	struct room *before = make(&s, NULL, K);
	CHECK_INT(before->groups.people, 13);
	CHECK_OK(person_erase(db, arena, &s.w.leader, p.id));
	struct room *after = make(&s, before, K);
	CHECK_INT(after->groups.people, 12);
	CHECK_INT(after->groups.all[2].agree, before->groups.all[2].agree - 1);
}

static int
shown_cells(const struct room *r)
{
	int shown = 0;
	for (ptrdiff_t j = 0; j < r->groups.statements; j++) {
		for (int g = 0; g <= r->groups.k; g++)
			shown += !groups_row_hidden(&r->groups, j, g);
	}
	return shown;
}

/* Four people are too few to show anything of; the twin shows it all. */
TEST_DB(room_hides_what_few_people_said)
{
	struct scene s;
	scene_new(&s, arena, db);
	vote_as_camps(&s, 0, 4);
	CHECK_INT(shown_cells(make(&s, NULL, K)), 0);
	CHECK_INT(shown_cells(make(&s, NULL, 1)), STATEMENTS);
}

TEST_DB(room_leads_through_all_statements_once)
{
	struct scene s;
	scene_new(&s, arena, db);
	vote_as_camps(&s, 0, 20);
	struct room *r = make(&s, NULL, K);
	struct statement refused = r->statements.list[4];
	refused.state = S("refused");
	refused.reason = S("Det er to udsagn i ét.");
	CHECK_OK(statement_moderate(
	    db, arena, &s.w.leader, s.dialogue.id, &refused));
	struct room *now = make(&s, r, K);
	CHECK(now->hidden[4] && !now->hidden[5]);
	CHECK(now->mark.changed_us >= r->mark.changed_us);
	struct voter v = voter(&s, 100);
	struct own_votes own;
	for (int n = 0; n < STATEMENTS - 1; n++) {
		CHECK_OK(voter_own(db, arena, &s.who, &v, &own));
		CHECK_INT(own.n, n);
		int64_t next = room_next(
		    arena, n % 2 ? NULL : now, &now->statements, &v, &own);
		CHECK(next >= 0 && next != 4);
		CHECK_OK(voter_votes(
		    db, arena, &s.who, &v, (struct vote){next, VOTE_PASS}));
	}
	CHECK_OK(voter_own(db, arena, &s.who, &v, &own));
	CHECK_INT(room_next(arena, now, &now->statements, &v, &own), -1);
}
