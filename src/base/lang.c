/* SPDX-License-Identifier: MPL-2.0 */
#include "base/lang.h"

#include "base/messages.h"

static const struct message *
find(const struct message_table *table, struct str id)
{
	ptrdiff_t low = 0, high = table->n;
	while (low < high) {
		ptrdiff_t middle = low + (high - low) / 2;
		int order = message_cmp(id, table->p[middle].id);
		if (order == 0)
			return &table->p[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

struct str
tr(enum lang lang, const char *msgid)
{
	struct str id = str_c(msgid);
	const struct message *m = find(&message_tables[lang], id);
	return m != NULL ? m->text[0] : id;
}

/* Danish and English alike: the second form for every number but 1. */
struct str
trn(enum lang lang, const char *one, const char *many, int64_t n)
{
	struct str id = str_c(one);
	const struct message *m = find(&message_tables[lang], id);
	if (m != NULL && m->text[1].n > 0)
		return m->text[n != 1];
	return n == 1 ? id : str_c(many);
}
