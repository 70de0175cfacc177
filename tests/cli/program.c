/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/cli/program.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

enum { ARGS = 24, OUTPUT_BYTES = 1024 * 1024 };

static struct str
read_all(struct arena *a, int fd)
{
	struct buf b = buf_new(a, OUTPUT_BYTES);
	char part[4096];
	ssize_t n;
	while ((n = read(fd, part, sizeof part)) > 0)
		buf_add(&b, (struct str){part, n});
	close(fd);
	return buf_str(&b);
}

/* In the child: becomes the program, which ends when the test does. */
static void
become(const char *const *args, int out, int err)
{
	const char *binary = getenv("SAMSKAB_BINARY");
	const char *argv[ARGS] = {"samskab"};
	for (int i = 0; args[i] != NULL && i < ARGS - 2; i++)
		argv[i + 1] = args[i];
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(out, 1);
	if (err >= 0)
		dup2(err, 2);
	execv(binary != NULL ? binary : "build/samskab",
	    (char *const *)(uintptr_t)argv);
	_exit(127);
}

struct program_result
program_run(struct arena *a, const char *const *args)
{
	int out[2], err[2], status;
	CHECK(pipe(out) == 0 && pipe(err) == 0);
	pid_t pid = fork();
	if (pid == 0)
		become(args, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	CHECK(waitpid(pid, &status, 0) == pid);
	return (struct program_result){
	    WEXITSTATUS(status), read_all(a, out[0]), read_all(a, err[0])};
}

const char *
program_data(struct arena *a)
{
	struct str dir = test_dir(a);
	chmod(str_cstr(a, dir), 0755);
	return str_cstr(a, str_cat(a, dir, S("/data")));
}

/* ---- a server ---- */

static void
kill_server(void *arg)
{
	const pid_t *pid = arg;
	if (*pid > 0) {
		kill(*pid, SIGKILL);
		waitpid(*pid, NULL, 0);
	}
}

/* "http://127.0.0.1:PORT\n" */
static int
read_port(int fd)
{
	char line[64];
	ptrdiff_t n = 0;
	while (n < (ptrdiff_t)sizeof line && read(fd, line + n, 1) == 1 &&
	    line[n] != '\n')
		n++;
	struct str rest = {line, n};
	(void)str_cut(&rest, ':');
	(void)str_cut(&rest, ':');
	int64_t port = 0;
	CHECK(str_int(rest, &port));
	return (int)port;
}

void
program_serve(struct program_server *s, struct arena *a, const char *data,
    const char *const *options)
{
	const char *args[ARGS] = {"serve", "--data", data, "--listen",
	    "127.0.0.1:0", "--log-level", "error"};
	int out[2];
	for (int i = 0; options != NULL && options[i] != NULL; i++)
		args[7 + i] = options[i];
	CHECK(pipe(out) == 0);
	s->pid = arena_new(a, pid_t, 1); /* outlives a test that fails */
	*s->pid = fork();
	if (*s->pid == 0)
		become(args, out[1], -1);
	close(out[1]);
	arena_defer(a, kill_server, s->pid);
	s->port = read_port(out[0]);
	close(out[0]);
}

int
program_stop(struct program_server *s)
{
	int status = 0;
	kill(*s->pid, SIGTERM);
	CHECK(waitpid(*s->pid, &status, 0) == *s->pid);
	*s->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct str
program_ask(struct arena *a, const struct program_server *s, struct str request)
{
	struct sockaddr_in there = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)s->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(connect(fd, (struct sockaddr *)&there, sizeof there) == 0);
	CHECK_INT(
	    send(fd, request.p, (size_t)request.n, MSG_NOSIGNAL), request.n);
	return read_all(a, fd);
}
