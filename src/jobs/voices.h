/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_VOICES_H
#define JOBS_VOICES_H

#include "jobs/runner.h"

/* voices.h - brings a file of what people said in (model/voices_import.h).
 *
 * The job's id is the import's.  The file is read twice: once to see that all
 * of it is in order, then some hundred rows a write, so that other writes come
 * in between.  Begun again it adds nothing twice.  The last write takes the
 * file away.  Its result is how many came in by the run that ended it.
 * Tests: tests/jobs/voices.c
 */
enum err voices_job(struct job_turn *) MUST_USE;

/* Asks for it, for the file's own account. */
enum err voices_start(
    struct db *, const struct actor *, struct id import) MUST_USE;

#endif
