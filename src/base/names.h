/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include "base/str.h"

/* names.h - numbers for the names in a file: 0, 1, 2, ... as they come.
 *
 * The names are not copied: they stay where they are, in the text of the file.
 * A hash table with a start of its own in each run, so that no file can be
 * made to be slow.  Expected O(1) a look-up.  Tests: tests/base/names.c
 */
struct names {
	struct arena *arena;
	struct str *name; /* [n], by number */
	int32_t n;
	int32_t *slot; /* 1 + number; 0: free */
	ptrdiff_t slots; /* a power of two */
	uint64_t seed;
};

struct names names_new(struct arena *);

/* The number of the name, a new one when it is the first time. */
int32_t names_add(struct names *, struct str);

/* The number; -1: not there. */
int32_t names_find(const struct names *, struct str);

/* rank[number] = its place when the names are sorted: by value when all are
 * whole numbers, else by bytes. */
int32_t *names_rank(const struct names *);

#endif
