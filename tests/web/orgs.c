/* SPDX-License-Identifier: MPL-2.0 */

/* Two organisations on one installation, told apart by their host names. */
#include "base/buf.h"
#include "tests/web/site.h"

struct two {
	struct web w;
	struct org other;
	struct id chief; /* the other's administrator */
};

static void
two_new(struct two *t, struct arena *a, struct db *db)
{
	*t = (struct two){0};
	web_new(&t->w, a, db);
	t->other = (struct org){.id = id_new(NOW_US + 1),
	    .host = S("samskab.g.test"),
	    .name = S("Region G"),
	    .contact = S("bo@g.test")};
	t->chief = id_new(NOW_US + 2);
	struct account_form form = {.name = S("Bo"),
	    .mail = S("bo@g.test"),
	    .lang = LANG_DA,
	    .is_admin = true};
	struct actor program =
	    actor_program(t->other.id, &t->w.world.keys, NOW_US);
	CHECK_OK(org_create(db, a, t->other, NOW_US));
	CHECK_OK(account_create(db, a, &program, t->chief, form));
	CHECK_OK(org_list(db, a, &t->w.site->orgs));
	CHECK_INT(t->w.site->orgs.n, 2);
	t->other = *org_by_id(&t->w.site->orgs, t->other.id);
}

static struct reply
ask(struct two *t, const char *host, struct str target, struct str cookie)
{
	struct http_pair list[] = {
	    {S("host"), str_c(host)}, {S("cookie"), cookie}};
	return web_raw(&t->w, HTTP_GET, target, S(""),
	    (struct http_pairs){list, cookie.n > 0 ? 2 : 1});
}

static struct str
cookie_of(struct two *t)
{
	struct str token;
	struct arena *a = t->w.world.arena;
	struct actor program =
	    actor_program(t->other.id, &t->w.world.keys, NOW_US);
	CHECK_OK(session_new(
	    t->w.world.db, a, &program, t->chief, t->w.site->limits, &token));
	return str_fmt(a, "__Host-samskab=%.*s.%.*s",
	    STR_ARG(t->other.short_code), STR_ARG(token));
}

TEST_DB(a_host_name_leads_to_its_own_organisation)
{
	struct two t;
	two_new(&t, arena, db);
	struct reply r = ask(&t, "samskab.g.test", S("/log-ind"), S(""));
	CHECK_HAS(r.body, S("Region G"));
	CHECK_LACKS(r.body, S("Fjordby"));
	r = ask(&t, "SAMSKAB.G.TEST:8443", S("/log-ind"), S(""));
	CHECK_HAS(r.body, S("Region G"));
	r = ask(&t, "samskab.test", S("/log-ind"), S(""));
	CHECK_HAS(r.body, S("Fjordby"));
}

/* A session, a network and a person of the one are nothing to the other. */
TEST_DB(one_organisation_is_nothing_to_another)
{
	struct two t;
	two_new(&t, arena, db);
	struct str theirs = cookie_of(&t);
	struct str network = web_path(&t.w, "/plan");
	CHECK_INT(ask(&t, "samskab.g.test", S("/"), theirs).status, 200);
	CHECK_INT(ask(&t, "samskab.test", S("/"), theirs).status, 303);
	web_sign_in(&t.w, t.w.world.mette);
	CHECK_INT(ask(&t, "samskab.g.test", S("/"), t.w.cookie).status, 303);
	CHECK_INT(ask(&t, "samskab.test", network, t.w.cookie).status, 200);

	struct reply r = ask(&t, "samskab.g.test", network, theirs);
	CHECK_INT(r.status, 404);
	r = ask(&t, "samskab.g.test", S("/admin/brugere"), theirs);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Bo"));
	CHECK_LACKS(r.body, S("Mette"));
	struct str mette = str_cat(
	    arena, S("/admin/brugere/"), id_text(arena, t.w.world.mette));
	CHECK_INT(ask(&t, "samskab.g.test", mette, theirs).status, 404);
}

TEST(a_link_leads_to_the_organisations_own_host)
{
	struct site site = {.base_url = S("https://samskab.dk:8443")};
	struct org org = {.host = S("")};
	CHECK_STR(site_url(&site, arena, &org), S("https://samskab.dk:8443"));
	org.host = S("samskab.g.dk");
	CHECK_STR(site_url(&site, arena, &org), S("https://samskab.g.dk:8443"));
	site.base_url = S("https://samskab.dk");
	CHECK_STR(site_url(&site, arena, &org), S("https://samskab.g.dk"));
	site.base_url = S("http://[::1]:80");
	CHECK_STR(site_url(&site, arena, &org), S("http://samskab.g.dk:80"));
	CHECK_STR(site_link(&site, arena, &org, S("AB")),
	    S("http://samskab.g.dk:80/log-ind/link/AB"));
}

/* A form sent from the organisation's own pages is its own. */
TEST_DB(a_form_of_another_organisation_is_refused)
{
	struct two t;
	two_new(&t, arena, db);
	struct http_pair list[] = {{S("host"), S("samskab.g.test")},
	    {S("origin"), S("https://samskab.g.test")}};
	struct http_pairs headers = {list, 2};
	struct str form = S("mail=bo%40g.test");
	CHECK_INT(
	    web_raw(&t.w, HTTP_POST, S("/log-ind"), form, headers).status, 303);
	list[1].value = S("https://samskab.test");
	CHECK_INT(
	    web_raw(&t.w, HTTP_POST, S("/log-ind"), form, headers).status, 403);
}
