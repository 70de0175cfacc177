/* SPDX-License-Identifier: MPL-2.0 */

/* Rights that end: sessions, links, codes and guesses.  What holds is asked for
 * with the old cookie, at the very next request. */
#include "base/buf.h"
#include "base/totp.h"
#include "tests/web/cases.h"
#include "web/security.h"

/* A cookie that was good, put aside. */
struct kept {
	struct str cookie, csrf;
};

static struct kept
keep(const struct web *w)
{
	return (struct kept){w->cookie, w->csrf};
}

static void
take_out(struct web *w, struct kept k)
{
	w->cookie = k.cookie;
	w->csrf = k.csrf;
}

/* Neither for a page nor for a form. */
static void
check_ended(struct web *w, struct kept k)
{
	take_out(w, k);
	struct reply r = web_get(w, S("/konto"));
	CHECK_INT(r.status, 303);
	CHECK_STR(r.location, S("/log-ind"));
	CHECK_INT(web_post(w, S("/konto/sprog"), S("lang=en")).status, 401);
	CHECK_INT(web_get(w, web_path(w, "/plan")).status, 303);
}

static void
check_good(struct web *w, struct kept k)
{
	take_out(w, k);
	CHECK_INT(web_get(w, S("/konto")).status, 200);
}

/* The cookie that an answer sets, to be sent again. */
static void
take_cookie(struct web *w, struct reply r)
{
	struct str value = r.set_cookie;
	CHECK(value.n > 0);
	w->cookie = str_cut(&value, ';');
	r = web_get(w, S("/konto"));
	ptrdiff_t at = str_find(r.body, S("name=\"csrf\" value=\""));
	w->csrf = at < 0 ? S("") : str_sub(r.body, at + 19, at + 51);
}

/* ---- what ends a session ---- */

TEST_DB(signing_out_ends_that_session_and_everywhere_ends_all)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	web_session(w, w->world.ali);
	struct kept one = keep(w);
	web_session(w, w->world.ali);
	struct kept two = keep(w);
	web_session(w, w->world.mette);
	struct kept other = keep(w);
	take_out(w, one);
	struct reply r = web_post(w, S("/log-ud"), S(""));
	CHECK(http_has(r.headers, S("Clear-Site-Data")));
	CHECK_HAS(r.set_cookie, S("Max-Age=0"));
	check_ended(w, one);
	check_good(w, two);
	web_session(w, w->world.ali);
	struct kept three = keep(w);
	CHECK_INT(web_post(w, S("/log-ud-overalt"), S("")).status, 303);
	check_ended(w, two);
	check_ended(w, three);
	check_good(w, other);
}

TEST_DB(a_new_password_ends_every_session)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	web_session(w, w->world.ali);
	struct kept one = keep(w);
	web_session(w, w->world.ali);
	struct kept two = keep(w);
	CHECK_INT(
	    web_post(w, S("/konto/adgangskode"), S("password=kort")).status,
	    422);
	check_good(w, one);
	take_out(w, two);
	CHECK_INT(web_post(w, S("/konto/adgangskode"),
		      S("password=fire+ord+i+en+sky"))
		      .status,
	    303);
	check_ended(w, one);
	check_ended(w, two);
}

static struct str
admin_path(struct full *f, struct id account, const char *rest)
{
	return str_fmt(f->web.world.arena, "/admin/brugere/%.*s%s",
	    STR_ARG(id_text(f->web.world.arena, account)), rest);
}

TEST_DB(a_closed_account_is_out_and_stays_out)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	web_session(w, f.ida);
	struct kept ida = keep(w);
	web_session(w, w->world.mette);
	struct str path = admin_path(&f, f.ida, "/tilstand");
	CHECK_INT(web_post(w, path, S("active=")).status, 303);
	struct kept mette = keep(w);
	check_ended(w, ida);
	take_out(w, mette);
	CHECK_INT(web_post(w, path, S("active=1")).status, 303);
	check_ended(w, ida); /* opened again, it begins anew */
}

TEST_DB(other_rights_end_the_sessions_that_had_the_old_ones)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct str path = admin_path(&f, f.ida, "");
	struct str same = S("name=Ida&mail=ida%40fjordby.example&lang=da");
	web_session(w, f.ida);
	struct kept ida = keep(w);
	web_session(w, w->world.mette);
	struct kept mette = keep(w);
	CHECK_INT(web_post(w, path, same).status, 303);
	check_good(w, ida); /* only the name is another */
	take_out(w, mette);
	CHECK_INT(
	    web_post(w, path, str_cat(arena, same, S("&admin=1"))).status, 303);
	check_ended(w, ida);
	web_session(w, f.ida);
	ida = keep(w);
	CHECK_INT(web_get(w, S("/admin/brugere")).status, 200);
	take_out(w, mette);
	CHECK_INT(web_post(w, path, same).status, 303);
	check_ended(w, ida);
	web_session(w, f.ida);
	CHECK_INT(web_get(w, S("/admin/brugere")).status, 403);
}

