/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_CHANGE_IN_PARTS_H
#define REPORT_CHANGE_IN_PARTS_H

#include "base/csvread.h"
#include "report/change_in.h"
#include "base/names.h"

/* change_in_parts.h - what the two files of the reader share. */

enum kind { NOTHING, NUMBER, DONT_KNOW };

struct answer {
	double value;
	enum kind kind;
};

/* One person's answer to one item in one round. */
struct row {
	int32_t item, code, round;
	struct answer answer;
};

/* What was seen of an item's answers, and where a 0 stood first. */
struct seen {
	bool zero, other;
	int64_t line, column;
};

struct input {
	struct arena *a;
	const struct change_rules *rules;
	struct csv_reader csv;
	struct names items, codes, rounds;
	struct row *row;
	ptrdiff_t n, cap;
	struct seen *seen; /* of each item */
	const char *expected; /* of an answer */
	struct str lower_missing;
	int64_t third_line, third_column; /* where a third round came */
	int64_t replaced;
};

/* Whether `word` is one of them, ASCII letters in either case. */
bool change_among(struct str word, const char *const *words, ptrdiff_t n);

/* From rows to items: which round is which, and who belongs together. */
bool change_gather(
    struct input *, struct change_data *, struct change_fault *) MUST_USE;

#endif
