/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_SUPPRESS_H
#define ENGINE_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* suppress.h - small cells of a table that adds up, hidden so that nobody can
 * work them out.
 *
 * The table is rows x columns of counts of people, where the last row is the
 * sum of those above and the last column the sum of those before.  A count
 * from 1 to k - 1 is hidden (0 is shown: it is nobody).  Then more is hidden,
 * the smallest first, until
 *  - no hidden count follows from those shown: in the graph of rows and
 *    columns with an edge for each hidden cell, it is no bridge (Gusfield 1988);
 *  - no line shows by subtraction that its hidden counts are 1 to k - 1 people
 *    together.
 * Bounds remain: two hidden counts of which 6 people are the sum are known to
 * be at most 6.  k <= 1 hides nothing.
 *
 * Pure, no allocation, O(cells^2) for tables of at most SUPPRESS_CELLS.
 * Tests: tests/engine/suppress.c
 */
enum { SUPPRESS_LINES = 12, SUPPRESS_CELLS = 64 };

struct cells {
	int rows, columns; /* sums included */
	const int32_t *count; /* [rows * columns] */
	bool *hidden; /* the same: in, what is never shown; out, all of it */
};

void suppress(struct cells *, int32_t k);

/* One line of `n` parts, fewer than SUPPRESS_LINES, and their sum as the last
 * of hidden[n + 1]: also all of them where the sum is 1 to k - 1. */
void suppress_line(const int64_t *part, int n, int32_t k, bool *hidden);

#endif
