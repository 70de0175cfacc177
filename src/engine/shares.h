/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_SHARES_H
#define ENGINE_SHARES_H

#include "engine/program.h"
#include "engine/watch.h"

/* shares.h - the fairest chances, as far as inequalities can tell.
 *
 * A class's share is how many of it a panel takes on average: the sum of its
 * people's chances.  Every distribution over panels keeps the quotas on
 * average, so the fairest shares that keep them bound what can be had, and are
 * had when they can be cut into panels (walk.h).  Where they cannot, hull.h
 * gives an inequality that is added here.
 *
 * A person's rate is chance / weight; fair means equal rates.
 * Tests: tests/solver/chances.c
 */
struct outer {
	const struct quota_pool *pool;
	const struct lp_solver *solver;
	const struct watch *watch;
	bool *out; /* [n_classes]: known to be in no panel */
	const struct cut *cut;
	ptrdiff_t n_cuts;
};

/* The leximin: the lowest rate as high as can be, then the next lowest, and so
 * on.  It is unique.
 *
 *	top     no rate is above it; INFINITY: no such limit
 *	levels  at most so many; with 1 it is the maximin, and what it leaves
 *	        open is as the solver found it
 *	share   out [n_classes]
 *	low     out: the lowest rate of those that can be drawn
 *
 * Classes found to be in no panel are marked in outer->out.  ERR_NOT_FOUND:
 * the quotas cannot be kept.  ERR_UNAVAIL: the solver gave up, or stop.
 * One small program a level. */
struct shares_ask {
	double top;
	ptrdiff_t levels;
};
enum err shares_leximin(struct arena *, const struct outer *, struct shares_ask,
    double *share, double *low) MUST_USE;

/* Nash welfare: sum over people of weight * log(chance) as great as can be, to
 * 1e-7 relative.  Everybody who cannot be drawn must be marked in out. */
enum err shares_nash(
    struct arena *, const struct outer *, double *share) MUST_USE;

/* Goldilocks: n/k * (highest rate) + k/n / (lowest rate) as small as can be
 * (Baharav and Flanigan 2024, gamma 1); among those, the leximin. */
enum err shares_goldilocks(
    struct arena *, const struct outer *, double *share) MUST_USE;

#endif
