/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/panels.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "engine/program.h"
#include "engine/swaps.h"

struct panels *
panels_new(struct arena *a, const struct quota_pool *pool,
    const struct lp_solver *solver, const struct watch *watch)
{
	struct panels *p = arena_new(a, struct panels, 1);
	*p = (struct panels){.pool = pool,
	    .solver = solver,
	    .watch = watch,
	    .arena = a,
	    .reached = arena_new(a, bool, pool->n_classes),
	    .x = arena_new(a, int32_t, pool->n_classes)};
	p->swaps = swaps_new(a, pool);
	p->program = program_open(a, pool, solver, true);
	return p;
}

/* ---- the list --------------------------------------------------------- */

static uint64_t
hash_panel(struct panel p)
{
	uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
	for (int32_t i = 0; i < p.n; i++) {
		h ^= (uint64_t)p.class[i] << 32 | (uint64_t)p.count[i];
		h *= UINT64_C(0xff51afd7ed558ccd);
		h ^= h >> 32;
	}
	return h;
}

static bool
same(struct panel a, struct panel b)
{
	size_t bytes = (size_t)a.n * sizeof *a.class;
	return a.n == b.n && memcmp(a.class, b.class, bytes) == 0 &&
	    memcmp(a.count, b.count, bytes) == 0;
}

/* Where the panel is in the table, or the free slot where it would be. */
static int32_t *
find_slot(const struct panels *p, struct panel panel)
{
	uint64_t mask = (uint64_t)p->n_slots - 1;
	uint64_t i = hash_panel(panel) & mask;
	while (p->slot[i] != 0 && !same(p->panel[p->slot[i] - 1], panel))
		i = (i + 1) & mask;
	return &p->slot[i];
}

static void
grow(struct panels *p)
{
	ptrdiff_t cap = p->cap == 0 ? 256 : p->cap * 2;
	struct panel *panel = arena_new(p->arena, struct panel, cap);
	if (p->n > 0)
		memcpy(panel, p->panel, (size_t)p->n * sizeof *panel);
	p->panel = panel;
	p->cap = cap;
	p->n_slots = cap * 2;
	p->slot = arena_new(p->arena, int32_t, p->n_slots);
	for (ptrdiff_t i = 0; i < p->n; i++)
		*find_slot(p, panel[i]) = (int32_t)i + 1;
}

static struct panel
copy(struct arena *a, struct panel p)
{
	int32_t *both = arena_new(a, int32_t, 2 * (ptrdiff_t)p.n);
	size_t bytes = (size_t)p.n * sizeof *both;
	memcpy(both, p.class, bytes);
	memcpy(both + p.n, p.count, bytes);
	return (struct panel){p.n, both, both + p.n};
}

ptrdiff_t
panels_add(struct panels *p, struct panel panel)
{
	if (p->n == p->cap)
		grow(p);
	int32_t *slot = find_slot(p, panel);
	if (*slot != 0)
		return *slot - 1;
	p->panel[p->n] = copy(p->arena, panel);
	*slot = (int32_t)++p->n;
	for (int32_t i = 0; i < panel.n; i++)
		p->reached[panel.class[i]] = true;
	return p->n - 1;
}

ptrdiff_t
panels_add_counted(struct panels *p, const int32_t *x)
{
	struct arena *scratch = arena_scratch(p->arena);
	int32_t *class = arena_new(scratch, int32_t, p->pool->quota->size);
	int32_t *count = arena_new(scratch, int32_t, p->pool->quota->size);
	int32_t n = 0;
	for (int32_t c = 0; c < p->pool->n_classes; c++) {
		if (x[c] == 0)
			continue;
		class[n] = c;
		count[n++] = x[c];
	}
	ptrdiff_t at = panels_add(p, (struct panel){n, class, count});
	arena_close(scratch);
	return at;
}

static double
worth_of(const struct panels *p, const double *worth)
{
	double sum = 0;
	for (ptrdiff_t c = 0; c < p->pool->n_classes; c++)
		sum += worth[c] * p->x[c];
	return sum;
}

/* ---- finding ---------------------------------------------------------- */

enum err
panels_best(struct panels *p, const double *worth, double *best)
{
	const struct lp_solver *s = p->solver;
	ptrdiff_t classes = p->pool->n_classes;
	if (!watch_tick(p->watch, "panel", p->n, 0))
		return ERR_UNAVAIL;
	for (ptrdiff_t c = 0; c < classes; c++)
		s->set_cost(p->program->lp, c, worth[c]);
	enum lp_state state = s->solve(p->program->lp);
	p->solved++;
	if (state != LP_OPTIMAL)
		return state == LP_INFEASIBLE ? ERR_NOT_FOUND : ERR_UNAVAIL;
	int32_t size = 0;
	for (ptrdiff_t c = 0; c < classes; c++) {
		p->x[c] = (int32_t)lround(s->value(p->program->lp, c));
		size += p->x[c];
	}
	if (size != p->pool->quota->size)
		return ERR_UNAVAIL;
	panels_add_counted(p, p->x);
	*best = worth_of(p, worth);
	return ERR_OK;
}

double
panels_swap(struct panels *p, const double *worth, ptrdiff_t from)
{
	struct panel panel = p->panel[from];
	memset(p->x, 0, (size_t)p->pool->n_classes * sizeof *p->x);
	for (int32_t i = 0; i < panel.n; i++)
		p->x[panel.class[i]] = panel.count[i];
	swaps_climb(p->swaps, worth, p->x);
	panels_add_counted(p, p->x);
	return worth_of(p, worth);
}

enum err
panels_cover(struct panels *p)
{
	struct arena *scratch = arena_scratch(p->arena);
	double best = 1;
	double *worth = arena_new(scratch, double, p->pool->n_classes);
	enum err e = ERR_OK;
	while (e == ERR_OK && best > 0.5) {
		bool all = p->n > 0;
		for (ptrdiff_t c = 0; c < p->pool->n_classes; c++) {
			worth[c] = p->reached[c] ? 0 : 1;
			all = all && p->reached[c];
		}
		if (all)
			break;
		e = panels_best(p, worth, &best);
	}
	arena_close(scratch);
	return e;
}
