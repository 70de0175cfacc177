/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_DIFF_H
#define BASE_DIFF_H

#include "base/str.h"

/* diff.h - what changed between two texts, and two people's changes in one.
 *
 * Compared are words, each with the blanks after it, and line breaks (Myers'
 * O(ND) algorithm).  Texts are cut at blanks and line breaks only, so a letter
 * of two bytes is never split.  Pure: same texts, same answer.
 *
 * Texts that differ in more than DIFF_MAX_EDITS words are compared by lines;
 * when that is too much as well, what lies between their common start and end
 * counts as replaced.  So the time is bounded: about 10 ms for 100 kB.
 *
 * Memory: the working space (at most about 6 MB and 40 bytes a word) is in a
 * scratch child that ends with the call; results are on the caller's arena and
 * their texts point into the texts given.  Tests: tests/base/diff.c
 */
enum { DIFF_MAX_EDITS = 1000 };

enum diff_kind { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

struct diff_run {
	enum diff_kind kind;
	struct str text; /* never empty; REMOVED in `old`, else in `now` */
};

struct diff_runs {
	struct diff_run *run;
	ptrdiff_t n;
};

/* The runs in reading order; where something was replaced, REMOVED comes
 * before ADDED, and no kind twice in a row.  SAME and ADDED put together are
 * `now`, SAME and REMOVED are `old`. */
void diff_words(
    struct arena *, struct str old, struct str now, struct diff_runs *out);

/* Puts what `mine` and `theirs` changed in `base` into one text.  True when
 * nothing is in doubt: each change has its own place, or both made the same
 * one.  First lines are compared, then the words of lines that both changed;
 * edits of neighbouring words are in doubt.  False: `merged` is not touched,
 * show both to a person.  Whether it is clean does not depend on who is
 * `mine`. */
bool merge3(struct arena *, struct str base, struct str mine, struct str theirs,
    struct str *merged) MUST_USE;

#endif
