/* SPDX-License-Identifier: MPL-2.0 */

/* What moved between two rounds: sentences, tables, a picture and a file. */
#include <math.h>

#include "base/buf.h"
#include "base/number.h"
#include "report/measured.h"
#include "view_measure_result.h"
#include "web/measure_view.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

struct found {
	struct measure m;
	struct measure_rows rows;
	struct measured measured;
};

static enum err
find(struct req *rq, struct found *f)
{
	struct measured_wish wish = {.lang = rq->lang};
	enum err e = measure_of(rq, &rq->who, &f->m);
	if (e == ERR_OK)
		e = measure_rows(rq->db, rq->arena, &rq->who, &f->m, &f->rows);
	if (e == ERR_OK)
		e = measure_k(rq, &rq->who, &wish.k);
	if (e == ERR_OK)
		measured_of(rq->arena, &f->m, &f->rows, &wish, &f->measured);
	return e;
}

static struct str
count(struct req *rq, int64_t n)
{
	return n < 0 ? req_tr(rq, "hidden") : lang_int(rq->arena, rq->lang, n);
}

static struct str
decimal(struct req *rq, double x, bool sign)
{
	return isnan(x) ? S("–")
	    : sign	? number_signed(rq->arena, rq->lang, x, 2)
			: number_text(rq->arena, rq->lang, x, 2);
}

static struct str
between(struct req *rq, struct interval i)
{
	if (isnan(i.low))
		return S("–");
	return req_tr2(rq, "%1 to %2", decimal(rq, i.low, true),
	    decimal(rq, i.high, true));
}

static struct str
left_out(struct req *rq, const struct change_item *item)
{
	const struct str args[] = {count(rq, item->only_before),
	    count(rq, item->only_after), count(rq, item->dont_know)};
	return tr_fill(rq->arena,
	    req_tr(
		rq, "Left out: only before %1, only after %2, don't know %3."),
	    args, 3);
}

static void
fill_groups(struct req *rq, const struct plan *plan, const struct measured *d,
    ptrdiff_t at, struct view_measure_result_items *row)
{
	const struct measured_group *list = d->group + at * MEASURED_GROUPS;
	struct view_measure_result_items_groups *rows = arena_new(rq->arena,
	    struct view_measure_result_items_groups, d->n_groups[at]);
	for (int g = 0; g < d->n_groups[at]; g++) {
		const struct record *r = NULL;
		struct str group = list[g].group;
		for (ptrdiff_t i = 0; i < plan->of[KIND_GROUP].n; i++) {
			const struct record *one =
			    &plan->of[KIND_GROUP].list[i];
			struct str bytes = {
			    (const char *)one->id.b, sizeof one->id.b};
			if (str_eq(bytes, group))
				r = one;
		}
		rows[g] = (struct view_measure_result_items_groups){
		    .group = r != NULL ? plan_title(plan, rq->arena, r)
				       : req_tr(rq, "No target group"),
		    .higher = count(rq, list[g].count[0]),
		    .lower = count(rq, list[g].count[1]),
		    .same = count(rq, list[g].count[2]),
		    .all = count(rq, list[g].count[3])};
	}
	row->groups.p = rows;
	row->groups.n = d->n_groups[at];
}

static struct view_measure_result_items
item_row(struct req *rq, const struct measured *d, ptrdiff_t at)
{
	const struct change_result *res = &d->report.result[at];
	bool cross = d->report.design == CROSS_SECTION;
	bool sure = res->show >= SHOW_INTERVAL;
	const struct paired *p = &res->paired;
	const struct unpaired *u = &res->unpaired;
	return (struct view_measure_result_items){
	    .name = res->item->name,
	    .sentence = res->sentence,
	    .numbers = res->show != SHOW_NOTHING,
	    .higher = cross ? S("–") : count(rq, p->higher),
	    .lower = cross ? S("–") : count(rq, p->lower),
	    .same = cross ? S("–") : count(rq, p->same),
	    .before = decimal(rq,
		!sure	    ? NAN
		    : cross ? u->before
			    : p->before,
		false),
	    .after = decimal(rq,
		!sure	    ? NAN
		    : cross ? u->after
			    : p->after,
		false),
	    .mean = decimal(rq,
		!sure	    ? NAN
		    : cross ? u->mean
			    : p->mean,
		true),
	    .interval =
		sure ? between(rq, cross ? u->welch : p->t_interval) : S("–"),
	    .left_out = cross ? S("") : left_out(rq, res->item),
	};
}

