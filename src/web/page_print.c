/* SPDX-License-Identifier: MPL-2.0 */

/* The plan and the role grid on paper: one document tree, as PDF (drawn in a
 * sandboxed child) or as OpenDocument. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "web/grid.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/sheet.h"

/* ---- the plan ---- */

static void
add_part(struct req *rq, struct doc *doc, const struct plan *plan,
    const struct section_spec *spec)
{
	const struct records *all = &plan->of[spec->kind];
	doc_heading(doc, 1, req_tr(rq, spec->title));
	if (all->n == 0) {
		doc_run(doc, doc_paragraph(doc), DOC_EMPHASIS,
		    req_tr(rq, spec->empty));
		return;
	}
	if (spec->kind == KIND_PROMISE) {
		const struct catalogue_item *item = catalogue_find(
		    S("promises"), record_value(&all->list[0], "level"));
		if (item != NULL)
			doc_run(doc, doc_note(doc), DOC_BOLD,
			    catalogue_words(item, rq->lang)->promise);
	}
	for (ptrdiff_t i = spec->newest_only ? all->n - 1 : 0; i < all->n; i++)
		sheet_record(rq, doc, plan, &all->list[i]);
}

static struct doc *
new_doc(struct req *rq, const struct plan *plan, struct str title)
{
	struct doc *doc = doc_new(rq->arena, rq->lang, title);
	struct str day = lang_date(rq->arena, rq->lang, plan->today);
	doc->author = rq->org->name;
	doc->subject = req_tr2(rq, "%1, as it stood on %2",
	    record_value(&plan->network, "name"), day);
	doc->footer =
	    str_cat(rq->arena, str_cat(rq->arena, rq->org->name, S(" · ")),
		record_value(&plan->network, "name"));
	doc->created_us = rq->http->now_us;
	return doc;
}

/* ---- the grid ---- */

static void
add_cell(struct req *rq, struct doc *doc, const struct view_grid_rows_cells *c,
    struct doc_text *text)
{
	if (c->mode.n == 0) {
		doc_run(doc, text, DOC_PLAIN, S("–"));
		return;
	}
	doc_run(doc, text, DOC_PLAIN,
	    str_cat(rq->arena, str_cat(rq->arena, c->mark, S(" ")), c->mode));
	if (c->role.n > 0)
		doc_run(
		    doc, text, DOC_BOLD, str_cat(rq->arena, S("\n"), c->role));
	if (c->coform.n > 0)
		doc_run(doc, text, DOC_EMPHASIS,
		    str_cat(rq->arena, S("\n"), c->coform));
}

static void
add_grid(struct req *rq, struct doc *doc, const struct plan *plan)
{
	struct edit none = {0};
	struct view_grid grid = grid_view(rq, plan, &none);
	int columns = (int)grid.phases.n + 1;
	if (grid.rows.n == 0 || columns > DOC_MAX_COLUMNS) {
		doc_run(doc, doc_paragraph(doc), DOC_EMPHASIS,
		    req_tr(rq,
			"Add actors or target groups first. Then each "
			"gets a row here."));
		return;
	}
	struct doc_table *table = doc_table(
	    doc, req_tr(rq, "Who takes part in which phase"), columns);
	table->row_headers = true;
	doc_column(doc, table, 0, req_tr(rq, "Actor or target group"), 1.4);
	for (int i = 1; i < columns; i++)
		doc_column(doc, table, i, grid.phases.p[i - 1].name, 1.0);
	for (ptrdiff_t r = 0; r < grid.rows.n; r++) {
		const struct view_grid_rows *row = &grid.rows.p[r];
		struct doc_text *cells = doc_row(doc, table);
		doc_run(doc, &cells[0], DOC_BOLD, row->name);
		doc_run(doc, &cells[0], DOC_PLAIN,
		    str_cat(rq->arena, S("\n"), row->kind));
		for (ptrdiff_t i = 0; i < row->cells.n; i++)
			add_cell(rq, doc, &row->cells.p[i], &cells[i + 1]);
	}
}

/* On A4 the grid is told phase by phase: it would not fit across. */
static void
add_grid_by_phase(struct req *rq, struct doc *doc, const struct plan *plan)
{
	struct edit none = {0};
	struct view_grid grid = grid_view(rq, plan, &none);
	doc_heading(doc, 1, req_tr(rq, "Who takes part in which phase"));
	for (ptrdiff_t p = 0; p < grid.phases.n; p++) {
		doc_heading(doc, 2, grid.phases.p[p].name);
		ptrdiff_t told = 0;
		for (ptrdiff_t r = 0; r < grid.rows.n; r++) {
			const struct view_grid_rows *row = &grid.rows.p[r];
			const struct view_grid_rows_cells *c = &row->cells.p[p];
			if (c->mode.n == 0)
				continue;
			told++;
			struct doc_text *text = doc_pair(doc, row->name);
			doc_run(doc, text, DOC_PLAIN, c->mode);
			if (c->role.n > 0)
				doc_run(doc, text, DOC_PLAIN,
				    str_cat(rq->arena, S(" · "), c->role));
			if (c->coform.n > 0)
				doc_run(doc, text, DOC_EMPHASIS,
				    str_cat(rq->arena, S(" · "), c->coform));
		}
		if (told == 0)
			doc_run(doc, doc_paragraph(doc), DOC_EMPHASIS,
			    req_tr(rq, "Nobody yet."));
	}
}

static struct doc *
plan_doc(struct req *rq, const struct plan *plan)
{
	struct doc *doc = new_doc(rq, plan,
	    req_tr1(rq, "Plan for %1", record_value(&plan->network, "name")));
	struct plan_parts parts = plan_parts();
	for (ptrdiff_t i = 0; i < parts.n_before; i++)
		add_part(rq, doc, plan, &parts.before[i]);
	add_grid_by_phase(rq, doc, plan);
	for (ptrdiff_t i = 0; i < parts.n_after; i++)
		add_part(rq, doc, plan, &parts.after[i]);
	return doc;
}

static struct doc *
grid_doc(struct req *rq, const struct plan *plan)
{
	struct doc *doc = new_doc(rq, plan,
	    req_tr1(
		rq, "Role grid for %1", record_value(&plan->network, "name")));
	doc->paper = DOC_A3;
	add_grid(rq, doc, plan);
	return doc;
}

/* ---- files ---- */

static enum err
answer(struct req *rq, struct doc *(*make)(struct req *, const struct plan *),
    const char *name, bool pdf)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	return e == ERR_OK ? sheet_answer(rq, make(rq, plan), name, pdf) : e;
}

/* GET /netvaerk/N/plan.pdf */
enum err
page_plan_pdf(struct req *rq)
{
	return answer(rq, plan_doc, "plan", true);
}

/* GET /netvaerk/N/plan.odt */
enum err
page_plan_odt(struct req *rq)
{
	return answer(rq, plan_doc, "plan", false);
}

/* GET /netvaerk/N/rollegitter.pdf */
enum err
page_grid_pdf(struct req *rq)
{
	return answer(rq, grid_doc, "rollegitter", true);
}

/* GET /netvaerk/N/rollegitter.odt */
enum err
page_grid_odt(struct req *rq)
{
	return answer(rq, grid_doc, "rollegitter", false);
}
