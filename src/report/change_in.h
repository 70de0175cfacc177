/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_CHANGE_IN_H
#define REPORT_CHANGE_IN_H

#include <stdbool.h>

#include "base/str.h"

/* change_in.h - reads answers before and after, in either of two forms:
 *
 *	code,round,item,answer	a line an answer; a later line of the same
 *				person, round and item replaces an earlier one
 *	case,pre,post		a line a person; `case` is the item
 *
 * Headings may also be Danish (kode, runde, spørgsmål, svar; punkt, før,
 * efter), in any order, with other columns between.  Codes are compared
 * without regard to the case of a-z and to spaces around them.  An answer is a
 * number, "ja" or "nej", "ved ikke", or nothing.  Tests: tests/report/change_in.c,
 * tests/fuzz/change_in.c
 */
enum { CHANGE_ITEMS = 10000 };
/* No number is farther from 0, so that no sum of them overflows. */
#define CHANGE_FAR 1e12

struct change_rules {
	bool any_scale; /* no --scale: see `low` */
	double low, high; /* of the scale; without one 1 to 5, or 0 and 1 */
	struct str missing; /* codes for no answer: "77,98" */
	struct str before, after; /* names of the rounds; "": known words */
	bool unpaired; /* other people each time: a code is not needed */
};

struct change_item {
	struct str name;
	bool yes_no; /* every answer is 0 or 1, and 0 is among them */
	/* Of those who answered both times with a number. */
	double *before, *after;
	ptrdiff_t pairs;
	/* Everybody's numbers of each round. */
	double *all_before, *all_after;
	ptrdiff_t n_before, n_after;
	/* Who is left: no number in the other round. */
	int64_t only_before, only_after, dont_know;
	int64_t people; /* pairs and those three */
};

struct change_data {
	struct change_item *item;
	ptrdiff_t n;
	struct str before, after; /* names of the rounds; "" in the pair form */
	int64_t replaced; /* answers that a later line replaced */
};

struct change_fault {
	int64_t line, column; /* 0: of the whole file */
	const char *expected; /* NULL: none */
};

/* All in memory on `a`, about 20 times the text.  False: `fault` says what. */
bool change_read(struct arena *a, struct str text, const struct change_rules *,
    struct change_data *, struct change_fault *fault) MUST_USE;

#endif
