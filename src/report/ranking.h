/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_RANKING_H
#define REPORT_RANKING_H

#include "engine/pairwise.h"
#include "model/tally.h"
#include "report/rank.h"

/* ranking.h - what came of a round: each side's ranking in numbers and words.
 *
 * Three rankings, never added up.  An option has the places that its interval
 * (95 %) leaves it, what supports it, and a sentence why.  With a budget each
 * side's ballots are also reckoned by Equal Shares (Add1, then fill), exactly
 * (engine/equal_shares.h); ties go by a lot drawn from the round's id.  A side
 * of fewer than k is hidden.
 * Memory: the caller's arena.  Tests: tests/report/ranking.c
 */
struct ranked {
	struct rating rating; /* value, range, first, last */
	double
	    feasibility; /* ROUND_VALUE alone, as `worth`: 1 to 5, NAN: none */
	double worth;
	int64_t answers; /* ballots that name it; of a pair: how often shown */
	struct str support, why;
	bool chosen; /* with a budget */
};

struct ranking {
	int64_t people;
	bool hidden;
	struct ranked *item; /* [n_options] */
	ptrdiff_t *order; /* [n_options] the best first */
	struct budget_run *run; /* NULL: no budget */
};

struct rankings {
	struct ranking of[ROUND_SIDES];
	int64_t k;
};

struct ranking_from {
	const struct round *round;
	const struct tallies *tallies;
	int64_t k;
	enum lang lang;
};

/* ERR_TOO_LARGE: Add1 came to no end. */
enum err ranking_make(
    struct arena *, const struct ranking_from *, struct rankings *) MUST_USE;

/* How far two sides agree: Spearman's rank correlation of their values, NAN
 * where one is hidden, or all of one is level. */
double ranking_agreement(struct arena *, const struct ranking *,
    const struct ranking *, ptrdiff_t n_options);
/* msgid of "agree much", ... */
const char *ranking_agreement_words(double);

/* ---- files ---- */

/* Pabulib's format, for rounds of choosing or points; "" for others.  Ballots
 * are numbered in an order that is none.  ranking_sums() is a table of sums.
 * A side that is hidden is in neither. */
struct str ranking_pb(
    struct arena *, const struct ranking_from *, const struct rankings *);
/* Choices between two as All Our Ideas writes its votes, of a pairwise round;
 * `samskab rank` reads it.  The session is a ballot, its identifier the side. */
enum err ranking_pairs(struct arena *, const struct ranking_from *,
    const struct rankings *, struct str *out) MUST_USE;
enum err ranking_sums(struct arena *, const struct ranking_from *,
    const struct rankings *, struct str *out) MUST_USE;

#endif
