/* SPDX-License-Identifier: MPL-2.0 */
#include "model/revision.h"

#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "model/kinds.h"

enum { FIELDS_BYTES = 256 * 1024 };

static struct str
fields_json(struct arena *a, const struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	struct buf b = buf_new(a, FIELDS_BYTES);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		buf_byte(&b, i == 0 ? '{' : ',');
		buf_json(&b, str_c(def->fields[i].name));
		buf_byte(&b, ':');
		buf_json(&b, r->value[i]);
	}
	buf_byte(&b, '}');
	return buf_str(&b);
}

struct tree {
	json_t *root;
};

static void
drop_tree(void *arg)
{
	struct tree *tree = arg;
	json_decref(tree->root);
	tree->root = NULL;
}

static void
copy_fields(struct arena *a, const json_t *root, struct record *r)
{
	const struct record_def *def = record_def(r->kind);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		json_t *value = json_object_get(root, def->fields[i].name);
		if (json_is_string(value))
			r->value[i] = str_dup(a,
			    (struct str){json_string_value(value),
				(ptrdiff_t)json_string_length(value)});
	}
}

/* A field that the kind has got since then reads as "". */
static enum err
read_fields(struct arena *a, struct str text, struct record *r)
{
	struct tree *tree = arena_new(a, struct tree, 1);
	arena_defer(a, drop_tree, tree); /* a copy may find the arena full */
	tree->root = json_loadb(text.p, (size_t)text.n, 0, NULL);
	if (tree->root == NULL)
		return ERR_INTERNAL; /* damaged, or malloc failed */
	copy_fields(a, tree->root, r);
	drop_tree(tree);
	return ERR_OK;
}

static const char SQL_ADD[] =
    "INSERT INTO revision (org, network, object, rev, kind, at_us, account,"
    " removed, fields) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

enum err
revision_add(struct db *db, struct arena *a, const struct actor *who,
    const struct record *r, bool removed)
{
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(r->id), DB_INT(r->rev),
	    DB_TEXT(str_c(record_def(r->kind)->name)), DB_INT(who->now_us),
	    DB_ID(who->account), DB_INT(removed), DB_TEXT(fields_json(a, r)));
}

/* Columns object, rev, kind, at_us, account, removed, fields.
 * ERR_NOT_FOUND: of a kind that this program no longer has. */
static enum err
read_revision(struct arena *a, const struct actor *who,
    const struct db_row *row, struct revision *out)
{
	struct record r = {.network = who->network, .id = db_id(row, 0)};
	if (!record_kind_by_name(db_text(row, 2), &r.kind))
		return ERR_NOT_FOUND;
	r.rev = db_int(row, 1);
	r.changed_us = db_int(row, 3);
	r.changed_by = db_id(row, 4);
	*out = (struct revision){
	    .rev = r.rev,
	    .at_us = r.changed_us,
	    .account = r.changed_by,
	    .removed = db_int(row, 5) != 0,
	    .record = r,
	};
	return read_fields(a, db_text(row, 6), &out->record);
}

static const char SQL_AT[] =
    "SELECT object, rev, kind, at_us, account, removed, fields FROM revision"
    " WHERE org = $1 AND network = $2 AND object = $3 AND kind = $4"
    "   AND rev = $5";

enum err
revision_get(struct db *db, struct arena *a, const struct actor *who,
    const struct record *of, struct record *out)
{
	struct db_row row;
	struct revision revision;
	enum err e = db_one(db, a, SQL_AT, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(of->id),
	    DB_TEXT(str_c(record_def(of->kind)->name)), DB_INT(of->rev));
	if (e == ERR_OK)
		e = read_revision(a, who, &row, &revision);
	if (e == ERR_OK)
		*out = revision.record;
	return e;
}

static enum err
read_all(struct arena *a, const struct actor *who, const struct db_rows *rows,
    struct revisions *out)
{
	*out = (struct revisions){arena_new(a, struct revision, rows->n), 0};
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		enum err e =
		    read_revision(a, who, &rows->row[i], &out->list[out->n]);
		if (e == ERR_OK)
			out->n++;
		else if (e != ERR_NOT_FOUND)
			return e;
	}
	return ERR_OK;
}

static const char SQL_OF[] =
    "SELECT object, rev, kind, at_us, account, removed, fields FROM revision"
    " WHERE org = $1 AND network = $2 AND object = $3 AND kind = $4"
    " ORDER BY rev DESC";

static const char SQL_OF_KIND[] =
    "SELECT object, rev, kind, at_us, account, removed, fields FROM revision"
    " WHERE org = $1 AND network = $2 AND kind = $3"
    " ORDER BY at_us DESC, object DESC";

/* An append-only kind's versions are records of their own: its history is
 * that of them all. */
enum err
record_history(struct db *db, struct arena *a, const struct actor *who,
    enum record_kind kind, struct id id, struct revisions *out)
{
	struct db_rows rows;
	const struct record_def *def = record_def(kind);
	enum err e;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	if (def->append_only)
		e = db_all(db, a, SQL_OF_KIND, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_TEXT(str_c(def->name)));
	else
		e = db_all(db, a, SQL_OF, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_TEXT(str_c(def->name)));
	if (e == ERR_OK && rows.n == 0)
		e = ERR_NOT_FOUND;
	return e == ERR_OK ? read_all(a, who, &rows, out) : e;
}

static const char SQL_RECENT[] =
    "SELECT object, rev, kind, at_us, account, removed, fields FROM revision"
    " WHERE org = $1 AND network = $2"
    " ORDER BY at_us DESC, object DESC LIMIT $3";

enum err
record_recent(struct db *db, struct arena *a, const struct actor *who, int max,
    struct revisions *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_RECENT, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(max));
	return e == ERR_OK ? read_all(a, who, &rows, out) : e;
}

/* ---- what stands on a record ---- */

static bool
refers(const struct records *records, ptrdiff_t field, struct str id)
{
	for (ptrdiff_t i = 0; i < records->n; i++) {
		if (str_find(records->list[i].value[field], id) >= 0)
			return true;
	}
	return false;
}

enum err
revision_in_use(struct db *db, struct arena *a, const struct actor *who,
    enum record_kind kind, struct id id)
{
	for (int other = 0; other < KIND_COUNT; other++) {
		const struct record_def *def =
		    record_def((enum record_kind)other);
		for (ptrdiff_t f = 0; f < def->n_fields; f++) {
			struct records records;
			enum field_type type = def->fields[f].type;
			if ((type != FIELD_REF && type != FIELD_REFS) ||
			    def->fields[f].ref != kind)
				continue;
			enum err e = record_list(
			    db, a, who, (enum record_kind)other, &records);
			if (e != ERR_OK)
				return e;
			if (refers(&records, f, id_text(a, id)))
				return ERR_CONFLICT;
		}
	}
	return ERR_OK;
}
