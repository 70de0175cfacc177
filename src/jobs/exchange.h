/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_EXCHANGE_H
#define JOBS_EXCHANGE_H

#include "jobs/runner.h"

/* exchange.h - brings a conversation in (model/exchange.h).
 *
 * The job's id is the import's.  All of it is read before anything is written;
 * then the statements in one write, voters and votes in pieces, so that other
 * writes come in between.  Begun again it adds nothing twice.  The last write
 * takes the files away.  Its result is v and how many votes came
 * in, or, of statements alone, s and how many of those.  Tests: tests/jobs/exchange.c
 */
enum err exchange_job(struct job_turn *) MUST_USE;

/* Asks for it, for the file's own account. */
enum err exchange_start(
    struct db *, const struct actor *, struct id import) MUST_USE;

#endif
