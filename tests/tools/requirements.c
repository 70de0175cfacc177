/* SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "tests/tools/run.h"

/* In pieces, so that these count for no sentence. */
#define MARK    \
	"guide" \
	":S"

TEST(sentences_are_listed_with_the_tests_that_name_them)
{
	struct str dir = test_dir(arena);
	const char *c = write_in(arena, dir, "model/plan.c",
	    S("/* " MARK "10 and " MARK "1 */\nx\n// " MARK "10\n"));
	const char *js = write_in(
	    arena, dir, "journeys/a.test.mjs", S("test('" MARK "56 x')\n"));
	write_in(arena, dir, "none.c", S("guide: S2, guide:s3, guide:S\n"));
	struct run_result r =
	    RUN(arena, "build/tools/requirements", str_cstr(arena, dir));
	CHECK_INT(r.status, 0);
	CHECK_HAS(r.out, str_fmt(arena, "S1   %s:1\n", c));
	CHECK_HAS(r.out, S("S2   no test\nS3   no test\n"));
	CHECK_HAS(r.out, str_fmt(arena, "S10  %s:1,3\n", c));
	CHECK_HAS(r.out, str_fmt(arena, "S56  %s:1\n", js));
	CHECK_HAS(r.out, S("\n3 of 56 sentences have a test\n"));
}

TEST(a_sentence_that_the_guide_has_not_is_refused)
{
	static const char *const bad[] = {
	    "0", "57", "100", "99999999999999999"};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct str dir = test_dir(arena);
		write_in(arena, dir, "a.py",
		    str_fmt(arena, "\n# " MARK "%s\n", bad[i]));
		struct run_result r = RUN(
		    arena, "build/tools/requirements", str_cstr(arena, dir));
		CHECK_HAS(r.out, S("a.py:2: the guide has no sentence S"));
		CHECK_INT(r.status, 2);
	}
}
