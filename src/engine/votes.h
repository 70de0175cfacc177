/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_VOTES_H
#define ENGINE_VOTES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* votes.h - who voted what on which statement, as a sparse matrix.
 *
 * Agree, disagree, pass and "not seen" are four different things: the first
 * three are votes, the last is the absence of one.  Rows are people, columns
 * statements, both numbered from 0 by the caller; whoever numbers them by a
 * sorted list of ids gets the same matrix whatever the order of the rows they
 * came in.
 *
 * Memory is the caller's arena; nothing is changed after votes_build().
 * Tests: tests/engine/votes.c
 */
enum { VOTE_DISAGREE = -1, VOTE_PASS = 0, VOTE_AGREE = 1 };

/* Votes as they came in, the earliest first. */
struct ballots {
	int32_t *person, *statement;
	int8_t *vote;
	ptrdiff_t n;
};

struct votes {
	ptrdiff_t people, statements;
	ptrdiff_t *row; /* [people + 1]: where a person's votes start */
	int32_t *statement; /* [row[people]], rising within a row */
	int8_t *vote; /* [row[people]], a VOTE_* */
};

/* The matrix of `b`, where the last vote of a person on a statement counts.
 * Every person is below `people`, every statement below `statements`, each
 * vote a VOTE_*.  O(votes + people + statements) time, 4 bytes a vote of
 * scratch and 5 of result. */
void votes_build(struct arena *, const struct ballots *b, ptrdiff_t people,
    ptrdiff_t statements, struct votes *out);

/* The matrix of some people only: row r is that of list[r].  O(their votes). */
struct votes votes_some(
    struct arena *, const struct votes *, const int32_t *list, ptrdiff_t n);

/* The matrix with further votes, whose persons and statements are below those
 * of `v`: for a conversation that is loaded.  One copy of the votes: about
 * 1 ns a vote. */
struct votes votes_more(
    struct arena *, const struct votes *v, const struct ballots *more);

/* How the votes on one statement fall out. */
struct tally {
	int32_t agree, disagree, pass;
};
static inline int32_t
tally_seen(struct tally t)
{
	return t.agree + t.disagree + t.pass;
}
void tally_add(struct tally *, int8_t vote);

/* Votes by group and statement: out[g * statements + j], for the people whose
 * group[i] is g (0 .. groups - 1); anybody else is left out.  `out` is zeroed
 * first.  O(votes + groups * statements). */
void votes_tally(const struct votes *, const int32_t *group, ptrdiff_t groups,
    struct tally *out);

/* Agreement of two partitions beyond chance: the adjusted Rand index (Hubert
 * and Arabie 1985) over the n elements where both labels are 0 .. 15; 1 for
 * equal partitions, about 0 for unrelated ones; 1 when both have one group, NAN
 * without a common element.  O(n). */
double adjusted_rand(const int32_t *a, const int32_t *b, ptrdiff_t n);

#endif
