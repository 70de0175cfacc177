/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_PICTURE_H
#define JOBS_PICTURE_H

#include "jobs/helper.h"

/* picture.h - a photo made anew, so that nothing but the picture is in it.
 *
 * What came is decoded to pixels and the pixels are encoded again: where it
 * was taken, with what, by whom, and the small picture that a camera hides in
 * it are gone because they were never copied.  JPEG (libjpeg-turbo), PNG
 * (libpng) and WebP (libwebp, not moving) are read; a picture with see-through
 * parts becomes WebP, any other JPEG.  It is turned as its EXIF says.
 *
 * Decoders of foreign bytes work in a sandboxed child (jobs/helper.h).  Width,
 * height and pixels are looked at before any memory is taken for them.
 * Colour profiles go too: very saturated colours become a little paler.
 * Tests: tests/jobs/picture.c
 */
enum {
	PICTURE_BYTES = 32 * 1024 * 1024, /* that may come in */
	PICTURE_SIDE_MAX = 20000,
	PICTURE_PIXELS_MAX = 50 * 1000 * 1000,
	PICTURE_WEB_SIDE = 1600, /* the longest side of what goes out */
	PICTURE_THUMB_SIDE = 400,
};

struct picture_copy {
	struct str bytes, type; /* type: "image/jpeg" or "image/webp" */
	int width, height;
};

struct picture {
	struct picture_copy web, thumb;
};

extern const struct helper_kind picture_kind;

/* ERR_INVALID: no picture that is read here, or a broken one.  ERR_TOO_LARGE:
 * above one of the limits.  `helper` NULL works in this process (tests). */
enum err picture_clean(struct helper *, struct arena *, struct str bytes,
    struct picture *out) MUST_USE;

#endif
