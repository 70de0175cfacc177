/* SPDX-License-Identifier: MPL-2.0 */

/* Who votes in a dialogue, and what. */
#include <string.h>

#include "model/dialogue_parts.h"

static const char *const ways[] = {"code", "link", "account", "import"};

/* A hash as the key of the next: what is hashed needs no room together. */
static struct hash
under(struct hash key, struct str what)
{
	struct key k;
	memcpy(k.b, key.b, sizeof k.b);
	return hash_keyed(&k, what);
}

struct voter
voter_of(const struct actor *who, struct id dialogue, enum voter_way way,
    struct str whom)
{
	struct str id = {(const char *)dialogue.b, sizeof dialogue.b};
	struct hash key = hash_keyed(&who->keys->lookup, S("voter"));
	key = under(under(key, id), str_c(ways[way]));
	return (struct voter){.dialogue = dialogue,
	    .way = way,
	    .key = under(key, whom),
	    .number = -1};
}

static const char SQL_FIND[] =
    "SELECT number FROM voter"
    " WHERE org = $1 AND network = $2 AND dialogue = $3 AND key = $4";

enum err
voter_find(
    struct db *db, struct arena *a, const struct actor *who, struct voter *v)
{
	struct db_row row;
	v->number = -1;
	enum err e = db_one(db, a, SQL_FIND, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(v->dialogue), DB_HASH(v->key));
	if (e == ERR_OK)
		v->number = db_int(&row, 0);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static const char SQL_NEXT[] =
    "SELECT number FROM voter WHERE org = $1 AND network = $2 AND dialogue = $3"
    " ORDER BY number DESC LIMIT 1";

static const char SQL_MAKE[] =
    "INSERT INTO voter (org, network, dialogue, number, key, way, since_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

enum err
voter_make(
    struct db *db, struct arena *a, const struct actor *who, struct voter *v)
{
	struct db_row row;
	enum err e = voter_find(db, a, who, v);
	if (e != ERR_OK || v->number >= 0)
		return e;
	e = db_one(db, a, SQL_NEXT, &row, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(v->dialogue));
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	v->number = e == ERR_OK ? db_int(&row, 0) + 1 : 0;
	return db_exec(db, SQL_MAKE, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(v->dialogue), DB_INT(v->number), DB_HASH(v->key),
	    DB_TEXT(str_c(ways[v->way])), DB_INT(who->now_us));
}

/* ---- votes ---- */

static const char SQL_LAST[] =
    "SELECT vote FROM vote WHERE org = $1 AND network = $2 AND dialogue = $3"
    " AND voter = $4 AND statement = $5 ORDER BY seq DESC LIMIT 1";

static const char SQL_SEQ[] =
    "SELECT seq FROM vote WHERE org = $1 AND network = $2 AND dialogue = $3"
    " ORDER BY seq DESC LIMIT 1";

static const char SQL_VOTE[] =
    "INSERT INTO vote (org, network, dialogue, seq, voter, statement, vote,"
    " at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

enum err
vote_put(struct db *db, struct arena *a, const struct actor *who,
    const struct voter *v, struct vote vote)
{
	struct db_row row;
	int64_t seq = 0;
	enum err e =
	    db_one(db, a, SQL_LAST, &row, DB_ID(who->org), DB_ID(who->network),
		DB_ID(v->dialogue), DB_INT(v->number), DB_INT(vote.statement));
	if (e == ERR_OK && db_int(&row, 0) == vote.vote)
		return ERR_OK;
	if (e == ERR_OK || e == ERR_NOT_FOUND)
		e = db_one(db, a, SQL_SEQ, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(v->dialogue));
	if (e == ERR_OK)
		seq = db_int(&row, 0) + 1;
	else if (e != ERR_NOT_FOUND)
		return e;
	return db_exec(db, SQL_VOTE, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(v->dialogue), DB_INT(seq), DB_INT(v->number),
	    DB_INT(vote.statement), DB_INT(vote.vote), DB_INT(who->now_us));
}

enum err
dialogue_open(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct record *r)
{
	enum err e = record_get(db, a, who, KIND_DIALOGUE, id, r);
	if (e != ERR_OK)
		return e;
	return dialogue_is_open(r, who) ? ERR_OK : ERR_DENIED;
}

static const char SQL_SHOWN[] =
    "SELECT state FROM statement WHERE org = $1 AND network = $2"
    " AND dialogue = $3 AND number = $4";

static enum err
is_shown(struct db *db, struct arena *a, const struct actor *who,
    struct id dialogue, int64_t number)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_SHOWN, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(dialogue), DB_INT(number));
	if (e != ERR_OK)
		return e;
	return str_eq(db_text(&row, 0), S("shown")) ? ERR_OK : ERR_NOT_FOUND;
}

enum err
voter_votes(struct db *db, struct arena *a, const struct actor *who,
    struct voter *v, struct vote vote)
{
	struct record r;
	if (vote.vote < VOTE_DISAGREE || vote.vote > VOTE_AGREE)
		return ERR_INVALID;
	enum err e = dialogue_open(db, a, who, v->dialogue, &r);
	if (e == ERR_OK)
		e = is_shown(db, a, who, v->dialogue, vote.statement);
	if (e == ERR_OK)
		e = voter_make(db, a, who, v);
	return e == ERR_OK ? vote_put(db, a, who, v, vote) : e;
}

static const char SQL_OWN[] =
    "SELECT statement, vote FROM vote WHERE org = $1 AND network = $2"
    " AND dialogue = $3 AND voter = $4 ORDER BY statement, seq";

enum err
voter_own(struct db *db, struct arena *a, const struct actor *who,
    const struct voter *v, struct own_votes *out)
{
	struct db_rows rows;
	*out = (struct own_votes){0};
	if (v->number < 0)
		return ERR_OK;
	enum err e = db_all(db, a, SQL_OWN, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(v->dialogue), DB_INT(v->number));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct vote, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		int64_t statement = db_int(&rows.row[i], 0);
		if (out->n == 0 || out->list[out->n - 1].statement != statement)
			out->n++;
		out->list[out->n - 1] =
		    (struct vote){statement, (int)db_int(&rows.row[i], 1)};
	}
	return ERR_OK;
}
