/* SPDX-License-Identifier: MPL-2.0 */
#include "web/grid.h"

#include "base/buf.h"
#include "model/catalogue.h"

struct str
grid_role(struct req *rq, const struct record *cell)
{
	struct str own = record_value(cell, "own_role");
	if (own.n > 0)
		return own;
	const struct catalogue_item *item =
	    catalogue_find(S("roles"), record_value(cell, "role"));
	return item == NULL ? S("") : catalogue_name(item, rq->lang);
}

/* A shape beside the word, so that a printed grid can be read at a glance
 * without colour. */
static struct str
mode_mark(struct str key)
{
	if (str_eq(key, S("core")))
		return S("●");
	if (str_eq(key, S("along")))
		return S("◐");
	if (str_eq(key, S("one_off")))
		return S("○");
	return str_eq(key, S("informed")) ? S("·") : S("–");
}

static struct str
item_name(struct req *rq, const char *list, struct str key)
{
	const struct catalogue_item *item = catalogue_find(str_c(list), key);
	return item == NULL ? S("") : catalogue_name(item, rq->lang);
}

/* Where an empty cell leads: a new one with phase and person filled in. */
static struct str
new_cell_href(
    struct req *rq, const struct record *phase, const struct record *subject)
{
	const char *field =
	    subject->kind == KIND_ACTOR ? "actor" : "target_group";
	return STR_JOIN(rq->arena, req_network_path(rq, "/plan"),
	    S("?ny=rolle&phase="), phase->id_text, S("&"), str_c(field), S("="),
	    subject->id_text, S("#rolle-form"));
}

static struct str
cell_href(struct req *rq, const struct record *cell)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/plan"),
	    S("?ret=rolle."), cell->id_text, S("#rolle-form"));
}

static struct view_grid_rows_cells
cell_view(struct req *rq, const struct plan *plan, const struct record *phase,
    const struct record *subject)
{
	bool may = actor_may(&rq->who, CAP_EDIT);
	const struct record *cell =
	    plan_cell(plan, phase->id_text, subject->kind, subject->id_text);
	struct view_grid_rows_cells view = {
	    .phase = record_value(phase, "name"),
	};
	if (cell == NULL) {
		if (may)
			view.href = new_cell_href(rq, phase, subject);
		return view;
	}
	view.mode_key = record_value(cell, "mode");
	view.mode = item_name(rq, "modes", view.mode_key);
	view.mark = mode_mark(view.mode_key);
	view.role = grid_role(rq, cell);
	view.coform = item_name(rq, "coforms", record_value(cell, "coform"));
	view.draft = str_eq(record_value(cell, "state"), S("draft"));
	if (may)
		view.href = cell_href(rq, cell);
	return view;
}

static struct view_grid_rows
row_view(struct req *rq, const struct plan *plan, const struct record *subject)
{
	const struct records *phases = &plan->of[KIND_PHASE];
	const char *list =
	    subject->kind == KIND_ACTOR ? "actor_kinds" : "target_group_kinds";
	struct view_grid_rows_cells *cells =
	    arena_new(rq->arena, struct view_grid_rows_cells, phases->n);
	for (ptrdiff_t i = 0; i < phases->n; i++)
		cells[i] = cell_view(rq, plan, &phases->list[i], subject);
	return (struct view_grid_rows){
	    .name = record_value(subject, "name"),
	    .kind = item_name(rq, list, record_value(subject, "kind")),
	    .cells = {cells, phases->n},
	};
}

static void
fill_phases(struct req *rq, const struct plan *plan, struct view_grid *view)
{
	const struct records *phases = &plan->of[KIND_PHASE];
	const struct record *stay = plan_stay(plan);
	struct str now = stay ? record_value(stay, "phase") : S("");
	struct view_grid_phases *list =
	    arena_new(rq->arena, struct view_grid_phases, phases->n);
	for (ptrdiff_t i = 0; i < phases->n; i++)
		list[i] = (struct view_grid_phases){
		    .name = record_value(&phases->list[i], "name"),
		    .now = str_eq(phases->list[i].id_text, now)};
	view->phases.p = list;
	view->phases.n = phases->n;
}

static void
fill_rows(struct req *rq, const struct plan *plan, struct view_grid *view)
{
	static const enum record_kind kinds[] = {KIND_ACTOR, KIND_GROUP};
	ptrdiff_t max = plan->of[KIND_ACTOR].n + plan->of[KIND_GROUP].n;
	struct view_grid_rows *rows =
	    arena_new(rq->arena, struct view_grid_rows, max);
	ptrdiff_t n = 0;
	for (ptrdiff_t k = 0; k < COUNT_OF(kinds); k++) {
		const struct records *all = &plan->of[kinds[k]];
		for (ptrdiff_t i = 0; i < all->n; i++)
			rows[n++] = row_view(rq, plan, &all->list[i]);
	}
	view->rows.p = rows;
	view->rows.n = n;
	view->has_rows = n > 0;
}

/* The words of the grid: the ways of taking part and the forms. */
static void
fill_terms(struct req *rq, struct view_grid *view)
{
	static const char *const lists[] = {"modes", "coforms"};
	struct view_grid_terms *terms =
	    arena_new(rq->arena, struct view_grid_terms, 40);
	ptrdiff_t n = 0;
	for (ptrdiff_t l = 0; l < COUNT_OF(lists); l++) {
		struct catalogue_items items = catalogue_list(str_c(lists[l]));
		for (ptrdiff_t i = 0; i < items.n && n < 40; i++)
			terms[n++] = (struct view_grid_terms){
			    catalogue_name(&items.list[i], rq->lang),
			    catalogue_text(&items.list[i], rq->lang)};
	}
	view->terms.p = terms;
	view->terms.n = n;
}

/* The phases in which no citizen takes part (S17), from the next steps. */
static void
fill_gaps(struct req *rq, const struct plan *plan, struct view_grid *view)
{
	struct steps steps = plan_steps(plan, rq->arena);
	struct view_grid_gaps *gaps =
	    arena_new(rq->arena, struct view_grid_gaps, steps.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < steps.n; i++) {
		const struct step *step = &steps.list[i];
		if (step->kind == KIND_CELL && step->argument.n > 0)
			gaps[n++].text =
			    req_tr1(rq, step->message, step->argument);
	}
	view->gaps.p = gaps;
	view->gaps.n = n;
}

struct view_grid
grid_view(struct req *rq, const struct plan *plan, const struct edit *edit)
{
	struct view_grid view = {
	    .pdf_href = req_network_path(rq, "/rollegitter.pdf"),
	    .odt_href = req_network_path(rq, "/rollegitter.odt"),
	    .editing = edit->on && edit->record.kind == KIND_CELL,
	};
	fill_phases(rq, plan, &view);
	fill_rows(rq, plan, &view);
	fill_terms(rq, &view);
	fill_gaps(rq, plan, &view);
	if (view.editing)
		view.form = edit_view(rq, plan, edit);
	return view;
}
