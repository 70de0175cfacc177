/* SPDX-License-Identifier: MPL-2.0 */

/* Signing in with a password and a second step, and how often one may try. */
#include "base/buf.h"
#include "base/totp.h"
#include "http/forms.h"
#include "tests/web/site.h"
#include "web/route.h"
#include "web/security.h"

static const struct str password = S_INIT("grøn cykel under broen");

static void
give_password(struct web *w, struct id account)
{
	struct arena *a = w->world.arena;
	struct actor who = world_as(&w->world, account);
	CHECK_OK(account_set_password(
	    w->world.db, a, &who, password_hash(a, password)));
}

/* Switched on an hour ago. */
static struct str
give_second_step(struct web *w, struct id account)
{
	struct arena *a = w->world.arena;
	struct actor who = world_as(&w->world, account);
	struct str key;
	who.now_us -= HOUR_US;
	CHECK_OK(account_totp_begin(w->world.db, a, &who, &key));
	int64_t step = who.now_us / SECOND_US / TOTP_STEP_SECONDS;
	CHECK_OK(account_totp_confirm(
	    w->world.db, a, &who, str_fmt(a, "%06d", totp_code(key, step))));
	return key;
}

static struct reply
try_password(struct web *w, const char *mail, struct str typed)
{
	struct arena *a = w->world.arena;
	return web_post(w, S("/log-ind/adgangskode"),
	    str_fmt(a, "mail=%.*s&password=%.*s",
		STR_ARG(form_escape(a, str_c(mail))),
		STR_ARG(form_escape(a, typed))));
}

/* From here on with this cookie, and the token that the page shows. */
static void
use_cookie(struct web *w, struct str cookie, struct str page)
{
	w->cookie = str_cut(&cookie, ';');
	struct str body = web_get(w, page).body;
	ptrdiff_t at = str_find(body, S("name=\"csrf\" value=\""));
	CHECK(at > 0);
	w->csrf = str_sub(body, at + 19, at + 19 + 32);
}

static void
follow(struct web *w, struct reply r, struct str page)
{
	CHECK_INT(r.status, 303);
	use_cookie(w, r.set_cookie, page);
}

/* Through the first step by a link, say; `full`: and through the second. */
static void
sign_in(struct web *w, struct id account, bool full)
{
	struct arena *a = w->world.arena;
	struct db *db = w->world.db;
	struct str token;
	struct session s;
	struct actor *who = &w->world.program;
	struct session_limits limits = w->site->limits;
	CHECK_OK(session_new(db, a, who, account, limits, &token));
	CHECK_OK(session_get(db, a, who->org, token, limits, NOW_US, &s));
	CHECK(s.needs_code);
	if (full)
		CHECK_OK(session_complete(db, a, who, &s, limits, &token));
	use_cookie(w,
	    str_fmt(a, "__Host-samskab=%.*s.%.*s",
		STR_ARG(w->site->orgs.list[0].short_code), STR_ARG(token)),
	    full ? S("/") : S("/log-ind/kode"));
}

static struct reply
try_code(struct web *w, struct str key, int steps_later)
{
	int64_t step = w->now_us / SECOND_US / TOTP_STEP_SECONDS + steps_later;
	return web_post(w, S("/log-ind/kode"),
	    str_fmt(w->world.arena, "code=%06d", totp_code(key, step)));
}

/* ---- the password ---- */

TEST_DB(signin_with_a_password)
{
	struct web w;
	web_new(&w, arena, db);
	give_password(&w, w.world.mette);
	struct reply wrong =
	    try_password(&w, "mette@fjordby.example", S("grøn cykel"));
	struct reply nobody =
	    try_password(&w, "nobody@fjordby.example", password);
	struct reply without =
	    try_password(&w, "ali@fjordby.example", password);
	CHECK_INT(wrong.status, 422);
	CHECK_STR(wrong.set_cookie, S(""));
	/* Nothing tells an unknown address from a wrong password. */
	CHECK_INT(nobody.status, 422);
	CHECK_STR(str_replace(arena, nobody.body, S("nobody@"), S("mette@")),
	    wrong.body);
	CHECK_INT(without.status, 422);
	struct reply r = try_password(&w, "METTE@fjordby.example", password);
	CHECK(str_starts(r.set_cookie, S("__Host-samskab=")));
	follow(&w, r, S("/"));
	CHECK_INT(web_get(&w, web_path(&w, "/plan")).status, 200);
}

