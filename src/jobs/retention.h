/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_RETENTION_H
#define JOBS_RETENTION_H

#include "jobs/runner.h"

/* retention.h - the daily job that deletes what is due (model/retention.h), a
 * piece a write, with progress.  Cut short, it goes on where it was.
 * Tests: tests/jobs/retention.c, tests/jobs/scrub.c */
enum err retention_job(struct job_turn *, struct str data_dir) MUST_USE;

/* What was deleted is nowhere in the files afterwards (model/scrub.h). */
enum err scrub_job(struct job_turn *) MUST_USE;

#endif
