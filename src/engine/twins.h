/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_TWINS_H
#define ENGINE_TWINS_H

#include "engine/budget.h"

/* twins.h - projects that only a lot can tell apart: the same price, the same
 * voters, the same points from each.
 *
 * They stand level at every moment of every rule, so one of them stands in the
 * line for all, and who has been bought is followed by the next.  Inside the
 * engine only.  Tests: tests/engine/equal_shares.c
 */
struct twins {
	bool *heir; /* [n_projects] another comes before it */
	int32_t *next; /* [n_projects] the twin with the next lot; -1: none */
};

/* O(votes + m log m). */
struct twins twins_find(struct arena *, const struct election *);

/* Adds to the `n` in `level`, each the first of its kind, the twins of each,
 * as many as a choice names; how many there are then. */
ptrdiff_t twins_add(const struct twins *, int32_t *level, ptrdiff_t n);

#endif
