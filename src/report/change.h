/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_CHANGE_H
#define REPORT_CHANGE_H

#include "base/buf.h"
#include "base/lang.h"
#include "engine/change.h"
#include "report/change_in.h"

/* change.h - what moved between two measurements, for people to read.
 *
 * The answers of each question go through the engine; what may be said of them
 * depends on how many there are.  The command line and the pages about
 * measurements show the same sentences and the same picture.
 * Memory: the report's arena.  Tests: tests/cli/change.c, tests/web/measures.c
 */
enum change_design { BEFORE_AFTER, RETROSPECTIVE, CROSS_SECTION };

/* How much may be said of an item: by how many answered. */
enum change_show {
	SHOW_NOTHING, /* under k */
	SHOW_DOTS, /* under 6 */
	SHOW_INTERVAL, /* under 20 */
	SHOW_VERDICT
};
enum { DOTS_UNDER = 6, VERDICT_FROM = 20 };

enum change_verdict {
	VERDICT_NONE, /* too few */
	VERDICT_UNLIKELY, /* hardly by chance: both tests */
	VERDICT_POSSIBLE, /* it may be chance: both tests */
	VERDICT_DISAGREE /* one test each way */
};

/* Of paired answers the sign test and the sign-flip test, of different people
 * the rank sum test and Welch's. */
enum { TESTS = 2 };

struct change_result {
	const struct change_item *item;
	enum change_show show;
	enum change_verdict verdict;
	struct paired paired;
	struct interval bca;
	struct unpaired unpaired; /* of a cross-section */
	double p[TESTS], holm[TESTS], bh[TESTS]; /* NAN: not shown */
	struct str sentence;
};

struct change_report {
	struct arena *arena;
	enum lang lang;
	enum change_design design;
	int64_t k; /* the least number of people that is shown */
	struct change_options options;
	struct change_data data;
	struct change_result *result; /* one an item */
};

/* One column of dots: so many at this value. */
struct change_column {
	double value;
	int64_t count;
};
struct change_columns {
	struct change_column *column;
	int n;
	double width; /* of each when values were gathered; 0: as they are */
};
enum { MOST_COLUMNS = 21 };

/* `x` ascending, n > 0: a column a value, or, where those are too many, 15 of
 * equal width.  Picture and table are both made from it. */
struct change_columns change_columns_of(
    struct arena *, const double *x, ptrdiff_t n);

/* As short as the value allows: "-1", "+0,25". */
struct str change_value(
    const struct change_report *, double value, bool with_sign);

/* Fills `result` from `data`: the numbers, the tests adjusted for how many
 * questions there are, the verdicts and the sentences. */
void change_analyse(struct change_report *);

/* The sentence of one item. */
struct str change_sentence(
    const struct change_report *, const struct change_result *);
/* "no control group, so ..." */
struct str change_caution(const struct change_report *);

/* A picture of the first 60 questions: dots, mean and interval.  Narrow, its
 * letters are as large on a telephone as they are wide on a table. */
enum change_width { CHANGE_NARROW = 280, CHANGE_WIDE = 720 /* pixels */ };
struct str change_svg(const struct change_report *, enum change_width);

#endif
