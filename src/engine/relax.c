/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/relax.h"

#include <math.h>

#include "engine/program.h"

/* A column that moves row v by `step`, at most `most` times. */
static void
add_move(
    const struct program *p, ptrdiff_t v, double step, double most, double cost)
{
	int32_t row = (int32_t)v;
	struct lp_column column = {.hi = fmax(0, most),
	    .cost = -cost,
	    .whole = true,
	    .n = 1,
	    .row = &row,
	    .value = &step};
	p->solver->add_column(p->lp, &column);
}

enum err
relax_least(struct arena *a, const struct quota_pool *pool,
    const struct lp_solver *solver, struct relaxed *out)
{
	const struct quota *q = pool->quota;
	struct arena *scratch = arena_scratch(a);
	struct program *p = program_open(scratch, pool, solver, true);
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		int32_t lo = q->lo[v], hi = q->hi[v];
		double least = out->lo_flex != NULL ? out->lo_flex[v] : 0;
		double most = out->hi_flex != NULL ? out->hi_flex[v] : q->size;
		add_move(p, v, 1, lo - least, lo > 0 ? 1 + 2.0 / lo : 1);
		add_move(p, v, -1, most - hi, 1);
	}
	enum lp_state state = solver->solve(p->lp);
	for (ptrdiff_t v = 0; state == LP_OPTIMAL && v < q->n_values; v++) {
		ptrdiff_t at = pool->n_classes + 2 * v;
		out->lo[v] =
		    q->lo[v] - (int32_t)lround(solver->value(p->lp, at));
		out->hi[v] =
		    q->hi[v] + (int32_t)lround(solver->value(p->lp, at + 1));
	}
	arena_close(scratch);
	if (state == LP_GAVE_UP)
		return ERR_UNAVAIL;
	return state == LP_OPTIMAL ? ERR_OK : ERR_NOT_FOUND;
}

static void
set_bounds(const struct program *p, ptrdiff_t v, const bool *lo, const bool *hi)
{
	const struct quota *q = p->pool->quota;
	p->solver->set_row(
	    p->lp, v, lo[v] ? q->lo[v] : 0, hi[v] ? q->hi[v] : q->size);
}

/* Leaves this end out; if a panel then keeps the others, it belongs to the
 * clash and comes back. */
static enum err
try_without(const struct program *p, ptrdiff_t v, bool *lo, bool *hi, bool *end)
{
	*end = false;
	set_bounds(p, v, lo, hi);
	enum lp_state state = p->solver->solve(p->lp);
	if (state == LP_GAVE_UP)
		return ERR_UNAVAIL;
	if (state == LP_OPTIMAL)
		*end = true;
	set_bounds(p, v, lo, hi);
	return ERR_OK;
}

enum err
relax_clash(struct arena *a, const struct quota_pool *pool,
    const struct lp_solver *solver, bool *lo, bool *hi)
{
	const struct quota *q = pool->quota;
	struct arena *scratch = arena_scratch(a);
	struct program *p = program_open(scratch, pool, solver, true);
	enum err e = ERR_OK;
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		lo[v] = q->lo[v] > 0;
		hi[v] = q->hi[v] < q->size;
	}
	for (ptrdiff_t v = 0; e == ERR_OK && v < q->n_values; v++) {
		if (hi[v])
			e = try_without(p, v, lo, hi, &hi[v]);
	}
	for (ptrdiff_t v = 0; e == ERR_OK && v < q->n_values; v++) {
		if (lo[v])
			e = try_without(p, v, lo, hi, &lo[v]);
	}
	arena_close(scratch);
	return e;
}
