/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_MEDIA_H
#define JOBS_MEDIA_H

#include "jobs/helper.h"
#include "jobs/runner.h"

/* media.h - what happens to a piece of media when all of it is here.
 *
 * Every piece is read and compared with what was taken in; a picture is made
 * anew (jobs/picture.h), sound and film likewise (jobs/film.h), and what came is
 * dropped.  Documents stay as they are, sealed, and are not shown.  What is
 * taken back meanwhile is broken off within a second.  The job's id is the
 * media's.  Begun again it does the same again; what a broken
 * off run left lies under names of no row and is swept.
 * Tests: tests/jobs/media.c
 */
struct media_tools {
	struct helper *helper; /* NULL: in this process */
	struct str dir; /* the data folder */
};

enum err media_job(struct job_turn *, const struct media_tools *) MUST_USE;

/* The same without a runner, for tests of what it leads to. */
enum err media_work(struct db *, struct arena *, const struct actor *,
    const struct media_tools *, struct id) MUST_USE;

#endif
