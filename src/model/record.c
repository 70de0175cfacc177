/* SPDX-License-Identifier: MPL-2.0 */
#include "model/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diff.h"
#include "model/audit.h"
#include "model/kinds.h"
#include "model/revision.h"

const struct choice *
choice_find(const struct choice *list, struct str key)
{
	for (; list->key != NULL; list++) {
		if (str_eq(str_c(list->key), key))
			return list;
	}
	return NULL;
}

ptrdiff_t
record_field(enum record_kind kind, const char *name)
{
	const struct record_def *def = record_def(kind);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		if (strcmp(def->fields[i].name, name) == 0)
			return i;
	}
	assert(false); /* no field of that name: a bug of ours */
	return 0;
}

struct str
record_value(const struct record *r, const char *field)
{
	return r->value[record_field(r->kind, field)];
}

int64_t
record_number(const struct record *r, const char *field)
{
	int64_t n;
	return str_int(record_value(r, field), &n) ? n : 0;
}

void
record_set(struct record *r, const char *field, struct str value)
{
	r->value[record_field(r->kind, field)] = value;
}

void
record_fault(struct record_faults *faults, enum record_kind kind,
    const char *field, const char *message)
{
	struct field_fault *at = &faults->field[record_field(kind, field)];
	if (at->message == NULL)
		at->message = message;
	faults->any = true;
}

/* ---- several references ---- */

static int
by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

bool
record_next_ref(struct str *refs, struct id *out)
{
	while (refs->n > 0) {
		struct str one = str_cut(refs, ' ');
		if (id_parse(one, out))
			return true;
	}
	return false;
}

struct str
record_refs(struct arena *a, struct str ids)
{
	struct str list[RECORD_REFS] = {0};
	ptrdiff_t n = 0;
	ids = str_replace(a, ids, S("\n"), S(" "));
	while (ids.n > 0) {
		struct id id;
		struct str one = str_trim(str_cut(&ids, ' '));
		if (one.n == 0)
			continue;
		if (n == RECORD_REFS || !id_parse(one, &id))
			return S("");
		list[n++] = id_text(a, id);
	}
	qsort(list, (size_t)n, sizeof *list, by_text);
	struct buf b = buf_new(a, RECORD_REFS * 37);
	for (ptrdiff_t i = 0; i < n; i++) {
		if (i > 0 && str_eq(list[i], list[i - 1]))
			continue;
		if (i > 0)
			buf_byte(&b, ' ');
		buf_add(&b, list[i]);
	}
	return buf_str(&b);
}

/* ---- rows ---- */

static struct str
read_value(struct arena *a, const struct field_def *field,
    const struct db_row *row, ptrdiff_t column)
{
	if (db_is_null(row, column))
		return (struct str){0};
	switch (field->type) {
	case FIELD_REF:
	case FIELD_MEMBER:
		return id_text(a, db_id(row, column));
	case FIELD_NUMBER:
		return str_fmt(a, "%lld", (long long)db_int(row, column));
	default:
		return db_text(row, column);
	}
}

static struct record
read_record(struct arena *a, const struct actor *who, enum record_kind kind,
    const struct db_row *row)
{
	const struct record_def *def = record_def(kind);
	struct record r = {
	    .kind = kind,
	    .network = who->network,
	    .id = db_id(row, 0),
	    .rev = db_int(row, 1),
	    .changed_us = db_int(row, 2),
	    .changed_by = db_id(row, 3),
	};
	r.id_text = id_text(a, r.id);
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		r.value[i] = read_value(a, &def->fields[i], row, 4 + i);
	return r;
}

/* A value as a parameter; it was checked before. */
static struct db_value
parameter(const struct field_def *field, struct str value)
{
	struct id id = {0};
	int64_t number = 0;
	switch (field->type) {
	case FIELD_REF:
	case FIELD_MEMBER:
		return value.n > 0 && id_parse(value, &id) ? DB_ID(id)
							   : DB_NULL;
	case FIELD_NUMBER:
		return DB_INT(str_int(value, &number) ? number : 0);
	default:
		return DB_TEXT(value);
	}
}

