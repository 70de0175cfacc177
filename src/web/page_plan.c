/* SPDX-License-Identifier: MPL-2.0 */

/* The plan as one document in the guide's order; phases; tasks; and saving
 * any part of them. */
#include "web/page_plan.h"

#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "model/catalogue.h"
#include "view_parts.h"
#include "view_plan.h"
#include "web/gate.h"
#include "web/grid.h"
#include "web/invite.h"
#include "web/page_idea.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

/* The guide's order: the theme and what we do not know (S12, S38), why and
 * which decision (S10, S11, S44, S46), the promise, who pulls where (S13), who
 * is there and what they can do (S1, S8, S30); then the grid; then how it is
 * written down (S53). */
static const struct section_spec before_grid[] = {
    {KIND_THEME, N_("Theme"),
	N_("What the network is about, and how you understand the problem. "
	   "A new version keeps the old one."),
	"theme", N_("No theme yet."), true},
    {KIND_QUESTION, N_("What we do not know yet"),
	N_("The questions that citizens and others can help answer."),
	"open_question", N_("No open questions yet."), false},
    {KIND_PURPOSE, N_("Purpose"), NULL, "purpose", N_("No purpose yet."),
	false},
    {KIND_SCOPE, N_("Room for influence"),
	N_("What can still change, and who decides."), "decision_room",
	N_("Nothing is written yet. Without it nobody should be invited."),
	false},
    {KIND_NEED, N_("Need"), NULL, "need", N_("No need yet."), false},
    {KIND_PROMISE, N_("Promise to citizens"),
	N_("How far their influence goes, said in advance."), "promise",
	N_("No promise yet."), false},
    {KIND_AGENDA, N_("Agendas"),
	N_("What each participant wants, and what worries them."), "agenda",
	N_("No agendas yet."), false},
    {KIND_TENSION, N_("Tensions"),
	N_("Where two agendas pull in different directions."), "tension",
	N_("No tensions are marked."), false},
    {KIND_FOCUS, N_("Common focus"),
	N_("What all can stand behind when they start from the citizen."),
	"common_focus", N_("No common focus yet."), false},
    {KIND_ACTOR, N_("Actors"),
	N_("Citizens, companies, organisations and others, with what they "
	   "know, can do and have."),
	"actor", N_("No actors yet."), false},
    {KIND_GROUP, N_("Target groups"),
	N_("Those whom the theme is about, also in five years."),
	"target_group", N_("No target groups yet."), false},
};

static const struct section_spec after_grid[] = {
    {KIND_DOCUMENTATION, N_("Documentation plan"),
	N_("What is written down, by whom, with which consent, and for how "
	   "long."),
	"documentation_plan", N_("No documentation plan yet."), false},
    {KIND_NOTICE, N_("What people are told about their data"),
	N_("It stands in every invitation: who you are, why you ask, and what "
	   "rights people have."),
	NULL, N_("Nothing is written yet. No invitation leaves without it."),
	false},
};

struct plan_parts
plan_parts(void)
{
	return (struct plan_parts){before_grid, after_grid,
	    COUNT_OF(before_grid), COUNT_OF(after_grid)};
}

/* ---- the plan page ---- */

static struct view_section *
views_of(struct req *rq, const struct plan *plan, const struct edit *edit,
    const struct section_spec *specs, ptrdiff_t n)
{
	struct view_section *views =
	    arena_new(rq->arena, struct view_section, n);
	for (ptrdiff_t i = 0; i < n; i++)
		views[i] = section_view(rq, plan, edit, &specs[i]);
	return views;
}

static ptrdiff_t
add_contents(struct req *rq, const struct plan *plan,
    const struct section_spec *specs, ptrdiff_t n,
    struct view_plan_contents *list)
{
	for (ptrdiff_t i = 0; i < n; i++)
		list[i] = (struct view_plan_contents){
		    .href = str_fmt(
			rq->arena, "#%s", record_def(specs[i].kind)->slug),
		    .title = req_tr(rq, specs[i].title),
		    .missing = plan->of[specs[i].kind].n == 0 &&
			specs[i].kind != KIND_TENSION,
		};
	return n;
}

