/* SPDX-License-Identifier: MPL-2.0 */
#include "report/turnout.h"

#include <assert.h>

enum { COLUMNS = 3 };

/* Voted, did not, both; the last row is the sum of all. */
void
turnout_hide(struct turnout_part *part, ptrdiff_t n, int64_t k)
{
	int32_t count[SUPPRESS_LINES * COLUMNS] = {0};
	bool hidden[SUPPRESS_LINES * COLUMNS] = {0};
	assert(n <= TURNOUT_PARTS);
	int32_t *sum = &count[n * COLUMNS];
	for (ptrdiff_t i = 0; i < n; i++) {
		int32_t *row = &count[i * COLUMNS];
		row[0] = (int32_t)part[i].voted;
		row[1] = (int32_t)(part[i].could - part[i].voted);
		row[2] = (int32_t)part[i].could;
		for (int c = 0; c < COLUMNS; c++)
			sum[c] += row[c];
	}
	struct cells cells = {.rows = (int)n + 1,
	    .columns = COLUMNS,
	    .count = count,
	    .hidden = hidden};
	suppress(&cells, (int32_t)k);
	for (ptrdiff_t i = 0; i < n; i++)
		part[i].hidden = hidden[i * COLUMNS] ||
		    hidden[i * COLUMNS + 1] || hidden[i * COLUMNS + 2];
}
