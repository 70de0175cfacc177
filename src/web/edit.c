/* SPDX-License-Identifier: MPL-2.0 */
#include "web/edit.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/catalogue.h"

enum { ROWS_SHORT = 3, ROWS_LONG = 7, LONG_TEXT = 1500, MAX_RADIOS = 6 };

/* ---- which record ---- */

const char *
edit_side(enum record_kind kind)
{
	switch (kind) {
	case KIND_PHASE:
	case KIND_VISIT:
		return "faser";
	case KIND_PARTICIPANT:
		return "mennesker";
	case KIND_TASK:
		return "opgaver";
	case KIND_NETWORK:
		return "";
	default:
		return "plan";
	}
}

bool
edit_is_at(const struct edit *edit, enum record_kind kind, struct id id)
{
	return edit->on && !edit->is_new && edit->record.kind == kind &&
	    id_eq(edit->record.id, id);
}

bool
edit_is_new(const struct edit *edit, enum record_kind kind)
{
	return edit->on && edit->is_new && edit->record.kind == kind;
}

/* An empty record begins with what the address says: ?ny=rolle&phase=ID. */
static void
prefill(struct req *rq, struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		const struct field_def *field = &def->fields[i];
		r->value[i] = req_query(rq, str_c(field->name));
		if (r->value[i].n == 0 && field->choices != NULL &&
		    field->required)
			r->value[i] = str_c(field->choices[0].key);
	}
}

static enum err
begin_new(struct req *rq, struct str slug, struct edit *edit)
{
	enum record_kind kind;
	struct record there;
	if (!record_kind_by_slug(slug, &kind))
		return ERR_NOT_FOUND;
	const struct record_def *def = record_def(kind);
	if (!actor_may(&rq->who, def->cap))
		return ERR_DENIED;
	edit->on = true;
	edit->is_new = true;
	edit->record = (struct record){.kind = kind,
	    .network = rq->who.network,
	    .id = def->single ? rq->who.network : id_new(rq->http->now_us)};
	if (def->single &&
	    record_get(rq->db, rq->arena, &rq->who, kind, rq->who.network,
		&there) == ERR_OK) {
		edit->record = there; /* there is one already: change it */
		edit->is_new = false;
		return ERR_OK;
	}
	prefill(rq, &edit->record);
	return ERR_OK;
}

/* The fields of an older revision over the record as it is now. */
static enum err
begin_from_revision(struct req *rq, struct str text, struct edit *edit)
{
	struct revisions all;
	int64_t rev;
	if (!str_int(text, &rev))
		return ERR_OK;
	enum err e = record_history(rq->db, rq->arena, &rq->who,
	    edit->record.kind, edit->record.id, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		if (all.list[i].rev != rev)
			continue;
		for (ptrdiff_t f = 0; f < RECORD_FIELDS; f++)
			edit->record.value[f] = all.list[i].record.value[f];
	}
	return e;
}

static enum err
begin_change(struct req *rq, struct str what, struct edit *edit)
{
	enum record_kind kind;
	struct id id;
	struct str slug = str_cut(&what, '.');
	if (!record_kind_by_slug(slug, &kind) || !id_parse(what, &id))
		return ERR_NOT_FOUND;
	if (!actor_may(&rq->who, record_def(kind)->cap))
		return ERR_DENIED;
	enum err e =
	    record_get(rq->db, rq->arena, &rq->who, kind, id, &edit->record);
	if (e != ERR_OK)
		return e;
	edit->on = true;
	return begin_from_revision(rq, req_query(rq, S("fra")), edit);
}

/* A new version of what is only ever added to begins with the last one. */
static enum err
begin_version(struct req *rq, struct edit *edit)
{
	struct records all;
	if (!edit->on || !edit->is_new ||
	    !record_def(edit->record.kind)->append_only)
		return ERR_OK;
	enum err e =
	    record_list(rq->db, rq->arena, &rq->who, edit->record.kind, &all);
	if (e != ERR_OK || all.n == 0)
		return e;
	for (ptrdiff_t f = 0; f < RECORD_FIELDS; f++)
		edit->record.value[f] = all.list[all.n - 1].value[f];
	record_set(&edit->record, "reason", S(""));
	return ERR_OK;
}

enum err
edit_from_query(struct req *rq, const char *side, struct edit *edit)
{
	struct str change = req_query(rq, S("ret"));
	struct str add = req_query(rq, S("ny"));
	*edit = (struct edit){.side = str_c(side)};
	if (change.n > 0)
		return begin_change(rq, change, edit);
	if (add.n == 0)
		return ERR_OK;
	enum err e = begin_new(rq, add, edit);
	return e == ERR_OK ? begin_version(rq, edit) : e;
}

