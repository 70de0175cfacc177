/* SPDX-License-Identifier: MPL-2.0 */

/* /api/v1: ideas and rounds, as a program uses them. */
#include "base/buf.h"
#include "model/idea_bank.h"
#include "model/token.h"
#include "tests/model/rounds.h"
#include "tests/web/site.h"
#include "web/api.h"

struct stall {
	struct web w;
	struct str token;
	struct round round;
};

static struct str
token_with(struct web *w, int64_t rights)
{
	static int64_t ticks;
	struct str secret;
	struct token t = {.id = id_new(NOW_US + ticks++),
	    .name = S("Stander"),
	    .rights = rights,
	    .ends_us = w->world.leader.now_us + DAY_US};
	CHECK_OK(token_make(
	    w->world.db, w->world.arena, &w->world.leader, &t, &secret));
	return secret;
}

static void
stall_new(struct stall *s, struct arena *arena, struct db *db)
{
	*s = (struct stall){0};
	web_new(&s->w, arena, db);
	web_nobody(&s->w);
	s->token = token_with(&s->w, TOKEN_READ | TOKEN_TAKE_PART);
}

static struct reply
call(struct stall *s, struct str path, const char *key, const char *body)
{
	struct arena *a = s->w.world.arena;
	struct http_pair *list = arena_new(a, struct http_pair, 3);
	struct http_pairs headers = {list, 3};
	list[0] = (struct http_pair){S("host"), S("samskab.test")};
	list[1] = (struct http_pair){
	    S("authorization"), str_cat(a, S("Bearer "), s->token)};
	list[2] = (struct http_pair){S("idempotency-key"), str_c(key)};
	return web_raw(&s->w, body != NULL ? HTTP_POST : HTTP_GET, path,
	    body != NULL ? str_c(body) : S(""), headers);
}

/* ---- ideas ---- */

static void
bank(struct stall *s, bool open)
{
	struct world *w = &s->w.world;
	struct idea_bank b = {.open = open, .about = S("Det gode liv.")};
	CHECK_OK(idea_bank_save(w->db, w->arena, &w->leader, &b));
}

/* Somebody's idea, looked through when it is for everybody. */
static struct id
idea_of(struct stall *s, const char *text, int64_t scope)
{
	static int64_t ticks;
	struct world *w = &s->w.world;
	struct contribution c = {.id = id_new(NOW_US + 1000 * ++ticks),
	    .kind = S("idea"),
	    .teller = S("staff"),
	    .original = str_c(text),
	    .basis = S("consent"),
	    .scope = scope,
	    .anonymity = S("none"),
	    .given_by = S("self")};
	struct idea_birth b = {c.id, true, S("yes")};
	CHECK_OK(contribution_add(w->db, w->arena, &w->leader, &c, S("")));
	struct contribution_step looked = {S("reviewed"), S("")};
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, c.id, &c));
	CHECK_OK(contribution_move(w->db, w->arena, &w->leader, &c, &looked));
	CHECK_OK(idea_from_words(w->db, w->arena, &w->leader, &b));
	return c.id;
}

static struct str
idea_path(struct stall *s, struct id id, const char *rest)
{
	struct arena *a = s->w.world.arena;
	return STR_JOIN(a, S("/api/v1/ideas/"), id_text(a, id), str_c(rest));
}

#define IDEA(p, text)                                    \
	"{\"participant\": \"" p "\", \"text\": \"" text \
	"\", \"readers\": \"public\", \"of_age\": true}"

