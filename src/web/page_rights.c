/* SPDX-License-Identifier: MPL-2.0 */

/* What one person asks about their own data: seen and answered by those who
 * look after people, asked by themselves with their code. */
#include "model/rights.h"
#include "view_citizen_rights.h"
#include "view_rights.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/visit.h"

enum { FACTS = 8, NEW_INPUTS = 3, STEP_INPUTS = 2, OWN_INPUTS = 2 };

static const struct choice STEPS[] = {
    {"granted", N_("It is done")},
    {"refused", N_("It is refused")},
    {"longer", N_("It takes two months more")},
    {NULL, NULL},
};

static const struct choice LIFTS[] = {
    {"lifted",
	N_("The ground is gone: it may be used again, once the person has "
	   "said anew who may read it")},
    {NULL, NULL},
};

/* In words for the person themselves. */
static const struct choice OWN[] = {
    {"access", N_("I want to see what you hold")},
    {"rectification", N_("Something is wrong")},
    {"restriction", N_("Do not use it for now")},
    {"objection", N_("I say no to your use of it")},
    {NULL, NULL},
};

struct asking {
	const struct plan *plan;
	struct person person;
	struct rights all;
	struct right typed; /* a new one */
	struct right_faults faults;
	struct id step_of; /* the one whose answer was refused */
	struct str step, text;
};

static enum err
load(struct req *rq, struct asking *s)
{
	struct id id;
	*s = (struct asking){0};
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &s->plan);
	if (e == ERR_OK)
		e = person_get(rq->db, rq->arena, &rq->who, id, &s->person);
	return e == ERR_OK ? rights_of(rq->db, rq->arena, &rq->who, id, &s->all)
			   : e;
}

static struct view_facts
facts_of(struct req *rq, const struct right *r)
{
	struct facts f = facts_new(rq, FACTS);
	bool open = r->outcome.n == 0;
	facts_add(&f, req_tr(rq, "Came on"),
	    lang_date(rq->arena, rq->lang, r->received));
	facts_add(&f, req_tr(rq, "The answer is due"),
	    open ? lang_date(rq->arena, rq->lang, r->due) : S(""));
	facts_add(&f, req_tr(rq, "What is asked"), r->text);
	facts_add(&f, req_tr(rq, "Why it takes longer"), r->longer);
	facts_add(&f, req_tr(rq, "Answer"),
	    choice_label(rq, right_outcomes, r->outcome));
	facts_add(&f, req_tr(rq, "Answered on"),
	    open ? S("")
		 : lang_date(rq->arena, rq->lang, date_danish(r->answered_us)));
	facts_add(&f, req_tr(rq, "In words"), r->answer);
	return facts_view(&f);
}

static struct str
state_of(struct req *rq, const struct right *r)
{
	if (r->outcome.n > 0)
		return choice_label(rq, right_outcomes, r->outcome);
	return right_late(r, date_danish(rq->who.now_us)) ? req_tr(rq, "Late")
							  : req_tr(rq, "Open");
}

/* ---- for those who answer ---- */

static bool
can_lift(const struct right *r)
{
	return str_eq(r->outcome, S("granted")) &&
	    (str_eq(r->kind, S("restriction")) ||
		str_eq(r->kind, S("objection")));
}

static struct view_inputs
step_inputs(struct req *rq, const struct asking *s, const struct right *r)
{
	bool typed = id_eq(s->step_of, r->id);
	const struct choice *steps = can_lift(r) ? LIFTS : STEPS;
	bool known = choice_find(steps, s->step) != NULL;
	struct input in[STEP_INPUTS] = {
	    {.kind = INPUT_RADIO,
		.name = "step",
		.label = N_("What is the answer?"),
		.value = typed ? s->step : S(""),
		.choices = steps,
		.fault = typed && !known ? N_("Choose one of them.") : NULL},
	    {.kind = INPUT_TEXT,
		.name = "text",
		.label = N_("In words"),
		.hint = N_("In plain words: the person gets to know it."),
		.value = typed ? s->text : S(""),
		.fault = typed ? erasure_text_fault(s->text) : NULL},
	};
	return inputs_view(rq, in, STEP_INPUTS);
}

static struct view_inputs
new_inputs(struct req *rq, const struct asking *s)
{
	struct input in[NEW_INPUTS] = {
	    {.kind = INPUT_RADIO,
		.name = "kind",
		.label = N_("What do they ask?"),
		.value = s->typed.kind,
		.choices = right_kinds,
		.fault = s->faults.kind},
	    {.kind = INPUT_DATE,
		.name = "received",
		.label = N_("The day it came"),
		.value = date_iso(rq->arena, s->typed.received),
		.fault = s->faults.received},
	    {.kind = INPUT_TEXT,
		.name = "what",
		.label = N_("In their words"),
		.optional = true,
		.value = s->typed.text,
		.fault = s->faults.text},
	};
	return inputs_view(rq, in, NEW_INPUTS);
}

