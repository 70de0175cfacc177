/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/twins.h"

#include <stdlib.h>
#include <string.h>

struct kin {
	int64_t cost;
	ptrdiff_t votes;
	uint64_t hash; /* of voters and points */
	int32_t lot, project;
};

static uint64_t
mix(uint64_t h, int32_t x)
{
	h = (h ^ (uint32_t)x) * 0xbf58476d1ce4e5b9ULL;
	return h ^ h >> 29;
}

static uint64_t
hash_votes(const struct election *e, ptrdiff_t c)
{
	uint64_t h = 0x9e3779b97f4a7c15ULL;
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
		h = mix(h, e->voter[k]);
		if (e->points != NULL)
			h = mix(h, e->points[k]);
	}
	return h;
}

static int
compare_kin(const void *a, const void *b)
{
	const struct kin *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->votes != y->votes)
		return x->votes < y->votes ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->lot > y->lot) - (x->lot < y->lot);
}

static bool
same_list(const int32_t *list, ptrdiff_t a, ptrdiff_t b, ptrdiff_t n)
{
	return n == 0 ||
	    memcmp(list + a, list + b, (size_t)n * sizeof *list) == 0;
}

static bool
are_twins(const struct election *e, const struct kin *x, const struct kin *y)
{
	ptrdiff_t a = e->first[x->project], b = e->first[y->project];
	return x->cost == y->cost && x->votes == y->votes &&
	    same_list(e->voter, a, b, x->votes) &&
	    (e->points == NULL || same_list(e->points, a, b, x->votes));
}

struct twins
twins_find(struct arena *a, const struct election *e)
{
	ptrdiff_t m = e->n_projects;
	struct twins t = {arena_new(a, bool, m), arena_new(a, int32_t, m)};
	struct arena *scratch = arena_scratch(a);
	struct kin *kin = arena_new(scratch, struct kin, m);
	for (ptrdiff_t c = 0; c < m; c++) {
		t.next[c] = -1;
		kin[c] = (struct kin){e->cost[c], e->first[c + 1] - e->first[c],
		    hash_votes(e, c), e->lot[c], (int32_t)c};
	}
	qsort(kin, (size_t)m, sizeof *kin, compare_kin);
	for (ptrdiff_t i = 1; i < m; i++) {
		if (!are_twins(e, &kin[i - 1], &kin[i]))
			continue;
		t.next[kin[i - 1].project] = kin[i].project;
		t.heir[kin[i].project] = true;
	}
	arena_close(scratch);
	return t;
}

ptrdiff_t
twins_add(const struct twins *t, int32_t *level, ptrdiff_t n)
{
	ptrdiff_t all = n;
	for (ptrdiff_t i = 0; i < n; i++) {
		int32_t c = t->next[level[i]];
		for (int k = 0; c >= 0 && k < TIED_MOST; k++) {
			level[all++] = c;
			c = t->next[c];
		}
	}
	return all;
}
