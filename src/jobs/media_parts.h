/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_MEDIA_PARTS_H
#define JOBS_MEDIA_PARTS_H

#include "base/buf.h"
#include "jobs/media.h"
#include "model/media.h"

/* media_parts.h - what media.c and media_film.c share.  Nobody else includes
 * it. */
struct media_work {
	struct job_turn *turn; /* NULL: without a runner */
	struct arena *arena;
	struct db *db; /* for reading */
	const struct actor *who;
	const struct media_tools *tools;
	struct media media, made;
};

/* Where the bytes go that are read and checked: each piece as it comes. */
struct media_sink {
	struct buf *keep; /* or NULL */
	int fd; /* or -1 */
};

/* ERR_INVALID: not what was taken in. */
enum err media_read_all(
    struct media_work *, const struct media_sink *) MUST_USE;

/* Its name is what is in it, under its own key, so that nobody can tell by it
 * which one it is. */
enum err media_write_copy(
    struct media_work *, struct str bytes, struct hash *name) MUST_USE;

/* Sound or film made anew: fills `made`.  ERR_INVALID, ERR_TOO_LARGE: it is to
 * be refused.  ERR_NOT_FOUND: it was taken back meanwhile. */
enum err media_make_film(struct media_work *) MUST_USE;

#endif
