/* SPDX-License-Identifier: MPL-2.0 */

/* A trial, for those who have a code and are asked: whether it helps, what
 * they say, and what came of it. */
#include "base/buf.h"
#include "model/consent.h"
#include "view_citizen_trial.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/shell.h"
#include "web/trial_view.h"
#include "web/visit.h"

struct page {
	struct req *rq;
	struct visit visit;
	struct trial trial;
	struct trial_reply reply;
	struct citizen_word_faults faults;
};

static struct str
own_href(const struct page *p)
{
	struct str rest =
	    STR_JOIN(p->rq->arena, S("/proeve/"), p->trial.record.id_text);
	return visit_href(p->rq, &p->visit, str_cstr(p->rq->arena, rest));
}

/* The visit and a trial that is for them.  false: *e is the answer. */
static bool
enter(struct page *p, enum err *e)
{
	struct req *rq = p->rq;
	*e = visit_enter(rq, req_param(rq, S("token")), &p->visit);
	if (*e == ERR_NOT_FOUND) {
		*e = visit_code(rq, true, 404);
		return false;
	}
	if (*e == ERR_OK)
		*e = trial_of(rq, &p->visit.citizen.in, &p->trial);
	if (*e == ERR_OK && !trial_is_for(&p->trial, &p->visit.citizen))
		*e = ERR_NOT_FOUND;
	return *e == ERR_OK;
}

/* ---- what it shows ---- */

static struct view_inputs
form_inputs(const struct page *p)
{
	struct input in[TRIAL_GOALS + 2] = {{0}};
	ptrdiff_t n = trial_inputs(p->rq, &p->trial, &p->reply, in);
	in[n++] = (struct input){.kind = INPUT_TEXT,
	    .name = "text",
	    .label = N_("What is good? What should be different?"),
	    .hint = N_("A few words are enough. Please name nobody."),
	    .value = p->reply.word.text,
	    .optional = true,
	    .fault = p->faults.text};
	in[n++] = (struct input){.kind = INPUT_RADIO,
	    .name = "scope",
	    .label = N_("Who may read your words?"),
	    .value = idea_scope_key(p->rq, p->reply.word.scope),
	    .optional = true,
	    .fault = p->faults.scope,
	    .choices = idea_readers};
	return inputs_view(p->rq, in, n);
}

static enum err
fill_result(const struct page *p, struct view_citizen_trial *v)
{
	struct trial_count count[TRIAL_GOALS];
	const struct trial *t = &p->trial;
	enum err e = trial_counts(
	    p->rq->db, p->rq->arena, &p->visit.citizen.in, t, count);
	if (e != ERR_OK)
		return e;
	struct view_citizen_trial_goals *rows = arena_new(
	    p->rq->arena, struct view_citizen_trial_goals, t->n_goals);
	for (ptrdiff_t i = 0; i < t->n_goals; i++)
		rows[i] =
		    (struct view_citizen_trial_goals){.goal = t->goal[i].goal,
			.outcome = choice_label(
			    p->rq, trial_outcomes, t->goal[i].outcome),
			.why = t->goal[i].why,
			.tally = trial_tally(p->rq, &count[i])};
	v->goals.p = rows;
	v->goals.n = t->n_goals;
	return ERR_OK;
}

/* Their own words, and what each led to. */
static enum err
fill_said(const struct page *p, struct view_citizen_trial *v)
{
	struct trial_saids all;
	enum err e = trial_feedback(
	    p->rq->db, p->rq->arena, &p->visit.citizen.in, &p->trial, &all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_trial_said *rows =
	    arena_new(p->rq->arena, struct view_citizen_trial_said, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct trial_said *s = &all.list[i];
		if (id_eq(s->person, p->visit.citizen.person.id))
			rows[n++] =
			    (struct view_citizen_trial_said){.words = s->words,
				.used = s->version > 0,
				.unused = s->unused};
	}
	v->said.p = rows;
	v->said.n = n;
	return ERR_OK;
}

static enum err
show(struct page *p)
{
	struct req *rq = p->rq;
	const struct record *r = &p->trial.record;
	bool under = p->visit.citizen.needs_guardian;
	struct view_citizen_trial v = {
	    .head = visit_head(rq, &p->visit, record_value(r, "title")),
	    .foot = shell_foot(rq),
	    .title = record_value(r, "title"),
	    .what = record_value(r, "what"),
	    .part = record_value(r, "part"),
	    .when = trial_when(rq, &p->trial),
	    .verdict =
		choice_label(rq, trial_verdicts, record_value(r, "verdict")),
	    .reason = record_value(r, "reason"),
	    .thanks = req_query(rq, S("tak")).n > 0 && !p->faults.any,
	    .waits_for_guardian = under && trial_listens(&p->trial),
	    .listens = !under && trial_listens(&p->trial),
	    .action = own_href(p),
	    .id = id_text(rq->arena, p->reply.word.id),
	    .words_href = visit_href(rq, &p->visit, "/ord"),
	    .back = visit_href(rq, &p->visit, ""),
	    .inputs = form_inputs(p),
	};
	enum err e = fill_result(p, &v);
	if (e == ERR_OK)
		e = fill_said(p, &v);
	if (e != ERR_OK)
		return e;
	tmpl_citizen_trial(&rq->out, rq->lang, &v);
	return req_html_status(rq, p->faults.any ? 422 : 200);
}

/* GET /c/CODE/proeve/ID */
enum err
page_citizen_trial(struct req *rq)
{
	enum err e;
	struct page p = {.rq = rq,
	    .reply.word = {.id = id_new(rq->http->now_us), .scope = -1}};
	if (!enter(&p, &e))
		return e;
	p.reply.person = p.visit.citizen.person.id;
	e = trial_reply_get(
	    rq->db, rq->arena, &p.visit.citizen.in, &p.trial, &p.reply);
	return e == ERR_OK ? show(&p) : e;
}

/* POST /c/CODE/proeve/ID: what is wrong comes back with all that was typed; a
 * trial that was decided meanwhile shows what came of it. */
enum err
page_citizen_tries(struct req *rq)
{
	enum err e;
	struct page p = {.rq = rq,
	    .reply.word = {.text = req_form(rq, S("text")),
		.scope = idea_scope_typed(rq)}};
	if (!id_parse(req_form(rq, S("id")), &p.reply.word.id))
		return ERR_INVALID;
	if (!enter(&p, &e))
		return e;
	trial_typed(rq, &p.trial, &p.reply);
	if (str_trim(p.reply.word.text).n > 0)
		citizen_word_check(&p.reply.word, &p.faults);
	if (p.faults.any)
		return show(&p);
	e = trial_hears(
	    rq->db, rq->arena, &p.visit.citizen, &p.trial, &p.reply);
	struct str back = own_href(&p);
	if (e == ERR_CONFLICT)
		return req_redirect(rq, "%.*s", STR_ARG(back));
	return e == ERR_OK ? req_redirect(rq, "%.*s&tak=1", STR_ARG(back)) : e;
}
