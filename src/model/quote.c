/* SPDX-License-Identifier: MPL-2.0 */
#include "model/quote.h"

#include "model/merge.h"

/* What is read of each, after two columns: of what, and its stance. */
#define SQL_QUOTED                                                      \
	", c.id, c.shortened, c.teller,"                                \
	" CASE WHEN c.wording = '' THEN c.original ELSE c.wording END," \
	" c.anonymity, p.alias"
/* $3 the readers. */
#define SQL_MAY_GO                                           \
	" c.org = $1 AND c.network = $2 AND c.scope >= $3"   \
	" AND c.state IN ('approved', 'used', 'answered')"   \
	" AND (c.wording = '' OR c.approval IN ('', 'yes'))" \
	" AND (c.original <> '' OR c.wording <> '')"

static struct quote
read_quote(const struct db_row *row)
{
	bool unnamed = str_eq(db_text(row, 6), S("none")) || db_is_null(row, 7);
	return (struct quote){.insight = db_id(row, 0),
	    .against = str_eq(db_text(row, 1), S("against")),
	    .contribution = db_id(row, 2),
	    .shortened = db_int(row, 3) != 0,
	    .proxy = str_eq(db_text(row, 4), S("proxy")),
	    .words = db_text(row, 5),
	    .alias = unnamed ? S("") : db_text(row, 7)};
}

/* Of what was made of others each origin must let them go. */
static enum err
keep_agreed(struct db *db, struct arena *a, const struct actor *who,
    enum scope readers, struct quotes *all)
{
	struct lines lines;
	ptrdiff_t n = 0;
	enum err e = contribution_lines(db, a, who, &lines);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all->n; i++) {
		const struct line *line =
		    line_find(&lines, all->list[i].contribution);
		if (line == NULL ||
		    (line->agreed && line->scope >= (int64_t)readers))
			all->list[n++] = all->list[i];
	}
	all->n = n;
	return e;
}

static void
read_all(struct arena *a, const struct db_rows *rows, struct quotes *out)
{
	*out = (struct quotes){arena_new(a, struct quote, rows->n), rows->n};
	for (ptrdiff_t i = 0; i < rows->n; i++)
		out->list[i] = read_quote(&rows->row[i]);
}

static const char SQL_INSIGHTS[] =
    "SELECT e.insight, e.stance" SQL_QUOTED
    " FROM contribution c LEFT JOIN person p ON p.org = $1"
    "  AND p.network = $2 AND p.id = c.person"
    " JOIN evidence e ON e.org = $1 AND e.network = $2"
    "  AND e.contribution = c.id WHERE" SQL_MAY_GO " AND NOT " SQL_RESTRICTED
    " ORDER BY e.insight, e.stance DESC, e.contribution";

enum err
quote_list(struct db *db, struct arena *a, const struct actor *who,
    enum scope readers, struct quotes *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_INSIGHTS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(readers));
	if (e != ERR_OK)
		return e;
	read_all(a, &rows, out);
	return keep_agreed(db, a, who, readers, out);
}

static const char SQL_STORY[] =
    "SELECT NULL, ''" SQL_QUOTED
    " FROM contribution c LEFT JOIN person p ON p.org = $1"
    "  AND p.network = $2 AND p.id = c.person"
    " JOIN story_voice v ON v.org = $1 AND v.network = $2 AND v.story = $4"
    "  AND v.contribution = c.id WHERE" SQL_MAY_GO " AND NOT " SQL_RESTRICTED
    " ORDER BY v.number, c.id";

enum err
quote_list_of(struct db *db, struct arena *a, const struct actor *who,
    const struct quote_ask *ask, struct quotes *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_STORY, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(ask->readers), DB_ID(ask->of));
	if (e != ERR_OK)
		return e;
	read_all(a, &rows, out);
	return keep_agreed(db, a, who, ask->readers, out);
}

static const char SQL_ONE[] =
    "SELECT NULL, ''" SQL_QUOTED
    " FROM contribution c LEFT JOIN person p ON p.org = $1"
    "  AND p.network = $2 AND p.id = c.person"
    " WHERE" SQL_MAY_GO " AND NOT " SQL_RESTRICTED " AND c.id = $4";

enum err
quote_may(struct db *db, struct arena *a, const struct actor *who,
    const struct quote_wish *wish, bool *may)
{
	struct quotes all = {arena_new(a, struct quote, wish->of.n), 0};
	enum err e = ERR_OK;
	*may = false;
	for (ptrdiff_t i = 0; e == ERR_OK && i < wish->of.n; i++) {
		struct db_rows rows;
		e = db_all(db, a, SQL_ONE, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_INT(wish->readers),
		    DB_ID(wish->of.list[i]));
		if (e == ERR_OK && rows.n > 0)
			all.list[all.n++] = read_quote(&rows.row[0]);
	}
	if (e == ERR_OK)
		e = keep_agreed(db, a, who, wish->readers, &all);
	*may = e == ERR_OK && all.n == wish->of.n;
	return e;
}

static const char SQL_ALL[] =
    "SELECT NULL, ''" SQL_QUOTED
    " FROM contribution c LEFT JOIN person p ON p.org = $1"
    "  AND p.network = $2 AND p.id = c.person"
    " WHERE" SQL_MAY_GO " AND NOT " SQL_RESTRICTED
    " ORDER BY c.id DESC LIMIT $4";

enum err
quote_all(struct db *db, struct arena *a, const struct actor *who,
    enum scope readers, struct quotes *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_ALL, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(readers), DB_INT(QUOTES_MOST));
	if (e != ERR_OK)
		return e;
	read_all(a, &rows, out);
	return keep_agreed(db, a, who, readers, out);
}
