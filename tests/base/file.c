/* SPDX-License-Identifier: MPL-2.0 */
#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/test.h"

TEST(file_is_written_whole_and_read_back)
{
	struct str dir = test_dir(arena), got;
	struct str path = str_cat(arena, dir, S("/x"));
	char *large = arena_new(arena, char, 300000);
	for (int i = 0; i < 300000; i++)
		large[i] = (char)('a' + i % 26);
	struct str bytes = {large, 300000};
	CHECK_OK(file_write(arena, path, bytes));
	CHECK_OK(file_read(arena, path, 300000, &got));
	CHECK(str_eq(got, bytes));
	CHECK_INT(file_read(arena, path, 299999, &got), ERR_TOO_LARGE);
	CHECK_OK(file_write(arena, path, S("")));
	CHECK_OK(file_read(arena, path, 10, &got));
	CHECK_INT(got.n, 0);
}

TEST(file_faults_are_told_apart)
{
	struct str dir = test_dir(arena), got;
	struct str path = str_cat(arena, dir, S("/no/x"));
	CHECK_INT(file_read(arena, path, 10, &got), ERR_NOT_FOUND);
	CHECK_INT(file_write(arena, path, S("x")), ERR_NOT_FOUND);
	CHECK_INT(file_read(arena, dir, 10, &got), ERR_INVALID);
	CHECK_INT(file_read(arena, S("a\0b"), 10, &got), ERR_INVALID);
	CHECK_INT(file_read(arena, S(""), 10, &got), ERR_INVALID);
}
