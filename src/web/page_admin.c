/* SPDX-License-Identifier: MPL-2.0 */

/* The administrator's pages: who may sign in. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/outbox.h"
#include "view_account_one.h"
#include "view_accounts.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/shell.h"

enum { NAME_MAX_CHARS = 120 };

/* ---- the form ---- */

struct account_input {
	struct account_form form;
	const char *name_fault, *mail_fault;
};

static struct account_input
read_input(struct req *rq)
{
	struct account_input in = {
	    .form =
		{
		    .name = req_form(rq, S("name")),
		    .mail = req_form(rq, S("mail")),
		    .lang = lang_parse(req_form(rq, S("lang")), LANG_DA),
		    .is_admin = req_checked(rq, S("admin")),
		    .is_secretariat = req_checked(rq, S("secretariat")),
		},
	};
	if (utf8_blank(in.form.name))
		in.name_fault = N_("This must be filled in.");
	else if (utf8_length(in.form.name) > NAME_MAX_CHARS ||
	    str_find_byte(in.form.name, '\n') >= 0)
		in.name_fault = N_("Write a shorter name, on one line.");
	if (!mail_address_ok(in.form.mail))
		in.mail_fault = N_("Write a mail address, such as "
				   "anna.berg@kommune.dk.");
	return in;
}

static struct view_account_fields
fields_view(struct req *rq, const struct account_input *in)
{
	return (struct view_account_fields){
	    .name = in->form.name,
	    .mail = in->form.mail,
	    .danish = in->form.lang == LANG_DA,
	    .admin = in->form.is_admin,
	    .secretariat = in->form.is_secretariat,
	    .name_error = in->name_fault ? req_tr(rq, in->name_fault) : S(""),
	    .mail_error = in->mail_fault ? req_tr(rq, in->mail_fault) : S(""),
	};
}

static struct view_faults
faults_of(struct req *rq, const struct view_account_fields *fields)
{
	struct faults faults = faults_new(rq, 2);
	faults_add(&faults, S("name"), req_tr(rq, "Name"), fields->name_error);
	faults_add(
	    &faults, S("mail"), req_tr(rq, "Mail address"), fields->mail_error);
	return faults_view(&faults);
}

/* ---- the list ---- */

static struct str
rights(struct req *rq, const struct account *account)
{
	if (account->is_admin && account->is_secretariat)
		return req_tr(rq, "Administrator and secretariat");
	if (account->is_admin)
		return req_tr(rq, "Administrator");
	if (account->is_secretariat)
		return req_tr(rq, "Secretariat");
	return req_tr(rq, "By roles in networks");
}

static enum err
show_list(struct req *rq, const struct account_input *in, int status)
{
	struct accounts all;
	enum err e = account_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_accounts_accounts *rows =
	    arena_new(rq->arena, struct view_accounts_accounts, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct account *account = &all.list[i];
		struct str id = id_text(rq->arena, account->id);
		rows[i] = (struct view_accounts_accounts){
		    .href =
			str_fmt(rq->arena, "/admin/brugere/%.*s", STR_ARG(id)),
		    .name = account->name,
		    .mail = account->mail,
		    .rights = rights(rq, account),
		    .state = req_tr(rq, account->active ? "Open" : "Closed"),
		};
	}
	struct view_account_fields fields = fields_view(rq, in);
	struct view_accounts v = {
	    .head = shell_head(rq, req_tr(rq, "Accounts")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .faults = faults_of(rq, &fields),
	    .accounts = {rows, all.n},
	    .account_fields = fields,
	};
	tmpl_accounts(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /admin/brugere */
enum err
page_accounts(struct req *rq)
{
	return show_list(rq, &(struct account_input){0}, 200);
}

/* Whether the address is another account's. */
static enum err
check_mail_free(struct req *rq, struct id but, struct account_input *in)
{
	struct account other;
	enum err e =
	    account_by_mail(rq->db, rq->arena, &rq->who, in->form.mail, &other);
	if (e == ERR_OK && !id_eq(other.id, but))
		in->mail_fault = N_("Somebody has this mail address already.");
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* POST /admin/brugere */
enum err
page_accounts_add(struct req *rq)
{
	struct account_input in = read_input(rq);
	struct id id =
	    id_is_set(rq->form_key) ? rq->form_key : id_new(rq->http->now_us);
	enum err e = check_mail_free(rq, id, &in);
	if (e != ERR_OK)
		return e;
	if (in.name_fault != NULL || in.mail_fault != NULL)
		return show_list(rq, &in, 422);
	e = account_create(rq->db, rq->arena, &rq->who, id, in.form);
	if (e != ERR_OK)
		return e;
	struct str text = id_text(rq->arena, id);
	return req_redirect(
	    rq, "/admin/brugere/%.*s?besked=gemt", STR_ARG(text));
}

/* ---- one account ---- */

static enum err
show_one(struct req *rq, struct id id, const struct account_input *in,
    struct str link, int status)
{
	struct account account;
	enum err e = account_get(rq->db, rq->arena, &rq->who, id, &account);
	if (e != ERR_OK)
		return e;
	struct account_input stored = {
	    .form = {account.name, account.mail, account.lang, account.is_admin,
		account.is_secretariat}};
	if (in == NULL)
		in = &stored;
	struct str path = str_fmt(
	    rq->arena, "/admin/brugere/%.*s", STR_ARG(id_text(rq->arena, id)));
	struct view_account_fields fields = fields_view(rq, in);
	struct view_account_one v = {
	    .head = shell_head(rq, account.name),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .name = account.name,
	    .link = link,
	    .active = account.active,
	    .action = path,
	    .link_action = str_cat(rq->arena, path, S("/link")),
	    .state_action = str_cat(rq->arena, path, S("/tilstand")),
	    .faults = faults_of(rq, &fields),
	    .account_fields = fields,
	};
	tmpl_account_one(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /admin/brugere/ID */
enum err
page_account_one(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? show_one(rq, id, NULL, S(""), 200) : e;
}

/* POST /admin/brugere/ID */
enum err
page_account_change(struct req *rq)
{
	struct account_input in = read_input(rq);
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = check_mail_free(rq, id, &in);
	if (e != ERR_OK)
		return e;
	if (in.name_fault != NULL || in.mail_fault != NULL)
		return show_one(rq, id, &in, S(""), 422);
	e = account_change(rq->db, rq->arena, &rq->who, id, in.form);
	if (e != ERR_OK)
		return e;
	struct str text = id_text(rq->arena, id);
	return req_redirect(
	    rq, "/admin/brugere/%.*s?besked=gemt", STR_ARG(text));
}

/* POST /admin/brugere/ID/link: the link is in the answer, and nowhere else. */
enum err
page_account_link(struct req *rq)
{
	struct id id;
	struct str token;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = link_new(rq->db, rq->arena, &rq->who, id, &token);
	if (e != ERR_OK)
		return e;
	struct str link = site_link(rq->site, rq->arena, rq->org, token);
	return show_one(rq, id, NULL, link, 200);
}

/* POST /admin/brugere/ID/tilstand */
enum err
page_account_state(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = account_enable(rq->db, rq->arena, &rq->who, id,
		    req_checked(rq, S("active")));
	if (e != ERR_OK)
		return e;
	struct str text = id_text(rq->arena, id);
	return req_redirect(
	    rq, "/admin/brugere/%.*s?besked=gemt", STR_ARG(text));
}
