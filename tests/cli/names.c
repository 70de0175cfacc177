/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/names.h"

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
