/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_IDS_H
#define CLI_IDS_H

#include "base/str.h"

/* ids.h - numbers for names: the first new name is 0, the next 1.
 *
 * The names are not copied: they point where the caller's did.  Expected O(1)
 * a look-up.  Tests: tests/cli/votes_in.c
 */
struct ids {
	struct arena *arena;
	struct str *name; /* [n], by number */
	int32_t n, cap;
	int32_t *slot; /* [slots]: number + 1, or 0 */
	ptrdiff_t slots; /* a power of two */
};

struct ids ids_new(struct arena *);
int32_t ids_number(struct ids *, struct str name);
int32_t ids_find(const struct ids *, struct str name); /* -1: not there */

/* rank[number] = its place when the names are sorted: by value when all are
 * whole numbers, else by bytes. */
int32_t *ids_rank(struct ids *);

#endif
