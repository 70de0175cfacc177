/* SPDX-License-Identifier: MPL-2.0 */
#include "model/voices_import.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"

enum { PART_BYTES = 1024 * 1024 };

/* ---- what is asked of it ---- */

static const char *
check_choice(const struct choice *list, struct str key)
{
	for (; list->key != NULL; list++) {
		if (str_eq(str_c(list->key), key))
			return NULL;
	}
	return N_("Choose one of the possibilities.");
}

static const char *
check_told(struct str told)
{
	if (utf8_blank(told))
		return N_("Write what they were told.");
	if (cpr_find(told).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(told) > VOICES_TOLD_MAX ? N_("This is too long.")
						   : NULL;
}

void
voices_import_check(
    const struct voices_import *in, struct voices_import_faults *f)
{
	*f = (struct voices_import_faults){
	    .kind = check_choice(contribution_kinds, in->kind),
	    .basis = check_choice(contribution_bases, in->basis),
	    .told = check_told(in->told),
	};
	if (in->scope < 0 || in->scope >= SCOPES)
		f->scope = N_("Choose one of the possibilities.");
	if (in->file.n == 0)
		f->file = N_("Choose a file, or paste the rows.");
	else if (in->file.n > VOICES_BYTES)
		f->file = N_("The file is too large. Divide it.");
	f->any = f->kind || f->basis || f->told || f->scope || f->file;
}

/* ---- the file, until somebody says yes ---- */

static struct key
file_key(const struct actor *who)
{
	return key_derive(&who->keys->vault, S("voices"));
}

static struct str
part_context(
    struct arena *a, const struct actor *who, struct id id, int64_t part)
{
	return STR_JOIN(a, id_text(a, who->org), id_text(a, who->network),
	    id_text(a, id), str_fmt(a, "%lld", (long long)part));
}

static const char SQL_PUT[] =
    "INSERT INTO voices_import (org, network, id, at_us, account, kind, basis,"
    " scope, told, parts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static const char SQL_PUT_PART[] =
    "INSERT INTO voices_import_part (org, network, import, part, at_us, file)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

/* Byte for byte, so that a part may end anywhere. */
static enum err
put_parts(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_import *in)
{
	struct key key = file_key(who);
	bool is_utf8 = utf8_valid(in->file);
	enum err e = ERR_OK;
	for (int64_t i = 0; e == ERR_OK && i * PART_BYTES < in->file.n; i++) {
		struct arena *scratch = arena_scratch(a);
		struct str part =
		    str_sub(in->file, i * PART_BYTES, (i + 1) * PART_BYTES);
		if (!is_utf8)
			part = people_text(scratch, part);
		e = db_exec(db, SQL_PUT_PART, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(in->id), DB_INT(i),
		    DB_INT(who->now_us),
		    DB_BLOB(seal(scratch, &key, part,
			part_context(scratch, who, in->id, i))));
		arena_close(scratch);
	}
	return e;
}

enum err
voices_import_put(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_import *in)
{
	struct voices_import_faults faults;
	int64_t added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	voices_import_check(in, &faults);
	if (faults.any)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_PUT, &added, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(in->id), DB_INT(who->now_us),
	    DB_ID(who->account), DB_TEXT(in->kind), DB_TEXT(in->basis),
	    DB_INT(in->scope), DB_TEXT(in->told),
	    DB_INT((in->file.n + PART_BYTES - 1) / PART_BYTES));
	return e == ERR_OK && added > 0 ? put_parts(db, a, who, in) : e;
}

static const char SQL_GET_PART[] =
    "SELECT file FROM voices_import_part"
    " WHERE org = $1 AND network = $2 AND import = $3 AND part = $4";

struct parts {
	struct id id;
	int64_t n;
	struct buf text;
};

static enum err
get_part(struct db *db, struct arena *a, const struct actor *who,
    struct parts *p, int64_t i)
{
	struct db_row row;
	struct str plain;
	struct key key = file_key(who);
	enum err e = db_one(db, a, SQL_GET_PART, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(p->id), DB_INT(i));
	if (e != ERR_OK)
		return e;
	if (!seal_open(a, &key, db_blob(&row, 0),
		part_context(a, who, p->id, i), &plain))
		return ERR_INTERNAL;
	if (i == 0)
		buf_reserve(&p->text, p->n * plain.n);
	buf_add(&p->text, plain);
	return ERR_OK;
}

