/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_RUNNER_PARTS_H
#define JOBS_RUNNER_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "jobs/runner.h"

/* runner_parts.h - what runner.c (threads), runner_mail.c and runner_job.c
 * share.  Nobody else includes it. */

enum { THREAD_MAIL, THREAD_JOBS, THREAD_RECURRING, THREAD_ASIDE };

struct runner_thread {
	struct runner *runner;
	int index;
	pthread_t thread;
	bool started;
	uint64_t seen; /* kicks */
};

struct runner {
	const struct runner_config *config;
	struct runner_thread thread[RUNNER_THREADS];
	pthread_mutex_t lock;
	pthread_cond_t wake;
	uint64_t kicks; /* under the lock */
	atomic_bool stopping;
	_Atomic int64_t send_until_us; /* 0: as long as it takes */
	int64_t mail_again_us; /* mono; the mail thread's alone */
	int64_t *recur_us; /* mono, one a recurring; that thread's alone */
};

/* A thread's work within one look: on a guarded arena. */
struct round {
	struct runner *runner;
	int thread;
	struct arena *arena;
	struct db *db;
};

void runner_mail_round(struct round *);
void runner_job_round(struct round *);

int64_t runner_now_us(const struct runner *);
struct actor runner_actor(const struct runner *, struct id org);

/* fn(arg, db) in the organisation's lane. */
enum err runner_write(struct runner *, struct id org, struct arena *,
    enum err (*fn)(void *arg, struct db *), void *arg) MUST_USE;

#endif
