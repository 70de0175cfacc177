/* SPDX-License-Identifier: MPL-2.0 */

/* The front page, and a network's overview. */
#include "base/buf.h"
#include "model/catalogue.h"
#include "model/network.h"
#include "model/standing.h"
#include "model/waits.h"
#include "view_front.h"
#include "view_overview.h"
#include "web/indicator.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

enum { OVERVIEW_STEPS = 8, OVERVIEW_CHANGES = 6, OVERVIEW_TASKS = 6 };

/* ---- shared with other pages of networks ---- */

static struct str
choice_name(struct req *rq, const char *list, struct str key)
{
	const struct catalogue_item *item = catalogue_find(str_c(list), key);
	return item == NULL ? key : catalogue_name(item, rq->lang);
}

static struct str
shown_date(struct req *rq, struct str text)
{
	struct date date;
	return date_parse(text, &date) ? lang_date(rq->arena, rq->lang, date)
				       : S("");
}

/* "1. august 2026 – 1. marts 2027", as far as it is known. */
static struct str
shown_span(struct req *rq, struct str from, struct str to)
{
	struct str a = shown_date(rq, from), b = shown_date(rq, to);
	if (a.n == 0 && b.n == 0)
		return S("");
	return str_cat(rq->arena, str_cat(rq->arena, a, S(" – ")), b);
}

static bool
is_late(struct req *rq, struct str due)
{
	struct date date;
	return date_parse(due, &date) &&
	    date_cmp(date, date_danish(rq->http->now_us)) < 0;
}

/* ---- the front page ---- */

static void
fill_tasks(struct req *rq, const struct task_lines *tasks, struct view_front *v)
{
	struct view_front_tasks *rows =
	    arena_new(rq->arena, struct view_front_tasks, tasks->n);
	for (ptrdiff_t i = 0; i < tasks->n; i++) {
		const struct task_line *task = &tasks->list[i];
		struct str network = id_text(rq->arena, task->network);
		struct str id = id_text(rq->arena, task->id);
		rows[i] = (struct view_front_tasks){
		    .href =
			str_fmt(rq->arena, "/netvaerk/%.*s/opgaver#opgave-%.*s",
			    STR_ARG(network), STR_ARG(id)),
		    .title = task->title,
		    .network = task->network_name,
		    .due = shown_date(rq, task->due),
		    .late = is_late(rq, task->due),
		};
	}
	v->tasks.p = rows;
	v->tasks.n = tasks->n;
	v->has_tasks = tasks->n > 0;
}

static struct str
role_names(struct req *rq, unsigned roles)
{
	struct buf b = buf_new(rq->arena, 1000);
	for (int role = 0; role < ROLE_COUNT; role++) {
		if ((roles & 1u << role) == 0)
			continue;
		buf_add(&b, b.n > 0 ? S(", ") : S(""));
		buf_add(&b, req_tr(rq, role_label((enum member_role)role)));
	}
	return buf_str(&b);
}

static void
fill_networks(
    struct req *rq, const struct network_lines *networks, struct view_front *v)
{
	struct view_front_networks *rows =
	    arena_new(rq->arena, struct view_front_networks, networks->n);
	for (ptrdiff_t i = 0; i < networks->n; i++) {
		const struct network_line *line = &networks->list[i];
		struct str id = id_text(rq->arena, line->id);
		rows[i] = (struct view_front_networks){
		    .href = str_fmt(rq->arena, "/netvaerk/%.*s", STR_ARG(id)),
		    .name = line->name,
		    .type = choice_name(rq, "network_types", line->type),
		    .state = network_state_name(rq, line->state),
		    .dates = shown_span(rq, line->starts, line->ends),
		    .roles = role_names(rq, line->roles),
		};
	}
	v->networks.p = rows;
	v->networks.n = networks->n;
	v->has_networks = networks->n > 0;
}

