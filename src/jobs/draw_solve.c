/* SPDX-License-Identifier: MPL-2.0 */

/* Finding the chances: the solver apart, with a deadline, and what is done when
 * it does not manage. */
#include <string.h>

#include "base/clock.h"
#include "engine/legacy.h"
#include "engine/relax.h"
#include "jobs/draw.h"
#include "solver/solver.h"

#define ANSWER_BYTES ((ptrdiff_t)256 * 1024 * 1024)

enum { LEGACY_PANELS = 1000, LEGACY_ATTEMPTS = 20000 };

/* ---- an answer as bytes, between two copies of one program ------------- */

static void
put(struct buf *b, const void *p, ptrdiff_t n, size_t each)
{
	buf_add(b, (struct str){p, n * (ptrdiff_t)each});
}

#define PUT(b, p, n) put((b), (p), (n), sizeof *(p))

static void *
get(struct arena *a, struct str *from, ptrdiff_t bytes)
{
	char *to = arena_alloc(a, 1, 16, bytes);
	if (bytes > 0)
		memcpy(to, from->p, (size_t)bytes);
	*from = str_sub(*from, bytes, from->n);
	return to;
}

#define GET(a, from, n, T) ((T *)get((a), (from), (ptrdiff_t)sizeof(T) * (n)))

static struct str
pack_chances(
    struct arena *a, const struct chances *c, const struct quota_pool *pool)
{
	struct buf b = buf_new(a, ANSWER_BYTES);
	PUT(&b, c, 1);
	PUT(&b, c->part, c->n_panels);
	PUT(&b, c->chance, pool->n_classes);
	PUT(&b, c->out, pool->n_classes);
	for (ptrdiff_t i = 0; i < c->n_panels; i++) {
		PUT(&b, &c->panel[i].n, 1);
		PUT(&b, c->panel[i].class, c->panel[i].n);
		PUT(&b, c->panel[i].count, c->panel[i].n);
	}
	struct str none = {0};
	return b.full ? none : buf_str(&b);
}

static void
unpack_chances(struct arena *a, struct str from, struct draw *d)
{
	struct chances *c = &d->chances;
	*c = *GET(a, &from, 1, struct chances);
	c->part = GET(a, &from, c->n_panels, double);
	c->chance = GET(a, &from, d->pool->n_classes, double);
	c->out = GET(a, &from, d->pool->n_classes, bool);
	c->panel = arena_new(a, struct panel, c->n_panels);
	for (ptrdiff_t i = 0; i < c->n_panels; i++) {
		struct panel *p = &c->panel[i];
		p->n = *GET(a, &from, 1, int32_t);
		p->class = GET(a, &from, p->n, int32_t);
		p->count = GET(a, &from, p->n, int32_t);
	}
}

/* ---- the child -------------------------------------------------------- */

static enum chances_method
solver_method(enum draw_method m)
{
	static const enum chances_method methods[] = {
	    [DRAW_LEXIMIN] = CHANCES_LEXIMIN,
	    [DRAW_MAXIMIN] = CHANCES_MAXIMIN,
	    [DRAW_NASH] = CHANCES_NASH,
	    [DRAW_GOLDILOCKS] = CHANCES_GOLDILOCKS,
	};
	return methods[m];
}

static enum err
run_chances(
    struct draw *d, struct arena *a, const struct watch *watch, struct str *out)
{
	struct lp_solver solver = glpk_solver();
	struct chances_ask ask = {
	    d->pool, solver_method(d->method), &solver, watch};
	struct chances c;
	enum err e = chances_find(a, &ask, &c);
	if (e != ERR_OK)
		return e;
	*out = pack_chances(a, &c, d->pool);
	return out->n > 0 ? ERR_OK : ERR_TOO_LARGE;
}

static enum err
run_relax(
    struct draw *d, struct arena *a, const struct watch *watch, struct str *out)
{
	struct lp_solver solver = glpk_solver();
	ptrdiff_t n = d->quota.n_values;
	struct draw_relaxed r = {.within_flex = true,
	    .lo = arena_new(a, int32_t, n),
	    .hi = arena_new(a, int32_t, n),
	    .clash_lo = arena_new(a, bool, n),
	    .clash_hi = arena_new(a, bool, n)};
	struct relaxed relaxed = {r.lo, r.hi, d->in.lo_flex, d->in.hi_flex};
	(void)watch;
	enum err e = relax_clash(a, d->pool, &solver, r.clash_lo, r.clash_hi);
	if (e == ERR_OK)
		e = relax_least(a, d->pool, &solver, &relaxed);
	if (e == ERR_NOT_FOUND) {
		r.within_flex = false;
		relaxed.lo_flex = relaxed.hi_flex = NULL;
		e = relax_least(a, d->pool, &solver, &relaxed);
	}
	r.found = e == ERR_OK;
	if (e == ERR_UNAVAIL)
		return e;
	struct buf b = buf_new(a, ANSWER_BYTES);
	PUT(&b, &r, 1);
	PUT(&b, r.lo, n);
	PUT(&b, r.hi, n);
	PUT(&b, r.clash_lo, n);
	PUT(&b, r.clash_hi, n);
	*out = buf_str(&b);
	return ERR_OK;
}

