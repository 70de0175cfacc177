/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_REPRESENT_H
#define ENGINE_REPRESENT_H

#include <stdbool.h>

#include "engine/votes.h"

/* represent.h - what marks a group, what unites all, what to ask next.
 *
 * The tests and lists that Polis publishes (Small et al. 2021), on counts.  A
 * count is given as struct tally; S below is agree + disagree + pass.  The
 * limit z > 1.2816 is one-sided 90 % and not corrected for the many tests:
 * the lists are for looking further, they prove nothing.
 * All is O(groups * statements) and + - * / sqrt.
 * Tests: tests/engine/marks.c, tests/engine/polis.c
 */
enum { REPRESENT_MOST = 5, REPRESENT_GROUPS = 16 };
#define REPRESENT_Z 1.2816

/* One statement in one group against everybody else who is in a group. */
struct group_test {
	double pa, pd; /* (A + 1) / (S + 2), disagree likewise */
	double pat, pdt; /* z of that against a half, one pseudo-vote */
	double ra, rd; /* pa over the others' pa */
	double rat, rdt; /* z of two shares, one pseudo-vote each */
};
struct group_test group_test(struct tally own, struct tally others);

/* A statement on a list, and the side that is meant. */
struct pick {
	int32_t statement;
	bool agree, best; /* best: the strongest agree of its group */
	double p, p_test, ratio, ratio_test;
};
struct picks {
	struct pick pick[REPRESENT_MOST];
	int n;
};

/* The statements that set group g apart; test[j] are its tests, own[j] its
 * votes; those in `left_out` (NULL: none) are passed over. */
struct picks representative(const struct group_test *test,
    const struct tally *own, const bool *left_out, ptrdiff_t statements);

/* What most of all people agree with (or disagree with): share above a half
 * and z above the limit, by share times z. */
struct picks majority(const struct tally *all, const bool *left_out,
    ptrdiff_t statements, bool agree);

/* Group-informed consensus: the product over groups of (A + 1) / (S + 2), of
 * disagreeing likewise.  tally[g * statements + j].  Shrinks as groups grow in
 * number: compare within one result only. */
void consensus(const struct tally *, ptrdiff_t groups, ptrdiff_t statements,
    double *agree, double *disagree);

/* How much a statement needs more votes: [(1 - p)(1 + E) a (1 + 8 2^(-S/5))]^2
 * with p, a the smoothed shares of passes and agrees, E how far out it stands
 * in the picture; 49 for one about the conversation itself. */
double priority(struct tally all, double extremity, bool is_meta);

#endif
