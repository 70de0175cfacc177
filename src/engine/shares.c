/* SPDX-License-Identifier: MPL-2.0 */

/* The leximin over inequalities.  With unit = people * weight of a class,
 *
 *	share = unit * (level, or z while it has none) + extra,  extra >= 0
 *
 * z is maximised; whoever has no extra in any best answer (a reduced cost below
 * 0) gets z as its level, and so on with the rest. */
#include "engine/shares.h"

#include <assert.h>
#include <math.h>

#define NOTHING 1e-9 /* of a reduced cost, of a level */
#define SLACK 1e-9 /* over an upper bound */

enum { LOOSEN_TIMES = 4 };

struct levels {
	const struct outer *outer;
	struct program *program;
	struct arena *arena;
	ptrdiff_t classes, n_rows, open;
	double top, z;
	double *unit, *level; /* level < 0: none yet */
	int32_t *cap; /* [n_classes]: row of its upper bound, 0: none */
	int32_t *row;
	double *taken, *sum; /* [rows]: of levels; of units without one */
};

static double
most_of(const struct levels *l, ptrdiff_t c)
{
	double most = l->outer->pool->class[c].most;
	return l->top < INFINITY ? fmin(most, l->top * l->unit[c]) : most;
}

static struct levels *
open_levels(struct arena *a, const struct outer *o, double top)
{
	struct levels *l = arena_new(a, struct levels, 1);
	ptrdiff_t n = o->pool->n_classes;
	*l = (struct levels){.outer = o, .arena = a, .classes = n, .top = top};
	l->program = program_open_cut(a, o->pool, o->solver, o->cut, o->n_cuts);
	l->n_rows = l->program->n_rows;
	l->unit = arena_new(a, double, n);
	l->level = arena_new(a, double, n);
	l->cap = arena_new(a, int32_t, n);
	l->row = arena_new(a, int32_t, l->n_rows + n);
	l->taken = arena_new(a, double, l->n_rows + n);
	l->sum = arena_new(a, double, l->n_rows + n);
	struct lp_column z = {.hi = INFINITY, .cost = 1};
	o->solver->add_column(l->program->lp, &z);
	for (ptrdiff_t c = 0; c < n; c++) {
		const struct quota_class *class = &o->pool->class[c];
		l->unit[c] = class->people * class->weight;
		l->level[c] = o->out[c] ? 0 : -1;
		l->open += !o->out[c];
	}
	return l;
}

/* ---- one program ------------------------------------------------------ */

static void
set_extra(struct levels *l, ptrdiff_t c)
{
	struct lp_column column = program_column(l->program, c);
	double top = most_of(l, c);
	if (l->cap[c] > 0) {
		l->program->row[column.n] = l->cap[c];
		l->program->value[column.n++] = 1;
	}
	column.hi = l->level[c] < 0 ? INFINITY
				    : fmax(0, top - l->unit[c] * l->level[c]);
	if (l->outer->out[c])
		column.hi = 0;
	l->outer->solver->set_column(l->program->lp, c, &column);
}

/* What levels have taken of each row, and how much of z is in it. */
static void
sum_rows(struct levels *l)
{
	for (ptrdiff_t r = 0; r < l->n_rows; r++)
		l->taken[r] = l->sum[r] = 0;
	for (ptrdiff_t c = 0; c < l->classes; c++) {
		struct lp_column column = program_column(l->program, c);
		bool open = l->level[c] < 0;
		double unit = l->unit[c] * (open ? 1 : l->level[c]);
		double *sum = open ? l->sum : l->taken;
		for (ptrdiff_t i = 0; i < column.n; i++)
			sum[column.row[i]] += unit * column.value[i];
		if (l->cap[c] > 0)
			sum[l->cap[c]] = unit;
	}
}

