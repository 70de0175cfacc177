/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/tools/run.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

enum { OUT_BYTES = 16 * 1024 * 1024 };

static void
be_program(const char *dir, const char *const *argv, int out)
{
	char *list[64] = {0};
	for (int i = 0; i < 63 && argv[i] != NULL; i++)
		list[i] = strdup(argv[i]);
	if (dup2(out, 1) < 0 || dup2(out, 2) < 0 ||
	    (dir != NULL && chdir(dir) != 0))
		_exit(127);
	execvp(list[0], list);
	_exit(127);
}

struct run_result
run_program_in(struct arena *a, const char *dir, const char *const *argv)
{
	struct run_result r = {.status = -1};
	int ends[2];
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	pid_t pid = fork();
	CHECK(pid >= 0);
	if (pid == 0)
		be_program(dir, argv, ends[1]);
	close(ends[1]);

	struct buf b = buf_new(a, OUT_BYTES);
	char part[4096];
	ssize_t n;
	while ((n = read(ends[0], part, sizeof part)) > 0)
		buf_add(&b, (struct str){part, n});
	close(ends[0]);

	int status = 0;
	CHECK(waitpid(pid, &status, 0) == pid);
	r.status =
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	r.out = buf_str(&b);
	return r;
}

struct run_result
run_program(struct arena *a, const char *const *argv)
{
	return run_program_in(a, NULL, argv);
}

const char *
path_in(struct arena *a, struct str dir, const char *name)
{
	return str_cstr(a, str_fmt(a, "%.*s/%s", STR_ARG(dir), name));
}

const char *
write_in(struct arena *a, struct str dir, const char *name, struct str text)
{
	const char *path = path_in(a, dir, name);
	char *copy = strdup(path);
	for (char *p = copy + dir.n + 1; *p != 0; p++) {
		if (*p != '/')
			continue;
		*p = 0;
		mkdir(copy, 0700);
		*p = '/';
	}
	free(copy);
	FILE *f = fopen(path, "wb");
	CHECK(f != NULL);
	CHECK_INT(fwrite(text.p, 1, (size_t)text.n, f), text.n);
	CHECK(fclose(f) == 0);
	return path;
}
