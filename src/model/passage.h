/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PASSAGE_H
#define MODEL_PASSAGE_H

#include "base/arena.h"
#include "base/str.h"

/* passage.h - a piece of what somebody said: from, to in code points of the
 * words as they are shown (which are in normal form C), `to` not in it.
 *
 * Pure and linear.  Memory: the caller's arena.  Tests: tests/model/passage.c
 */
struct passage {
	int64_t from, to;
};

struct passages {
	struct passage *list; /* in the order of the text */
	ptrdiff_t n;
};

enum { PASSAGES_MAX = 400 };

/* Sentences to choose from, without the blanks around them: one ends after
 * . ! ? or an ellipsis that white space follows, and neither lower case nor a
 * digit after it, and at a line's end.  Together they hold all that is not blank; past PASSAGES_MAX the
 * last one holds the rest. */
struct passages passage_sentences(struct arena *, struct str text);

/* {0} when it is not within the text, or empty. */
struct str passage_words(struct str text, struct passage);

/* The words of several, " [...] " where something lies between two. */
struct str passages_words(
    struct arena *, struct str text, const struct passages *);

#endif
