/* SPDX-License-Identifier: MPL-2.0 */

/* The form of a record as a view. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/catalogue.h"
#include "web/edit.h"
#include "web/faults.h"

enum { ROWS_SHORT = 3, ROWS_LONG = 7, LONG_TEXT = 1500, MAX_RADIOS = 6 };

struct options {
	struct view_form_fields_options *list;
	ptrdiff_t n, max;
};

static void
add_option(struct req *rq, struct options *o, struct view_form_fields *field,
    struct view_form_fields_options option)
{
	if (o->n == o->max)
		return;
	option.id = str_fmt(rq->arena, "%.*s-%td", STR_ARG(field->id), o->n);
	option.chosen = field->is_boxes
	    ? str_find(field->value, option.value) >= 0
	    : str_eq(option.value, field->value);
	o->list[o->n++] = option;
}

static void
catalogue_options(struct req *rq, const struct plan *plan, struct options *o,
    struct view_form_fields *field, const char *list)
{
	struct catalogue_items items = plan_choices(plan, list);
	for (ptrdiff_t i = 0; i < items.n; i++) {
		const struct catalogue_item *item = &items.list[i];
		add_option(rq, o, field,
		    (struct view_form_fields_options){.value = item->key,
			.label = catalogue_name(item, rq->lang),
			.text = catalogue_text(item, rq->lang)});
	}
}

static void
record_options(struct req *rq, const struct plan *plan, struct options *o,
    struct view_form_fields *field, enum record_kind kind)
{
	const struct records *all = &plan->of[kind];
	for (ptrdiff_t i = 0; i < all->n; i++)
		add_option(rq, o, field,
		    (struct view_form_fields_options){
			.value = all->list[i].id_text,
			.label = plan_title(plan, rq->arena, &all->list[i])});
}

/* Each member once, though they may have several roles. */
static void
member_options(struct req *rq, const struct plan *plan, struct options *o,
    struct view_form_fields *field)
{
	for (ptrdiff_t i = 0; i < plan->names.n; i++) {
		struct id account = plan->names.list[i].person;
		bool member = false;
		for (ptrdiff_t m = 0; m < plan->members.n && !member; m++)
			member = id_eq(plan->members.list[m].account, account);
		if (member)
			add_option(rq, o, field,
			    (struct view_form_fields_options){
				.value = id_text(rq->arena, account),
				.label = plan->names.list[i].name});
	}
}

static void
fill_options(struct req *rq, const struct plan *plan,
    const struct field_def *def, struct view_form_fields *field)
{
	struct options o = {.max = 500};
	o.list = arena_new(rq->arena, struct view_form_fields_options, o.max);
	for (const struct choice *c = def->choices; c && c->key; c++)
		add_option(rq, &o, field,
		    (struct view_form_fields_options){
			.value = str_c(c->key), .label = req_tr(rq, c->label)});
	if (def->catalogue != NULL)
		catalogue_options(rq, plan, &o, field, def->catalogue);
	field->is_boxes = def->type == FIELD_REFS;
	if (def->type == FIELD_REF || def->type == FIELD_REFS)
		record_options(rq, plan, &o, field, def->ref);
	if (def->type == FIELD_MEMBER)
		member_options(rq, plan, &o, field);
	field->options.p = o.list;
	field->options.n = o.n;
	bool told = o.n > 0 && o.list[0].text.n > 0;
	field->is_group =
	    field->is_boxes || (told && o.n <= MAX_RADIOS && def->required);
	field->no_options = field->is_boxes && o.n == 0;
	field->is_select = !field->is_group;
}

/* The ids of hint and error, for aria-describedby. */
static struct str
described_by(struct req *rq, const struct view_form_fields *field)
{
	struct str hint = {0}, error = {0};
	if (field->hint.n > 0)
		hint = str_fmt(rq->arena, "%.*s-hint", STR_ARG(field->id));
	if (field->error.n > 0)
		error = str_fmt(rq->arena, "%s%.*s-error",
		    hint.n > 0 ? " " : "", STR_ARG(field->id));
	return str_cat(rq->arena, hint, error);
}