static void
fill_contents(struct req *rq, const struct plan *plan, struct view_plan *v)
{
	ptrdiff_t n = COUNT_OF(before_grid) + COUNT_OF(after_grid) + 1;
	struct view_plan_contents *list =
	    arena_new(rq->arena, struct view_plan_contents, n);
	ptrdiff_t at =
	    add_contents(rq, plan, before_grid, COUNT_OF(before_grid), list);
	list[at++] = (struct view_plan_contents){.href = S("#rollegitter"),
	    .title = req_tr(rq, "Who takes part in which phase"),
	    .missing = plan->of[KIND_CELL].n == 0};
	at +=
	    add_contents(rq, plan, after_grid, COUNT_OF(after_grid), list + at);
	v->contents.p = list;
	v->contents.n = at;
}

static void
fill_sections(struct req *rq, const struct plan *plan, const struct edit *edit,
    struct view_plan *v)
{
	const struct view_section *views =
	    views_of(rq, plan, edit, before_grid, COUNT_OF(before_grid));
	struct view_plan_before *before = arena_new(
	    rq->arena, struct view_plan_before, COUNT_OF(before_grid));
	for (ptrdiff_t i = 0; i < COUNT_OF(before_grid); i++)
		before[i].section = views[i];
	v->before.p = before;
	v->before.n = COUNT_OF(before_grid);

	views = views_of(rq, plan, edit, after_grid, COUNT_OF(after_grid));
	struct view_plan_after *after =
	    arena_new(rq->arena, struct view_plan_after, COUNT_OF(after_grid));
	for (ptrdiff_t i = 0; i < COUNT_OF(after_grid); i++)
		after[i].section = views[i];
	v->after.p = after;
	v->after.n = COUNT_OF(after_grid);
}

static enum err
notes_view(struct req *rq, const struct plan *plan, struct view_gate *out)
{
	struct rule_limits limits;
	enum err e = activity_limits(rq->db, rq->arena, &rq->who, &limits);
	if (e != ERR_OK)
		return e;
	struct rules rules = rules_new(rq->arena, rq->lang, &limits);
	activity_look(&rules, plan);
	*out = gate_notes(rq, &rules);
	return ERR_OK;
}

static enum err
plan_show(struct req *rq, const struct plan *plan, const struct edit *edit,
    int status)
{
	struct fill fill = plan_fill(plan);
	struct str name = record_value(&plan->network, "name");
	struct view_plan v = {
	    .head = shell_network_head(rq, req_tr(rq, "Plan"), name, "plan"),
	    .foot = shell_foot(rq),
	    .name = name,
	    .fill = req_tr2(rq, "%1 of %2 parts are filled in.",
		lang_int(rq->arena, rq->lang, fill.filled),
		lang_int(rq->arena, rq->lang, fill.parts)),
	    .pdf_href = req_network_path(rq, "/plan.pdf"),
	    .odt_href = req_network_path(rq, "/plan.odt"),
	    .changes_href = req_network_path(rq, "/historik"),
	    .reuse_href = actor_may(&rq->who, CAP_EDIT)
		? req_network_path(rq, "/genbrug")
		: S(""),
	    .reflection_href = req_network_path(rq, "/refleksion"),
	    .grid = grid_view(rq, plan, edit),
	};
	struct view_plan_notes notes;
	enum err e = notes_view(rq, plan, &notes.gate);
	if (e != ERR_OK)
		return e;
	v.notes.p = &notes;
	v.notes.n = notes.gate.shut;
	fill_contents(rq, plan, &v);
	fill_sections(rq, plan, edit, &v);
	tmpl_plan(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* ---- phases, tasks ---- */

static const struct section_spec phase_sections[] = {
    {KIND_PHASE, N_("Phases"),
	N_("Change them so that they fit your network. You may go back and "
	   "forth between them."),
	"phase", N_("No phases yet."), false},
    {KIND_VISIT, N_("Stays"),
	N_("When the network was in which phase. It may come back to one."),
	NULL, N_("No stays yet."), false},
};

static const struct section_spec task_sections[] = {
    {KIND_TASK, N_("Tasks"), NULL, NULL, N_("No tasks yet."), false},
};

/* Pages that are nothing but a few parts of the plan. */
static const struct parts_page {
	const char *page, *title;
	const struct section_spec *specs;
	ptrdiff_t n;
} parts_pages[] = {
    {"faser", N_("Phases and stays"), phase_sections, COUNT_OF(phase_sections)},
    {"opgaver", N_("Next steps and tasks"), task_sections,
	COUNT_OF(task_sections)},
};

/* NULL: a side that is none of them. */
static const struct parts_page *
parts_find(struct str side)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(parts_pages); i++) {
		if (str_eq(str_c(parts_pages[i].page), side))
			return &parts_pages[i];
	}
	return NULL;
}

