/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_TURNOUT_H
#define REPORT_TURNOUT_H

#include <stdbool.h>

#include "engine/suppress.h"

/* turnout.h - which parts of a turnout are hidden: where fewer than k voted, or
 * fewer than k did not, and as many more as it takes that nobody works those
 * out of the sums, which are shown.  Nobody at all is shown: it is nobody.
 * Tests: tests/report/ranking.c
 */
enum { TURNOUT_PARTS = SUPPRESS_LINES - 1 };

struct turnout_part {
	int64_t could, voted;
	bool hidden; /* out */
};

/* At most TURNOUT_PARTS. */
void turnout_hide(struct turnout_part *, ptrdiff_t n, int64_t k);

#endif
