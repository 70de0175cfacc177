/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_RELAX_H
#define ENGINE_RELAX_H

#include "engine/lp.h"
#include "engine/quota.h"

/* relax.h - why no panel keeps the quotas, and the least change that helps.
 *
 * Tests: tests/solver/relax.c
 */

/* The least change: lowering a least number costs 1 + 2 / it for each person
 * (the small ones hurt most), raising a greatest number 1 (as the tools of the
 * Sortition Foundation do).
 *
 *	lo, hi            out [n_values]: the quotas after it
 *	lo_flex, hi_flex  [n_values]: no further than these; or NULL
 *
 * ERR_NOT_FOUND: no such change helps (too few people or households, or the
 * limits are too close).  ERR_UNAVAIL: the solver gave up. */
struct relaxed {
	int32_t *lo, *hi;
	const int32_t *lo_flex, *hi_flex;
};
enum err relax_least(struct arena *, const struct quota_pool *,
    const struct lp_solver *, struct relaxed *) MUST_USE;

/* Which quotas clash: a set that no panel keeps together, while it keeps them
 * without any one of the set.  lo[v], hi[v] say whether that end of value v is
 * in it.  The quotas must be impossible.  2 n_values whole-number programs. */
enum err relax_clash(struct arena *, const struct quota_pool *,
    const struct lp_solver *, bool *lo, bool *hi) MUST_USE;

#endif
