/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_JOBS_PHOTO_H
#define TESTS_JOBS_PHOTO_H

#include "tests/test.h"

/* photo.h - pictures made on the spot, with what a camera hides in them. */

/* Red to the left, blue to the right; the top row is green. */
struct str photo_jpeg(struct arena *, int width, int height);
struct str photo_png(struct arena *, int width, int height, bool see_through);
struct str photo_webp(struct arena *, int width, int height);

/* The JPEG with an EXIF block (maker, a place, a small picture), XMP and a
 * comment put in; `orientation` 1 to 8. */
struct str photo_planted(struct arena *, struct str jpeg, int orientation);

/* What was planted, NULL ends the list. */
extern const char *const photo_secrets[];

#endif
