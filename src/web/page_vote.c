/* SPDX-License-Identifier: MPL-2.0 */

/* Voting in a round: citizens with a code, staff in their network. */
#include "base/buf.h"
#include "model/idea.h"
#include "model/tally.h"
#include "view_votes.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/round_view.h"
#include "web/shell.h"

/* ---- a citizen ---- */

/* The visit and the round.  false: *e is the answer. */
static bool
enter(struct req *rq, struct visit *visit, struct voting *v, enum err *e)
{
	*e = visit_enter(rq, req_param(rq, S("token")), visit);
	if (*e == ERR_NOT_FOUND) {
		*e = visit_code(rq, true, 404);
		return false;
	}
	v->who = visit->citizen.in;
	if (*e == ERR_OK)
		*e = round_of(rq, &v->who, &v->round);
	if (*e == ERR_OK && v->round.state == ROUND_DRAFT)
		*e = ERR_NOT_FOUND;
	if (*e != ERR_OK)
		return false;
	v->voter = ballot_citizen(rq->arena, &v->round, &visit->citizen);
	struct str rest =
	    STR_JOIN(rq->arena, S("/valg/"), v->round.record.id_text);
	v->action = visit_href(rq, visit, str_cstr(rq->arena, rest));
	v->back = visit_href(rq, visit, "/valg");
	v->easy = visit->easy;
	return true;
}

static enum err
show(struct req *rq, const struct visit *visit, const struct voting *v,
    const struct ballot *typed, const struct ballot_fault *fault)
{
	bool seen;
	struct view_vote view = {
	    .head = visit_head(
		rq, visit, record_value(&v->round.record, "question")),
	    .foot = shell_foot(rq),
	};
	enum err e = voting_view(rq, v, typed, fault, &view);
	if (e == ERR_OK)
		e = tally_is_seen(rq->db, rq->arena, &v->who, &v->round, &seen);
	if (e != ERR_OK)
		return e;
	if (seen) {
		struct str rest = STR_JOIN(rq->arena, S("/valg/"),
		    v->round.record.id_text, S("/resultat"));
		view.result_href =
		    visit_href(rq, visit, str_cstr(rq->arena, rest));
	}
	tmpl_vote(&rq->out, rq->lang, &view);
	return req_html_status(rq, fault->message != NULL ? 422 : 200);
}

/* GET /c/CODE/valg/ID */
enum err
page_citizen_vote(struct req *rq)
{
	enum err e;
	struct visit visit = {0};
	struct voting v = {0};
	if (!enter(rq, &visit, &v, &e))
		return e;
	return show(rq, &visit, &v, NULL, &(struct ballot_fault){0});
}

/* A round whose last day is over is closed, whatever is said to the ballot. */
static enum err
settle(struct req *rq, struct voting *v)
{
	rq->keeps = true;
	return round_settle(rq->db, rq->arena, &v->who, &v->round);
}

/* POST /c/CODE/valg/ID: a round whose last day is over closes first. */
enum err
page_citizen_cast(struct req *rq)
{
	enum err e;
	struct visit visit = {0};
	struct voting v = {0};
	struct ballot typed;
	struct ballot_fault fault;
	if (!enter(rq, &visit, &v, &e))
		return e;
	e = settle(rq, &v);
	if (e == ERR_OK)
		e = voting_post(rq, &v, &typed, &fault);
	if (e != ERR_OK)
		return e;
	if (fault.message != NULL)
		return show(rq, &visit, &v, &typed, &fault);
	return req_redirect(rq, "%.*s&tak=1", STR_ARG(v.action));
}

/* Those that are open to them, and those that have closed. */
static enum err
fill_list(struct req *rq, const struct visit *visit, const struct rounds *all,
    struct view_votes *view)
{
	struct view_votes_rounds *rows =
	    arena_new(rq->arena, struct view_votes_rounds, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct round *r = &all->list[i];
		struct round whole;
		struct ballot b;
		if (r->state == ROUND_DRAFT || r->method == ROUND_VALUE)
			continue;
		const struct actor *who = &visit->citizen.in;
		enum err e =
		    round_get(rq->db, rq->arena, who, r->record.id, &whole);
		if (e != ERR_OK)
			return e;
		struct elector voter =
		    ballot_citizen(rq->arena, &whole, &visit->citizen);
		e = ballot_get(rq->db, rq->arena, who, &voter, &b);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		struct str rest =
		    STR_JOIN(rq->arena, S("/valg/"), r->record.id_text);
		rows[n++] = (struct view_votes_rounds){
		    .href = visit_href(rq, visit, str_cstr(rq->arena, rest)),
		    .question = record_value(&r->record, "question"),
		    .when = round_when(rq, r),
		    .voted = e == ERR_OK};
	}
	view->rounds.p = rows;
	view->rounds.n = n;
	return ERR_OK;
}

