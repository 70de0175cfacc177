/* SPDX-License-Identifier: MPL-2.0 */

/* The brief for who decides: on a phone, and on two sheets of paper. */
#include "view_brief.h"
#include "web/brief.h"
#include "web/decision_view.h"
#include "web/leaving.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/sheet.h"
#include "web/shell.h"

struct sheet {
	struct decision d;
	struct brief b;
};

static enum err
load(struct req *rq, struct sheet *s)
{
	enum err e = decision_at(rq, &rq->who, &s->d);
	return e == ERR_OK ? brief_load(rq, &s->d, &s->b) : e;
}

static void
fill_said(struct req *rq, const struct quote *const *list, ptrdiff_t n,
    struct view_brief_insights_said *out)
{
	for (ptrdiff_t i = 0; i < n; i++)
		out[i].words = brief_quote(rq, list[i]);
}

static void
fill_insights(struct req *rq, const struct brief *b, struct view_brief *v)
{
	struct view_brief_insights *rows =
	    arena_new(rq->arena, struct view_brief_insights, b->n_insights);
	for (ptrdiff_t i = 0; i < b->n_insights; i++) {
		const struct brief_insight *in = &b->insight[i];
		struct view_brief_insights_said *said = arena_new(
		    rq->arena, struct view_brief_insights_said, BRIEF_QUOTES);
		struct view_brief_insights_against *against =
		    arena_new(rq->arena, struct view_brief_insights_against,
			BRIEF_QUOTES);
		fill_said(rq, in->said, in->n_said, said);
		for (ptrdiff_t j = 0; j < in->n_against; j++)
			against[j].words = brief_quote(rq, in->against[j]);
		rows[i] =
		    (struct view_brief_insights){.statement = in->statement,
			.strength = in->strength,
			.contradicted = in->contradicted,
			.said = {said, in->n_said},
			.against = {against, in->n_against}};
	}
	v->insights.p = rows;
	v->insights.n = b->n_insights;
}

static void
fill_lists(struct req *rq, const struct brief *b, struct view_brief *v)
{
	struct view_brief_groups *groups =
	    arena_new(rq->arena, struct view_brief_groups, b->heard.n);
	struct view_brief_options *options =
	    arena_new(rq->arena, struct view_brief_options, b->n_options);
	for (ptrdiff_t i = 0; i < b->heard.n; i++)
		groups[i] = (struct view_brief_groups){
		    .name = b->heard.list[i].name,
		    .voices = req_tr1(rq, "%1 voices", b->heard.list[i].words),
		    .silent = b->heard.list[i].voices == 0};
	for (ptrdiff_t i = 0; i < b->n_options; i++)
		options[i].words = b->option[i];
	v->groups.p = groups;
	v->groups.n = b->heard.n;
	v->options.p = options;
	v->options.n = b->n_options;
}

/* GET /netvaerk/N/beslutninger/ID/oplaeg */
enum err
page_brief(struct req *rq)
{
	struct sheet *s = arena_new(rq->arena, struct sheet, 1);
	enum err e = load(rq, s);
	if (e != ERR_OK)
		return e;
	const struct record *r = &s->d.record;
	struct view_brief v = {
	    .head = decision_head(rq, s->b.plan, record_value(r, "title")),
	    .foot = shell_foot(rq),
	    .title = record_value(r, "title"),
	    .body = record_value(r, "body"),
	    .due = decision_day(rq, &s->d, "due"),
	    .question = record_value(r, "question"),
	    .room = record_value(r, "room"),
	    .fixed = record_value(r, "fixed"),
	    .cost = record_value(r, "cost"),
	    .skew = s->b.skew,
	    .outcome = decision_outcome(rq, &s->d),
	    .taken = decision_day(rq, &s->d, "taken"),
	    .reason = record_value(r, "reason"),
	    .hand_out = {.csrf = req_csrf(rq),
		.pdf = decision_href(rq, r->id, "/oplaeg.pdf"),
		.odt = decision_href(rq, r->id, "/oplaeg.odt"),
		.odp = decision_href(rq, r->id, "/oplaeg.odp"),
		.txt = decision_href(rq, r->id, "/oplaeg.txt")},
	    .decides = actor_may(&rq->who, CAP_DECIDE) &&
		s->d.state < DECISION_REASONED,
	};
	v.decide_href = decision_href(rq, r->id, v.decides ? "#afgoer" : "");
	fill_insights(rq, &s->b, &v);
	fill_lists(rq, &s->b, &v);
	tmpl_brief(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- as a file ---- */

static void
add_quotes(struct ids *ids, const struct quote *const *list, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++)
		ids->list[ids->n++] = list[i]->contribution;
}

static enum err
make(struct req *rq, struct doc **out)
{
	struct sheet *s = arena_new(rq->arena, struct sheet, 1);
	struct ids held = {
	    arena_new(rq->arena, struct id, 2 * BRIEF_INSIGHTS * BRIEF_QUOTES),
	    0};
	enum err e = load(rq, s);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < s->b.n_insights; i++) {
		const struct brief_insight *in = &s->b.insight[i];
		add_quotes(&held, in->said, in->n_said);
		add_quotes(&held, in->against, in->n_against);
	}
	leaving_note(rq, SCOPE_DECISION, S("brief"), &held);
	*out = brief_doc(rq, &s->b);
	return ERR_OK;
}

/* POST /netvaerk/N/beslutninger/ID/oplaeg.pdf, .odt, .odp, .txt */
enum err
page_brief_file(struct req *rq)
{
	struct doc *doc;
	enum err e = make(rq, &doc);
	return e == ERR_OK ? sheet_file(rq, doc, "oplaeg") : e;
}
