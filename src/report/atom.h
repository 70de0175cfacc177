/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ATOM_H
#define REPORT_ATOM_H

#include "base/err.h"
#include "base/id.h"
#include "base/str.h"

/* atom.h - a feed that readers follow (RFC 4287).
 *
 * All texts are plain; an id is a urn:uuid (RFC 4122), so an entry that moves
 * is the same one.  Tests: tests/report/atom.c
 */
struct atom_entry {
	struct id id;
	struct str title, text; /* text may be empty */
	struct str url;
	int64_t us; /* when it was written, or changed last */
};

struct atom_feed {
	struct id id;
	struct str title, author, lang; /* "da" */
	struct str self, page; /* addresses: of the feed, of what it is of */
	int64_t us; /* when it changed last, if there are no entries */
	const struct atom_entry
	    *entry; /* in any order; the newest stands first */
	ptrdiff_t n;
};

/* ERR_INVALID: a text that is not utf8_valid(), an entry without a title;
 * ERR_TOO_LARGE past 16 MB. */
enum err atom_write(
    struct arena *, const struct atom_feed *, struct str *) MUST_USE;

#endif