/* As if so many had been tried before: each real one costs a slow hash. */
static void
spend(struct web *w, const char *key, int n)
{
	for (int i = 0; i < n; i++)
		CHECK(limits_take(w->site->attempts, str_c(key), n,
		    15 * MINUTE_US, w->now_us));
}

TEST_DB(signin_slows_who_guesses_and_lets_the_right_one_in)
{
	struct web w;
	const char *mette = "mette@fjordby.example";
	web_new(&w, arena, db);
	give_password(&w, w.world.mette);
	spend(&w, "password:mette@fjordby.example", 9);
	CHECK_INT(try_password(&w, mette, S("et gæt")).status, 422);
	CHECK_INT(try_password(&w, mette, S("et gæt")).status, 422);
	struct reply r = try_password(&w, mette, password);
	CHECK_INT(r.status, 429); /* ten, and one that began the wait */
	CHECK(http_has(r.headers, S("Retry-After")));
	/* Others are not held up, and she for a second only. */
	CHECK_INT(
	    try_password(&w, "lis@fjordby.example", password).status, 422);
	w.now_us += 2 * SECOND_US;
	CHECK_INT(try_password(&w, mette, password).status, 303);
	/* What was right forgets what was wrong. */
	spend(&w, "password:mette@fjordby.example", 9);
	CHECK_INT(try_password(&w, mette, password).status, 303);
}

TEST_DB(signin_slows_who_tries_one_password_on_many)
{
	struct web w;
	web_new(&w, arena, db);
	spend(&w, "password-peer:192.0.2.1", 50);
	CHECK_INT(try_password(&w, "a@fjordby.example", password).status, 422);
	CHECK_INT(try_password(&w, "b@fjordby.example", password).status, 429);
}

TEST_DB(signin_again_after_a_new_password)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct reply r =
	    web_post(&w, S("/konto/adgangskode"), S("password=for+kort"));
	CHECK_INT(r.status, 422);
	CHECK_INT(web_get(&w, S("/")).status, 200);
	struct str form = str_fmt(
	    arena, "password=%.*s", STR_ARG(form_escape(arena, password)));
	r = web_post(&w, S("/konto/adgangskode"), form);
	CHECK_INT(r.status, 303);
	CHECK_HAS(r.set_cookie, S("Max-Age=0"));
	CHECK_INT(web_get(&w, S("/")).status, 303);
	CHECK_INT(
	    try_password(&w, "mette@fjordby.example", password).status, 303);
}

/* ---- the second step ---- */

TEST_DB(signin_takes_the_second_step)
{
	struct web w;
	web_new(&w, arena, db);
	give_password(&w, w.world.mette);
	struct str key = give_second_step(&w, w.world.mette);
	follow(&w, try_password(&w, "mette@fjordby.example", password),
	    S("/log-ind/kode"));
	struct str half = w.cookie;
	CHECK_INT(try_code(&w, key, 5).status, 422); /* not yet */
	CHECK_STR(web_get(&w, S("/")).location, S("/log-ind/kode"));
	struct reply r = try_code(&w, key, 0);
	follow(&w, r, S("/"));
	CHECK_INT(web_get(&w, S("/")).status, 200);
	/* Another token: the half one is worth nothing now. */
	CHECK(!str_eq(w.cookie, half));
	w.cookie = half;
	CHECK_STR(web_get(&w, S("/")).location, S("/log-ind"));
	/* And the code was used. */
	follow(&w, try_password(&w, "mette@fjordby.example", password),
	    S("/log-ind/kode"));
	CHECK_INT(try_code(&w, key, 0).status, 422);
}