enum err
record_list(struct db *db, struct arena *a, const struct actor *who,
    enum record_kind kind, struct records *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, record_sql(kind)->list, &rows,
	    DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct records){arena_new(a, struct record, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_record(a, who, kind, &rows.row[i]);
	return ERR_OK;
}

enum err
record_get(struct db *db, struct arena *a, const struct actor *who,
    enum record_kind kind, struct id id, struct record *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, record_sql(kind)->get, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = read_record(a, who, kind, &row);
	return e;
}

/* ---- saving ---- */

/* The parameters of insert and update, in the order of kinds_sql.c. */
static void
fill_parameters(
    struct db_value *v, const struct actor *who, const struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	*v++ = DB_ID(who->org);
	*v++ = DB_ID(who->network);
	*v++ = DB_ID(r->id);
	*v++ = DB_INT(r->rev);
	*v++ = DB_INT(who->now_us);
	*v++ = DB_ID(who->account);
	for (ptrdiff_t i = 0; i < def->n_fields; i++)
		*v++ = parameter(&def->fields[i], r->value[i]);
	*v = DB_NONE;
}

/* The revision and the link of the chain that a changed row leaves. */
static enum err
tell(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r, const char *deed)
{
	const char *name = record_def(r->kind)->name;
	enum err e = revision_add(db, a, who, r, strcmp(deed, "remove") == 0);
	return e == ERR_OK
	    ? audit_add(db, a, who, str_fmt(a, "%s.%s", name, deed), r->id)
	    : e;
}

/* `was` NULL: a new one. */
static enum err
write_row(struct db *db, struct arena *a, const struct actor *who,
    const struct record *was, const struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	struct db_value v[RECORD_FIELDS + 7];
	const struct record_sql *sql = record_sql(r->kind);
	int64_t changed = 0;
	fill_parameters(v, who, r);
	enum err e =
	    db_exec_v(db, was == NULL ? sql->insert : sql->update, &changed, v);
	if (e == ERR_OK && changed != 1)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = tell(db, a, who, r, was == NULL ? "create" : "change");
	return e == ERR_OK && def->changed != NULL
	    ? def->changed(db, a, who, was, r)
	    : e;
}

static bool
same_values(const struct record *x, const struct record *y)
{
	for (ptrdiff_t i = 0; i < record_def(x->kind)->n_fields; i++) {
		if (!str_eq(x->value[i], y->value[i]))
			return false;
	}
	return true;
}

/* One field of three versions.  False: both changed it, in the same place. */
static bool
merge_field(struct arena *a, const struct field_def *field, struct str base,
    struct str theirs, struct str *mine)
{
	if (str_eq(*mine, theirs) || str_eq(theirs, base))
		return true;
	if (str_eq(*mine, base)) {
		*mine = theirs;
		return true;
	}
	struct str merged;
	if (field->type != FIELD_TEXT ||
	    !merge3(a, base, *mine, theirs, &merged))
		return false;
	*mine = merged;
	return true;
}

/* Brings `mine`, made from `base`, up to `theirs`. */
static enum err
merge(struct arena *a, const struct record *base, const struct record *theirs,
    struct record *mine, struct record_saved *out)
{
	const struct record_def *def = record_def(mine->kind);
	bool meets = false;
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		out->meets[i] = !merge_field(a, &def->fields[i], base->value[i],
		    theirs->value[i], &mine->value[i]);
		meets = meets || out->meets[i];
	}
	out->theirs = *theirs;
	out->merged = !meets;
	mine->rev = theirs->rev;
	return meets ? ERR_CONFLICT : ERR_OK;
}

static enum err
save_new(struct db *db, struct arena *a, const struct actor *who,
    struct record *mine)
{
	struct record there;
	enum err e = record_get(db, a, who, mine->kind, mine->id, &there);
	if (e == ERR_OK) /* a repeated save, or the only one of its kind */
		return same_values(mine, &there) ? ERR_OK : ERR_CONFLICT;
	if (e != ERR_NOT_FOUND)
		return e;
	mine->rev = 1;
	return write_row(db, a, who, NULL, mine);
}

