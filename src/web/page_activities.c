/* SPDX-License-Identifier: MPL-2.0 */

/* A network's activities by state, 50 a page; the rules that were let pass. */
#include "base/buf.h"
#include "model/activity.h"
#include "view_activities.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/shell.h"

enum { PER_PAGE = 50 };

/* What the address asks for: ?tilstand=held&side=2. */
struct view_of {
	int state; /* ACTIVITY_STATES: all */
	int64_t page; /* from 1 */
};

static struct view_of
asked_for(struct req *rq)
{
	struct view_of view = {ACTIVITY_STATES, 1};
	struct str key = req_query(rq, S("tilstand"));
	for (int i = 0; i < ACTIVITY_STATES; i++) {
		if (str_eq(key, activity_state_key((enum activity_state)i)))
			view.state = i;
	}
	if (!str_int(req_query(rq, S("side")), &view.page) || view.page < 1 ||
	    view.page > 1000000)
		view.page = 1;
	return view;
}

static struct str
list_href(struct req *rq, int state, int64_t page)
{
	struct str path = req_network_path(rq, "/aktiviteter");
	struct str key = state == ACTIVITY_STATES
	    ? S("alle")
	    : activity_state_key((enum activity_state)state);
	return str_fmt(rq->arena, "%.*s?tilstand=%.*s&side=%lld#liste",
	    STR_ARG(path), STR_ARG(key), (long long)page);
}

static struct str
state_label(struct req *rq, int state)
{
	return req_tr(rq,
	    state == ACTIVITY_STATES
		? N_("All")
		: activity_state_label((enum activity_state)state));
}

static int64_t
fill_states(struct req *rq, const struct plan *plan, struct view_of view,
    struct view_activities *v)
{
	int64_t counts[ACTIVITY_STATES + 1] = {0};
	const struct records *all = &plan->of[KIND_ACTIVITY];
	struct view_activities_states *list = arena_new(
	    rq->arena, struct view_activities_states, ACTIVITY_STATES + 1);
	for (ptrdiff_t i = 0; i < all->n; i++)
		counts[activity_state(&all->list[i])]++;
	counts[ACTIVITY_STATES] = all->n;
	for (int i = 0; i <= ACTIVITY_STATES; i++)
		list[i] =
		    (struct view_activities_states){.name = state_label(rq, i),
			.href = list_href(rq, i, 1),
			.now = i == view.state,
			.count = counts[i]};
	v->states.p = list;
	v->states.n = ACTIVITY_STATES + 1;
	return counts[view.state];
}

static struct view_activities_activities
line(struct req *rq, const struct plan *plan, const struct record *r)
{
	struct id id;
	struct date day;
	enum activity_state state = activity_state(r);
	struct str key = record_value(r, "method");
	const struct catalogue_item *method = plan_choice(plan, "methods", key);
	struct view_activities_activities view = {
	    .id = r->id_text,
	    .href = STR_JOIN(
		rq->arena, req_network_path(rq, "/aktiviteter/"), r->id_text),
	    .title = record_value(r, "title"),
	    .state = req_tr(rq, activity_state_label(state)),
	    .method = method == NULL ? key : catalogue_name(method, rq->lang),
	    .waits = state == ACTIVITY_HELD || state == ACTIVITY_DOCUMENTED,
	};
	if (date_parse(record_value(r, "day"), &day))
		view.day = lang_date(rq->arena, rq->lang, day);
	if (id_parse(record_value(r, "responsible"), &id))
		view.who = vault_name_of(&plan->names, id);
	return view;
}

/* The newest first: those of this page. */
static void
fill_list(struct req *rq, const struct plan *plan, struct view_of view,
    struct view_activities *v)
{
	const struct records *all = &plan->of[KIND_ACTIVITY];
	struct view_activities_activities *list =
	    arena_new(rq->arena, struct view_activities_activities, PER_PAGE);
	int64_t seen = 0, first = (view.page - 1) * PER_PAGE;
	for (ptrdiff_t i = all->n - 1; i >= 0; i--) {
		const struct record *r = &all->list[i];
		if (view.state != ACTIVITY_STATES &&
		    (int)activity_state(r) != view.state)
			continue;
		if (seen++ >= first && v->activities.n < PER_PAGE)
			list[v->activities.n++] = line(rq, plan, r);
	}
	v->activities.p = list;
	v->empty = v->activities.n == 0;
}

static void
fill_pages(struct req *rq, struct view_of view, int64_t count,
    struct view_activities *v)
{
	int64_t pages = (count + PER_PAGE - 1) / PER_PAGE;
	v->has_pages = pages > 1;
	v->page_line = req_tr2(rq, "Page %1 of %2",
	    lang_int(rq->arena, rq->lang, view.page),
	    lang_int(rq->arena, rq->lang, pages));
	if (view.page > 1)
		v->before_href = list_href(rq, view.state, view.page - 1);
	if (view.page < pages)
		v->after_href = list_href(rq, view.state, view.page + 1);
}

static enum err
fill_overrides(
    struct req *rq, const struct plan *plan, struct view_activities *v)
{
	struct overrides all;
	enum err e = override_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_activities_overrides *list =
	    arena_new(rq->arena, struct view_activities_overrides, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct override *o = &all.list[i];
		const struct record *r =
		    plan_find(plan, KIND_ACTIVITY, o->object);
		if (r == NULL)
			r = plan_find(plan, KIND_VISIT, o->object);
		list[i] = (struct view_activities_overrides){.rule = o->rule,
		    .reason = o->reason,
		    .who = vault_name_of(&plan->names, o->account),
		    .when =
			lang_date(rq->arena, rq->lang, date_danish(o->at_us))};
		if (r != NULL)
			list[i].about = plan_title(plan, rq->arena, r);
	}
	v->overrides.p = list;
	v->overrides.n = all.n;
	v->no_overrides = all.n == 0;
	return ERR_OK;
}

static void
fill_forms(struct req *rq, const struct plan *plan, const struct edit *edit,
    struct view_activities *v)
{
	if (!edit->on)
		return;
	struct view_activities_forms *form =
	    arena_new(rq->arena, struct view_activities_forms, 1);
	form->form = edit_view(rq, plan, edit);
	v->forms.p = form;
	v->forms.n = 1;
}

enum err
activities_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_of view = asked_for(rq);
	struct view_activities v = {
	    .head = shell_network_head(rq, req_tr(rq, "Activities"),
		record_value(&plan->network, "name"), "aktiviteter"),
	    .foot = shell_foot(rq),
	    .list_title = state_label(rq, view.state),
	    .terms_href = req_network_path(rq, "/lige-vilkaar"),
	};
	if (actor_may(&rq->who, CAP_EDIT)) {
		v.choose_href = req_network_path(rq, "/metoder");
		v.new_href = edit_new_href(rq, "aktiviteter", KIND_ACTIVITY);
		v.reuse_href = req_network_path(rq, "/genbrug");
	}
	int64_t count = fill_states(rq, plan, view, &v);
	fill_list(rq, plan, view, &v);
	fill_pages(rq, view, count, &v);
	fill_forms(rq, plan, edit, &v);
	e = fill_overrides(rq, plan, &v);
	if (e != ERR_OK)
		return e;
	tmpl_activities(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/aktiviteter */
enum err
page_activities(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "aktiviteter", &edit);
	return e == ERR_OK ? activities_show(rq, &edit, 200) : e;
}
