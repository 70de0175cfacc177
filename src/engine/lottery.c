/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/lottery.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- whole weights ---------------------------------------------------- */

struct remainder {
	double part;
	ptrdiff_t at;
};

static int
cmp_remainder(const void *x, const void *y)
{
	const struct remainder *a = x, *b = y;
	if (a->part != b->part)
		return a->part < b->part ? 1 : -1;
	return (a->at > b->at) - (a->at < b->at);
}

void
lottery_weights(struct arena *a, const double *part, ptrdiff_t n, int64_t whole,
    int64_t *weight)
{
	struct arena *scratch = arena_scratch(a);
	struct remainder *rest = arena_new(scratch, struct remainder, n);
	int64_t sum = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		double exact = part[i] * (double)whole;
		weight[i] = (int64_t)floor(exact);
		rest[i] = (struct remainder){exact - floor(exact), i};
		sum += weight[i];
	}
	qsort(rest, (size_t)n, sizeof *rest, cmp_remainder);
	for (ptrdiff_t i = 0; sum < whole; i = (i + 1) % n, sum++)
		weight[rest[i].at]++;
	for (ptrdiff_t i = n - 1; sum > whole; i = (i + n - 1) % n) {
		if (weight[rest[i].at] == 0)
			continue;
		weight[rest[i].at]--;
		sum--;
	}
	arena_close(scratch);
}

ptrdiff_t
lottery_draw(const struct lottery *l, struct random *r)
{
	int64_t at = (int64_t)random_below(r, (uint64_t)LOTTERY_WHOLE);
	for (ptrdiff_t i = 0; i < l->n; i++) {
		if (at < l->weight[i])
			return i;
		at -= l->weight[i];
	}
	assert(false); /* the weights add up to LOTTERY_WHOLE */
	return 0;
}

/* ---- people ----------------------------------------------------------- */

/* x of the n people, each as likely. */
struct choice {
	const int32_t *people;
	ptrdiff_t n;
	int32_t x;
};

static int32_t *
pick(struct arena *a, struct choice of, struct random *r, int32_t *who)
{
	struct arena *scratch = arena_scratch(a);
	ptrdiff_t *order = arena_new(scratch, ptrdiff_t, of.n);
	random_order(r, order, of.n);
	for (int32_t i = 0; i < of.x; i++)
		*who++ = of.people[order[i]];
	arena_close(scratch);
	return who;
}

/* Those of class c who live in `home` of their kind. */
static ptrdiff_t
at_home(const struct quota_pool *pool, int32_t c, ptrdiff_t home, int32_t *out)
{
	ptrdiff_t n = 0;
	for (int32_t i = pool->first[c]; i < pool->first[c + 1]; i++) {
		if (pool->home_of[pool->people[i]] == home)
			out[n++] = pool->people[i];
	}
	return n;
}

/* The classes of one kind of household take their people from homes of their
 * own, in an order that is drawn once for the panel. */
static int32_t *
pick_from_homes(struct arena *a, const struct quota_pool *pool, struct panel p,
    struct random *r, int32_t *who)
{
	struct arena *scratch = arena_scratch(a);
	ptrdiff_t **order = arena_new(scratch, ptrdiff_t *, pool->n_kinds);
	ptrdiff_t *used = arena_new(scratch, ptrdiff_t, pool->n_kinds);
	int32_t *some = arena_new(scratch, int32_t, pool->quota->n_people);
	for (int32_t i = 0; i < p.n; i++) {
		int32_t kind = pool->class[p.class[i]].kind;
		if (kind < 0)
			continue;
		if (order[kind] == NULL) {
			ptrdiff_t homes = pool->homes[kind];
			order[kind] = arena_new(scratch, ptrdiff_t, homes);
			random_order(r, order[kind], homes);
		}
		for (int32_t j = 0; j < p.count[i]; j++) {
			ptrdiff_t home = order[kind][used[kind]++];
			ptrdiff_t n = at_home(pool, p.class[i], home, some);
			who =
			    pick(scratch, (struct choice){some, n, 1}, r, who);
		}
	}
	arena_close(scratch);
	return who;
}

