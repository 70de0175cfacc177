/* SPDX-License-Identifier: MPL-2.0 */

/* Somebody wants to be deleted, and it cannot be done at once. */
#include "model/erasure.h"
#include "view_erasure.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

enum { FACTS = 6, INPUTS = 3 };

static const struct choice STEPS[] = {
    {"longer", N_("It takes two months more")},
    {"refuse", N_("It is refused")},
    {NULL, NULL},
};

struct wish {
	const struct plan *plan;
	struct person person;
	struct erasure now;
	bool asked;
	struct str step, ground, text; /* typed */
	bool typed;
};

static enum err
load(struct req *rq, struct wish *w)
{
	struct id id;
	*w = (struct wish){0};
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &w->plan);
	if (e == ERR_OK)
		e = person_get(rq->db, rq->arena, &rq->who, id, &w->person);
	if (e != ERR_OK)
		return e;
	e = erasure_get(rq->db, rq->arena, &rq->who, id, &w->now);
	w->asked = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static struct str
day_of(struct req *rq, int64_t us)
{
	return us == 0 ? S("")
		       : lang_date(rq->arena, rq->lang, date_danish(us));
}

static void
fill_facts(struct req *rq, const struct wish *w, struct view_erasure *v)
{
	struct facts f = facts_new(rq, FACTS);
	const struct erasure *e = &w->now;
	bool refused = e->answered_us != 0;
	facts_add(&f, req_tr(rq, "Asked on"), day_of(rq, e->asked_us));
	facts_add(&f, req_tr(rq, "The answer is due"),
	    lang_date(rq->arena, rq->lang, e->due));
	facts_add(&f, req_tr(rq, "Why it takes longer"), e->longer);
	facts_add(&f, req_tr(rq, "Refused on"), day_of(rq, e->answered_us));
	facts_add(&f, req_tr(rq, "Ground in law"),
	    refused ? person_choice(rq, erasure_grounds, e->ground) : S(""));
	facts_add(&f, req_tr(rq, "Why"), e->note);
	v->facts = facts_view(&f);
}

static void
fill_inputs(struct req *rq, const struct wish *w, struct view_erasure *v)
{
	bool refuse = str_eq(w->step, S("refuse"));
	bool longer = str_eq(w->step, S("longer"));
	bool no_ground = refuse && !erasure_ground_ok(w->ground);
	struct input in[INPUTS] = {
	    {.kind = INPUT_RADIO,
		.name = "step",
		.label = N_("What is the answer?"),
		.value = w->step,
		.choices = STEPS,
		.fault = w->typed && !refuse && !longer
		    ? N_("Choose one of them.")
		    : NULL},
	    {.kind = INPUT_SELECT,
		.name = "ground",
		.label = N_("Ground in law, when it is refused"),
		.value = w->ground,
		.optional = true,
		.choices = erasure_grounds,
		.fault = w->typed && no_ground ? N_("Choose the ground in law.")
					       : NULL},
	    {.kind = INPUT_TEXT,
		.name = "text",
		.label = N_("Why"),
		.hint = N_("In plain words: the person gets to know it."),
		.value = w->text,
		.fault = w->typed ? erasure_text_fault(w->text) : NULL},
	};
	v->inputs = inputs_view(rq, in, INPUTS);
}

static enum err
show(struct req *rq, const struct wish *w, int status)
{
	struct view_erasure v = {
	    .code = person_code(rq->arena, w->person.number),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .action = person_href(rq, w->person.id, "/sletteoenske"),
	    .back = person_href(rq, w->person.id, ""),
	    .asked = w->asked,
	    .open = w->asked && w->now.answered_us == 0,
	    .refused = w->asked && w->now.answered_us != 0,
	};
	v.head = person_head(
	    rq, w->plan, req_tr1(rq, "The wish of %1 to be deleted", v.code));
	fill_facts(rq, w, &v);
	fill_inputs(rq, w, &v);
	tmpl_erasure(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/personer/ID/sletteoenske */
enum err
page_erasure(struct req *rq)
{
	struct wish w;
	enum err e = load(rq, &w);
	return e == ERR_OK ? show(rq, &w, 200) : e;
}

static enum err
take_step(struct req *rq, const struct wish *w)
{
	struct erasure r = {
	    .person = w->person.id, .ground = w->ground, .note = w->text};
	if (str_eq(w->step, S("ask")))
		return erasure_ask(rq->db, rq->arena, &rq->who, w->person.id);
	if (str_eq(w->step, S("longer")))
		return erasure_longer(
		    rq->db, rq->arena, &rq->who, w->person.id, w->text);
	if (str_eq(w->step, S("refuse")))
		return erasure_refuse(rq->db, rq->arena, &rq->who, &r);
	return ERR_INVALID;
}

/* POST /netvaerk/N/personer/ID/sletteoenske */
enum err
page_erasure_step(struct req *rq)
{
	struct wish w;
	enum err e = load(rq, &w);
	if (e != ERR_OK)
		return e;
	w.typed = true;
	w.step = req_form(rq, S("step"));
	w.ground = req_form(rq, S("ground"));
	w.text = req_form(rq, S("text"));
	e = take_step(rq, &w);
	if (e == ERR_INVALID)
		return show(rq, &w, 422);
	if (e != ERR_OK)
		return e;
	struct str href = person_href(rq, w.person.id, "/sletteoenske");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}
