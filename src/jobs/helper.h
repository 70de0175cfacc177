/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_HELPER_H
#define JOBS_HELPER_H

#include <sys/types.h>

#include "base/err.h"
#include "base/str.h"

/* helper.h - the one process that starts processes.
 *
 * serve (and every command that renders) starts it before it opens a database
 * or a thread; nothing forks afterwards.  The helper holds no database, no key
 * and no listener.  For each call it forks one child in a sandbox
 * (jobs/sandbox.h), with limits and a deadline, and tells how it ended.
 *
 *	serve --- socket, one message a call ---> helper --- fork ---> child
 *	   input and output are memory files, passed along; the answer comes
 *	   back on a pipe of the call's own, so calls never mix
 *
 * helper_run() may be called by many threads at once.  When serve dies, the
 * helper is killed, and its children with it; when the helper dies, calls give
 * ERR_UNAVAIL from then on and the log says so (serve is to be restarted).
 * Tests: tests/jobs/helper.c
 */
struct helper;

struct helper_limits {
	int cpu_seconds;
	int wall_ms; /* from its start; then it is killed */
	int64_t memory; /* bytes on top of the program itself */
	int64_t output; /* bytes */
};

/* What a child can do.  A table of them, known before helper_start(). */
struct helper_kind {
	const char *name; /* for the log */
	/* Runs in the child.  `a` is limited to the call's memory.  The result
	 * goes on `a`.  An outcome other than ERR_OK is handed to the caller
	 * as it is; the output then is lost. */
	enum err (*run)(struct arena *a, struct str input, struct str *output);
	/* Runs once in the helper itself, before any call, on an arena that
	 * lives as long as it: opens what each child then has already (fonts).
	 * It sees no input.  May be NULL. */
	enum err (*prepare)(struct arena *);
	/* Instead of `run`: a program that is started in the child's place, and
	 * the ways in which it is called, each a list that NULL ends and whose
	 * first is the program's whole path.  It finds its input as HELPER_IN
	 * and its output as HELPER_OUT; no word of a user is among them. */
	const char *const *const *ways;
	ptrdiff_t n_ways;
	/* Folders it may read, NULL ends the list; NULL: it opens no file. */
	const char *const *reads;
	bool threads; /* it may start threads (pango does, to find fonts) */
};

#define HELPER_IN "/proc/self/fd/3"
#define HELPER_OUT "/proc/self/fd/4"

/* Where text rendering finds fonts, for helper_kind.reads. */
extern const char *const HELPER_FONTS[];

/* `kinds` outlives the helper.  Call it from the main thread: the kernel ties
 * the helper's life to that thread. */
enum err helper_start(struct arena *process,
    const struct helper_kind *const *kinds, ptrdiff_t n_kinds,
    struct helper **out) MUST_USE;

struct helper_call {
	const struct helper_kind *kind; /* one of the table */
	struct str input;
	struct helper_limits limits;
};

/* Runs one call and waits for it; the output goes on `a`.
 *
 *	ERR_UNAVAIL    no helper, too busy, or past its time
 *	ERR_TOO_LARGE  more output than allowed
 *	ERR_INTERNAL   it crashed, or ran out of memory
 *	else           what kind->run gave
 *
 * With helper == NULL kind->run is called in this process: for tests of what
 * it does, and for commands that end anyway. */
enum err helper_run(struct helper *, struct arena *a,
    const struct helper_call *, struct str *output) MUST_USE;

/* One call of a program: files instead of bytes in memory. */
struct helper_program {
	const struct helper_kind *kind; /* with `ways` */
	ptrdiff_t way;
	int in_fd, out_fd; /* the caller's, open; in_fd for reading only */
	struct helper_limits limits;
	/* Asked once a second while it runs; false ends it: ERR_CONFLICT. */
	bool (*go_on)(void *arg);
	void *arg;
};

/* Starts it and waits for its end.
 *
 *	ERR_INVALID    it ended with a fault
 *	ERR_TOO_LARGE  more time or output than allowed
 *	ERR_CONFLICT   go_on() said so
 *	ERR_UNAVAIL    no helper, too busy, no such program, or no sandbox
 *	ERR_INTERNAL   it crashed */
enum err helper_program(
    struct helper *, const struct helper_program *) MUST_USE;

pid_t helper_pid(const struct helper *);

/* Ends it, and what it still runs.  NULL is ok. */
void helper_stop(struct helper *);

#endif
