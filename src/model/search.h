/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "model/actor.h"
#include "model/words.h"

/* search.h - the texts of a network by the words in them.
 *
 * model/words.h says what a text is found by and what a question means; both
 * databases find exactly what words_match() would.  SQLite keeps the words in
 * FTS5, PostgreSQL in a tsvector under a GIN index, where phrases are looked
 * for in the stems of what has all their words.  Each word begins with a mark
 * of its network, so that no network's list holds another's, and org and
 * network are asked for beside it.
 *
 * Newest first is by the millisecond of at_us, and where that is the same by
 * who came in last.  Many texts are best put in the order of their at_us:
 * SQLite writes the index anew each time it goes back in time.
 *
 * Who may see a text is not known here: a list asks for that itself.
 *
 * In a list with filters of its own, a statement for each database:
 *
 *	static const char SQL_LIST_SQLITE[] =
 *	    "SELECT ... FROM contribution WHERE org = $1 AND network = $2"
 *	    " AND state = $4 AND id IN (" SQL_HITS_SQLITE ")"
 *	    " ORDER BY id DESC LIMIT 50";
 *	static const char SQL_LIST_POSTGRES[] = the same with
 *	    SQL_HITS_POSTGRES;
 *
 *	db_all(db, a, db_kind(db) == DB_SQLITE ? SQL_LIST_SQLITE :
 *	    SQL_LIST_POSTGRES, &rows, DB_ID(who->org), DB_ID(who->network),
 *	    DB_TEXT(search_match(db, a, who, &query)), ...)
 *
 * $1 is the organisation, $2 the network, $3 what search_match() gives; for an
 * empty question (query.n == 0) it finds every text, so a list without the
 * look-up is quicker.
 * Tests: tests/model/search.c; how fast: bench/search.c
 */

/* The ids of all hits, of every kind. */
#define SQL_HITS_SQLITE                                               \
	"SELECT m.id FROM search_words CROSS JOIN search_words_doc m" \
	" ON m.doc = search_words.rowid WHERE search_words MATCH $3"  \
	" AND m.org = $1 AND m.network = $2"
#define SQL_HITS_POSTGRES                                                  \
	"SELECT w.id FROM search_words w WHERE w.org = $1"                 \
	" AND w.network = $2"                                              \
	" AND w.words @@ CAST(split_part($3, '/', 1) AS tsquery)"          \
	" AND (split_part($3, '/', 2) = '' OR EXISTS (SELECT 1"            \
	"  FROM search_doc d WHERE d.org = $1 AND d.network = $2"          \
	"   AND d.id = w.id"                                               \
	"   AND d.stems LIKE ALL (CAST(split_part($3, '/', 3) AS text[]))" \
	"   AND NOT d.stems LIKE ANY"                                      \
	"    (CAST(split_part($3, '/', 4) AS text[]))))"

/* A text; one with this id is replaced. */
struct search_text {
	struct str kind; /* contribution, insight ... */
	struct id id;
	int64_t at_us; /* when it was said */
	struct str text;
};
enum err search_put(struct db *, struct arena *, const struct actor *,
    const struct search_text *) MUST_USE;

/* Many texts of one kind and one moment, none of which is there yet, in a few
 * statements. */
struct search_texts {
	struct str kind;
	int64_t at_us;
	const struct search_text *list; /* id and text alone */
	ptrdiff_t n;
};
enum err search_add(struct db *, struct arena *, const struct actor *,
    const struct search_texts *) MUST_USE;

/* A text that was in the index of another installation, as its row of
 * search_doc stood there; it gets another number when that is taken here. */
struct search_row {
	struct id id;
	struct str kind;
	int64_t doc;
	struct words words;
};
enum err search_bring(struct db *, struct arena *, const struct actor *,
    const struct search_row *) MUST_USE;

/* Its words are nowhere in the index afterwards (SQLite: nor in the file, after
 * the checkpoint that empties the log).  One that is not there is fine. */
enum err search_drop(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* Up to `most` texts of the network; *left: there are more, call again in the
 * next transaction. */
enum err search_clear(struct db *, struct arena *, const struct actor *,
    ptrdiff_t most, bool *left) MUST_USE;

struct search_find {
	struct str query;
	struct str kind; /* empty: every kind */
	ptrdiff_t most;
	int64_t before; /* `last` of the page before; 0: from the newest */
};

struct search_hit {
	struct id id;
	struct str kind;
};

struct search_hits {
	struct search_hit *list; /* newest first */
	ptrdiff_t n;
	int64_t last; /* for the next page; 0: there is none */
};

enum err search_find(struct db *, struct arena *, const struct actor *,
    const struct search_find *, struct search_hits *) MUST_USE;

/* $3 of the two texts above. */
struct str search_match(const struct db *, struct arena *, const struct actor *,
    const struct words_query *);

#endif