static const char SQL_GET[] =
    "SELECT kind, basis, scope, told, parts FROM voices_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
voices_import_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct voices_import *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	struct parts p = {id, db_int(&row, 4), buf_new(a, 3 * VOICES_BYTES)};
	for (int64_t i = 0; e == ERR_OK && i < p.n; i++) {
		struct arena *scratch = arena_scratch(a);
		e = get_part(db, scratch, who, &p, i);
		arena_close(scratch);
	}
	*out = (struct voices_import){.id = id,
	    .kind = db_text(&row, 0),
	    .basis = db_text(&row, 1),
	    .scope = db_int(&row, 2),
	    .told = db_text(&row, 3),
	    .file = buf_str(&p.text)};
	return e == ERR_NOT_FOUND ? ERR_INTERNAL : e;
}

static const char SQL_HAS[] =
    "SELECT 1 FROM voices_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
voices_import_has(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct db_row row;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	return db_one(db, a, SQL_HAS, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
}

static const char SQL_DROP_PARTS[] =
    "DELETE FROM voices_import_part WHERE org = $1 AND network = $2"
    " AND import IN (SELECT v.id FROM voices_import v WHERE v.org = $1"
    "  AND v.network = $2 AND v.id = $3 AND v.account = $4)";

static const char SQL_DROP[] =
    "DELETE FROM voices_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
voices_import_drop(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	(void)a;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_DROP_PARTS, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	return e == ERR_OK
	    ? db_exec(db, SQL_DROP, NULL, DB_ID(who->org), DB_ID(who->network),
		  DB_ID(id), DB_ID(who->account))
	    : e;
}

static const char SQL_SWEEP_PARTS[] =
    "DELETE FROM voices_import_part WHERE org = $1 AND at_us <= $2";

static const char SQL_SWEEP[] =
    "DELETE FROM voices_import WHERE org = $1 AND at_us <= $2";

enum err
voices_import_sweep(struct db *db, const struct actor *program)
{
	int64_t before_us = program->now_us - VOICES_KEPT_US;
	enum err e = db_exec(
	    db, SQL_SWEEP_PARTS, NULL, DB_ID(program->org), DB_INT(before_us));
	return e == ERR_OK ? db_exec(db, SQL_SWEEP, NULL, DB_ID(program->org),
				 DB_INT(before_us))
			   : e;
}

/* ---- what is in it ---- */

enum err
voices_reading_open(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_import *in, struct voices_reading *out)
{
	*out = (struct voices_reading){.of = in, .row = -1};
	enum err e = record_list(db, a, who, KIND_GROUP, &out->groups);
	if (e == ERR_OK)
		voices_reader_open(&out->file, a, in->file);
	return e;
}

static struct id
find_group(struct arena *a, const struct records *groups, struct str name)
{
	struct str wanted = utf8_fold(a, name);
	for (ptrdiff_t i = 0; i < groups->n; i++) {
		struct str other = record_value(&groups->list[i], "name");
		if (str_eq(utf8_fold(a, other), wanted))
			return groups->list[i].id;
	}
	return (struct id){0};
}

bool
voices_reading_next(
    struct voices_reading *r, struct arena *a, struct voice_in *out)
{
	*out = (struct voice_in){.row = {.line = 0}};
	if (!voices_reader_next(&r->file, a, &out->row))
		return false;
	out->at = ++r->row;
	if (out->row.group.n == 0)
		return true;
	out->group = find_group(a, &r->groups, out->row.group);
	if (!id_is_set(out->group))
		voices_fault(&r->file, out->row.group_at,
		    N_("There is no target group called \"%1\" in this "
		       "network."),
		    out->row.group);
	return true;
}

/* ---- bringing it in ---- */

/* In the order of the rows, and the same for the same row. */
static struct id
row_id(struct id import, ptrdiff_t row)
{
	for (int k = 0; k < 4; k++)
		import.b[15 - k] = (unsigned char)((row + 1) >> (8 * k));
	return import;
}

static struct hash
row_hash(struct arena *a, const struct actor *who, const struct voices_row *row)
{
	struct key key = key_derive(&who->keys->lookup, S("voices"));
	return hash_keyed(&key, STR_JOIN(a, row->id, S("\n"), row->words));
}

static const char SQL_SEEN[] =
    "INSERT INTO voices_seen (org, network, hash, contribution)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (org, network, hash) DO NOTHING";

static const char SQL_HERE[] =
    "SELECT 1 FROM contribution WHERE org = $1 AND network = $2 AND id = $3";

/* ERR_CONFLICT: it is here already. */
static enum err
note_row(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_batch *batch, const struct voice_in *in)
{
	struct id was;
	struct db_row row;
	int64_t added = 0;
	if (batch->ours && id_parse(in->row.id, &was)) {
		enum err e = db_one(db, a, SQL_HERE, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(was));
		if (e != ERR_NOT_FOUND)
			return e == ERR_OK ? ERR_CONFLICT : e;
	}
	struct hash hash = row_hash(a, who, &in->row);
	enum err e =
	    db_exec(db, SQL_SEEN, &added, DB_ID(who->org), DB_ID(who->network),
		DB_HASH(hash), DB_ID(row_id(batch->of->id, in->at)));
	return e == ERR_OK && added == 0 ? ERR_CONFLICT : e;
}

static const char SQL_ADD[] =
    "INSERT INTO contribution (org, network, id, rev, changed_us, changed_by,"
    " at_us, account, actor_kind, teller, kind, original, wording, shortened,"
    " approval, state, reason, target_group, basis, scope, anonymity, given_by)"
    " VALUES ($1, $2, $3, 1, $4, $5, $4, $5, 'citizen', 'import', $6, $7, '',"
    " 0, '', 'received', '', $8, $9, $10, 'none', 'self')";

/* The receipt of a row has the row's id. */
static const char SQL_RECEIPT[] =
    "INSERT INTO consent (org, network, id, contribution, at_us, account,"
    " event, basis, scope, anonymity, given_by, age, text)"
    " VALUES ($1, $2, $3, $3, $4, $5, 'given', $6, $7, 'none', 'self', '', $8)";

static enum err
add_row(struct db *db, const struct actor *who, const struct voices_import *of,
    const struct voice_in *in)
{
	struct id id = row_id(of->id, in->at);
	enum err e =
	    db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(id), DB_INT(who->now_us), DB_ID(who->account),
		DB_TEXT(in->row.kind.n > 0 ? in->row.kind : of->kind),
		DB_TEXT(in->row.words), DB_ID(in->group), DB_TEXT(of->basis),
		DB_INT(of->scope));
	return e == ERR_OK
	    ? db_exec(db, SQL_RECEIPT, NULL, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(id), DB_INT(who->now_us),
		  DB_ID(who->account), DB_TEXT(of->basis), DB_INT(of->scope),
		  DB_TEXT(of->told))
	    : e;
}

static enum err
index_row(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_import *of, const struct voice_in *in)
{
	struct contribution c = {
	    .id = row_id(of->id, in->at), .at_us = who->now_us};
	return contribution_index(db, a, who, &c, in->row.words);
}

enum err
voices_import_add(struct db *db, struct arena *a, const struct actor *who,
    struct voices_batch *batch)
{
	enum err e = ERR_OK;
	batch->added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	struct arena *scratch = arena_scratch(a);
	for (ptrdiff_t i = 0; e == ERR_OK && i < batch->n; i++) {
		const struct voice_in *in = &batch->list[i];
		e = note_row(db, scratch, who, batch, in);
		if (e == ERR_OK) {
			e = add_row(db, who, batch->of, in);
			if (e == ERR_OK)
				e = index_row(db, scratch, who, batch->of, in);
			batch->added += e == ERR_OK;
		} else if (e == ERR_CONFLICT) {
			e = ERR_OK;
		}
		arena_reset(scratch);
	}
	arena_close(scratch);
	if (e == ERR_OK && batch->added > 0)
		e = audit_add(
		    db, a, who, S("contribution.import"), batch->of->id);
	return e;
}
