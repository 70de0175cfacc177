/* SPDX-License-Identifier: MPL-2.0 */

/* A citizen's code opens one person's page in one network, and nothing else;
 * a code that is none, ended or another organisation's tells nothing. */
#include "base/buf.h"
#include "model/code.h"
#include "tests/web/cases.h"
#include "web/security.h"

struct codes {
	struct full f;
	struct str karen, other, there; /* there: in the other network */
};

static const struct web_case *
find_case(enum http_method method, const char *pattern)
{
	struct web_cases all = web_cases();
	for (ptrdiff_t i = 0; i < all.n; i++) {
		if (all.list[i].method == method &&
		    str_eq(str_c(all.list[i].pattern), str_c(pattern)))
			return &all.list[i];
	}
	fail_msg("no case for %s", pattern);
	return NULL;
}

/* Somebody invited there; gives their code. */
static struct str
invited(struct codes *c, struct id network)
{
	const struct web_case *page = find_case(
	    HTTP_GET, "/netvaerk/{network}/aktiviteter/{id}/invitation");
	return web_aim(&c->f, page, network, true).token;
}

static void
codes_new(struct codes *c, struct arena *arena, struct db *db)
{
	*c = (struct codes){0};
	web_full(&c->f, arena, db);
	c->karen = invited(c, c->f.web.world.network);
	c->other = invited(c, c->f.web.world.network);
	c->there = invited(c, c->f.other);
	web_nobody(&c->f.web);
}

static struct str
path_of(struct codes *c, struct str code, const char *rest)
{
	return STR_JOIN(c->f.web.world.arena, S("/c/"), code, str_c(rest));
}

/* The sending that stands in the form of this page. */
static struct str
sending_of(struct codes *c, struct str code)
{
	struct reply r = web_get(&c->f.web, path_of(c, code, ""));
	struct str mark = S("name=\"sending\" value=\"");
	ptrdiff_t at = str_find(r.body, mark);
	CHECK_INT(r.status, 200);
	CHECK(at > 0);
	return str_sub(r.body, at + mark.n, at + mark.n + 36);
}

static struct str
answer(struct codes *c, struct str sending, struct str message)
{
	return str_fmt(c->f.web.world.arena,
	    "sending=%.*s&message=%.*s&answer=yes&text=Hej", STR_ARG(sending),
	    STR_ARG(message));
}

static int64_t
count(struct codes *c, const char *sql)
{
	struct db_row row;
	struct world *w = &c->f.web.world;
	CHECK_OK(db_one(w->db, w->arena, sql, &row, DB_ID(w->org.id)));
	return db_int(&row, 0);
}

static const char SQL_ANSWERED[] =
    "SELECT COUNT(*) FROM sending WHERE org = $1 AND answer <> ''";

static const char SQL_SAID[] = "SELECT COUNT(*) FROM message WHERE org = $1";

TEST_DB(code_answers_for_its_own_person_only)
{
	struct codes c;
	codes_new(&c, arena, db);
	struct web *w = &c.f.web;
	struct str own = path_of(&c, c.karen, "/svar");
	struct str foreign[] = {sending_of(&c, c.other),
	    sending_of(&c, c.there), id_text(arena, id_new(NOW_US))};
	for (ptrdiff_t i = 0; i < COUNT_OF(foreign); i++) {
		struct str message = id_text(arena, id_new(NOW_US));
		struct reply r =
		    web_post(w, own, answer(&c, foreign[i], message));
		CHECK_INT(r.status, 404);
		CHECK_INT(count(&c, SQL_ANSWERED), 0);
		CHECK_INT(count(&c, SQL_SAID), 0);
	}
	/* The twin; and a form that comes twice is one answer. */
	struct str message = id_text(arena, id_new(NOW_US));
	struct str form = answer(&c, sending_of(&c, c.karen), message);
	CHECK_INT(web_post(w, own, form).status, 303);
	CHECK_INT(web_post(w, own, form).status, 303);
	CHECK_INT(count(&c, SQL_ANSWERED), 1);
	CHECK_INT(count(&c, SQL_SAID), 1);
	/* Another's page with the same message: neither is put over. */
	form = answer(&c, sending_of(&c, c.other), message);
	web_post(w, path_of(&c, c.other, "/svar"), form);
	CHECK_INT(count(&c, SQL_SAID), 1);
	CHECK_LACKS(web_get(w, path_of(&c, c.other, "")).body,
	    S("class=\"prose\">Hej"));
}

/* ---- codes that open nothing ---- */

static const char SQL_END[] =
    "UPDATE code SET ended_us = 1 WHERE org = $1 AND hash = $2";

static const char SQL_EXPIRE[] =
    "UPDATE code SET ends_us = $3 WHERE org = $1 AND hash = $2";