static struct str
member_form(struct web *w, struct id account, const char *role)
{
	struct arena *a = w->world.arena;
	return str_fmt(
	    a, "account=%.*s&role=%s", STR_ARG(id_text(a, account)), role);
}

TEST_DB(a_role_that_is_taken_away_is_gone_at_once)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	web_session(w, w->world.ali);
	struct kept ali = keep(w);
	CHECK_INT(web_get(w, web_path(w, "/plan")).status, 200);
	web_session(w, w->world.mette);
	CHECK_INT(web_post(w, web_path(w, "/medlemmer/fjern"),
		      member_form(w, w->world.ali, "participant"))
		      .status,
	    303);
	check_ended(w, ali);
	web_session(w, w->world.ali);
	CHECK_INT(web_get(w, web_path(w, "/plan")).status, 404);
}

/* The leader who hands over stays signed in, as co-driver; and what the next
 * leader takes away from them counts at once. */
TEST_DB(a_role_that_is_exchanged_counts_from_the_next_request)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct id mette = w->world.mette, lis = w->world.lis;
	struct str frame = str_cat(arena, web_path(w, "/gem/netvaerk/"),
	    id_text(arena, w->world.network));
	struct str form = S("rev=1&name=Nyt&type=welfare&state=active");
	web_session(w, lis);
	struct kept decider = keep(w);
	CHECK_INT(web_post(w, frame, form).status, 403);
	web_session(w, mette);
	struct kept leader = keep(w);
	CHECK_INT(web_post(w, web_path(w, "/medlemmer"),
		      member_form(w, lis, "leader"))
		      .status,
	    303);
	take_out(w, decider); /* rights that are given need no new session */
	CHECK_INT(web_post(w, frame, form).status, 303);
	check_good(w, leader);
	take_out(w, decider);
	CHECK_INT(web_post(w, web_path(w, "/medlemmer/fjern"),
		      member_form(w, mette, "codriver"))
		      .status,
	    303);
	check_ended(w, leader);
}

/* ---- time ---- */

static void
see_at(struct web *w, int64_t us)
{
	struct session s;
	struct str token = w->cookie;
	(void)str_cut(&token, '.');
	CHECK_OK(session_get(w->world.db, w->world.arena, w->world.org.id,
	    token, w->site->limits, us, &s));
	CHECK_OK(session_seen(w->world.db, w->world.org.id, s.token_hash, us));
}

TEST_DB(a_session_ends_after_half_an_hour_unused_and_ten_hours_used)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	web_session(w, w->world.ali);
	struct kept ali = keep(w);
	w->now_us = NOW_US + 30 * MINUTE_US - 1;
	check_good(w, ali);
	w->now_us = NOW_US + 30 * MINUTE_US;
	check_ended(w, ali);
	w->now_us = NOW_US;
	for (int i = 1; i < 40; i++) /* each quarter of an hour */
		see_at(w, NOW_US + i * 15 * MINUTE_US);
	w->now_us = NOW_US + 10 * HOUR_US - 1;
	check_good(w, ali);
	w->now_us = NOW_US + 10 * HOUR_US;
	check_ended(w, ali);
}

/* The second step is no way to begin the ten hours again. */
TEST_DB(the_second_step_does_not_make_a_session_longer)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	web_half_session(w, f.gry);
	w->now_us = NOW_US + 29 * MINUTE_US;
	const struct web_case c = {
	    .method = HTTP_POST, .pattern = "/log-ind/kode"};
	struct web_cases cases = web_cases();
	for (ptrdiff_t i = 0; i < cases.n; i++) {
		if (cases.list[i].method != c.method ||
		    !str_eq(str_c(cases.list[i].pattern), str_c(c.pattern)))
			continue;
		struct shot shot =
		    web_aim(&f, &cases.list[i], w->world.network, true);
		take_cookie(w, web_fire(&f, &cases.list[i], shot));
	}
	struct kept gry = keep(w);
	check_good(w, gry);
	for (int i = 2; i < 40; i++)
		see_at(w, NOW_US + i * 15 * MINUTE_US);
	w->now_us = NOW_US + 10 * HOUR_US;
	check_ended(w, gry);
}

/* ---- a session begins ---- */

