/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_CROWD_H
#define ENGINE_CROWD_H

#include "engine/budget.h"

/* crowd.h - voters who filled in the same ballot, taken as one kind.
 *
 * They have the same money at every moment of every rule, so that nothing is
 * lost: what is reckoned for each voter is reckoned once for each kind.  Inside
 * the engine only.  Tests: tests/engine/equal_shares.c
 */
struct crowd {
	ptrdiff_t n; /* kinds */
	/* As in an election: kind[first[c]] up to kind[first[c + 1] - 1]
	 * voted for project c, with `points` each (NULL: 1), `people` of
	 * them. */
	const ptrdiff_t *first;
	const int32_t *kind;
	const double *points, *people;
};

/* Each voter a kind of her own: O(points), for a rule that runs once. */
struct crowd crowd_of_each(struct arena *, const struct election *);

/* Voters with the same ballot together.  O(points). */
struct crowd crowd_of_same(struct arena *, const struct election *);

#endif
