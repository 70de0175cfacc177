/* SPDX-License-Identifier: MPL-2.0 */

/* Programs that have access to a network: who, to what, until when. */
#include "base/buf.h"
#include "base/clock.h"
#include "model/token.h"
#include "view_tokens.h"
#include "web/input.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/webhooks_view.h"

enum { DAYS = 90 };

static const struct choice rights[] = {
    {"1", N_("Read dialogues, open ideas, rounds and results")},
    {"3", N_("Read, and bring in statements, ideas and votes")},
    {0},
};

/* What was typed, what is wrong with it, and what was made. */
struct making {
	struct token token;
	const char *fault; /* of the name; msgid or NULL */
	struct str secret;
	bool used_form;
	struct webhook_form hook;
};

static struct str
rights_of(struct req *rq, const struct token *t)
{
	return req_tr(rq, rights[(t->rights & TOKEN_TAKE_PART) != 0].label);
}

static struct str
state_of(struct req *rq, const struct token *t)
{
	if (t->ended_us > 0)
		return req_tr(rq, "It was ended.");
	return token_is_good(t, rq->http->now_us)
	    ? req_tr(rq, "It works.")
	    : req_tr(rq, "Its last day is over.");
}

static struct str
day_of(struct req *rq, int64_t at_us)
{
	return at_us > 0 ? lang_date(rq->arena, rq->lang, date_danish(at_us))
			 : S("");
}

static enum err
fill_rows(struct req *rq, struct view_tokens *v)
{
	struct tokens all;
	enum err e = token_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_tokens_rows *rows =
	    arena_new(rq->arena, struct view_tokens_rows, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct token *t = &all.list[i];
		bool good = token_is_good(t, rq->http->now_us);
		rows[i] = (struct view_tokens_rows){.name = t->name,
		    .rights = rights_of(rq, t),
		    .state = state_of(rq, t),
		    .ends = day_of(rq, t->ends_us),
		    .used = day_of(rq, t->used_us),
		    .key = req_new_key(rq),
		    .end_href = good
			? STR_JOIN(rq->arena,
			      req_network_path(rq, "/programmer/"),
			      id_text(rq->arena, t->id), S("/slut"))
			: S("")};
	}
	v->rows.p = rows;
	v->rows.n = all.n;
	return ERR_OK;
}

static enum err
show(struct req *rq, const struct making *m)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct input inputs[] = {
	    {.kind = INPUT_LINE,
		.name = "name",
		.label = N_("What is the program?"),
		.hint = N_("For instance: the kiosk at the library."),
		.value = m->token.name,
		.fault = m->fault},
	    {.kind = INPUT_RADIO,
		.name = "rights",
		.label = N_("What may it do?"),
		.value = m->token.rights == 3 ? S("3") : S("1"),
		.choices = rights}};
	struct view_tokens v = {
	    .head = shell_network_head(rq, req_tr(rq, "Programs with access"),
		record_value(&plan->network, "name"), "ideer"),
	    .foot = shell_foot(rq),
	    .secret = m->secret,
	    .used_form = m->used_form,
	    .csrf = req_csrf(rq),
	    .id = req_new_key(rq),
	    .action = req_network_path(rq, "/programmer"),
	    .inputs = inputs_view(rq, inputs, COUNT_OF(inputs)),
	};
	e = fill_rows(rq, &v);
	if (e == ERR_OK)
		e = webhooks_fill(rq, &m->hook, &v);
	if (e != ERR_OK)
		return e;
	bool refused = m->fault != NULL || m->hook.fault != NULL;
	tmpl_tokens(&rq->out, rq->lang, &v);
	return req_html_status(rq, refused ? 422 : 200);
}

enum err
tokens_page(struct req *rq, const struct webhook_form *hook)
{
	struct making m = {.hook = *hook};
	return show(rq, &m);
}

/* GET /netvaerk/N/programmer */
enum err
page_tokens(struct req *rq)
{
	struct making m = {.fault = NULL};
	return show(rq, &m);
}

/* POST /netvaerk/N/programmer: the only time that the token is shown. */
enum err
page_token_make(struct req *rq)
{
	struct making m = {.token = {.name = req_form(rq, S("name")),
			       .ends_us = rq->http->now_us + DAYS * DAY_US}};
	if (!id_parse(req_form(rq, S("id")), &m.token.id) ||
	    !str_int(req_form(rq, S("rights")), &m.token.rights))
		return ERR_INVALID;
	m.fault = token_name_fault(m.token.name);
	if (m.fault != NULL)
		return show(rq, &m);
	enum err e =
	    token_make(rq->db, rq->arena, &rq->who, &m.token, &m.secret);
	if (e != ERR_OK)
		return e;
	m.used_form = m.secret.n == 0;
	m.token.name = S("");
	return show(rq, &m);
}

/* POST /netvaerk/N/programmer/ID/slut */
enum err
page_token_end(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = token_end(rq->db, rq->arena, &rq->who, id);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/programmer");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
}