/* GET / */
enum err
page_front(struct req *rq)
{
	struct task_lines tasks;
	struct network_lines networks;
	struct vault_entry me;
	enum err e =
	    vault_get(rq->db, rq->arena, &rq->who, rq->who.account, &me);
	if (e == ERR_OK)
		e = task_mine(rq->db, rq->arena, &rq->who, &tasks);
	if (e == ERR_OK)
		e = network_mine(rq->db, rq->arena, &rq->who, &networks);
	if (e != ERR_OK)
		return e;
	struct view_front v = {
	    .head = shell_head(rq, req_tr(rq, "Front page")),
	    .foot = shell_foot(rq),
	    .name = me.name,
	};
	fill_tasks(rq, &tasks, &v);
	fill_networks(rq, &networks, &v);
	tmpl_front(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- the overview ---- */

static void
fill_phase(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	const struct records *phases = &plan->of[KIND_PHASE];
	const struct records *visits = &plan->of[KIND_VISIT];
	const struct record *stay = plan_stay(plan);
	struct str now = stay ? record_value(stay, "phase") : S("");
	struct view_line_rows *rows =
	    arena_new(rq->arena, struct view_line_rows, phases->n);
	for (ptrdiff_t i = 0; i < phases->n; i++) {
		struct str id = phases->list[i].id_text;
		rows[i] = (struct view_line_rows){
		    .name = record_value(&phases->list[i], "name"),
		    .now = str_eq(id, now)};
		for (ptrdiff_t k = 0; k < visits->n; k++)
			rows[i].been = rows[i].been ||
			    str_eq(record_value(&visits->list[k], "phase"), id);
		if (rows[i].now)
			v->phase = rows[i].name;
	}
	v->phases.rows.p = rows;
	v->phases.rows.n = phases->n;
	if (stay != NULL)
		v->phase_since = req_tr1(rq, "Since %1.",
		    shown_date(rq, record_value(stay, "entered")));
}

struct step_rows {
	struct view_overview_steps list[OVERVIEW_STEPS];
	ptrdiff_t n;
};

static void
add_steps(struct req *rq, const struct steps *steps, struct step_rows *rows)
{
	for (ptrdiff_t i = 0; i < steps->n && rows->n < OVERVIEW_STEPS; i++) {
		const struct step *step = &steps->list[i];
		struct str page = req_network_path(rq, "/");
		rows->list[rows->n++] = (struct view_overview_steps){
		    .text = req_tr1(rq, step->message, step->argument),
		    .href = step->create
			? edit_new_href(rq, step->page, step->kind)
			: str_cat(rq->arena, page, str_c(step->page)),
		    .urgent = step->urgent,
		};
	}
}

/* People first: who waits for us, then what the plan lacks. */
static enum err
fill_steps(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	struct steps waits;
	struct steps lacks = plan_steps(plan, rq->arena);
	struct step_rows *rows = arena_new(rq->arena, struct step_rows, 1);
	enum err e = waits_list(rq->db, rq->arena, &rq->who, plan, &waits);
	if (e != ERR_OK)
		return e;
	add_steps(rq, &waits, rows);
	add_steps(rq, &lacks, rows);
	v->steps.p = rows->list;
	v->steps.n = rows->n;
	v->has_steps = rows->n > 0;
	return ERR_OK;
}

static void
fill_overview_tasks(
    struct req *rq, const struct plan *plan, struct view_overview *v)
{
	const struct records *tasks = &plan->of[KIND_TASK];
	const struct field_def *owner = &record_def(KIND_TASK)->fields[1];
	struct view_overview_tasks *rows =
	    arena_new(rq->arena, struct view_overview_tasks, OVERVIEW_TASKS);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < tasks->n && n < OVERVIEW_TASKS; i++) {
		const struct record *task = &tasks->list[i];
		struct str due = record_value(task, "due");
		if (!str_eq(record_value(task, "state"), S("open")))
			continue;
		struct str anchor = edit_anchor(rq, task);
		rows[n++] = (struct view_overview_tasks){
		    .href = str_fmt(rq->arena, "%.*s#%.*s",
			STR_ARG(req_network_path(rq, "/opgaver")),
			STR_ARG(anchor)),
		    .title = record_value(task, "title"),
		    .owner = edit_shown(
			rq, plan, owner, record_value(task, "owner")),
		    .due = shown_date(rq, due),
		    .late = is_late(rq, due),
		};
	}
	v->tasks.p = rows;
	v->tasks.n = n;
	v->has_tasks = n > 0;
}

/* The answers that people are owed, with the day they were promised for. */
static void
fill_promises(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	const struct records *all = &plan->of[KIND_ACTIVITY];
	struct view_overview_promises *rows =
	    arena_new(rq->arena, struct view_overview_promises, all->n);
	const struct str *day = standing_days(plan, rq->arena);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		if (!standing_owes(r))
			continue;
		rows[v->promises.n++] = (struct view_overview_promises){
		    .href = edit_history_href(rq, r),
		    .title = record_value(r, "title"),
		    .day = shown_date(rq, day[i]),
		    .late = is_late(rq, day[i]),
		};
	}
	v->promises.p = rows;
	v->has_promises = v->promises.n > 0;
}

