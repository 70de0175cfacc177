/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SCRUB_H
#define MODEL_SCRUB_H

#include "model/actor.h"

/* scrub.h - what was deleted is nowhere in the files either (trust.md P08).
 *
 * SQLite overwrites what it deletes, but its log holds it until the log is
 * emptied; PostgreSQL leaves it in the table's file until that is written
 * anew.  Whoever deletes asks for a job that does so in the night after
 * (jobs/retention.h); one that waits already is enough.
 * Tests: tests/jobs/scrub.c
 */
enum err scrub_ask(struct db *, struct arena *, const struct actor *) MUST_USE;

#endif
