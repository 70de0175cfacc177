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

/* A value as it read: what it names may have been taken out since, and then
 * its own history still knows what it was called. */
static struct str
shown_then(struct req *rq, const struct plan *plan, const struct field_def *f,
    struct str value)
{
	struct id id;
	struct revisions all;
	if (f->type != FIELD_REF || !id_parse(value, &id) ||
	    plan_find(plan, f->ref, id) != NULL ||
	    record_history(rq->db, rq->arena, &rq->who, f->ref, id, &all) !=
		ERR_OK)
		return edit_shown(rq, plan, f, value);
	return req_tr1(rq, "%1 (taken out)",
	    plan_title(plan, rq->arena, &all.list[0].record));
}

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
		field->runs.p = runs_view(rq, shown_then(rq, plan, f, old),
		    shown_then(rq, plan, f, now->value[i]), &field->runs.n);
	}
	view->fields.p = fields;
	view->fields.n = n;
}

/* `before`: the revision that it came after, or NULL. */
static struct str
what_happened(struct req *rq, const struct revision *r,
    const struct revision *before, bool append_only)
{
	if (r->removed)
		return req_tr(rq, "Taken out of the plan");
	if (append_only)
		return req_tr(rq, "New version");
	if (before != NULL && before->removed)
		return req_tr(rq, "Brought back into the plan");
	return req_tr(rq, r->rev == 1 ? "Written" : "Changed");
}

static struct str
restore_href(struct req *rq, const struct record_def *def,
    const struct revision *r, bool newest)
{
	if (newest || r->removed || def->append_only ||
	    !actor_may(&rq->who, def->cap))
		return S("");
	struct str href =
	    edit_href(rq, edit_side_of(rq, &r->record), &r->record);
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
	const struct revision *before =
	    i + 1 < all->n ? &all->list[i + 1] : NULL;
	struct view_history_revisions view = {
	    .number = all->n - i,
	    .what = what_happened(rq, r, before, def->append_only),
	    .who = vault_name_of(&plan->names, r->account),
	    .when = lang_time(rq->arena, rq->lang, r->at_us),
	    .restore_href =
		restore_href(rq, def, r, i == 0 || all->list[0].removed),
	};
	fill_fields(
	    rq, plan, &r->record, before ? &before->record : NULL, &view);
	return view;
}

/* What was taken out can be brought back by whoever may write it. */
static void
fill_restore(
    struct req *rq, const struct revision *newest, struct view_history *v)
{
	const struct record *r = &newest->record;
	const struct record_def *def = record_def(r->kind);
	if (!newest->removed || !actor_may(&rq->who, def->cap))
		return;
	struct str id = id_text(rq->arena, r->id);
	struct str path = req_network_path(rq, "/genskab/");
	v->restore_action = str_fmt(
	    rq->arena, "%.*s%s/%.*s", STR_ARG(path), def->slug, STR_ARG(id));
	v->csrf = req_csrf(rq);
	v->key = req_new_key(rq);
	v->rev = str_fmt(rq->arena, "%lld", (long long)newest->rev);
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
	fill_restore(rq, &all.list[0], &v);
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
