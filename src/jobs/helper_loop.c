/* SPDX-License-Identifier: MPL-2.0 */

/* The helper's side: it starts children and tells how they ended. */
#include "jobs/helper_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "jobs/sandbox.h"

enum { PREPARED_BYTES = 64 * 1024 * 1024 };

struct child {
	pid_t pid; /* 0: a free place */
	int answer_fd;
	int64_t until_us; /* clock_mono_us() */
	bool late;
};

struct loop {
	int socket_fd, signal_fd;
	const struct helper_kind *const *kinds;
	ptrdiff_t n_kinds;
	struct child child[CALLS_AT_ONCE];
};

/* ---- the child ---- */

struct child_work {
	const struct helper_kind *kind;
	struct arena *arena;
	struct str input, output;
	enum err e;
};

static void
run_kind(void *arg)
{
	struct child_work *w = arg;
	w->e = w->kind->run(w->arena, w->input, &w->output);
}

static int
write_output(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, (size_t)s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return CODE_OUTPUT;
		s = str_sub(s, n, s.n);
	}
	return CODE_ERR + ERR_OK;
}

/* Others wait for an answer while this one works on. */
enum { NICE = 10 };

NORETURN static void
become_program(const char *const *way)
{
	char *env[] = {NULL};
	execve(way[0], (char *const *)(uintptr_t)way, env);
	_exit(CODE_PROGRAM);
}

void
helper_child(const struct helper_kind *kind, const struct wire_call *call,
    int in_fd, int out_fd)
{
	const struct helper_limits *limits = &call->limits;
	const char *const *way =
	    kind->n_ways > 0 ? kind->ways[call->way] : NULL;
	struct sandbox_child box = {
	    .in_fd = in_fd,
	    .out_fd = out_fd,
	    .reads = kind->reads,
	    .program = way != NULL ? way[0] : NULL,
	    .threads = kind->threads,
	    .cpu_seconds = limits->cpu_seconds,
	    .memory = limits->memory,
	    .output = limits->output,
	};
	if (way != NULL && nice(NICE) < 0)
		_exit(CODE_SANDBOX);
	if (sandbox_child(&box) != ERR_OK)
		_exit(CODE_SANDBOX);
	if (way != NULL)
		become_program(way);
	struct child_work w = {
	    .kind = kind, .arena = arena_open((ptrdiff_t)limits->memory)};
	struct stat st;
	if (w.arena == NULL || fstat(3, &st) != 0)
		_exit(CODE_FULL);
	if (st.st_size > 0) {
		void *p = mmap(
		    NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, 3, 0);
		if (p == MAP_FAILED)
			_exit(CODE_FULL);
		w.input = (struct str){p, st.st_size};
	}
	if (!arena_guard(w.arena, run_kind, &w))
		_exit(CODE_FULL);
	if (w.e != ERR_OK)
		_exit(CODE_ERR + (int)w.e);
	_exit(write_output(4, w.output));
}

/* ---- the helper ---- */

static void
answer_call(int fd, enum wire_end end, int code)
{
	struct wire_answer answer = {(int32_t)end, code};
	/* A caller that gave up has closed its end; then nobody is told. */
	ssize_t n = write(fd, &answer, sizeof answer);
	(void)n;
	close(fd);
}

static struct child *
free_place(struct loop *loop)
{
	for (ptrdiff_t i = 0; i < CALLS_AT_ONCE; i++) {
		if (loop->child[i].pid == 0)
			return &loop->child[i];
	}
	return NULL;
}

/* A new session, so that it can be killed with all it may have made, and an
 * end with its parent. */
NORETURN static void
begin_child(const struct helper_kind *kind, const struct wire_call *call,
    pid_t parent, const int *fds)
{
	sigset_t none;
	sigemptyset(&none);
	setsid();
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
		_exit(CODE_SANDBOX);
	helper_child(kind, call, fds[0], fds[1]);
}

/* Whether the caller still waits. */
static bool
is_wanted(int answer_fd)
{
	struct pollfd p = {.fd = answer_fd};
	return poll(&p, 1, 0) == 0 || (p.revents & POLLERR) == 0;
}

static bool
is_call(const struct loop *loop, const struct wire_call *call)
{
	if (call->kind >= (uint32_t)loop->n_kinds)
		return false;
	ptrdiff_t ways = loop->kinds[call->kind]->n_ways;
	return ways == 0 || call->way < (uint32_t)ways;
}

static void
start_child(struct loop *loop, const struct wire_call *call, const int *fds)
{
	struct child *place = free_place(loop);
	if (!is_call(loop, call) || place == NULL) {
		answer_call(fds[2], END_UNBORN, EINVAL);
		return;
	}
	if (!is_wanted(fds[2])) {
		close(fds[2]);
		return;
	}
	pid_t self = getpid();
	pid_t pid = fork();
	if (pid == 0)
		begin_child(loop->kinds[call->kind], call, self, fds);
	if (pid < 0) {
		answer_call(fds[2], END_UNBORN, errno);
		return;
	}
	*place = (struct child){
	    .pid = pid,
	    .answer_fd = fds[2],
	    .until_us = clock_mono_us() + (int64_t)call->limits.wall_ms * 1000,
	};
}

/* False: serve closed its end. */
static bool
take_call(struct loop *loop)
{
	struct wire_call call;
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int) * CALL_FDS)];
	} control;
	struct iovec iov = {&call, sizeof call};
	struct msghdr msg = {
	    .msg_iov = &iov,
	    .msg_iovlen = 1,
	    .msg_control = control.bytes,
	    .msg_controllen = sizeof control.bytes,
	};
	ssize_t n = recvmsg(loop->socket_fd, &msg, MSG_CMSG_CLOEXEC);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	int fds[CALL_FDS];
	if (n != (ssize_t)sizeof call || c == NULL ||
	    c->cmsg_len != CMSG_LEN(sizeof fds))
		return false;
	memcpy(fds, CMSG_DATA(c), sizeof fds);
	start_child(loop, &call, fds);
	close(fds[0]);
	close(fds[1]);
	return true;
}