/* The one with a form, as a page has one form of each name: the one whose
 * answer was refused, that was chosen, that waits, or that can be lifted. */
static struct id
chosen_of(struct req *rq, const struct asking *s)
{
	struct id id = s->step_of;
	if (id_is_set(id) || id_parse(req_query(rq, S("ret")), &id))
		return id;
	for (ptrdiff_t i = s->all.n - 1; i >= 0; i--) {
		if (s->all.list[i].outcome.n == 0)
			return s->all.list[i].id; /* the oldest */
	}
	for (ptrdiff_t i = 0; i < s->all.n; i++) {
		if (can_lift(&s->all.list[i]))
			return s->all.list[i].id;
	}
	return id;
}

static void
fill_rights(struct req *rq, const struct asking *s, struct view_rights *v)
{
	bool may = actor_may(&rq->who, CAP_ASK) && !s->faults.any;
	struct view_rights_rights *list =
	    arena_new(rq->arena, struct view_rights_rights, s->all.n);
	struct id form = chosen_of(rq, s);
	for (ptrdiff_t i = 0; i < s->all.n; i++) {
		const struct right *r = &s->all.list[i];
		bool open = r->outcome.n == 0 || can_lift(r);
		bool chosen = id_eq(form, r->id);
		list[i] = (struct view_rights_rights){
		    .anchor = str_cat(
			rq->arena, S("svar-"), id_text(rq->arena, r->id)),
		    .id = id_text(rq->arena, r->id),
		    .key = req_new_key(rq),
		    .kind = choice_label(rq, right_kinds, r->kind),
		    .state = state_of(rq, r),
		    .facts = facts_of(rq, r),
		    .can_step = may && open && chosen,
		    .href = may && open && !chosen
			? STR_JOIN(rq->arena, v->action, S("?ret="),
			      id_text(rq->arena, r->id))
			: S(""),
		};
		if (list[i].can_step)
			list[i].inputs = step_inputs(rq, s, r);
	}
	v->rights.p = list;
	v->rights.n = s->all.n;
}

