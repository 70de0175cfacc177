/* SPDX-License-Identifier: MPL-2.0 */

/* Every state a part of the plan had, with what moved in each (S3, S35). */
#include "base/buf.h"
#include "base/diff.h"
#include "view_changes.h"
#include "view_history.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/shell.h"

enum { ALL_CHANGES = 500 };

static struct view_history_revisions_fields_runs *
runs_view(struct req *rq, struct str old, struct str now, ptrdiff_t *n)
{
	struct diff_runs diff;
	diff_words(rq->arena, old, now, &diff);
	struct view_history_revisions_fields_runs *runs = arena_new(
	    rq->arena, struct view_history_revisions_fields_runs, diff.n);
	for (ptrdiff_t i = 0; i < diff.n; i++)
		runs[i] = (struct view_history_revisions_fields_runs){
		    .text = diff.run[i].text,
		    .added = diff.run[i].kind == DIFF_ADDED,
		    .removed = diff.run[i].kind == DIFF_REMOVED,
		    .same = diff.run[i].kind == DIFF_SAME};
	*n = diff.n;
	return runs;
}

/* The fields that differ from the state before; of the first one all. */
static void
fill_fields(struct req *rq, const struct plan *plan, const struct record *now,
    const struct record *before, struct view_history_revisions *view)
{
	const struct record_def *def = record_def(now->kind);
	struct view_history_revisions_fields *fields = arena_new(
	    rq->arena, struct view_history_revisions_fields, def->n_fields);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *f = &def->fields[i];
		struct str old = before ? before->value[i] : S("");
		if (str_eq(old, now->value[i]))
			continue;
		struct view_history_revisions_fields *field = &fields[n++];
		field->label = req_tr(rq, f->label);
		field->runs.p = runs_view(rq, edit_shown(rq, plan, f, old),
		    edit_shown(rq, plan, f, now->value[i]), &field->runs.n);
	}
	view->fields.p = fields;
	view->fields.n = n;
}

static struct str
what_happened(struct req *rq, const struct revision *r, bool append_only)
{
	if (r->removed)
		return req_tr(rq, "Taken out of the plan");
	if (append_only)
		return req_tr(rq, "New version");
	return req_tr(rq, r->rev == 1 ? "Written" : "Changed");
}

static struct str
restore_href(struct req *rq, const struct record_def *def,
    const struct revision *r, bool newest)
{
	if (newest || r->removed || def->append_only ||
	    !actor_may(&rq->who, def->cap))
		return S("");
	struct str href = edit_href(rq, edit_side(r->record.kind), &r->record);
	struct str address = str_cut(&href, '#');
	return str_fmt(rq->arena, "%.*s&fra=%lld#%.*s", STR_ARG(address),
	    (long long)r->rev, STR_ARG(href));
}

static struct view_history_revisions
revision_view(struct req *rq, const struct plan *plan,
    const struct revisions *all, ptrdiff_t i)
{
	const struct revision *r = &all->list[i];
	const struct record_def *def = record_def(r->record.kind);
	const struct record *before =
	    i + 1 < all->n ? &all->list[i + 1].record : NULL;
	struct view_history_revisions view = {
	    .number = all->n - i,
	    .what = what_happened(rq, r, def->append_only),
	    .who = vault_name_of(&plan->names, r->account),
	    .when = lang_time(rq->arena, rq->lang, r->at_us),
	    .restore_href =
		restore_href(rq, def, r, i == 0 || all->list[0].removed),
	};
	fill_fields(rq, plan, &r->record, before, &view);
	return view;
}

/* GET /netvaerk/N/historik/KIND/ID */
enum err
page_history(struct req *rq)
{
	enum record_kind kind;
	struct id id;
	struct plan plan;
	struct revisions all;
	if (!record_kind_by_slug(req_param(rq, S("kind")), &kind))
		return ERR_NOT_FOUND;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plan_load(rq->db, rq->arena, &rq->who, &plan);
	if (e == ERR_OK)
		e = record_history(rq->db, rq->arena, &rq->who, kind, id, &all);
	if (e != ERR_OK)
		return e;
	struct view_history_revisions *revisions =
	    arena_new(rq->arena, struct view_history_revisions, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		revisions[i] = revision_view(rq, &plan, &all, i);
	const struct record *newest = &all.list[0].record;
	const char *side = edit_side(kind);
	struct str path = req_network_path(rq, side[0] == 0 ? "" : "/");
	struct str title = req_tr2(rq, "History of %1: %2",
	    req_tr(rq, record_def(kind)->title),
	    plan_title(&plan, rq->arena, newest));
	struct view_history v = {
	    .head = shell_network_head(rq, req_tr(rq, "History"),
		record_value(&plan.network, "name"), side),
	    .foot = shell_foot(rq),
	    .title = title,
	    .back_href = str_fmt(rq->arena, "%.*s%s#%.*s", STR_ARG(path), side,
		STR_ARG(edit_anchor(rq, newest))),
	    .revisions = {revisions, all.n},
	};
	tmpl_history(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /netvaerk/N/historik: the newest changes of all parts. */
enum err
page_changes(struct req *rq)
{
	struct plan plan;
	struct revisions recent;
	enum err e = plan_load(rq->db, rq->arena, &rq->who, &plan);
	if (e == ERR_OK)
		e = record_recent(
		    rq->db, rq->arena, &rq->who, ALL_CHANGES, &recent);
	if (e != ERR_OK)
		return e;
	struct view_changes_changes *rows =
	    arena_new(rq->arena, struct view_changes_changes, recent.n);
	for (ptrdiff_t i = 0; i < recent.n; i++) {
		const struct revision *r = &recent.list[i];
		const struct record_def *def = record_def(r->record.kind);
		rows[i] = (struct view_changes_changes){
		    .href = edit_history_href(rq, &r->record),
		    .what = req_tr2(rq, "%1: %2", req_tr(rq, def->title),
			plan_title(&plan, rq->arena, &r->record)),
		    .who = vault_name_of(&plan.names, r->account),
		    .when = lang_time(rq->arena, rq->lang, r->at_us),
		};
	}
	struct view_changes v = {
	    .head = shell_network_head(rq, req_tr(rq, "What has changed"),
		record_value(&plan.network, "name"), "plan"),
	    .foot = shell_foot(rq),
	    .back_href = req_network_path(rq, "/plan"),
	    .changes = {rows, recent.n},
	};
	tmpl_changes(&rq->out, rq->lang, &v);
	return req_html(rq);
}
