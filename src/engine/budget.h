/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_BUDGET_H
#define ENGINE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* budget.h - projects with a price, a sum to spend, and who voted for what.
 *
 * What all rules of participatory budgeting share (equal_shares.h, phragmen.h),
 * and the plainest of them, greedy.  Money is whole units, the smallest that
 * the prices are written in (öre, say), so that sums and comparisons are exact.
 *
 * Everything that a function makes lies on the arena it is given; nothing is
 * kept between calls.  One thread at a time an arena.
 * Formulas: doc/engine/rank.md.  Tests: tests/engine/budget.c
 */

/* Below this every sum of units and of points is exact as a double too. */
#define BUDGET_MOST ((int64_t)1 << 53)

struct election {
	ptrdiff_t n_voters; /* 0 .. INT32_MAX; also who voted for nothing */
	ptrdiff_t n_projects; /* 0 .. INT32_MAX */
	int64_t budget; /* units, 0 .. BUDGET_MOST */
	int64_t unit; /* how many units are 1 of the currency, > 0 */
	const int64_t *cost; /* [n_projects] units, >= 0 */
	/* Who voted for project c: voter[first[c]] up to voter[first[c+1]-1],
	 * rising; points, above 0, in the same places, NULL: 1 each. */
	const ptrdiff_t *first; /* [n_projects + 1] */
	const int32_t *voter;
	const int32_t *points;
	/* [n_projects] the last word on a tie, the lowest wins: budget_lots */
	const int32_t *lot;
};

/* ERR_INVALID: something is out of the ranges above, a voter stands twice at a
 * project, or all prices or all points are over BUDGET_MOST together.
 * O(votes).  The rules ask it themselves. */
enum err election_check(const struct election *) MUST_USE;

/* Points of each project, [n_projects]; without points, its votes.  O(votes)
 */
void election_scores(const struct election *, int64_t *score);

/* One lot for each of `n` projects, 0 .. n - 1, each order as likely, drawn
 * once from the seed (random.h, purpose "rank lot"). */
void budget_lots(struct arena *, struct str seed, int32_t *lot, ptrdiff_t n);

/* What decided between projects whose keys are equal, in this order
 * (equalshares.net): the lower price, more points, the lower lot. */
enum tie { TIE_NONE, TIE_COST, TIE_VOTES, TIE_LOT };

/* More are not named: a hundred thousand ties of a hundred thousand would not
 * fit anywhere. */
enum { TIED_MOST = 100 };

struct purchase {
	ptrdiff_t project;
	int64_t left; /* of the budget, before it was paid */
	/* Equal shares: the most that a point cost; Phragmén: what each voter
	 * had got by then.  Units; NAN elsewhere. */
	double price;
	bool fill; /* from what the rule itself left over */
	enum tie tie;
	/* [n_tied] others with the same key, TIED_MOST at most */
	const int32_t *tied;
	ptrdiff_t n_tied;
};

struct outcome {
	struct purchase *choice; /* [n] in the order of choosing */
	ptrdiff_t n;
	int64_t cost; /* of all chosen, units */
	bool *chosen; /* [n_projects] */
	/* [n_projects] what was left of the budget when a project was passed
	 * over because it cost more; -1: that was not the reason. */
	int64_t *passed;
	/* [n_projects] what its voters had together when the rule ended,
	 * units; NAN where the rule has no such thing. */
	double *money;
	double endowment; /* units a voter; equal shares, else NAN */
	int64_t runs; /* of equal shares, 0 elsewhere */
	int64_t exact; /* decisions within 1e-9, made in whole numbers */
	int64_t undecided; /* such that grew too large; taken as ties */
	ptrdiff_t stopped_by; /* the project that ended the rule; -1: none */
};

struct outcome outcome_new(struct arena *, const struct election *);

/* Which of the `n` candidates, whose keys are equal, is chosen, as a choice
 * with its tie named. */
struct purchase budget_tie(struct arena *, const struct election *,
    const int64_t *score, const int32_t *candidate, ptrdiff_t n);

/* Adds a choice: its project is chosen and paid. */
void outcome_add(struct outcome *, const struct election *, struct purchase);

/* What a voter gets from a project that she gave a point to: its price (so
 * that each unit spent counts the same), or 1 (each project counts the same).
 */
enum utility { UTILITY_COST, UTILITY_VOTES };

struct greedy_options {
	enum utility utility; /* UTILITY_VOTES: by points for the price */
	bool stop; /* "no skip": ends at the first that does not fit */
};

/* Greedy: the projects by falling points (UTILITY_COST), or points divided by
 * price (UTILITY_VOTES; 0 is the lowest price); each is taken when it still
 * fits.  Ties: see enum tie.  A project without votes comes last and is taken
 * when it fits.  Exact.  O(votes + m log m).  ERR_INVALID: election_check.
 * Source: Rey and Maly, "The (Computational) Social Choice Take on Indivisible
 * Participatory Budgeting" (2023), section 4.1. */
enum err budget_greedy(struct arena *, const struct election *,
    const struct greedy_options *, struct outcome *out) MUST_USE;

/* The same over what `out` has left, each choice marked `fill`: utilitarian
 * completion.  `out` is of the same election. */
void budget_fill(struct arena *, const struct election *, struct outcome *out);

#endif
