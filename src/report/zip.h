/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ZIP_H
#define REPORT_ZIP_H

#include "base/err.h"
#include "base/str.h"

/* zip.h - several files in one (libzip).
 *
 * The same parts give the same bytes: every file's time is where a zip's time
 * begins, 1 January 1980.  Tests: tests/report/odt.c, tests/report/letter.c
 */
struct zip_part {
	const char *name; /* UTF-8, "folder/file.pdf" */
	struct str bytes;
	bool stored; /* as it is, not packed */
};

/* The parts in this order.  ERR_INTERNAL when the library failed. */
enum err zip_write(struct arena *, const struct zip_part *, ptrdiff_t n,
    struct str *out) MUST_USE;

#endif
