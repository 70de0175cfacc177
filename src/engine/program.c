/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/program.h"

#include <math.h>

struct lp_column
program_column(const struct program *p, ptrdiff_t c)
{
	const struct quota_pool *pool = p->pool;
	const struct quota *q = pool->quota;
	const struct quota_class *class = &pool->class[c];
	ptrdiff_t n = q->n_features, first = q->n_values + 1 + pool->n_kinds;
	for (ptrdiff_t i = 0; i < n; i++)
		p->row[i] = pool->value[c * q->n_features + i];
	p->row[n++] = (int32_t)q->n_values;
	if (class->kind >= 0)
		p->row[n++] = (int32_t)q->n_values + 1 + class->kind;
	for (ptrdiff_t i = 0; i < n; i++)
		p->value[i] = 1;
	for (ptrdiff_t i = 0; i < p->n_cuts; i++) {
		if (p->cut[i].worth[c] <= 0)
			continue;
		p->row[n] = (int32_t)(first + i);
		p->value[n++] = p->cut[i].worth[c];
	}
	return (struct lp_column){
	    .hi = class->most, .n = n, .row = p->row, .value = p->value};
}

void
program_bounds(const struct program *p, ptrdiff_t r, double *lo, double *hi)
{
	const struct quota *q = p->pool->quota;
	ptrdiff_t kinds = q->n_values + 1;
	ptrdiff_t cuts = kinds + p->pool->n_kinds;
	*lo = 0;
	if (r < q->n_values) {
		*lo = q->lo[r];
		*hi = q->hi[r];
	} else if (r < kinds) {
		*lo = *hi = q->size;
	} else if (r < cuts) {
		*hi = p->pool->homes[r - kinds];
	} else {
		*hi = p->cut[r - cuts].most;
	}
}

static void
fill(struct program *p, bool whole)
{
	for (ptrdiff_t r = 0; r < p->n_rows; r++) {
		double lo, hi;
		program_bounds(p, r, &lo, &hi);
		p->solver->add_row(p->lp, lo, hi);
	}
	for (ptrdiff_t c = 0; c < p->pool->n_classes; c++) {
		struct lp_column column = program_column(p, c);
		column.whole = whole;
		p->solver->add_column(p->lp, &column);
	}
}

static struct program *
new_program(struct arena *a, struct program as)
{
	struct program *p = arena_new(a, struct program, 1);
	ptrdiff_t n = as.pool->quota->n_features + 4 + as.n_cuts;
	*p = as;
	p->lp = p->solver->open(p->solver->room, a);
	p->n_rows = p->pool->quota->n_values + 1 + p->pool->n_kinds + p->n_cuts;
	p->row = arena_new(a, int32_t, n);
	p->value = arena_new(a, double, n);
	return p;
}

struct program *
program_open(struct arena *a, const struct quota_pool *pool,
    const struct lp_solver *solver, bool whole)
{
	struct program *p =
	    new_program(a, (struct program){.pool = pool, .solver = solver});
	fill(p, whole);
	return p;
}

struct program *
program_open_cut(struct arena *a, const struct quota_pool *pool,
    const struct lp_solver *solver, const struct cut *cut, ptrdiff_t n_cuts)
{
	struct program *p = new_program(a,
	    (struct program){
		.pool = pool, .solver = solver, .cut = cut, .n_cuts = n_cuts});
	fill(p, false);
	return p;
}
