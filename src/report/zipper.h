/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ZIPPER_H
#define REPORT_ZIPPER_H

#include "base/err.h"
#include "base/str.h"

/* zipper.h - a zip that is written while it is made (zlib), so that its size
 * does not matter: report/zip.h is for what lies in memory.
 *
 * Parts one after the other, each in as many pieces as one likes, below 4 GB
 * in all.  A fault stays: look at the end alone.  As in zip.h every file's time
 * is where a zip's time begins.  Not zip_file_..., which are libzip's own.
 * Tests: tests/report/zipper.c
 */
struct zipper;

/* Into `fd`, from where it begins; the caller closes it, after the arena.  NULL:
 * no memory. */
struct zipper *zipper_open(struct arena *, int fd);

/* The part before it is ended.  At most ZIPPER_PARTS of them. */
enum { ZIPPER_PARTS = 16 };
void zipper_part(struct zipper *, const char *name);
void zipper_add(struct zipper *, struct str bytes);

/* ERR_UNAVAIL: a write failed (the disk is full); ERR_TOO_LARGE. */
enum err zipper_end(struct zipper *, int64_t *size) MUST_USE;

#endif
