/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_SWAPS_H
#define ENGINE_SWAPS_H

#include "engine/quota.h"

/* swaps.h - makes a panel better by swapping one member at a time.
 *
 * Tests: tests/solver/chances.c
 */
struct swaps;

struct swaps *swaps_new(struct arena *, const struct quota_pool *);

/* `x` [n_classes] counts the members of a panel that keeps the quotas.  While
 * a swap of one member for somebody worth more keeps them too, the best such
 * swap is made.  Where nothing helps, x is unchanged.  Each round looks at
 * (classes on the panel) x (classes) pairs, a nanosecond each. */
void swaps_climb(struct swaps *, const double *worth, int32_t *x);

#endif