/* GET /c/CODE/valg */
enum err
page_citizen_votes(struct req *rq)
{
	struct visit visit = {0};
	struct rounds all;
	enum err e = visit_enter(rq, req_param(rq, S("token")), &visit);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e == ERR_OK)
		e = round_list(rq->db, rq->arena, &visit.citizen.in, &all);
	if (e != ERR_OK)
		return e;
	struct view_votes view = {
	    .head = visit_head(rq, &visit, req_tr(rq, "Have your say")),
	    .foot = shell_foot(rq),
	    .back = visit_href(rq, &visit, ""),
	};
	e = fill_list(rq, &visit, &all, &view);
	if (e != ERR_OK)
		return e;
	tmpl_votes(&rq->out, rq->lang, &view);
	return req_html(rq);
}

/* Where those of the ideas are that this citizen sees. */
static enum err
idea_hrefs(struct req *rq, const struct visit *visit, const struct round *r,
    const struct str **out)
{
	struct ideas all = {0};
	struct idea_view view = {IDEA_CITIZEN, visit->citizen.person.id};
	struct str *list = arena_new(rq->arena, struct str, r->n_options);
	bool any = false;
	for (ptrdiff_t i = 0; i < r->n_options; i++)
		any = any || id_is_set(r->option[i].idea);
	*out = list;
	enum err e = any
	    ? idea_list(rq->db, rq->arena, &visit->citizen.in, &view, &all)
	    : ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < r->n_options; i++) {
		const struct idea *idea = idea_find(&all, r->option[i].idea);
		if (idea != NULL)
			list[i] =
			    STR_JOIN(rq->arena, visit_href(rq, visit, "/ideer"),
				S("#ide-"), idea->record.id_text);
	}
	return e;
}

/* GET /c/CODE/valg/ID/resultat: once it is seen. */
enum err
page_citizen_result(struct req *rq)
{
	enum err e;
	bool seen = false;
	const struct str *ideas;
	struct visit visit = {0};
	struct voting v = {0};
	if (!enter(rq, &visit, &v, &e))
		return e;
	e = tally_is_seen(rq->db, rq->arena, &v.who, &v.round, &seen);
	if (e != ERR_OK || !seen)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	struct view_result view = {
	    .head = visit_head(
		rq, &visit, record_value(&v.round.record, "question")),
	    .foot = shell_foot(rq),
	    .back = v.action,
	};
	e = idea_hrefs(rq, &visit, &v.round, &ideas);
	if (e == ERR_OK)
		e = result_view(rq, &v.who, &v.round, ideas, &view);
	if (e != ERR_OK)
		return e;
	tmpl_result(&rq->out, rq->lang, &view);
	return req_html(rq);
}

/* ---- staff ---- */

static enum err
staff_enter(struct req *rq, struct voting *v)
{
	v->who = rq->who;
	enum err e = round_of(rq, &rq->who, &v->round);
	if (e == ERR_OK)
		e = ballot_staff(
		    rq->db, rq->arena, &rq->who, &v->round, &v->voter);
	if (e != ERR_OK)
		return e;
	v->csrf = req_csrf(rq);
	v->action = round_href(rq, v->round.record.id, "/stem");
	v->back = round_href(rq, v->round.record.id, "");
	return ERR_OK;
}

static enum err
staff_show(struct req *rq, const struct voting *v, const struct ballot *typed,
    const struct ballot_fault *fault)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_vote view = {
	    .head = round_head(
		rq, plan, record_value(&v->round.record, "question")),
	    .foot = shell_foot(rq),
	};
	e = voting_view(rq, v, typed, fault, &view);
	if (e != ERR_OK)
		return e;
	tmpl_vote(&rq->out, rq->lang, &view);
	return req_html_status(rq, fault->message != NULL ? 422 : 200);
}

/* GET /netvaerk/N/prioritering/ID/stem */
enum err
page_staff_vote(struct req *rq)
{
	struct voting v = {0};
	enum err e = staff_enter(rq, &v);
	return e == ERR_OK ? staff_show(rq, &v, NULL, &(struct ballot_fault){0})
			   : e;
}

/* POST /netvaerk/N/prioritering/ID/stem: who may not is told so on the page. */
enum err
page_staff_cast(struct req *rq)
{
	struct voting v = {0};
	struct ballot typed;
	struct ballot_fault fault;
	enum err e = staff_enter(rq, &v);
	if (e == ERR_OK && v.voter.refused != NULL)
		return req_redirect(rq, "%.*s", STR_ARG(v.action));
	if (e == ERR_OK)
		e = settle(rq, &v);
	if (e == ERR_OK)
		e = voting_post(rq, &v, &typed, &fault);
	if (e != ERR_OK)
		return e;
	if (fault.message != NULL)
		return staff_show(rq, &v, &typed, &fault);
	return req_redirect(rq, "%.*s?tak=1", STR_ARG(v.action));
}
