/* SPDX-License-Identifier: MPL-2.0 */

/* Rounds of priorities: all of them, and one with its options and its state. */
#include "base/buf.h"
#include "model/tally.h"
#include "view_round.h"
#include "view_rounds.h"
#include "web/faults.h"
#include "web/idea_view.h"
#include "web/page_plan.h"
#include "web/page_round.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/round_view.h"
#include "web/shell.h"
#include "web/take_off.h"

static const struct section_spec section = {KIND_ROUND,
    N_("Rounds in the plan"), N_("What is asked, and how one votes."), NULL,
    N_("No rounds yet."), false};

static struct str
state_words(struct req *rq, const struct round *r)
{
	static const char *const words[] = {[ROUND_DRAFT] = N_("Draft"),
	    [ROUND_OPEN] = N_("Open"),
	    [ROUND_CLOSED] = N_("Closed")};
	return req_tr(rq, words[r->state]);
}

/* ---- all of them ---- */

enum err
rounds_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	struct rounds all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = round_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_rounds v = {
	    .head = round_head(rq, plan, req_tr(rq, "Priorities")),
	    .foot = shell_foot(rq),
	    .section = section_view(rq, plan, edit, &section),
	};
	struct view_rounds_rounds *rows =
	    arena_new(rq->arena, struct view_rounds_rounds, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct round *r = &all.list[i];
		rows[i] = (struct view_rounds_rounds){
		    .href = round_href(rq, r->record.id, ""),
		    .question = record_value(&r->record, "question"),
		    .state = state_words(rq, r),
		    .method = req_tr(rq, round_methods[r->method].label),
		    .when = round_when(rq, r)};
	}
	v.rounds.p = rows;
	v.rounds.n = all.n;
	tmpl_rounds(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/prioritering */
enum err
page_rounds(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "prioritering", &edit);
	return e == ERR_OK ? rounds_show(rq, &edit, 200) : e;
}

/* ---- one ---- */

static bool
is_there(const struct plan *plan, const struct round_option *o)
{
	return id_is_set(o->idea) &&
	    plan_find(plan, KIND_IDEA, o->idea) != NULL;
}

static const struct view_take_off *
off_of(struct req *rq, const struct round *r, const struct round_option *o)
{
	return take_off_view(rq,
	    &(struct take_off){
		round_href(rq, r->record.id, "/muligheder/fjern"), o->title,
		o->number, r->n_options});
}

static void
fill_options(struct req *rq, const struct plan *plan, const struct round *r,
    struct view_round *v)
{
	struct view_round_options *rows =
	    arena_new(rq->arena, struct view_round_options, r->n_options);
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		const struct round_option *o = &r->option[i];
		rows[i] = (struct view_round_options){.number = o->number,
		    .title = o->title,
		    .cost =
			round_has_costs(r) ? round_money(rq, o->cost) : S(""),
		    .about = o->about,
		    .idea_href =
			is_there(plan, o) ? idea_href(rq, o->idea, "") : S(""),
		    .off = v->is_draft ? off_of(rq, r, o) : NULL};
	}
	v->options.p = rows;
	v->options.n = r->n_options;
}

static enum err
fill_turnout(struct req *rq, const struct round *r, struct view_round *v)
{
	struct turnouts all;
	enum err e = round_turnout(rq->db, rq->arena, &rq->who, r, &all);
	if (e != ERR_OK)
		return e;
	struct view_round_turnout *rows =
	    arena_new(rq->arena, struct view_round_turnout, ROUND_SIDES);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		struct view_round_turnout *row = &rows[all.list[i].side];
		row->voted += all.list[i].voted;
		row->could += all.list[i].could;
	}
	for (int side = 0; side < ROUND_SIDES; side++)
		rows[side].side =
		    req_tr(rq, round_side_label((enum round_side)side));
	v->turnout.p = rows;
	v->turnout.n = ROUND_SIDES;
	return ERR_OK;
}

static struct view_inputs
option_inputs(struct req *rq, const struct round *r, struct str typed,
    const struct round_fault *fault)
{
	const struct input in = {.kind = INPUT_TEXT,
	    .name = "options",
	    .label = N_("More options, one a line"),
	    .hint = round_has_costs(r)
		? N_("A name; the price in kroner; more about it")
		: N_("A name; nothing or a price; more about it"),
	    .value = typed,
	    .fault = fault->message,
	    .about = lang_int(rq->arena, rq->lang, fault->row),
	    .rows = 7};
	return inputs_view(rq, &in, 1);
}

static void
fill_ways(struct req *rq, const struct round *r, struct view_round *v)
{
	struct id id = r->record.id;
	bool edits = actor_may(&rq->who, CAP_EDIT);
	v->may_edit = edits;
	v->is_draft = edits && r->state == ROUND_DRAFT;
	v->is_open = r->state == ROUND_OPEN;
	v->may_close = edits;
	v->list_href = req_network_path(rq, "/prioritering");
	v->plan_href = v->list_href;
	if (edits && r->state != ROUND_CLOSED)
		v->plan_href = edit_href(rq, "prioritering", &r->record);
	if (round_takes(r, rq->http->now_us))
		v->vote_href = round_href(rq, id, "/stem");
	if (r->state == ROUND_OPEN && actor_may(&rq->who, CAP_AGENDA) &&
	    r->method != ROUND_PAIRWISE && r->method != ROUND_VALUE)
		v->paper_href = round_href(rq, id, "/papir");
	if (v->is_draft && r->method == ROUND_PAIRWISE)
		v->import_href = round_href(rq, id, "/import");
	v->add_action = round_href(rq, id, "/muligheder");
	v->open_action = round_href(rq, id, "/aabn");
	v->close_action = round_href(rq, id, "/luk");
	v->csrf = req_csrf(rq);
	v->add_key = req_new_key(rq);
	v->state_key = req_new_key(rq);
}

