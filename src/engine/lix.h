/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_LIX_H
#define ENGINE_LIX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* lix.h - how hard a Danish text is to read: LIX, and where it is hard.
 *
 *	lix = words / sentences + 100 * long words / words
 *
 * (Björnsson 1968, in Danish 1971.)  A long word has seven letters or more,
 * counted as code points.  A pointer, never a verdict: it knows neither the
 * order of a text nor whether a reader knows the words.
 *
 * What counts:
 * - A word is what stands between spaces and holds a letter or a digit; a
 *   slash or a long dash parts two words, a hyphen and an apostrophe do not.
 * - A sentence ends at . ! ? or an ellipsis and at the end of a paragraph.  Not
 *   after an abbreviation, an initial, a number or an ordinal ("17. juni"),
 *   unless what follows can only be a new sentence: a capital letter after a
 *   number or after one of those that often come last (osv., m.m., kr.).  Not
 *   where a quotation goes on in lower case.  A colon ends none.
 * - Only running text: headings and list items are left out, in Markdown also
 *   code, tables, pictures, addresses of links and what steers the layout.  In
 *   plain text a line without a final . ! ? : that a blank line follows is a
 *   heading.  A list item begins with "-", "*", "+", a bullet, "1." or "a)".
 *
 * Pure: the same text gives the same answer.  Time O(n log n) with a small
 * log, memory about three times the text and 40 bytes a sentence, on the
 * caller's arena.  Text is valid UTF-8 (utf8_valid); what is not is still read
 * safely, but counted anyhow.  Any thread.
 * Formulas and limits: doc/engine/lix.md.  Tests: tests/engine/lix.c
 */
enum lix_form { LIX_PLAIN, LIX_MARKDOWN };

/* Of the value rounded half up: to 24, 34, 44, 54, and above. */
enum lix_band {
	LIX_VERY_EASY,
	LIX_EASY,
	LIX_MEDIUM,
	LIX_HARD,
	LIX_VERY_HARD,
	LIX_NO_BAND /* no running text */
};

/* Under so many words the value is unsure. */
enum { LIX_SURE_WORDS = 100 };

struct lix_sentence {
	struct str text; /* one line, part of the running text */
	int64_t words, long_words;
	bool s_passive; /* "sendes" */
	bool blive_passive; /* "bliver sendt" */
};

struct lix_word {
	struct str word; /* in lower case */
	int64_t times;
};

struct lix {
	int64_t words, sentences, long_words;
	double lix; /* NAN without words */
	int rounded; /* half up; 0 without words */
	enum lix_band band;
	bool sure; /* LIX_SURE_WORDS or more */
	int64_t passive; /* sentences with a passive form of either kind */
	struct lix_sentence *sentence; /* in the order of the text */
	struct lix_word *word; /* the different long words, commonest first,
				* then by bytes */
	int64_t different; /* how many those are */
};

/* The running text of `text`: a paragraph a line, marks taken off. */
struct str lix_prose(struct arena *, struct str text, enum lix_form);

/* Counts running text as lix_prose() gives it; several, joined by '\n', count
 * as one text. */
struct lix lix_of_prose(struct arena *, struct str prose);

/* Both. */
struct lix lix_of(struct arena *, struct str text, enum lix_form);

/* The sentences that the value would fall most without, hardest first, the
 * earlier of equals first, into `at` (places in l->sentence); how many, `most`
 * at most.  O(sentences * most). */
ptrdiff_t lix_hardest(const struct lix *l, ptrdiff_t *at, ptrdiff_t most);

enum lix_band lix_band_of(int rounded);

#endif
