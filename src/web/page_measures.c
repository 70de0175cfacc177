/* SPDX-License-Identifier: MPL-2.0 */

/* Measurements before and after: all of them, and one with its questions, its
 * rounds and how many have answered. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "report/qr.h"
#include "view_measure.h"
#include "view_measures.h"
#include "web/faults.h"
#include "web/measure_view.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/take_off.h"

static const struct section_spec section = {KIND_MEASURE,
    N_("Measurements in the plan"), N_("What is measured, and how."), NULL,
    N_("No measurements yet."), false};

/* ---- all of them ---- */

enum err
measures_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct records *all = &plan->of[KIND_MEASURE];
	struct view_measures v = {
	    .head = measure_head(rq, plan, req_tr(rq, "Before and after")),
	    .foot = shell_foot(rq),
	    .section = section_view(rq, plan, edit, &section),
	    .experience_href = req_network_path(rq, "/oplevelse"),
	};
	struct view_measures_rows *rows =
	    arena_new(rq->arena, struct view_measures_rows, all->n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++) {
		struct measure m;
		e = measure_get(
		    rq->db, rq->arena, &rq->who, all->list[i].id, &m);
		if (e == ERR_OK)
			rows[i] = (struct view_measures_rows){
			    .href = measure_href(rq, m.record.id, ""),
			    .title = record_value(&m.record, "title"),
			    .state = measure_state(rq, &m),
			    .design =
				req_tr(rq, measure_designs[m.design].label)};
	}
	if (e != ERR_OK)
		return e;
	v.rows.p = rows;
	v.rows.n = all->n;
	tmpl_measures(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/maalinger */
enum err
page_measures(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "maalinger", &edit);
	return e == ERR_OK ? measures_show(rq, &edit, 200) : e;
}

/* ---- one ---- */

/* What was typed in the forms about questions and the last day, and what is
 * wrong. */
struct typed {
	struct str bank, own, ends;
	const char *fault, *ends_fault; /* msgids or NULL */
};

static bool
has_item(const struct measure *m, struct str bank)
{
	for (ptrdiff_t i = 0; i < m->n_items; i++) {
		if (str_eq(m->item[i].bank, bank))
			return true;
	}
	return false;
}

/* Those of the bank that are not in it yet. */
static struct view_inputs
item_inputs(struct req *rq, const struct measure *m, const struct typed *typed)
{
	struct catalogue_items bank = catalogue_list(S("quality"));
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, bank.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < bank.n; i++) {
		if (has_item(m, bank.list[i].key))
			continue;
		list[n++] =
		    (struct view_input_options){.value = bank.list[i].key,
			.label = catalogue_name(&bank.list[i], rq->lang)};
	}
	const struct input in[] = {{.kind = INPUT_BOXES,
				       .name = "bank",
				       .label = N_("From the bank"),
				       .hint = N_("Choose three to six."),
				       .optional = true,
				       .value = typed->bank,
				       .options = {list, n}},
	    {.kind = INPUT_TEXT,
		.name = "own",
		.label = N_("Your own, one a line"),
		.hint = N_("As a sentence one can agree with, in everyday "
			   "words."),
		.optional = true,
		.value = typed->own,
		.fault = typed->fault}};
	return inputs_view(rq, in, COUNT_OF(in));
}

static const struct view_take_off *
off_of(struct req *rq, const struct measure *m, const struct measure_item *item)
{
	return take_off_view(rq,
	    &(struct take_off){
		measure_href(rq, m->record.id, "/spoergsmaal/fjern"),
		measure_item_text(item, rq->lang), item->number, m->n_items});
}

static void
fill_items(struct req *rq, const struct measure *m, struct view_measure *v)
{
	struct view_measure_items *rows =
	    arena_new(rq->arena, struct view_measure_items, m->n_items);
	for (ptrdiff_t i = 0; i < m->n_items; i++)
		rows[i] =
		    (struct view_measure_items){.number = m->item[i].number,
			.words = measure_item_text(&m->item[i], rq->lang),
			.off = v->is_draft ? off_of(rq, m, &m->item[i]) : NULL};
	v->items.p = rows;
	v->items.n = m->n_items;
}

