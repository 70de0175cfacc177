/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_LOTTERY_H
#define ENGINE_LOTTERY_H

#include "engine/quota.h"
#include "engine/random.h"

/* lottery.h - from chances to one panel, by the seed or by dice.
 *
 * All in whole numbers, so that anybody can repeat it.
 * Tests: tests/solver/chances.c
 */
#define LOTTERY_WHOLE INT64_C(1000000000000)
enum { LOTTERY_LIST = 1000 };

/* Whole weights in proportion to part[n] (> 0, together 1) that add up to
 * `whole`: rounded down, and what is left to the greatest remainders (ties to
 * the first). */
void lottery_weights(struct arena *, const double *part, ptrdiff_t n,
    int64_t whole, int64_t *weight);

/* Panels with how likely each is. */
struct lottery {
	const struct quota_pool *pool;
	ptrdiff_t n;
	const struct panel *panel;
	const int64_t *weight; /* adds up to LOTTERY_WHOLE */
};

/* The number of a panel, by its weight. */
ptrdiff_t lottery_draw(const struct lottery *, struct random *);

/* The people of a panel: who[size], each of a class as likely, at most one of
 * a household. */
void lottery_people(struct arena *, const struct quota_pool *, struct panel,
    struct random *, int32_t *who);

/* A list of LOTTERY_LIST equally likely panels: who[LOTTERY_LIST * size].
 * Each panel comes as often as its weight says, rounded up or down so that
 * chances change as little as may be; the people of a class take turns, in an
 * order from `r`.  Gives the greatest change of anybody's chance.
 * O(n^2 * size) and LOTTERY_LIST * size. */
double lottery_list(
    struct arena *, const struct lottery *, struct random *r, int32_t *who);

#endif
