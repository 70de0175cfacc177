/* SPDX-License-Identifier: MPL-2.0 */
#include "solver/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#define TELL_US (SECOND_US / 10)

/* What goes through the pipe: a message, then `bytes` of text.  The child is a
 * copy of this process, so its literals are ours. */
struct message {
	const char *step; /* NULL: it is done */
	int64_t done, whole;
	enum err outcome;
	ptrdiff_t bytes;
};

/* ---- in the child ----------------------------------------------------- */

struct teller {
	int fd;
	int64_t last_us;
};

static bool
write_all(int fd, const void *p, ptrdiff_t n)
{
	const char *at = p;
	while (n > 0) {
		ssize_t put = write(fd, at, (size_t)n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		at += put;
		n -= put;
	}
	return true;
}

static bool
tell(void *arg, const char *step, int64_t done, int64_t whole)
{
	struct teller *t = arg;
	int64_t now_us = clock_mono_us();
	struct message m = {.step = step, .done = done, .whole = whole};
	if (now_us - t->last_us < TELL_US)
		return true;
	t->last_us = now_us;
	return write_all(t->fd, &m, sizeof m);
}

struct born {
	const struct child *child;
	struct arena *arena;
	struct teller teller;
	struct message last;
	struct str out;
};

static void
work(void *arg)
{
	struct born *b = arg;
	struct watch watch = {&b->teller, tell};
	b->last.outcome =
	    b->child->run(b->child->arg, b->arena, &watch, &b->out);
}

/* The address space limit counts what the sanitizers reserve, so it is only
 * set where they are not. */
static void
set_limits(int64_t memory)
{
	struct rlimit none = {0, 0};
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#ifndef ARENA_DEBUG
	struct rlimit bytes = {(rlim_t)memory * 2, (rlim_t)memory * 2};
	setrlimit(RLIMIT_AS, &bytes);
#else
	(void)memory;
#endif
}

NORETURN static void
live(const struct child *child, int fd)
{
	struct born b = {.child = child, .teller = {fd, clock_mono_us()}};
	set_limits(child->memory);
	b.arena = arena_open((ptrdiff_t)child->memory);
	b.last.outcome = ERR_UNAVAIL;
	if (b.arena != NULL && !arena_guard(b.arena, work, &b))
		b.last.outcome = ERR_UNAVAIL;
	b.last.bytes = b.last.outcome == ERR_OK ? b.out.n : 0;
	bool told = write_all(fd, &b.last, sizeof b.last) &&
	    write_all(fd, b.out.p, b.last.bytes);
	_exit(told ? 0 : 1);
}

/* ---- in the parent ---------------------------------------------------- */

/* False: it is too late, or the child is gone. */
static bool
read_all(int fd, void *p, ptrdiff_t n, int64_t deadline_us)
{
	char *at = p;
	while (n > 0) {
		int64_t left_us = deadline_us - clock_mono_us();
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		if (left_us <= 0)
			return false;
		int ms = left_us > 60 * SECOND_US ? 60 * 1000
						  : (int)(left_us / 1000) + 1;
		int ready = poll(&wait, 1, ms);
		if (ready == 0 || (ready < 0 && errno == EINTR))
			continue;
		ssize_t got = ready < 0 ? -1 : read(fd, at, (size_t)n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		n -= got;
	}
	return true;
}

static enum err
listen_to(struct arena *a, const struct child *child, int fd, struct str *out)
{
	struct message m;
	for (;;) {
		if (!read_all(fd, &m, sizeof m, child->deadline_us))
			return ERR_UNAVAIL;
		if (m.step == NULL)
			break;
		if (child->progress != NULL)
			child->progress(child->arg, m.step, m.done, m.whole);
	}
	char *text = arena_new(a, char, m.bytes);
	if (!read_all(fd, text, m.bytes, child->deadline_us))
		return ERR_UNAVAIL;
	*out = (struct str){text, m.bytes};
	return m.outcome;
}

enum err
child_run(struct arena *a, const struct child *child, struct str *out)
{
	int ends[2];
	if (pipe(ends) != 0)
		return ERR_UNAVAIL;
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		live(child, ends[1]);
	}
	close(ends[1]);
	enum err e = ERR_UNAVAIL;
	if (pid > 0) {
		e = listen_to(a, child, ends[0], out);
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	close(ends[0]);
	return e;
}