static const char SQL_HOST[] =
    "UPDATE organisation SET host = 'samskab.test' WHERE org = $1";

/* The same token behind the short code of a second organisation. */
static struct str
foreign_code(struct codes *c, struct str token)
{
	struct world *w = &c->f.web.world;
	struct org org = {.id = id_new(NOW_US + 5),
	    .name = S("Bjergby"),
	    .host = S("bjergby.test")};
	CHECK_OK(org_create(w->db, w->arena, org, NOW_US));
	CHECK_OK(db_exec(w->db, SQL_HOST, NULL, DB_ID(w->org.id)));
	CHECK_OK(org_list(w->db, w->arena, &c->f.web.site->orgs));
	struct orgs *all = &c->f.web.site->orgs;
	struct str short_code = {0};
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].id, org.id))
			short_code = all->list[i].short_code;
	}
	CHECK(short_code.n > 0);
	return code_text(w->arena, short_code, token);
}

/* Every way in, and what it says; nothing may be written. */
static void
check_shut(struct codes *c, struct str code, struct str *told)
{
	static const struct {
		const char *rest;
		bool post;
	} ways[] = {{"", false}, {"/slet", false}, {"/svar", true},
	    {"/stop", true}, {"/slet", true}};
	struct web *w = &c->f.web;
	for (ptrdiff_t i = 0; i < COUNT_OF(ways); i++) {
		struct str path = path_of(c, code, ways[i].rest);
		w->site->attempts = limits_new(w->world.arena);
		struct reply r = ways[i].post
		    ? web_post(w, path, S("answer=yes"))
		    : web_get(w, path);
		CHECK_INT(r.status, 404);
		ptrdiff_t at = str_find(r.body, S("<h1>"));
		CHECK(at > 0);
		struct str said = str_sub(r.body, at, r.body.n);
		if (told->n == 0)
			*told = said;
		CHECK_STR(said, *told);
	}
	CHECK_INT(count(c, SQL_ANSWERED), 0);
}

TEST_DB(code_that_opens_nothing_tells_nothing)
{
	struct codes c;
	struct code karen, other;
	struct str told = {0};
	codes_new(&c, arena, db);
	struct world *w = &c.f.web.world;
	CHECK(code_parse(arena, c.karen, &karen));
	CHECK(code_parse(arena, c.other, &other));
	struct hash ended = hash_of(karen.token), late = hash_of(other.token);
	CHECK_INT(web_get(&c.f.web, path_of(&c, c.karen, "")).status, 200);
	CHECK_INT(web_get(&c.f.web, path_of(&c, c.other, "")).status, 200);
	CHECK_OK(db_exec(db, SQL_END, NULL, DB_ID(w->org.id), DB_HASH(ended)));
	CHECK_OK(db_exec(db, SQL_EXPIRE, NULL, DB_ID(w->org.id), DB_HASH(late),
	    DB_INT(c.f.web.now_us)));
	struct code there;
	CHECK(code_parse(arena, c.there, &there));
	struct str codes[] = {
	    code_text(arena, karen.short_code, token_new(arena)), c.karen,
	    c.other, foreign_code(&c, there.token)};
	for (ptrdiff_t i = 0; i < COUNT_OF(codes); i++)
		check_shut(&c, codes[i], &told);
	/* The twin: with its own organisation before it, it opens. */
	CHECK_INT(web_get(&c.f.web, path_of(&c, c.there, "")).status, 200);
}

/* ---- letters of others ---- */

TEST_DB(code_letters_are_for_who_made_them_in_their_network)
{
	struct codes c;
	codes_new(&c, arena, db);
	struct web *w = &c.f.web;
	struct world *world = &w->world;
	const struct web_case *letters =
	    find_case(HTTP_GET, "/netvaerk/{network}/breve/{id}");
	w->account = world->ali;
	struct shot shot = web_aim(&c.f, letters, c.f.other, true);
	web_session(w, world->ali);
	CHECK_INT(web_get(w, shot.path).status, 200);
	struct str here =
	    str_cat(arena, web_path(w, "/breve/"), id_text(arena, shot.id));
	CHECK_INT(web_get(w, here).status, 403); /* a participant here */
	web_session(w, world->mette);
	CHECK_INT(web_get(w, here).status, 404);
	CHECK_INT(web_get(w, shot.path).status, 404);
	/* Another leader of the same network. */
	struct actor program = actor_inside(&world->program, c.f.other);
	CHECK_OK(network_add_member(
	    db, arena, &program, world->mette, ROLE_CODRIVER));
	web_session(w, world->mette);
	CHECK_INT(web_get(w, shot.path).status, 404);
}
