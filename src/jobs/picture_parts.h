/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_PICTURE_PARTS_H
#define JOBS_PICTURE_PARTS_H

#include "jobs/picture.h"

/* picture_parts.h - what the files of jobs/picture.c share. */

/* Red, green, blue, opacity: four bytes a pixel, row after row. */
struct pixels {
	unsigned char *p;
	int width, height;
};

static inline ptrdiff_t
pixels_bytes(int width, int height)
{
	return (ptrdiff_t)width * height * 4;
}

/* ---- picture_read.c ---- */

/* Turned upright, and with JPEG perhaps smaller already. */
enum err picture_read(
    struct arena *, struct str bytes, struct pixels *out) MUST_USE;

/* What a JPEG's EXIF says of how it is to be turned: 1 (as it is) to 8. */
int picture_orientation(struct str jpeg);

/* ---- picture_size.c ---- */

/* At most `side` long; never larger than it was. */
struct pixels picture_shrink(struct arena *, const struct pixels *, int side);

/* Turned as an EXIF orientation of 1 to 8 says. */
struct pixels picture_turn(
    struct arena *, const struct pixels *, int orientation);

#endif
