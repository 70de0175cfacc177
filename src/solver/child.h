/* SPDX-License-Identifier: MPL-2.0 */
#ifndef SOLVER_CHILD_H
#define SOLVER_CHILD_H

#include "base/err.h"
#include "base/str.h"
#include "engine/watch.h"

/* child.h - work that may hang or die, in a child process with a deadline.
 *
 * For a command, which has one thread and holds no database.  (The server's
 * helper, jobs/helper.h, runs sandboxed calls that take and give a text; here
 * the child is born with what it works on, and tells how far it is.)
 * Tests: tests/solver/child.c
 */
struct child {
	/* Runs in the child; `a` is its own.  What it gives goes back. */
	enum err (*run)(
	    void *arg, struct arena *a, const struct watch *, struct str *out);
	void *arg;
	int64_t deadline_us; /* clock_mono_us() at which it is killed */
	int64_t memory; /* bytes on top of what the program has */
	/* Called in this process, at most ten times a second.  May be NULL. */
	void (*progress)(
	    void *arg, const char *step, int64_t done, int64_t whole);
};

/* ERR_UNAVAIL: it ran out of time or memory, died, or cannot be started.  Else
 * what run() gave, with its text on `a`. */
enum err child_run(
    struct arena *a, const struct child *, struct str *out) MUST_USE;

#endif
