/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "tests/jobs/evil.h"
#include "tests/test.h"

enum { MIB = 1024 * 1024 };

static const struct helper_limits LIMITS = {
    .cpu_seconds = 5, .wall_ms = 10000, .memory = 64 * MIB, .output = 1 * MIB};

static struct helper *
start(struct arena *a)
{
	struct helper *h = NULL;
	CHECK_OK(helper_start(a, evil_kinds, COUNT_OF(evil_kinds), &h));
	return h;
}

static enum err
call(struct helper *h, struct arena *a, const struct helper_kind *kind,
    const char *input, struct str *out)
{
	struct helper_call c = {
	    .kind = kind, .input = str_c(input), .limits = LIMITS};
	return helper_run(h, a, &c, out);
}

TEST(helper_gives_the_output_of_a_child)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_OK(call(h, arena, &good_kind, "rødgrød", &out));
	CHECK_STR(out, S("ready:RøDGRøD"));
	CHECK_OK(call(h, arena, &good_kind, "", &out));
	CHECK_STR(out, S("ready:"));
}

TEST(helper_hands_back_what_the_kind_says)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_INT(call(h, arena, &evil_kind, "refuse", &out), ERR_INVALID);
	CHECK_INT(out.n, 0);
}

TEST(helper_of_none_runs_in_this_process)
{
	struct str out;
	CHECK_OK(call(NULL, arena, &good_kind, "abc", &out));
	CHECK_STR(out, S("unpreparedABC"));
}

/* The control of the next test: here, without walls, the same deeds work.
 * (exec, ptrace and dumpable would take this program itself.) */
TEST(evil_deeds_work_outside_the_sandbox)
{
	const char *const deeds[] = {"open", "write", "socket", "setuid",
	    "fork", "kill", "code", "fonts", "thread", "memory"};
	for (ptrdiff_t i = 0; i < COUNT_OF(deeds); i++) {
		if (str_eq(str_c(deeds[i]), S("fonts")) &&
		    access("/etc/fonts/fonts.conf", R_OK) != 0)
			continue;
		CHECK_STR(evil_try(arena, str_c(deeds[i])), S("done"));
	}
}

static void
check_blocked(struct arena *a, struct helper *h, const struct helper_kind *kind)
{
	for (ptrdiff_t i = 0; evil_deeds[i] != NULL; i++) {
		struct str out;
		CHECK_OK(call(h, a, kind, evil_deeds[i], &out));
		if (!str_starts(out, S("blocked: ")))
			print_error("%s: %.*s\n", evil_deeds[i], STR_ARG(out));
		CHECK(str_starts(out, S("blocked: ")));
	}
}

TEST(helper_child_can_do_no_evil)
{
	struct str out;
	struct helper *h = start(arena);
	check_blocked(arena, h, &evil_kind);
	CHECK_OK(call(h, arena, &evil_kind, "thread", &out));
	CHECK(str_starts(out, S("blocked: ")));
	CHECK_OK(call(h, arena, &evil_kind, "fonts", &out));
	CHECK_STR(out, S("blocked: 1"));
}

TEST(helper_child_that_reads_fonts_reads_no_more)
{
	struct str out;
	struct helper *h = start(arena);
	check_blocked(arena, h, &evil_reader_kind);
	CHECK_OK(call(h, arena, &evil_reader_kind, "thread", &out));
	CHECK_STR(out, S("done"));
	if (access("/etc/fonts/fonts.conf", R_OK) != 0)
		test_skip("no fontconfig here");
	CHECK_OK(call(h, arena, &evil_reader_kind, "fonts", &out));
	CHECK_STR(out, S("done"));
}

TEST(helper_child_gets_no_more_memory_than_allowed)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_OK(call(h, arena, &evil_kind, "memory", &out));
	CHECK(str_starts(out, S("blocked: ")));
	CHECK_INT(call(h, arena, &evil_kind, "arena", &out), ERR_INTERNAL);
}

TEST(helper_child_writes_no_more_than_allowed)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_INT(call(h, arena, &evil_kind, "flood", &out), ERR_TOO_LARGE);
	struct helper_call wider = {
	    .kind = &evil_kind, .input = S("flood"), .limits = LIMITS};
	wider.limits.output = 8 * MIB;
	CHECK_OK(helper_run(h, arena, &wider, &out));
	CHECK_INT(out.n, 8 * MIB);
}

TEST(helper_child_that_crashes_is_an_error_and_no_more)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_INT(call(h, arena, &evil_kind, "crash", &out), ERR_INTERNAL);
	CHECK_INT(call(h, arena, &evil_kind, "exit", &out), ERR_INTERNAL);
	CHECK_OK(call(h, arena, &good_kind, "x", &out));
	CHECK_STR(out, S("ready:X"));
}

