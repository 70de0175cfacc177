/* SPDX-License-Identifier: MPL-2.0 */

/* /api/v1 as a program uses it: with a token, once, and no more than it may. */
#include "web/api.h"

#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "model/dialogue.h"
#include "tests/web/site.h"
#include "web/route.h"

struct shop {
	struct web w;
	struct str token, path; /* of the dialogue */
	struct id dialogue;
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
shop_new(struct shop *s, struct arena *arena, struct db *db)
{
	*s = (struct shop){0};
	web_new(&s->w, arena, db);
	web_nobody(&s->w);
	struct world *w = &s->w.world;
	struct record r = world_record(w, KIND_DIALOGUE);
	record_set(&r, "about", S("Vi vil vide, hvad der hjælper jer."));
	record_set(&r, "state", S("open"));
	record_set(&r, "ends", S(""));
	record_set(&r, "own", S("before"));
	world_save(w, &r);
	struct statement one = {.once = id_new(NOW_US),
	    .text = S("Der mangler en bus."),
	    .source = S("staff")};
	CHECK_OK(statement_add(db, arena, &w->leader, r.id, &one));
	s->dialogue = r.id;
	s->path =
	    STR_JOIN(arena, S("/api/v1/dialogues/"), id_text(arena, r.id));
	s->token = token_with(&s->w, TOKEN_READ | TOKEN_TAKE_PART);
}

static struct reply
call(struct shop *s, const char *rest, const char *key, const char *body)
{
	struct arena *a = s->w.world.arena;
	struct http_pair *list = arena_new(a, struct http_pair, 3);
	struct http_pairs headers = {list, 3};
	list[0] = (struct http_pair){S("host"), S("samskab.test")};
	list[1] = (struct http_pair){
	    S("authorization"), str_cat(a, S("Bearer "), s->token)};
	list[2] = (struct http_pair){S("idempotency-key"), str_c(key)};
	return web_raw(&s->w, body != NULL ? HTTP_POST : HTTP_GET,
	    STR_JOIN(a, s->path, str_c(rest)),
	    body != NULL ? str_c(body) : S(""), headers);
}

static ptrdiff_t
votes_here(struct shop *s)
{
	struct vote_rows rows = {s->dialogue, -1, NULL, 0};
	struct world *w = &s->w.world;
	CHECK_OK(vote_since(w->db, w->arena, &w->leader, &rows));
	return rows.n;
}

#define VOTE(p, v) \
	"{\"participant\": \"" p "\", \"statement\": 0, \"vote\": " v "}"

TEST_DB(api_brings_votes_in_once)
{
	struct shop s;
	shop_new(&s, arena, db);
	CHECK_INT(call(&s, "/votes", "a", VOTE("1", "1")).status, 201);
	struct reply r = call(&s, "/votes", "a", VOTE("1", "1"));
	CHECK_INT(r.status, 201);
	CHECK_HAS(r.body, S("\"vote\": 1"));
	CHECK_INT(votes_here(&s), 1);
	/* The same key of another request. */
	r = call(&s, "/votes", "a", VOTE("1", "0"));
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("\"status\": 409"));
	/* Another time, the same person: their vote is changed. */
	CHECK_INT(call(&s, "/votes", "b", VOTE("1", "0")).status, 201);
	CHECK_INT(call(&s, "/votes", "c", VOTE("2", "0")).status, 201);
	CHECK_INT(votes_here(&s), 3);
	/* Under k nothing is told. */
	r = call(&s, "/results", "", NULL);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("\"people\": 2"));
	CHECK_HAS(r.body, S("\"pass\": null"));
}

TEST_DB(api_refuses_what_is_not_described)
{
	static const char *const bad[] = {"", "[]", "{", "{}", VOTE("", "1"),
	    VOTE("1", "2"), VOTE("1", "\"1\""),
	    "{\"participant\": 1, \"statement\": 0, \"vote\": 1}",
	    "{\"participant\": \"1\", \"statement\": 0.5, \"vote\": 1}",
	    "{\"participant\": \"1\", \"statement\": 0, \"vote\": 1, "
	    "\"x\": 1}",
	    "{\"participant\": \"1\", \"vote\": 1, \"vote\": 1, "
	    "\"statement\": 0}"};
	struct shop s;
	shop_new(&s, arena, db);
	for (int i = 0; i < COUNT_OF(bad); i++) {
		struct reply r = call(&s, "/votes", "x", bad[i]);
		CHECK_INT(r.status, 400);
		CHECK_HAS(r.body, S("{\"type\": \"about:blank\""));
	}
	CHECK_INT(call(&s, "/votes", "", VOTE("1", "1")).status, 400);
	CHECK_INT(call(&s, "/votes", "x",
		      "{\"participant\": \"1\", \"statement\": 7, "
		      "\"vote\": 1}")
		      .status,
	    404);
	CHECK_INT(votes_here(&s), 0);
}

