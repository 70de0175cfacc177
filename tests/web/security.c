/* SPDX-License-Identifier: MPL-2.0 */

/* The route table's policies, headers, forged requests.  Who may what stands
 * in matrix.c. */
#include "web/security.h"

#include <string.h>

#include "base/buf.h"
#include "tests/web/site.h"
#include "web/route.h"

/* A path for a route, with this network and made-up ids. */
static struct str
path_for(struct web *w, const struct route *route, struct str network)
{
	struct arena *a = w->world.arena;
	struct str path = str_c(route->pattern);
	path = str_replace(a, path, S("{network}"), network);
	path = str_replace(a, path, S("{kind}"), S("behov"));
	path = str_replace(a, path, S("{token}"), S("AAAA"));
	path = str_replace(a, path, S("{name}"), S("x.css"));
	return str_replace(a, path, S("{id}"), id_text(a, id_new(NOW_US)));
}

static struct str
this_network(struct web *w)
{
	return id_text(w->world.arena, w->world.network);
}

TEST(every_route_has_a_policy)
{
	struct routes routes = route_table();
	CHECK(routes.n > 40);
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		const struct route *r = &routes.list[i];
		bool network = strstr(r->pattern, "{network}") != NULL;
		CHECK(r->need != 0 && r->lane != 0 && r->csrf != 0);
		CHECK((r->method == HTTP_GET) == (r->csrf == CSRF_NONE));
		CHECK((r->method == HTTP_GET) == (r->body_bytes == 0));
		CHECK(r->method != HTTP_GET || r->lane == LANE_READ ||
		    r->lane == LANE_SLOW);
		CHECK(network == (r->need >= NEED_READ));
		CHECK(r->csrf != CSRF_ORIGIN || r->need == NEED_NOTHING);
	}
}

TEST_DB(every_response_has_the_headers)
{
	static const struct str wanted[] = {S_INIT("Content-Security-Policy"),
	    S_INIT("X-Content-Type-Options"), S_INIT("Referrer-Policy"),
	    S_INIT("Cross-Origin-Opener-Policy"),
	    S_INIT("Cross-Origin-Resource-Policy"),
	    S_INIT("Permissions-Policy"), S_INIT("Cache-Control"),
	    S_INIT("Strict-Transport-Security")};
	struct web w;
	struct routes routes = route_table();
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		struct str path =
		    path_for(&w, &routes.list[i], this_network(&w));
		struct reply r = web_get(&w, path);
		for (ptrdiff_t h = 0; h < COUNT_OF(wanted); h++)
			CHECK(http_has(r.headers, wanted[h]));
		struct str csp =
		    http_get(r.headers, S("Content-Security-Policy"));
		CHECK_HAS(csp, S("frame-ancestors 'none'"));
		CHECK_LACKS(csp, S("unsafe"));
		web_sign_in(&w, w.world.mette);
	}
}

static struct reply
forged(struct web *w, struct str path, struct str csrf, struct http_pair extra)
{
	struct http_pair list[] = {
	    {S("host"), S("samskab.test")}, {S("cookie"), w->cookie}, extra};
	struct http_pairs headers = {list, extra.name.n > 0 ? 3 : 2};
	struct str form = str_fmt(
	    w->world.arena, "csrf=%.*s&lang=en&rev=0&text=x", STR_ARG(csrf));
	return web_raw(w, HTTP_POST, path, form, headers);
}

