/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/chances.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "engine/hull.h"
#include "engine/shares.h"

struct search {
	const struct chances_ask *ask;
	struct arena *arena;
	struct panels *panels;
	struct outer outer;
	struct cut *cut;
	ptrdiff_t cap;
	double *share, low;
	struct mix mix;
	bool covered;
};

static enum err
aim(struct search *s)
{
	struct shares_ask ask = {INFINITY, PTRDIFF_MAX};
	switch (s->ask->method) {
	case CHANCES_NASH:
		return shares_nash(s->arena, &s->outer, s->share);
	case CHANCES_GOLDILOCKS:
		return shares_goldilocks(s->arena, &s->outer, s->share);
	default:
		return shares_leximin(
		    s->arena, &s->outer, ask, s->share, &s->low);
	}
}

static void
add_cut(struct search *s, struct cut cut)
{
	if (s->outer.n_cuts == s->cap) {
		ptrdiff_t cap = s->cap == 0 ? 16 : s->cap * 2;
		struct cut *more = arena_new(s->arena, struct cut, cap);
		for (ptrdiff_t i = 0; i < s->cap; i++)
			more[i] = s->cut[i];
		s->cut = more;
		s->cap = cap;
	}
	s->cut[s->outer.n_cuts++] = cut;
	s->outer.cut = s->cut;
}

/* Whoever no panel takes leaves; true when that is news. */
static bool
leave_out(struct search *s)
{
	bool news = false;
	for (ptrdiff_t c = 0; c < s->ask->pool->n_classes; c++) {
		if (s->panels->reached[c])
			continue;
		news = news || !s->outer.out[c];
		s->outer.out[c] = true;
	}
	return news;
}

/* Only the lowest rate counts: the same for everybody, or the greatest part of
 * that which a mix can give, is the answer. */
static void
ask_lowest(struct search *s)
{
	const struct quota_pool *pool = s->ask->pool;
	for (ptrdiff_t c = 0; c < pool->n_classes; c++) {
		s->share[c] =
		    s->low * pool->class[c].people * pool->class[c].weight;
		if (s->outer.out[c])
			s->share[c] = 0;
	}
}

/* One turn.  ERR_LIMITED: again, with what was learnt. */
static enum err
turn(struct search *s)
{
	enum err e = aim(s);
	if (e != ERR_OK)
		return e;
	e = walk(s->arena, s->panels, s->share, &s->mix);
	if (e != ERR_NOT_FOUND)
		return e;
	if (!s->covered) {
		e = panels_cover(s->panels);
		s->covered = true;
		if (e != ERR_OK)
			return e;
		if (leave_out(s))
			return ERR_LIMITED;
	}
	if (s->ask->method == CHANCES_MAXIMIN)
		ask_lowest(s);
	struct hull_answer hull;
	e = hull_mix(s->arena, s->panels, s->share, &hull);
	s->mix = hull.mix;
	if (e != ERR_CONFLICT)
		return e;
	if (s->ask->method == CHANCES_MAXIMIN)
		return ERR_OK;
	add_cut(s, hull.cut);
	return ERR_LIMITED;
}

static void
answer(const struct search *s, struct chances *out)
{
	const struct quota_pool *pool = s->ask->pool;
	*out = (struct chances){.n_panels = s->mix.n,
	    .panel = arena_new(s->arena, struct panel, s->mix.n),
	    .part = s->mix.part,
	    .chance = arena_new(s->arena, double, pool->n_classes),
	    .out = s->outer.out,
	    .programs = s->panels->solved,
	    .cuts = s->outer.n_cuts};
	for (ptrdiff_t i = 0; i < s->mix.n; i++) {
		struct panel p = s->panels->panel[s->mix.panel[i]];
		assert(quota_allows(s->arena, pool, p));
		out->panel[i] = p;
		for (int32_t j = 0; j < p.n; j++)
			out->chance[p.class[j]] += s->mix.part[i] * p.count[j] /
			    pool->class[p.class[j]].people;
	}
	/* The parts add up to 1 but for rounding. */
	for (ptrdiff_t c = 0; c < pool->n_classes; c++)
		out->chance[c] = fmin(out->chance[c], 1);
}

enum err
chances_find(
    struct arena *a, const struct chances_ask *ask, struct chances *out)
{
	ptrdiff_t n = ask->pool->n_classes;
	struct search s = {.ask = ask, .arena = a};
	s.panels = panels_new(a, ask->pool, ask->solver, ask->watch);
	s.share = arena_new(a, double, n);
	s.outer = (struct outer){.pool = ask->pool,
	    .solver = ask->solver,
	    .watch = ask->watch,
	    .out = arena_new(a, bool, n)};
	enum err e;
	do {
		e = turn(&s);
	} while (e == ERR_LIMITED);
	if (e == ERR_OK)
		answer(&s, out);
	return e;
}