struct record
edit_from_form(struct req *rq, enum record_kind kind, struct id id)
{
	const struct record_def *def = record_def(kind);
	struct record r = {.kind = kind, .network = rq->who.network, .id = id};
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		r.value[i] = req_form(rq, str_c(def->fields[i].name));
	if (!str_int(req_form(rq, S("rev")), &r.rev) || r.rev < 0)
		r.rev = 0;
	return r;
}

/* ---- addresses ---- */

/* What was read from the database has its id as text already. */
static struct str
id_of(struct req *rq, const struct record *r)
{
	return r->id_text.n > 0 ? r->id_text : id_text(rq->arena, r->id);
}

struct str
edit_anchor(struct req *rq, const struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	if (def->single)
		return str_c(def->slug);
	return STR_JOIN(rq->arena, str_c(def->slug), S("-"), id_of(rq, r));
}

static struct str
side_path(struct req *rq, const char *side)
{
	struct str path = req_network_path(rq, side[0] == 0 ? "" : "/");
	return str_cat(rq->arena, path, str_c(side));
}

struct str
edit_href(struct req *rq, const char *side, const struct record *r)
{
	return STR_JOIN(rq->arena, side_path(rq, side), S("?ret="),
	    str_c(record_def(r->kind)->slug), S("."), id_of(rq, r), S("#"),
	    edit_anchor(rq, r));
}

struct str
edit_new_href(struct req *rq, const char *side, enum record_kind kind)
{
	struct str slug = str_c(record_def(kind)->slug);
	return STR_JOIN(rq->arena, side_path(rq, side), S("?ny="), slug, S("#"),
	    slug, S("-ny"));
}

struct str
edit_history_href(struct req *rq, const struct record *r)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/historik/"),
	    str_c(record_def(r->kind)->slug), S("/"), id_of(rq, r));
}

/* ---- a value as a person reads it ---- */

static struct str
shown_choice(struct req *rq, const struct field_def *field, struct str key)
{
	for (const struct choice *c = field->choices; c && c->key; c++) {
		if (str_eq(str_c(c->key), key))
			return req_tr(rq, c->label);
	}
	if (field->catalogue == NULL)
		return key;
	const struct catalogue_item *item =
	    catalogue_find(str_c(field->catalogue), key);
	return item == NULL ? key : catalogue_name(item, rq->lang);
}

static struct str
shown_ref(struct req *rq, const struct plan *plan,
    const struct field_def *field, struct str value)
{
	const struct record *r = plan_ref(plan, field->ref, value);
	return r == NULL ? req_tr(rq, "(taken out)")
			 : plan_title(plan, rq->arena, r);
}

struct str
edit_shown(struct req *rq, const struct plan *plan,
    const struct field_def *field, struct str value)
{
	struct date date;
	struct id id;
	if (value.n == 0)
		return value;
	switch (field->type) {
	case FIELD_DATE:
		return date_parse(value, &date)
		    ? lang_date(rq->arena, rq->lang, date)
		    : value;
	case FIELD_CHOICE:
		return shown_choice(rq, field, value);
	case FIELD_REF:
		return shown_ref(rq, plan, field, value);
	case FIELD_MEMBER:
		return id_parse(value, &id) ? vault_name_of(&plan->names, id)
					    : value;
	default:
		return value;
	}
}

/* ---- the form ---- */

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
	option.chosen = str_eq(option.value, field->value);
	o->list[o->n++] = option;
}

static void
catalogue_options(struct req *rq, struct options *o,
    struct view_form_fields *field, const char *list)
{
	struct catalogue_items items = catalogue_list(str_c(list));
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
		catalogue_options(rq, &o, field, def->catalogue);
	if (def->type == FIELD_REF)
		record_options(rq, plan, &o, field, def->ref);
	if (def->type == FIELD_MEMBER)
		member_options(rq, plan, &o, field);
	field->options.p = o.list;
	field->options.n = o.n;
	bool told = o.n > 0 && o.list[0].text.n > 0;
	field->is_radio = told && o.n <= MAX_RADIOS && def->required;
	field->is_select = !field->is_radio;
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
	struct view_form_errors *errors =
	    arena_new(rq->arena, struct view_form_errors, def->n_fields);
	ptrdiff_t n_errors = 0;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		fields[i] = field_view(rq, plan, edit, i);
		if (fields[i].error.n == 0)
			continue;
		errors[n_errors++] = (struct view_form_errors){
		    .href = str_cat(rq->arena, S("#"), fields[i].id),
		    .label = fields[i].label,
		    .message = fields[i].error};
	}
	form->fields.p = fields;
	form->fields.n = def->n_fields;
	form->errors.p = errors;
	form->errors.n = n_errors;
	form->has_errors = n_errors > 0;
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
	struct str side = side_path(
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
