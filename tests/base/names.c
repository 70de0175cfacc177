/* SPDX-License-Identifier: MPL-2.0 */
#include "base/names.h"

#include "base/buf.h"
#include "tests/test.h"

TEST(names_keep_their_numbers)
{
	struct names t = names_new(arena);
	CHECK_INT(names_find(&t, S("x")), -1);
	for (int i = 0; i < 1000; i++)
		CHECK_INT(
		    names_add(&t, str_fmt(arena, "n%d", i % 500)), i % 500);
	CHECK_INT(t.n, 500);
	CHECK_INT(names_find(&t, S("n499")), 499);
	CHECK_INT(names_find(&t, S("n500")), -1);
	CHECK_INT(names_add(&t, S("")), 500);
}

TEST(names_rank_by_value_when_all_are_numbers)
{
	struct names t = names_new(arena);
	names_add(&t, S("10"));
	names_add(&t, S("9"));
	names_add(&t, S("-3"));
	int32_t *rank = names_rank(&t);
	CHECK_INT(rank[0], 2);
	CHECK_INT(rank[1], 1);
	CHECK_INT(rank[2], 0);
	names_add(&t, S("9a"));
	rank = names_rank(&t); /* by bytes: -3 10 9 9a */
	CHECK_INT(rank[0], 1);
	CHECK_INT(rank[1], 2);
	CHECK_INT(rank[2], 0);
	CHECK_INT(rank[3], 3);
}
