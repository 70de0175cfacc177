/* SPDX-License-Identifier: MPL-2.0 */

/* What came of what they said, for those who have a code; and what they say to
 * that. */
#include "base/buf.h"
#include "model/reply.h"
#include "view_citizen_replies.h"
#include "web/decision_view.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/shell.h"
#include "web/visit.h"

struct page {
	struct req *rq;
	struct visit visit;
	struct replies_shown all;
	struct reply_reaction typed; /* decision not set: nothing is */
	bool fault;
};

/* The visit; false: *e is the answer. */
static bool
enter(struct page *p, enum err *e)
{
	struct req *rq = p->rq;
	*e = visit_enter(rq, req_param(rq, S("token")), &p->visit);
	if (*e == ERR_NOT_FOUND)
		*e = visit_code(rq, true, 404);
	else if (*e == ERR_OK)
		return true;
	return false;
}

static struct str
action_of(const struct page *p, struct id decision)
{
	struct str path = str_cat(
	    p->rq->arena, S("/resultat/"), id_text(p->rq->arena, decision));
	return visit_href(p->rq, &p->visit, str_cstr(p->rq->arena, path));
}

/* Each answer on the page has a form: "reaction-1a2b3c4d5e6f". */
static const char *
name_of(struct req *rq, const char *field, struct id decision)
{
	enum { LAST = 24 }; /* what ids made together differ in */
	struct str id = id_text(rq->arena, decision);
	return str_cstr(rq->arena,
	    STR_JOIN(rq->arena, str_c(field), S("-"), str_sub(id, LAST, id.n)));
}

static struct view_inputs
reaction_inputs(const struct page *p, const struct reply_shown *s)
{
	bool typed = id_eq(p->typed.decision, s->decision.record.id);
	bool fault = typed && p->fault;
	struct str words = typed ? p->typed.words : s->reply.reaction_words;
	bool asks = str_eq(p->typed.reaction, S("question"));
	const struct input in[] = {
	    {.kind = INPUT_RADIO,
		.name = name_of(p->rq, "reaction", s->decision.record.id),
		.label = N_("Choose one"),
		.value = typed ? p->typed.reaction : s->reply.reaction,
		.fault = fault && p->typed.reaction.n == 0
		    ? N_("Choose one of the three.")
		    : NULL,
		.choices = reply_reactions},
	    {.kind = INPUT_TEXT,
		.name = name_of(p->rq, "words", s->decision.record.id),
		.label = N_("Do you want to say more?"),
		.hint = N_("Please name nobody. We read it and call or write "
			   "if you ask."),
		.value = words,
		.optional = true,
		.fault = fault && p->typed.reaction.n > 0
		    ? (asks && words.n == 0
			      ? N_("Write your question.")
			      : N_("It is too long, or has a CPR number."))
		    : NULL}};
	return inputs_view(p->rq, in, COUNT_OF(in));
}

static void
fill_parts(struct req *rq, const struct reply_shown *s,
    struct view_citizen_replies_replies *v)
{
	struct view_citizen_replies_replies_parts *rows = arena_new(
	    rq->arena, struct view_citizen_replies_replies_parts, s->parts.n);
	struct view_citizen_replies_replies_news *news = arena_new(
	    rq->arena, struct view_citizen_replies_replies_news, s->news.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s->parts.n; i++) {
		const struct reply_part *p = &s->parts.list[i];
		if (p->link != NULL)
			rows[n++] = (struct view_citizen_replies_replies_parts){
			    .said = p->said,
			    .sentence =
				req_tr(rq, trace_sentence(p->link->grade)),
			    .words = p->link->words};
	}
	for (ptrdiff_t i = 0; i < s->news.n; i++)
		news[i] = (struct view_citizen_replies_replies_news){
		    .words = s->news.list[i].words,
		    .when = lang_date(rq->arena, rq->lang,
			date_danish(s->news.list[i].at_us))};
	v->parts.p = rows;
	v->parts.n = n;
	v->news.p = news;
	v->news.n = s->news.n;
}

static enum err
show(const struct page *p)
{
	struct req *rq = p->rq;
	struct view_citizen_replies v = {
	    .head = visit_head(rq, &p->visit, req_tr(rq, "What it led to")),
	    .foot = shell_foot(rq),
	    .waits_for_guardian = p->visit.citizen.needs_guardian,
	    .may_react = !p->visit.citizen.needs_guardian,
	    .thanks = req_query(rq, S("tak")).n > 0 && !p->fault,
	    .words_href = visit_href(rq, &p->visit, "/ord"),
	    .back = visit_href(rq, &p->visit, ""),
	};
	struct view_citizen_replies_replies *rows =
	    arena_new(rq->arena, struct view_citizen_replies_replies, p->all.n);
	for (ptrdiff_t i = 0; i < p->all.n; i++) {
		const struct reply_shown *s = &p->all.list[i];
		const struct record *r = &s->decision.record;
		rows[i] = (struct view_citizen_replies_replies){
		    .id = id_text(rq->arena, r->id),
		    .title = record_value(r, "title"),
		    .decided = choice_label(
			rq, decision_answers, record_value(r, "outcome")),
		    .reason = record_value(r, "reason"),
		    .next = record_value(r, "next"),
		    .result = record_value(r, "result"),
		    .words = s->reply.words,
		    .action = action_of(p, r->id),
		    .inputs = reaction_inputs(p, s)};
		fill_parts(rq, s, &rows[i]);
	}
	v.replies.p = rows;
	v.replies.n = p->all.n;
	tmpl_citizen_replies(&rq->out, rq->lang, &v);
	return req_html_status(rq, p->fault ? 422 : 200);
}

/* GET /c/CODE/resultat */
enum err
page_citizen_replies(struct req *rq)
{
	enum err e;
	struct page p = {.rq = rq};
	if (!enter(&p, &e))
		return e;
	e = reply_shown(rq->db, rq->arena, &p.visit.citizen, &p.all);
	return e == ERR_OK ? show(&p) : e;
}

/* POST /c/CODE/resultat/ID */
enum err
page_citizen_reacts(struct req *rq)
{
	enum err e;
	struct page p = {.rq = rq};
	if (!enter(&p, &e))
		return e;
	e = req_param_id(rq, S("id"), &p.typed.decision);
	p.typed.reaction =
	    req_form(rq, str_c(name_of(rq, "reaction", p.typed.decision)));
	p.typed.words =
	    req_form(rq, str_c(name_of(rq, "words", p.typed.decision)));
	if (e == ERR_OK)
		e = reply_react(rq->db, rq->arena, &p.visit.citizen, &p.typed);
	p.fault = e == ERR_INVALID;
	if (p.fault)
		e = reply_shown(rq->db, rq->arena, &p.visit.citizen, &p.all);
	if (e == ERR_OK && p.fault)
		return show(&p);
	struct str back = visit_href(rq, &p.visit, "/resultat");
	return e == ERR_OK ? req_redirect(rq, "%.*s&tak=1", STR_ARG(back)) : e;
}