static void
check_ends(struct arena *a, const char *deed, struct helper_limits limits)
{
	struct str out;
	struct helper *h = start(a);
	struct helper_call c = {
	    .kind = &evil_kind, .input = str_c(deed), .limits = limits};
	int64_t from_us = clock_mono_us();
	CHECK_INT(helper_run(h, a, &c, &out), ERR_UNAVAIL);
	CHECK_MAX(clock_mono_us() - from_us, 4 * SECOND_US);
}

TEST(helper_child_ends_at_its_deadline)
{
	struct helper_limits limits = LIMITS;
	limits.wall_ms = 300;
	check_ends(arena, "sleep", limits);
	check_ends(arena, "loop", limits);
}

TEST(helper_child_ends_when_its_cpu_time_is_used_up)
{
	struct helper_limits limits = LIMITS;
	limits.cpu_seconds = 1;
	check_ends(arena, "loop", limits);
}

/* ---- several at once ---- */

struct caller {
	struct helper *h;
	int number;
	enum err e;
	char got[64];
};

static void *
call_often(void *arg)
{
	struct caller *c = arg;
	struct arena *a = arena_open(4 * MIB);
	for (int i = 0; i < 20 && c->e == ERR_OK; i++) {
		struct str out, text = str_fmt(a, "n%d-%d", c->number, i);
		struct str want = str_fmt(a, "ready:N%d-%d", c->number, i);
		c->e = call(c->h, a, &good_kind, str_cstr(a, text), &out);
		if (c->e == ERR_OK && !str_eq(out, want))
			c->e = ERR_CONFLICT;
	}
	arena_close(a);
	return NULL;
}

TEST(helper_calls_of_many_threads_do_not_mix)
{
	enum { THREADS = 12 };
	pthread_t thread[THREADS];
	struct caller caller[THREADS];
	struct helper *h = start(arena);
	for (int i = 0; i < THREADS; i++) {
		caller[i] = (struct caller){.h = h, .number = i};
		CHECK_INT(
		    pthread_create(&thread[i], NULL, call_often, &caller[i]),
		    0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < THREADS; i++)
		CHECK_OK(caller[i].e);
}

/* ---- what the kernel says of a child, and who outlives whom ---- */

struct background {
	struct helper *h;
	struct helper_limits limits;
	enum err e;
};

static void *
sleep_in_child(void *arg)
{
	struct background *b = arg;
	struct arena *a = arena_open(4 * MIB);
	struct str out;
	struct helper_call c = {
	    .kind = &evil_kind, .input = S("sleep"), .limits = b->limits};
	b->e = helper_run(b->h, a, &c, &out);
	arena_close(a);
	return NULL;
}

/* The only child of a process, waited for; 0: none came. */
static pid_t
child_of(struct arena *a, pid_t parent)
{
	char path[64];
	int pid = 0;
	(void)a;
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)parent,
	    (int)parent);
	for (int i = 0; i < 200 && pid == 0; i++) {
		FILE *f = fopen(path, "re");
		if (f == NULL)
			return 0;
		if (fscanf(f, "%d", &pid) != 1)
			pid = 0;
		fclose(f);
		poll(NULL, 0, 10);
	}
	return (pid_t)pid;
}

static struct str
status_of(struct arena *a, pid_t pid)
{
	static char text[8192];
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
	if (fd >= 0)
		close(fd);
	return n <= 0 ? S("") : str_dup(a, (struct str){text, n});
}

static bool
is_gone(pid_t pid)
{
	for (int i = 0; i < 300; i++) {
		if (kill(pid, 0) != 0 && errno == ESRCH)
			return true;
		poll(NULL, 0, 10);
	}
	return false;
}

TEST(helper_child_is_sealed_by_the_kernels_own_account)
{
	pthread_t thread;
	struct background b = {.h = start(arena), .limits = LIMITS};
	b.limits.wall_ms = 1500;
	CHECK_INT(pthread_create(&thread, NULL, sleep_in_child, &b), 0);
	pid_t child = child_of(arena, helper_pid(b.h));
	poll(NULL, 0, 200);
	struct str status = status_of(arena, child);
	pthread_join(thread, NULL);
	CHECK_HAS(status, S("NoNewPrivs:\t1"));
	CHECK_HAS(status, S("Seccomp:\t2"));
	CHECK_INT(b.e, ERR_UNAVAIL);
	CHECK(is_gone(child));
	/* the control: this process is not sealed */
	CHECK_HAS(status_of(arena, getpid()), S("Seccomp:\t0"));
}

TEST(helper_killed_means_unavailable_at_once)
{
	struct str out;
	pthread_t thread;
	struct background b = {.h = start(arena), .limits = LIMITS};
	CHECK_INT(pthread_create(&thread, NULL, sleep_in_child, &b), 0);
	pid_t child = child_of(arena, helper_pid(b.h));
	CHECK(child > 0);
	poll(NULL, 0, 100);
	int64_t from_us = clock_mono_us();
	CHECK_INT(kill(helper_pid(b.h), SIGKILL), 0);
	pthread_join(thread, NULL);
	CHECK_INT(b.e, ERR_UNAVAIL);
	CHECK_INT(call(b.h, arena, &good_kind, "x", &out), ERR_UNAVAIL);
	CHECK_MAX(clock_mono_us() - from_us, 2 * SECOND_US);
	CHECK(is_gone(child));
}

