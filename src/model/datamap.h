/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DATAMAP_H
#define MODEL_DATAMAP_H

#include "base/lang.h"
#include "model/actor.h"
#include "model/retention.h"

/* datamap.h - what is held, of every table and column, and what it is for.
 *
 * One declaration (datamap.def) is read by three: the record of processing
 * (GDPR art. 30), the data map, and what a person gets who asks for everything
 * about them (dossier.h).  How long a table is kept stands beside it, in
 * retention_rules.c.  tests/model/datamap.c fails when a table or a column of
 * the schema has no word here, or a word has no column.
 * Pure.  Tests: tests/model/datamap.c
 */
enum datamap_purpose {
	PURPOSE_ASK, /* people are found, asked and invited */
	PURPOSE_HEAR, /* what they say is heard and used */
	PURPOSE_WEIGH, /* statements and ideas are weighed */
	PURPOSE_HELP, /* volunteers help */
	PURPOSE_TRY, /* what was tried, and whether it got better */
	PURPOSE_PLAN, /* the network plans its work */
	PURPOSE_STAFF, /* staff sign in */
	PURPOSE_PROOF, /* who did what, and kept the law */
	PURPOSE_RUN, /* the program runs */
	PURPOSE_COUNT
};

enum datamap_readers {
	READERS_PUBLIC, /* anybody, while it is open */
	READERS_NETWORK, /* all in the network */
	READERS_SCOPE, /* as far as was agreed to */
	READERS_CARE, /* CAP_PEOPLE */
	READERS_ASK, /* CAP_ASK */
	READERS_VAULT, /* CAP_VAULT, with a reason that is logged */
	READERS_ACCESS, /* CAP_ACCESS */
	READERS_MANAGE, /* CAP_MANAGE */
	READERS_WRITER, /* who wrote it, until they share it */
	READERS_SECRETARIAT,
	READERS_ADMIN,
	READERS_PROGRAM, /* no page shows it */
	READERS_COUNT
};

/* Columns stand with one space between. */
struct datamap_table {
	const char *table;
	enum datamap_purpose purpose;
	enum datamap_readers readers;
	const char *reach; /* SQL: how the rows `x` about a person are found.
			    * $1 the organisation, $2 the network, $3 the
			    * person.  DATAMAP_BY_...: see dossier_find.c */
	const char *apart; /* or why a person does not get them; a msgid */
	const char *shown; /* words and facts */
	const char *times; /* microseconds */
	const char *staff; /* accounts: a person gets their role alone */
	const char *named; /* COLUMN:TABLE.COLUMN, the name of what it is about
			    */
	const char *sealed; /* encrypted for themselves */
	const char *inner; /* keys, hashes, counters */
};

#define DATAMAP_BY_HASH "by hash"
#define DATAMAP_BY_NUMBER "by number"

struct datamap {
	const struct datamap_table *list;
	ptrdiff_t n;
};
struct datamap datamap(void);
const struct datamap_table *datamap_find(struct str table); /* NULL: none */

/* Next of some columns; "" when there is none left. */
struct str datamap_next(struct str *columns);

/* What sort of column it is: a msgid.  NULL: not one of the table's. */
const char *datamap_sort(const struct datamap_table *, struct str column);

/* Msgids. */
const char *datamap_purpose(enum datamap_purpose);
const char *datamap_basis(enum datamap_purpose); /* GDPR art. 6 */
const char *datamap_people(enum datamap_purpose); /* whom it is about */
const char *datamap_readers(enum datamap_readers);
const char *datamap_label(const struct datamap_table *); /* or NULL */
const char *datamap_column(struct str column); /* or NULL */

/* How long: a msgid whose %1 is the days, of the setting `days`. */
const struct retain_rule *datamap_rule(const struct datamap_table *);

/* What a value of the column means: a msgid, or NULL when it is words. */
const char *datamap_word(
    const char *table, struct str column, struct str value);

#endif
