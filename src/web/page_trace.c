/* SPDX-License-Identifier: MPL-2.0 */

/* The trace of a network: every decision with what it builds on, and every
 * voice that led to nothing yet (E4, E5, E12). */
#include "base/buf.h"
#include "model/compare.h"
#include "report/trace_svg.h"
#include "view_trace.h"
#include "web/decision_view.h"
#include "web/indicator.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

enum { MOST_LINKS = 12, MOST_ORPHANS = 40 };

_Static_assert(FLOW_KINDS == GRADES + 1, "each grade, and none");

struct look {
	struct req *rq;
	const struct plan *plan;
	struct trace_overview all;
};

static enum err
fill_links(const struct look *l, const struct decision *d,
    struct view_trace_decisions *row)
{
	struct req *rq = l->rq;
	struct view_trace_decisions_links *links =
	    arena_new(rq->arena, struct view_trace_decisions_links, MOST_LINKS);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->all.links.n; i++) {
		struct source_name name;
		const struct trace_link *link = &l->all.links.list[i];
		if (!id_eq(link->decision, d->record.id))
			continue;
		if (n == MOST_LINKS) {
			row->more++;
			continue;
		}
		enum err e = source_name(rq, l->plan, link, &name);
		if (e != ERR_OK)
			return e;
		links[n++] =
		    (struct view_trace_decisions_links){.kind = name.kind,
			.source = name.words,
			.href = name.href,
			.grade = grade_name(rq, link->grade),
			.words = link_words(link, &name)};
	}
	row->links.p = links;
	row->links.n = n;
	return ERR_OK;
}

static enum err
fill_decisions(const struct look *l, struct view_trace *v)
{
	struct req *rq = l->rq;
	struct view_trace_decisions *rows = arena_new(
	    rq->arena, struct view_trace_decisions, l->all.decisions.n);
	for (ptrdiff_t i = 0; i < l->all.decisions.n; i++) {
		const struct decision *d = &l->all.decisions.list[i];
		const struct trace_sum *sum = &l->all.sum[i];
		rows[i] = (struct view_trace_decisions){
		    .id = id_text(rq->arena, d->record.id),
		    .href = decision_href(rq, d->record.id, ""),
		    .title = record_value(&d->record, "title"),
		    .state = req_tr(rq, decision_states[d->state].label),
		    .outcome = decision_outcome(rq, d),
		    .when = decision_day(rq, d, "taken"),
		    .taken = d->state > DECISION_PREPARED,
		    .grades = grades_view(rq, sum->of, sum->open)};
		enum err e = fill_links(l, d, &rows[i]);
		if (e != ERR_OK)
			return e;
	}
	v->decisions.p = rows;
	v->decisions.n = l->all.decisions.n;
	return ERR_OK;
}

static enum err
fill_orphans(const struct look *l, struct view_trace *v)
{
	struct req *rq = l->rq;
	ptrdiff_t n =
	    l->all.n_orphans < MOST_ORPHANS ? l->all.n_orphans : MOST_ORPHANS;
	struct view_trace_orphans *rows =
	    arena_new(rq->arena, struct view_trace_orphans, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		struct source_name name;
		struct trace_link voice = {.source = l->all.orphan[i]};
		enum err e = source_name(rq, l->plan, &voice, &name);
		if (e != ERR_OK)
			return e;
		rows[i] = (struct view_trace_orphans){
		    .words = name.words, .href = name.href};
	}
	v->orphans.p = rows;
	v->orphans.n = n;
	v->orphan_count = l->all.n_orphans;
	v->more_orphans = l->all.n_orphans - n;
	v->voices = l->all.voices;
	return ERR_OK;
}

/* ---- the flow: a picture, and the table that says the same ---- */

static void
add_to_flow(struct trace_flow *f, struct str name, const struct trace_sum *sum)
{
	if (f->rows == FLOW_ROWS)
		name = tr(f->lang, N_("Other decisions"));
	else
		f->rows++;
	f->row[f->rows - 1].name = name;
	for (int g = 0; g < GRADES; g++)
		f->row[f->rows - 1].of[g] += sum->of[g];
	f->row[f->rows - 1].of[GRADES] += sum->open;
}

/* Of decisions that were taken, the newest first; the oldest are one row. */
static void
flow_of(const struct look *l, struct trace_flow *f)
{
	struct req *rq = l->rq;
	*f = (struct trace_flow){.arena = rq->arena,
	    .lang = rq->lang,
	    .title = req_tr(rq, "From voices to decisions"),
	    .description = req_tr(rq,
		"At the left what voices did, at the right the decisions. The "
		"wider a band, the more voices.")};
	for (int g = 0; g <= GRADES; g++)
		f->kind[g] = grade_name(rq, (enum grade)g);
	for (ptrdiff_t i = 0; i < l->all.decisions.n; i++) {
		const struct decision *d = &l->all.decisions.list[i];
		if (d->state > DECISION_PREPARED)
			add_to_flow(f, record_value(&d->record, "title"),
			    &l->all.sum[i]);
	}
}

