/* SPDX-License-Identifier: MPL-2.0 */

/* A conversation from elsewhere: kept until somebody says yes, then brought
 * in. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/exchange.h"
#include "model/people_file.h"

enum {
	PART_BYTES = 1024 * 1024,
	VOTES_FROM = 1000, /* the number of the first part of the votes */
};

/* ---- the files, until somebody says yes ---- */

static struct key
file_key(const struct actor *who)
{
	return key_derive(&who->keys->vault, S("exchange"));
}

static struct str
part_context(
    struct arena *a, const struct actor *who, struct id id, int64_t part)
{
	return STR_JOIN(a, id_text(a, who->org), id_text(a, who->network),
	    id_text(a, id), str_fmt(a, "%lld", (long long)part));
}

static int64_t
parts_of(struct str file)
{
	return (file.n + PART_BYTES - 1) / PART_BYTES;
}

/* Where a file's parts are, and how many. */
struct parts {
	struct id id;
	int64_t first, n;
};

static const char SQL_PUT_PART[] =
    "INSERT INTO dialogue_import_part (org, network, import, part, at_us, file)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

static enum err
put_file(struct db *db, struct arena *a, const struct actor *who,
    struct parts parts, struct str file)
{
	struct key key = file_key(who);
	enum err e = ERR_OK;
	for (int64_t i = 0; e == ERR_OK && i < parts.n; i++) {
		struct arena *scratch = arena_scratch(a);
		struct str part =
		    str_sub(file, i * PART_BYTES, (i + 1) * PART_BYTES);
		e = db_exec(db, SQL_PUT_PART, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(parts.id),
		    DB_INT(parts.first + i), DB_INT(who->now_us),
		    DB_BLOB(seal(scratch, &key, part,
			part_context(
			    scratch, who, parts.id, parts.first + i))));
		arena_close(scratch);
	}
	return e;
}

static struct str
as_utf8(struct arena *a, struct str file)
{
	return utf8_valid(file) ? file : people_text(a, file);
}

static const char SQL_PUT[] =
    "INSERT INTO dialogue_import (org, network, id, dialogue, at_us, account,"
    " open, state, statements, votes)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9)"
    " ON CONFLICT (org, network, id) DO NOTHING";

enum err
exchange_put(struct db *db, struct arena *a, const struct actor *who,
    const struct exchange_import *in)
{
	struct record r;
	int64_t added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (in->statements.n + in->votes.n == 0)
		return ERR_INVALID;
	if (in->statements.n + in->votes.n > EXCHANGE_BYTES)
		return ERR_TOO_LARGE;
	struct str statements = as_utf8(a, in->statements);
	struct str votes = as_utf8(a, in->votes);
	enum err e = record_get(db, a, who, KIND_DIALOGUE, in->dialogue, &r);
	if (e == ERR_OK)
		e = db_exec(db, SQL_PUT, &added, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(in->id), DB_ID(in->dialogue),
		    DB_INT(who->now_us), DB_ID(who->account), DB_INT(in->open),
		    DB_INT(parts_of(statements)), DB_INT(parts_of(votes)));
	if (e != ERR_OK || added == 0)
		return e;
	struct parts one = {in->id, 0, parts_of(statements)};
	struct parts two = {in->id, VOTES_FROM, parts_of(votes)};
	e = put_file(db, a, who, one, statements);
	return e == ERR_OK ? put_file(db, a, who, two, votes) : e;
}

static const char SQL_GET_PART[] =
    "SELECT file FROM dialogue_import_part"
    " WHERE org = $1 AND network = $2 AND import = $3 AND part = $4";

static enum err
add_part(struct db *db, struct arena *a, const struct actor *who,
    const struct parts *parts, struct buf *out)
{
	struct db_row row;
	struct str plain;
	struct key key = file_key(who);
	struct arena *scratch = arena_scratch(a);
	int64_t part = parts->first + out->n / PART_BYTES;
	enum err e = db_one(db, scratch, SQL_GET_PART, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(parts->id), DB_INT(part));
	if (e == ERR_OK &&
	    !seal_open(scratch, &key, db_blob(&row, 0),
		part_context(scratch, who, parts->id, part), &plain))
		e = ERR_INTERNAL;
	if (e == ERR_OK)
		buf_add(out, plain);
	arena_close(scratch);
	return e == ERR_NOT_FOUND ? ERR_INTERNAL : e;
}

/* Each part but the last is whole. */
static enum err
get_file(struct db *db, struct arena *a, const struct actor *who,
    struct parts parts, struct str *out)
{
	struct buf text = buf_new(a, 3 * EXCHANGE_BYTES);
	enum err e = ERR_OK;
	buf_reserve(&text, parts.n * PART_BYTES);
	for (int64_t i = 0; e == ERR_OK && i < parts.n; i++)
		e = add_part(db, a, who, &parts, &text);
	*out = buf_str(&text);
	return e;
}

static const char SQL_GET[] =
    "SELECT dialogue, open, statements, votes FROM dialogue_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
exchange_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct exchange_import *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out = (struct exchange_import){
	    .id = id, .dialogue = db_id(&row, 0), .open = db_int(&row, 1) != 0};
	struct parts statements = {id, 0, db_int(&row, 2)};
	struct parts votes = {id, VOTES_FROM, db_int(&row, 3)};
	e = get_file(db, a, who, statements, &out->statements);
	return e == ERR_OK ? get_file(db, a, who, votes, &out->votes) : e;
}

enum err
exchange_has(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct db_row row;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	return db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
}

static const char SQL_DROP_PARTS[] =
    "DELETE FROM dialogue_import_part WHERE org = $1 AND network = $2"
    " AND import IN (SELECT v.id FROM dialogue_import v WHERE v.org = $1"
    "  AND v.network = $2 AND v.id = $3 AND v.account = $4)";

static const char SQL_DROP[] =
    "DELETE FROM dialogue_import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
exchange_drop(
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
    "DELETE FROM dialogue_import_part WHERE org = $1 AND at_us <= $2";

static const char SQL_SWEEP[] =
    "DELETE FROM dialogue_import WHERE org = $1 AND at_us <= $2";

enum err
exchange_sweep(struct db *db, const struct actor *program)
{
	int64_t before_us = program->now_us - EXCHANGE_KEPT_US;
	enum err e = db_exec(
	    db, SQL_SWEEP_PARTS, NULL, DB_ID(program->org), DB_INT(before_us));
	return e == ERR_OK ? db_exec(db, SQL_SWEEP, NULL, DB_ID(program->org),
				 DB_INT(before_us))
			   : e;
}
