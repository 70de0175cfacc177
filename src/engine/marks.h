/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_MARKS_H
#define ENGINE_MARKS_H

#include "engine/represent.h"
#include "engine/stats.h"

/* marks.h - what sets a group apart and what all groups share, with the care
 * that engine/represent.h lacks: the many tests are paid for, and nothing is
 * said on a few votes.
 * Tests: tests/engine/marks.c
 */
#define MARKS_FALSE 0.05 /* share of false finds among the finds */

/* Wilson's 95 % interval, as wilson(k, n, 0.95): the quantile is a constant
 * here, for there are tens of thousands of shares in a large conversation. */
struct interval share_interval(int32_t k, int32_t n);

/* What was voted in each group: tally[g * statements + j]. */
struct group_votes {
	const struct tally *tally;
	ptrdiff_t groups, statements;
	const bool *left_out; /* [statements] */
};

/* Statements on which group g votes otherwise than everybody else in a group:
 * two-sided z test of the shares (group_test()), Benjamini and Hochberg over
 * all statements, groups and both sides; those found, by the difference of the
 * smoothed shares.  mark[g] for g < groups.  O(groups * statements * log). */
void marks_of_groups(
    struct arena *, const struct group_votes *, struct picks *mark);

/* Statements that more than half agree with (disagree with) in every group,
 * even at the low end of the 95 % interval; by the lowest such end, which is
 * given as `p`. */
struct picks marks_shared(const struct group_votes *, bool agree);

/* Low and high end of the group-informed consensus: the product of the ends of
 * the groups' 95 % intervals.  Wide on purpose: all groups at once. */
struct interval consensus_interval(const struct group_votes *, ptrdiff_t j);

#endif
