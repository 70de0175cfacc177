/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_PANELS_H
#define ENGINE_PANELS_H

#include "engine/lp.h"
#include "engine/quota.h"
#include "engine/watch.h"

/* panels.h - panels that keep the quotas: found by weight, kept in a list.
 *
 * There are far too many to write down.  Each is found when it is wanted, as
 * the whole-number program
 *
 *	max sum worth[c] x[c],  x[c] people of class c, quotas and size kept
 *
 * exactly by the solver, or quickly and nearly by swapping members of a known
 * panel.  Tests: tests/solver/chances.c
 */
struct panels {
	const struct quota_pool *pool;
	const struct lp_solver *solver;
	const struct watch *watch;
	struct arena *arena;
	struct panel *panel; /* the list; each once */
	ptrdiff_t n;
	bool *reached; /* [n_classes]: some panel of the list takes of it */
	int64_t solved; /* whole-number programs so far */
	/* Its own. */
	struct program *program;
	struct swaps *swaps;
	ptrdiff_t cap, n_slots;
	int32_t *slot;
	int32_t *x; /* [n_classes] */
};

struct panels *panels_new(struct arena *, const struct quota_pool *,
    const struct lp_solver *, const struct watch *);

/* Finds a panel of the greatest worth (all >= 0) and puts it into the list;
 * `best` is its worth.  ERR_NOT_FOUND: there is no panel at all.  ERR_UNAVAIL:
 * the solver gave up, or the watch said stop. */
enum err panels_best(
    struct panels *, const double *worth, double *best) MUST_USE;

/* Improves panel `from` of the list by swaps of one member, while its worth
 * grows, and puts the result into the list.  Its worth. */
double panels_swap(struct panels *, const double *worth, ptrdiff_t from);

/* Fills the list until every class that any panel can take of is reached.
 * Errors as panels_best(). */
enum err panels_cover(struct panels *) MUST_USE;

/* Adds one (its arrays are copied) unless it is known; its number. */
ptrdiff_t panels_add(struct panels *, struct panel);
/* The same, of x[n_classes] people. */
ptrdiff_t panels_add_counted(struct panels *, const int32_t *x);

#endif
