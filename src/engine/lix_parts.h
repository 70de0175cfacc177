/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_LIX_PARTS_H
#define ENGINE_LIX_PARTS_H

#include <stdbool.h>

#include "base/str.h"
#include "engine/lix.h"

/* lix_parts.h - what the files of lix share; words are in lower case. */

/* Of an abbreviation without its last point. */
enum lix_short {
	SHORT_NOT, /* it is none */
	SHORT_INSIDE, /* never last in a sentence */
	SHORT_MAYBE_LAST /* often is: osv., kr. */
};
enum lix_short lix_short_of(struct str word);

bool lix_month(struct str word);

/* "sendes"; a guess from the ending and lists. */
bool lix_s_passive(struct str word);
/* bliver, blev, blive, blevet. */
bool lix_blive(struct str word);
/* "sendt", "inviteret", "valgte"; behind a form of blive only. */
bool lix_participle(struct str word);

/* For the tests: whether the lists are in order, without a repeat. */
bool lix_lists_sorted(void);

/* Takes the marks of Markdown off a paragraph in place; its new length. */
ptrdiff_t lix_unmark(char *p, ptrdiff_t n);

/* Fills in l->word and l->different from its l->long_words words. */
void lix_count_long(struct arena *, const struct str *long_word, struct lix *l);

#endif
