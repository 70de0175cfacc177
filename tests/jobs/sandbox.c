/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/jobs/evil.h"
#include "tests/test.h"

/* Runs fn in a process of its own, as it cannot be undone: 0 or the number of
 * the step that went wrong. */
static int
apart(int (*fn)(void *), void *arg)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		_exit(fn(arg));
	CHECK(pid > 0);
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool
is_blocked(struct arena *a, const char *deed)
{
	return str_eq(evil_try(a, str_c(deed)), S("blocked: 1"));
}

static bool
is_done(struct arena *a, const char *deed)
{
	return str_eq(evil_try(a, str_c(deed)), S("done"));
}

static int
serve_steps(void *arg)
{
	struct arena *a = arg;
	if (sandbox_serve() != ERR_OK)
		return 1;
	if (!is_blocked(a, "exec"))
		return 2;
#ifndef __SANITIZE_ADDRESS__
	if (!is_blocked(a, "fork"))
		return 3;
	if (!is_blocked(a, "ptrace"))
		return 4;
#endif
	if (!is_done(a, "thread"))
		return 5;
	if (!is_done(a, "open") || !is_done(a, "socket"))
		return 6;
	return 0;
}

TEST(sandbox_serve_starts_no_program_but_threads)
{
	CHECK_INT(apart(serve_steps, arena), 0);
}

static int
exec_only(void *arg)
{
	evil_try(arg, S("exec")); /* becomes /bin/true */
	return 9;
}

TEST(without_the_sandbox_a_program_is_started)
{
	CHECK_INT(apart(exec_only, arena), 0);
}

/* ---- root ---- */

static int
drop_steps(void *arg)
{
	const char *dir = arg;
	if (drop_privileges(str_c(dir)) != ERR_OK)
		return 1;
	if (geteuid() == 0 || getuid() == 0 || getegid() == 0)
		return 2;
	if (setuid(0) == 0 || getgroups(0, NULL) != 0)
		return 3;
	if (open("/etc/shadow", O_RDONLY) >= 0)
		return 4;
	if (chdir(dir) != 0 || access("inside/file", R_OK | W_OK) != 0)
		return 5;
	int fd = open("new", O_WRONLY | O_CREAT | O_EXCL, 0600);
	return fd < 0 ? 6 : 0;
}

static void
make_file(struct arena *a, struct str dir, const char *name)
{
	const char *path = str_cstr(a, str_cat(a, dir, str_c(name)));
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	CHECK(fd >= 0);
	close(fd);
}

static struct str
filled_dir(struct arena *a)
{
	struct str dir = test_dir(a);
	CHECK_INT(mkdir(str_cstr(a, str_cat(a, dir, S("/inside"))), 0700), 0);
	make_file(a, dir, "/inside/file");
	return dir;
}

TEST(drop_privileges_gives_the_folder_to_the_user)
{
	struct stat st;
	if (geteuid() != 0)
		test_skip("not root");
	struct str dir = filled_dir(arena), outside = test_dir(arena);
	make_file(arena, outside, "/two_names");
	const char *other =
	    str_cstr(arena, str_cat(arena, outside, S("/two_names")));
	const char *same = str_cstr(arena, str_cat(arena, dir, S("/same")));
	const char *pointer =
	    str_cstr(arena, str_cat(arena, dir, S("/pointer")));
	CHECK_INT(link(other, same), 0);
	CHECK_INT(symlink("/etc/passwd", pointer), 0);
	CHECK_INT(
	    apart(drop_steps, (void *)(uintptr_t)str_cstr(arena, dir)), 0);
	/* what has a name outside stays root's */
	CHECK_INT(stat(other, &st), 0);
	CHECK_INT(st.st_uid, 0);
	CHECK_INT(stat("/etc/passwd", &st), 0);
	CHECK_INT(st.st_uid, 0);
}

TEST(drop_privileges_becomes_the_folders_owner)
{
	if (geteuid() != 0)
		test_skip("not root");
	struct str dir = filled_dir(arena);
	const char *p = str_cstr(arena, dir);
	const char *names[] = {"/inside", "/inside/file", ""};
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++)
		CHECK_INT(
		    chown(str_cstr(arena, str_cat(arena, dir, str_c(names[i]))),
			12345, 12345),
		    0);
	CHECK_INT(apart(drop_steps, (void *)(uintptr_t)p), 0);
}

static int
drop_refused(void *arg)
{
	return drop_privileges(str_c(arg)) == ERR_DENIED ? 0 : 1;
}

TEST(drop_privileges_refuses_a_folder_out_of_reach)
{
	if (geteuid() != 0)
		test_skip("not root");
	struct str dir = test_dir(arena);
	const char *locked = str_cstr(arena, str_cat(arena, dir, S("/locked")));
	const char *inner =
	    str_cstr(arena, str_cat(arena, dir, S("/locked/in")));
	CHECK_INT(mkdir(locked, 0700), 0);
	CHECK_INT(mkdir(inner, 0700), 0);
	CHECK_INT(chown(inner, 12345, 12345), 0);
	CHECK_INT(apart(drop_refused, (void *)(uintptr_t)inner), 0);
	CHECK_INT(apart(drop_refused, (void *)(uintptr_t) "/nonexistent"), 0);
}
