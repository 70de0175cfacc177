/* SPDX-License-Identifier: MPL-2.0 */

/* The target groups: who may be touched, the groups side by side, and where
 * a chosen one has no role. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/rules.h"
#include "view_groups.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

static const struct section_spec section = {KIND_GROUP, N_("The groups"),
    N_("Those whom the theme is about, also in five years."), "target_group",
    N_("No target groups yet."), false};

static bool
is_chosen(const struct record *group)
{
	struct str state = record_value(group, "state");
	return str_eq(state, S("chosen")) || str_eq(state, S("involved"));
}

static struct str
new_href(struct req *rq, const char *field, struct str value)
{
	if (!actor_may(&rq->who, CAP_EDIT))
		return S("");
	return STR_JOIN(rq->arena, req_network_path(rq, "/maalgrupper?ny="),
	    S("maalgruppe&"), str_c(field), S("="), value, S("#maalgruppe-ny"));
}

/* ---- who is touched ---- */

static void
fill_found(struct req *rq, const struct plan *plan, struct str kind,
    struct view_groups_kinds *v)
{
	const struct records *all = &plan->of[KIND_GROUP];
	struct view_groups_kinds_found *list =
	    arena_new(rq->arena, struct view_groups_kinds_found, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(record_value(&all->list[i], "kind"), kind))
			list[n++].name =
			    plan_title(plan, rq->arena, &all->list[i]);
	}
	v->found.p = list;
	v->found.n = n;
	v->none = n == 0;
}

static void
fill_kinds(struct req *rq, const struct plan *plan, struct view_groups *v)
{
	struct catalogue_items kinds = catalogue_list(S("target_group_kinds"));
	struct view_groups_kinds *list =
	    arena_new(rq->arena, struct view_groups_kinds, kinds.n);
	for (ptrdiff_t i = 0; i < kinds.n; i++) {
		const struct catalogue_words *words =
		    catalogue_words(&kinds.list[i], rq->lang);
		list[i] = (struct view_groups_kinds){.name = words->name,
		    .text = words->text,
		    .ask = words->ask,
		    .add_href = new_href(rq, "kind", kinds.list[i].key)};
		fill_found(rq, plan, kinds.list[i].key, &list[i]);
	}
	v->kinds.p = list;
	v->kinds.n = kinds.n;
}

static void
fill_later(struct req *rq, const struct plan *plan, struct view_groups *v)
{
	const struct records *all = &plan->of[KIND_GROUP];
	struct view_groups_later *list =
	    arena_new(rq->arena, struct view_groups_later, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (str_eq(record_value(r, "horizon"), S("5_years")))
			list[n++] = (struct view_groups_later){
			    .name = plan_title(plan, rq->arena, r),
			    .finding = record_value(r, "finding")};
	}
	v->later.p = list;
	v->later.n = n;
	v->later_href = new_href(rq, "horizon", S("5_years"));
}

/* ---- side by side ---- */

static struct str
shown(struct req *rq, const struct plan *plan, const struct record *r,
    const char *field)
{
	const struct record_def *def = record_def(r->kind);
	ptrdiff_t i = record_field(r->kind, field);
	return edit_shown(rq, plan, &def->fields[i], r->value[i]);
}

static void
fill_groups(struct req *rq, const struct plan *plan, struct view_groups *v)
{
	const struct records *all = &plan->of[KIND_GROUP];
	struct view_groups_groups *list =
	    arena_new(rq->arena, struct view_groups_groups, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		list[i] = (struct view_groups_groups){
		    .name = plan_title(plan, rq->arena, r),
		    .stake = record_value(r, "stake"),
		    .knowledge = record_value(r, "knowledge"),
		    .motivation = shown(rq, plan, r, "motivation"),
		    .absence = shown(rq, plan, r, "absence"),
		    .vulnerable = shown(rq, plan, r, "vulnerability"),
		    .state = shown(rq, plan, r, "state"),
		    .reason = record_value(r, "reason"),
		    .method_href = STR_JOIN(rq->arena,
			req_network_path(rq, "/metoder?maalgruppe="),
			r->id_text),
		    .again = rule_before_theme(plan, r->changed_us)};
		v->stale = v->stale || list[i].again;
	}
	v->groups.p = list;
	v->groups.n = all->n;
	v->has_groups = all->n > 0;
}

/* ---- the groups and the phases ---- */

static void
fill_gap(struct req *rq, const struct plan *plan, const struct record *group,
    struct view_groups_gaps *v)
{
	const struct records *phases = &plan->of[KIND_PHASE];
	struct view_groups_gaps_cells *cells =
	    arena_new(rq->arena, struct view_groups_gaps_cells, phases->n);
	v->name = plan_title(plan, rq->arena, group);
	v->none = true;
	for (ptrdiff_t i = 0; i < phases->n; i++) {
		const struct record *cell = plan_cell(
		    plan, phases->list[i].id_text, KIND_GROUP, group->id_text);
		if (cell == NULL)
			continue;
		cells[i].role = shown(rq, plan, cell, "role");
		if (cells[i].role.n == 0)
			cells[i].role = record_value(cell, "own_role");
		if (cells[i].role.n == 0)
			cells[i].role = shown(rq, plan, cell, "mode");
		v->none = false;
	}
	v->cells.p = cells;
	v->cells.n = phases->n;
}

static void
fill_gaps(struct req *rq, const struct plan *plan, struct view_groups *v)
{
	const struct records *all = &plan->of[KIND_GROUP];
	const struct records *phases = &plan->of[KIND_PHASE];
	struct view_groups_gaps *rows =
	    arena_new(rq->arena, struct view_groups_gaps, all->n);
	struct view_groups_phases *heads =
	    arena_new(rq->arena, struct view_groups_phases, phases->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < phases->n; i++)
		heads[i].name = record_value(&phases->list[i], "name");
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (is_chosen(&all->list[i]))
			fill_gap(rq, plan, &all->list[i], &rows[n++]);
	}
	v->phases.p = heads;
	v->phases.n = phases->n;
	v->gaps.p = rows;
	v->gaps.n = n;
}

enum err
groups_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_groups v = {
	    .head = shell_network_head(rq, req_tr(rq, "Target groups"),
		record_value(&plan->network, "name"), "mennesker"),
	    .foot = shell_foot(rq),
	    .cards_href = req_network_path(rq, "/temakort"),
	    .skewed = plan_only_the_willing(plan),
	    .section = section_view(rq, plan, edit, &section),
	};
	fill_kinds(rq, plan, &v);
	fill_later(rq, plan, &v);
	fill_groups(rq, plan, &v);
	fill_gaps(rq, plan, &v);
	tmpl_groups(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/maalgrupper */
enum err
page_groups(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "maalgrupper", &edit);
	return e == ERR_OK ? groups_show(rq, &edit, 200) : e;
}
