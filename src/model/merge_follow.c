/* SPDX-License-Identifier: MPL-2.0 */

/* What was made of others, as its origins change (model/merge.h). */
#include "model/audit.h"
#include "model/merge.h"
#include "model/recall.h"
#include "model/search.h"

static const char SQL_WAY[] =
    "SELECT way FROM contribution_making"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

enum err
merge_is_made(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct str *way)
{
	struct db_row row;
	*way = S("");
	enum err e = db_one(db, a, SQL_WAY, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*way = db_text(&row, 0);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* The oldest first: what is made of these comes after them.  The words are not
 * read: what is needed is who may read it, and since when. */
static const char SQL_DESCENT[] =
    "SELECT m.contribution, m.way, c.at_us, c.scope FROM contribution_line l"
    "  JOIN contribution_making m ON m.org = $1 AND m.network = $2"
    "   AND m.contribution = l.contribution"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = l.contribution AND c.state <> 'withdrawn'"
    " WHERE l.org = $1 AND l.network = $2 AND l.ancestor = $3"
    " ORDER BY m.at_us, m.contribution";

/* ---- an origin is gone ---- */

static const char SQL_LEFT[] =
    "SELECT COUNT(*) FROM contribution_origin o"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = o.made_of AND c.state <> 'withdrawn'"
    " WHERE o.org = $1 AND o.network = $2 AND o.contribution = $3";

static const char SQL_NO_WORDS[] =
    "UPDATE contribution SET rev = rev + 1, changed_us = $4, changed_by = $5,"
    " original = '', wording = '', shortened = 0, approval = '',"
    " state = 'received', reason = ''"
    " WHERE org = $1 AND network = $2 AND id = $3";

static const char SQL_GONE[] =
    "UPDATE contribution_making SET gone_us = $4"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

static const char SQL_NO_CODING[] =
    "DELETE FROM book_coding"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

/* A merged text that has people behind it still: its words go, it waits for
 * others. */
static enum err
await_words(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c)
{
	enum err e = recall_add(db, who, c);
	if (e == ERR_OK)
		e = db_exec(db, SQL_NO_WORDS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(c->id), DB_INT(who->now_us),
		    DB_ID(who->account));
	if (e == ERR_OK)
		e = db_exec(db, SQL_GONE, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(c->id), DB_INT(who->now_us));
	if (e == ERR_OK)
		e = db_exec(db, SQL_NO_CODING, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(c->id));
	return e == ERR_OK ? search_drop(db, a, who, c->id) : e;
}

static enum err
follow(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, struct str way)
{
	struct db_row left;
	enum err e = db_one(db, a, SQL_LEFT, &left, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(c->id));
	if (e != ERR_OK)
		return e;
	e = str_eq(way, S("merged")) && db_int(&left, 0) > 0
	    ? await_words(db, a, who, c)
	    : contribution_empty(db, a, who, c);
	return e == ERR_OK
	    ? audit_add(db, a, who, S("contribution.follow"), c->id)
	    : e;
}

enum err
merge_follow_gone(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_DESCENT, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct contribution c = {.id = db_id(row, 0),
		    .at_us = db_int(row, 2),
		    .scope = db_int(row, 3)};
		e = follow(db, a, who, &c, db_text(row, 1));
	}
	return e == ERR_OK ? merge_follow_scope(db, a, who, id) : e;
}

/* ---- an origin is for others than before, or has other words ---- */

static const char SQL_LEAST[] =
    "SELECT MIN(c.scope) FROM contribution_line l"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = l.ancestor AND c.state <> 'withdrawn'"
    " WHERE l.org = $1 AND l.network = $2 AND l.contribution = $3"
    "   AND l.root = 1";

static const char SQL_SCOPE[] =
    "UPDATE contribution SET scope = $4, changed_us = $5"
    " WHERE org = $1 AND network = $2 AND id = $3 AND scope <> $4";

enum err
merge_follow_scope(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_DESCENT, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct db_row least;
		struct id made = db_id(&rows.row[i], 0);
		e = db_one(db, a, SQL_LEAST, &least, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(made));
		if (e == ERR_OK && !db_is_null(&least, 0))
			e = db_exec(db, SQL_SCOPE, NULL, DB_ID(who->org),
			    DB_ID(who->network), DB_ID(made),
			    DB_INT(db_int(&least, 0)), DB_INT(who->now_us));
	}
	return e;
}

