/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PLAIN_H
#define MODEL_PLAIN_H

#include "base/lang.h"
#include "engine/lix.h"

/* plain.h - whether a text meets its readers at eye level.
 *
 * LIX of the running text (engine/lix.h) against what its readers can be asked
 * to read, the sentences that weigh most, and words of the office that have a
 * plainer one (catalogue/office_words.json).  A pointer, never a verdict: only
 * an invitation above PLAIN_STOPS is held back (rule R5).
 *
 * Pure; what it gives lies on the caller's arena.
 * Tests: tests/model/plain.c
 */
enum plain_reader {
	PLAIN_CITIZEN, /* grown up, no more is known */
	PLAIN_GENTLE, /* may be vulnerable */
	PLAIN_YOUNG, /* under 18: nothing is too childish */
};

enum {
	PLAIN_STOPS = 44, /* an invitation above it is not sent */
	PLAIN_HARDEST = 3,
	PLAIN_WORDS = 12, /* so many office words are shown */
};

enum plain_finding {
	PLAIN_EMPTY, /* no running text */
	PLAIN_GOOD,
	PLAIN_CHILDISH, /* under 20, to grown ups */
	PLAIN_HARD, /* above the target */
	PLAIN_TOO_HARD, /* above PLAIN_STOPS */
};

struct plain_word {
	struct str found; /* as it stands in the text */
	struct str better;
};

struct plain {
	struct lix lix;
	int target; /* 34, or 24 for the other readers */
	enum plain_finding finding;
	struct str hardest[PLAIN_HARDEST]; /* PLAIN_HARD and above */
	ptrdiff_t n_hardest;
	struct plain_word word[PLAIN_WORDS];
	ptrdiff_t n_words;
};

struct plain plain_check(
    struct arena *, struct str text, enum lang, enum plain_reader);

#endif
