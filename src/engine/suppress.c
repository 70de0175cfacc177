/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/suppress.h"

#include <assert.h>
#include <stdlib.h>

/* Which lines (rows, then columns) a walk over hidden cells reaches. */
static void
walk(const struct cells *t, int line, int without, bool *reached)
{
	int other = line < t->rows ? t->columns : t->rows;
	reached[line] = true;
	for (int x = 0; x < other; x++) {
		int row = line < t->rows ? line : x;
		int column = line < t->rows ? x : line - t->rows;
		int cell = row * t->columns + column;
		int to = line < t->rows ? t->rows + column : row;
		if (t->hidden[cell] && cell != without && !reached[to])
			walk(t, to, without, reached);
	}
}

/* Whether the cell follows from those that are shown. */
static bool
follows(const struct cells *t, int cell)
{
	bool reached[2 * SUPPRESS_LINES] = {false};
	walk(t, cell / t->columns, cell, reached);
	return !reached[t->rows + cell % t->columns];
}

static bool
is_small(const struct cells *t, int cell, int32_t k)
{
	return t->count[cell] > 0 && t->count[cell] < k;
}

/* The number of a cell on a line: rows come first, then columns. */
static int
on_line(const struct cells *t, int line, int at)
{
	return line < t->rows ? line * t->columns + at
			      : at * t->columns + line - t->rows;
}

static int
length_of(const struct cells *t, int line)
{
	return line < t->rows ? t->columns : t->rows;
}

/* What a line gives away by subtraction: the sum of its hidden parts when the
 * sum is shown, or what is missing from a sum that is hidden. */
static bool
gives_away(const struct cells *t, int line, int32_t k)
{
	int n = length_of(t, line);
	int64_t sum = 0;
	if (t->hidden[on_line(t, line, n - 1)])
		return false;
	for (int i = 0; i < n - 1; i++) {
		int cell = on_line(t, line, i);
		sum += t->hidden[cell] ? t->count[cell] : 0;
	}
	return sum > 0 && sum < k;
}

/* Hides the smallest cell shown on the line, one that is somebody before one
 * that is nobody, and a part before the sum.  False: all are hidden. */
static bool
hide_more(struct cells *t, int line)
{
	int best = -1, n = length_of(t, line);
	for (int i = 0; i < n; i++) {
		int cell = on_line(t, line, i);
		if (t->hidden[cell])
			continue;
		if (best < 0 || (t->count[best] == 0 && t->count[cell] > 0) ||
		    (t->count[cell] > 0 && t->count[cell] < t->count[best]))
			best = cell;
	}
	if (best >= 0)
		t->hidden[best] = true;
	return best >= 0;
}

/* What hiding a cell costs: the people that are no longer shown; one that is
 * nobody protects least. */
static int64_t
cost_of(const struct cells *t, int cell)
{
	if (t->hidden[cell])
		return 0;
	return t->count[cell] > 0 ? t->count[cell] : INT32_MAX;
}

/* Hides the cheapest three that close a rectangle with the cell, which then
 * follows from nothing: what is added on one corner goes off the next. */
static void
close_rectangle(struct cells *t, int cell)
{
	int row = cell / t->columns, column = cell % t->columns;
	int best[3] = {cell, cell, cell};
	int64_t least = INT64_MAX;
	for (int other = 0; other < t->rows * t->columns; other++) {
		int r = other / t->columns, c = other % t->columns;
		int corner[3] = {
		    other, row * t->columns + c, r * t->columns + column};
		int64_t cost = 0;
		if (r == row || c == column)
			continue;
		for (int i = 0; i < 3; i++)
			cost += cost_of(t, corner[i]);
		if (cost >= least)
			continue;
		least = cost;
		for (int i = 0; i < 3; i++)
			best[i] = corner[i];
	}
	for (int i = 0; i < 3; i++)
		t->hidden[best[i]] = true;
}

/* One thing that can be worked out is made harder; false: there is none. */
static bool
mend(struct cells *t, int32_t k)
{
	for (int cell = 0; cell < t->rows * t->columns; cell++) {
		if (t->hidden[cell] && is_small(t, cell, k) &&
		    follows(t, cell)) {
			close_rectangle(t, cell);
			return true;
		}
	}
	for (int line = 0; line < t->rows + t->columns; line++) {
		if (gives_away(t, line, k) && hide_more(t, line))
			return true;
	}
	return false;
}

void
suppress(struct cells *t, int32_t k)
{
	assert(t->rows <= SUPPRESS_LINES && t->columns <= SUPPRESS_LINES);
	assert(t->rows * t->columns <= SUPPRESS_CELLS);
	for (int cell = 0; cell < t->rows * t->columns; cell++) {
		if (is_small(t, cell, k))
			t->hidden[cell] = true;
	}
	while (k > 1 && mend(t, k))
		continue;
}

/* Beside its own sum, which is itself. */
void
suppress_line(const int64_t *part, int n, int32_t k, bool *hidden)
{
	int32_t count[2 * SUPPRESS_LINES];
	bool cell[2 * SUPPRESS_LINES] = {false};
	int32_t sum = 0;
	assert(n < SUPPRESS_LINES);
	for (int i = 0; i < n; i++) {
		count[i] = count[n + 1 + i] = (int32_t)part[i];
		sum += (int32_t)part[i];
	}
	count[n] = count[2 * n + 1] = sum;
	suppress(&(struct cells){2, n + 1, count, cell}, k);
	for (int i = 0; i <= n; i++)
		hidden[i] = cell[i] || (sum > 0 && sum < k);
}
