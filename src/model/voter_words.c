/* SPDX-License-Identifier: MPL-2.0 */

/* What voters write themselves, and how they are erased. */
#include "model/audit.h"
#include "model/dialogue_parts.h"
#include "model/webhook.h"

static const char SQL_MINE[] =
    "SELECT number, once FROM statement WHERE org = $1 AND network = $2"
    " AND dialogue = $3 AND author = $4 ORDER BY number";

/* The number of the one that `once` made; -1: not there. */
static enum err
find_mine(struct db *db, struct arena *a, const struct actor *who,
    const struct voter *v, struct id once)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_MINE, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(v->dialogue), DB_INT(v->number));
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		if (id_eq(db_id(&rows.row[i], 1), once))
			return ERR_CONFLICT;
	}
	return rows.n < STATEMENTS_OWN ? ERR_OK : ERR_LIMITED;
}

static const char SQL_MADE[] =
    "SELECT number FROM statement WHERE org = $1 AND network = $2"
    " AND dialogue = $3 AND once = $4";

/* Whoever writes something agrees with it. */
static enum err
agree(struct db *db, struct arena *a, const struct actor *who,
    const struct voter *v, struct id once)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_MADE, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(v->dialogue), DB_ID(once));
	return e == ERR_OK ? vote_put(db, a, who, v,
				 (struct vote){db_int(&row, 0), VOTE_AGREE})
			   : e;
}

enum err
voter_states(struct db *db, struct arena *a, const struct actor *who,
    struct voter *v, const struct statement *s)
{
	struct record r;
	struct statement mine = {.once = s->once, .text = s->text};
	if (statement_check(s->text) != NULL || !id_is_set(s->once))
		return ERR_INVALID;
	enum err e = dialogue_open(db, a, who, v->dialogue, &r);
	if (e == ERR_OK && str_eq(record_value(&r, "own"), S("no")))
		e = ERR_DENIED;
	if (e == ERR_OK)
		e = voter_make(db, a, who, v);
	if (e == ERR_OK)
		e = find_mine(db, a, who, v, s->once);
	if (e == ERR_CONFLICT)
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	mine.state = str_eq(record_value(&r, "own"), S("after")) ? S("shown")
								 : S("waiting");
	mine.source = S("citizen");
	mine.author = v->number;
	e = statement_put(db, a, who, v->dialogue, &mine);
	if (e == ERR_OK)
		e = agree(db, a, who, v, s->once);
	return e == ERR_OK
	    ? webhook_notify(db, a, who, S("statement.given"), v->dialogue)
	    : e;
}

static const char SQL_TAKE[] =
    "UPDATE statement SET text = '', reason = '', state = 'gone',"
    " changed_us = $6 WHERE org = $1 AND network = $2 AND dialogue = $3"
    " AND author = $4 AND number = $5 AND state <> 'gone'";

enum err
voter_takes_back(struct db *db, struct arena *a, const struct actor *who,
    const struct voter *v, int64_t statement)
{
	int64_t changed;
	enum err e = db_exec(db, SQL_TAKE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(v->dialogue), DB_INT(v->number),
	    DB_INT(statement), DB_INT(who->now_us));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	return e == ERR_OK
	    ? audit_add(db, a, who, S("statement.taken_back"), v->dialogue)
	    : e;
}

/* ---- erasing ---- */

static const char SQL_DIALOGUES[] =
    "SELECT id FROM dialogue WHERE org = $1 AND network = $2";

static const char SQL_VOTES[] =
    "DELETE FROM vote WHERE org = $1 AND network = $2 AND dialogue = $3"
    " AND voter = $4";

static const char SQL_WORDS[] =
    "UPDATE statement SET text = '', reason = '', state = 'gone',"
    " author = NULL, changed_us = $5 WHERE org = $1 AND network = $2"
    " AND dialogue = $3 AND author = $4";

static const char SQL_VOTER[] =
    "DELETE FROM voter WHERE org = $1 AND network = $2 AND dialogue = $3"
    " AND number = $4";

static const char SQL_TIMES[] =
    "INSERT INTO dialogue_erased (org, network, dialogue, times)"
    " VALUES ($1, $2, $3, 1) ON CONFLICT (org, network, dialogue)"
    " DO UPDATE SET times = dialogue_erased.times + 1";

static enum err
erase_one(struct db *db, const struct actor *who, const struct voter *v)
{
	enum err e = db_exec(db, SQL_VOTES, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(v->dialogue), DB_INT(v->number));
	if (e == ERR_OK)
		e = db_exec(db, SQL_WORDS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(v->dialogue), DB_INT(v->number),
		    DB_INT(who->now_us));
	if (e == ERR_OK)
		e = db_exec(db, SQL_VOTER, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(v->dialogue), DB_INT(v->number));
	if (e == ERR_OK)
		e = db_exec(db, SQL_TIMES, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(v->dialogue));
	return e;
}

enum err
voter_forget(struct db *db, struct arena *a, const struct actor *who,
    const struct voter *v)
{
	if (v->number < 0)
		return ERR_OK;
	enum err e = erase_one(db, who, v);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("voter.forget"), v->dialogue)
	    : e;
}

enum err
voter_erase(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_DIALOGUES, &rows, DB_ID(who->org), DB_ID(who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct voter v = voter_of(who, db_id(&rows.row[i], 0),
		    VOTER_CODE, id_text(a, person));
		e = voter_find(db, a, who, &v);
		if (e == ERR_OK && v.number >= 0)
			e = erase_one(db, who, &v);
	}
	return e;
}