static struct view_trace_flow
flow_row(struct req *rq, const struct trace_flow *f, int row)
{
	struct view_trace_flow_cells *cells =
	    arena_new(rq->arena, struct view_trace_flow_cells, FLOW_KINDS);
	for (int k = 0; k < FLOW_KINDS; k++)
		cells[k] = (struct view_trace_flow_cells){
		    f->kind[k], f->row[row].of[k]};
	return (struct view_trace_flow){
	    .name = f->row[row].name, .cells = {cells, FLOW_KINDS}};
}

static void
fill_flow(const struct look *l, struct view_trace *v)
{
	struct req *rq = l->rq;
	struct trace_flow *f = arena_new(rq->arena, struct trace_flow, 1);
	flow_of(l, f);
	struct view_trace_flow *rows =
	    arena_new(rq->arena, struct view_trace_flow, f->rows);
	struct view_trace_kinds *kinds =
	    arena_new(rq->arena, struct view_trace_kinds, FLOW_KINDS);
	for (int k = 0; k < FLOW_KINDS; k++)
		kinds[k].name = f->kind[k];
	for (int r = 0; r < f->rows; r++) {
		rows[r] = flow_row(rq, f, r);
		v->any_flow = v->any_flow || trace_flow_of_row(f, r) > 0;
	}
	v->kinds.p = kinds;
	v->kinds.n = FLOW_KINDS;
	v->flow.p = rows;
	v->flow.n = f->rows;
	v->figure = req_network_path(rq, "/spor.svg");
}

/* GET /netvaerk/N/spor.svg */
enum err
page_trace_svg(struct req *rq)
{
	struct look l = {.rq = rq};
	struct trace_flow *f = arena_new(rq->arena, struct trace_flow, 1);
	enum err e = plans_get(rq, &l.plan);
	if (e == ERR_OK)
		e = trace_overview(rq->db, rq->arena, &rq->who, &l.all);
	if (e != ERR_OK)
		return e;
	flow_of(&l, f);
	rq->response.status = 200;
	rq->response.type = S("image/svg+xml");
	rq->response.body = trace_svg(f);
	return ERR_OK;
}

/* ---- the numbers ---- */

static struct str
promise_words(struct req *rq, const struct look *l, const struct influence *f)
{
	static const char *const words[] = {
	    [PROMISE_NONE] = NULL,
	    [PROMISE_TOO_EARLY] =
		N_("You promised: %1. Nothing is decided yet."),
	    [PROMISE_KEPT] = N_("You promised: %1. What happened matches it."),
	    [PROMISE_BROKEN] =
		N_("You promised: %1. What happened does not match it yet."),
	};
	enum promise_kept kept = indicator_promise(f);
	const struct catalogue_item *item =
	    plan_choice(l->plan, "promises", f->promise);
	if (words[kept] == NULL || item == NULL)
		return S("");
	return req_tr1(rq, words[kept], catalogue_words(item, rq->lang)->name);
}

static enum err
fill_numbers(const struct look *l, struct view_trace *v)
{
	struct req *rq = l->rq;
	struct reply_waits waits;
	enum err e = reply_waits(rq->db, rq->arena, &rq->who, &waits);
	if (e != ERR_OK)
		return e;
	struct influence f = influence_of(&l->all, l->plan, &waits);
	struct share share = indicator_influence(&f);
	int64_t days = indicator_wait(rq->arena, &f);
	if (share.whole > 0)
		v->sentence = req_tr2(rq,
		    "Of %2 voices with a grade %1 changed a decision or helped "
		    "to shape it.",
		    lang_int(rq->arena, rq->lang, share.part),
		    lang_int(rq->arena, rq->lang, share.whole));
	if (days >= 0)
		v->sentence = STR_JOIN(rq->arena, v->sentence, S(" "),
		    req_tr1(rq, "An answer took %1 days, in the middle.",
			lang_int(rq->arena, rq->lang, days)));
	v->promise = promise_words(rq, l, &f);
	v->influence = indicator_view(rq, S("influence"), NULL);
	v->kept = indicator_view(rq, S("promise_kept"), NULL);
	return ERR_OK;
}

/* GET /netvaerk/N/spor */
enum err
page_trace(struct req *rq)
{
	struct look l = {.rq = rq};
	enum err e = plans_get(rq, &l.plan);
	if (e == ERR_OK)
		e = trace_overview(rq->db, rq->arena, &rq->who, &l.all);
	if (e != ERR_OK)
		return e;
	struct view_trace v = {
	    .head = decision_head(rq, l.plan, req_tr(rq, "The trace")),
	    .foot = shell_foot(rq),
	    .list_href = req_network_path(rq, "/beslutninger"),
	};
	e = fill_numbers(&l, &v);
	if (e == ERR_OK)
		e = fill_decisions(&l, &v);
	if (e == ERR_OK)
		e = fill_orphans(&l, &v);
	if (e != ERR_OK)
		return e;
	fill_flow(&l, &v);
	tmpl_trace(&rq->out, rq->lang, &v);
	return req_html(rq);
}