static void
fill_input(struct req *rq, const struct plan *plan, const struct field_def *def,
    struct view_form_fields *field)
{
	switch (def->type) {
	case FIELD_TEXT:
		field->is_text = true;
		field->rows = def->max > LONG_TEXT ? ROWS_LONG : ROWS_SHORT;
		break;
	case FIELD_CHOICE:
	case FIELD_REF:
	case FIELD_REFS:
	case FIELD_MEMBER:
		fill_options(rq, plan, def, field);
		break;
	case FIELD_DATE:
		field->is_line = true;
		field->type = S("date");
		break;
	default:
		field->is_line = true;
		field->type = S("text");
		break;
	}
}

static struct view_form_fields
field_view(struct req *rq, const struct plan *plan, const struct edit *edit,
    ptrdiff_t i)
{
	const struct record_def *def = record_def(edit->record.kind);
	const struct field_def *f = &def->fields[i];
	const struct field_fault *fault = &edit->faults.field[i];
	struct view_form_fields field = {
	    .id = str_fmt(rq->arena, "felt-%s", f->name),
	    .name = str_c(f->name),
	    .label = req_tr(rq, f->label),
	    .optional = !f->required,
	    .value = edit->record.value[i],
	    .meets = edit->conflict && edit->meets[i],
	};
	if (f->hint != NULL)
		field.hint = req_tr(rq, f->hint);
	if (fault->message != NULL)
		field.error = req_tr1(rq, fault->message, fault->argument);
	if (field.meets)
		field.theirs = edit_shown(rq, plan, f, edit->theirs.value[i]);
	field.described = described_by(rq, &field);
	fill_input(rq, plan, f, &field);
	return field;
}

static void
fill_fields(struct req *rq, const struct plan *plan, const struct edit *edit,
    struct view_form *form)
{
	const struct record_def *def = record_def(edit->record.kind);
	struct view_form_fields *fields =
	    arena_new(rq->arena, struct view_form_fields, def->n_fields);
	struct faults faults = faults_new(rq, def->n_fields);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		if (def->fields[i].managed)
			continue;
		struct view_form_fields field = field_view(rq, plan, edit, i);
		fields[n++] = field;
		faults_add(&faults, field.id, field.label, field.error);
	}
	form->fields.p = fields;
	form->fields.n = n;
	form->faults = faults_view(&faults);
}

static void
fill_help(struct req *rq, const char *key, struct view_form *form)
{
	const struct catalogue_words *words =
	    key == NULL ? NULL : catalogue_help(str_c(key), rq->lang);
	if (words == NULL)
		return;
	form->help = words->text;
	form->good = words->good;
	form->bad = words->bad;
	struct catalogue_texts prompts = words->prompts;
	struct view_form_prompts *list =
	    arena_new(rq->arena, struct view_form_prompts, prompts.n);
	for (ptrdiff_t i = 0; i < prompts.n; i++)
		list[i].text = prompts.list[i];
	form->prompts.p = list;
	form->prompts.n = prompts.n;
}

struct view_form
edit_view(struct req *rq, const struct plan *plan, const struct edit *edit)
{
	const struct record *r = &edit->record;
	const struct record_def *def = record_def(r->kind);
	struct str id = id_text(rq->arena, r->id);
	struct str network = req_network_path(rq, "");
	struct str side = edit_side_path(
	    rq, str_cstr(rq->arena, edit->side) /* never holds a NUL */);
	struct view_form form = {
	    .form_id = str_fmt(rq->arena, "form-%s", def->slug),
	    .action = str_fmt(rq->arena, "%.*s/gem/%s/%.*s", STR_ARG(network),
		def->slug, STR_ARG(id)),
	    .remove_action = str_fmt(rq->arena, "%.*s/fjern/%s/%.*s",
		STR_ARG(network), def->slug, STR_ARG(id)),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .remove_key = req_new_key(rq),
	    .rev = str_fmt(rq->arena, "%lld", (long long)r->rev),
	    .side = edit->side,
	    .title = req_tr(rq, edit->is_new ? def->add : def->title),
	    .cancel = str_fmt(rq->arena, "%.*s#%s", STR_ARG(side), def->slug),
	    .conflict = edit->conflict,
	    .can_remove = !edit->is_new && !def->single && !def->append_only,
	};
	if (edit->conflict)
		form.other_name =
		    vault_name_of(&plan->names, edit->theirs.changed_by);
	fill_fields(rq, plan, edit, &form);
	fill_help(rq, def->help, &form);
	return form;
}
