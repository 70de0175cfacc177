/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_RANK_IDS_H
#define CLI_RANK_IDS_H

#include "base/str.h"

/* rank_ids.h - numbers the names of a file: 0, 1, 2, ... as they come.
 *
 * The names stay where they are (in the text of the file).  A hash table with
 * a start of its own at each run, so that no file can be made to be slow.
 * Tests: tests/cli/rank.c */
struct ids {
	struct arena *arena;
	struct str *name; /* [n] */
	ptrdiff_t n, cap;
	int32_t *slot; /* [n_slots] number of a name + 1; 0: empty */
	ptrdiff_t n_slots;
	uint64_t seed;
};

void ids_init(struct ids *, struct arena *);

/* -1: not there. */
ptrdiff_t ids_find(const struct ids *, struct str);

/* The number of the name, which is a new one when it was not there. */
ptrdiff_t ids_add(struct ids *, struct str);

#endif