/* Counts alone, and never who. */
static void
fill_rounds(struct req *rq, const struct measure *m, struct view_measure *v)
{
	struct view_measure_rounds *rows =
	    arena_new(rq->arena, struct view_measure_rounds, m->n_rounds);
	for (ptrdiff_t i = 0; i < m->n_rounds; i++) {
		const struct measure_round *r = &m->round[i];
		struct date opened = {0}, closed = {0};
		if (!date_parse(r->opened, &opened))
			opened = (struct date){0};
		bool over = date_parse(r->closed, &closed);
		rows[i] = (struct view_measure_rounds){
		    .name =
			measure_round_name(rq->arena, rq->lang, m, r->number),
		    .opened = lang_date(rq->arena, rq->lang, opened),
		    .closed =
			over ? lang_date(rq->arena, rq->lang, closed) : S(""),
		    .answered = r->answered,
		    .could = r->could};
	}
	v->rounds.p = rows;
	v->rounds.n = m->n_rounds;
}

static struct view_inputs
ends_input(struct req *rq, const struct measure *m, const struct typed *typed)
{
	const struct measure_round *now = measure_now(m);
	const struct input in = {.kind = INPUT_DATE,
	    .name = "ends",
	    .label = N_("Until when do you ask?"),
	    .hint = N_("It is told on paper. Those who were asked and want "
		       "mail are reminded once, three days before. You close "
		       "the round yourself."),
	    .optional = true,
	    .value = typed->ends_fault != NULL ? typed->ends
		: now != NULL		       ? now->ends
					       : S(""),
	    .fault = typed->ends_fault};
	return inputs_view(rq, &in, 1);
}

static bool
has_closed(const struct measure *m)
{
	return m->n_rounds > 0 && !m->round[0].open;
}

static void
fill_ways(struct req *rq, const struct measure *m, struct view_measure *v)
{
	struct id id = m->record.id;
	bool edits = actor_may(&rq->who, CAP_EDIT), open = measure_now(m);
	v->by_link = m->by_link;
	v->is_draft = edits && !m->begun;
	v->may_open = edits && !open;
	v->may_close = edits && open;
	v->list_href = req_network_path(rq, "/maalinger");
	v->plan_href =
	    edits ? edit_href(rq, "maalinger", &m->record) : v->list_href;
	if (has_closed(m))
		v->result_href = measure_href(rq, id, "/resultat");
	if (open && actor_may(&rq->who, CAP_AGENDA))
		v->paper_href = measure_href(rq, id, "/papir");
	if (open && actor_may(&rq->who, CAP_VAULT))
		v->ring_action = measure_href(rq, id, "/ring");
	if (m->n_items > 0)
		v->json_href = measure_href(rq, id, "/surveyjs.json");
	if (v->is_draft || v->may_close)
		v->in_href = measure_href(rq, id, "/hent");
	if (m->begun) {
		v->pdf_href = measure_href(rq, id, "/skema.pdf");
		v->odt_href = measure_href(rq, id, "/skema.odt");
	}
	if (m->by_link && m->begun) {
		v->address = measure_address(rq, m);
		v->qr_src = measure_href(rq, id, "/qr");
	}
	v->add_action = measure_href(rq, id, "/spoergsmaal");
	v->open_action = measure_href(rq, id, "/aabn");
	v->close_action = measure_href(rq, id, "/luk");
	v->ends_action = measure_href(rq, id, "/frist");
	v->csrf = req_csrf(rq);
	v->add_key = req_new_key(rq);
	v->ring_key = req_new_key(rq);
	v->state_key = req_new_key(rq);
}