static struct str
new_link(struct web *w, struct id account)
{
	struct str token;
	struct actor now = w->world.program;
	now.now_us = w->now_us;
	CHECK_OK(link_new(w->world.db, w->world.arena, &now, account, &token));
	return str_cat(w->world.arena, S("/log-ind/link/"), token);
}

/* Whatever cookie a browser came with, it leaves with another; and the one it
 * had is worth nothing. */
TEST_DB(signing_in_gives_a_new_session_and_ends_the_one_before)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct str planted = str_fmt(arena, "__Host-samskab=%.*s.%.*s",
	    STR_ARG(w->site->orgs.list[0].short_code),
	    STR_ARG(token_new(arena)));
	w->cookie = planted;
	take_cookie(w, web_post(w, new_link(w, w->world.ali), S("")));
	CHECK(!str_eq(w->cookie, planted));
	struct kept first = keep(w);
	check_good(w, first);
	take_cookie(w, web_post(w, new_link(w, w->world.lis), S("")));
	CHECK(!str_eq(w->cookie, first.cookie));
	struct kept second = keep(w);
	check_good(w, second);
	check_ended(w, first);
	w->cookie = planted;
	CHECK_INT(web_get(w, S("/konto")).status, 303);
}

static struct str
code_form(struct full *f, int64_t steps_away)
{
	int64_t step =
	    f->web.now_us / SECOND_US / TOTP_STEP_SECONDS + steps_away;
	return str_fmt(
	    f->web.world.arena, "code=%06d", totp_code(f->totp_key, step));
}

/* Gry's clock may be half a minute off, not more; a code counts once, and so
 * does every one before it. */
TEST_DB(a_code_is_good_once_and_a_step_off_at_most)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct str path = S("/log-ind/kode");
	w->now_us += HOUR_US; /* her first code was used at NOW_US */
	web_half_session(w, f.gry);
	struct kept half = keep(w);
	CHECK_INT(web_post(w, path, code_form(&f, -2)).status, 422);
	CHECK_INT(web_post(w, path, code_form(&f, 2)).status, 422);
	CHECK_INT(web_get(w, S("/konto")).status, 303);
	struct reply r = web_post(w, path, code_form(&f, -1));
	CHECK_INT(r.status, 303);
	take_cookie(w, r);
	check_good(w, keep(w));
	take_out(w, half); /* the half session was exchanged for a whole one */
	CHECK_STR(web_get(w, S("/konto")).location, S("/log-ind"));
	web_half_session(w, f.gry);
	CHECK_INT(web_post(w, path, code_form(&f, -1)).status, 422);
	CHECK_INT(web_post(w, path, code_form(&f, 1)).status, 303);
	web_half_session(w, f.gry);
	CHECK_INT(web_post(w, path, code_form(&f, 0)).status, 422);
}

/* ---- guesses ---- */

/* Ten, however many sessions they are made in; then each must wait. */
TEST_DB(codes_cannot_be_guessed)
{
	struct full f;
	int taken = 0;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	w->now_us += HOUR_US;
	for (int i = 0; i < 30; i++) {
		web_half_session(w, f.gry);
		struct reply r = web_post(w, S("/log-ind/kode"), S("code=1"));
		taken += r.status == 422;
		CHECK(r.status == 422 || r.status == 429);
	}
	CHECK_MAX(taken, 11);
	web_half_session(w, f.gry);
	struct reply r = web_post(w, S("/log-ind/kode"), code_form(&f, 0));
	CHECK_INT(r.status, 429); /* nor may the right one come too early */
	CHECK(http_has(r.headers, S("Retry-After")));
	w->now_us += MINUTE_US;
	web_half_session(w, f.gry);
	r = web_post(w, S("/log-ind/kode"), code_form(&f, 0));
	CHECK_INT(r.status, 303); /* but nobody is locked out */
}

/* A screen that was left open is not enough to switch the second step off. */
TEST_DB(codes_cannot_be_guessed_to_switch_them_off)
{
	struct full f;
	int taken = 0;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	w->now_us += HOUR_US;
	web_session(w, f.gry);
	for (int i = 0; i < 30; i++)
		taken +=
		    web_post(w, S("/konto/kode/stop"), S("code=1")).status ==
		    422;
	CHECK_MAX(taken, 11);
	CHECK_INT(
	    web_post(w, S("/konto/kode/stop"), code_form(&f, 0)).status, 429);
	w->now_us += MINUTE_US;
	CHECK_INT(
	    web_post(w, S("/konto/kode/stop"), code_form(&f, 0)).status, 303);
}