/* ---- with a deadline -------------------------------------------------- */

static bool
is_in_time(void *arg, const char *step, int64_t done, int64_t whole)
{
	const int64_t *deadline_us = arg;
	(void)step, (void)done, (void)whole;
	return clock_mono_us() < *deadline_us;
}

enum err
draw_here(struct draw *d, draw_work *work, struct str *out)
{
	int64_t deadline_us = clock_mono_us() + d->seconds * SECOND_US;
	struct watch watch = {&deadline_us, is_in_time};
	return work(d, d->arena, &watch, out);
}

/* ---- the greedy draw -------------------------------------------------- */

static void
keep_counted(struct draw *d, const int32_t *x)
{
	struct arena *a = d->arena;
	int32_t *class = arena_new(a, int32_t, d->quota.size);
	int32_t *count = arena_new(a, int32_t, d->quota.size);
	struct panel *p = &d->chances.panel[d->chances.n_panels++];
	for (int32_t c = 0; c < d->pool->n_classes; c++) {
		if (x[c] == 0)
			continue;
		class[p->n] = c;
		count[p->n++] = x[c];
	}
	p->class = class;
	p->count = count;
}

/* Many greedy panels, each as likely, stand for the greedy draw's chances;
 * fewer when time is up.  False: there was none. */
static bool
draw_greedily(struct draw *d)
{
	struct arena *a = d->arena;
	struct legacy *l = legacy_new(a, d->pool);
	struct random r = random_new(d->seed, S("legacy"));
	int64_t end_us = clock_mono_us() + d->seconds * SECOND_US;
	int32_t *x = arena_new(a, int32_t, d->pool->n_classes);
	struct chances *c = &d->chances;
	*c =
	    (struct chances){.panel = arena_new(a, struct panel, LEGACY_PANELS),
		.part = arena_new(a, double, LEGACY_PANELS),
		.chance = arena_new(a, double, d->pool->n_classes),
		.out = arena_new(a, bool, d->pool->n_classes)};
	for (int64_t i = 0; c->n_panels < LEGACY_PANELS &&
	     (i < LEGACY_ATTEMPTS || c->n_panels > 0) &&
	     clock_mono_us() < end_us;
	     i++) {
		if (legacy_draw(l, &r, x) == ERR_OK)
			keep_counted(d, x);
	}
	for (ptrdiff_t i = 0; i < c->n_panels; i++) {
		const struct panel *p = &c->panel[i];
		c->part[i] = 1 / (double)c->n_panels;
		for (int32_t j = 0; j < p->n; j++)
			c->chance[p->class[j]] += c->part[i] * p->count[j] /
			    d->pool->class[p->class[j]].people;
	}
	return c->n_panels > 0;
}

/* ---- all together ----------------------------------------------------- */

static enum err
solve_as(struct draw *d, enum draw_method method)
{
	struct str out;
	d->method = method;
	if (method == DRAW_LEGACY)
		return draw_greedily(d) ? ERR_OK : ERR_NOT_FOUND;
	enum err e = d->apart(d, run_chances, &out);
	if (e == ERR_OK)
		unpack_chances(d->arena, out, d);
	return e;
}

static enum err
explain_impossible(struct draw *d)
{
	struct arena *a = d->arena;
	struct str out;
	ptrdiff_t n = d->quota.n_values;
	if (d->apart(d, run_relax, &out) != ERR_OK) {
		d->fault = str_fmt(a,
		    "no panel was found, and not why in %lld seconds",
		    (long long)d->seconds);
		return ERR_UNAVAIL;
	}
	d->relaxed = GET(a, &out, 1, struct draw_relaxed);
	d->relaxed->lo = GET(a, &out, n, int32_t);
	d->relaxed->hi = GET(a, &out, n, int32_t);
	d->relaxed->clash_lo = GET(a, &out, n, bool);
	d->relaxed->clash_hi = GET(a, &out, n, bool);
	return ERR_NOT_FOUND;
}

bool
draw_fall_back(enum draw_method *m)
{
	if (*m == DRAW_LEGACY)
		return false;
	*m = *m == DRAW_MAXIMIN ? DRAW_LEGACY : DRAW_MAXIMIN;
	return true;
}

enum err
draw_solve(struct draw *d)
{
	d->pool = quota_classes(d->arena, &d->quota);
	enum draw_method method = d->asked;
	enum err e = solve_as(d, method);
	while (e != ERR_OK && e != ERR_NOT_FOUND && draw_fall_back(&method))
		e = solve_as(d, method);
	if (e != ERR_OK)
		return explain_impossible(d);
	d->weight = arena_new(d->arena, int64_t, d->chances.n_panels);
	lottery_weights(d->arena, d->chances.part, d->chances.n_panels,
	    LOTTERY_WHOLE, d->weight);
	d->lottery = (struct lottery){
	    d->pool, d->chances.n_panels, d->chances.panel, d->weight};
	return ERR_OK;
}
