/* SPDX-License-Identifier: MPL-2.0 */

/* serve's side of the helper. */
#include "jobs/helper_wire.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "jobs/sandbox.h"

enum { STOP_MS = 2000, LOOK_MS = 1000 };

struct helper {
	const struct helper_kind *const *kinds;
	ptrdiff_t n_kinds;
	pid_t pid;
	int socket_fd;
	atomic_bool gone;
};

const char *const HELPER_FONTS[] = {
    "/etc/fonts",
    "/usr/share/fontconfig",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/var/cache/fontconfig",
    NULL,
};

/* ---- its life ---- */

NORETURN static void
become_helper(int socket_fd, pid_t parent,
    const struct helper_kind *const *kinds, ptrdiff_t n_kinds)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
		_exit(1);
	helper_loop(socket_fd, kinds, n_kinds);
}

static void
stop_helper(void *helper)
{
	helper_stop(helper);
}

enum err
helper_start(struct arena *process, const struct helper_kind *const *kinds,
    ptrdiff_t n_kinds, struct helper **out)
{
	int ends[2];
	pid_t parent = getpid();
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return ERR_UNAVAIL;
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		become_helper(ends[1], parent, kinds, n_kinds);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return ERR_UNAVAIL;
	}
	struct helper *h = arena_new(process, struct helper, 1);
	h->kinds = kinds;
	h->n_kinds = n_kinds;
	h->pid = pid;
	h->socket_fd = ends[0];
	arena_defer(process, stop_helper, h);
	if (sandbox_landlock_version() == 0)
		log_event(LOG_WARN, "landlock_missing",
		    LOG_STR("means",
			S("children are kept from files by "
			  "the seccomp filter alone")));
	*out = h;
	return ERR_OK;
}

pid_t
helper_pid(const struct helper *h)
{
	return h->pid;
}

void
helper_stop(struct helper *h)
{
	if (h == NULL || h->socket_fd < 0)
		return;
	close(h->socket_fd);
	h->socket_fd = -1;
	h->gone = true;
	for (int ms = 0; ms < STOP_MS; ms += 10) {
		pid_t ended = waitpid(h->pid, NULL, WNOHANG);
		if (ended == h->pid || (ended < 0 && errno == ECHILD))
			return;
		poll(NULL, 0, 10);
	}
	kill(h->pid, SIGKILL);
	waitpid(h->pid, NULL, 0);
}

/* ---- one call ---- */

/* What a call holds open, on its arena. */
struct call_fds {
	int in, out, answer[2];
};

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
close_call(void *arg)
{
	struct call_fds *f = arg;
	close_fd(&f->in);
	close_fd(&f->out);
	close_fd(&f->answer[0]);
	close_fd(&f->answer[1]);
}

static bool
write_all(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, (size_t)s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_sub(s, n, s.n);
	}
	return true;
}

/* The input is sealed: the child can only read it. */
static bool
open_call(struct call_fds *f, struct str input)
{
	f->in = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	f->out = memfd_create("output", MFD_CLOEXEC);
	return f->in >= 0 && f->out >= 0 && pipe2(f->answer, O_CLOEXEC) == 0 &&
	    write_all(f->in, input) &&
	    fcntl(f->in, F_ADD_SEALS,
		F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
}

static enum err
send_call(struct helper *h, const struct call_fds *f, struct wire_call call)
{
	int fds[CALL_FDS] = {f->in, f->out, f->answer[1]};
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int) * CALL_FDS)];
	} control = {.bytes = {0}};
	struct iovec iov = {&call, sizeof call};
	struct msghdr msg = {
	    .msg_iov = &iov,
	    .msg_iovlen = 1,
	    .msg_control = control.bytes,
	    .msg_controllen = sizeof control.bytes,
	};
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof fds);
	memcpy(CMSG_DATA(c), fds, sizeof fds);
	if (sendmsg(h->socket_fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT) ==
	    (ssize_t)sizeof call)
		return ERR_OK;
	if (errno != EAGAIN && !atomic_exchange(&h->gone, true))
		log_event(
		    LOG_ERROR, "helper_gone", LOG_INT("pid", (int64_t)h->pid));
	return ERR_UNAVAIL;
}

