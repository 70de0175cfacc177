/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MANY_H
#define MODEL_MANY_H

#include "db/db.h"

/* many.h - many rows in one statement, for what comes in by the thousand.
 *
 * A statement a row is a way to the server and back for each; here MANY_ROWS
 * go at a time, and what is left over goes one at a time, so that two texts a
 * table are all that is ever prepared.  The rows go in as they stand.
 *
 *	struct db_value shared[] = {DB_ID(org), DB_ID(network), DB_END};
 *	struct db_value each[] = {DB_ID(id), DB_TEXT(text), ...}; a row after
 *	    the other
 *	many_exec(db, MANY_X, &(struct many){shared, each, n});
 *
 * Tests: tests/model/many.c, which prepares each on both databases.
 */
enum many_table {
	MANY_SEEN, /* gives the contributions whose rows were not seen */
	MANY_CONTRIBUTIONS,
	MANY_CONSENTS,
	MANY_BALLOTS,
	MANY_TEXTS, /* of the search index, as the three below */
	MANY_NUMBERS_SQLITE,
	MANY_WORDS_SQLITE,
	MANY_WORDS_POSTGRES,
	MANY_TABLES
};

enum { MANY_ROWS = 16 };

struct many {
	const struct db_value *shared; /* $1.. of every row */
	const struct db_value *each; /* n times what one row has */
	ptrdiff_t n;
};

enum err many_exec(struct db *, enum many_table, const struct many *) MUST_USE;

/* With what the statement gives, all of it in one list. */
enum err many_all(struct db *, struct arena *, enum many_table,
    const struct many *, struct ids *) MUST_USE;

/* How many parameters every row shares, and how many it has of its own. */
ptrdiff_t many_shared(enum many_table);
ptrdiff_t many_each(enum many_table);

/* The text for MANY_ROWS rows, or for one. */
const char *many_sql(enum many_table, bool one);

#endif
