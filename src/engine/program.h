/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_PROGRAM_H
#define ENGINE_PROGRAM_H

#include "engine/lp.h"
#include "engine/quota.h"

/* program.h - the quotas of a pool as rows of a linear program.
 *
 * Rows, in this order: one a value, then the size, then one a kind of
 * household, then one a cut.  Column c is how many of class c a panel has.
 */

/* An inequality that every panel keeps: sum of worth[c] x[c] <= most. */
struct cut {
	const double *worth; /* [n_classes], >= 0 */
	double most;
};

struct program {
	const struct quota_pool *pool;
	const struct lp_solver *solver;
	struct lp *lp;
	const struct cut *cut;
	ptrdiff_t n_cuts, n_rows;
	/* Where entries are put together; room for two more. */
	int32_t *row;
	double *value;
};

/* Opens it with its rows, and columns 0 <= x[c] <= most. */
struct program *program_open(struct arena *, const struct quota_pool *,
    const struct lp_solver *, bool whole);
/* The same, in parts of people, and with cuts. */
struct program *program_open_cut(struct arena *, const struct quota_pool *,
    const struct lp_solver *, const struct cut *, ptrdiff_t n_cuts);

/* The column of class c, in the program's buffers until the next one. */
struct lp_column program_column(const struct program *, ptrdiff_t c);

/* Bounds of row r as the quotas have it. */
void program_bounds(
    const struct program *, ptrdiff_t r, double *lo, double *hi);

#endif
