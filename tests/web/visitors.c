/* SPDX-License-Identifier: MPL-2.0 */

/* Who somebody is may be known from a moment ago, but not past the commit that
 * signs them out or takes a role away, nor past the end of their session. */
#include "web/visitors.h"

#include "http/forms.h"
#include "tests/web/site.h"
#include "web/route.h"

static void
start(struct web *w, struct arena *a, struct db *db)
{
	web_new(w, a, db);
	web_sign_in(w, w->world.mette);
	w->site->cache = cache_new(a);
}

/* One GET as the reading threads serve it: the status, and in *queries how
 * often the database was asked. */
static int
visit(struct web *w, const char *rest, int64_t *queries)
{
	struct arena *a = w->world.arena;
	struct http_request http = {.arena = a,
	    .method = HTTP_GET,
	    .path = web_path(w, rest),
	    .now_us = w->now_us};
	struct req rq = {.site = w->site,
	    .http = &http,
	    .arena = a,
	    .db = w->world.db,
	    .org = &w->site->orgs.list[0],
	    .stamped = true,
	    .stamp = cache_stamp(
		w->site, w->world.org.id, w->world.network, w->now_us)};
	int64_t before = db_statements(rq.db);
	CHECK_OK(form_parse_cookies(a, w->cookie, &http.cookies));
	CHECK_OK(route_find(a, HTTP_GET, http.path, &rq.route, &rq.params));
	(void)!route_serve(&rq);
	*queries = db_statements(rq.db) - before;
	return rq.response.status;
}

TEST_DB(visitors_are_asked_for_once)
{
	struct web w;
	int64_t n;
	start(&w, arena, db);
	CHECK_INT(visit(&w, "/faser", &n), 200);
	CHECK(n > 2);
	CHECK_INT(visit(&w, "/faser", &n), 200);
	CHECK_INT(n, 0);
	w.now_us += SESSION_SEEN_US; /* their use is to be noted again */
	CHECK_INT(visit(&w, "/faser", &n), 200);
	CHECK_INT(n, 1 + 1);
	cache_close(w.site->cache);
}

TEST_DB(visitors_who_sign_out_are_out)
{
	struct web w;
	int64_t n;
	start(&w, arena, db);
	CHECK_INT(visit(&w, "/faser", &n), 200);
	CHECK_OK(session_end_all(db, &w.world.program, w.world.mette));
	CHECK_INT(visit(&w, "/faser", &n), 200); /* nobody was told */
	site_changed(w.site, w.world.org.id);
	CHECK_INT(visit(&w, "/faser", &n), 303);
	cache_close(w.site->cache);
}

TEST_DB(visitors_who_lose_their_role_see_nothing)
{
	struct web w;
	int64_t n;
	start(&w, arena, db);
	web_sign_in(&w, w.world.ali);
	CHECK_INT(visit(&w, "/faser", &n), 200);
	CHECK_OK(network_drop_member(
	    db, arena, &w.world.leader, w.world.ali, ROLE_PARTICIPANT));
	CHECK_INT(visit(&w, "/faser", &n), 200); /* nobody was told */
	site_changed(w.site, w.world.network);
	CHECK_INT(visit(&w, "/faser", &n), 303); /* it ended their session */
	web_sign_in(&w, w.world.ali);
	CHECK_INT(visit(&w, "/faser", &n), 404);
	cache_close(w.site->cache);
}

/* Not to one with another cookie, and not into another network. */
TEST_DB(visitors_are_not_mixed_up)
{
	struct web w;
	int64_t n;
	start(&w, arena, db);
	CHECK_INT(visit(&w, "/faser", &n), 200);
	bool zero = str_ends(w.cookie, S("0"));
	w.cookie = str_cat(arena, str_sub(w.cookie, 0, w.cookie.n - 1),
	    zero ? S("1") : S("0"));
	CHECK_INT(visit(&w, "/faser", &n), 303);
	w.cookie = S("");
	CHECK_INT(visit(&w, "/faser", &n), 303);

	web_sign_in(&w, w.world.mette);
	CHECK_INT(visit(&w, "/faser", &n), 200);
	w.world.network = id_new(NOW_US);
	CHECK_INT(visit(&w, "/faser", &n), 404);
	cache_close(w.site->cache);
}

TEST(visitors_are_kept_no_longer_than_their_session)
{
	struct visitor v = {.session = {.token_hash = hash_of(S("token"))}};
	struct visitor got;
	struct hash token = hash_of(S("token"));
	struct cache_stamp stamp = {.until_us = 100};
	struct visitors *all = visitors_new(arena);
	visitors_keep(all, &stamp, &v);
	CHECK(visitors_find(all, token, &stamp, 99, &got));
	CHECK(!visitors_find(all, token, &stamp, 100, &got));
	CHECK(!visitors_find(all, hash_of(S("other")), &stamp, 99, &got));
	stamp.org_version++;
	CHECK(!visitors_find(all, token, &stamp, 99, &got));
}
