/* SPDX-License-Identifier: MPL-2.0 */

/* Options of a round that are ideas of the board. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "model/idea.h"
#include "tests/model/rounds.h"
#include "tests/web/site.h"

static const char PLANTED[] = "En bænk ved Kaffestuen.";

struct board {
	struct web web;
	struct round round;
	struct id own, said; /* the network's, and one in a citizen's words */
	struct str code; /* "/c/CODE" of Karen */
};

static struct id
staff_idea(struct world *w, const char *title)
{
	struct record r = world_record(w, KIND_IDEA);
	record_set(&r, "title", str_c(title));
	record_set(&r, "what", S("Ring til os."));
	record_set(&r, "cost", S("12.000"));
	world_save(w, &r);
	return r.id;
}

static struct id
said_idea(struct world *w, int64_t scope)
{
	static int64_t ticks;
	struct contribution c = {.id = id_new(NOW_US + 1000 * ++ticks),
	    .kind = S("idea"),
	    .teller = S("staff"),
	    .original = str_c(PLANTED),
	    .basis = S("consent"),
	    .scope = scope,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	struct idea_birth b = {c.id, true, S("yes")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	CHECK_OK(idea_from_words(w->db, w->arena, &w->leader, &b));
	return c.id;
}

static void
board_new(
    struct board *b, struct arena *a, struct db *db, enum round_method method)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct world *w = &b->web.world;
	web_new(&b->web, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	b->code = STR_JOIN(a, S("/c/"),
	    code_text(a, b->web.site->orgs.list[0].short_code, token));
	b->own = staff_idea(w, "Én aftenlinje");
	b->said = said_idea(w, SCOPE_NETWORK);
	b->round = rounds_draft(w, method, "Et kor; 10");
	web_sign_in(&b->web, w->mette);
}

static struct str
path(struct board *b, const char *rest)
{
	return STR_JOIN(b->web.world.arena, web_path(&b->web, "/prioritering/"),
	    b->round.record.id_text, str_c(rest));
}

/* "ide-ID=1", and its price. */
static struct str
ticked(struct board *b, struct id id, const char *price)
{
	struct arena *a = b->web.world.arena;
	struct str text = id_text(a, id);
	return STR_JOIN(a, S("ide-"), text, S("=1&pris-"), text, S("="),
	    str_c(price), S("&"));
}

static struct reply
add(struct board *b, struct str form)
{
	return web_post(&b->web, path(b, "/muligheder/ideer"), form);
}

/* guide:S20 what is ranked are the ideas themselves. */
TEST_DB(round_takes_options_from_the_ideas)
{
	struct board b;
	board_new(&b, arena, db, ROUND_APPROVAL);
	struct str both =
	    STR_JOIN(arena, ticked(&b, b.own, ""), ticked(&b, b.said, ""));
	struct reply r = web_get(&b.web, path(&b, ""));
	CHECK_HAS(r.body, S("Muligheder fra idéerne"));
	CHECK_HAS(r.body, S("Én aftenlinje"));
	CHECK_HAS(r.body, S("En bænk ved Kaffestuen."));
	CHECK_INT(add(&b, both).status, 303);
	CHECK_INT(add(&b, S("")).status, 422); /* nothing ticked */
	struct world *w = &b.web.world;
	b.round = rounds_now(w, &b.round);
	CHECK_INT(b.round.n_options, 3);
	CHECK(id_eq(b.round.option[1].idea, b.own));
	CHECK(b.round.option[2].theirs);
	CHECK_STR(b.round.option[2].title, str_c(PLANTED));
	/* Once each: they are not offered again. */
	struct round_pick pick = {b.own, 0};
	struct round_picks picks = {&pick, 1};
	CHECK_OK(round_options_ideas(db, arena, &w->leader, &b.round, &picks));
	CHECK_INT(rounds_now(w, &b.round).n_options, 3);
	r = web_get(&b.web, path(&b, ""));
	CHECK_LACKS(r.body, S("name=\"ide-"));
	CHECK_HAS(r.body, S("Se idéen"));
	/* Taking one off keeps what the others are made of. */
	CHECK_INT(
	    web_post(&b.web, path(&b, "/muligheder/fjern"), S("number=1&rev=3"))
		.status,
	    303);
	b.round = rounds_now(w, &b.round);
	CHECK(b.round.option[1].theirs);
	CHECK_STR(b.round.option[1].title, str_c(PLANTED));
}

TEST_DB(round_asks_for_the_price_of_an_idea)
{
	struct board b;
	board_new(&b, arena, db, ROUND_BUDGET);
	struct reply r = web_get(&b.web, path(&b, ""));
	CHECK_HAS(r.body, S("value=\"12000\"")); /* what the idea costs */
	r = add(&b, ticked(&b, b.said, "mange"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Skriv prisen som et tal"));
	CHECK_HAS(r.body, S("value=\"mange\""));
	CHECK_INT(rounds_now(&b.web.world, &b.round).n_options, 1);
	CHECK_INT(add(&b, ticked(&b, b.said, "20")).status, 303);
	b.round = rounds_now(&b.web.world, &b.round);
	CHECK_INT(b.round.option[1].cost, 20);
}

/* Dropped, hidden, or for staff alone: not to be voted on by citizens. */
TEST_DB(round_offers_no_idea_that_is_not_gone_on_with)
{
	struct board b;
	struct ideas all;
	board_new(&b, arena, db, ROUND_APPROVAL);
	struct world *w = &b.web.world;
	struct id secret = said_idea(w, SCOPE_INTERNAL);
	CHECK_OK(round_ideas(db, arena, &w->leader, &b.round, &all));
	CHECK(idea_find(&all, b.own) != NULL);
	CHECK(idea_find(&all, secret) == NULL);
	struct idea_step drop = {1, S("dropped"), S("Den blev for dyr.")};
	CHECK_OK(
	    idea_move(db, arena, &w->leader, idea_find(&all, b.own), &drop));
	CHECK_OK(round_ideas(db, arena, &w->leader, &b.round, &all));
	CHECK(idea_find(&all, b.own) == NULL);
	CHECK(idea_find(&all, b.said) != NULL);
	struct round_pick pick = {b.own, 0};
	struct round_picks picks = {&pick, 1};
	CHECK_INT(round_options_ideas(db, arena, &w->leader, &b.round, &picks),
	    ERR_INVALID);
}

static const char SQL_WAITS[] =
    "UPDATE contribution SET wording = 'En bænk ved huset.',"
    " approval = 'asked' WHERE org = $1 AND id = $2";

/* Words that wait for a yes to other words are not shown, nor called taken back. */
TEST_DB(round_shows_no_idea_whose_wording_waits)
{
	struct board b;
	board_new(&b, arena, db, ROUND_APPROVAL);
	struct world *w = &b.web.world;
	CHECK_INT(add(&b, ticked(&b, b.said, "")).status, 303);
	CHECK_STR(rounds_now(w, &b.round).option[1].title, str_c(PLANTED));
	CHECK_OK(db_exec(db, SQL_WAITS, NULL, DB_ID(w->org.id), DB_ID(b.said)));
	CHECK_STR(rounds_now(w, &b.round).option[1].title,
	    S("En idé, der ikke er vist lige nu"));
}

/* Words that are taken back are gone from the round, which stays sealed. */
TEST_DB(round_forgets_an_idea_that_is_taken_back)
{
	struct board b;
	struct ballot ballot;
	board_new(&b, arena, db, ROUND_APPROVAL);
	struct world *w = &b.web.world;
	struct str both =
	    STR_JOIN(arena, ticked(&b, b.own, ""), ticked(&b, b.said, ""));
	CHECK_INT(add(&b, both).status, 303);
	b.round = rounds_now(w, &b.round);
	CHECK_OK(round_begin(db, arena, &w->leader, &b.round));
	struct str vote =
	    STR_JOIN(arena, b.code, S("/valg/"), b.round.record.id_text);
	CHECK_HAS(web_get(&b.web, vote).body, str_c(PLANTED));
	CHECK(ballot_parse(arena, &b.round, S("3:1"), &ballot));
	for (int i = 0; i < 6; i++) {
		struct elector v = rounds_voter(w, &b.round, SIDE_CITIZENS, i);
		CHECK_OK(ballot_cast(db, arena, &w->leader, &v, &ballot));
	}
	CHECK_OK(round_close(db, arena, &w->leader, &b.round));
	struct str result = path(&b, "/resultat");
	struct str own = STR_JOIN(arena, vote, S("/resultat"));
	struct reply r = web_get(&b.web, result);
	CHECK_HAS(r.body, str_c(PLANTED));
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("/ideer/"), id_text(arena, b.said), S("\"")));
	CHECK_HAS(web_get(&b.web, own).body,
	    STR_JOIN(arena, S("#ide-"), id_text(arena, b.said)));
	CHECK_OK(contribution_withdraw(db, arena, &w->leader, b.said));
	r = web_get(&b.web, result);
	CHECK_LACKS(r.body, str_c(PLANTED));
	CHECK_HAS(r.body, S("En idé, der er trukket tilbage"));
	CHECK_HAS(r.body, S("Én aftenlinje"));
	r = web_get(&b.web, own);
	CHECK_LACKS(r.body, str_c(PLANTED));
	CHECK_LACKS(r.body, id_text(arena, b.said));
	CHECK_LACKS(
	    web_get(&b.web, path(&b, "/summer.csv")).body, str_c(PLANTED));
}