void
lottery_people(struct arena *a, const struct quota_pool *pool, struct panel p,
    struct random *r, int32_t *who)
{
	for (int32_t i = 0; i < p.n; i++) {
		int32_t c = p.class[i];
		if (pool->class[c].kind < 0)
			who = pick(a,
			    (struct choice){pool->people + pool->first[c],
				pool->class[c].people, p.count[i]},
			    r, who);
	}
	pick_from_homes(a, pool, p, r, who);
}

/* ---- the list --------------------------------------------------------- */

/* How often each panel comes.  `off` is, for each class, by how many places
 * more than exact its people come, together. */
struct rounding {
	const struct lottery *l;
	int64_t *times;
	bool *up;
	double *off;
};

/* What the sum over classes of (off / people)^2 changes by, when the panel
 * comes `by` times more. */
static double
change(const struct rounding *r, ptrdiff_t i, double by)
{
	struct panel p = r->l->panel[i];
	double sum = 0;
	for (int32_t j = 0; j < p.n; j++) {
		double people = r->l->pool->class[p.class[j]].people;
		double step = by * p.count[j];
		sum += step * (2 * r->off[p.class[j]] + step) / people / people;
	}
	return sum;
}

static void
move(struct rounding *r, ptrdiff_t i, double by)
{
	struct panel p = r->l->panel[i];
	for (int32_t j = 0; j < p.n; j++)
		r->off[p.class[j]] += by * p.count[j];
}

/* The best panel to round the other way; -1: none. */
static ptrdiff_t
best_turn(const struct rounding *r, bool up, double *least)
{
	ptrdiff_t best = -1;
	for (ptrdiff_t i = 0; i < r->l->n; i++) {
		if (r->up[i] == up)
			continue;
		double c = change(r, i, up ? 1 : -1);
		if (best >= 0 && c >= *least)
			continue;
		best = i;
		*least = c;
	}
	return best;
}

static void
turn(struct rounding *r, ptrdiff_t i)
{
	double by = r->up[i] ? -1 : 1;
	move(r, i, by);
	r->times[i] += r->up[i] ? -1 : 1;
	r->up[i] = !r->up[i];
}

/* One up and another down, as long as that helps. */
static bool
exchange(struct rounding *r)
{
	double first = 0, second = 0;
	ptrdiff_t up = best_turn(r, true, &first);
	if (up < 0)
		return false;
	turn(r, up);
	ptrdiff_t down = best_turn(r, false, &second);
	if (first + second > -1e-9) {
		turn(r, up);
		return false;
	}
	turn(r, down);
	return true;
}

static void
round_panels(struct rounding *r)
{
	const int64_t unit = LOTTERY_WHOLE / LOTTERY_LIST;
	int64_t sum = 0;
	double least;
	for (ptrdiff_t i = 0; i < r->l->n; i++) {
		r->times[i] = r->l->weight[i] / unit;
		sum += r->times[i];
		/* A whole number of times: it is not for rounding. */
		int64_t rest = r->l->weight[i] % unit;
		move(r, i, -(double)rest / (double)unit);
	}
	for (; sum < LOTTERY_LIST; sum++)
		turn(r, best_turn(r, true, &least));
	while (exchange(r))
		;
}

struct places {
	const struct quota_pool *pool;
	const int32_t *rank; /* [n_people]: whose turn is first */
	int32_t *times; /* [n_people] */
	int64_t *seen; /* [n_kinds][home]: the last panel that it was in */
	const int32_t *first_home; /* [n_kinds] */
	int64_t panel;
};

static int64_t *
home_seen(const struct places *p, int32_t who)
{
	int32_t kind = p->pool->class[p->pool->class_of[who]].kind;
	return kind < 0 ? NULL
			: &p->seen[p->first_home[kind] + p->pool->home_of[who]];
}

/* Whose turn it is in class c: who came least, then by rank.  `mine` is this
 * panel's people so far. */
