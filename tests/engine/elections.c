/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/engine/elections.h"

#include "base/buf.h"
#include "engine/random.h"

struct election
election_of(struct arena *a, int64_t budget, const int64_t *cost, ptrdiff_t m,
    const int32_t *points, ptrdiff_t n, bool scored)
{
	ptrdiff_t *first = arena_new(a, ptrdiff_t, m + 1), k = 0;
	int32_t *voter = arena_new(a, int32_t, n * m);
	int32_t *given = arena_new(a, int32_t, n * m);
	int32_t *lot = arena_new(a, int32_t, m);
	for (ptrdiff_t c = 0; c < m; c++) {
		lot[c] = (int32_t)c;
		for (ptrdiff_t v = 0; v < n; v++) {
			if (points[v * m + c] == 0)
				continue;
			voter[k] = (int32_t)v;
			given[k++] = points[v * m + c];
		}
		first[c + 1] = k;
	}
	return (struct election){.n_voters = n,
	    .n_projects = m,
	    .budget = budget,
	    .unit = 1,
	    .cost = cost,
	    .first = first,
	    .voter = voter,
	    .points = scored ? given : NULL,
	    .lot = lot};
}

struct election
election_random(struct arena *a, struct str seed, bool scored)
{
	struct random chance = random_new(seed, S("test"));
	ptrdiff_t n = 1 + (ptrdiff_t)random_below(&chance, 8);
	ptrdiff_t m = 1 + (ptrdiff_t)random_below(&chance, 6);
	int64_t *cost = arena_new(a, int64_t, m);
	int32_t *points = arena_new(a, int32_t, n * m);
	for (ptrdiff_t c = 0; c < m; c++)
		cost[c] = (int64_t)random_below(&chance, 8);
	for (ptrdiff_t k = 0; k < n * m; k++)
		points[k] = random_below(&chance, 2) == 0
		    ? 0
		    : 1 + (int32_t)random_below(&chance, scored ? 3 : 1);
	return election_of(
	    a, (int64_t)random_below(&chance, 25), cost, m, points, n, scored);
}

/* From each voter v of `e` the voters to[v], to[v] + step, ... */
static struct election
moved(
    struct arena *a, const struct election *e, const int32_t *to, int32_t times)
{
	ptrdiff_t m = e->n_projects, n = e->n_voters * times;
	int32_t *points = arena_new(a, int32_t, n * m);
	for (ptrdiff_t c = 0; c < m; c++) {
		for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
			for (int32_t t = 0; t < times; t++)
				points[(to[e->voter[k]] * times + t) * m + c] =
				    e->points == NULL ? 1 : e->points[k];
		}
	}
	return election_of(
	    a, e->budget, e->cost, m, points, n, e->points != NULL);
}

struct election
election_turned(struct arena *a, const struct election *e)
{
	int32_t *to = arena_new(a, int32_t, e->n_voters);
	for (ptrdiff_t v = 0; v < e->n_voters; v++)
		to[v] = (int32_t)(e->n_voters - 1 - v);
	return moved(a, e, to, 1);
}

struct election
election_times(struct arena *a, const struct election *e, int32_t times)
{
	int32_t *to = arena_new(a, int32_t, e->n_voters);
	for (ptrdiff_t v = 0; v < e->n_voters; v++)
		to[v] = (int32_t)v;
	return moved(a, e, to, times);
}

struct str
chosen(struct arena *a, const struct outcome *out)
{
	struct buf b = buf_new(a, 4096);
	for (ptrdiff_t i = 0; i < out->n; i++)
		buf_fmt(&b, i == 0 ? "%td" : " %td", out->choice[i].project);
	return buf_str(&b);
}
