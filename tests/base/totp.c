/* SPDX-License-Identifier: MPL-2.0 */
#include "base/totp.h"

#include "base/buf.h"
#include "base/clock.h"
#include "tests/test.h"

static const struct str RFC_KEY = S_INIT("12345678901234567890");

/* RFC 6238 appendix B, the rows of SHA-1: time and the last six of its eight
 * digits. */
TEST(codes_are_those_of_the_rfc)
{
	static const struct {
		int64_t seconds;
		const char *code;
	} rows[] = {{59, "287082"}, {1111111109, "081804"},
	    {1111111111, "050471"}, {1234567890, "005924"},
	    {2000000000, "279037"}, {INT64_C(20000000000), "353130"}};
	for (ptrdiff_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t step = rows[i].seconds / TOTP_STEP_SECONDS;
		CHECK_STR(str_fmt(arena, "%06d", totp_code(RFC_KEY, step)),
		    str_c(rows[i].code));
		CHECK_INT(totp_match(RFC_KEY, rows[i].seconds * SECOND_US,
			      str_c(rows[i].code)),
		    step);
	}
}

/* RFC 4226 appendix D: the counter is the step itself. */
TEST(codes_are_those_of_counters_too)
{
	static const int codes[] = {755224, 287082, 359152, 969429, 338314,
	    254676, 287922, 162583, 399871, 520489};
	for (int i = 0; i < COUNT_OF(codes); i++)
		CHECK_INT(totp_code(RFC_KEY, i), codes[i]);
}

TEST(a_code_belongs_to_its_key_and_step)
{
	CHECK(totp_code(S("12345678901234567891"), 1) != totp_code(RFC_KEY, 1));
	int64_t same = 0;
	for (int64_t step = 1; step <= 1000; step++)
		same +=
		    totp_code(RFC_KEY, step) == totp_code(RFC_KEY, step - 1);
	CHECK_INT(same, 0);
}

static int64_t
match(int64_t seconds, const char *typed)
{
	return totp_match(RFC_KEY, seconds * SECOND_US, str_c(typed));
}

/* The step of 1111111111 begins at 1111111110 and ends before 1111111140. */
TEST(a_code_is_taken_one_step_early_or_late)
{
	int64_t begins = 1111111110, step = begins / TOTP_STEP_SECONDS;
	CHECK_INT(match(begins - 31, "050471"), -1);
	CHECK_INT(match(begins - 30, "050471"), step);
	CHECK_INT(match(begins, "050471"), step);
	CHECK_INT(match(begins + 29, "050471"), step);
	CHECK_INT(match(begins + 59, "050471"), step);
	CHECK_INT(match(begins + 60, "050471"), -1);
}

/* What a caller needs to refuse a code that was used: whenever it is typed, it
 * is the same step, and the next code is a later one. */
TEST(a_code_typed_again_is_no_newer)
{
	int64_t begins = 1111111110, step = begins / TOTP_STEP_SECONDS;
	int64_t used = match(begins - 30, "050471");
	for (int64_t s = begins - 30; s < begins + 60; s++)
		CHECK(match(s, "050471") <= used);
	struct str next = str_fmt(arena, "%06d", totp_code(RFC_KEY, step + 1));
	CHECK(match(begins + 30, str_cstr(arena, next)) > used);
}

TEST(spaces_in_a_code_are_forgiven)
{
	CHECK(match(1111111111, " 050 471 ") > 0);
	CHECK(match(1111111111, "0 5 0 4 7 1") > 0);
}

TEST(what_is_no_code_is_refused)
{
	static const char *const bad[] = {"", "050472", "50471", "0504711",
	    "05047a", "-50471", "+50471", "050471\n", "０５０４７１", "      "};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK_INT(match(1111111111, bad[i]), -1);
}
