/* SPDX-License-Identifier: MPL-2.0 */
#include "base/number.h"

#include <math.h>
#include <stdlib.h>

#include "tests/test.h"

static struct str
as_json(struct arena *a, double x)
{
	struct buf b = buf_new(a, 100);
	number_json(&b, x);
	return buf_str(&b);
}

TEST(number_json_reads_back_the_same)
{
	static const double x[] = {0, 1, -2.5, 0.1, 1.0 / 3, 1e300, 5e-324,
	    0.1 + 0.2, 123456789012345680, 0x1.fffffffffffffp-1};
	for (int i = 0; i < (int)COUNT_OF(x); i++)
		CHECK(strtod(str_cstr(arena, as_json(arena, x[i])), NULL) ==
		    x[i]);
	CHECK_STR(as_json(arena, 0.1), S("0.1"));
	CHECK_STR(as_json(arena, 20), S("20"));
	CHECK_STR(as_json(arena, NAN), S("null"));
	CHECK_STR(as_json(arena, -INFINITY), S("null"));
}

TEST(number_text_for_people)
{
	CHECK_STR(number_text(arena, LANG_DA, 1.58, 1), S("1,6"));
	CHECK_STR(number_text(arena, LANG_EN, -1.58, 1), S("\u22121.6"));
	CHECK_STR(number_text(arena, LANG_DA, -0.001, 2), S("0,00"));
	CHECK_STR(number_signed(arena, LANG_DA, 0.4, 1), S("+0,4"));
	CHECK_STR(number_signed(arena, LANG_DA, -0.4, 1), S("\u22120,4"));
	CHECK_STR(number_signed(arena, LANG_DA, 0.001, 2), S("0,00"));
}

TEST(number_parse_takes_numbers_only)
{
	static const char *const bad[] = {"", "-", ".", "1 ", " 1", "0x10",
	    "nan", "inf", "1e", "1e+", "1.2.3", "1,5", "--1", "1e999", "1a"};
	double x;
	for (int i = 0; i < (int)COUNT_OF(bad); i++) {
		if (number_parse(str_c(bad[i]), false, &x))
			fail_msg("taken: %s", bad[i]);
	}
	CHECK(number_parse(S("-1.5e2"), false, &x) && x == -150);
	CHECK(number_parse(S("+.5"), false, &x) && x == 0.5);
	CHECK(number_parse(S("2,5"), true, &x) && x == 2.5);
	CHECK(number_parse(S("3."), false, &x) && x == 3);
}
