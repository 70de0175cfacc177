/* SPDX-License-Identifier: MPL-2.0 */

/* doc/settings.md is what src/settings.def says. */
#include "base/settings.h"
#include "tests/tools/run.h"

TEST(every_setting_is_in_the_manual)
{
	struct str page = test_file(arena, "doc/settings.md");
	CHECK(settings_count >= 19);
	for (ptrdiff_t i = 0; i < settings_count; i++) {
		CHECK_HAS(
		    page, str_cat(arena, S("| `"), settings_table[i].name));
		CHECK_HAS(page, settings_table[i].prose);
	}
}

TEST(a_manual_that_is_not_current_is_found)
{
	struct str dir = test_dir(arena);
	const char *path = path_in(arena, dir, "settings.md");
	struct run_result r = RUN(arena, "build/tools/docs", "--check", path);
	CHECK_INT(r.status, 1);
	CHECK_INT(RUN(arena, "build/tools/docs", path).status, 0);
	CHECK_INT(RUN(arena, "build/tools/docs", "--check", path).status, 0);
	struct str page = test_file(arena, path);
	write_in(arena, dir, "settings.md",
	    str_replace(arena, page, S("30"), S("31")));
	r = RUN(arena, "build/tools/docs", "--check", path);
	CHECK_HAS(r.out, S("settings.md:1: not current: make docs"));
	CHECK_INT(r.status, 1);
}