static int
guess(struct web *w, const char *mail, int i)
{
	struct arena *a = w->world.arena;
	return web_post(w, S("/log-ind/adgangskode"),
	    str_fmt(a, "mail=%s&password=gaet+nummer+%d", mail, i))
	    .status;
}

/* Another spelling of the address is the same address. */
TEST_DB(passwords_cannot_be_guessed_under_other_spellings)
{
	static const char *const mail[] = {"ida%40fjordby.example",
	    "IDA%40fjordby.example", "Ida%40Fjordby.example",
	    "+idA%40FJORDBY.example+"};
	struct full f;
	int taken = 0;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct web_cases cases = web_cases();
	(void)web_aim(&f, &cases.list[2], w->world.network, true);
	web_nobody(w);
	for (int i = 0; i < 24; i++)
		taken += guess(w, mail[i % 4], i) == 422;
	CHECK_MAX(taken, 11);
	CHECK_INT(guess(w, "lis%40fjordby.example", 1), 422);
}

/* One network asks for many, whatever of its addresses it takes. */
TEST(attempts_come_from_a_network)
{
	static const struct {
		const char *address, *peer;
	} peers[] = {
	    {"192.0.2.1", "192.0.2.1"},
	    {"2001:db8:1:2:3:4:5:6", "20010db800010002"},
	    {"2001:db8:1:2::9", "20010db800010002"},
	    {"2001:db8:1:3::9", "20010db800010003"},
	    {"::1", "0000000000000000"},
	    {"::ffff:192.0.2.1", "00000000000000000000ffffc0000201"},
	    {"unix", "unix"},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(peers); i++) {
		struct http_request http = {.address = str_c(peers[i].address)};
		struct req rq = {.arena = arena, .http = &http};
		CHECK_STR(security_peer(&rq), str_c(peers[i].peer));
	}
}

/* Other people's attempts do not wash the count away: not even as many as
 * there are places to count in. */
TEST(attempts_of_others_wash_no_count_away)
{
	struct limits_table *t = limits_new(arena);
	int64_t now = NOW_US;
	int taken = 0;
	for (int i = 0; i < 11; i++)
		CHECK(limits_take(t, S("victim"), 10, HOUR_US, now));
	for (int i = 0; i < 20000; i++) {
		struct arena *a = arena_scratch(arena);
		(void)limits_take(t, str_fmt(a, "x%d", i), 10, HOUR_US, now);
		arena_close(a);
	}
	for (int i = 0; i < 100; i++)
		taken += limits_take(t, S("victim"), 10, HOUR_US, now);
	CHECK_INT(taken, 0);
	/* Nor is the table full for good. */
	now += HOUR_US + 1;
	CHECK(limits_take(t, S("victim"), 10, HOUR_US, now));
	CHECK(limits_take(t, S("new"), 10, HOUR_US, now));
}

/* ---- links ---- */

TEST_DB(looking_at_a_link_does_not_use_it)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct str link = new_link(w, w->world.ali);
	struct http_pair host = {S("host"), S("samskab.test")};
	for (int i = 0; i < 3; i++) {
		CHECK_INT(web_get(w, link).status, 200);
		CHECK_INT(web_raw(w, HTTP_HEAD, link, S(""),
			      (struct http_pairs){&host, 1})
			      .status,
		    200);
	}
	CHECK_INT(web_post(w, link, S("")).status, 303);
}

/* All that are worth nothing are answered alike. */
TEST_DB(a_link_that_ended_looks_like_one_that_never_was)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct world *world = &w->world;
	struct str used = new_link(w, world->ali);
	CHECK_INT(web_post(w, used, S("")).status, 303);
	struct str replaced = new_link(w, world->lis);
	(void)new_link(w, world->lis);
	struct str closed = new_link(w, f.ida);
	CHECK_OK(account_enable(db, arena, &world->program, f.ida, false));
	struct str never =
	    str_cat(arena, S("/log-ind/link/"), token_new(arena));
	struct str links[] = {never, used, replaced, closed, {0}};
	w->now_us += 24 * HOUR_US;
	struct actor early = world->program;
	CHECK_OK(link_new(db, arena, &early, world->mette, &links[4]));
	links[4] = str_cat(arena, S("/log-ind/link/"), links[4]);
	web_nobody(w);
	struct str nothing = {0};
	for (ptrdiff_t i = 0; i < COUNT_OF(links); i++) {
		struct reply get = web_get(w, links[i]);
		struct reply post = web_post(w, links[i], S(""));
		CHECK_INT(get.status, 410);
		CHECK_INT(post.status, 410);
		CHECK_STR(post.set_cookie, S(""));
		struct str body =
		    str_replace(arena, get.body, links[i], S("LINK"));
		if (i == 0)
			nothing = body;
		CHECK_STR(body, nothing);
	}
}

