/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_WORDS_FOLD_H
#define MODEL_WORDS_FOLD_H

#include "model/words.h"

/* words_fold.h - one word after another out of a text, and its stem; for
 * model/words.c alone. */
struct words_reader {
	struct str text; /* in normal form */
	ptrdiff_t at; /* behind the word */
	ptrdiff_t from; /* where it began */
	ptrdiff_t n, most; /* bytes of the word, and how many it may have */
	char word[WORD_BYTES];
};

/* The next word, folded; empty at the end.  It is good until the next call. */
struct str words_next(struct words_reader *);

/* Whether a word begins at byte `at`. */
bool words_begin(struct str text, ptrdiff_t at);

struct stemmer;
struct stemmer *stem_open(struct arena *); /* closed with the arena */

/* Stem of a folded word; good until the next call.  A compound's last part in
 * *tail, or empty. */
struct str stem_of(struct stemmer *, struct str word, struct str *tail);

bool stem_is_frequent(struct str word); /* og, det */

#endif