/* How a caller waits. */
struct patience {
	int64_t ms;
	bool (*go_on)(void *arg); /* or NULL */
	void *arg;
};

/* ERR_UNAVAIL: no answer in time, or the helper died. */
static enum err
await_answer(
    int fd, const struct patience *patience, struct wire_answer *answer)
{
	int64_t until_us = clock_mono_us() + patience->ms * 1000;
	for (;;) {
		int64_t left_ms = (until_us - clock_mono_us()) / 1000;
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (left_ms <= 0)
			return ERR_UNAVAIL;
		if (patience->go_on != NULL && left_ms > LOOK_MS)
			left_ms = LOOK_MS;
		int n = poll(&p, 1, (int)left_ms);
		if (n == 1 &&
		    read(fd, answer, sizeof *answer) == (ssize_t)sizeof *answer)
			return ERR_OK;
		if (n == 1 || (n < 0 && errno != EINTR))
			return ERR_UNAVAIL;
		if (patience->go_on != NULL && !patience->go_on(patience->arg))
			return ERR_CONFLICT;
	}
}

static enum err
read_output(struct arena *a, int fd, int64_t limit, struct str *output)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return ERR_INTERNAL;
	if (st.st_size > limit)
		return ERR_TOO_LARGE;
	char *p = arena_new(a, char, st.st_size);
	for (off_t at = 0; at < st.st_size;) {
		ssize_t n = pread(fd, p + at, (size_t)(st.st_size - at), at);
		if (n <= 0)
			return ERR_INTERNAL;
		at += n;
	}
	*output = (struct str){p, st.st_size};
	return ERR_OK;
}

static enum err
exit_meaning(int code)
{
	if (code >= CODE_ERR && code <= CODE_ERR + (int)ERR_INTERNAL)
		return (enum err)(code - CODE_ERR);
	if (code == CODE_OUTPUT)
		return ERR_TOO_LARGE;
	return ERR_INTERNAL;
}

static enum err
answer_meaning(const struct wire_answer *answer)
{
	switch (answer->end) {
	case END_EXITED:
		return exit_meaning(answer->code);
	case END_LATE:
	case END_UNBORN:
		return ERR_UNAVAIL;
	default:
		break;
	}
	if (answer->code == SIGXCPU)
		return ERR_UNAVAIL;
	return answer->code == SIGXFSZ ? ERR_TOO_LARGE : ERR_INTERNAL;
}

/* A line about a child that did not end as a child should. */
static void
log_end(const struct helper_kind *kind, const struct wire_answer *answer,
    enum err e)
{
	static const char *const ends[] = {
	    [END_EXITED] = "exit",
	    [END_KILLED] = "signal",
	    [END_LATE] = "late",
	    [END_UNBORN] = "not_started",
	};
	log_event(LOG_WARN, "child_failed", LOG_STR("kind", str_c(kind->name)),
	    LOG_STR("end", str_c(ends[answer->end & 3])),
	    LOG_INT("code", answer->code),
	    LOG_STR("outcome", str_c(err_name(e))));
}

static ptrdiff_t
kind_index(const struct helper *h, const struct helper_kind *kind)
{
	ptrdiff_t i = 0;
	while (i < h->n_kinds && h->kinds[i] != kind)
		i++;
	assert(i < h->n_kinds);
	return i;
}

