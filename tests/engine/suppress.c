/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/suppress.h"

#include <string.h>

#include "engine/random.h"
#include "tests/test.h"

/* What somebody can do who knows which numbers add up: fill in a line with one
 * unknown, again and again.  How many counts from 1 to k - 1 come out. */
static int
attack(const struct cells *t, int32_t k)
{
	bool hidden[SUPPRESS_CELLS];
	int found = 0, lines = t->rows + t->columns;
	memcpy(hidden, t->hidden, (size_t)(t->rows * t->columns));
	for (int round = 0; round < SUPPRESS_CELLS; round++) {
		int line = round % lines, unknown = 0, cell = -1;
		int n = line < t->rows ? t->columns : t->rows;
		for (int i = 0; i < n; i++) {
			int at = line < t->rows
			    ? line * t->columns + i
			    : i * t->columns + line - t->rows;
			unknown += hidden[at];
			cell = hidden[at] ? at : cell;
		}
		if (unknown != 1)
			continue;
		hidden[cell] = false;
		found += t->count[cell] > 0 && t->count[cell] < k;
	}
	return found;
}

static void
add_up(int32_t *count, int rows, int columns)
{
	for (int r = 0; r < rows - 1; r++) {
		int32_t *row = count + r * columns;
		row[columns - 1] = 0;
		for (int c = 0; c < columns - 1; c++)
			row[columns - 1] += row[c];
	}
	for (int c = 0; c < columns; c++) {
		count[(rows - 1) * columns + c] = 0;
		for (int r = 0; r < rows - 1; r++)
			count[(rows - 1) * columns + c] +=
			    count[r * columns + c];
	}
}

TEST(suppress_hides_the_small_and_what_gives_it_away)
{
	int32_t count[] = {20, 3, 7, 30, 15, 10, 12, 37, 0, 0, 0, 0};
	bool hidden[12] = {false};
	add_up(count, 3, 4);
	struct cells t = {3, 4, count, hidden};
	suppress(&t, 5);
	CHECK(hidden[1]);
	int shown = 0;
	for (int c = 0; c < 12; c++)
		shown += !hidden[c];
	CHECK(shown >= 6);
	CHECK_INT(attack(&t, 5), 0);
	memset(hidden, 0, sizeof hidden); /* only the small one: it is found */
	hidden[1] = true;
	CHECK_INT(attack(&t, 5), 1);
}

TEST(suppress_hides_nothing_at_one_and_nothing_when_all_is_large)
{
	int32_t count[] = {1, 2, 3, 4, 5, 9, 5, 7, 12};
	bool hidden[9] = {false};
	struct cells t = {3, 3, count, hidden};
	add_up(count, 3, 3);
	suppress(&t, 1);
	for (int c = 0; c < 9; c++)
		CHECK(!hidden[c]);
	int32_t large[] = {9, 0, 9, 8, 7, 15, 17, 7, 24};
	t.count = large;
	suppress(&t, 5);
	for (int c = 0; c < 9; c++)
		CHECK(!hidden[c]); /* 0 is nobody */
}

TEST(suppress_stands_up_to_subtraction_on_many_tables)
{
	struct random r = random_new(S("tables"), S("test"));
	int bare = 0;
	for (int n = 0; n < 2000; n++) {
		int32_t count[28];
		bool hidden[28] = {false};
		int rows = 3 + (int)random_below(&r, 5);
		struct cells t = {rows, 4, count, hidden};
		for (int c = 0; c < 28; c++)
			count[c] = (int32_t)random_below(&r, 1 + n % 30);
		add_up(count, rows, 4);
		for (int c = 0; c < 4; c++) /* one row is never shown */
			hidden[(rows - 2) * 4 + c] = n % 2 == 0;
		for (int c = 0; c < rows * 4; c++)
			hidden[c] |= count[c] > 0 && count[c] < 5;
		bare += attack(&t, 5);
		suppress(&t, 5);
		CHECK_INT(attack(&t, 5), 0);
	}
	CHECK(bare > 100); /* without the second half of it, many are found */
}

TEST(suppress_line_hides_what_its_sum_gives_away)
{
	struct {
		int64_t part[3];
		bool hidden[4];
	} cases[] = {
	    {{9, 3, 20}, {true, true, false, false}}, /* 32 - 29 */
	    {{9, 0, 20}, {false, false, false, false}},
	    {{3, 0, 1}, {true, true, true, true}}, /* so few in all */
	    {{0, 0, 0}, {false, false, false, false}},
	    {{2, 4, 9}, {true, true, false, false}}, /* 6 together */
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		bool hidden[4];
		suppress_line(cases[i].part, 3, 5, hidden);
		for (int c = 0; c < 4; c++)
			CHECK_INT(hidden[c], cases[i].hidden[c]);
	}
}