static void
set_rows(struct levels *l)
{
	const struct lp_solver *s = l->outer->solver;
	struct lp_column z = {
	    .hi = INFINITY, .cost = 1, .row = l->row, .value = l->sum};
	sum_rows(l);
	for (ptrdiff_t r = 0; r < l->program->n_rows; r++) {
		double lo, hi;
		program_bounds(l->program, r, &lo, &hi);
		s->set_row(
		    l->program->lp, r, lo - l->taken[r], hi - l->taken[r]);
	}
	for (ptrdiff_t c = 0; c < l->classes; c++) {
		if (l->cap[c] > 0)
			s->set_row(l->program->lp, l->cap[c], -INFINITY,
			    most_of(l, c) - l->taken[l->cap[c]]);
	}
	for (ptrdiff_t r = 0; r < l->n_rows; r++) {
		if (l->sum[r] == 0)
			continue;
		l->row[z.n] = (int32_t)r;
		l->sum[z.n++] = l->sum[r];
	}
	s->set_column(l->program->lp, l->classes, &z);
}

static double
share_of(const struct levels *l, ptrdiff_t c)
{
	if (l->outer->out[c])
		return 0;
	double extra = l->outer->solver->value(l->program->lp, c);
	return l->unit[c] * (l->level[c] < 0 ? l->z : l->level[c]) +
	    fmax(extra, 0);
}

/* Upper bounds bind for few: they become rows when they are passed. */
static bool
add_caps(struct levels *l)
{
	bool added = false;
	for (ptrdiff_t c = 0; c < l->classes; c++) {
		if (l->cap[c] > 0 || l->level[c] >= 0 || l->outer->out[c] ||
		    share_of(l, c) <= most_of(l, c) + SLACK)
			continue;
		l->outer->solver->add_row(l->program->lp, 0, 0);
		l->cap[c] = (int32_t)l->n_rows++;
		set_extra(l, c);
		added = true;
	}
	return added;
}

static enum err
solve_level(struct levels *l)
{
	do {
		set_rows(l);
		if (!watch_tick(l->outer->watch, "level", l->classes - l->open,
			l->classes))
			return ERR_UNAVAIL;
		enum lp_state state = l->outer->solver->solve(l->program->lp);
		if (state != LP_OPTIMAL)
			return state == LP_INFEASIBLE ? ERR_NOT_FOUND
						      : ERR_UNAVAIL;
		l->z = l->outer->solver->value(l->program->lp, l->classes);
	} while (add_caps(l));
	return ERR_OK;
}

/* ---- level by level --------------------------------------------------- */

static void
give_level(struct levels *l, ptrdiff_t c)
{
	l->level[c] = fmax(l->z, 0);
	l->open--;
	if (l->z < NOTHING) {
		l->outer->out[c] = true;
	}
	set_extra(l, c);
}

/* Whoever cannot have more: at an upper bound, or held by the quotas.  There
 * is one: the reduced costs, each times its unit, and what the upper bounds
 * bear add up to 1. */
static void
give_levels(struct levels *l)
{
	const struct lp_solver *s = l->outer->solver;
	ptrdiff_t before = l->open, tightest = -1;
	double most = -1;
	for (ptrdiff_t c = 0; c < l->classes; c++) {
		if (l->level[c] >= 0)
			continue;
		double reduced = -s->reduced(l->program->lp, c);
		if (reduced * l->unit[c] > most) {
			most = reduced * l->unit[c];
			tightest = c;
		}
		if (reduced > NOTHING ||
		    l->z * l->unit[c] > most_of(l, c) - SLACK)
			give_level(l, c);
	}
	if (l->open == before && tightest >= 0)
		give_level(l, tightest);
}

/* Levels may be a rounding error too high together. */
static bool
loosen(struct levels *l, int times)
{
	static const double by[LOOSEN_TIMES] = {1e-12, 1e-11, 1e-10, 1e-9};
	if (times == LOOSEN_TIMES)
		return false;
	for (ptrdiff_t c = 0; c < l->classes; c++) {
		if (l->level[c] <= 0)
			continue;
		l->level[c] = fmax(0, l->level[c] - by[times]);
		set_extra(l, c);
	}
	return true;
}

