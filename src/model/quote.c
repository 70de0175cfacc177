/* SPDX-License-Identifier: MPL-2.0 */
#include "model/quote.h"

#include "model/merge.h"

static const char SQL_QUOTES[] =
    "SELECT e.insight, e.contribution, e.stance, c.shortened, c.teller,"
    " CASE WHEN c.wording = '' THEN c.original ELSE c.wording END,"
    " c.anonymity, p.alias"
    "  FROM evidence e"
    "  JOIN contribution c ON c.org = $1 AND c.network = $2"
    "   AND c.id = e.contribution"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = c.person"
    " WHERE e.org = $1 AND e.network = $2 AND c.scope >= $3"
    "   AND c.state IN ('approved', 'used', 'answered')"
    "   AND (c.wording = '' OR c.approval IN ('', 'yes'))"
    "   AND (c.original <> '' OR c.wording <> '')"
    "   AND NOT " SQL_RESTRICTED
    " ORDER BY e.insight, e.stance DESC, e.contribution";

static struct quote
read_quote(const struct db_row *row)
{
	bool unnamed = str_eq(db_text(row, 6), S("none")) || db_is_null(row, 7);
	return (struct quote){.insight = db_id(row, 0),
	    .contribution = db_id(row, 1),
	    .against = str_eq(db_text(row, 2), S("against")),
	    .shortened = db_int(row, 3) != 0,
	    .proxy = str_eq(db_text(row, 4), S("proxy")),
	    .words = db_text(row, 5),
	    .alias = unnamed ? S("") : db_text(row, 7)};
}

enum err
quote_list(struct db *db, struct arena *a, const struct actor *who,
    enum scope readers, struct quotes *out)
{
	struct db_rows rows;
	struct lines lines;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(db, a, SQL_QUOTES, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(readers));
	if (e == ERR_OK)
		e = contribution_lines(db, a, who, &lines);
	if (e != ERR_OK)
		return e;
	*out = (struct quotes){arena_new(a, struct quote, rows.n), 0};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct quote q = read_quote(&rows.row[i]);
		const struct line *line = line_find(&lines, q.contribution);
		if (line == NULL ||
		    (line->agreed && line->scope >= (int64_t)readers))
			out->list[out->n++] = q;
	}
	return ERR_OK;
}