TEST_DB(api_reads_the_ideas_that_are_for_everybody)
{
	struct stall s;
	stall_new(&s, arena, db);
	struct id open = idea_of(&s, "En bus om aftenen.", SCOPE_PUBLIC);
	struct id closed = idea_of(&s, "Kun for os.", SCOPE_NETWORK);
	struct reply r = call(&s, S("/api/v1/ideas"), "", NULL);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("En bus om aftenen."));
	CHECK_LACKS(r.body, S("Kun for os."));
	CHECK_INT(call(&s, idea_path(&s, open, ""), "", NULL).status, 200);
	CHECK_INT(call(&s, idea_path(&s, closed, ""), "", NULL).status, 404);
	s.token = token_with(&s.w, TOKEN_TAKE_PART);
	CHECK_INT(call(&s, S("/api/v1/ideas"), "", NULL).status, 403);
}

static ptrdiff_t
ideas_here(struct stall *s)
{
	struct ideas all;
	struct world *w = &s->w.world;
	struct idea_view view = {.reader = IDEA_STAFF};
	CHECK_OK(idea_list(w->db, w->arena, &w->leader, &view, &all));
	return all.n;
}

TEST_DB(api_brings_an_idea_in_once_and_takes_it_back)
{
	struct stall s;
	stall_new(&s, arena, db);
	struct str list = S("/api/v1/ideas");
	CHECK_INT(call(&s, list, "a", IDEA("7", "En bænk")).status, 403);
	bank(&s, true);
	struct reply r = call(&s, list, "a", IDEA("7", "En bænk"));
	CHECK_INT(r.status, 201);
	CHECK_HAS(r.body, S("\"state\": \"waiting\""));
	struct id id;
	CHECK(id_parse(str_sub(r.body, 8, 8 + 26), &id) ||
	    id_parse(str_sub(r.body, 8, 8 + 36), &id));
	CHECK_INT(call(&s, list, "a", IDEA("7", "En bænk")).status, 201);
	CHECK_INT(ideas_here(&s), 1);
	/* It waits: nobody reads it. */
	CHECK_LACKS(call(&s, list, "", NULL).body, S("En bænk"));
	CHECK_INT(call(&s, idea_path(&s, id, ""), "", NULL).status, 404);
	/* Only the one who sent it, through the same program. */
	struct str back = idea_path(&s, id, "/withdrawal");
	CHECK_INT(call(&s, back, "b", "{\"participant\": \"8\"}").status, 404);
	struct str own = s.token;
	s.token = token_with(&s.w, TOKEN_TAKE_PART);
	CHECK_INT(call(&s, back, "b", "{\"participant\": \"7\"}").status, 404);
	s.token = own;
	CHECK_INT(ideas_here(&s), 1);
	CHECK_INT(call(&s, back, "b", "{\"participant\": \"7\"}").status, 201);
	CHECK_INT(ideas_here(&s), 0);
}

TEST_DB(api_builds_on_an_idea_that_it_can_read)
{
	static const char *const bad[] = {IDEA("", "En bænk"), IDEA("1", ""),
	    "{\"participant\": \"1\", \"text\": \"x\", "
	    "\"readers\": \"nobody\", \"of_age\": true}",
	    "{\"participant\": \"1\", \"text\": \"x\", "
	    "\"readers\": \"public\", \"of_age\": false}",
	    "{\"participant\": \"1\", \"text\": \"x\", "
	    "\"readers\": \"public\"}",
	    IDEA("1", "Ring til 010203-1234")};
	struct stall s;
	stall_new(&s, arena, db);
	bank(&s, true);
	struct id open = idea_of(&s, "En bus om aftenen.", SCOPE_PUBLIC);
	struct id closed = idea_of(&s, "Kun for os.", SCOPE_NETWORK);
	const char *body = IDEA("7", "Og en om morgenen");
	CHECK_INT(
	    call(&s, idea_path(&s, closed, "/builds"), "a", body).status, 404);
	CHECK_INT(
	    call(&s, idea_path(&s, open, "/builds"), "b", body).status, 201);
	CHECK_INT(ideas_here(&s), 3);
	for (int i = 0; i < COUNT_OF(bad); i++)
		CHECK_INT(
		    call(&s, S("/api/v1/ideas"), "c", bad[i]).status, 400);
	CHECK_INT(ideas_here(&s), 3);
}

