/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_RUNNER_H
#define JOBS_RUNNER_H

#include "jobs/smtp.h"
#include "model/job.h"
#include "model/org.h"

/* runner.h - the threads that do what is done later.
 *
 *	thread 0  mail: takes due mail from the outbox, sends it, marks it
 *	thread 1  jobs: takes due jobs and runs their kind
 *	thread 2  recurring: reminders, clean-up, what comes by the clock
 *	thread 3  aside: the jobs of one kind, that may take hours (media)
 *
 * so a silent mail server holds up no job, a long film no draw, and a long job
 * no reminder.  Each
 * looks every second, and at once after runner_kick().  Several processes on
 * one database share the work: what one has claimed the others leave alone,
 * and what a dead one had is taken over when its lease runs out.
 *
 * Between sending a mail and marking it sent lies a crash that nobody can
 * close; then it is sent once more, with the same Message-ID.
 *
 * The runner does not know how writes get to disk: it is given `job_db`.
 * Tests: tests/jobs/runner.c, tests/jobs/crash.c
 */
enum { RUNNER_THREADS = 4 };

struct job_db {
	void *ctx;
	/* Runs fn(arg, db) in a transaction and waits until it is on disk.
	 * `a` is guarded meanwhile; full, it is ERR_UNAVAIL.  fn may be run
	 * more than once. */
	enum err (*write)(void *ctx, struct id org, struct arena *a,
	    enum err (*fn)(void *arg, struct db *), void *arg);
	/* The read-only connection of thread 0 .. RUNNER_THREADS - 1. */
	struct db *(*read)(void *ctx, int thread);
};

struct runner;

/* What a kind of job is given. */
struct job_turn {
	const struct job *job;
	struct actor who; /* the program, inside the job's network */
	struct arena *arena; /* of this turn */
	struct db *db; /* for reading */
	void *ctx; /* runner_config.ctx */
	struct str result; /* kept with the job when it is done; ids only */
	struct runner *runner;
};

/* `run` gives ERR_OK: done; ERR_UNAVAIL: later; ERR_CONFLICT when a call below
 * said so; else: failed.  It may be begun again after a crash. */
struct job_kind {
	const char *name;
	enum err (*run)(struct job_turn *);
};

/* Says how far it is and renews the lease; at least once a minute.  False:
 * stop now (the program ends, or the job is somebody else's): return
 * ERR_CONFLICT. */
bool job_progress(struct job_turn *, int64_t done, int64_t total) MUST_USE;

/* A write of the job's own, durable when it returns ERR_OK. */
enum err job_write(struct job_turn *, enum err (*fn)(void *arg, struct db *),
    void *arg) MUST_USE;

/* What comes by the clock: once at the start and then every `every_us`, for
 * each organisation, in a write of its own.  Another process may do the same
 * at the same time: it must bear that. */
struct recurring {
	const char *name;
	int64_t every_us;
	enum err (*write)(void *ctx, struct arena *,
	    const struct actor *program, struct db *);
};

struct runner_config {
	struct job_db db;
	const struct keys *keys;
	const struct orgs *orgs;
	/* NULL: no mail server; mail stays in the outbox.  With one, what was
	 * kept is released at the start. */
	const struct smtp_server *smtp;
	const struct job_kind *kinds;
	ptrdiff_t n_kinds;
	const char *aside; /* the kind with a thread of its own, or "" */
	const struct recurring *recurring;
	ptrdiff_t n_recurring;
	void *ctx; /* handed to kinds and recurring */
	int64_t (*now_us)(void); /* NULL: clock_now_us() */
	int look_ms; /* 0: 1000 */
};

/* `config` and what it points to outlive the runner. */
enum err runner_start(struct arena *process, const struct runner_config *,
    struct runner **out) MUST_USE;

/* There is something to do.  Any thread; cheap. */
void runner_kick(struct runner *); /* NULL is ok */

/* Ends the threads: no new work is begun, a sending is broken off after 3
 * seconds, a job at its next job_progress().  False when one of them did not
 * end within 10 seconds: then nothing it uses may be taken down, and the
 * program is to _exit().  NULL is ok. */
bool runner_stop(struct runner *) MUST_USE;

#endif
