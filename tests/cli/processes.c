/* SPDX-License-Identifier: MPL-2.0 */

/* The processes of a server: who they are, what they hold, how they end
 * (doc/processes.md). */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/cli/program.h"

static const char *
installation(struct arena *arena)
{
	const char *data = program_data(arena);
	CHECK_INT(RUN("init", "--data", data, "--name", "Fjordby", "--admin",
		      "ida@fjordby.example", "--log-level", "error")
		      .status,
	    0);
	return data;
}

static struct str
proc(struct arena *a, pid_t pid, const char *what)
{
	char path[100];
	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, what);
	FILE *f = fopen(path, "re");
	CHECK(f != NULL);
	char *p = arena_new(a, char, 64 * 1024);
	size_t n = fread(p, 1, 64 * 1024, f);
	fclose(f);
	return (struct str){p, (ptrdiff_t)n};
}

/* The only child of a server. */
static pid_t
helper_of(struct arena *a, const struct program_server *s)
{
	char path[100];
	int64_t pid = 0;
	snprintf(path, sizeof path, "task/%d/children", (int)*s->pid);
	struct str list = str_trim(proc(a, *s->pid, path));
	CHECK(str_int(list, &pid)); /* a number alone */
	return (pid_t)pid;
}

static bool
is_gone(pid_t pid)
{
	for (int i = 0; i < 300 && kill(pid, 0) == 0; i++)
		usleep(10 * 1000);
	return kill(pid, 0) != 0 && errno == ESRCH;
}

static void
check_sealed(struct arena *a, pid_t pid)
{
	struct str status = proc(a, pid, "status");
	CHECK_HAS(status, S("\nNoNewPrivs:\t1\n"));
	CHECK_HAS(status, S("\nCapEff:\t0000000000000000\n"));
	CHECK_HAS(status, S("\nCapPrm:\t0000000000000000\n"));
	CHECK_LACKS(status, S("\nUid:\t0\t"));
	CHECK_LACKS(status, S("\nGid:\t0\t"));
	CHECK_HAS(status, S("\nGroups:\t \n"));
}

/* Started as root the server is somebody else, and so is its helper. */
TEST(processes_are_not_root)
{
	struct program_server server;
	if (geteuid() != 0)
		test_skip("not root");
	CHECK_HAS(proc(arena, getpid(), "status"), S("\nUid:\t0\t"));
	program_serve(&server, arena, installation(arena), NULL);
	check_sealed(arena, *server.pid);
	CHECK_HAS(proc(arena, *server.pid, "status"), S("\nSeccomp:\t2\n"));
	check_sealed(arena, helper_of(arena, &server));
	CHECK_INT(program_stop(&server), 0);
}

/* What the descriptors of a process lead to, one a line. */
static struct str
descriptors(struct arena *a, pid_t pid)
{
	struct buf b = buf_new(a, 64 * 1024);
	char path[100], to[4096];
	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	DIR *d = opendir(path);
	CHECK(d != NULL);
	for (struct dirent *at; (at = readdir(d)) != NULL;) {
		ssize_t n = readlinkat(dirfd(d), at->d_name, to, sizeof to);
		if (n > 0)
			buf_fmt(&b, "%.*s\n", (int)n, to);
	}
	closedir(d);
	return buf_str(&b);
}

/* It was started before there was anything to hold. */
TEST(processes_helper_holds_no_file_of_the_installation)
{
	struct program_server server;
	if (geteuid() != 0)
		test_skip("not root");
	const char *data = installation(arena);
	program_serve(&server, arena, data, NULL);
	struct str open = descriptors(arena, *server.pid);
	CHECK_HAS(open, S("/data/lock\n"));
	CHECK_HAS(open, S("/data/samskab.db\n"));
	CHECK_LACKS(descriptors(arena, helper_of(arena, &server)), str_c(data));
	CHECK_INT(program_stop(&server), 0);
}

TEST(processes_end_with_status_0_when_told)
{
	static const int signals[] = {SIGTERM, SIGINT};
	const char *data = installation(arena);
	for (ptrdiff_t i = 0; i < COUNT_OF(signals); i++) {
		struct program_server server;
		int status = -1;
		program_serve(&server, arena, data, NULL);
		pid_t helper = helper_of(arena, &server);
		kill(*server.pid, SIGHUP); /* says nothing */
		kill(helper, SIGTERM); /* as a terminal does, to all */
		CHECK_HAS(program_ask(arena, &server,
			      S("GET /healthz HTTP/1.1\r\nHost: x\r\n"
				"Connection: close\r\n\r\n")),
		    S("HTTP/1.1 200"));
		kill(*server.pid, signals[i]);
		CHECK_INT(waitpid(*server.pid, &status, 0), *server.pid);
		*server.pid = 0;
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
		CHECK(is_gone(helper));
	}
}

/* Killed, it takes its helper along; the next one takes its place, though the
 * socket of the dead one still lies there. */
TEST(processes_that_are_killed_leave_the_folder_free)
{
	struct program_server server, second;
	const char *data = installation(arena);
	program_serve(&server, arena, data, NULL);
	pid_t helper = helper_of(arena, &server);
	struct program_result r = RUN("serve", "--data", data, "--listen",
	    "127.0.0.1:0", "--log-level", "error");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.err, S("another samskab is already running"));
	kill(*server.pid, SIGKILL);
	CHECK_INT(waitpid(*server.pid, NULL, 0), *server.pid);
	*server.pid = 0;
	CHECK(is_gone(helper));
	struct str control = str_cat(arena, str_c(data), S("/control.sock"));
	CHECK_INT(access(str_cstr(arena, control), F_OK), 0);
	/* With nobody there the command does it itself. */
	CHECK_INT(RUN("link", "--data", data, "ida@fjordby.example").status, 0);
	program_serve(&second, arena, data, NULL);
	CHECK_INT(RUN("link", "--data", data, "ida@fjordby.example").status, 0);
	CHECK_INT(program_stop(&second), 0);
}

/* Without its helper a server answers; what needs one is not there. */
TEST(processes_without_a_helper_still_answer)
{
	struct program_server server;
	program_serve(&server, arena, installation(arena), NULL);
	pid_t helper = helper_of(arena, &server);
	CHECK_INT(kill(helper, SIGKILL), 0);
	CHECK_HAS(program_ask(arena, &server,
		      S("GET /readyz HTTP/1.1\r\nHost: x\r\n"
			"Connection: close\r\n\r\n")),
	    S("HTTP/1.1 200"));
	CHECK_INT(program_stop(&server), 0);
}
