/* SPDX-License-Identifier: MPL-2.0 */

/* The index of a network that comes from another installation: its words are
 * known, and get this place's marks. */
#include "model/search_parts.h"

enum { MS_BITS = 20 };

/* all orgs: the numbers of one index, which all organisations share */
static const char SQL_TAKEN_SQLITE[] =
    "SELECT 1 FROM search_words_doc WHERE doc = $1";

static const char SQL_TAKEN_POSTGRES[] =
    "SELECT 1 FROM search_words WHERE org = $1 AND network = $2 AND doc = $3";

static enum err
taken(struct db *db, struct arena *a, const struct actor *who, int64_t doc,
    bool *yes)
{
	struct db_row row;
	enum err e = db_kind(db) == DB_SQLITE
	    ? db_one(db, a, SQL_TAKEN_SQLITE, &row, DB_INT(doc))
	    : db_one(db, a, SQL_TAKEN_POSTGRES, &row, DB_ID(who->org),
		  DB_ID(who->network), DB_INT(doc));
	*yes = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
search_bring(struct db *db, struct arena *a, const struct actor *who,
    const struct search_row *r)
{
	bool other = false;
	struct search_entry n = {r->id, r->kind, r->doc, r->words};
	enum err e = taken(db, a, who, r->doc, &other);
	if (e == ERR_OK && other)
		e = search_next(db, a, who, (r->doc >> MS_BITS) * 1000, &n.doc);
	return e == ERR_OK ? search_entry_add(db, a, who, &n) : e;
}
