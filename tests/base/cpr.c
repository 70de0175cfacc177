/* SPDX-License-Identifier: MPL-2.0 */
#include "base/cpr.h"

#include "tests/test.h"

TEST(cpr_is_found_however_it_is_written)
{
	CHECK_STR(cpr_find(S("0101701234")), S("0101701234"));
	CHECK_STR(cpr_find(S("Ring til 311299-4321 i dag.")), S("311299-4321"));
	CHECK_STR(cpr_find(S("(290200 1111)")), S("290200 1111"));
	CHECK_STR(cpr_find(S("010203–4567")), S("010203–4567"));
	CHECK_STR(cpr_find(S("12 34 5 010203-4567")), S("010203-4567"));
}

TEST(cpr_is_not_seen_in_other_numbers)
{
	static const char *const others[] = {"", "12345678", "+45 12 34 56 78",
	    "320170-1234", "011370-1234", "000170-1234", "010170-123",
	    "10101701234", "01017012345", "2026-11-24 1234", "010170--1234",
	    "5.010.170.123", "010170"};
	for (ptrdiff_t i = 0; i < COUNT_OF(others); i++)
		CHECK_STR(cpr_find(str_c(others[i])), S(""));
}