/* E1 and E6, with their formulas. */
static void
fill_numbers(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	struct standing s = standing_of(plan, rq->arena);
	const struct records *phases = &plan->of[KIND_PHASE];
	struct view_overview_covered *rows =
	    arena_new(rq->arena, struct view_overview_covered, phases->n);
	for (ptrdiff_t i = 0; i < phases->n; i++) {
		struct share share =
		    standing_in_phase(plan, rq->arena, phases->list[i].id_text);
		if (share.part > 0)
			rows[v->covered.n++] = (struct view_overview_covered){
			    .phase = record_value(&phases->list[i], "name"),
			    .part = share.part,
			    .whole = share.whole};
	}
	v->covered.p = rows;
	v->reached = s.coverage.part;
	v->chosen = s.coverage.whole;
	v->risk = s.sham.risk;
	v->coverage = indicator_view(rq, S("coverage"), NULL);
	v->sham = indicator_view(rq, S("sham_risk"), &s.sham);
}

static enum err
fill_changes(struct req *rq, const struct plan *plan, struct view_overview *v)
{
	struct revisions recent;
	enum err e = record_recent(
	    rq->db, rq->arena, &rq->who, OVERVIEW_CHANGES, &recent);
	if (e != ERR_OK)
		return e;
	struct view_overview_changes *rows =
	    arena_new(rq->arena, struct view_overview_changes, recent.n);
	for (ptrdiff_t i = 0; i < recent.n; i++) {
		const struct revision *r = &recent.list[i];
		rows[i] = (struct view_overview_changes){
		    .href = edit_history_href(rq, &r->record),
		    .what = req_tr2(rq, "%1: %2",
			req_tr(rq, record_def(r->record.kind)->title),
			plan_title(plan, rq->arena, &r->record)),
		    .who = vault_name_of(&plan->names, r->account),
		    .when = lang_time(rq->arena, rq->lang, r->at_us),
		};
	}
	v->changes.p = rows;
	v->changes.n = recent.n;
	return ERR_OK;
}

/* The network's own name, type and dates, for those who may change them. */
static void
fill_frame(struct req *rq, const struct plan *plan, const struct edit *edit,
    struct view_overview *v)
{
	struct plan framed = *plan;
	struct record network = plan->network;
	static const struct section_spec spec = {
	    .kind = KIND_NETWORK,
	    .title = N_("Name, type and dates"),
	    .empty = "",
	};
	if (!actor_may(&rq->who, CAP_MANAGE))
		return;
	framed.of[KIND_NETWORK] = (struct records){&network, 1};
	struct view_overview_frame *frame =
	    arena_new(rq->arena, struct view_overview_frame, 1);
	frame->section = section_view(rq, &framed, edit, &spec);
	v->frame.p = frame;
	v->frame.n = 1;
}

enum err
overview_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct record *theme = plan_theme(plan);
	struct fill fill = plan_fill(plan);
	struct str name = record_value(&plan->network, "name");
	struct view_overview v = {
	    .head = shell_network_head(rq, name, name, ""),
	    .foot = shell_foot(rq),
	    .name = name,
	    .type = choice_name(
		rq, "network_types", record_value(&plan->network, "type")),
	    .state =
		network_state_name(rq, record_value(&plan->network, "state")),
	    .dates = shown_span(rq, record_value(&plan->network, "starts"),
		record_value(&plan->network, "ends")),
	    .theme = theme ? record_value(theme, "text") : S(""),
	    .plan_href = req_network_path(rq, "/plan"),
	    .field_href = actor_may(&rq->who, CAP_AGENDA)
		? req_network_path(rq, "/felt")
		: S(""),
	    .phases_href = req_network_path(rq, "/faser"),
	    .tasks_href = req_network_path(rq, "/opgaver"),
	    .effort_href = req_network_path(rq, "/indsats"),
	    .changes_href = req_network_path(rq, "/historik"),
	    .fill = req_tr2(rq, "%1 of %2 parts are filled in.",
		lang_int(rq->arena, rq->lang, fill.filled),
		lang_int(rq->arena, rq->lang, fill.parts)),
	};
	fill_phase(rq, plan, &v);
	fill_overview_tasks(rq, plan, &v);
	fill_promises(rq, plan, &v);
	fill_numbers(rq, plan, &v);
	fill_frame(rq, plan, edit, &v);
	e = fill_steps(rq, plan, &v);
	if (e == ERR_OK)
		e = fill_changes(rq, plan, &v);
	if (e != ERR_OK)
		return e;
	tmpl_overview(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N */
enum err
page_overview(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "", &edit);
	return e == ERR_OK ? overview_show(rq, &edit, 200) : e;
}
