/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_POLIS_H
#define ENGINE_POLIS_H

#include "engine/kmeans.h"
#include "engine/pca.h"
#include "engine/represent.h"

/* polis.h - opinion groups as Polis publishes them, step by step.
 *
 * For comparing with other programs and with earlier reports; engine/opinion.h
 * is what we recommend and says why.  The result hangs on the order of rows
 * (people in the order of their first vote): the centres start from the first
 * rows.  Production also starts warm and from chance, so it need not agree.
 * Source: compdemocracy/polis, math/ (2024); doc/engine/groups.md.
 * Tests: tests/engine/polis.c (against an independent implementation)
 */
enum { POLIS_BASE = 100, POLIS_GROUPS = 5 };

struct polis {
	struct pca pca;
	bool *left_out; /* [statements]: rejected, or about the talk itself */
	double *people, *statement; /* x and y in turn: places in the picture */
	double *extremity; /* [statements] */
	bool *in; /* [people]: in the conversation */
	ptrdiff_t n_in;

	int n_base; /* circles of people who stand close together */
	double *base; /* x and y in turn */
	int32_t *base_of; /* [people]: -1 when not in the conversation */
	double silhouette[POLIS_GROUPS + 1]; /* by k, from 2 */
	int most_groups;

	int k; /* 0: too few people */
	double centre[2 * POLIS_GROUPS];
	int32_t *group; /* [people]: -1 when not in the conversation */

	struct tally *tally; /* [k * statements], of people in groups */
	struct tally *counted; /* the same, but a column that is left out was
	    passed by every member: what the tests are made of */
	struct group_test *test; /* [k * statements] */
	struct picks mark[POLIS_GROUPS]; /* of each group */
	struct picks agree, disagree; /* of all */
	double *consensus_agree, *consensus_disagree; /* [statements] */
	double *priority; /* [statements] */
};

/* `rejected` and `meta` may be NULL.  O(pca + people * 100 + votes). */
struct polis polis_of(struct arena *, const struct votes *,
    const bool *rejected, const bool *meta);

/* Who takes part: at least min(7, statements) votes; when fewer than 15 do,
 * the most active come in until it is 15.  Gives how many. */
ptrdiff_t polis_in(struct arena *, const struct votes *, bool *in);

#endif
