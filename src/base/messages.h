/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_MESSAGES_H
#define BASE_MESSAGES_H

#include "base/lang.h"

/* messages.h - the tables that tools/msgc makes from locale/NAME.po.  For
 * lang.c; everyone else calls tr() and trn(). */
struct message {
	struct str id;
	struct str text[2]; /* for one, and for every other number */
};

struct message_table {
	const struct message *p; /* sorted by id, bytewise */
	ptrdiff_t n;
};

extern const struct message_table message_tables[LANG_COUNT];

#endif
