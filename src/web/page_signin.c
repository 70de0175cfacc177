/* SPDX-License-Identifier: MPL-2.0 */

/* Signing in: a link by mail, a password, the second step; signing out. */
#include "base/buf.h"
#include "base/log.h"
#include "model/outbox.h"
#include "view_code.h"
#include "view_link.h"
#include "view_signin.h"
#include "web/pages.h"
#include "web/security.h"
#include "web/shell.h"

/* How many, of what: an address of mail, or a peer. */
#define QUARTER_US (15 * MINUTE_US)
static const struct attempt link_for = {"link", 5, HOUR_US};
static const struct attempt link_from = {"link-peer", 50, HOUR_US};
static const struct attempt use_from = {"link-use", 30, MINUTE_US};
static const struct attempt password_for = {"password", 10, QUARTER_US};
static const struct attempt password_from = {"password-peer", 50, QUARTER_US};

/* ?sprog=en, so that the language stays while nobody is signed in. */
static struct str
lang_query(struct req *rq)
{
	return rq->lang == LANG_EN ? S("?sprog=en") : S("");
}

static enum err
show_signin(struct req *rq, struct view_signin v, int status)
{
	v.head = shell_head(rq, req_tr(rq, "Sign in"));
	v.foot = shell_foot(rq);
	v.org = rq->org->name;
	v.lang_query = lang_query(rq);
	v.no_smtp = !rq->site->smtp;
	tmpl_signin(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /log-ind */
enum err
page_signin(struct req *rq)
{
	if (rq->signed_in)
		return req_redirect(rq, "/");
	return show_signin(rq,
	    (struct view_signin){.sent = req_query(rq, S("sendt")).n > 0}, 200);
}

static enum err
mail_link(struct req *rq, const struct account *account)
{
	struct str token;
	enum err e = link_new(rq->db, rq->arena, &rq->who, account->id, &token);
	if (e != ERR_OK)
		return e;
	struct str url = site_link(rq->site, rq->arena, rq->org, token);
	struct str args[] = {account->name, url};
	struct mail mail = {
	    .kind = S("signin"),
	    .to = account->mail,
	    .subject = tr(account->lang, "Your link to Samskab"),
	    .body = tr_fill(rq->arena,
		tr(account->lang,
		    "Hello %1\n\nUse this link to sign in. It works once, for "
		    "24 hours:\n\n%2\n\nIf you did not ask for it, you need "
		    "not do anything.\n"),
		args, 2),
	    .has_smtp = rq->site->smtp,
	};
	rq->kick = true;
	return mail_add(rq->db, rq->arena, &rq->who, &mail);
}

/* POST /log-ind: asks for a link.  The answer is the same whether or not the
 * address is known. */
enum err
page_signin_send(struct req *rq)
{
	struct account account;
	struct str address = req_form(rq, S("mail"));
	if (!security_may_try(rq, &link_for, address) ||
	    !security_may_try(rq, &link_from, security_peer(rq)))
		return ERR_LIMITED;
	enum err e =
	    account_by_mail(rq->db, rq->arena, &rq->who, address, &account);
	if (e == ERR_OK && account.active)
		e = mail_link(rq, &account);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	return req_redirect(
	    rq, "/log-ind?sendt=1%s", rq->lang == LANG_EN ? "&sprog=en" : "");
}

/* GET /log-ind/link/TOKEN: mail scanners follow links, so this only shows a
 * button. */
enum err
page_link(struct req *rq)
{
	struct id account;
	struct vault_entry entry = {0};
	struct str token = req_param(rq, S("token"));
	enum err e = link_peek(rq->db, rq->arena, &rq->who, token, &account);
	if (e == ERR_OK)
		e = vault_get(rq->db, rq->arena, &rq->who, account, &entry);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	struct view_link v = {
	    .head = shell_head(rq, req_tr(rq, "Sign in")),
	    .foot = shell_foot(rq),
	    .good = e == ERR_OK,
	    .name = entry.name,
	    .action = str_fmt(rq->arena, "/log-ind/link/%.*s%.*s",
		STR_ARG(token), STR_ARG(lang_query(rq))),
	};
	tmpl_link(&rq->out, rq->lang, &v);
	return req_html_status(rq, v.good ? 200 : 410);
}

/* The first step was right: a session, and on to the second step if any.  The
 * one that the browser came with ends. */
static enum err
sign_in(struct req *rq, struct id account)
{
	struct str token;
	enum err e = ERR_OK;
	if (rq->signed_in || rq->half_in)
		e = session_end(rq->db, rq->org->id, rq->session.token_hash);
	if (e == ERR_OK)
		e = session_new(rq->db, rq->arena, &rq->who, account,
		    rq->site->limits, &token);
	if (e != ERR_OK)
		return e;
	security_set_cookie(rq, token);
	return req_redirect(rq, "/");
}

/* POST /log-ind/link/TOKEN */
enum err
page_link_use(struct req *rq)
{
	struct id account;
	if (!security_may_try(rq, &use_from, security_peer(rq)))
		return ERR_LIMITED;
	enum err e = link_use(
	    rq->db, rq->arena, &rq->who, req_param(rq, S("token")), &account);
	if (e == ERR_NOT_FOUND)
		return page_link(rq);
	return e == ERR_OK ? sign_in(rq, account) : e;
}

/* On the pool: the slow comparison.  What it found goes to the page. */
enum err
prepare_password(struct req *rq)
{
	struct str address = req_form(rq, S("mail"));
	if (!security_may_try(rq, &password_from, security_peer(rq)) ||
	    !security_may_try(rq, &password_for, address))
		return ERR_LIMITED;
	struct login login;
	enum err e =
	    account_login(rq->db, rq->arena, &rq->who, address, &login);
	if (e != ERR_OK)
		return e;
	struct str typed = http_get(rq->http->form, S("password"));
	if (password_matches(login.hash, typed))
		rq->prepared = login.hash;
	return ERR_OK;
}

/* POST /log-ind/adgangskode.  That the hash is still the account's is looked
 * up again in the lane. */
enum err
page_password(struct req *rq)
{
	struct str address = req_form(rq, S("mail"));
	struct login login;
	enum err e =
	    account_login(rq->db, rq->arena, &rq->who, address, &login);
	if (e != ERR_OK)
		return e;
	if (rq->prepared.n == 0 || !str_eq(login.hash, rq->prepared)) {
		log_event(
		    LOG_INFO, "signin_refused", LOG_STR("step", S("password")));
		return show_signin(rq,
		    (struct view_signin){.mail = address,
			.faults.heading = req_tr(rq,
			    "The mail address and the password do not "
			    "belong together. Try again, or ask for a link.")},
		    422);
	}
	security_forget(rq, &password_for, address);
	return sign_in(rq, login.account);
}

/* ---- the second step ---- */

static enum err
show_code(struct req *rq, struct str error, int status)
{
	struct view_code v = {
	    .head = shell_head(rq, req_tr(rq, "Your code")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .faults.heading = error,
	};
	tmpl_code(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /log-ind/kode */
enum err
page_code(struct req *rq)
{
	if (rq->signed_in)
		return req_redirect(rq, "/");
	return show_code(rq, S(""), 200);
}

/* POST /log-ind/kode */
enum err
page_code_check(struct req *rq)
{
	struct str token;
	struct str account = id_text(rq->arena, rq->session.account);
	if (!rq->half_in)
		return req_redirect(rq, "/");
	if (!security_may_try(rq, &attempt_code, account))
		return ERR_LIMITED;
	enum err e = account_totp_check(rq->db, rq->arena, &rq->who,
	    rq->session.account, req_form(rq, S("code")));
	if (e == ERR_INVALID)
		return show_code(rq,
		    req_tr(rq,
			"That code is not right, or it was used "
			"before. Wait for the next one."),
		    422);
	if (e == ERR_OK)
		e = session_complete(rq->db, rq->arena, &rq->who, &rq->session,
		    rq->site->limits, &token);
	if (e != ERR_OK)
		return e;
	security_forget(rq, &attempt_code, account);
	security_set_cookie(rq, token);
	return req_redirect(rq, "/");
}

/* POST /log-ud */
enum err
page_signout(struct req *rq)
{
	enum err e = session_end(rq->db, rq->org->id, rq->session.token_hash);
	if (e != ERR_OK)
		return e;
	security_clear_cookie(rq);
	return req_redirect(rq, "/log-ind");
}

/* POST /log-ud-overalt */
enum err
page_signout_all(struct req *rq)
{
	enum err e = session_end_all(rq->db, &rq->who, rq->who.account);
	if (e != ERR_OK)
		return e;
	security_clear_cookie(rq);
	return req_redirect(rq, "/log-ind");
}
