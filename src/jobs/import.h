/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_IMPORT_H
#define JOBS_IMPORT_H

#include "jobs/runner.h"

/* import.h - brings the people of a list in (model/import.h).
 *
 * The job's id is the import's.  Some hundred people a write, so that other
 * writes come in between; begun again it adds nobody twice.  The last write
 * takes the file away.  Its result is how many were added by the run that
 * ended it.  Tests: tests/jobs/import.c
 */
enum err import_job(struct job_turn *) MUST_USE;

/* Asks for it, for the list's own account. */
enum err import_start(
    struct db *, const struct actor *, struct id import) MUST_USE;

#endif
