/* SPDX-License-Identifier: MPL-2.0 */

/* What came of a round: three sides beside each other, why, who voted, and the
 * same as files. */
#include <math.h>

#include "base/buf.h"
#include "model/setting.h"
#include "report/ranking.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/round_turnout.h"
#include "web/shell.h"

enum err
result_make(struct req *rq, const struct actor *who, const struct round *r,
    struct result_made *out)
{
	struct settings_now now;
	enum err e = tally_load(rq->db, rq->arena, who, r, &out->tallies);
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, who, &now);
	if (e != ERR_OK)
		return e;
	out->from = (struct ranking_from){.round = r,
	    .tallies = &out->tallies,
	    .k = setting_number(&now, S("k")),
	    .lang = rq->lang};
	return ranking_make(rq->arena, &out->from, &out->all);
}

/* ---- side by side ---- */

static struct view_result_options_cells
cell_of(struct req *rq, const struct ranking *of, struct str side, ptrdiff_t i)
{
	if (of->hidden)
		return (struct view_result_options_cells){
		    .side = side, .hidden = true};
	const struct ranked *item = &of->item[i];
	return (struct view_result_options_cells){.side = side,
	    .place =
		rank_place(rq->arena, item->rating.first, item->rating.last),
	    .chosen = item->chosen,
	    .support = item->support};
}

static void
fill_options(struct req *rq, const struct result_made *m,
    const struct str *ideas, struct view_result *v)
{
	const struct round *r = m->from.round;
	struct view_result_options *rows =
	    arena_new(rq->arena, struct view_result_options, r->n_options);
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		struct view_result_options_cells *cells = arena_new(
		    rq->arena, struct view_result_options_cells, ROUND_SIDES);
		for (ptrdiff_t s = 0; s < v->sides.n; s++)
			cells[s] = cell_of(rq,
			    &m->all.of[s + ROUND_SIDES - v->sides.n],
			    v->sides.p[s].name, i);
		rows[i] =
		    (struct view_result_options){.number = r->option[i].number,
			.title = r->option[i].title,
			.idea_href = ideas[i],
			.cost = round_has_costs(r)
			    ? round_money(rq, r->option[i].cost)
			    : S(""),
			.cells = {cells, v->sides.n}};
	}
	v->options.p = rows;
	v->options.n = r->n_options;
}

static struct str
why_hidden(struct req *rq, const struct ranking *of, int64_t k)
{
	if (!of->hidden)
		return S("");
	if (of->people == 0)
		return req_tr(rq, "Nobody voted.");
	return req_tr1(rq,
	    "Hidden, since fewer than %1 voted: it could show what one of "
	    "them thinks.",
	    lang_int(rq->arena, rq->lang, k));
}

/* ---- one side ---- */

static struct str
purse(struct req *rq, const struct budget_run *run)
{
	struct str args[3] = {
	    rank_decimal(rq->arena, rq->lang, run->outcome.endowment, 2),
	    round_money(rq, run->outcome.cost),
	    round_money(rq, run->election->budget)};
	return tr_fill(rq->arena,
	    req_tr(rq,
		"Equal shares: each ballot has a purse with %1 kr. "
		"Those who want the same buy it together and share "
		"the price. So groups get about as much as they are "
		"many. The purse was made as large as the sum could "
		"bear; what was left went to the options with most "
		"votes. %2 of %3 is spent."),
	    args, 3);
}

static void
fill_bought(struct req *rq, const struct result_made *m,
    const struct budget_run *run, struct view_result_sides *side)
{
	const struct outcome *out = &run->outcome;
	struct view_result_sides_bought *rows =
	    arena_new(rq->arena, struct view_result_sides_bought, out->n);
	for (ptrdiff_t i = 0; i < out->n; i++) {
		const struct purchase *p = &out->choice[i];
		const struct round_option *o =
		    &m->from.round->option[p->project];
		rows[i] = (struct view_result_sides_bought){.title = o->title,
		    .cost = round_money(rq, o->cost),
		    .paid = p->fill || isnan(p->price)
			? req_tr(rq, "from what was left")
			: req_tr1(rq, "%1 kr.",
			      rank_decimal(rq->arena, rq->lang, p->price, 2)),
		    .left = round_money(rq, p->left - o->cost)};
	}
	side->bought.p = rows;
	side->bought.n = out->n;
	side->purse = purse(rq, run);
}

