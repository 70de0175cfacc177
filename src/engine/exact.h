/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_EXACT_H
#define ENGINE_EXACT_H

#include "engine/budget.h"

/* exact.h - equal shares and Phragmén in whole numbers of any length.
 *
 * The rules run in doubles.  Where two of their keys are within 1e-9 of each
 * other, or a price within 1e-9 of what its voters have, they replay their
 * choices here and ask.  Everything is kept as whole numbers over one common
 * denominator, and once for all voters with the same money, so that a replay
 * takes about as long as some thousand additions a choice.
 *
 * Numbers grow with each choice.  Past EXACT_BYTES together the answer is
 * "cannot say", from then on.  The numbers are GMP's and lie outside the
 * arena; closing the arena frees them.  Inside the engine only.
 * Tests: tests/engine/exact.c
 */
enum { EXACT_BYTES = 64 * 1024 * 1024 };

/* What a comparison gives when the numbers have grown too large. */
enum { EXACT_UNKNOWN = 2 };

struct exact_shares;

/* Every voter has `numerator` / `denominator` units; nobody has paid. */
struct exact_shares *exact_shares_new(struct arena *, const struct election *,
    int64_t numerator, int64_t denominator);

/* The voters of a project pay for it; they can. */
void exact_shares_pay(struct exact_shares *, ptrdiff_t project);

/* The sign of what the voters of a project have less its price. */
int exact_shares_affords(struct exact_shares *, ptrdiff_t project);

/* The sign of a's key less b's; the voters of both can pay. */
int exact_shares_compare(
    struct exact_shares *, enum utility, ptrdiff_t a, ptrdiff_t b);

struct exact_loads;

struct exact_loads *exact_loads_new(struct arena *, const struct election *);
void exact_loads_pay(struct exact_loads *, ptrdiff_t project);

/* The sign of the time of b less that of a: above 0 when a comes first. */
int exact_loads_compare(struct exact_loads *, ptrdiff_t a, ptrdiff_t b);

#endif