TEST(helper_dies_with_the_process_that_started_it)
{
	int ends[2];
	pid_t pids[2] = {0, 0};
	CHECK_INT(pipe(ends), 0);
	pid_t serve = fork();
	if (serve == 0) {
		struct arena *a = arena_open(16 * MIB);
		struct background b = {.limits = LIMITS};
		pthread_t thread;
		alarm(30); /* also when the test fails before its end */
		if (helper_start(a, evil_kinds, COUNT_OF(evil_kinds), &b.h) !=
			ERR_OK ||
		    pthread_create(&thread, NULL, sleep_in_child, &b) != 0)
			_exit(1);
		pids[0] = helper_pid(b.h);
		pids[1] = child_of(a, pids[0]);
		if (write(ends[1], pids, sizeof pids) != sizeof pids)
			_exit(1);
		for (;;)
			pause();
	}
	CHECK_INT(read(ends[0], pids, sizeof pids), (int)sizeof pids);
	CHECK(pids[0] > 0 && pids[1] > 0);
	CHECK_INT(kill(serve, SIGKILL), 0);
	waitpid(serve, NULL, 0);
	CHECK(is_gone(pids[0]));
	CHECK(is_gone(pids[1]));
	close(ends[0]);
	close(ends[1]);
}

TEST(helper_stops_when_told)
{
	struct str out;
	struct helper *h = start(arena);
	pid_t pid = helper_pid(h);
	CHECK_OK(call(h, arena, &good_kind, "x", &out));
	int64_t from_us = clock_mono_us();
	helper_stop(h);
	CHECK_MAX(clock_mono_us() - from_us, SECOND_US);
	CHECK(is_gone(pid));
	CHECK_INT(call(h, arena, &good_kind, "x", &out), ERR_UNAVAIL);
}

/* ^C in a terminal and a service manager's SIGTERM reach the helper too; it
 * must go on until serve has finished. */
TEST(helper_outlives_signals_meant_for_serve)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_OK(call(h, arena, &good_kind, "x", &out));
	CHECK_INT(kill(helper_pid(h), SIGTERM), 0);
	CHECK_INT(kill(helper_pid(h), SIGINT), 0);
	CHECK_INT(kill(helper_pid(h), SIGHUP), 0);
	poll(NULL, 0, 50);
	CHECK_OK(call(h, arena, &good_kind, "y", &out));
	CHECK_STR(out, S("ready:Y"));
}

/* ---- programs ---- */

/* The places of `ways` in tests/jobs/evil.c. */
enum { COPY, READ_OTHER, WRITE_OTHER, WRITE_INPUT, BECOME_OTHER, SLEEP };

static enum err
program(struct helper *h, struct arena *a, int way, struct str *out)
{
	char bytes[64];
	struct str path = STR_JOIN(a, test_dir(a), S("/in"));
	CHECK_OK(file_write(a, path, S("input")));
	struct helper_program p = {.kind = &evil_program_kind,
	    .way = way,
	    .in_fd = open(str_cstr(a, path), O_RDONLY | O_CLOEXEC),
	    .out_fd = open(
		str_cstr(a, test_dir(a)), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600),
	    .limits = LIMITS};
	p.limits.memory = 512 * MIB;
	p.limits.wall_ms = 1500;
	CHECK(p.in_fd >= 0 && p.out_fd >= 0);
	enum err e = helper_program(h, &p);
	ssize_t n = pread(p.out_fd, bytes, sizeof bytes, 0);
	*out = str_dup(a, (struct str){bytes, n > 0 ? n : 0});
	close(p.in_fd);
	close(p.out_fd);
	return e;
}

TEST(helper_program_reads_its_input_and_writes_its_output)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_OK(program(h, arena, COPY, &out));
	CHECK_STR(out, S("input"));
	CHECK_INT(program(NULL, arena, COPY, &out), ERR_UNAVAIL);
}

/* The twin is the test above: the same program, two other names. */
TEST(helper_program_reaches_nothing_else)
{
	struct str out;
	struct helper *h = start(arena);
	for (int way = READ_OTHER; way <= BECOME_OTHER; way++) {
		CHECK_INT(program(h, arena, way, &out), ERR_INVALID);
		CHECK_STR(out, S(""));
	}
	CHECK_INT(access("/tmp/samskab-evil", F_OK), -1);
}

TEST(helper_program_ends_at_its_deadline)
{
	struct str out;
	struct helper *h = start(arena);
	CHECK_INT(program(h, arena, SLEEP, &out), ERR_TOO_LARGE);
}
