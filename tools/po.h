/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TOOLS_PO_H
#define TOOLS_PO_H

#include "base/buf.h"

/* po.h - reads a gettext catalogue (.po, .pot).
 *
 * Only what the house uses: msgid, msgid_plural, msgstr, msgstr[0], msgstr[1],
 * "#, fuzzy", obsolete entries (skipped); UTF-8.  Danish and English both have
 * two forms, the second for every n but 1.  A file that is not well-formed, or
 * says the same msgid twice, ends the program with its line.
 */
struct po_entry {
	struct str id, many; /* many: "" without a plural */
	struct str text[2];
	int line; /* of its msgid */
	bool fuzzy;
};

struct po {
	const char *path;
	struct po_entry *entry; /* sorted as messages.h has it; no header */
	ptrdiff_t n;
};

struct po po_read(const char *path);

/* NULL when there is none. */
const struct po_entry *po_find(const struct po *, struct str id);

/* Whether it can be shown: there, not fuzzy, every form filled. */
bool po_done(const struct po_entry *);

/* Adds `s` as a string of a .po file, on one line. */
void po_string(struct buf *, struct str s);

/* One bit for each of %1..%9 in the text. */
unsigned po_placeholders(struct str text);

#endif