static enum err
save_changed(struct db *db, struct arena *a, const struct actor *who,
    struct record *mine, struct record_saved *out)
{
	struct record now, base;
	enum err e = record_get(db, a, who, mine->kind, mine->id, &now);
	if (e != ERR_OK)
		return e;
	if (mine->rev > now.rev)
		return ERR_INVALID;
	if (mine->rev < now.rev) {
		e = revision_get(db, a, who, mine, &base);
		if (e == ERR_OK)
			e = merge(a, &base, &now, mine, out);
		if (e != ERR_OK)
			return e;
		record_check(db, a, who, mine, &out->faults);
		if (out->faults.any)
			return ERR_INVALID;
	}
	out->unchanged = same_values(mine, &now);
	if (out->unchanged)
		return ERR_OK;
	mine->rev = now.rev + 1;
	return write_row(db, a, who, &now, mine);
}

enum err
record_save(struct db *db, struct arena *a, const struct actor *who,
    const struct record *wanted, struct record_saved *out)
{
	struct record mine = *wanted;
	*out = (struct record_saved){0};
	if (!actor_may(who, record_def(mine.kind)->cap))
		return ERR_DENIED;
	enum err e = record_keep(db, a, who, &mine, &out->faults);
	return e == ERR_OK ? record_save_managed(db, a, who, &mine, out) : e;
}

enum err
record_save_managed(struct db *db, struct arena *a, const struct actor *who,
    const struct record *wanted, struct record_saved *out)
{
	const struct record_def *def = record_def(wanted->kind);
	struct record mine = *wanted;
	*out = (struct record_saved){0};
	if (!actor_may(who, def->cap))
		return ERR_DENIED;
	if (def->single)
		mine.id = who->network;
	record_check(db, a, who, &mine, &out->faults);
	if (out->faults.any)
		return ERR_INVALID;
	if (mine.rev > 0)
		return def->append_only ? ERR_DENIED
					: save_changed(db, a, who, &mine, out);

	enum err e = save_new(db, a, who, &mine);
	if (e == ERR_CONFLICT) {
		if (record_get(db, a, who, mine.kind, mine.id, &out->theirs) !=
		    ERR_OK)
			return ERR_CONFLICT; /* another row stands there */
		memset(out->meets, 1, sizeof out->meets);
	}
	return e;
}

/* Sets or clears the mark of a row that is taken out, and tells of it. */
static enum err
mark_row(struct db *db, struct arena *a, const struct actor *who,
    struct record *r, bool removed)
{
	const struct record_sql *sql = record_sql(r->kind);
	const struct record_def *def = record_def(r->kind);
	int64_t changed = 0;
	r->rev++;
	enum err e = db_exec(db, removed ? sql->remove : sql->restore, &changed,
	    DB_ID(who->org), DB_ID(who->network), DB_ID(r->id), DB_INT(r->rev),
	    DB_INT(who->now_us), DB_ID(who->account));
	if (e == ERR_OK && changed != 1)
		e = ERR_CONFLICT;
	if (e == ERR_OK)
		e = tell(db, a, who, r, removed ? "remove" : "restore");
	return e == ERR_OK && def->changed != NULL
	    ? def->changed(db, a, who, removed ? r : NULL, removed ? NULL : r)
	    : e;
}

enum err
record_remove(struct db *db, struct arena *a, const struct actor *who,
    enum record_kind kind, struct id id, int64_t rev)
{
	const struct record_def *def = record_def(kind);
	struct record r;
	if (!actor_may(who, def->cap) || def->append_only || def->single)
		return ERR_DENIED;
	enum err e = record_get(db, a, who, kind, id, &r);
	if (e == ERR_OK && r.rev != rev)
		e = ERR_CONFLICT;
	if (e == ERR_OK && def->frozen != NULL && def->frozen(&r, NULL))
		e = ERR_CONFLICT;
	if (e == ERR_OK)
		e = revision_in_use(db, a, who, kind, id);
	return e == ERR_OK ? mark_row(db, a, who, &r, true) : e;
}

enum err
record_restore(struct db *db, struct arena *a, const struct actor *who,
    enum record_kind kind, struct id id, int64_t rev)
{
	struct db_row row;
	struct record_faults faults = {0};
	if (!actor_may(who, record_def(kind)->cap))
		return ERR_DENIED;
	enum err e = db_one(db, a, record_sql(kind)->gone, &row,
	    DB_ID(who->org), DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	struct record r = read_record(a, who, kind, &row);
	if (r.rev != rev)
		return ERR_CONFLICT;
	record_check(db, a, who, &r, &faults);
	return faults.any ? ERR_INVALID : mark_row(db, a, who, &r, false);
}