/* Sends the call and waits for its end; the output stays in f->out. */
static enum err
call_helper(
    struct helper *h, const struct helper_call *call, struct call_fds *f)
{
	struct wire_answer answer;
	struct wire_call wire = {
	    .kind = (uint32_t)kind_index(h, call->kind),
	    .limits = call->limits,
	};
	if (!open_call(f, call->input))
		return ERR_UNAVAIL;
	enum err e = send_call(h, f, wire);
	if (e != ERR_OK)
		return e;
	close_fd(&f->answer[1]); /* the helper's own tells of its death */
	struct patience patience = {
	    .ms = (int64_t)call->limits.wall_ms + QUEUE_MS + ANSWER_MS};
	e = await_answer(f->answer[0], &patience, &answer);
	if (e != ERR_OK) {
		log_event(LOG_ERROR, "helper_silent",
		    LOG_STR("kind", str_c(call->kind->name)));
		return e;
	}
	e = answer_meaning(&answer);
	if (answer.end != END_EXITED || answer.code < CODE_ERR ||
	    answer.code > CODE_ERR + (int)ERR_INTERNAL || e == ERR_INTERNAL)
		log_end(call->kind, &answer, e);
	return e;
}

enum err
helper_run(struct helper *h, struct arena *a, const struct helper_call *call,
    struct str *output)
{
	*output = (struct str){0};
	if (h == NULL)
		return call->kind->run(a, call->input, output);
	if (h->gone)
		return ERR_UNAVAIL;
	struct arena *scratch = arena_scratch(a);
	struct call_fds *f = arena_new(scratch, struct call_fds, 1);
	*f = (struct call_fds){-1, -1, {-1, -1}};
	arena_defer(scratch, close_call, f);
	enum err e = call_helper(h, call, f);
	if (e == ERR_OK)
		e = read_output(a, f->out, call->limits.output, output);
	arena_close(scratch);
	return e;
}

/* ---- one program ---- */

static enum err
program_meaning(const struct wire_answer *answer)
{
	if (answer->end == END_EXITED && answer->code == 0)
		return ERR_OK;
	if (answer->end == END_LATE ||
	    (answer->end == END_EXITED && answer->code == CODE_STOPPED) ||
	    (answer->end == END_KILLED &&
		(answer->code == SIGXCPU || answer->code == SIGXFSZ ||
		    answer->code == SIGKILL)))
		return ERR_TOO_LARGE;
	if (answer->end == END_UNBORN ||
	    (answer->end == END_EXITED &&
		(answer->code == CODE_SANDBOX || answer->code == CODE_PROGRAM)))
		return ERR_UNAVAIL;
	return answer->end == END_EXITED ? ERR_INVALID : ERR_INTERNAL;
}

static enum err
call_program(
    struct helper *h, const struct helper_program *p, struct call_fds *f)
{
	struct wire_answer answer;
	struct patience patience = {
	    .ms = (int64_t)p->limits.wall_ms + QUEUE_MS + ANSWER_MS,
	    .go_on = p->go_on,
	    .arg = p->arg,
	};
	struct wire_call wire = {
	    .kind = (uint32_t)kind_index(h, p->kind),
	    .way = (uint32_t)p->way,
	    .limits = p->limits,
	};
	enum err e = send_call(h, f, wire);
	if (e != ERR_OK)
		return e;
	close_fd(&f->answer[1]);
	e = await_answer(f->answer[0], &patience, &answer);
	if (e != ERR_OK)
		return e;
	e = program_meaning(&answer);
	if (e != ERR_OK && e != ERR_INVALID)
		log_end(p->kind, &answer, e);
	return e;
}

/* The answer's pipe closed early tells the helper to end the program. */
enum err
helper_program(struct helper *h, const struct helper_program *p)
{
	struct call_fds f = {p->in_fd, p->out_fd, {-1, -1}};
	assert(p->way >= 0 && p->way < p->kind->n_ways);
	if (h == NULL || h->gone || pipe2(f.answer, O_CLOEXEC) != 0)
		return ERR_UNAVAIL;
	enum err e = call_program(h, p, &f);
	close_fd(&f.answer[0]);
	close_fd(&f.answer[1]);
	return e;
}
