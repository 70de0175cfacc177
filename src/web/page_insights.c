/* SPDX-License-Identifier: MPL-2.0 */

/* What the network has understood: each insight with what it rests on and what
 * speaks against it, who has spoken and who has not. */
#include "base/buf.h"
#include "model/evidence.h"
#include "view_insights.h"
#include "web/gate.h"
#include "web/heard.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

static const struct section_spec section = {KIND_INSIGHT, N_("Insights"),
    N_("One sentence each, and what it rests on."), NULL,
    N_("No insights yet."), false};

/* ---- what each rests on ---- */

static struct str
strength_words(struct req *rq, const struct strength *s)
{
	if (s->people == 0)
		return req_tr(rq, "Rests on nothing yet");
	if (s->people == 1)
		return req_tr(rq, "One voice alone");
	return req_tr1(
	    rq, "Rests on %1 people", lang_int(rq->arena, rq->lang, s->people));
}

static void
fill_voices(struct req *rq, const struct evidences *all, struct id insight,
    struct view_insights_insights *v)
{
	struct view_insights_insights_voices *rows =
	    arena_new(rq->arena, struct view_insights_insights_voices, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct evidence *e = &all->list[i];
		if (!id_eq(e->insight, insight))
			continue;
		rows[n++] = (struct view_insights_insights_voices){
		    .href = voice_href(rq, e->contribution, ""),
		    .words = e->words,
		    .kind = person_choice(rq, contribution_kinds, e->kind),
		    .who = e->alias,
		    .against = e->against,
		    .contribution = id_text(rq->arena, e->contribution)};
	}
	v->voices.p = rows;
	v->voices.n = n;
}

static enum err
fill_insights(struct req *rq, const struct plan *plan, struct view_insights *v)
{
	struct evidences evidence;
	struct strengths strengths;
	const struct records *all = &plan->of[KIND_INSIGHT];
	enum err e = evidence_list(rq->db, rq->arena, &rq->who, &evidence);
	if (e == ERR_OK)
		e = evidence_strengths(rq->db, rq->arena, &rq->who, &strengths);
	if (e != ERR_OK)
		return e;
	struct view_insights_insights *rows =
	    arena_new(rq->arena, struct view_insights_insights, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct strength s = evidence_strength(&strengths, r->id);
		const struct record *question =
		    plan_ref(plan, KIND_QUESTION, record_value(r, "question"));
		rows[i] = (struct view_insights_insights){.id = r->id_text,
		    .statement = record_value(r, "statement"),
		    .strength = strength_words(rq, &s),
		    .weak = s.people<2, .contradicted = s.against> 0,
		    .question = question == NULL
			? S("")
			: plan_title(plan, rq->arena, question)};
		fill_voices(rq, &evidence, r->id, &rows[i]);
	}
	v->insights.p = rows;
	v->insights.n = all->n;
	return ERR_OK;
}

/* ---- who has spoken ---- */

static enum err
fill_groups(struct req *rq, const struct plan *plan, const struct skew *skew,
    struct view_insights *v)
{
	struct heard heard;
	bool few = !actor_may(&rq->who, CAP_PEOPLE);
	enum err e = heard_groups(rq, plan, skew, few, &heard);
	if (e != ERR_OK)
		return e;
	struct view_insights_groups *rows =
	    arena_new(rq->arena, struct view_insights_groups, heard.n);
	for (ptrdiff_t i = 0; i < heard.n; i++)
		rows[i] =
		    (struct view_insights_groups){.name = heard.list[i].name,
			.heard = heard.list[i].words,
			.wanted = heard.list[i].wanted,
			.silent = heard.list[i].voices == 0};
	struct view_insights_kinds *kinds =
	    arena_new(rq->arena, struct view_insights_kinds, heard.n_kinds);
	for (ptrdiff_t i = 0; i < heard.n_kinds; i++)
		kinds[i] =
		    (struct view_insights_kinds){.name = heard.kind[i].name,
			.heard = heard.kind[i].words,
			.silent = heard.kind[i].voices == 0};
	v->kinds.p = kinds;
	v->kinds.n = heard.n_kinds;
	if (heard.distance >= 0)
		v->distance = lang_int(
		    rq->arena, rq->lang, (int64_t)(100 * heard.distance + 0.5));
	v->groups.p = rows;
	v->groups.n = heard.n;
	return ERR_OK;
}

/* R8, and who is silent. */
static enum err
fill_skew(struct req *rq, const struct plan *plan, struct view_insights *v)
{
	struct skew skew;
	struct rules rules;
	enum err e = heard_skew(rq, &skew, &rules);
	if (e != ERR_OK)
		return e;
	v->notes = gate_notes(rq, &rules);
	return fill_groups(rq, plan, &skew, v);
}

/* ---- the page ---- */

enum err
insights_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_insights v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Insights")),
	    .foot = shell_foot(rq),
	    .voices_href = req_network_path(rq, "/stemmer"),
	    .action = req_network_path(rq, "/indsigter/grundlag"),
	    .csrf = req_csrf(rq),
	    .can_edit = actor_may(&rq->who, CAP_EDIT),
	    .section = section_view(rq, plan, edit, &section),
	};
	e = fill_insights(rq, plan, &v);
	if (e == ERR_OK)
		e = fill_skew(rq, plan, &v);
	if (e != ERR_OK)
		return e;
	tmpl_insights(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/indsigter */
enum err
page_insights(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "indsigter", &edit);
	return e == ERR_OK ? insights_show(rq, &edit, 200) : e;
}

/* POST /netvaerk/N/indsigter/grundlag: for, against, or no longer. */
enum err
page_evidence(struct req *rq)
{
	struct str stance = req_form(rq, S("stance"));
	struct evidence ev = {.against = str_eq(stance, S("against"))};
	if (!id_parse(req_form(rq, S("insight")), &ev.insight) ||
	    !id_parse(req_form(rq, S("contribution")), &ev.contribution))
		return ERR_INVALID;
	enum err e = str_eq(stance, S("none"))
	    ? evidence_drop(
		  rq->db, rq->arena, &rq->who, ev.insight, ev.contribution)
	    : evidence_put(rq->db, rq->arena, &rq->who, &ev);
	if (e != ERR_OK)
		return e;
	struct str path = req_network_path(rq, "/indsigter");
	struct str id = id_text(rq->arena, ev.insight);
	return req_redirect(
	    rq, "%.*s#grundlag-%.*s", STR_ARG(path), STR_ARG(id));
}