static int32_t
next_person(const struct places *p, int32_t c, const int64_t *last_panel_of)
{
	int32_t best = -1;
	for (int32_t i = p->pool->first[c]; i < p->pool->first[c + 1]; i++) {
		int32_t who = p->pool->people[i];
		const int64_t *seen = home_seen(p, who);
		if (last_panel_of[who] == p->panel ||
		    (seen != NULL && *seen == p->panel))
			continue;
		if (best < 0 || p->times[who] < p->times[best] ||
		    (p->times[who] == p->times[best] &&
			p->rank[who] < p->rank[best]))
			best = who;
	}
	assert(best >= 0);
	return best;
}

static int32_t *
place_panel(
    struct places *p, struct panel panel, int64_t *last_panel_of, int32_t *who)
{
	p->panel++;
	for (int32_t i = 0; i < panel.n; i++) {
		for (int32_t j = 0; j < panel.count[i]; j++) {
			int32_t one =
			    next_person(p, panel.class[i], last_panel_of);
			int64_t *seen = home_seen(p, one);
			p->times[one]++;
			last_panel_of[one] = p->panel;
			if (seen != NULL)
				*seen = p->panel;
			*who++ = one;
		}
	}
	return who;
}

static struct places
open_places(struct arena *a, const struct quota_pool *pool, struct random *r)
{
	ptrdiff_t n = pool->quota->n_people;
	ptrdiff_t *order = arena_new(a, ptrdiff_t, n);
	int32_t *rank = arena_new(a, int32_t, n);
	int32_t *first = arena_new(a, int32_t, pool->n_kinds + 1);
	random_order(r, order, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rank[order[i]] = (int32_t)i;
	for (ptrdiff_t k = 0; k < pool->n_kinds; k++)
		first[k + 1] = first[k] + pool->homes[k];
	return (struct places){.pool = pool,
	    .rank = rank,
	    .times = arena_new(a, int32_t, n),
	    .seen = arena_new(a, int64_t, first[pool->n_kinds]),
	    .first_home = first};
}

/* The greatest change of anybody's chance. */
static double
greatest_change(struct arena *a, const struct lottery *l, const int32_t *times)
{
	const struct quota_pool *pool = l->pool;
	double *exact = arena_new(a, double, pool->n_classes), most = 0;
	for (ptrdiff_t i = 0; i < l->n; i++) {
		struct panel p = l->panel[i];
		for (int32_t j = 0; j < p.n; j++)
			exact[p.class[j]] += (double)l->weight[i] * p.count[j] /
			    pool->class[p.class[j]].people;
	}
	for (ptrdiff_t who = 0; who < pool->quota->n_people; who++) {
		double chance = exact[pool->class_of[who]] / LOTTERY_WHOLE;
		double now = (double)times[who] / LOTTERY_LIST;
		most = fmax(most, fabs(now - chance));
	}
	return most;
}

double
lottery_list(
    struct arena *a, const struct lottery *l, struct random *r, int32_t *who)
{
	struct arena *scratch = arena_scratch(a);
	struct rounding round = {l, arena_new(scratch, int64_t, l->n),
	    arena_new(scratch, bool, l->n),
	    arena_new(scratch, double, l->pool->n_classes)};
	round_panels(&round);
	ptrdiff_t *order = arena_new(scratch, ptrdiff_t, LOTTERY_LIST);
	ptrdiff_t *which = arena_new(scratch, ptrdiff_t, LOTTERY_LIST);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->n; i++) {
		for (int64_t j = 0; j < round.times[i]; j++)
			which[n++] = i;
	}
	assert(n == LOTTERY_LIST);
	random_order(r, order, n);
	struct places places = open_places(scratch, l->pool, r);
	int64_t *last = arena_new(scratch, int64_t, l->pool->quota->n_people);
	for (ptrdiff_t i = 0; i < n; i++)
		who =
		    place_panel(&places, l->panel[which[order[i]]], last, who);
	double most = greatest_change(scratch, l, places.times);
	arena_close(scratch);
	return most;
}