static enum err
run_levels(struct levels *l, ptrdiff_t levels, double *low)
{
	int loosened = 0;
	bool first = true;
	while (l->open > 0 && levels > 0) {
		enum err e = solve_level(l);
		if (e == ERR_NOT_FOUND && !first && loosen(l, loosened++))
			continue;
		if (e != ERR_OK)
			return e;
		bool some = l->z >= NOTHING;
		if (!some && l->top < INFINITY)
			return ERR_NOT_FOUND; /* `top` is to blame */
		if (first && some)
			*low = l->z;
		first = first && !some;
		levels -= some;
		if (levels > 0)
			give_levels(l);
	}
	return first ? ERR_NOT_FOUND : ERR_OK;
}

enum err
shares_leximin(struct arena *a, const struct outer *o, struct shares_ask ask,
    double *share, double *low)
{
	struct arena *scratch = arena_scratch(a);
	struct levels *l = open_levels(scratch, o, ask.top);
	enum err e = run_levels(l, ask.levels, low);
	for (ptrdiff_t c = 0; e == ERR_OK && c < l->classes; c++) {
		share[c] =
		    l->level[c] < 0 ? share_of(l, c) : l->unit[c] * l->level[c];
	}
	arena_close(scratch);
	return e;
}

/* ---- Goldilocks ------------------------------------------------------- */

struct goldilocks {
	struct arena *arena;
	const struct outer *outer;
	double *share, people, low;
};

/* The objective with no rate above `top`; INFINITY where that cannot be. */
static enum err
price_of(struct goldilocks *g, double top, double *price)
{
	double ratio = g->people / g->outer->pool->quota->size;
	struct shares_ask ask = {top, 1};
	enum err e = shares_leximin(g->arena, g->outer, ask, g->share, &g->low);
	*price = e == ERR_OK ? ratio * top + 1 / (ratio * g->low) : INFINITY;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static double
highest_rate(const struct outer *o, const double *share)
{
	double high = 0;
	for (ptrdiff_t c = 0; c < o->pool->n_classes; c++) {
		const struct quota_class *class = &o->pool->class[c];
		high = fmax(high, share[c] / (class->people * class->weight));
	}
	return high;
}

/* The objective is convex in the highest rate (the best lowest one is concave
 * in it): cut the interval by the golden section. */
static enum err
search(struct goldilocks *g, double lo, double hi, double *top)
{
	const double part = (sqrt(5) - 1) / 2;
	double x[2] = {hi - part * (hi - lo), lo + part * (hi - lo)};
	double price[2] = {0};
	enum err e = price_of(g, x[0], &price[0]);
	if (e == ERR_OK)
		e = price_of(g, x[1], &price[1]);
	while (e == ERR_OK && hi - lo > 1e-7 * hi) {
		/* Both impossible: the least possible one is above. */
		bool left = price[0] < INFINITY && price[0] <= price[1];
		if (left) {
			hi = x[1];
			x[1] = x[0];
			price[1] = price[0];
			x[0] = hi - part * (hi - lo);
			e = price_of(g, x[0], &price[0]);
		} else {
			lo = x[0];
			x[0] = x[1];
			price[0] = price[1];
			x[1] = lo + part * (hi - lo);
			e = price_of(g, x[1], &price[1]);
		}
	}
	*top = hi;
	return e;
}

enum err
shares_goldilocks(struct arena *a, const struct outer *o, double *share)
{
	struct shares_ask ask = {INFINITY, PTRDIFF_MAX};
	struct goldilocks g = {a, o, share, 0, 0};
	double top;
	enum err e = shares_leximin(a, o, ask, share, &g.low);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t c = 0; c < o->pool->n_classes; c++)
		g.people += o->out[c] ? 0 : o->pool->class[c].people;
	e = search(&g, 0, highest_rate(o, share), &top);
	if (e != ERR_OK)
		return e;
	/* At the edge of what can be, a rounding error makes it impossible. */
	e = ERR_NOT_FOUND;
	for (double more = 1e-9; e == ERR_NOT_FOUND && more < 1e-5;
	     more *= 10) {
		ask.top = top * (1 + more);
		e = shares_leximin(a, o, ask, share, &g.low);
	}
	return e;
}
