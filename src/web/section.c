/* SPDX-License-Identifier: MPL-2.0 */
#include "web/section.h"

#include <string.h>

#include "base/buf.h"
#include "model/catalogue.h"

static bool
may_write(const struct req *rq, enum record_kind kind)
{
	return actor_may(&rq->who, record_def(kind)->cap);
}

/* What heads a record among others of its kind: its title, and its state as a
 * tag.  A part that there is one of needs no heading of its own. */
static void
fill_heading(struct req *rq, const struct plan *plan, const struct record *r,
    struct view_section_records *view)
{
	const struct record_def *def = record_def(r->kind);
	view->name = plan_title(plan, rq->arena, r);
	if (def->single || def->append_only)
		return;
	view->heading = view->name;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		if (field->type != FIELD_CHOICE || r->value[i].n == 0 ||
		    view->tag.n > 0 ||
		    (field->catalogue != NULL &&
			str_eq(str_c(field->catalogue), S("phases"))))
			continue;
		view->tag = edit_shown(rq, plan, field, r->value[i]);
	}
}

/* The heading already says the first field and the tag. */
static bool
is_in_heading(const struct view_section_records *view, struct str shown)
{
	return view->heading.n > 0 &&
	    (str_eq(view->heading, shown) || str_eq(view->tag, shown));
}

static void
fill_values(struct req *rq, const struct plan *plan, const struct record *r,
    struct view_section_records *view)
{
	const struct record_def *def = record_def(r->kind);
	struct view_section_records_values *values = arena_new(
	    rq->arena, struct view_section_records_values, def->n_fields);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		struct str shown = edit_shown(rq, plan, field, r->value[i]);
		bool none = field->type == FIELD_NUMBER && !field->required &&
		    str_eq(shown, S("0"));
		if (shown.n == 0 || none || is_in_heading(view, shown) ||
		    str_eq(str_c(field->name), S("source")) ||
		    str_eq(str_c(field->name), S("position")))
			continue;
		values[n++] = (struct view_section_records_values){
		    .label = req_tr(rq, field->label),
		    .unlabelled = def->n_fields == 1,
		    .value = shown};
	}
	view->values.p = values;
	view->values.n = n;
}

static struct str
changed_line(struct req *rq, const struct plan *plan, const struct record *r)
{
	struct str name = vault_name_of(&plan->names, r->changed_by);
	struct str day =
	    lang_date(rq->arena, rq->lang, date_danish(r->changed_us));
	if (name.n == 0)
		return day;
	return req_tr2(rq, "%1, %2", name, day);
}

static struct view_section_records
record_view(struct req *rq, const struct plan *plan, const struct edit *edit,
    const struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	struct view_section_records view = {
	    .anchor = def->single /* the section has the short one */
		? str_fmt(rq->arena, "%s-tekst", def->slug)
		: edit_anchor(rq, r),
	    .changed = changed_line(rq, plan, r),
	    .editing = edit_is_at(edit, r->kind, r->id),
	};
	if (view.editing) {
		view.form = edit_view(rq, plan, edit);
		return view;
	}
	fill_heading(rq, plan, r, &view);
	fill_values(rq, plan, r, &view);
	if (may_write(rq, r->kind) && !def->append_only)
		view.edit_href = edit_href(rq, edit_side_of(rq, r), r);
	if (!def->append_only)
		view.history_href = edit_history_href(rq, r);
	return view;
}

/* Whether the section is about this record. */
static bool
is_shown(const struct section_part *part, const struct record *r)
{
	if (part->by == NULL)
		return true;
	if (strcmp(part->by, "id") == 0)
		return str_eq(r->id_text, part->of);
	return str_eq(record_value(r, part->by), part->of);
}

static void
fill_records(struct req *rq, const struct plan *plan, const struct edit *edit,
    const struct section_part *part, struct view_section *view)
{
	const struct records *all = &plan->of[part->spec.kind];
	ptrdiff_t first = part->spec.newest_only && all->n > 0 ? all->n - 1 : 0;
	struct view_section_records *list =
	    arena_new(rq->arena, struct view_section_records, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = first; i < all->n; i++) {
		if (is_shown(part, &all->list[i]))
			list[n++] = record_view(rq, plan, edit, &all->list[i]);
	}
	view->records.p = list;
	view->records.n = n;
	if (part->spec.newest_only && n > 0)
		view->history_href =
		    edit_history_href(rq, &all->list[all->n - 1]);
}

static void
fill_term(struct req *rq, const char *key, struct view_section *view)
{
	const struct catalogue_words *words =
	    key == NULL ? NULL : catalogue_term(str_c(key), rq->lang);
	if (words == NULL)
		return;
	view->term = words->name;
	view->term_text = words->text;
}

/* The promise is shown in the words that citizens get. */
static void
fill_promise(struct req *rq, const struct plan *plan, struct view_section *view)
{
	const struct record *r = plan_single(plan, KIND_PROMISE);
	if (r == NULL)
		return;
	const struct catalogue_item *item =
	    catalogue_find(S("promises"), record_value(r, "level"));
	if (item != NULL)
		view->notice = catalogue_words(item, rq->lang)->promise;
}

/* What is added to an activity begins with it. */
static void
fill_add(
    struct req *rq, const struct section_part *part, struct view_section *view)
{
	const struct section_spec *spec = &part->spec;
	const struct record_def *def = record_def(spec->kind);
	struct str slug = str_c(def->slug);
	if (part->by != NULL && strcmp(part->by, "id") == 0)
		return;
	view->add_label = req_tr(rq, def->add);
	if (part->by == NULL)
		view->add_href =
		    edit_new_href(rq, edit_side(spec->kind), spec->kind);
	else
		view->add_href = STR_JOIN(rq->arena,
		    req_network_path(rq, "/aktiviteter/"), part->of,
		    spec->kind == KIND_INVITATION ? S("/invitation") : S(""),
		    S("?ny="), slug, S("&"), str_c(part->by), S("="), part->of,
		    S("#"), slug, S("-ny"));
}

struct view_section
section_part_view(struct req *rq, const struct plan *plan,
    const struct edit *edit, const struct section_part *part)
{
	const struct section_spec *spec = &part->spec;
	const struct record_def *def = record_def(spec->kind);
	struct view_section view = {
	    .anchor = str_c(def->slug),
	    .title = req_tr(rq, spec->title),
	    .empty = req_tr(rq, spec->empty),
	    .adding = edit_is_new(edit, spec->kind),
	};
	if (spec->lead != NULL)
		view.lead = req_tr(rq, spec->lead);
	fill_term(rq, spec->term, &view);
	fill_records(rq, plan, edit, part, &view);
	view.is_empty = view.records.n == 0;
	if (spec->kind == KIND_PROMISE)
		fill_promise(rq, plan, &view);
	if (view.adding)
		view.form = edit_view(rq, plan, edit);
	bool more = !def->single || view.is_empty;
	if (more && !view.adding && may_write(rq, spec->kind))
		fill_add(rq, part, &view);
	return view;
}

struct view_section
section_view(struct req *rq, const struct plan *plan, const struct edit *edit,
    const struct section_spec *spec)
{
	struct section_part whole = {.spec = *spec};
	return section_part_view(rq, plan, edit, &whole);
}
