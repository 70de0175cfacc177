/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_JOB_H
#define MODEL_JOB_H

#include "model/actor.h"
#include "model/outbox.h"

/* job.h - slow work as rows: what is asked for, who does it, how far it is.
 *
 * A job is written in the transaction that asks for it and survives a restart.
 * A runner (jobs/runner.h) claims it under a lease, renews the lease while it
 * works, and marks it.  After a crash the lease runs out and the job is begun
 * again from the start, at most JOB_TRIES times: so a job's work must bear
 * being repeated.
 *
 *	waiting -> running -> done | failed
 *	   ^          |
 *	   +- later --+
 *
 * Arguments and results are ids and numbers, never content.
 * Memory: the caller's arena.  Tests: tests/model/job.c
 */
enum {
	JOB_TRIES = 5,
	JOB_LEASE_SECONDS = 180, /* renewed by job_beat() */
	JOB_KEPT_DAYS = 30, /* ended ones */
	JOB_PAGE = 100,
};

struct job {
	struct id org, id;
	struct id network; /* not set: the organisation's own */
	struct id account; /* who asked for it; not set: the program */
	struct str kind, state, fault; /* words */
	struct str args; /* JSON object */
	struct str result;
	int64_t attempts; /* begun so often */
	int64_t done, total; /* 0 of 0: not known */
	int64_t created_us, due_us, ended_us; /* 0: not set */
	struct id lease; /* of a claimed one */
};

struct jobs {
	struct job *list;
	ptrdiff_t n;
};

/* Of `job` the fields id, kind, args and due_us (0: now) are read; the network
 * and the account are `who`'s.  A second one with the same id is not added. */
enum err job_add(
    struct db *, const struct actor *who, const struct job *job) MUST_USE;

/* A job of the organisation, or, when `who` is inside a network, of that one;
 * anything else is ERR_NOT_FOUND. */
enum err job_get(struct db *, struct arena *, const struct actor *, struct id,
    struct job *) MUST_USE;

/* Those of `who`'s network (of the organisation itself when they are in none),
 * the newest first, at most JOB_PAGE. */
enum err job_list(
    struct db *, struct arena *, const struct actor *, struct jobs *) MUST_USE;

/* ---- for the runner ---- */

/* Which jobs a thread takes: those of one kind, or all but those. */
struct job_share {
	struct str only, but; /* a kind, or "" */
};

/* The organisations with something to do now. */
enum err job_due(struct db *, struct arena *, const struct job_share *,
    int64_t now_us, struct ids *orgs) MUST_USE;

/* Takes the longest due one.  ERR_NOT_FOUND: none, or somebody was faster. */
enum err job_claim(struct db *, struct arena *, const struct actor *,
    const struct job_share *, struct job *) MUST_USE;

/* Each gives ERR_CONFLICT when the lease was lost: stop, somebody else has it.
 * job_beat() stores `done` and `total` and renews the lease.  job_later() lets
 * it be begun again after a growing pause, and fails it after JOB_TRIES.
 * job_return() gives it back untouched (the program stops). */
enum err job_beat(
    struct db *, const struct actor *, const struct job *) MUST_USE;
enum err job_done(struct db *, const struct actor *, const struct job *,
    struct str result) MUST_USE;
enum err job_later(struct db *, const struct actor *, const struct job *,
    struct str fault) MUST_USE;
enum err job_failed(struct db *, const struct actor *, const struct job *,
    struct str fault) MUST_USE;
enum err job_return(
    struct db *, const struct actor *, const struct job *) MUST_USE;

/* Takes away the ended ones after JOB_KEPT_DAYS. */
enum err job_sweep(struct db *, const struct actor *) MUST_USE;

#endif
