/* SPDX-License-Identifier: MPL-2.0 */
#include "model/coding.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

/* ---- the words change, or go ---- */

static const char SQL_OF[] =
    "SELECT id, from_at, to_at, words FROM book_coding"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

static const char SQL_LOOK[] = "UPDATE book_coding SET look_us = $4"
			       " WHERE org = $1 AND network = $2 AND id = $3";

enum err
coding_follow(struct db *db, struct arena *a, const struct actor *who,
    struct id contribution, struct str words)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_OF, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct passage at = {db_int(row, 1), db_int(row, 2)};
		bool same = str_eq(passage_words(words, at), db_text(row, 3));
		e = db_exec(db, SQL_LOOK, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(db_id(row, 0)),
		    same ? DB_NULL : DB_INT(who->now_us));
	}
	return e;
}

static const char SQL_DROP_ALL[] =
    "DELETE FROM book_coding"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

enum err
coding_drop_all(struct db *db, const struct actor *who, struct id contribution)
{
	return db_exec(db, SQL_DROP_ALL, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution));
}

/* ---- adding and taking off ---- */

static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM book_coding"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

static const char SQL_ADD[] =
    "INSERT INTO book_coding (org, network, id, code, contribution, from_at,"
    " to_at, words, memo, at_us, account)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " ON CONFLICT (org, network, id) DO NOTHING";

/* Whether this may stand in the network's book. */
static enum err
check(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *now, const struct coding *k)
{
	struct codebook book;
	struct db_row count;
	enum err e = codebook_get(db, a, who, &book);
	if (e == ERR_OK)
		e = db_one(db, a, SQL_COUNT, &count, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(now->id));
	if (e != ERR_OK)
		return e;
	const struct book_code *code = codebook_find(&book, k->code);
	if (code == NULL || code->retired_us > 0 ||
	    str_eq(now->state, S("withdrawn")) || now->restricted ||
	    db_int(&count, 0) >= CODINGS_MAX ||
	    passage_words(contribution_words(now), k->at).n == 0 ||
	    utf8_length(k->memo) > MEMO_MAX || cpr_find(k->memo).n > 0)
		return ERR_INVALID;
	return ERR_OK;
}

enum err
coding_add(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, const struct coding *k)
{
	struct contribution now;
	int64_t added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = contribution_get(db, a, who, c->id, &now);
	if (e == ERR_OK && now.rev != c->rev)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = check(db, a, who, &now, k);
	if (e == ERR_OK)
		e = db_exec(db, SQL_ADD, &added, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(k->id), DB_ID(k->code),
		    DB_ID(c->id), DB_INT(k->at.from), DB_INT(k->at.to),
		    DB_TEXT(passage_words(contribution_words(&now), k->at)),
		    DB_TEXT(k->memo), DB_INT(who->now_us), DB_ID(who->account));
	return e == ERR_OK && added > 0
	    ? audit_add(db, a, who, S("coding.add"), k->id)
	    : e;
}

static const char SQL_DROP[] =
    "DELETE FROM book_coding"
    " WHERE org = $1 AND network = $2 AND contribution = $3 AND id = $4";

enum err
coding_drop(struct db *db, struct arena *a, const struct actor *who,
    struct id contribution, struct id coding)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_DROP, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution), DB_ID(coding));
	return e == ERR_OK && changed > 0
	    ? audit_add(db, a, who, S("coding.drop"), coding)
	    : e;
}

/* ---- reading ---- */

/* $3 a contribution, $4 a code, or null; $5 the least scope, $6 who asks, as
 * in contribution.c. */
static const char SQL_LIST[] =
    "SELECT k.id, k.code, k.contribution, k.account, k.from_at, k.to_at,"
    " k.words, k.memo, k.at_us, k.look_us FROM book_coding k"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = k.contribution AND c.state <> 'withdrawn'"
    "  JOIN book_code b ON b.org = $1 AND b.network = $2 AND b.id = k.code"
    " WHERE k.org = $1 AND k.network = $2"
    "   AND (k.contribution = $3 OR $3 IS NULL)"
    "   AND (b.id = $4 OR b.parent = $4 OR $4 IS NULL)"
    "   AND NOT " SQL_RESTRICTED "   AND ($5 < 0 OR c.account = $6"
    "    OR (c.scope >= $5 AND c.state <> 'received'))"
    " ORDER BY k.contribution DESC, k.from_at, k.to_at, k.id";

enum err
coding_list(struct db *db, struct arena *a, const struct actor *who,
    const struct coding_filter *f, struct codings *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(f->contribution), DB_ID(f->code),
	    DB_INT(contribution_least(who)), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out = (struct codings){arena_new(a, struct coding, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct coding){.id = db_id(row, 0),
		    .code = db_id(row, 1),
		    .contribution = db_id(row, 2),
		    .account = db_id(row, 3),
		    .at = {db_int(row, 4), db_int(row, 5)},
		    .words = db_text(row, 6),
		    .memo = db_text(row, 7),
		    .at_us = db_int(row, 8),
		    .look_us = db_int(row, 9)};
	}
	return ERR_OK;
}

static const char SQL_PASSAGES[] =
    "SELECT k.code, COUNT(*) FROM book_coding k"
    " WHERE k.org = $1 AND k.network = $2 GROUP BY k.code ORDER BY k.code";

static const char SQL_PEOPLE[] =
    "SELECT x.code, COUNT(*) FROM (SELECT DISTINCT k.code,"
    "  COALESCE(o.person, o.id, c.person, c.id) AS voice"
    "  FROM book_coding k"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = k.contribution"
    "  LEFT JOIN contribution_line l ON l.org = $1 AND l.network = $2"
    "   AND l.contribution = c.id AND l.root = 1"
    "  LEFT JOIN contribution o ON o.org = $1 AND o.network = $2"
    "   AND o.id = l.ancestor AND o.state <> 'withdrawn'"
    "  WHERE k.org = $1 AND k.network = $2 AND c.state <> 'withdrawn'"
    "   AND (l.ancestor IS NULL OR o.id IS NOT NULL)) x"
    " GROUP BY x.code ORDER BY x.code";

enum err
coding_counts(struct db *db, struct arena *a, const struct actor *who,
    struct coding_counts *out)
{
	struct db_rows passages, people;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_PASSAGES, &passages, DB_ID(who->org),
	    DB_ID(who->network));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_PEOPLE, &people, DB_ID(who->org),
		    DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct coding_counts){
	    arena_new(a, struct coding_count, passages.n), passages.n};
	for (ptrdiff_t i = 0, k = 0; i < passages.n; i++) {
		struct coding_count *c = &out->list[i];
		c->code = db_id(&passages.row[i], 0);
		c->passages = db_int(&passages.row[i], 1);
		if (k < people.n && id_eq(db_id(&people.row[k], 0), c->code))
			c->people = db_int(&people.row[k++], 1);
	}
	return ERR_OK;
}

struct coding_count
coding_count_of(const struct coding_counts *all, struct id code)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].code, code))
			return all->list[i];
	}
	return (struct coding_count){.code = code};
}