static void
fill_side(struct req *rq, const struct result_made *m, int which,
    struct view_result_sides *side)
{
	const struct ranking *of = &m->all.of[which];
	const struct round *r = m->from.round;
	struct view_result_sides_reasons *rows = arena_new(
	    rq->arena, struct view_result_sides_reasons, r->n_options);
	*side = (struct view_result_sides){
	    .key = round_side_key((enum round_side)which),
	    .name = req_tr(rq, round_side_label((enum round_side)which)),
	    .why_hidden = why_hidden(rq, of, m->all.k),
	    .shown = !of->hidden,
	    .people = of->people};
	if (of->hidden)
		return;
	for (ptrdiff_t i = 0; i < r->n_options; i++)
		rows[i] = (struct view_result_sides_reasons){
		    .title = r->option[of->order[i]].title,
		    .why = of->item[of->order[i]].why};
	side->reasons.p = rows;
	side->reasons.n = r->n_options;
	if (of->run != NULL)
		fill_bought(rq, m, of->run, side);
}

/* A round of value and feasibility has no citizens. */
static void
fill_sides(struct req *rq, const struct result_made *m, struct view_result *v)
{
	struct view_result_sides *rows =
	    arena_new(rq->arena, struct view_result_sides, ROUND_SIDES);
	ptrdiff_t n = 0;
	for (int side = 0; side < ROUND_SIDES; side++) {
		if (side != SIDE_CITIZENS ||
		    m->from.round->method != ROUND_VALUE)
			fill_side(rq, m, side, &rows[n++]);
	}
	v->sides.p = rows;
	v->sides.n = n;
}

static void
fill_agreements(
    struct req *rq, const struct result_made *m, struct view_result *v)
{
	struct view_result_agreements *rows =
	    arena_new(rq->arena, struct view_result_agreements, ROUND_SIDES);
	for (int x = 0; x < ROUND_SIDES; x++) {
		for (int y = x + 1; y < ROUND_SIDES; y++) {
			double r = ranking_agreement(rq->arena, &m->all.of[x],
			    &m->all.of[y], m->from.round->n_options);
			if (isnan(r))
				continue;
			struct str size =
			    rank_decimal(rq->arena, rq->lang, fabs(r), 2);
			rows[v->agreements.n++] =
			    (struct view_result_agreements){
				.one = req_tr(
				    rq, round_side_label((enum round_side)x)),
				.two = req_tr(
				    rq, round_side_label((enum round_side)y)),
				.words = req_tr(rq, ranking_agreement_words(r)),
				.number = r < 0
				    ? str_cat(rq->arena, S("−"), size)
				    : size};
		}
	}
	v->agreements.p = rows;
}

/* ---- the picture ---- */

enum { LEFT = 50, BASE = 330, WIDE = 100, HIGH = 77, HALF = 11 };

static void
fill_picture(struct req *rq, const struct result_made *m, struct view_result *v)
{
	const struct round *r = m->from.round;
	struct view_result_marks *rows = arena_new(
	    rq->arena, struct view_result_marks, ROUND_SIDES * r->n_options);
	for (int side = SIDE_NETWORK; side < ROUND_SIDES; side++) {
		const struct ranking *of = &m->all.of[side];
		for (ptrdiff_t i = 0; !of->hidden && i < r->n_options; i++) {
			const struct ranked *item = &of->item[i];
			if (item->answers == 0)
				continue;
			int64_t x = LEFT +
			    (int64_t)lround((item->feasibility - 1) * WIDE);
			int64_t y =
			    BASE - (int64_t)lround((item->worth - 1) * HIGH);
			rows[v->marks.n++] = (struct view_result_marks){
			    .number = r->option[i].number,
			    .title = r->option[i].title,
			    .side = req_tr(
				rq, round_side_label((enum round_side)side)),
			    .square = side == SIDE_LEADERSHIP,
			    .x = x,
			    .y = y,
			    .left = x - HALF,
			    .top = y - HALF,
			    .base = y + 4,
			    .worth = rank_decimal(
				rq->arena, rq->lang, item->worth, 1),
			    .feasibility = rank_decimal(
				rq->arena, rq->lang, item->feasibility, 1)};
		}
	}
	v->marks.p = rows;
	v->picture = v->marks.n > 0;
}

