/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_SANDBOX_H
#define JOBS_SANDBOX_H

#include "base/err.h"
#include "base/str.h"

/* sandbox.h - giving up what the program does not need.
 *
 * Order in serve: drop_privileges(), helper_start(), sandbox_serve(), then the
 * database, threads and the listener.  A child of the helper calls
 * sandbox_child().  None of it can be undone.
 * doc/jobs.md tells what is denied and why.
 * Tests: tests/jobs/sandbox.c, tests/jobs/helper.c
 */

/* Started as root: becomes the owner of `dir`, or, when that is root, the user
 * `samskab`, or `nobody`, who is given the folder and what root owns in it.
 * ERR_DENIED: there is no such user, or `dir` cannot be reached as that user;
 * ERR_UNAVAIL: the system refused.  Started as anybody else: ERR_OK. */
enum err drop_privileges(struct str dir) MUST_USE;

/* Denies this process and its threads to start programs and processes and to
 * look into others: execve, fork, ptrace and the like give EPERM.  Threads go
 * on working.  In builds that look for leaks at exit (ASan) fork and ptrace
 * stay, for that is how they look. */
enum err sandbox_serve(void) MUST_USE;

struct sandbox_child {
	int in_fd, out_fd; /* all others are closed */
	const char *const *reads; /* folders, NULL ends the list; or NULL */
	/* The one program it may become, or NULL.  It opens its input and its
	 * output by name, and nothing else but `reads`. */
	const char *program;
	bool threads;
	int cpu_seconds;
	int64_t memory; /* bytes more than it has now */
	int64_t output; /* bytes that one file may hold */
};

/* For a fresh child with one thread.  ERR_UNAVAIL: one of the walls could not
 * be built; the child must then end without looking at its input. */
enum err sandbox_child(const struct sandbox_child *) MUST_USE;

/* The kernel's Landlock version; 0: it has none, and only the seccomp filter
 * keeps a child from files. */
int sandbox_landlock_version(void);

/* Lets this process reach only what the box names: `reads` for reading, and
 * with a program that one, its input (3) and its output (4).  ERR_OK also where
 * the kernel has no Landlock, unless there is a program: that opens files, so
 * there it is the only wall. */
enum err sandbox_landlock(const struct sandbox_child *) MUST_USE;

#endif
