/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/jobs/evil.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static const char *prepared = "unprepared";

/* ---- deeds: 0 or an errno ---- */

static int
told(long result)
{
	return result < 0 ? errno : 0;
}

static int
do_exec(void)
{
	char *argv[] = {(char[]){"true"}, NULL}, *env[] = {NULL};
	return told(execve("/bin/true", argv, env));
}

static int
do_open(void)
{
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	int e = told(fd);
	if (fd >= 0)
		close(fd);
	return e;
}

static int
do_write(void)
{
	int fd = open("/tmp/samskab-evil", O_WRONLY | O_CREAT, 0600);
	int e = told(fd);
	if (fd >= 0) {
		close(fd);
		unlink("/tmp/samskab-evil");
	}
	return e;
}

static int
do_fonts(void)
{
	int fd = open("/etc/fonts/fonts.conf", O_RDONLY | O_CLOEXEC);
	int e = told(fd);
	if (fd >= 0)
		close(fd);
	return e;
}

static int
do_socket(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int e = told(fd);
	if (fd >= 0)
		close(fd);
	return e;
}

static int
do_ptrace(void)
{
	return told(ptrace(PTRACE_TRACEME, 0, 0, 0));
}

static int
do_setuid(void)
{
	return told(setuid(getuid()));
}

static int
do_fork(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return told(pid);
}

static int
do_kill(void)
{
	return told(kill(getppid(), 0));
}

static int
do_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return errno;
	munmap(p, 4096);
	return 0;
}

static int
do_unlimit(void)
{
	struct rlimit r = {64, 64};
	return told(setrlimit(RLIMIT_NOFILE, &r));
}

static int
do_input(void)
{
	struct stat st;
	if (fstat(3, &st) != 0)
		return errno;
	return told(pwrite(3, "x", 1, 0));
}

static int
do_dumpable(void)
{
	return told(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

static int
do_tmpfile(void)
{
	int fd = open("/tmp", O_TMPFILE | O_WRONLY, 0600);
	int e = told(fd);
	if (fd >= 0)
		close(fd);
	return e;
}

static void *
idle(void *arg)
{
	return arg;
}

static int
do_thread(void)
{
	pthread_t t;
	int e = pthread_create(&t, NULL, idle, NULL);
	if (e == 0)
		pthread_join(t, NULL);
	return e;
}

/* ---- deeds that a limit ends ---- */

static int
do_memory(void)
{
	size_t n = (size_t)10 * 1024 * 1024 * 1024;
	char *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		return errno;
	munmap(p, n);
	return 0;
}

static int
do_loop(void)
{
	for (volatile long i = 0;; i++)
		continue;
	return 0;
}

static int
do_sleep(void)
{
	for (;;)
		poll(NULL, 0, 1000);
	return 0;
}

static int
do_crash(void)
{
	signal(SIGSEGV, SIG_DFL);
	signal(SIGABRT, SIG_DFL);
	abort();
	return 0;
}

const char *const evil_deeds[] = {"exec", "open", "write", "tmpfile", "socket",
    "ptrace", "setuid", "fork", "kill", "code", "unlimit", "input", "dumpable",
    NULL};

static const struct {
	const char *name;
	int (*act)(void);
} DEEDS[] = {
    {"exec", do_exec},
    {"open", do_open},
    {"write", do_write},
    {"tmpfile", do_tmpfile},
    {"socket", do_socket},
    {"ptrace", do_ptrace},
    {"setuid", do_setuid},
    {"fork", do_fork},
    {"kill", do_kill},
    {"code", do_code},
    {"unlimit", do_unlimit},
    {"input", do_input},
    {"dumpable", do_dumpable},
    {"fonts", do_fonts},
    {"thread", do_thread},
    {"memory", do_memory},
    {"loop", do_loop},
    {"sleep", do_sleep},
    {"crash", do_crash},
};

struct str
evil_try(struct arena *a, struct str deed)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(DEEDS); i++) {
		if (!str_eq(deed, str_c(DEEDS[i].name)))
			continue;
		int e = DEEDS[i].act();
		return e == 0 ? S("done") : str_fmt(a, "blocked: %d", e);
	}
	return S("unknown deed");
}

static enum err
run_evil(struct arena *a, struct str input, struct str *output)
{
	if (str_eq(input, S("flood"))) {
		ptrdiff_t n = 8 * 1024 * 1024;
		*output = (struct str){arena_new(a, char, n), n};
		return ERR_OK;
	}
	if (str_eq(input, S("arena"))) {
		for (;;)
			memset(arena_new(a, char, 1 << 20), 1, 1 << 20);
	}
	if (str_eq(input, S("refuse")))
		return ERR_INVALID;
	if (str_eq(input, S("exit")))
		_exit(7);
	*output = evil_try(a, input);
	return ERR_OK;
}

static enum err
run_good(struct arena *a, struct str input, struct str *output)
{
	char *p = arena_new(a, char, input.n);
	for (ptrdiff_t i = 0; i < input.n; i++) {
		char c = input.p[i];
		p[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	*output = str_cat(a, str_c(prepared), (struct str){p, input.n});
	return ERR_OK;
}

static enum err
prepare_good(struct arena *a)
{
	prepared = str_cstr(a, S("ready:"));
	return ERR_OK;
}

const struct helper_kind evil_kind = {.name = "evil", .run = run_evil};
const struct helper_kind evil_reader_kind = {.name = "evil_reader",
    .run = run_evil,
    .reads = HELPER_FONTS,
    .threads = true};
const struct helper_kind good_kind = {
    .name = "good", .run = run_good, .prepare = prepare_good};

#define AWK "/usr/bin/mawk"
#define OTHER "/tmp/samskab-evil"

static const char *const way_copy[] = {
    AWK, "{ printf \"%s\", $0 > \"" HELPER_OUT "\" }", HELPER_IN, NULL};
static const char *const way_read[] = {
    AWK, "{ printf \"%s\", $0 > \"" HELPER_OUT "\" }", "/etc/passwd", NULL};
static const char *const way_write[] = {
    AWK, "{ print > \"" OTHER "\" }", HELPER_IN, NULL};
static const char *const way_write_in[] = {
    AWK, "{ print > \"" HELPER_IN "\" }", HELPER_IN, NULL};
static const char *const way_become[] = {"/usr/bin/env", "/usr/bin/true", NULL};
static const char *const way_sleep[] = {"/usr/bin/sleep", "60", NULL};
static const char *const *const evil_ways[] = {
    way_copy, way_read, way_write, way_write_in, way_become, way_sleep};
static const char *const libraries[] = {
    "/lib", "/lib64", "/usr/lib", "/etc/ld.so.cache", NULL};

const struct helper_kind evil_program_kind = {.name = "evil_program",
    .ways = evil_ways,
    .n_ways = COUNT_OF(evil_ways),
    .reads = libraries};

const struct helper_kind *const evil_kinds[4] = {
    &evil_kind, &evil_reader_kind, &good_kind, &evil_program_kind};
