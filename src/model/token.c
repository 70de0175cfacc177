/* SPDX-License-Identifier: MPL-2.0 */
#include "model/token.h"

#include "base/clock.h"
#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"

const char *
token_name_fault(struct str name)
{
	if (utf8_blank(name))
		return N_("Write what the program is.");
	if (cpr_find(name).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return utf8_length(name) > TOKEN_NAME_MAX ? N_("This is too long.")
						  : NULL;
}

static const char SQL_MAKE[] =
    "INSERT INTO api_token (org, network, id, hash, name, rights, made_us,"
    " account, ends_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static bool
is_valid(const struct token *t, const struct actor *who)
{
	int64_t all = TOKEN_READ | TOKEN_TAKE_PART;
	return id_is_set(t->id) && token_name_fault(t->name) == NULL &&
	    t->rights > 0 && (t->rights & ~all) == 0 &&
	    t->ends_us > who->now_us &&
	    t->ends_us <= who->now_us + TOKEN_DAYS_MAX * DAY_US;
}

enum err
token_make(struct db *db, struct arena *a, const struct actor *who,
    const struct token *t, struct str *secret)
{
	struct tokens all;
	int64_t made = 0;
	*secret = S("");
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	if (!is_valid(t, who))
		return ERR_INVALID;
	enum err e = token_list(db, a, who, &all);
	if (e == ERR_OK && all.n >= TOKENS_MAX)
		e = ERR_TOO_LARGE;
	struct str fresh = token_new(a);
	struct hash hash = hash_of(fresh);
	if (e == ERR_OK)
		e = db_exec(db, SQL_MAKE, &made, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(t->id), DB_HASH(hash),
		    DB_TEXT(str_trim(t->name)), DB_INT(t->rights),
		    DB_INT(who->now_us), DB_ID(who->account),
		    DB_INT(t->ends_us));
	if (e != ERR_OK || made == 0)
		return e;
	*secret = fresh;
	return audit_add(db, a, who, S("token.make"), t->id);
}

static struct token
token_row(const struct db_row *row)
{
	return (struct token){.id = db_id(row, 0),
	    .network = db_id(row, 1),
	    .name = db_text(row, 2),
	    .rights = db_int(row, 3),
	    .made_us = db_int(row, 4),
	    .ends_us = db_int(row, 5),
	    .ended_us = db_int(row, 6),
	    .used_us = db_int(row, 7)};
}

static const char SQL_LIST[] =
    "SELECT id, network, name, rights, made_us, ends_us, ended_us, used_us"
    " FROM api_token WHERE org = $1 AND network = $2 ORDER BY made_us DESC, id";

enum err
token_list(
    struct db *db, struct arena *a, const struct actor *who, struct tokens *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct tokens){arena_new(a, struct token, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = token_row(&rows.row[i]);
	return ERR_OK;
}

static const char SQL_END[] =
    "UPDATE api_token SET ended_us = $4 WHERE org = $1 AND network = $2"
    " AND id = $3 AND ended_us IS NULL";

static const char SQL_ONE[] =
    "SELECT id FROM api_token WHERE org = $1 AND network = $2 AND id = $3";

enum err
token_end(struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct db_row row;
	int64_t ended = 0;
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_ONE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		e = db_exec(db, SQL_END, &ended, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us));
	return e == ERR_OK && ended > 0
	    ? audit_add(db, a, who, S("token.end"), id)
	    : e;
}

bool
token_is_good(const struct token *t, int64_t now_us)
{
	return t->ended_us == 0 && t->ends_us > now_us;
}

static const char SQL_FIND[] =
    "SELECT t.id, t.network, t.name, t.rights, t.made_us, t.ends_us,"
    " t.ended_us, t.used_us FROM api_token t"
    " JOIN network n ON n.org = $1 AND n.network = t.network"
    " AND n.removed_us IS NULL WHERE t.org = $1 AND t.hash = $2";

enum err
token_find(struct db *db, struct arena *a, const struct actor *program,
    struct str secret, struct token *out)
{
	struct db_row row;
	struct str token = token_normal(a, secret);
	if (token.n == 0)
		return ERR_NOT_FOUND;
	struct hash hash = hash_of(token);
	enum err e =
	    db_one(db, a, SQL_FIND, &row, DB_ID(program->org), DB_HASH(hash));
	if (e != ERR_OK)
		return e;
	*out = token_row(&row);
	return token_is_good(out, program->now_us) ? ERR_OK : ERR_NOT_FOUND;
}

struct actor
token_actor(const struct actor *program, const struct token *t)
{
	struct actor in = *program;
	in.network = t->network;
	in.caps = CAP_READ;
	return in;
}

static const char SQL_USED[] =
    "UPDATE api_token SET used_us = $4 WHERE org = $1 AND network = $2"
    " AND id = $3";

enum err
token_used(struct db *db, const struct actor *in, const struct token *t)
{
	int64_t hour_us = in->now_us - in->now_us % HOUR_US;
	if (t->used_us == hour_us)
		return ERR_OK;
	return db_exec(db, SQL_USED, NULL, DB_ID(in->org), DB_ID(in->network),
	    DB_ID(t->id), DB_INT(hour_us));
}

/* ---- once ---- */

static const char SQL_AGAIN[] =
    "SELECT request, status, answer FROM api_once WHERE org = $1"
    " AND network = $2 AND token = $3 AND key = $4";

enum err
token_again(struct db *db, struct arena *a, const struct actor *in,
    const struct token *t, struct token_once *o)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_AGAIN, &row, DB_ID(in->org),
	    DB_ID(in->network), DB_ID(t->id), DB_HASH(o->key));
	if (e != ERR_OK)
		return e;
	o->status = db_int(&row, 1);
	o->answer = db_text(&row, 2);
	return str_eq(db_blob(&row, 0), hash_bytes(a, o->request))
	    ? ERR_OK
	    : ERR_CONFLICT;
}

static const char SQL_DONE[] =
    "INSERT INTO api_once (org, network, token, key, request, at_us, status,"
    " answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

enum err
token_done(struct db *db, const struct actor *in, const struct token *t,
    const struct token_once *o)
{
	return db_exec(db, SQL_DONE, NULL, DB_ID(in->org), DB_ID(in->network),
	    DB_ID(t->id), DB_HASH(o->key), DB_HASH(o->request),
	    DB_INT(in->now_us), DB_INT(o->status), DB_TEXT(o->answer));
}

static const char SQL_SWEEP[] =
    "DELETE FROM api_once WHERE org = $1 AND at_us <= $2";

enum err
token_sweep(struct db *db, const struct actor *program)
{
	return db_exec(db, SQL_SWEEP, NULL, DB_ID(program->org),
	    DB_INT(program->now_us - DAY_US));
}