/* What can be ticked in a draft; only a form of these comes back so. */
static enum err
fill_ideas(struct req *rq, const struct round *r, const struct round_form *form,
    struct view_round *v)
{
	struct round_ideas_form ideas;
	enum err e = round_ideas_form(rq, r, &ideas);
	if (e != ERR_OK)
		return e;
	v->ideas = ideas.inputs;
	v->has_ideas = ideas.n > 0;
	v->ideas_action = round_href(rq, r->record.id, "/muligheder/ideer");
	v->ideas_key = req_new_key(rq);
	if (form->ideas_fault != NULL)
		v->ideas.faults =
		    faults_sentence(rq, req_tr(rq, form->ideas_fault));
	return ERR_OK;
}

enum err
round_page(struct req *rq, const struct round *r, const struct round_form *form)
{
	const struct plan *plan;
	bool seen;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = tally_is_seen(rq->db, rq->arena, &rq->who, r, &seen);
	if (e != ERR_OK)
		return e;
	const char *missing = round_missing(r, rq->http->now_us);
	struct str question = record_value(&r->record, "question");
	struct view_round v = {
	    .head = round_head(rq, plan, question),
	    .foot = shell_foot(rq),
	    .question = question,
	    .about = record_value(&r->record, "about"),
	    .note = record_value(&r->record, "note"),
	    .state = state_words(rq, r),
	    .method = req_tr(rq, round_methods[r->method].label),
	    .when = round_when(rq, r),
	    .inputs = option_inputs(rq, r, form->typed, &form->fault),
	    .budget = round_has_costs(r) && r->budget > 0
		? round_money(rq, r->budget)
		: S(""),
	    .missing = missing == NULL ? S("") : req_tr(rq, missing),
	};
	if (seen)
		v.result_href = round_href(rq, r->record.id, "/resultat");
	fill_ways(rq, r, &v);
	fill_options(rq, plan, r, &v);
	if (v.is_open)
		e = fill_turnout(rq, r, &v);
	if (e == ERR_OK && v.is_draft)
		e = fill_ideas(rq, r, form, &v);
	if (e != ERR_OK)
		return e;
	bool refused =
	    form->fault.message != NULL || v.ideas.faults.heading.n > 0;
	tmpl_round(&rq->out, rq->lang, &v);
	return req_html_status(rq, refused ? 422 : 200);
}

/* GET /netvaerk/N/prioritering/ID */
enum err
page_round(struct req *rq)
{
	struct round r;
	enum err e = round_of(rq, &rq->who, &r);
	return e == ERR_OK ? round_page(rq, &r, &(struct round_form){0}) : e;
}

enum err
round_back(struct req *rq, const struct round *r)
{
	struct str path = round_href(rq, r->record.id, "");
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s", STR_ARG(path));
}

/* POST /netvaerk/N/prioritering/ID/muligheder */
enum err
page_round_options(struct req *rq)
{
	struct round r;
	struct round_options list;
	struct round_form form = {.typed = req_form(rq, S("options"))};
	enum err e = round_of(rq, &rq->who, &r);
	if (e != ERR_OK)
		return e;
	if (!round_options_read(rq->arena, &r, form.typed, &list, &form.fault))
		return round_page(rq, &r, &form);
	e = round_options_add(rq->db, rq->arena, &rq->who, &r, &list);
	if (e == ERR_TOO_LARGE) {
		form.fault.message =
		    N_("There are more options than a round may have.");
		return round_page(rq, &r, &form);
	}
	return e == ERR_OK ? round_back(rq, &r) : e;
}

/* POST /netvaerk/N/prioritering/ID/muligheder/fjern */
enum err
page_round_option_drop(struct req *rq)
{
	struct round r;
	int64_t number;
	enum err e = round_of(rq, &rq->who, &r);
	if (e != ERR_OK)
		return e;
	if (!take_off_posted(rq, r.n_options, &number))
		return ERR_INVALID;
	if (number != 0)
		e = round_option_drop(rq->db, rq->arena, &rq->who, &r, number);
	return e == ERR_OK ? round_back(rq, &r) : e;
}

/* POST /netvaerk/N/prioritering/ID/aabn: what is missing stands on the page. */
enum err
page_round_open(struct req *rq)
{
	struct round r;
	enum err e = round_of(rq, &rq->who, &r);
	if (e == ERR_OK)
		e = round_begin(rq->db, rq->arena, &rq->who, &r);
	return e == ERR_OK || e == ERR_CONFLICT ? round_back(rq, &r) : e;
}

/* POST /netvaerk/N/prioritering/ID/luk */
enum err
page_round_close(struct req *rq)
{
	struct round r;
	enum err e = round_of(rq, &rq->who, &r);
	if (e == ERR_OK && r.state == ROUND_OPEN)
		e = round_close(rq->db, rq->arena, &rq->who, &r);
	return e == ERR_OK ? round_back(rq, &r) : e;
}
