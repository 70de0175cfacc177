/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_MESSAGES_H
#define BASE_MESSAGES_H

#include "base/lang.h"

/* messages.h - the tables that tools/msgc makes from locale/NAME.po.  For
 * lang.c and the tool; everyone else calls tr() and trn(). */
struct message {
	struct str id;
	struct str text[2]; /* for one, and for every other number */
};

struct message_table {
	const struct message *p; /* sorted by id with message_cmp() */
	ptrdiff_t n;
};

/* The shorter first, then bytewise: most steps of a search compare numbers. */
static inline int
message_cmp(struct str x, struct str y)
{
	if (x.n != y.n)
		return x.n < y.n ? -1 : 1;
	return x.n > 0 ? memcmp(x.p, y.p, (size_t)x.n) : 0;
}

extern const struct message_table message_tables[LANG_COUNT];

#endif