enum err
result_view(struct req *rq, const struct actor *who, const struct round *r,
    const struct str *ideas, struct view_result *v)
{
	struct date closed;
	struct result_made *m = arena_new(rq->arena, struct result_made, 1);
	enum err e = result_make(rq, who, r, m);
	if (e != ERR_OK)
		return e;
	v->question = record_value(&r->record, "question");
	v->lead = r->state == ROUND_CLOSED
	    ? req_tr(rq, "The round is closed. This is what came of it.")
	    : req_tr(rq, "The round is open: this is how it stands now.");
	v->note = record_value(&r->record, "note");
	v->k = m->all.k;
	if (date_parse(record_value(&r->record, "closed"), &closed))
		v->closed = lang_date(rq->arena, rq->lang, closed);
	fill_sides(rq, m, v);
	fill_options(rq, m, ideas, v);
	fill_agreements(rq, m, v);
	if (r->method == ROUND_VALUE)
		fill_picture(rq, m, v);
	return turnout_view(rq, who, r, m->all.k, v);
}

/* ---- the pages of staff ---- */

/* The round, if its result is seen. */
static enum err
enter(struct req *rq, struct round *r)
{
	bool seen = false;
	enum err e = round_of(rq, &rq->who, r);
	if (e == ERR_OK)
		e = tally_is_seen(rq->db, rq->arena, &rq->who, r, &seen);
	return e == ERR_OK && !seen ? ERR_NOT_FOUND : e;
}

/* Where the ideas are that are there still. */
static const struct str *
idea_hrefs(struct req *rq, const struct plan *plan, const struct round *r)
{
	struct str *out = arena_new(rq->arena, struct str, r->n_options);
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		struct id idea = r->option[i].idea;
		if (id_is_set(idea) && plan_find(plan, KIND_IDEA, idea) != NULL)
			out[i] = idea_href(rq, idea, "");
	}
	return out;
}

/* GET /netvaerk/N/prioritering/ID/resultat */
enum err
page_result(struct req *rq)
{
	struct round r;
	const struct plan *plan;
	enum err e = enter(rq, &r);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_result v = {
	    .head = round_head(rq, plan, record_value(&r.record, "question")),
	    .foot = shell_foot(rq),
	    .back = round_href(rq, r.record.id, ""),
	    .sums_href = round_href(rq, r.record.id, "/summer.csv"),
	    .pairs_href = r.method == ROUND_PAIRWISE && r.state == ROUND_CLOSED
		? round_href(rq, r.record.id, "/valg.csv")
		: S(""),
	    .pb_href = r.method <= ROUND_POINTS && r.state == ROUND_CLOSED
		? round_href(rq, r.record.id, "/runde.pb")
		: S(""),
	};
	e = result_view(rq, &rq->who, &r, idea_hrefs(rq, plan, &r), &v);
	if (e != ERR_OK)
		return e;
	tmpl_result(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /netvaerk/N/prioritering/ID/summer.csv */
enum err
page_result_sums(struct req *rq)
{
	struct round r;
	struct str bytes;
	struct result_made *m = arena_new(rq->arena, struct result_made, 1);
	enum err e = enter(rq, &r);
	if (e == ERR_OK)
		e = result_make(rq, &rq->who, &r, m);
	if (e == ERR_OK)
		e = ranking_sums(rq->arena, &m->from, &m->all, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("text/csv; charset=utf-8"), S("summer.csv"), bytes)
	    : e;
}

/* GET /netvaerk/N/prioritering/ID/runde.pb: once it is closed, when nothing in
 * the order of the ballots leads to a voter. */
enum err
page_result_pb(struct req *rq)
{
	struct round r;
	struct result_made *m = arena_new(rq->arena, struct result_made, 1);
	enum err e = enter(rq, &r);
	if (e == ERR_OK && r.state != ROUND_CLOSED)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = result_make(rq, &rq->who, &r, m);
	if (e != ERR_OK)
		return e;
	struct str bytes = ranking_pb(rq->arena, &m->from, &m->all);
	return bytes.n > 0
	    ? req_file(rq, S("text/plain; charset=utf-8"), S("runde.pb"), bytes)
	    : ERR_NOT_FOUND;
}

/* GET /netvaerk/N/prioritering/ID/valg.csv: as runde.pb, of two at a time. */
enum err
page_result_pairs(struct req *rq)
{
	struct round r;
	struct str bytes;
	struct result_made *m = arena_new(rq->arena, struct result_made, 1);
	enum err e = enter(rq, &r);
	if (e == ERR_OK &&
	    (r.state != ROUND_CLOSED || r.method != ROUND_PAIRWISE))
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = result_make(rq, &rq->who, &r, m);
	if (e == ERR_OK)
		e = ranking_pairs(rq->arena, &m->from, &m->all, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("text/csv; charset=utf-8"), S("valg.csv"), bytes)
	    : e;
}