/* R1 while the network is in its design (S2). */
static enum err
leaving_gate(struct req *rq, const struct plan *plan, struct view_gate *gate)
{
	struct overrides all;
	struct rule_limits limits;
	const struct record *stay = plan_stay(plan);
	const struct record *phase = stay == NULL
	    ? NULL
	    : plan_ref(plan, KIND_PHASE, record_value(stay, "phase"));
	*gate = (struct view_gate){0};
	if (phase == NULL ||
	    !str_eq(record_value(phase, "source"), S("design")))
		return ERR_OK;
	enum err e = activity_limits(rq->db, rq->arena, &rq->who, &limits);
	if (e == ERR_OK)
		e = override_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct rules rules = rules_new(rq->arena, rq->lang, &limits);
	const struct override *passed = override_find(&all, stay->id);
	if (rule_leaves_design(&rules, plan) && passed != NULL)
		rules.hit[0].stops = false;
	*gate = gate_of_rules(rq, plan, &rules, stay->id, passed);
	return ERR_OK;
}

static enum err
parts_show(struct req *rq, const struct plan *plan, const struct edit *edit,
    int status)
{
	const struct parts_page *page = parts_find(edit->side);
	if (page == NULL)
		return ERR_NOT_FOUND;
	ptrdiff_t n = page->n;
	const struct view_section *views =
	    views_of(rq, plan, edit, page->specs, n);
	struct view_parts_sections *sections =
	    arena_new(rq->arena, struct view_parts_sections, n);
	for (ptrdiff_t i = 0; i < n; i++)
		sections[i].section = views[i];
	struct view_parts_gates gate;
	enum err e = leaving_gate(rq, plan, &gate.gate);
	if (e != ERR_OK)
		return e;
	struct str title = req_tr(rq, page->title);
	struct view_parts v = {
	    .head = shell_network_head(
		rq, title, record_value(&plan->network, "name"), page->page),
	    .foot = shell_foot(rq),
	    .title = title,
	    .gates = {&gate, page->specs == phase_sections},
	    .sections = {sections, n},
	};
	tmpl_parts(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* ---- whichever page a form stands on ---- */

static enum err
activity_side(struct req *rq, const struct edit *edit, int status)
{
	struct id id;
	struct str rest = edit->side;
	(void)str_cut(&rest, '/');
	if (!id_parse(str_cut(&rest, '/'), &id))
		return ERR_NOT_FOUND;
	return rest.n > 0 ? invite_show(rq, id, edit, status)
			  : activity_show(rq, id, edit, status);
}

static enum err
idea_side(struct req *rq, const struct edit *edit, int status)
{
	struct idea_page page = {.id = edit->record.id, .edit = edit};
	return idea_page(rq, &page, status);
}

/* The pages with a form that are no part of the plan's own page. */
static const struct {
	const char *side;
	enum err (*show)(struct req *, const struct edit *, int status);
} sides[] = {
    {"", overview_show},
    {"maalgrupper", groups_show},
    {"rejser", journeys_show},
    {"ideer", ideas_show},
    {"indsigter", insights_show},
    {"dialoger", dialogues_show},
    {"maalinger", measures_show},
    {"prioritering", rounds_show},
    {"proever", trials_show},
    {"beslutninger", decisions_show},
    {"fortaellinger", stories_show},
    {"temakort", cards_show},
    {"evaluering", evaluation_show},
    {"spredning", spread_show},
    {"aktiviteter", activities_show},
};

enum err
side_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	for (ptrdiff_t i = 0; i < COUNT_OF(sides); i++) {
		if (str_eq(edit->side, str_c(sides[i].side)))
			return sides[i].show(rq, edit, status);
	}
	if (str_eq(edit->side, S("mennesker")))
		return people_show(rq, edit, S(""), status);
	if (str_starts(edit->side, S("ideer/")))
		return idea_side(rq, edit, status);
	if (str_starts(edit->side, S("aktiviteter/")))
		return activity_side(rq, edit, status);
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	if (str_eq(edit->side, S("plan")))
		return plan_show(rq, plan, edit, status);
	return parts_show(rq, plan, edit, status);
}

static enum err
show_from_query(struct req *rq, const char *side)
{
	struct edit edit;
	enum err e = edit_from_query(rq, side, &edit);
	return e == ERR_OK ? side_show(rq, &edit, 200) : e;
}

/* GET /netvaerk/N/plan */
enum err
page_plan(struct req *rq)
{
	return show_from_query(rq, "plan");
}

/* GET /netvaerk/N/faser */
enum err
page_phases(struct req *rq)
{
	return show_from_query(rq, "faser");
}

/* GET /netvaerk/N/opgaver */
enum err
page_tasks(struct req *rq)
{
	return show_from_query(rq, "opgaver");
}

/* ---- saving ---- */

static void
tell_watchers(struct req *rq)
{
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
}

/* Whether one of that kind has a page of its own. */
static bool
has_page(enum record_kind kind)
{
	return kind == KIND_ACTIVITY || kind == KIND_IDEA;
}

static enum err
go_back(struct req *rq, const struct record *r, const char *message)
{
	bool gone = strcmp(message, "fjernet") == 0;
	const char *side = gone && has_page(r->kind) ? edit_side(r->kind)
						     : edit_side_of(rq, r);
	struct str path = req_network_path(rq, side[0] == 0 ? "" : "/");
	struct str anchor = edit_anchor(rq, r);
	tell_watchers(rq);
	return req_redirect(rq, "%.*s%s?besked=%s#%.*s", STR_ARG(path), side,
	    message, STR_ARG(anchor));
}

/* POST /netvaerk/N/gem/KIND/ID: saves, or shows the page again with the form
 * as it was typed (422), or with both versions where they meet (409). */
enum err
page_save(struct req *rq)
{
	enum record_kind kind;
	struct id id;
	struct record_saved saved;
	if (!record_kind_by_slug(req_param(rq, S("kind")), &kind))
		return ERR_NOT_FOUND;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	struct edit edit = {.on = true, .record = edit_from_form(rq, kind, id)};
	edit.side = str_c(has_page(kind) && edit.record.rev == 0
		? edit_side(kind)
		: edit_side_of(rq, &edit.record));
	e = record_save(rq->db, rq->arena, &rq->who, &edit.record, &saved);
	if (e == ERR_OK)
		return go_back(
		    rq, &edit.record, saved.merged ? "flettet" : "gemt");
	edit.is_new = edit.record.rev == 0;
	edit.faults = saved.faults;
	if (e == ERR_INVALID && saved.faults.any)
		return side_show(rq, &edit, 422);
	if (e != ERR_CONFLICT || saved.theirs.rev == 0)
		return e;
	edit.conflict = true;
	edit.is_new = false;
	edit.theirs = saved.theirs;
	for (int i = 0; i < RECORD_FIELDS; i++)
		edit.meets[i] = saved.meets[i];
	edit.record.rev = saved.theirs.rev; /* the next save is made from it */
	return side_show(rq, &edit, 409);
}

/* POST /netvaerk/N/fjern/KIND/ID */
enum err
page_remove(struct req *rq)
{
	enum record_kind kind;
	struct id id;
	int64_t rev;
	if (!record_kind_by_slug(req_param(rq, S("kind")), &kind) ||
	    !str_int(req_form(rq, S("rev")), &rev))
		return ERR_NOT_FOUND;
	enum err e = req_param_id(rq, S("id"), &id);
	struct record r;
	if (e == ERR_OK)
		e = record_get(rq->db, rq->arena, &rq->who, kind, id, &r);
	if (e == ERR_OK)
		e = record_remove(rq->db, rq->arena, &rq->who, kind, id, rev);
	if (e == ERR_CONFLICT)
		return go_back(rq, &r, "bruges");
	return e == ERR_OK ? go_back(rq, &r, "fjernet") : e;
}

/* POST /netvaerk/N/genskab/KIND/ID: from its history back into the plan. */
enum err
page_restore(struct req *rq)
{
	struct record r = {0};
	int64_t rev;
	if (!record_kind_by_slug(req_param(rq, S("kind")), &r.kind) ||
	    !str_int(req_form(rq, S("rev")), &rev))
		return ERR_NOT_FOUND;
	enum err e = req_param_id(rq, S("id"), &r.id);
	if (e == ERR_OK)
		e = record_restore(
		    rq->db, rq->arena, &rq->who, r.kind, r.id, rev);
	if (e == ERR_OK)
		return go_back(rq, &r, "genskabt");
	if (e != ERR_INVALID && e != ERR_CONFLICT)
		return e;
	struct str history = edit_history_href(rq, &r);
	return req_redirect(rq, "%.*s?besked=%s", STR_ARG(history),
	    e == ERR_INVALID ? "mangler" : "aendret");
}
