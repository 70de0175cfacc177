/* SPDX-License-Identifier: MPL-2.0 */

/* What somebody wrote is never lost: a form that is refused comes back. */
#include "base/buf.h"
#include "tests/web/site.h"

static const struct str WRITTEN =
    S_INIT("rev=0&text=Vi+ved+ikke%2C+hvem+der+ringer.%0D%0AKun+%3Cde%3E+ved.");
static const struct str SHOWN =
    S_INIT("Vi ved ikke, hvem der ringer.\nKun &lt;de&gt; ved.");

static struct str
save_path(struct web *w)
{
	struct arena *a = w->world.arena;
	return str_fmt(a, "%.*s/gem/behov/%.*s", STR_ARG(web_path(w, "")),
	    STR_ARG(id_text(a, w->world.network)));
}

/* The hidden fields of the form that came back, as a browser sends them. */
static struct str
fields_of(struct web *w, struct str page)
{
	struct arena *a = w->world.arena;
	struct buf b = buf_new(a, 64 * 1024);
	struct str name = S("<input type=\"hidden\" name=\"");
	for (ptrdiff_t at; (at = str_find(page, name)) >= 0;) {
		page = str_sub(page, at + name.n, page.n);
		struct str key = str_cut(&page, '"');
		(void)str_cut(&page, '"');
		struct str value = str_cut(&page, '"');
		value = str_replace(a, value, S("&lt;"), S("%3C"));
		value = str_replace(a, value, S("&gt;"), S("%3E"));
		value = str_replace(a, value, S("\n"), S("%0D%0A"));
		buf_fmt(&b, "%s%.*s=%.*s", b.n > 0 ? "&" : "", STR_ARG(key),
		    STR_ARG(value));
	}
	return buf_str(&b);
}

static struct reply
post_as_it_is(struct web *w, struct str path, struct str form)
{
	struct http_pair list[] = {{S("host"), S("samskab.test")},
	    {S("sec-fetch-site"), S("same-origin")}, {S("cookie"), w->cookie}};
	return web_raw(w, HTTP_POST, path, form,
	    (struct http_pairs){list, w->cookie.n > 0 ? 3 : 2});
}

/* Half an hour over a text, then a click on save: the session has ended. */
TEST_DB(what_was_written_survives_the_end_of_a_session)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	w.now_us += 31 * MINUTE_US;
	struct reply r = web_post(&w, save_path(&w), WRITTEN);
	CHECK_INT(r.status, 401);
	CHECK_HAS(r.body, SHOWN);
	CHECK_HAS(r.body, S("target=\"_blank\""));
	CHECK_HAS(r.body, S("Send det igen"));

	/* Signed in anew in another tab, the button asks once more, with the
	 * new session's token; then it is saved. */
	struct str again = fields_of(&w, r.body);
	w.world.program.now_us = w.now_us;
	web_sign_in(&w, w.world.mette);
	r = post_as_it_is(&w, save_path(&w), again);
	CHECK_INT(r.status, 403);
	CHECK_HAS(r.body, S("Send det én gang til"));
	CHECK_HAS(r.body, SHOWN);
	r = post_as_it_is(&w, save_path(&w), fields_of(&w, r.body));
	CHECK_INT(r.status, 303);
	CHECK_HAS(web_get(&w, web_path(&w, "/plan")).body, SHOWN);
}

/* Another site's form gets nothing back that a click could send. */
TEST_DB(a_forged_form_does_not_come_back)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.mette);
	struct http_pair list[] = {{S("host"), S("samskab.test")},
	    {S("sec-fetch-site"), S("cross-site")},
	    {S("origin"), S("https://evil.test")}, {S("cookie"), w.cookie}};
	for (int n = 3; n <= 4; n++) {
		struct reply r = web_raw(&w, HTTP_POST, save_path(&w), WRITTEN,
		    (struct http_pairs){list, n});
		CHECK_INT(r.status, n == 3 ? 401 : 403);
		CHECK_LACKS(r.body, S("hvem der ringer"));
		CHECK_LACKS(r.body, S("<form method=\"post\" action=\"/netv"));
	}
}

/* Who may not write sees their words, and no button; a password is never
 * sent back. */
TEST_DB(words_come_back_without_a_button_where_it_would_not_help)
{
	struct web w;
	web_new(&w, arena, db);
	web_sign_in(&w, w.world.lis);
	struct reply r = web_post(&w, save_path(&w), WRITTEN);
	CHECK_INT(r.status, 403);
	CHECK_HAS(r.body, SHOWN);
	CHECK_LACKS(r.body, S("Send det igen"));
	w.now_us += 31 * MINUTE_US;
	r = web_post(
	    &w, S("/konto/adgangskode"), S("password=en+meget+hemmelig+kode"));
	CHECK_INT(r.status, 401);
	CHECK_LACKS(r.body, S("hemmelig"));
}