/* ---- rounds ---- */

static void
round_new(struct stall *s, enum round_method method)
{
	s->round = rounds_open(
	    &s->w.world, method, "En rampe; 60\nEn bænk; 40\nEt kor; 30");
}

static struct str
round_path(struct stall *s, const char *rest)
{
	return STR_JOIN(s->w.world.arena, S("/api/v1/rounds/"),
	    s->round.record.id_text, str_c(rest));
}

static ptrdiff_t
ballots_here(struct stall *s)
{
	struct tallies t;
	struct world *w = &s->w.world;
	CHECK_OK(tally_load(w->db, w->arena, &w->leader, &s->round, &t));
	return t.of[SIDE_CITIZENS].n;
}

#define BALLOT(p, choices) \
	"{\"participant\": \"" p "\", \"choices\": [" choices "]}"

TEST_DB(api_casts_a_ballot_once)
{
	struct stall s;
	stall_new(&s, arena, db);
	round_new(&s, ROUND_APPROVAL);
	struct str path = round_path(&s, "/ballots");
	const char *one = BALLOT("7", "{\"option\": 1}");
	struct reply r = call(&s, round_path(&s, ""), "", NULL);
	CHECK_HAS(r.body, S("\"title\": \"En rampe\""));
	CHECK_HAS(call(&s, S("/api/v1/rounds"), "", NULL).body,
	    s.round.record.id_text);
	CHECK_INT(call(&s, path, "a", one).status, 201);
	CHECK_INT(call(&s, path, "a", one).status, 201);
	CHECK_INT(call(&s, path, "b", one).status, 201);
	CHECK_INT(ballots_here(&s), 1);
	CHECK_INT(
	    call(&s, path, "c", BALLOT("8", "{\"option\": 2}")).status, 201);
	CHECK_INT(ballots_here(&s), 2);
	/* Another program's 7 is somebody else. */
	struct str own = s.token;
	s.token = token_with(&s.w, TOKEN_TAKE_PART);
	CHECK_INT(call(&s, path, "a", one).status, 201);
	CHECK_INT(ballots_here(&s), 3);
	/* Nothing of it is seen while it is open, and nothing is taken once
	 * it is closed. */
	s.token = own;
	struct str results = round_path(&s, "/results");
	CHECK_INT(call(&s, results, "", NULL).status, 404);
	struct world *w = &s.w.world;
	CHECK_OK(round_close(db, arena, &w->leader, &s.round));
	CHECK_INT(
	    call(&s, path, "d", BALLOT("9", "{\"option\": 2}")).status, 403);
	r = call(&s, results, "", NULL);
	CHECK_INT(r.status, 200);
	/* Three are fewer than k. */
	CHECK_HAS(r.body, S("{\"side\": \"citizens\", \"ballots\": null"));
	CHECK_HAS(r.body, S("\"voted\": 3"));
	CHECK_INT(ballots_here(&s), 3);
}

TEST_DB(api_shows_a_ranking_of_enough)
{
	struct stall s;
	stall_new(&s, arena, db);
	round_new(&s, ROUND_POINTS);
	struct str path = round_path(&s, "/ballots");
	for (int i = 0; i < 6; i++) {
		struct str body = str_fmt(
		    arena, BALLOT("%d", "{\"option\": 2, \"value\": 10}"), i);
		CHECK_INT(
		    call(&s, path, str_cstr(arena, str_fmt(arena, "k%d", i)),
			str_cstr(arena, body))
			.status,
		    201);
	}
	CHECK_OK(round_close(db, arena, &s.w.world.leader, &s.round));
	struct reply r = call(&s, round_path(&s, "/results"), "", NULL);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("{\"side\": \"citizens\", \"ballots\": 6"));
	CHECK_HAS(r.body, S("\"number\": 2, \"first\": 1, \"last\": 1"));
	CHECK_HAS(r.body, S("{\"side\": \"network\", \"ballots\": null"));
}

