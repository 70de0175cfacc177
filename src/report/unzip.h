/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_UNZIP_H
#define REPORT_UNZIP_H

#include "base/str.h"

/* unzip.h - the tables of a zip from elsewhere (libzip).
 *
 * Only names that end in .csv, at most UNZIP_FILES entries, and never more
 * bytes than the caller allows, whatever the zip says about itself: what is
 * larger, locked or broken is no zip.  Nothing is written to disk, so a name
 * leads nowhere.  Tests: tests/report/exchange.c
 */
enum { UNZIP_FILES = 40 };

struct unzipped {
	struct str file[UNZIP_FILES]; /* on the arena */
	ptrdiff_t n;
};

/* Whether it begins as a zip does. */
bool unzip_is(struct str bytes);

bool unzip_tables(struct arena *, struct str bytes, ptrdiff_t most,
    struct unzipped *) MUST_USE;

#endif