/* By an open address nobody knows how many were asked. */
static struct str
answered(struct req *rq, const struct measured *d)
{
	return d->before == d->after
	    ? req_tr1(rq, "%1 answered.", count(rq, d->answered_before))
	    : req_tr2(rq, "%1 answered before, and %2 afterwards.",
		  count(rq, d->answered_before), count(rq, d->answered_after));
}

/* Non-response: how many were asked, and how many answered. */
static struct str
asked(struct req *rq, const struct measured *d)
{
	const struct str args[] = {count(rq, d->answered_before),
	    count(rq, d->could_before), count(rq, d->answered_after),
	    count(rq, d->could_after)};
	if (d->before == d->after)
		return req_tr2(
		    rq, "%1 of the %2 we asked answered.", args[0], args[1]);
	return tr_fill(rq->arena,
	    req_tr(rq,
		"%1 of the %2 we asked answered before, and %3 of %4 "
		"afterwards."),
	    args, COUNT_OF(args));
}

/* Who reads them may ask people; they stay when the numbers are hidden. */
static void
fill_words(struct req *rq, const struct found *f, struct view_measure_result *v)
{
	struct view_measure_result_words *rows =
	    arena_new(rq->arena, struct view_measure_result_words, f->rows.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < f->rows.n; i++) {
		if (f->rows.list[i].reply.words.n > 0)
			rows[n++].text = f->rows.list[i].reply.words;
	}
	v->words.p = rows;
	v->words.n = actor_may(&rq->who, CAP_ASK) ? n : 0;
}

/* GET /netvaerk/N/maalinger/ID/resultat */
enum err
page_measure_result(struct req *rq)
{
	struct found f;
	const struct plan *plan;
	enum err e = find(rq, &f);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct measured *d = &f.measured;
	struct id id = f.m.record.id;
	struct view_measure_result v = {
	    .head = measure_head(rq, plan, req_tr(rq, "What moved")),
	    .foot = shell_foot(rq),
	    .title = record_value(&f.m.record, "title"),
	    .back = measure_href(rq, id, ""),
	    .ready = d->ready,
	    .retrospective = f.m.design == MEASURE_RETROSPECTIVE,
	    .themes = record_value(&f.m.record, "themes"),
	    .caution = change_caution(&d->report),
	};
	struct view_measure_result_items *rows = arena_new(
	    rq->arena, struct view_measure_result_items, d->report.data.n);
	for (ptrdiff_t i = 0; i < d->report.data.n; i++) {
		rows[i] = item_row(rq, d, i);
		fill_groups(rq, plan, d, i, &rows[i]);
		if (!rows[i].numbers) /* a picture of nothing is none */
			continue;
		v.figure = measure_href(rq, id, "/figur");
		v.figure_narrow = measure_href(rq, id, "/figur?smal=1");
	}
	v.items.p = rows;
	v.items.n = d->report.data.n;
	fill_words(rq, &f, &v);
	if (d->ready)
		v.asked = f.m.by_link ? answered(rq, d) : asked(rq, d);
	if (actor_may(&rq->who, CAP_ASK) && measured_has_file(d))
		v.csv_href = measure_href(rq, id, "/svar.csv");
	tmpl_measure_result(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /netvaerk/N/maalinger/ID/figur?smal=1 */
enum err
page_measure_svg(struct req *rq)
{
	struct found f;
	enum err e = find(rq, &f);
	if (e == ERR_OK && !f.measured.ready)
		e = ERR_NOT_FOUND;
	if (e != ERR_OK)
		return e;
	rq->response.status = 200;
	rq->response.type = S("image/svg+xml");
	rq->response.body = change_svg(&f.measured.report,
	    req_query(rq, S("smal")).n > 0 ? CHANGE_NARROW : CHANGE_WIDE);
	return ERR_OK;
}

/* GET /netvaerk/N/maalinger/ID/svar.csv */
enum err
page_measure_csv(struct req *rq)
{
	struct found f;
	struct str bytes;
	enum err e = find(rq, &f);
	if (e == ERR_OK)
		e = measured_csv(rq->arena, &f.m, &f.rows, &f.measured, &bytes);
	return e == ERR_OK
	    ? req_file(rq, S("text/csv; charset=utf-8"), S("svar.csv"), bytes)
	    : e;
}