static void
reap(struct child *c)
{
	int status = 0;
	siginfo_t info = {0};
	/* Look first: while it is a zombie its number, and so its group's, is
	 * nobody else's. */
	if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) !=
		0 ||
	    info.si_pid != c->pid)
		return;
	kill(-c->pid, SIGKILL);
	waitpid(c->pid, &status, 0);
	if (c->late)
		answer_call(c->answer_fd, END_LATE, 0);
	else if (WIFEXITED(status))
		answer_call(c->answer_fd, END_EXITED, WEXITSTATUS(status));
	else
		answer_call(c->answer_fd, END_KILLED, WTERMSIG(status));
	*c = (struct child){0};
}

/* Nobody waits any more: its caller has closed the other end. */
static void
kill_unwanted(struct loop *loop)
{
	for (ptrdiff_t i = 0; i < CALLS_AT_ONCE; i++) {
		struct child *c = &loop->child[i];
		if (c->pid != 0 && !c->late && !is_wanted(c->answer_fd))
			c->until_us = 0; /* enforce() does the rest */
	}
}

/* Kills who is past its time; milliseconds to the next end, -1: none. */
static int
enforce(struct loop *loop)
{
	int64_t now_us = clock_mono_us(), next_us = INT64_MAX;
	for (ptrdiff_t i = 0; i < CALLS_AT_ONCE; i++) {
		struct child *c = &loop->child[i];
		if (c->pid == 0)
			continue;
		if (now_us >= c->until_us) {
			c->late = true;
			kill(-c->pid, SIGKILL);
			kill(c->pid, SIGKILL); /* before its setsid() */
			c->until_us = now_us + SECOND_US;
		}
		if (c->until_us < next_us)
			next_us = c->until_us;
	}
	if (next_us == INT64_MAX)
		return -1;
	return (int)((next_us - now_us) / 1000 + 1);
}

static void
reap_all(struct loop *loop)
{
	struct signalfd_siginfo info;
	while (read(loop->signal_fd, &info, sizeof info) > 0)
		continue;
	for (ptrdiff_t i = 0; i < CALLS_AT_ONCE; i++) {
		if (loop->child[i].pid != 0)
			reap(&loop->child[i]);
	}
}

/* Whoever stops serve stops the helper by it: signals meant for both (^C in a
 * terminal, a service manager) must not end the helper first. */
static bool
prepare(struct loop *loop)
{
	sigset_t chld;
	struct rlimit none = {0, 0};
	sigemptyset(&chld);
	sigaddset(&chld, SIGCHLD);
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	setrlimit(RLIMIT_CORE, &none);
	if (dup2(loop->socket_fd, 3) != 3)
		return false;
	int null = open("/dev/null", O_RDWR);
	if (null < 0 || dup2(null, 0) != 0 || dup2(null, 1) != 1)
		return false;
	loop->socket_fd = 3;
	loop->signal_fd = -1;
	if (close_range(4, ~0U, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    sigprocmask(SIG_BLOCK, &chld, NULL) != 0)
		return false;
	loop->signal_fd = signalfd(-1, &chld, SFD_NONBLOCK | SFD_CLOEXEC);
	return loop->signal_fd >= 0;
}

/* What a kind could not prepare, its children will find missing. */
static void
prepare_kinds(const struct loop *loop)
{
	struct arena *a = arena_open(PREPARED_BYTES);
	for (ptrdiff_t i = 0; a != NULL && i < loop->n_kinds; i++) {
		const struct helper_kind *kind = loop->kinds[i];
		if (kind->prepare == NULL)
			continue;
		enum err e = kind->prepare(a);
		if (e != ERR_OK)
			log_event(LOG_ERROR, "helper_kind_unready",
			    LOG_STR("kind", str_c(kind->name)),
			    LOG_STR("outcome", str_c(err_name(e))));
	}
}

static void
kill_all(const struct loop *loop)
{
	for (ptrdiff_t i = 0; i < CALLS_AT_ONCE; i++) {
		if (loop->child[i].pid != 0)
			kill(-loop->child[i].pid, SIGKILL);
	}
}

void
helper_loop(
    int socket_fd, const struct helper_kind *const *kinds, ptrdiff_t n_kinds)
{
	struct loop loop = {
	    .socket_fd = socket_fd, .kinds = kinds, .n_kinds = n_kinds};
	if (!prepare(&loop))
		_exit(1);
	prepare_kinds(&loop);
	for (;;) {
		struct pollfd p[2 + CALLS_AT_ONCE] = {
		    {.fd = loop.signal_fd, .events = POLLIN},
		    {.fd = loop.socket_fd,
			.events = free_place(&loop) != NULL ? POLLIN : 0},
		};
		for (int i = 0; i < CALLS_AT_ONCE; i++) {
			const struct child *c = &loop.child[i];
			bool waits = c->pid != 0 && !c->late;
			p[2 + i].fd = waits ? c->answer_fd : -1;
		}
		int n = poll(p, 2 + CALLS_AT_ONCE, enforce(&loop));
		if (n < 0 && errno != EINTR)
			break;
		reap_all(&loop);
		kill_unwanted(&loop);
		bool readable = n > 0 && (p[1].revents & POLLIN) != 0;
		if (readable && !take_call(&loop))
			break;
		if (!readable && n > 0 && (p[1].revents & POLLHUP) != 0)
			break;
	}
	kill_all(&loop);
	_exit(0);
}
