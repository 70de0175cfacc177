/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_PHRAGMEN_H
#define ENGINE_PHRAGMEN_H

#include "engine/budget.h"
#include "engine/watch.h"

/* phragmen.h - sequential Phragmén with prices.
 *
 * All voters earn at the same pace.  As soon as the voters of a project have
 * earned its price together it is bought and they have nothing left.  Where
 * the next project costs more than the budget has left, the rule ends: what
 * comes later would have waited for money that others had earned.
 *
 * Points do not count, only whether a voter gave any.  Projects that cost more
 * than the whole budget, or that nobody voted for, do not take part.  Ties, of
 * time: enum tie.  `price` of a choice is the time (units earned by each voter),
 * `money` what the voters of a project had when the rule ended, `stopped_by`
 * the project that ended it.
 *
 * Source: Los, Christoff, Grossi (2022), "Proportional Budget Allocations:
 * Towards a Systematization"; pabutools ends in the same way.
 * Tests: tests/engine/equal_shares.c
 *
 * The watch (or NULL) is asked at each choice: "choices".
 *
 * ERR_INVALID: election_check.  ERR_UNAVAIL: the watch said stop.  Winners are exact (exact.h).  O(choices *
 * votes) at most, few keys are worked out twice. */
enum err phragmen(struct arena *, const struct election *, const struct watch *,
    struct outcome *out) MUST_USE;

#endif
