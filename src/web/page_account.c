/* SPDX-License-Identifier: MPL-2.0 */

/* One's own account: language, reminders, calendar, password, second step. */
#include "base/buf.h"
#include "view_account.h"
#include "web/pages.h"
#include "web/security.h"
#include "web/shell.h"

static enum err
show(struct req *rq, struct view_account v, int status)
{
	struct account account;
	struct str key;
	enum err e =
	    account_get(rq->db, rq->arena, &rq->who, rq->who.account, &account);
	if (e == ERR_OK)
		e = session_count(
		    rq->db, rq->arena, &rq->who, rq->who.account, &v.sessions);
	if (e != ERR_OK)
		return e;
	e = account_totp_pending(rq->db, rq->arena, &rq->who, &key);
	if (e == ERR_OK)
		v.totp_secret = base32(rq->arena, key);
	else if (e != ERR_NOT_FOUND)
		return e;
	v.head = shell_head(rq, req_tr(rq, "Your account"));
	v.foot = shell_foot(rq);
	v.csrf = req_csrf(rq);
	v.name = account.name;
	v.mail = account.mail;
	v.reminders = account.reminders;
	v.has_password = account.has_password;
	v.has_totp = account.has_totp;
	tmpl_account(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /konto */
enum err
page_account(struct req *rq)
{
	return show(rq, (struct view_account){0}, 200);
}

/* Browsers skip tabs and line ends in an address, and read \ as /. */
static bool
has_odd_byte(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= ' ' || c >= 0x7f || c == '\\')
			return true;
	}
	return false;
}

/* Back to the page one came from, as far as it is ours. */
static struct str
came_from(struct req *rq)
{
	struct str back = req_form(rq, S("back"));
	bool ours = back.n > 0 && back.n < 500 && back.p[0] == '/' &&
	    !str_starts(back, S("//")) && !has_odd_byte(back);
	return ours ? back : S("/");
}

/* POST /konto/sprog */
enum err
page_account_lang(struct req *rq)
{
	enum lang lang = lang_parse(req_form(rq, S("lang")), rq->lang);
	enum err e = account_set_lang(rq->db, rq->arena, &rq->who, lang);
	if (e != ERR_OK)
		return e;
	struct str back = came_from(rq);
	return req_redirect(rq, "%.*s", STR_ARG(back));
}

/* POST /konto/paamindelser */
enum err
page_account_reminders(struct req *rq)
{
	enum err e = account_set_reminders(
	    rq->db, rq->arena, &rq->who, req_checked(rq, S("reminders")));
	return e == ERR_OK ? req_redirect(rq, "/konto?besked=gemt") : e;
}

/* POST /konto/kalender: the new address is in the answer, and nowhere else. */
enum err
page_account_feed(struct req *rq)
{
	struct str token;
	enum err e = account_feed_new(rq->db, rq->arena, &rq->who, &token);
	if (e != ERR_OK)
		return e;
	struct str url = site_url(rq->site, rq->arena, rq->org);
	struct str feed = str_fmt(
	    rq->arena, "%.*s/kalender/%.*s", STR_ARG(url), STR_ARG(token));
	return show(rq, (struct view_account){.feed = feed}, 200);
}

/* On the pool: the slow hash of the new password. */
enum err
prepare_new_password(struct req *rq)
{
	struct str typed = http_get(rq->http->form, S("password"));
	if (typed.n == 0 || password_fault(typed) != NULL)
		return ERR_OK;
	rq->prepared = password_hash(rq->arena, typed);
	return rq->prepared.n > 0 ? ERR_OK : ERR_UNAVAIL;
}

/* POST /konto/adgangskode */
enum err
page_account_password(struct req *rq)
{
	struct str typed = http_get(rq->http->form, S("password"));
	const char *fault = typed.n > 0 ? password_fault(typed) : NULL;
	if (fault != NULL)
		return show(rq,
		    (struct view_account){.password_error = req_tr(rq, fault)},
		    422);
	enum err e =
	    account_set_password(rq->db, rq->arena, &rq->who, rq->prepared);
	if (e != ERR_OK)
		return e;
	security_clear_cookie(rq);
	return req_redirect(rq, "/log-ind?besked=adgangskode");
}

/* POST /konto/kode/start */
enum err
page_totp_begin(struct req *rq)
{
	struct str key;
	enum err e = account_totp_begin(rq->db, rq->arena, &rq->who, &key);
	return e == ERR_OK ? req_redirect(rq, "/konto#totp") : e;
}

static enum err
wrong_code(struct req *rq)
{
	struct str error = req_tr(rq,
	    "That code is not right, or it was used "
	    "before. Wait for the next one.");
	return show(rq, (struct view_account){.faults.heading = error}, 422);
}

/* POST /konto/kode/bekraeft: from now on each sign-in asks for a code. */
enum err
page_totp_confirm(struct req *rq)
{
	enum err e = account_totp_confirm(
	    rq->db, rq->arena, &rq->who, req_form(rq, S("code")));
	if (e == ERR_INVALID)
		return wrong_code(rq);
	if (e != ERR_OK)
		return e;
	security_clear_cookie(rq);
	return req_redirect(rq, "/log-ind?besked=kode");
}

/* POST /konto/kode/stop: takes a code, so that an open screen is not enough. */
enum err
page_totp_end(struct req *rq)
{
	struct str account = id_text(rq->arena, rq->who.account);
	if (!security_may_try(rq, &attempt_code, account))
		return ERR_LIMITED;
	enum err e = account_totp_check(rq->db, rq->arena, &rq->who,
	    rq->who.account, req_form(rq, S("code")));
	if (e == ERR_INVALID)
		return wrong_code(rq);
	if (e == ERR_OK)
		e = account_totp_end(rq->db, rq->arena, &rq->who);
	if (e != ERR_OK)
		return e;
	security_clear_cookie(rq);
	return req_redirect(rq, "/log-ind?besked=kode");
}