TEST_DB(api_refuses_a_ballot_that_is_none)
{
	static const char *const bad[] = {BALLOT("", "{\"option\": 1}"),
	    BALLOT("1", ""), BALLOT("1", "{\"option\": 9}"),
	    BALLOT("1", "{\"option\": -1}"), BALLOT("1", "{\"option\": \"1\"}"),
	    BALLOT("1", "{\"option\": 1}, {\"option\": 1}"),
	    BALLOT("1", "{\"option\": 1, \"value\": 3}"), BALLOT("1", "1"),
	    "{\"participant\": \"1\", \"choices\": {\"option\": 1}}",
	    "{\"participant\": \"1\"}"};
	struct stall s;
	stall_new(&s, arena, db);
	round_new(&s, ROUND_APPROVAL);
	struct str path = round_path(&s, "/ballots");
	for (int i = 0; i < COUNT_OF(bad); i++)
		CHECK_INT(call(&s, path, "x", bad[i]).status, 400);
	s.token = token_with(&s.w, TOKEN_READ);
	CHECK_INT(
	    call(&s, path, "y", BALLOT("1", "{\"option\": 1}")).status, 403);
	CHECK_INT(ballots_here(&s), 0);
	/* Drafts, and rounds for staff alone, are not there. */
	s.round = rounds_draft(&s.w.world, ROUND_APPROVAL, "A\nB");
	CHECK_INT(call(&s, round_path(&s, ""), "", NULL).status, 404);
	round_new(&s, ROUND_VALUE);
	CHECK_INT(call(&s, round_path(&s, ""), "", NULL).status, 404);
}

TEST_DB(api_takes_pairs)
{
	struct stall s;
	stall_new(&s, arena, db);
	round_new(&s, ROUND_PAIRWISE);
	struct str path = round_path(&s, "/ballots");
	CHECK_INT(call(&s, path, "a",
		      BALLOT("1",
			  "{\"left\": 1, \"right\": 2, \"chosen\": 2}, "
			  "{\"left\": 3, \"right\": 1, \"chosen\": 0}"))
		      .status,
	    201);
	CHECK_INT(call(&s, path, "b",
		      BALLOT("1", "{\"left\": 1, \"right\": 2, \"chosen\": 3}"))
		      .status,
	    400);
	CHECK_INT(call(&s, path, "c",
		      BALLOT("1", "{\"left\": 1, \"right\": 9, \"chosen\": 9}"))
		      .status,
	    400);
	CHECK_INT(ballots_here(&s), 1);
	struct tallies t;
	struct world *w = &s.w.world;
	CHECK_OK(tally_load(db, arena, &w->leader, &s.round, &t));
	CHECK_INT(t.of[SIDE_CITIZENS].first[1], 2);
}

/* A title in a citizen's words that are not for everybody is not told. */
TEST_DB(api_tells_no_words_that_are_not_for_everybody)
{
	struct stall s;
	stall_new(&s, arena, db);
	struct world *w = &s.w.world;
	struct round_pick pick[] = {
	    {idea_of(&s, "En bus om aftenen.", SCOPE_PUBLIC), 0},
	    {idea_of(&s, "Kun for os.", SCOPE_NETWORK), 0}};
	struct round_picks picks = {pick, 2};
	s.round = rounds_draft(w, ROUND_APPROVAL, "Et kor");
	CHECK_OK(round_options_ideas(db, arena, &w->leader, &s.round, &picks));
	s.round = rounds_now(w, &s.round);
	CHECK_OK(round_begin(db, arena, &w->leader, &s.round));
	struct reply r = call(&s, round_path(&s, ""), "", NULL);
	CHECK_HAS(r.body, S("En bus om aftenen."));
	CHECK_LACKS(r.body, S("Kun for os."));
	CHECK_HAS(r.body, S("\"number\": 3"));
}
