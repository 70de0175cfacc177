/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_ROUTING_H
#define ENGINE_ROUTING_H

#include <stdbool.h>

#include "base/str.h"
#include "engine/votes.h"

/* routing.h - which statement a person is shown next.
 *
 * Two wishes pull apart: that a statement which tells much is seen early, and
 * that none is left with a handful of votes.  So every third statement that a
 * person gets is one of those that the fewest have seen; the others are drawn
 * with the chance of their priority (engine/represent.h), which is great for
 * what is new, what sets people apart, and what few pass on.
 *
 * Chance comes from a seed, so that the same person is shown the same until
 * something is known that was not, and that anybody may work it out again.
 * doc/engine/routing.md has the reasons and the figures.
 * Tests: tests/engine/routing.c
 */
struct routing {
	ptrdiff_t statements;
	const struct tally *all; /* [statements]: everybody's votes */
	/* [statements]: how far out each stands on the map; NULL: not known */
	const double *extremity;
	const bool *meta; /* [statements]: about the dialogue itself; or NULL */
	const bool *left_out; /* [statements]: not to be shown; or NULL */
};

/* The next statement for who has voted on seen[] of them; -1: on all.
 * `seed`: of this person in this dialogue.  O(statements). */
ptrdiff_t routing_next(
    const struct routing *, const bool *seen, struct str seed);

/* Which third of them it is: whether the n-th statement of a person (from 0)
 * is one that the fewest have seen. */
bool routing_is_fair_turn(ptrdiff_t n);

#endif
