/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_ENGINE_ELECTIONS_H
#define TESTS_ENGINE_ELECTIONS_H

#include "engine/budget.h"
#include "tests/test.h"

/* elections.h - small elections to test the rules with. */

/* From a table of points, points[v * m + c], 0: no vote.  The lots are in the
 * order of the projects.  Without `scored` the points are votes. */
struct election election_of(struct arena *, int64_t budget, const int64_t *cost,
    ptrdiff_t m, const int32_t *points, ptrdiff_t n, bool scored);

/* A random one with many ties: up to 8 voters, 6 projects, small prices. */
struct election election_random(struct arena *, struct str seed, bool scored);

/* The same with the voters in another order, or each there `times` times. */
struct election election_turned(struct arena *, const struct election *);
struct election election_times(
    struct arena *, const struct election *, int32_t times);

/* "2 0 1": the projects in the order of choosing. */
struct str chosen(struct arena *, const struct outcome *);

#endif