TEST_DB(api_shows_no_statement_that_waits)
{
	struct shop s;
	shop_new(&s, arena, db);
	struct reply r = call(&s, "/statements", "a",
	    "{\"participant\": \"1\", \"text\": \"Flere lamper\"}");
	CHECK_INT(r.status, 201);
	CHECK_HAS(r.body, S("\"state\": \"waiting\""));
	r = call(&s, "/statements", "", NULL);
	CHECK_HAS(r.body, S("Der mangler en bus."));
	CHECK(str_find(r.body, S("Flere lamper")) < 0);
	r = call(&s, "/results", "", NULL);
	CHECK(str_find(r.body, S("Flere lamper")) < 0);
}

TEST_DB(api_lets_a_token_do_what_it_is_for)
{
	struct shop s;
	shop_new(&s, arena, db);
	s.token = token_with(&s.w, TOKEN_READ);
	CHECK_INT(call(&s, "", "", NULL).status, 200);
	CHECK_INT(call(&s, "/votes", "a", VOTE("1", "1")).status, 403);
	s.token = token_with(&s.w, TOKEN_TAKE_PART);
	CHECK_INT(call(&s, "", "", NULL).status, 403);
	s.token = S("");
	struct reply r = call(&s, "", "", NULL);
	CHECK_INT(r.status, 401);
	CHECK_STR(http_get(r.headers, S("WWW-Authenticate")), S("Bearer"));
	CHECK_INT(http_get(r.headers, S("Access-Control-Allow-Origin")).n, 0);
	/* Who is signed in is nobody here. */
	web_sign_in(&s.w, s.w.world.mette);
	CHECK_INT(web_get(&s.w, s.path).status, 401);
	CHECK_INT(web_post(&s.w, STR_JOIN(arena, s.path, S("/votes")), S("a=1"))
		      .status,
	    401);
}

TEST_DB(api_keeps_networks_apart)
{
	struct shop s;
	shop_new(&s, arena, db);
	struct record r = {.kind = KIND_DIALOGUE, .id = s.dialogue};
	struct actor program = s.w.world.program;
	struct id other = id_new(NOW_US + 77);
	struct actor in = actor_inside(&program, other);
	CHECK_INT(
	    record_get(db, arena, &in, KIND_DIALOGUE, r.id, &r), ERR_NOT_FOUND);
	s.path =
	    STR_JOIN(arena, S("/api/v1/dialogues/"), id_text(arena, other));
	CHECK_INT(call(&s, "", "", NULL).status, 404);
	CHECK_INT(call(&s, "/votes", "a", VOTE("1", "1")).status, 404);
}

TEST_DB(api_tells_who_asks_too_often_to_wait)
{
	struct shop s;
	struct reply r = {0};
	shop_new(&s, arena, db);
	s.path = S("/api/v1/dialogues");
	for (int i = 0; i <= API_A_MINUTE + 3; i++)
		r = call(&s, "", "", NULL);
	CHECK_INT(r.status, 429);
	CHECK(http_get(r.headers, S("Retry-After")).n > 0);
	s.token = token_with(&s.w, TOKEN_READ);
	CHECK_INT(call(&s, "", "", NULL).status, 200);
}

/* What is described is there, and what is there is described. */
TEST_DB(api_is_described_as_it_is)
{
	struct shop s;
	struct routes routes = route_table();
	struct api_words words = api_words();
	shop_new(&s, arena, db);
	struct reply r = web_get(&s.w, S("/api/v1/openapi.json"));
	CHECK_INT(r.status, 200);
	json_t *all = json_loadb(
	    r.body.p, (size_t)r.body.n, JSON_REJECT_DUPLICATES, NULL);
	CHECK(all != NULL);
	json_t *paths = json_object_get(all, "paths");
	ptrdiff_t described = 0, there = 0;
	const char *path, *method;
	json_t *item, *operation;
	json_object_foreach(paths, path, item)
	{
		json_object_foreach(item, method, operation)
		{
			const struct route *route;
			struct http_pairs params;
			described++;
			CHECK_OK(route_find(arena,
			    strcmp(method, "post") == 0 ? HTTP_POST : HTTP_GET,
			    str_c(path), &route, &params));
		}
	}
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		const struct route *route = &routes.list[i];
		bool post = route->method == HTTP_POST;
		if (strncmp(route->pattern, "/api/", 5) != 0)
			continue;
		there++;
		CHECK(json_object_get(json_object_get(paths, route->pattern),
			  post ? "post" : "get") != NULL);
		CHECK(!post || route->csrf == CSRF_BEARER);
	}
	CHECK_INT(described, there);
	CHECK_INT(words.n, there);
	json_decref(all);
}

TEST_DB(tokens_are_shown_once)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct str path = web_path(&w, "/programmer");
	struct str form = STR_JOIN(arena, S("id="),
	    id_text(arena, id_new(NOW_US)), S("&name=Stander&rights=3"));
	struct reply r = web_post(&w, path, form);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("<code>"));
	r = web_post(&w, path, form);
	CHECK(str_find(r.body, S("<code>")) < 0);
	r = web_get(&w, path);
	CHECK(str_find(r.body, S("<code>")) < 0);
	CHECK_HAS(r.body, S("Stander"));
}