/* Each way of forging a write, at each route that takes a session. */
TEST_DB(forged_writes_are_refused)
{
	struct web w;
	struct routes routes = route_table();
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.ali);
	struct str others = w.csrf;
	web_sign_in(&w, w.world.mette);
	const struct http_pair own = {S("sec-fetch-site"), S("same-origin")};
	const struct http_pair cross = {S("sec-fetch-site"), S("cross-site")};
	const struct http_pair origin = {S("origin"), S("https://evil.test")};
	const struct http_pair none = {0};
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		const struct route *route = &routes.list[i];
		struct str path = path_for(&w, route, this_network(&w));
		if (route->csrf == CSRF_ORIGIN) {
			CHECK_INT(forged(&w, path, w.csrf, none).status, 403);
			CHECK_INT(forged(&w, path, w.csrf, cross).status, 403);
			CHECK_INT(forged(&w, path, w.csrf, origin).status, 403);
		}
		if (route->csrf != CSRF_TOKEN)
			continue;
		CHECK_INT(forged(&w, path, S(""), own).status, 403);
		CHECK_INT(forged(&w, path, others, own).status, 403);
		CHECK_INT(forged(&w, path, w.csrf, cross).status, 403);
		CHECK_INT(forged(&w, path, w.csrf, origin).status, 403);
		CHECK_INT(forged(&w, path, w.csrf, none).status, 403);
	}
	struct account account;
	CHECK_OK(
	    account_get(db, arena, &w.world.program, w.world.mette, &account));
	CHECK_INT(account.lang, LANG_DA);
	/* The control: the same request, not forged, is done. */
	CHECK_INT(forged(&w, S("/konto/sprog"), w.csrf, own).status, 303);
	CHECK_OK(
	    account_get(db, arena, &w.world.program, w.world.mette, &account));
	CHECK_INT(account.lang, LANG_EN);
}

/* No GET changes anything: the whole database is the same after all of them. */
TEST_DB(no_get_writes)
{
	struct web w;
	struct routes routes = route_table();
	struct db_row before, after;
	static const char count[] =
	    "SELECT (SELECT COUNT(*) FROM revision WHERE org = $1),"
	    " (SELECT SUM(seq) FROM audit_head WHERE org = $1),"
	    " (SELECT COUNT(*) FROM session WHERE org = $1),"
	    " (SELECT COUNT(*) FROM link WHERE org = $1)";
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	CHECK_OK(db_one(db, arena, count, &before, DB_ID(w.world.org.id)));
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		struct str path =
		    path_for(&w, &routes.list[i], this_network(&w));
		struct reply r = web_get(&w, path);
		CHECK(r.status != 500);
		CHECK(routes.list[i].method == HTTP_GET || r.status == 405 ||
		    r.status == 200 || r.status == 403 || r.status == 404 ||
		    r.status == 410 || r.status == 429 || r.status == 303 ||
		    (r.status == 401 && routes.list[i].csrf == CSRF_BEARER));
	}
	CHECK_OK(db_one(db, arena, count, &after, DB_ID(w.world.org.id)));
	for (ptrdiff_t c = 0; c < 4; c++)
		CHECK_INT(db_int(&after, c), db_int(&before, c));
}

TEST_DB(a_signed_out_cookie_is_worth_nothing)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r = web_post(&w, S("/log-ud"), S(""));
	CHECK_INT(r.status, 303);
	CHECK(http_has(r.headers, S("Clear-Site-Data")));
	CHECK_INT(web_get(&w, S("/")).status, 303);
	web_sign_in(&w, w.world.mette);
	w.now_us += 31 * MINUTE_US;
	CHECK_INT(web_get(&w, S("/")).status, 303);
}

TEST(attempts_are_slowed_never_stopped_for_good)
{
	struct limits_table *t = limits_new(arena);
	int64_t now = NOW_US;
	int taken = 0;
	for (int i = 0; i < 100; i++)
		taken += limits_take(t, S("x"), 10, 15 * MINUTE_US, now);
	CHECK_INT(taken, 11); /* ten, and one that begins the waiting */
	CHECK(!limits_take(t, S("x"), 10, 15 * MINUTE_US, now + 1));
	CHECK(limits_take(t, S("x"), 10, 15 * MINUTE_US, now + 2 * SECOND_US));
	CHECK(limits_take(t, S("y"), 10, 15 * MINUTE_US, now));
	limits_forget(t, S("x"));
	CHECK(limits_take(t, S("x"), 10, 15 * MINUTE_US, now + 1));
}
