/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_LP_H
#define ENGINE_LP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* lp.h - the linear solver that the caller brings.
 *
 * The engine knows no solver.  It builds a program by rows and columns, asks
 * for its maximum, changes it and asks again; a solver that keeps its last
 * basis is quick at that.  Bounds may be -INFINITY and INFINITY.  The same
 * calls must give the same answers: a solver may not look at a clock for
 * anything but giving up.  src/solver/solver.h is one.
 */
enum lp_state {
	LP_OPTIMAL,
	LP_INFEASIBLE,
	LP_GAVE_UP, /* stalled, ran out of time, or unbounded */
};

struct lp_column {
	double lo, hi, cost;
	bool whole; /* an integer */
	ptrdiff_t n; /* entries: value[i] in row[i], each row once */
	const int32_t *row;
	const double *value;
};

struct lp;

struct lp_solver {
	void *room; /* whatever the solver wants to remember */
	/* An empty program; it goes when `a` closes. */
	struct lp *(*open)(void *room, struct arena *a);
	/* Rows and columns are numbered from 0 as they come. */
	void (*add_row)(struct lp *, double lo, double hi);
	void (*set_row)(struct lp *, ptrdiff_t row, double lo, double hi);
	void (*add_column)(struct lp *, const struct lp_column *);
	void (*set_column)(
	    struct lp *, ptrdiff_t column, const struct lp_column *);
	void (*set_cost)(struct lp *, ptrdiff_t column, double cost);
	/* The maximum of the costs; with whole columns, over whole numbers. */
	enum lp_state (*solve)(struct lp *);
	/* Of the last solve that was LP_OPTIMAL; duals and reduced costs only
	 * without whole columns.  A maximum has dual >= 0 where the upper bound
	 * of a row binds and <= 0 where the lower one does; so do columns. */
	double (*objective)(struct lp *);
	double (*value)(struct lp *, ptrdiff_t column);
	double (*dual)(struct lp *, ptrdiff_t row);
	double (*reduced)(struct lp *, ptrdiff_t column);
};

#endif
