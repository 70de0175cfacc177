/* SPDX-License-Identifier: MPL-2.0 */
#include "web/edit.h"

#include "base/buf.h"
#include "model/catalogue.h"

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
	case KIND_GROUP:
		return "maalgrupper";
	case KIND_TASK:
		return "opgaver";
	case KIND_JOURNEY:
	case KIND_STEP:
		return "rejser";
	case KIND_DIALOGUE:
		return "dialoger";
	case KIND_INSIGHT:
		return "indsigter";
	case KIND_IDEA:
		return "ideer";
	case KIND_ACTIVITY:
	case KIND_CONTACT:
	case KIND_INVITATION:
		return "aktiviteter";
	case KIND_MEASURE:
		return "maalinger";
	case KIND_ROUND:
		return "prioritering";
	case KIND_TRIAL:
		return "proever";
	case KIND_DECISION:
		return "beslutninger";
	case KIND_STORY:
		return "fortaellinger";
	case KIND_CARD:
		return "temakort";
	case KIND_EVALUATION:
		return "evaluering";
	case KIND_SPREAD:
		return "spredning";
	case KIND_NETWORK:
		return "";
	default:
		return "plan";
	}
}

const char *
edit_side_of(struct req *rq, const struct record *r)
{
	struct str activity = {0};
	if (r->kind == KIND_IDEA)
		return str_cstr(rq->arena,
		    STR_JOIN(
			rq->arena, S("ideer/"), id_text(rq->arena, r->id)));
	if (r->kind == KIND_ACTIVITY)
		activity = id_text(rq->arena, r->id);
	if (r->kind == KIND_CONTACT || r->kind == KIND_INVITATION)
		activity = record_value(r, "activity");
	if (activity.n == 0)
		return edit_side(r->kind);
	return str_cstr(rq->arena,
	    STR_JOIN(rq->arena, S("aktiviteter/"), activity,
		r->kind == KIND_INVITATION ? S("/invitation") : S("")));
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

/* Each box that is ticked is a value of its own. */
static struct str
field_from_form(struct req *rq, const struct field_def *field)
{
	struct str name = str_c(field->name);
	if (field->type != FIELD_REFS)
		return req_form(rq, name);
	return record_refs(rq->arena, req_form_all(rq, name));
}

struct record
edit_from_form(struct req *rq, enum record_kind kind, struct id id)
{
	const struct record_def *def = record_def(kind);
	struct record r = {.kind = kind, .network = rq->who.network, .id = id};
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		r.value[i] = field_from_form(rq, &def->fields[i]);
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

struct str
edit_side_path(struct req *rq, const char *side)
{
	struct str path = req_network_path(rq, side[0] == 0 ? "" : "/");
	return str_cat(rq->arena, path, str_c(side));
}

struct str
edit_href(struct req *rq, const char *side, const struct record *r)
{
	return STR_JOIN(rq->arena, edit_side_path(rq, side), S("?ret="),
	    str_c(record_def(r->kind)->slug), S("."), id_of(rq, r), S("#"),
	    edit_anchor(rq, r));
}

struct str
edit_new_href(struct req *rq, const char *side, enum record_kind kind)
{
	struct str slug = str_c(record_def(kind)->slug);
	return STR_JOIN(rq->arena, edit_side_path(rq, side), S("?ny="), slug,
	    S("#"), slug, S("-ny"));
}

struct str
edit_history_href(struct req *rq, const struct record *r)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/historik/"),
	    str_c(record_def(r->kind)->slug), S("/"), id_of(rq, r));
}

/* ---- a value as a person reads it ---- */

static struct str
shown_choice(struct req *rq, const struct plan *plan,
    const struct field_def *field, struct str key)
{
	for (const struct choice *c = field->choices; c && c->key; c++) {
		if (str_eq(str_c(c->key), key))
			return req_tr(rq, c->label);
	}
	if (field->catalogue == NULL)
		return key;
	const struct catalogue_item *item =
	    plan_choice(plan, field->catalogue, key);
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

static struct str
shown_refs(struct req *rq, const struct plan *plan,
    const struct field_def *field, struct str value)
{
	struct buf b = buf_new(rq->arena, PAGE_BYTES);
	struct str rest = value;
	while (rest.n > 0) {
		buf_add(&b, shown_ref(rq, plan, field, str_cut(&rest, ' ')));
		if (rest.n > 0)
			buf_add(&b, S("\n"));
	}
	return buf_str(&b);
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
		return shown_choice(rq, plan, field, value);
	case FIELD_REF:
		return shown_ref(rq, plan, field, value);
	case FIELD_REFS:
		return shown_refs(rq, plan, field, value);
	case FIELD_MEMBER:
		return id_parse(value, &id) ? vault_name_of(&plan->names, id)
					    : value;
	default:
		return value;
	}
}