static enum err
measure_show(struct req *rq, const struct measure *m, const struct typed *typed)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const char *missing = measure_missing(m);
	struct str title = record_value(&m->record, "title");
	struct view_measure v = {
	    .head = measure_head(rq, plan, title),
	    .foot = shell_foot(rq),
	    .title = title,
	    .purpose = record_value(&m->record, "purpose"),
	    .state = measure_state(rq, m),
	    .design = req_tr(rq, measure_designs[m->design].label),
	    .inputs = item_inputs(rq, m, typed),
	    .ends = ends_input(rq, m, typed),
	    .missing = missing == NULL ? S("") : req_tr(rq, missing),
	    .next = measure_round_name(rq->arena, rq->lang, m, m->n_rounds + 1),
	};
	fill_rounds(rq, m, &v);
	fill_ways(rq, m, &v);
	fill_items(rq, m, &v);
	tmpl_measure(&rq->out, rq->lang, &v);
	return req_html_status(
	    rq, typed->fault != NULL || typed->ends_fault != NULL ? 422 : 200);
}

/* GET /netvaerk/N/maalinger/ID */
enum err
page_measure(struct req *rq)
{
	struct measure m;
	enum err e = measure_of(rq, &rq->who, &m);
	return e == ERR_OK ? measure_show(rq, &m, &(struct typed){0}) : e;
}

static enum err
back_to(struct req *rq, const struct measure *m)
{
	struct str path = measure_href(rq, m->record.id, "");
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s", STR_ARG(path));
}

/* POST /netvaerk/N/maalinger/ID/spoergsmaal */
enum err
page_measure_items(struct req *rq)
{
	struct measure m;
	struct typed typed = {
	    .bank = req_form_all(rq, S("bank")), .own = req_form(rq, S("own"))};
	struct measure_more more = {.bank = typed.bank, .own = typed.own};
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK)
		e = measure_items_add(rq->db, rq->arena, &rq->who, &m, &more);
	if (e == ERR_TOO_LARGE) {
		typed.fault = N_("At most twelve questions of 200 characters "
				 "each. Take some out.");
		return measure_show(rq, &m, &typed);
	}
	return e == ERR_OK ? back_to(rq, &m) : e;
}

/* POST /netvaerk/N/maalinger/ID/spoergsmaal/fjern */
enum err
page_measure_item_drop(struct req *rq)
{
	struct measure m;
	int64_t number;
	enum err e = measure_of(rq, &rq->who, &m);
	if (e != ERR_OK)
		return e;
	if (!take_off_posted(rq, m.n_items, &number))
		return ERR_INVALID;
	if (number != 0)
		e = measure_item_drop(rq->db, rq->arena, &rq->who, &m, number);
	return e == ERR_OK ? back_to(rq, &m) : e;
}

/* POST /netvaerk/N/maalinger/ID/aabn: what is missing stands on the page. */
enum err
page_measure_open(struct req *rq)
{
	struct measure m;
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK)
		e = measure_begin_round(rq->db, rq->arena, &rq->who, &m);
	return e == ERR_OK || e == ERR_CONFLICT ? back_to(rq, &m) : e;
}

/* POST /netvaerk/N/maalinger/ID/frist */
enum err
page_measure_ends(struct req *rq)
{
	struct measure m;
	struct typed typed = {.ends = req_form(rq, S("ends"))};
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK && measure_now(&m) != NULL)
		e = measure_ends(rq->db, rq->arena, &rq->who, &m, typed.ends);
	if (e == ERR_INVALID) {
		typed.ends_fault = N_("Choose a day from today on.");
		return measure_show(rq, &m, &typed);
	}
	return e == ERR_OK ? back_to(rq, &m) : e;
}

/* POST /netvaerk/N/maalinger/ID/luk */
enum err
page_measure_close(struct req *rq)
{
	struct measure m;
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK && measure_now(&m) != NULL)
		e = measure_close_round(rq->db, rq->arena, &rq->who, &m);
	return e == ERR_OK ? back_to(rq, &m) : e;
}

/* GET /netvaerk/N/maalinger/ID/qr */
enum err
page_measure_qr(struct req *rq)
{
	struct measure m;
	enum err e = measure_of(rq, &rq->who, &m);
	if (e == ERR_OK && !m.by_link)
		e = ERR_NOT_FOUND;
	if (e != ERR_OK)
		return e;
	rq->response.status = 200;
	rq->response.type = S("image/svg+xml");
	rq->response.body = qr_svg(rq->arena, measure_address(rq, &m));
	return ERR_OK;
}
