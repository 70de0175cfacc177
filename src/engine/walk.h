/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_WALK_H
#define ENGINE_WALK_H

#include "engine/panels.h"

/* walk.h - cuts shares into panels.
 *
 * Caratheodory's walk: take a panel that keeps every inequality which the
 * shares keep exactly, take as much of it away as leaves the rest within the
 * inequalities, and go on with the rest.  Each step makes one more inequality
 * exact, so there are no more panels than classes and quotas together; each
 * costs one whole-number program, smaller each time.
 *
 * It may come to a place without a panel, as inequalities alone do not know
 * what whole people can do; then hull.h decides.
 * Tests: tests/solver/chances.c
 */
struct mix { /* of panels */
	ptrdiff_t n;
	ptrdiff_t *panel; /* numbers in the list of panels */
	double *part; /* > 0; together 1 */
};

/* ERR_NOT_FOUND: it found no panel on its way; what it found is in the list.
 * ERR_UNAVAIL: the solver gave up, or stop. */
enum err walk(struct arena *, struct panels *, const double *share,
    struct mix *out) MUST_USE;

#endif