static enum err
show(struct req *rq, struct asking *s, int status)
{
	struct view_rights v = {
	    .code = person_code(rq->arena, s->person.number),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .new_key = req_new_key(rq),
	    .new_id = id_text(rq->arena, id_new(rq->http->now_us)),
	    .action = person_href(rq, s->person.id, "/anmodning"),
	    .back = person_href(rq, s->person.id, ""),
	    .wish_href = person_href(rq, s->person.id, "/sletteoenske"),
	    .any = s->all.n > 0,
	    .can_ask = actor_may(&rq->who, CAP_ASK) && !id_is_set(s->step_of) &&
		!str_eq(s->person.state, S("erased")),
	};
	if (!s->faults.any && s->typed.received.year == 0)
		s->typed.received = date_danish(rq->who.now_us);
	v.head = person_head(
	    rq, s->plan, req_tr1(rq, "What %1 asks about their data", v.code));
	v.inputs = new_inputs(rq, s);
	fill_rights(rq, s, &v);
	tmpl_rights(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/personer/ID/anmodning */
enum err
page_rights(struct req *rq)
{
	struct asking s;
	enum err e = load(rq, &s);
	return e == ERR_OK ? show(rq, &s, 200) : e;
}

static struct right_faults
too_many(void)
{
	return (struct right_faults){.any = true,
	    .text = N_("Ten questions wait already. They are answered first.")};
}

static enum err
note(struct req *rq, struct asking *s)
{
	s->typed = (struct right){.person = s->person.id,
	    .kind = req_form(rq, S("kind")),
	    .text = req_form(rq, S("what"))};
	(void)!date_parse(req_form(rq, S("received")), &s->typed.received);
	s->faults = right_check(&s->typed, date_danish(rq->who.now_us));
	if (s->faults.any || !id_parse(req_form(rq, S("id")), &s->typed.id))
		return ERR_INVALID;
	enum err e = right_add(rq->db, rq->arena, &rq->who, &s->typed);
	if (e == ERR_CONFLICT)
		s->faults = too_many();
	return e == ERR_CONFLICT ? ERR_INVALID : e;
}

/* The one of this person that is answered. */
static enum err
answer(struct req *rq, struct asking *s)
{
	struct right r;
	s->step = req_form(rq, S("step"));
	s->text = req_form(rq, S("text"));
	if (!id_parse(req_form(rq, S("ret")), &s->step_of))
		return ERR_NOT_FOUND;
	enum err e = right_get(rq->db, rq->arena, &rq->who, s->step_of, &r);
	if (e == ERR_OK && !id_eq(r.person, s->person.id))
		e = ERR_NOT_FOUND;
	if (e != ERR_OK)
		return e;
	r.outcome = s->step;
	r.answer = s->text;
	return str_eq(s->step, S("longer"))
	    ? right_longer(rq->db, rq->arena, &rq->who, r.id, s->text)
	    : right_answer(rq->db, rq->arena, &rq->who, &r);
}

/* POST /netvaerk/N/personer/ID/anmodning: noted, or answered. */
enum err
page_rights_step(struct req *rq)
{
	struct asking s;
	enum err e = load(rq, &s);
	if (e != ERR_OK)
		return e;
	e = str_eq(req_form(rq, S("step")), S("ask")) ? note(rq, &s)
						      : answer(rq, &s);
	if (e == ERR_INVALID)
		return show(rq, &s, 422);
	if (e != ERR_OK)
		return e;
	struct str href = person_href(rq, s.person.id, "/anmodning");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}

/* ---- for the person ---- */

static struct view_inputs
own_inputs(struct req *rq, const struct asking *s)
{
	struct input in[OWN_INPUTS] = {
	    {.kind = INPUT_RADIO,
		.name = "kind",
		.label = N_("What do you want?"),
		.value = s->typed.kind,
		.choices = OWN,
		.fault = s->faults.kind},
	    {.kind = INPUT_TEXT,
		.name = "what",
		.label = N_("Tell us more"),
		.optional = true,
		.value = s->typed.text,
		.fault = s->faults.text},
	};
	return inputs_view(rq, in, OWN_INPUTS);
}

static enum err
show_own(struct req *rq, const struct visit *v, struct asking *s)
{
	const struct citizen *c = &v->citizen;
	enum err e =
	    rights_of(rq->db, rq->arena, &c->in, c->person.id, &s->all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_rights_rights *list =
	    arena_new(rq->arena, struct view_citizen_rights_rights, s->all.n);
	for (ptrdiff_t i = 0; i < s->all.n; i++) {
		const struct right *r = &s->all.list[i];
		list[i] = (struct view_citizen_rights_rights){
		    .anchor = str_cat(
			rq->arena, S("svar-"), id_text(rq->arena, r->id)),
		    .kind = choice_label(rq, OWN, r->kind),
		    .refused = str_eq(r->outcome, S("refused")),
		    .facts = facts_of(rq, r)};
	}
	struct view_citizen_rights view = {
	    .head = visit_head(rq, v, req_tr(rq, "Ask about your data")),
	    .foot = shell_foot(rq),
	    .thanks = req_query(rq, S("tak")).n > 0,
	    .action = visit_href(rq, v, "/ret"),
	    .all_href = visit_href(rq, v, "/alt"),
	    .delete_href = visit_href(rq, v, "/slet"),
	    .back = visit_href(rq, v, ""),
	    .id = id_text(rq->arena, id_new(rq->http->now_us)),
	    .rights = {list, s->all.n},
	    .inputs = own_inputs(rq, s),
	};
	tmpl_citizen_rights(&rq->out, rq->lang, &view);
	return req_html_status(rq, s->faults.any ? 422 : 200);
}

/* GET /c/CODE/ret */
enum err
page_citizen_rights(struct req *rq)
{
	struct visit v = {0};
	struct asking s = {0};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	return e == ERR_OK ? show_own(rq, &v, &s) : e;
}

/* POST /c/CODE/ret */
enum err
page_citizen_asks(struct req *rq)
{
	struct visit v = {0};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &v);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e != ERR_OK)
		return e;
	struct date today = date_danish(rq->who.now_us);
	struct asking s = {.typed = {.person = v.citizen.person.id,
			       .kind = req_form(rq, S("kind")),
			       .text = req_form(rq, S("what")),
			       .received = today}};
	s.faults = right_check(&s.typed, today);
	if (s.faults.any)
		return show_own(rq, &v, &s);
	if (!id_parse(req_form(rq, S("id")), &s.typed.id))
		return ERR_INVALID;
	e = right_add(rq->db, rq->arena, &v.citizen.in, &s.typed);
	if (e == ERR_CONFLICT) {
		s.faults = too_many();
		return show_own(rq, &v, &s);
	}
	struct str back = visit_href(rq, &v, "/ret");
	return e == ERR_OK ? req_redirect(rq, "%.*s&tak=1", STR_ARG(back)) : e;
}
