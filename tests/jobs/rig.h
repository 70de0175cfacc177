/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_JOBS_RIG_H
#define TESTS_JOBS_RIG_H

#include <pthread.h>
#include <sys/types.h>

#include "jobs/runner.h"
#include "tests/test.h"

/* rig.h - a database, a runner's way to it, and a mail server to send to. */

/* ---- tests/sink.py ---- */
struct sink {
	struct arena *arena;
	struct str dir;
	pid_t pid;
	int port;
	struct str url; /* smtp://127.0.0.1:PORT */
};

/* `options` as tests/sink.py takes them, NULL ends them.  Without Debian's
 * aiosmtpd the test ends as skipped.  Killed when `a` closes. */
void sink_start(struct sink *, struct arena *a, const char *const *options);
void sink_mode(struct sink *, const char *mode);
int sink_count(struct sink *);
/* Waits up to 10 s; whether there are so many. */
bool sink_has(struct sink *, int count);
/* Of the n-th mail, from 1: "subject", "body", "id", ... */
struct str sink_part(struct sink *, int n, const char *part);

/* ---- a database with one organisation ---- */
#define RIG_NOW_US (INT64_C(1795507200) * SECOND_US)

struct rig {
	struct arena *arena;
	struct db *writer, *reader[RUNNER_THREADS];
	pthread_mutex_t lock; /* of the writer */
	struct keys keys;
	struct org org;
	struct orgs orgs;
	struct actor program;
	struct smtp_server smtp;
	struct runner_config config;
	int writes; /* so far */
	int fail_from; /* that write and all later ones fail; 0: none */
};

void rig_open(struct rig *, struct arena *, struct db_place);
void rig_mail(struct rig *, const char *to, const char *subject);
struct mail_counts rig_counts(struct rig *);
/* Waits up to 10 s until as many are sent. */
bool rig_sent(struct rig *, int count);
struct runner *rig_start(struct rig *);

#endif