/* It went to an address that is not theirs any more. */
TEST_DB(a_link_ends_when_the_mail_address_changes)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct str path = admin_path(&f, f.ida, "");
	struct str link = new_link(w, f.ida);
	web_session(w, w->world.mette);
	CHECK_INT(web_post(w, path,
		      S("name=Ida+L&mail=ida%40fjordby.example&lang=da"))
		      .status,
	    303);
	CHECK_INT(web_get(w, link).status, 200);
	CHECK_INT(web_post(w, path,
		      S("name=Ida+L&mail=ida.lund%40fjordby.example&lang=da"))
		      .status,
	    303);
	CHECK_INT(web_get(w, link).status, 410);
	CHECK_INT(web_post(w, link, S("")).status, 410);
}

/* Closed and opened again, an account has no open door from before. */
TEST_DB(a_link_ends_when_the_account_is_closed)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct str link = new_link(w, f.ida);
	struct actor *program = &w->world.program;
	CHECK_OK(account_enable(db, arena, program, f.ida, false));
	CHECK_OK(account_enable(db, arena, program, f.ida, true));
	CHECK_INT(web_post(w, link, S("")).status, 410);
}

/* ---- sign-in tells nobody who has an account ---- */

/* Everything but the address that was typed, which has the same length. */
static struct str
told(struct web *w, struct str path, struct str mail, struct str rest)
{
	struct arena *a = w->world.arena;
	struct str form =
	    str_fmt(a, "mail=%.*s%.*s", STR_ARG(mail), STR_ARG(rest));
	struct reply r = web_post(w, path, form);
	struct buf b = buf_new(a, 1024 * 1024);
	buf_fmt(&b, "%d\n", r.status);
	for (ptrdiff_t i = 0; i < r.headers.n; i++)
		buf_fmt(&b, "%.*s: %.*s\n", STR_ARG(r.headers.list[i].name),
		    STR_ARG(r.headers.list[i].value));
	buf_add(&b, r.body);
	return str_replace(a, buf_str(&b), mail, S("MAIL"));
}

TEST_DB(sign_in_does_not_tell_who_has_an_account)
{
	static const struct str mail[] = {S_INIT("nix@fjordby.example"),
	    S_INIT("lis@fjordby.example"), /* without a password */
	    S_INIT("ida@fjordby.example"), /* with one, another */
	    S_INIT("gry@fjordby.example"), /* with one and a second step */
	    S_INIT("ali@fjordby.example")}; /* closed */
	struct full f;
	struct str link = {0}, password = {0};
	web_full(&f, arena, db);
	struct web *w = &f.web;
	struct str hash = password_hash(arena, S("fire ord i en sky"));
	struct id with[] = {f.ida, f.gry};
	for (int i = 0; i < 2; i++) {
		struct actor who = world_as(&w->world, with[i]);
		CHECK_OK(account_set_password(db, arena, &who, hash));
	}
	CHECK_OK(
	    account_enable(db, arena, &w->world.program, w->world.ali, false));
	web_nobody(w);
	for (ptrdiff_t i = 0; i < COUNT_OF(mail); i++) {
		struct str x = told(w, S("/log-ind"), mail[i], S(""));
		struct str y = told(w, S("/log-ind/adgangskode"), mail[i],
		    S("&password=fire+ord+i+et+hav"));
		if (i == 0) {
			link = x;
			password = y;
		}
		CHECK_STR(x, link);
		CHECK_STR(y, password);
	}
	CHECK(str_starts(link, S("303\n")));
	CHECK(str_starts(password, S("422\n")));
	/* The control: the right password is told from the wrong one. */
	CHECK(str_starts(told(w, S("/log-ind/adgangskode"), mail[2],
			     S("&password=fire+ord+i+en+sky")),
	    S("303\n")));
}

/* Nor does it when there were too many tries. */
TEST_DB(too_many_tries_are_told_alike_too)
{
	struct full f;
	web_full(&f, arena, db);
	struct web *w = &f.web;
	web_nobody(w);
	for (int i = 0; i < 9; i++) {
		struct str x =
		    told(w, S("/log-ind"), S("lis@fjordby.example"), S(""));
		struct str y =
		    told(w, S("/log-ind"), S("nix@fjordby.example"), S(""));
		CHECK_STR(x, y);
		CHECK(i < 6 ? str_starts(x, S("303\n"))
			    : str_starts(x, S("429\n")));
	}
}
