/* SPDX-License-Identifier: MPL-2.0 */

/* Ideas from everybody: an open page without an account, set up by the leader,
 * and the page by which a sender comes back to what they sent. */
#include "base/buf.h"
#include "base/clock.h"
#include "model/idea_bank.h"
#include "report/qr.h"
#include "view_idea_bank.h"
#include "view_idea_form.h"
#include "view_idea_sent.h"
#include "web/facts.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/security.h"
#include "web/shell.h"
#include "web/site.h"

static const struct attempt send_from = {"idea", 20, HOUR_US};
static const struct attempt wrong_token = {"idea-token", 20, MINUTE_US};

/* ---- set up ---- */

static struct str
public_path(struct req *rq, struct id network, const char *rest)
{
	return STR_JOIN(rq->arena, S("/idebank/"), id_text(rq->arena, network),
	    str_c(rest));
}

/* On paper and on a screen. */
static struct str
public_address(struct req *rq)
{
	return str_cat(rq->arena, site_url(rq->site, rq->arena, rq->org),
	    public_path(rq, rq->who.network, ""));
}

static enum err
show_set_up(struct req *rq, const struct idea_bank *bank,
    const struct idea_bank_faults *f, int status)
{
	const struct plan *plan;
	const struct input in[] = {
	    {.kind = INPUT_TEXT,
		.name = "about",
		.value = bank->about,
		.label = N_("What do you want ideas on?"),
		.fault = f->about,
		.hint = N_("Two or three sentences in plain words.")},
	    {.kind = INPUT_DATE,
		.name = "ends",
		.value = bank->ends,
		.label = N_("Open until"),
		.optional = true,
		.fault = f->ends},
	    {.kind = INPUT_TICK,
		.name = "open",
		.value = bank->open ? S("1") : S(""),
		.label = N_("Open the page to everybody")},
	    {.kind = INPUT_TICK,
		.name = "look_first",
		.value = bank->look_first ? S("1") : S(""),
		.label = N_("Look at ideas of people with a code too, before "
			    "the others see them")}};
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	bool open = idea_bank_is_open(bank, &rq->who) && status == 200;
	struct view_idea_form v = {
	    .title = req_tr(rq, "Ideas from everybody"),
	    .lead = req_tr(rq,
		"An open page where anyone can send an idea. No account is "
		"needed, and nothing is shown before you have looked at it."),
	    .head = idea_head(rq, plan, req_tr(rq, "Ideas from everybody")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/ideer/link"),
	    .back = req_network_path(rq, "/ideer"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .seen = str_fmt(rq->arena, "%lld", (long long)bank->changed_us),
	    .meanwhile.changed = status == 409,
	    .no_notice = plan_single(plan, KIND_NOTICE) == NULL,
	    .notice_href = req_network_path(rq, "/plan#oplysning"),
	    .inputs = inputs_view(rq, in, COUNT_OF(in)),
	};
	if (open)
		v.address =
		    str_cat(rq->arena, site_url(rq->site, rq->arena, rq->org),
			public_path(rq, rq->who.network, ""));
	tmpl_idea_form(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/ideer/link */
enum err
page_idea_bank(struct req *rq)
{
	struct idea_bank bank;
	enum err e = idea_bank_get(rq->db, rq->arena, &rq->who, &bank);
	return e == ERR_OK
	    ? show_set_up(rq, &bank, &(struct idea_bank_faults){0}, 200)
	    : e;
}

/* It opens only with the notice that everyone must get. */
static enum err
check_notice(
    struct req *rq, const struct idea_bank *bank, struct idea_bank_faults *f)
{
	struct record notice;
	if (!bank->open || f->about != NULL)
		return ERR_OK;
	enum err e = record_get(
	    rq->db, rq->arena, &rq->who, KIND_NOTICE, rq->who.network, &notice);
	if (e != ERR_NOT_FOUND)
		return e;
	f->any = true;
	f->about = N_("First write what people are told about their data.");
	return ERR_OK;
}

/* POST /netvaerk/N/ideer/link */
enum err
page_idea_bank_save(struct req *rq)
{
	struct idea_bank now;
	struct idea_bank_faults faults;
	int64_t seen;
	struct idea_bank bank = {.open = req_checked(rq, S("open")),
	    .look_first = req_checked(rq, S("look_first")),
	    .about = req_form(rq, S("about")),
	    .ends = req_form(rq, S("ends"))};
	idea_bank_check(&bank, &faults);
	enum err e = check_notice(rq, &bank, &faults);
	if (e == ERR_OK)
		e = idea_bank_get(rq->db, rq->arena, &rq->who, &now);
	if (e != ERR_OK)
		return e;
	bool meanwhile =
	    !str_int(req_form(rq, S("seen")), &seen) || seen != now.changed_us;
	bank.changed_us = now.changed_us;
	if (faults.any || meanwhile)
		return show_set_up(rq, &bank, &faults, meanwhile ? 409 : 422);
	e = idea_bank_save(rq->db, rq->arena, &rq->who, &bank);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/ideer/link");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}

/* GET /netvaerk/N/ideer/link/qr */
enum err
page_idea_bank_qr(struct req *rq)
{
	rq->response.status = 200;
	rq->response.type = S("image/svg+xml");
	rq->response.body = qr_svg(rq->arena, public_address(rq));
	return ERR_OK;
}

/* ---- the open page ---- */

struct asked {
	struct req *rq;
	struct actor in; /* the program in the network: who asks is nobody */
	struct idea_bank bank;
	struct idea_given given;
	struct idea_given_faults faults;
	struct str names, token;
};

static enum err
open_network(struct asked *a)
{
	struct req *rq = a->rq;
	struct record network;
	enum err e = req_open_network(rq, &a->in, &network);
	return e == ERR_OK ? idea_bank_get(rq->db, rq->arena, &a->in, &a->bank)
			   : e;
}

static struct view_inputs
public_inputs(const struct asked *a)
{
	struct input in[4] = {
	    {.kind = INPUT_TEXT,
		.name = "text",
		.label = N_("Your idea"),
		.hint = N_("A few words are enough. Please name nobody."),
		.value = a->given.text,
		.fault = a->faults.text,
		.rows = 5},
	    {.kind = INPUT_RADIO,
		.name = "scope",
		.label = N_("Who may read your idea?"),
		.value = idea_scope_key(a->rq, a->given.scope),
		.fault = a->faults.scope,
		.choices = idea_open_readers()},
	    {.kind = INPUT_TICK,
		.name = "grown_up",
		.label = N_("I am 15 or older, or a parent has said yes"),
		.value = a->given.grown_up ? S("1") : S(""),
		.fault = a->faults.grown_up}};
	ptrdiff_t n = 3;
	if (a->names.n > 0)
		in[n++] = (struct input){.kind = INPUT_TICK,
		    .name = "names_ok",
		    .label = N_("I have looked: it names nobody else")};
	return inputs_view(a->rq, in, n);
}

static enum err
fill_ideas(const struct asked *a, struct view_idea_bank *v)
{
	struct ideas all;
	struct idea_view view = {.reader = IDEA_PUBLIC};
	enum err e = idea_list(a->rq->db, a->rq->arena, &a->in, &view, &all);
	if (e != ERR_OK)
		return e;
	struct view_idea_bank_ideas *rows =
	    arena_new(a->rq->arena, struct view_idea_bank_ideas, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = all.n - 1; i >= 0; i--) {
		const struct idea *idea = &all.list[i];
		rows[n++] = (struct view_idea_bank_ideas){
		    .words = idea->words.n > 0 ? idea->words : idea->title,
		    .state = idea_state_plain(a->rq, idea),
		    .reason = record_value(&idea->record, "reason")};
	}
	v->ideas.p = rows;
	v->ideas.n = n;
	return ERR_OK;
}

/* What article 13 wants told. */
static enum err
fill_facts(const struct asked *a, struct view_idea_bank *v)
{
	struct record notice;
	enum err e = record_get(a->rq->db, a->rq->arena, &a->in, KIND_NOTICE,
	    a->in.network, &notice);
	v->has_facts = e == ERR_OK;
	if (e == ERR_OK)
		v->facts = facts_of_notice(a->rq, &notice);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static struct str
lang_part(const struct req *rq)
{
	return rq->lang == LANG_EN ? S("?sprog=en") : S("");
}

static enum err
show_public(const struct asked *a, int status)
{
	struct req *rq = a->rq;
	struct view_idea_bank v = {
	    .head = shell_head(rq, req_tr(rq, "Do you have an idea?")),
	    .foot = shell_foot(rq),
	    .closed = !idea_bank_is_open(&a->bank, &a->in),
	    .gone = req_query(rq, S("vaek")).n > 0,
	    .about = a->bank.about,
	    .contact = rq->org->contact,
	    .action = str_cat(
		rq->arena, public_path(rq, a->in.network, ""), lang_part(rq)),
	    .id = id_text(rq->arena, a->given.id),
	    .names = a->names,
	    .inputs = public_inputs(a),
	};
	enum err e = fill_ideas(a, &v);
	if (e == ERR_OK)
		e = fill_facts(a, &v);
	if (e != ERR_OK)
		return e;
	tmpl_idea_bank(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /idebank/NETWORK: anyone. */
enum err
page_idea_public(struct req *rq)
{
	struct asked a = {
	    .rq = rq, .given = {.id = id_new(rq->http->now_us), .scope = -1}};
	enum err e = open_network(&a);
	return e == ERR_OK ? show_public(&a, 200) : e;
}

static enum err
read_given(struct asked *a)
{
	struct req *rq = a->rq;
	a->given = (struct idea_given){.text = req_form(rq, S("text")),
	    .scope = idea_scope_typed(rq),
	    .grown_up = req_checked(rq, S("grown_up"))};
	if (!id_parse(req_form(rq, S("id")), &a->given.id))
		return ERR_INVALID;
	a->given.told = idea_told(rq, a->given.scope);
	idea_given_check(&a->given, &a->faults);
	if (a->faults.scope == NULL && a->given.scope == SCOPE_INTERNAL)
		a->faults.scope = N_("Choose who may read it.");
	if (!a->given.grown_up)
		a->faults.grown_up =
		    N_("Under 15 a parent must say yes first.");
	a->faults.any = a->faults.text || a->faults.scope || a->faults.grown_up;
	if (!req_checked(rq, S("names_ok")))
		a->names = contribution_names(rq->arena, a->given.text);
	return ERR_OK;
}

/* POST /idebank/NETWORK */
enum err
page_idea_send(struct req *rq)
{
	struct asked a = {.rq = rq};
	enum err e = open_network(&a);
	if (e != ERR_OK)
		return e;
	if (!security_may_try(rq, &send_from, security_peer(rq)))
		return ERR_LIMITED;
	e = read_given(&a);
	if (e != ERR_OK)
		return e;
	if (a.faults.any || a.names.n > 0 || !idea_bank_is_open(&a.bank, &a.in))
		return show_public(&a, 422);
	struct str path = public_path(rq, a.in.network, "");
	/* A machine filled in what no person sees: it is thanked as well. */
	if (req_form(rq, S("hjemmeside")).n > 0)
		return req_redirect(rq, "%.*s", STR_ARG(path));
	e = idea_send(rq->db, rq->arena, &a.in, &a.given, &a.token);
	return e == ERR_OK
	    ? req_redirect(rq, "%.*s/min/%.*s?tak=1%s", STR_ARG(path),
		  STR_ARG(a.token), rq->lang == LANG_EN ? "&sprog=en" : "")
	    : e;
}

/* ---- coming back ---- */

/* Whose token it is; wrong ones count. */
static enum err
enter(struct asked *a, struct contribution *c)
{
	struct req *rq = a->rq;
	enum err e = open_network(a);
	a->token = token_normal(rq->arena, req_param(rq, S("token")));
	if (e == ERR_OK)
		e = idea_sent(rq->db, rq->arena, &a->in, hash_of(a->token), c);
	if (e == ERR_NOT_FOUND &&
	    !security_may_try(rq, &wrong_token, security_peer(rq)))
		return ERR_LIMITED;
	return e;
}

static enum err
fill_standing(const struct asked *a, const struct contribution *c,
    struct view_idea_sent *v)
{
	struct ideas all;
	struct idea_view view = {.reader = IDEA_STAFF};
	enum err e = idea_list(a->rq->db, a->rq->arena, &a->in, &view, &all);
	if (e != ERR_OK)
		return e;
	const struct idea *idea = idea_find(&all, c->id);
	if (idea == NULL)
		return ERR_OK;
	v->state = idea_state_plain(a->rq, idea);
	v->reason = record_value(&idea->record, "reason");
	v->waits = str_eq(record_value(&idea->record, "shown"), S("waiting"));
	v->hidden_why = record_value(&idea->record, "hidden_why");
	return ERR_OK;
}

/* GET /idebank/NETWORK/min/TOKEN */
enum err
page_idea_mine(struct req *rq)
{
	struct asked a = {.rq = rq};
	struct contribution c;
	enum err e = enter(&a, &c);
	if (e != ERR_OK)
		return e;
	struct str path = STR_JOIN(
	    rq->arena, public_path(rq, a.in.network, "/min/"), a.token);
	struct view_idea_sent v = {
	    .head = shell_head(rq, req_tr(rq, "Your idea")),
	    .foot = shell_foot(rq),
	    .thanks = req_query(rq, S("tak")).n > 0,
	    .address = str_cat(
		rq->arena, site_url(rq->site, rq->arena, rq->org), path),
	    .words = contribution_words(&c),
	    .back_action =
		STR_JOIN(rq->arena, path, S("/traek"), lang_part(rq)),
	    .bank_href = str_cat(
		rq->arena, public_path(rq, a.in.network, ""), lang_part(rq)),
	};
	e = fill_standing(&a, &c, &v);
	if (e != ERR_OK)
		return e;
	tmpl_idea_sent(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /idebank/NETWORK/min/TOKEN/traek */
enum err
page_idea_unsend(struct req *rq)
{
	struct asked a = {.rq = rq};
	struct contribution c;
	enum err e = enter(&a, &c);
	if (e == ERR_OK)
		e = idea_unsend(rq->db, rq->arena, &a.in, hash_of(a.token));
	if (e != ERR_OK)
		return e;
	struct str path = public_path(rq, a.in.network, "");
	return req_redirect(rq, "%.*s?vaek=1%s", STR_ARG(path),
	    rq->lang == LANG_EN ? "&sprog=en" : "");
}
