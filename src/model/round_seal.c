/* SPDX-License-Identifier: MPL-2.0 */
#include "model/round_seal.h"

#include <stdlib.h>

#include "base/buf.h"

#define ACTION "round.seal "
enum { SEAL_BYTES = 256 * 1024 * 1024 };

static const char SQL_BALLOTS[] =
    "SELECT side, choices FROM ballot"
    " WHERE org = $1 AND network = $2 AND round = $3";

static const char SQL_OPTIONS[] =
    "SELECT number, title, cost FROM round_option"
    " WHERE org = $1 AND network = $2 AND round = $3 ORDER BY number";

static const char SQL_ROUND[] =
    "SELECT state, method, budget, points, question FROM round"
    " WHERE org = $1 AND network = $2 AND id = $3";

static int
by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static enum err
add_ballots(
    struct db *db, struct arena *a, const struct db_value *key, struct buf *b)
{
	struct db_rows rows;
	enum err e = db_all_v(db, a, SQL_BALLOTS, &rows, key);
	if (e != ERR_OK)
		return e;
	struct str *line = arena_new(a, struct str, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		line[i] = STR_JOIN(a, db_text(&rows.row[i], 0), S("|"),
		    db_text(&rows.row[i], 1), S("\n"));
	qsort(line, (size_t)rows.n, sizeof *line, by_text);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		buf_add(b, line[i]);
	return ERR_OK;
}

/* The text that is hashed: what was asked, the options, and the ballots in the
 * order of their own bytes.  ERR_NOT_FOUND: no such round. */
static enum err
sealed(struct db *db, struct arena *a, const struct db_value *key,
    bool *is_closed, struct hash *out)
{
	struct db_row row;
	struct db_rows rows;
	struct buf b = buf_new(a, SEAL_BYTES);
	enum err e = db_one_v(db, a, SQL_ROUND, &row, key);
	if (e == ERR_OK)
		e = db_all_v(db, a, SQL_OPTIONS, &rows, key);
	if (e != ERR_OK)
		return e;
	*is_closed = str_eq(db_text(&row, 0), S("closed"));
	struct str method = db_text(&row, 1), question = db_text(&row, 4);
	buf_fmt(&b, "%.*s|%lld|%lld|", STR_ARG(method),
	    (long long)db_int(&row, 2), (long long)db_int(&row, 3));
	buf_add(&b, question);
	buf_byte(&b, '\n');
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		buf_fmt(&b, "%lld|%lld|", (long long)db_int(&rows.row[i], 0),
		    (long long)db_int(&rows.row[i], 2));
		buf_add(&b, db_text(&rows.row[i], 1));
		buf_byte(&b, '\n');
	}
	e = add_ballots(db, a, key, &b);
	if (e == ERR_OK && b.full)
		e = ERR_TOO_LARGE;
	*out = hash_of(buf_str(&b));
	return e;
}

enum err
round_seal(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r)
{
	bool closed;
	struct hash hash;
	const struct db_value key[] = {
	    DB_ID(who->org), DB_ID(who->network), DB_ID(r->record.id), DB_NONE};
	enum err e = sealed(db, a, key, &closed, &hash);
	return e == ERR_OK
	    ? audit_add(db, a, who, str_cat(a, S(ACTION), hash_hex(a, hash)),
		  r->record.id)
	    : e;
}

/* ---- is it as it was? ---- */

/* all orgs: the operator's check of the whole installation */
static const char SQL_SEALS[] =
    "SELECT org, chain, seq, object, action FROM audit"
    " WHERE substr(action, 1, 11) = 'round.seal '"
    " ORDER BY org, chain, seq";

/* all orgs: rounds that say they are closed, with or without a seal */
static const char SQL_UNSEALED[] =
    "SELECT r.network FROM round r WHERE r.state = 'closed'"
    " AND NOT EXISTS (SELECT 1 FROM audit t WHERE t.org = r.org"
    "   AND t.chain = r.network AND t.object = r.id"
    "   AND substr(t.action, 1, 11) = 'round.seal ')";

static enum err
check_seal(struct db *db, struct arena *a, const struct db_row *row,
    struct audit_report *report)
{
	bool closed = false;
	struct hash hash;
	struct str said =
	    str_sub(db_text(row, 4), (ptrdiff_t)sizeof ACTION - 1, PTRDIFF_MAX);
	const struct db_value key[] = {DB_ID(db_id(row, 0)),
	    DB_ID(db_id(row, 1)), DB_ID(db_id(row, 3)), DB_NONE};
	enum err e = sealed(db, a, key, &closed, &hash);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND || !closed)
		audit_add_fault(report, db_id(row, 1), db_int(row, 2),
		    "the round that was closed here is gone, or open again");
	else if (!str_eq(hash_hex(a, hash), said))
		audit_add_fault(report, db_id(row, 1), db_int(row, 2),
		    "ballots or options of this round were changed after it "
		    "closed");
	return ERR_OK;
}

enum err
round_verify(struct db *db, struct arena *a, struct audit_report *report)
{
	struct db_rows seals, bare;
	enum err e = db_all(db, a, SQL_SEALS, &seals, DB_NONE);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_UNSEALED, &bare, DB_NONE);
	for (ptrdiff_t i = 0; e == ERR_OK && i < bare.n; i++)
		audit_add_fault(report, db_id(&bare.row[i], 0), 0,
		    "a round is closed, and nothing sealed its ballots");
	for (ptrdiff_t i = 0; e == ERR_OK && i < seals.n; i++) {
		struct arena *scratch = arena_scratch(a);
		e = check_seal(db, scratch, &seals.row[i], report);
		arena_close(scratch);
	}
	return e;
}
