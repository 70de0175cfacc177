/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_EQUAL_SHARES_H
#define ENGINE_EQUAL_SHARES_H

#include "engine/budget.h"
#include "engine/watch.h"

/* equal_shares.h - the Method of Equal Shares.
 *
 * Each voter gets the same part of the budget (the endowment).  A project's
 * price per point is the smallest at which its voters, each paying that price
 * for each of her points or all she has left, pay for it together.  The project
 * that gives most for the money is bought, again and again, until no project's
 * voters have enough.
 *
 * Gives most for the money: UTILITY_COST, the greatest cost / price (with one
 * point each: the "effective votes"); UTILITY_VOTES, the lowest price.  Keys
 * only fall, so an old one bounds the new one and few are worked out.
 *
 * What is left over is the smaller part of the budget or the larger; completion
 * says what is done with it:
 *   COMPLETION_NONE   nothing
 *   COMPLETION_FILL   budget_fill: by points, as long as they fit
 *   COMPLETION_ADD1   the endowment, from budget / voters rounded down to a
 *     whole of the currency, is raised by `step`, for as long as the result
 *     costs at most the budget.  The first that costs more ends it, though a
 *     later one may fit again: the rule is so defined
 *   COMPLETION_ADD1_FILL   Add1, then fill
 * When all projects together fit, Add1 raises nothing.
 *
 * Source: Peters, Pierczyński, Skowron (2021), "Proportional Participatory
 * Budgeting with Additive Utilities"; equalshares.net for Add1 and ties.
 * Formulas: doc/engine/rank.md.  Tests: tests/engine/equal_shares.c
 */
enum completion {
	COMPLETION_NONE,
	COMPLETION_FILL,
	COMPLETION_ADD1,
	COMPLETION_ADD1_FILL,
};

struct shares_options {
	enum utility utility;
	enum completion completion;
	bool exhaustive; /* Add1 ends where no project can be added either */
	bool fractional; /* Add1 starts at budget / voters, not rounded */
	int64_t step; /* units; 0 is one of the currency */
	const struct watch *watch; /* asked at each choice: "runs", of Add1 */
};

enum { SHARES_RUNS = 2 * 1000 * 1000 };

/* ERR_INVALID: election_check, or a step below 0.  ERR_TOO_LARGE: Add1 came to
 * SHARES_RUNS; a larger step gets further.  ERR_UNAVAIL: the watch said stop.
 *
 * Projects that cost nothing or have no votes are not chosen by the rule, only
 * by the fill.  Winners are exact (exact.h); `price`, `money` and `endowment`
 * are good to about 12 digits.  O(runs * (voters + points of the projects
 * looked at)); memory about 60 bytes a project and 80 a voter, twice that at
 * ties. */
enum err equal_shares(struct arena *, const struct election *,
    const struct shares_options *, struct outcome *out) MUST_USE;

#endif
