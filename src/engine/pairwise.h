/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_PAIRWISE_H
#define ENGINE_PAIRWISE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "engine/stats.h"

/* pairwise.h - ideas that were chosen between, two at a time.
 *
 * The simple score of an idea is the chance, in %, that it wins over an idea
 * drawn at random: 100 (wins + 1) / (wins + losses + 2) (Salganik and Levy
 * 2015, "Wiki surveys").  Bradley-Terry takes into account whom it was set
 * against: P(i wins over j) = 1 / (1 + exp(b_j - b_i)).  In real surveys the
 * likelihood has no maximum (some idea lost all it was in), so b is drawn
 * towards 0: max sum of log P - ridge / 2 * sum of b^2.
 *
 * What neither can say: which of two ideas is better whose intervals overlap.
 * So an idea has no rank but the places it may have (rank_range).
 *
 * Nothing is kept between calls.  Formulas: doc/engine/rank.md.
 * Tests: tests/engine/pairwise.c
 */

/* Dense matrices: 2,000 ideas take 64 MB and some seconds. */
enum { PAIRWISE_ITEMS = 2000 };

/* Votes: winner[v] was chosen over loser[v], [n_votes], both 0 .. n_items - 1
 * and not the same.  "I cannot decide" is no vote. */
struct pairwise {
	ptrdiff_t n_items, n_votes;
	const int32_t *winner, *loser;
};

/* ERR_INVALID: an index out of range, or an idea against itself. */
enum err pairwise_check(const struct pairwise *) MUST_USE;

/* What is known of one item, [n_items]. */
struct rating {
	int64_t wins, losses;
	double value; /* score in %, or b: the logarithm of the strength */
	struct interval range; /* of `value` */
	double error; /* standard error of b; NAN for the score */
	/* From 1: the places that the intervals leave.  One place when they
	 * are equal. */
	ptrdiff_t first, last;
};

/* Simple scores with the interval of their Beta(wins + 1, losses + 1) at
 * `level`, and places.  ERR_INVALID: pairwise_check.  O(votes + n log n). */
enum err pairwise_score(struct arena *, const struct pairwise *, double level,
    struct rating *out) MUST_USE;

/* Bradley-Terry with `ridge` > 0, by Newton's method from 0 until no b moves
 * by more than 1e-12.  Errors are the roots of the diagonal of the inverse
 * Hessian.  They hold how unsure the level of all b together is, of which
 * votes say nothing: variance 1 / (ridge n), the ridge's alone.  The intervals
 * at `level` leave that out: they are of b less the mean of all (which is 0).
 * They need a ridge of 1e-6 or more, or digits cancel.  Votes in another
 * order give the same bits.  `loglik`: of the votes, without
 * the ridge.
 * ERR_INVALID: pairwise_check.  ERR_TOO_LARGE: more than PAIRWISE_ITEMS.
 * O(steps n^3) time, about 7 steps; 16 n^2 bytes.
 * Source: Hunter (2004), "MM algorithms for generalized Bradley-Terry models";
 * ridge as in Caron and Doucet (2012). */
struct bt_options {
	double ridge, level;
};
enum err pairwise_bradley_terry(struct arena *, const struct pairwise *,
    const struct bt_options *, struct rating *out, double *loglik) MUST_USE;

/* Sets first and last of `n` ratings: an item is behind all whose interval lies
 * wholly above its own, and before all whose interval lies wholly below.
 * O(n log n). */
void rank_range(struct arena *, struct rating *, ptrdiff_t n);

/* Into how many parts the items fall that no vote connects; items without a
 * vote are parts of their own.  ERR_INVALID: pairwise_check. */
enum err pairwise_parts(
    struct arena *, const struct pairwise *, ptrdiff_t *parts) MUST_USE;

#endif
