/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/walk.h"

#include <math.h>
#include <string.h>

#include "engine/program.h"

#define EXACT 1e-10 /* nearer to a bound than this is at it */
#define ENOUGH 1e-9 /* of the whole, left over */

struct rest {
	struct arena *arena;
	struct panels *panels;
	struct program *program; /* of whole people */
	double *share; /* [n_classes]: what is left */
	double left; /* of 1 */
	double *sum, *has; /* [rows]: of what is left; of a panel */
	int32_t *x; /* [n_classes]: of a panel */
	struct mix mix;
	ptrdiff_t cap;
};

static struct rest *
start(struct arena *a, struct panels *panels, const double *share)
{
	const struct quota_pool *pool = panels->pool;
	ptrdiff_t n = pool->n_classes;
	struct rest *r = arena_new(a, struct rest, 1);
	*r = (struct rest){.arena = a, .panels = panels, .left = 1};
	r->program = program_open(a, pool, panels->solver, true);
	r->share = arena_new(a, double, n);
	r->x = arena_new(a, int32_t, n);
	memcpy(r->share, share, (size_t)n * sizeof *share);
	r->sum = arena_new(a, double, r->program->n_rows);
	r->has = arena_new(a, double, r->program->n_rows);
	r->cap = 2 * (n + r->program->n_rows) + 16;
	r->mix.panel = arena_new(a, ptrdiff_t, r->cap);
	r->mix.part = arena_new(a, double, r->cap);
	return r;
}

/* sum[row] over classes of times[c] * column c */
static void
sum_shares(struct rest *r)
{
	memset(r->sum, 0, (size_t)r->program->n_rows * sizeof *r->sum);
	for (ptrdiff_t c = 0; c < r->panels->pool->n_classes; c++) {
		struct lp_column column = program_column(r->program, c);
		for (ptrdiff_t i = 0; i < column.n; i++)
			r->sum[column.row[i]] += r->share[c];
	}
}

/* The next panel must be where the rest is: at each bound that it is at.
 * Whoever is furthest behind comes first. */
static void
set_program(struct rest *r)
{
	const struct lp_solver *s = r->panels->solver;
	for (ptrdiff_t c = 0; c < r->panels->pool->n_classes; c++) {
		struct lp_column column = program_column(r->program, c);
		double most = column.hi;
		column.whole = true;
		column.cost = r->share[c] / (r->left * most);
		if (r->share[c] < EXACT)
			column.hi = 0;
		else if (r->share[c] > r->left * most - EXACT)
			column.lo = most;
		s->set_column(r->program->lp, c, &column);
	}
	for (ptrdiff_t i = 0; i < r->program->n_rows; i++) {
		double lo, hi;
		program_bounds(r->program, i, &lo, &hi);
		if (r->sum[i] < r->left * lo + EXACT)
			hi = lo;
		else if (r->sum[i] > r->left * hi - EXACT)
			lo = hi;
		s->set_row(r->program->lp, i, lo, hi);
	}
}

static void
take_panel(struct rest *r)
{
	const struct lp_solver *s = r->panels->solver;
	memset(r->has, 0, (size_t)r->program->n_rows * sizeof *r->has);
	for (ptrdiff_t c = 0; c < r->panels->pool->n_classes; c++) {
		r->x[c] = (int32_t)lround(s->value(r->program->lp, c));
		struct lp_column column = program_column(r->program, c);
		for (ptrdiff_t i = 0; i < column.n; i++)
			r->has[column.row[i]] += r->x[c];
	}
}

/* room / speed, where something moves to its bound, and no more than `most` */
static double
limit(double most, double room, double speed)
{
	return speed > 0 && room < most * speed ? fmax(room, 0) / speed : most;
}

/* How much of the panel can go. */
static double
step_length(const struct rest *r)
{
	double step = r->left;
	for (ptrdiff_t c = 0; c < r->panels->pool->n_classes; c++) {
		double most = r->panels->pool->class[c].most;
		step = limit(step, r->share[c], r->x[c]);
		step =
		    limit(step, r->left * most - r->share[c], most - r->x[c]);
	}
	for (ptrdiff_t i = 0; i < r->program->n_rows; i++) {
		double lo, hi;
		program_bounds(r->program, i, &lo, &hi);
		step = limit(step, r->sum[i] - r->left * lo, r->has[i] - lo);
		step = limit(step, r->left * hi - r->sum[i], hi - r->has[i]);
	}
	return step;
}

static enum err
walk_on(struct rest *r)
{
	sum_shares(r);
	set_program(r);
	if (r->mix.n == r->cap)
		return ERR_NOT_FOUND;
	if (!watch_tick(r->panels->watch, "panel", r->mix.n, 0))
		return ERR_UNAVAIL;
	enum lp_state state = r->panels->solver->solve(r->program->lp);
	r->panels->solved++;
	if (state != LP_OPTIMAL)
		return state == LP_INFEASIBLE ? ERR_NOT_FOUND : ERR_UNAVAIL;
	take_panel(r);
	double step = step_length(r);
	r->mix.panel[r->mix.n] = panels_add_counted(r->panels, r->x);
	r->mix.part[r->mix.n++] = step;
	for (ptrdiff_t c = 0; c < r->panels->pool->n_classes; c++)
		r->share[c] = fmax(0, r->share[c] - step * r->x[c]);
	r->left -= step;
	return step > 0 ? ERR_OK : ERR_NOT_FOUND;
}

/* The same panel may come twice; parts that are nothing go. */
static void
copy_mix(struct arena *a, const struct mix *from, struct mix *to)
{
	double sum = 0;
	to->panel = arena_new(a, ptrdiff_t, from->n);
	to->part = arena_new(a, double, from->n);
	to->n = 0;
	for (ptrdiff_t i = 0; i < from->n; i++)
		sum += from->part[i];
	for (ptrdiff_t i = 0; i < from->n; i++) {
		to->panel[to->n] = from->panel[i];
		to->part[to->n++] = from->part[i] / sum;
	}
}

enum err
walk(struct arena *a, struct panels *panels, const double *share,
    struct mix *out)
{
	struct arena *scratch = arena_scratch(a);
	struct rest *r = start(scratch, panels, share);
	enum err e = ERR_OK;
	while (e == ERR_OK && r->left > ENOUGH)
		e = walk_on(r);
	if (e == ERR_OK)
		copy_mix(a, &r->mix, out);
	arena_close(scratch);
	return e;
}
