/* SPDX-License-Identifier: MPL-2.0 */

/* Looking for words among what people said (contribution_search()): words,
 * filters and who may read are one statement, so that the rarest filter finds
 * its hits, however many texts have the word. */
#include "model/contribution.h"
#include "model/search.h"

/* $3 the words; $4 state, $5 kind, or ''; $6 group, $7 activity, $8 phase,
 * $9 person, or null; $10 the least scope, $11 who asks; $12 most. */
static const char SQL_FOUND_SQLITE[] =
    "SELECT f.id FROM search_words"
    " CROSS JOIN search_words_doc m ON m.doc = search_words.rowid"
    " CROSS JOIN contribution f ON f.org = $1 AND f.network = $2"
    "  AND f.id = m.id"
    " WHERE search_words MATCH $3 AND m.org = $1 AND m.network = $2"
    "   AND m.kind = 'contribution'"
    "   AND (f.state = $4 OR $4 = '') AND (f.kind = $5 OR $5 = '')"
    "   AND (f.target_group = $6 OR $6 IS NULL)"
    "   AND (f.activity = $7 OR $7 IS NULL)"
    "   AND (f.phase = $8 OR $8 IS NULL)"
    "   AND (f.person = $9 OR $9 IS NULL)"
    "   AND ($10 < 0 OR f.account = $11 OR (f.scope >= $10"
    "    AND f.state NOT IN ('received', 'withdrawn')))"
    " ORDER BY search_words.rowid DESC LIMIT $12";

static const char SQL_FOUND_POSTGRES[] =
    "SELECT f.id FROM search_words s JOIN contribution f ON f.org = $1"
    "  AND f.network = $2 AND f.id = s.id"
    " WHERE s.org = $1 AND s.network = $2 AND s.kind = 'contribution'"
    "   AND s.id IN (" SQL_HITS_POSTGRES ")"
    "   AND (f.state = $4 OR $4 = '') AND (f.kind = $5 OR $5 = '')"
    "   AND (f.target_group = $6 OR $6 IS NULL)"
    "   AND (f.activity = $7 OR $7 IS NULL)"
    "   AND (f.phase = $8 OR $8 IS NULL)"
    "   AND (f.person = $9 OR $9 IS NULL)"
    "   AND ($10 < 0 OR f.account = $11 OR (f.scope >= $10"
    "    AND f.state NOT IN ('received', 'withdrawn')))"
    " ORDER BY s.doc DESC LIMIT $12";

enum err
contribution_search(struct db *db, struct arena *a, const struct actor *who,
    struct contribution_search *s)
{
	struct words_query q;
	struct db_rows rows;
	const struct contribution_filter *f = &s->filter;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	words_query(a, s->query, &q);
	enum err e = db_all(db, a,
	    db_kind(db) == DB_SQLITE ? SQL_FOUND_SQLITE : SQL_FOUND_POSTGRES,
	    &rows, DB_ID(who->org), DB_ID(who->network),
	    DB_TEXT(search_match(db, a, who, &q)), DB_TEXT(f->state),
	    DB_TEXT(f->kind), DB_ID(f->group), DB_ID(f->activity),
	    DB_ID(f->phase), DB_ID(f->person), DB_INT(contribution_least(who)),
	    DB_ID(who->account), DB_INT(SEARCH_MOST + 1));
	s->list = arena_new(a, struct contribution, SEARCH_MOST);
	s->n = 0;
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n && i < SEARCH_MOST;
	     i++) {
		e = contribution_get(
		    db, a, who, db_id(&rows.row[i], 0), &s->list[s->n]);
		s->n += e == ERR_OK;
	}
	s->more = e == ERR_OK && rows.n > SEARCH_MOST;
	return e;
}
