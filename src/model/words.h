/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_WORDS_H
#define MODEL_WORDS_H

#include "base/str.h"

/* words.h - a Danish text as the words that it is looked for by, and what
 * somebody who looks for words may write.  Pure: no database.
 *
 * A word is a run of letters and digits; a hyphen parts, a soft one does not.
 * Case and accents do not count (idé, IDE), ä and ö are æ and ø, and å is kept
 * as "aa": Åbenrå and Aabenraa are the same, å and a are not.  (The other way
 * round "dataark" would lose its "data".)
 *
 * A text has each word's stem (Snowball's for Danish; a short list brings
 * together what it parts: barn and børn, center and centret, plads and
 * pladsen), the word as written, and of some frequent compounds the last part
 * (borgerinddragelse: inddragelse).
 * Tests: tests/model/words.c, tests/model/search.c, tests/fuzz/words.c
 */
enum {
	WORD_BYTES = 64, /* of one word; the rest of it does not count */
	WORDS_MAX_BYTES = 400000, /* stems and forms; what comes later not */
	QUERY_BYTES = 400,
	QUERY_TERMS = 16,
	QUERY_PHRASE = 12, /* words */
};

/* Both with one blank before, between and after the words; " " for none. */
struct words {
	struct str stems; /* in the order of the text */
	struct str forms; /* what else it is found by, each once */
};

enum term_kind { TERM_WORD, TERM_PREFIX, TERM_PHRASE };

struct term {
	enum term_kind kind;
	bool without; /* the text may not have it */
	struct str text; /* a stem, a prefix, or stems with a blank between */
};

struct words_query {
	struct term term[QUERY_TERMS];
	ptrdiff_t n; /* 0: no word in it, every text fits */
};

void words_of(struct arena *, struct str text, struct words *);

/* What is written: words that must all be there, ord* for how one begins (two
 * letters or more), "a phrase", -not.  Nothing is an error: what has no
 * meaning is a blank, past the limits above is left out.  Words that nearly
 * every text has (og, det) do not count beside others. */
void words_query(struct arena *, struct str text, struct words_query *);

/* Whether a text with these words fits: what both databases must find. */
bool words_match(const struct words_query *, const struct words *);

#endif
