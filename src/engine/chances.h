/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_CHANCES_H
#define ENGINE_CHANCES_H

#include "engine/lp.h"
#include "engine/quota.h"
#include "engine/watch.h"

/* chances.h - the distribution over panels that gives the fairest chances.
 *
 * The fairest shares that keep every known inequality are found (shares.h) and
 * cut into panels (walk.h).  Where that fails the shares are either a mix of
 * panels all the same, or break an inequality that panels keep (hull.h), which
 * is added; then it begins again.  Each inequality is a face of what panels
 * can do, so this ends, and its answer is exact: the fairest of a larger set,
 * and in the smaller one.  doc/engine/draw.md.
 *
 * Nothing in it is left to chance or to the clock: the same quota and solver
 * give the same panels.  Tests: tests/solver/chances.c
 */
enum chances_method {
	CHANCES_LEXIMIN, /* the lowest rate, then the next lowest, ... */
	CHANCES_MAXIMIN, /* the lowest rate */
	CHANCES_NASH, /* the product of chances */
	CHANCES_GOLDILOCKS, /* neither very low nor very high rates */
};

struct chances_ask {
	const struct quota_pool *pool;
	enum chances_method method;
	const struct lp_solver *solver;
	const struct watch *watch; /* or NULL */
};

struct chances {
	ptrdiff_t n_panels;
	struct panel *panel;
	double *part; /* > 0; together 1: how likely each panel is */
	double *chance; /* [n_classes]: of each of its people */
	bool *out; /* [n_classes]: in no panel */
	int64_t programs; /* whole-number programs that it took */
	int64_t cuts;
};

/* ERR_NOT_FOUND: no panel keeps the quotas (relax.h says why).  ERR_UNAVAIL:
 * the solver gave up, or the watch said stop.  Everything lies on `a`. */
enum err chances_find(
    struct arena *a, const struct chances_ask *, struct chances *out) MUST_USE;

#endif
