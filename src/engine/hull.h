/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_HULL_H
#define ENGINE_HULL_H

#include "engine/program.h"
#include "engine/walk.h"

/* hull.h - whether shares are a mix of panels; and if not, why not.
 *
 * Column generation (Flanigan et al. 2021): the greatest t such that some mix
 * of the known panels gives each class t times its share.  With 1 it is the
 * mix.  Below 1 the dual prices say what a panel would have to be worth more
 * than; when the solver proves that there is none, "no panel is worth more" is
 * an inequality which every panel keeps and the shares do not.
 *
 * `share` is >= 0.  ERR_OK: `out` gives each class its share, to 1e-9.
 * ERR_CONFLICT: `out` gives the greatest part of them that can be had, `part`,
 * and `cut` is the inequality; both on `a`.  ERR_UNAVAIL: the solver gave up,
 * or stop.  The list of panels must not be empty.
 */
struct hull_answer {
	struct mix mix;
	struct cut cut;
	double part; /* 1, or less */
};
enum err hull_mix(struct arena *a, struct panels *, const double *share,
    struct hull_answer *out) MUST_USE;

#endif
