/* SPDX-License-Identifier: MPL-2.0 */
#include "model/voices_import.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/many.h"
#include "model/search.h"

enum { PART_BYTES = 1024 * 1024 };

/* ---- what is asked of it ---- */

static const char *
check_choice(const struct choice *list, struct str key)
{
	return choice_find(list, key) == NULL
	    ? N_("Choose one of the possibilities.")
	    : NULL;
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
    "SELECT kind, basis, scope, told, parts, columns, no_names"
    " FROM voices_import"
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
	    .columns = db_text(&row, 5),
	    .no_names = db_int(&row, 6) != 0,
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

static const char SQL_SET[] =
    "UPDATE voices_import SET columns = $5"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
voices_import_set(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_import *in)
{
	int64_t changed = 0;
	(void)a;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!voices_columns_valid(in->columns))
		return ERR_INVALID;
	enum err e =
	    db_exec(db, SQL_SET, &changed, DB_ID(who->org), DB_ID(who->network),
		DB_ID(in->id), DB_ID(who->account), DB_TEXT(in->columns));
	return e == ERR_OK && changed == 0 ? ERR_NOT_FOUND : e;
}

static const char SQL_NO_NAMES[] =
    "UPDATE voices_import SET no_names = 1"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
voices_import_no_names(struct db *db, const struct actor *who, struct id id)
{
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	return db_exec(db, SQL_NO_NAMES, NULL, DB_ID(who->org),
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

static const char SQL_HERE[] =
    "SELECT 1 FROM contribution WHERE org = $1 AND network = $2 AND id = $3";

/* Whether a row of our own export is here still. */
static enum err
is_here(struct db *db, struct arena *a, const struct actor *who, struct str id,
    bool *here)
{
	struct id was;
	struct db_row row;
	*here = false;
	if (!id_parse(id, &was))
		return ERR_OK;
	enum err e = db_one(db, a, SQL_HERE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(was));
	*here = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Of the batch: the rows that never came in, in its order. */
static enum err
find_new(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_batch *batch, struct ids *new)
{
	const struct db_value shared[] = {DB_ID(who->org), DB_ID(who->network)};
	struct db_value *each = arena_new(a, struct db_value, 2 * batch->n);
	struct hash *hashes = arena_new(a, struct hash, batch->n);
	struct many rows = {shared, each, 0};
	for (ptrdiff_t i = 0; i < batch->n; i++) {
		const struct voice_in *in = &batch->list[i];
		bool here = false;
		enum err e = batch->ours
		    ? is_here(db, a, who, in->row.id, &here)
		    : ERR_OK;
		if (e != ERR_OK)
			return e;
		if (here)
			continue;
		hashes[i] = row_hash(a, who, &in->row);
		each[2 * rows.n] = DB_HASH(hashes[i]);
		each[2 * rows.n++ + 1] = DB_ID(row_id(batch->of->id, in->at));
	}
	return many_all(db, a, MANY_SEEN, &rows, new);
}

/* The rows of the batch that are among `new`; both go up. */
static ptrdiff_t
pick(const struct voices_batch *batch, const struct ids *new,
    const struct voice_in **out)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < batch->n && n < new->n; i++) {
		const struct voice_in *in = &batch->list[i];
		if (id_eq(row_id(batch->of->id, in->at), new->list[n]))
			out[n++] = in;
	}
	return n;
}

/* What is brought in of a batch. */
struct coming {
	const struct voices_import *of;
	const struct voice_in **list;
	ptrdiff_t n;
};

static struct str
anonymity_of(const struct voice_in *in)
{
	return id_is_set(in->person) ? S("alias") : S("none");
}

static enum err
add_contributions(struct db *db, struct arena *a, const struct actor *who,
    const struct coming *c)
{
	const struct db_value shared[] = {DB_ID(who->org), DB_ID(who->network),
	    DB_INT(who->now_us), DB_ID(who->account), DB_TEXT(c->of->basis),
	    DB_INT(c->of->scope)};
	struct db_value *each = arena_new(a, struct db_value, 9 * c->n);
	struct db_value *to = each;
	for (ptrdiff_t i = 0; i < c->n; i++) {
		const struct voice_in *in = c->list[i];
		*to++ = DB_ID(row_id(c->of->id, in->at));
		*to++ = DB_INT(in->row.at_us > 0 ? in->row.at_us : who->now_us);
		*to++ =
		    DB_TEXT(in->row.kind.n > 0 ? in->row.kind : c->of->kind);
		*to++ = DB_TEXT(in->row.words);
		*to++ = DB_ID(in->activity);
		*to++ = DB_ID(in->phase);
		*to++ = DB_ID(in->group);
		*to++ = DB_ID(in->person);
		*to++ = DB_TEXT(anonymity_of(in));
	}
	return many_exec(
	    db, MANY_CONTRIBUTIONS, &(struct many){shared, each, c->n});
}

/* The receipt of a row has the row's id. */
static enum err
add_receipts(struct db *db, struct arena *a, const struct actor *who,
    const struct coming *c)
{
	const struct db_value shared[] = {DB_ID(who->org), DB_ID(who->network),
	    DB_INT(who->now_us), DB_ID(who->account), DB_TEXT(c->of->basis),
	    DB_INT(c->of->scope), DB_TEXT(c->of->told)};
	struct db_value *each = arena_new(a, struct db_value, 3 * c->n);
	struct db_value *to = each;
	for (ptrdiff_t i = 0; i < c->n; i++) {
		*to++ = DB_ID(row_id(c->of->id, c->list[i]->at));
		*to++ = DB_ID(c->list[i]->person);
		*to++ = DB_TEXT(anonymity_of(c->list[i]));
	}
	return many_exec(db, MANY_CONSENTS, &(struct many){shared, each, c->n});
}

static enum err
add_words(struct db *db, struct arena *a, const struct actor *who,
    const struct coming *c)
{
	struct search_text *list = arena_new(a, struct search_text, c->n);
	for (ptrdiff_t i = 0; i < c->n; i++) {
		list[i].id = row_id(c->of->id, c->list[i]->at);
		list[i].text = c->list[i]->row.words;
	}
	return search_add(db, a, who,
	    &(struct search_texts){S("contribution"), who->now_us, list, c->n});
}

static enum err
add_batch(struct db *db, struct arena *a, const struct actor *who,
    struct voices_batch *batch)
{
	struct ids new;
	struct coming c = {
	    batch->of, arena_new(a, const struct voice_in *, batch->n), 0};
	enum err e = find_new(db, a, who, batch, &new);
	if (e != ERR_OK)
		return e;
	c.n = pick(batch, &new, c.list);
	if (c.n < new.n)
		return ERR_INTERNAL;
	batch->added = c.n;
	if (c.n == 0)
		return ERR_OK;
	e = add_contributions(db, a, who, &c);
	if (e == ERR_OK)
		e = add_receipts(db, a, who, &c);
	if (e == ERR_OK)
		e = add_words(db, a, who, &c);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("contribution.import"), batch->of->id)
	    : e;
}

enum err
voices_import_add(struct db *db, struct arena *a, const struct actor *who,
    struct voices_batch *batch)
{
	batch->added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	struct arena *scratch = arena_scratch(a);
	enum err e = add_batch(db, scratch, who, batch);
	arena_close(scratch);
	return e;
}
