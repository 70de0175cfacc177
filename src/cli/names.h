/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include "base/str.h"

/* names.h - numbers for the names in a file, from 0 in the order they come.
 * The names are not copied.  Tests: tests/cli/change_in.c */
struct names {
	struct arena *arena;
	struct str *name;
	int32_t n;
	int32_t *slot; /* 1 + number; 0: free */
	ptrdiff_t slots; /* a power of two */
};

/* The number of the name, a new one when it is the first time. */
int32_t names_add(struct names *, struct str);
/* The number, or -1. */
int32_t names_find(const struct names *, struct str);

#endif