static struct str
path_of(struct web *w, const struct route *route)
{
	struct arena *a = w->world.arena;
	struct str path = str_replace(a, str_c(route->pattern), S("{network}"),
	    id_text(a, w->world.network));
	path = str_replace(a, path, S("{kind}"), S("behov"));
	return str_replace(a, path, S("{id}"), id_text(a, w->world.network));
}

TEST_DB(signin_half_way_meets_the_second_step_alone)
{
	struct web w;
	int met = 0, open = 0;
	web_new(&w, arena, db);
	give_second_step(&w, w.world.mette);
	sign_in(&w, w.world.mette, false);
	struct routes routes = route_table();
	for (ptrdiff_t i = 0; i < routes.n; i++) {
		const struct route *route = &routes.list[i];
		struct str path = path_of(&w, route);
		if (route->need <= NEED_HALF) {
			open += route->need == NEED_HALF;
			continue;
		}
		met++;
		if (route->method == HTTP_GET)
			CHECK_STR(
			    web_get(&w, path).location, S("/log-ind/kode"));
		else
			CHECK_INT(web_post(&w, path, S("rev=0")).status, 401);
	}
	CHECK(met > 30);
	CHECK_INT(open, 3); /* the step, its answer, and out again */
	CHECK_INT(web_post(&w, S("/log-ud"), S("")).status, 303);
	CHECK_STR(web_get(&w, S("/log-ind/kode")).location, S("/log-ind"));
}

TEST_DB(signin_slows_who_guesses_codes)
{
	struct web w;
	int refused = 0;
	web_new(&w, arena, db);
	struct str key = give_second_step(&w, w.world.mette);
	sign_in(&w, w.world.mette, false);
	for (int i = 0; i < 20; i++)
		refused += try_code(&w, key, 5 + i).status == 429;
	CHECK_INT(refused, 9);
	CHECK_INT(try_code(&w, key, 0).status, 429);
	w.now_us += 2 * SECOND_US;
	CHECK_INT(try_code(&w, key, 0).status, 303);
}

TEST_DB(second_step_is_ended_with_a_code)
{
	struct web w;
	struct account found;
	web_new(&w, arena, db);
	struct str key = give_second_step(&w, w.world.mette);
	struct actor who = world_as(&w.world, w.world.mette);
	sign_in(&w, w.world.mette, true);
	struct reply r = web_post(&w, S("/konto/kode/stop"), S("code=000000"));
	CHECK_INT(r.status, 422);
	CHECK_OK(account_get(db, arena, &who, w.world.mette, &found));
	CHECK(found.has_totp);
	int code = totp_code(key, NOW_US / SECOND_US / TOTP_STEP_SECONDS);
	r = web_post(
	    &w, S("/konto/kode/stop"), str_fmt(arena, "code=%06d", code));
	CHECK_INT(r.status, 303);
	CHECK_OK(account_get(db, arena, &who, w.world.mette, &found));
	CHECK(!found.has_totp);
	CHECK_INT(web_get(&w, S("/")).status, 303); /* signed out */
}

/* ---- where a form leads ---- */

TEST_DB(signin_leads_nowhere_else)
{
	static const char *const elsewhere[] = {"", "//evil.example",
	    "https://evil.example/", "/\\evil.example", "\\/evil.example",
	    "javascript:alert(1)", "evil.example", "/x\nSet-Cookie: a=b"};
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	for (ptrdiff_t i = 0; i < COUNT_OF(elsewhere); i++) {
		struct str form = str_fmt(arena, "lang=da&back=%.*s",
		    STR_ARG(form_escape(arena, str_c(elsewhere[i]))));
		CHECK_STR(
		    web_post(&w, S("/konto/sprog"), form).location, S("/"));
	}
	CHECK_STR(
	    web_post(&w, S("/konto/sprog"), S("lang=da&back=/konto")).location,
	    S("/konto"));
}