static const char SQL_LOOK[] =
    "UPDATE contribution_making SET look_us = $4"
    " WHERE org = $1 AND network = $2 AND undone_us IS NULL"
    "   AND contribution IN (SELECT l.contribution FROM contribution_line l"
    "    WHERE l.org = $1 AND l.network = $2 AND l.ancestor = $3)";

enum err
merge_follow_words(struct db *db, const struct actor *who, struct id id)
{
	return db_exec(db, SQL_LOOK, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id), DB_INT(who->now_us));
}

static const char SQL_REWORDED[] =
    "UPDATE contribution_making SET look_us = NULL, gone_us = NULL"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

enum err
merge_reworded(struct db *db, const struct actor *who, struct id id)
{
	return db_exec(db, SQL_REWORDED, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
}

static const char SQL_LOOKED[] =
    "UPDATE contribution_making SET look_us = NULL"
    " WHERE org = $1 AND network = $2 AND contribution = $3"
    "   AND look_us IS NOT NULL";

enum err
contribution_looked(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct contribution c;
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = contribution_get(db, a, who, id, &c);
	if (e == ERR_OK)
		e = db_exec(db, SQL_LOOKED, &changed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	return e == ERR_OK && changed > 0
	    ? audit_add(db, a, who, S("contribution.looked"), id)
	    : e;
}

/* ---- R11 through the origins ---- */

/* One that is withdrawn speaks no more: gone_us waits until its words are out
 * of what was made of it. */
static const char SQL_LINES[] =
    "SELECT m.contribution, MIN(c.scope),"
    " SUM(CASE WHEN c.state = 'received'"
    "  OR (c.wording <> '' AND c.approval <> '' AND c.approval <> 'yes')"
    "  THEN 1 ELSE 0 END),"
    " MAX(CASE WHEN m.look_us IS NOT NULL OR m.gone_us IS NOT NULL"
    "  THEN 1 ELSE 0 END)"
    "  FROM contribution_making m"
    "  JOIN contribution_line l ON l.org = $1 AND l.network = $2"
    "   AND l.contribution = m.contribution"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = l.ancestor AND c.state <> 'withdrawn'"
    " WHERE m.org = $1 AND m.network = $2 AND m.undone_us IS NULL"
    " GROUP BY m.contribution ORDER BY m.contribution";

enum err
contribution_lines(
    struct db *db, struct arena *a, const struct actor *who, struct lines *out)
{
	struct db_rows rows;
	*out = (struct lines){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_LINES, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct lines){arena_new(a, struct line, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct line){db_id(row, 0), db_int(row, 1),
		    db_int(row, 2) == 0 && db_int(row, 3) == 0};
	}
	return ERR_OK;
}

const struct line *
line_find(const struct lines *all, struct id id)
{
	ptrdiff_t from = 0, to = all->n;
	while (from < to) {
		ptrdiff_t at = from + (to - from) / 2;
		int order = memcmp(all->list[at].id.b, id.b, sizeof id.b);
		if (order == 0)
			return &all->list[at];
		if (order < 0)
			from = at + 1;
		else
			to = at;
	}
	return NULL;
}

/* ---- what came of what ---- */

static const char SQL_ORIGINS[] =
    "SELECT o.contribution, o.made_of, o.way FROM contribution_origin o"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = o.contribution AND c.state <> 'withdrawn'"
    "  JOIN contribution f ON f.org = $1 AND f.network = $2"
    "   AND f.id = o.made_of AND f.state <> 'withdrawn'"
    " WHERE o.org = $1 AND o.network = $2 ORDER BY o.contribution, o.made_of";

enum err
contribution_origins(struct db *db, struct arena *a, const struct actor *who,
    struct origins *out)
{
	struct db_rows rows;
	*out = (struct origins){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_ORIGINS, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct origins){arena_new(a, struct origin, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct origin){db_id(row, 0), db_id(row, 1),
		    str_eq(db_text(row, 2), S("split"))};
	}
	return ERR_OK;
}

ptrdiff_t
origin_find(const struct origins *all, struct id made)
{
	ptrdiff_t from = 0, to = all->n;
	while (from < to) {
		ptrdiff_t at = from + (to - from) / 2;
		const struct id *here = &all->list[at].made;
		if (memcmp(here->b, made.b, sizeof made.b) < 0)
			from = at + 1;
		else
			to = at;
	}
	return from < all->n && id_eq(all->list[from].made, made) ? from
								  : all->n;
}

static const char SQL_MADE[] =
    "SELECT way, look_us, gone_us, undone_us, reason FROM contribution_making"
    " WHERE org = $1 AND network = $2 AND contribution = $3";

/* $4 the least scope, $5 who asks, as in contribution.c. */
static const char SQL_OF[] =
    "SELECT c.id, c.original, c.wording, o.way, '', 0"
    "  FROM contribution_origin o"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = o.made_of"
    " WHERE o.org = $1 AND o.network = $2 AND o.contribution = $3"
    "   AND ($4 < 0 OR c.account = $5"
    "    OR (c.scope >= $4 AND c.state NOT IN ('received', 'withdrawn')))"
    " ORDER BY c.id";

static const char SQL_BECAME[] =
    "SELECT c.id, c.original, c.wording, o.way, m.reason,"
    " CASE WHEN m.undone_us IS NULL THEN 0 ELSE 1 END"
    "  FROM contribution_origin o"
    "  JOIN contribution_making m ON m.org = $1 AND m.network = $2"
    "   AND m.contribution = o.contribution"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = o.contribution"
    " WHERE o.org = $1 AND o.network = $2 AND o.made_of = $3"
    "   AND ($4 < 0 OR c.account = $5"
    "    OR (c.scope >= $4 AND c.state NOT IN ('received', 'withdrawn')))"
    " ORDER BY c.id";

static struct relative *
relatives(struct arena *a, const struct db_rows *rows)
{
	struct relative *list = arena_new(a, struct relative, rows->n);
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		const struct db_row *row = &rows->row[i];
		struct str wording = db_text(row, 2);
		list[i] = (struct relative){.id = db_id(row, 0),
		    .words = wording.n > 0 ? wording : db_text(row, 1),
		    .way = db_text(row, 3),
		    .reason = db_text(row, 4),
		    .undone = db_int(row, 5) != 0};
	}
	return list;
}

enum err
contribution_family(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct family *out)
{
	struct db_row made;
	struct db_rows of, became;
	int64_t least = contribution_least(who);
	*out = (struct family){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_one(db, a, SQL_MADE, &made, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e == ERR_OK)
		*out = (struct family){.made = true,
		    .way = db_text(&made, 0),
		    .look_us = db_int(&made, 1),
		    .gone_us = db_int(&made, 2),
		    .undone_us = db_int(&made, 3),
		    .reason = db_text(&made, 4)};
	if (e == ERR_OK || e == ERR_NOT_FOUND)
		e = db_all(db, a, SQL_OF, &of, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(least),
		    DB_ID(who->account));
	if (e == ERR_OK)
		e = db_all(db, a, SQL_BECAME, &became, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_INT(least),
		    DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	out->of = relatives(a, &of);
	out->n_of = of.n;
	out->became = relatives(a, &became);
	out->n_became = became.n;
	return ERR_OK;
}
