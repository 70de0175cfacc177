/* SPDX-License-Identifier: MPL-2.0 */
#include "base/nameless.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/test.h"

static void
check_nameless(int fd)
{
	struct stat about;
	char back[4] = {0};
	CHECK(fd >= 0);
	CHECK_INT(fstat(fd, &about), 0);
	CHECK_INT(about.st_nlink, 0);
	CHECK_INT(pwrite(fd, "abc", 3, 0), 3);
	CHECK_INT(pread(fd, back, sizeof back, 0), 3);
	CHECK_STR(str_c(back), S("abc"));
	CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	CHECK_INT(close(fd), 0);
}

TEST(nameless_file_is_in_no_folder)
{
	check_nameless(nameless_open(arena, S("/tmp")));
}

/* Where there is no such folder, or a name that is none, it is memory. */
TEST(nameless_file_is_memory_where_it_must)
{
	check_nameless(nameless_open(arena, S("/nowhere/at/all")));
	check_nameless(nameless_open(arena, (struct str){"a\0b", 3}));
}
