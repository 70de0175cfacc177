/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/swaps.h"

#include <string.h>

/* Features beyond this many are looked at one by one. */
enum { MASK_FEATURES = 32, ROUNDS = 1000 };

struct swaps {
	const struct quota_pool *pool;
	int64_t *count; /* [n_values] of the present panel */
	int32_t *used; /* [n_kinds] */
	uint32_t *full; /* [n_classes]: features whose value may not grow */
	uint32_t *bare; /* [n_classes]: features whose value may not shrink */
};

struct swaps *
swaps_new(struct arena *a, const struct quota_pool *pool)
{
	struct swaps *s = arena_new(a, struct swaps, 1);
	s->pool = pool;
	s->count = arena_new(a, int64_t, pool->quota->n_values);
	s->used = arena_new(a, int32_t, pool->n_kinds);
	s->full = arena_new(a, uint32_t, pool->n_classes);
	s->bare = arena_new(a, uint32_t, pool->n_classes);
	return s;
}

static const int32_t *
values_of(const struct swaps *s, ptrdiff_t c)
{
	return s->pool->value + c * s->pool->quota->n_features;
}

static void
count_members(struct swaps *s, const int32_t *x)
{
	const struct quota_pool *pool = s->pool;
	ptrdiff_t features = pool->quota->n_features;
	memset(s->count, 0, (size_t)pool->quota->n_values * sizeof *s->count);
	if (pool->n_kinds > 0)
		memset(s->used, 0, (size_t)pool->n_kinds * sizeof *s->used);
	for (ptrdiff_t c = 0; c < pool->n_classes; c++) {
		for (ptrdiff_t f = 0; x[c] > 0 && f < features; f++)
			s->count[values_of(s, c)[f]] += x[c];
		if (pool->class[c].kind >= 0)
			s->used[pool->class[c].kind] += x[c];
	}
}

static void
mark_limits(struct swaps *s)
{
	const struct quota *q = s->pool->quota;
	for (ptrdiff_t c = 0; c < s->pool->n_classes; c++) {
		const int32_t *value = values_of(s, c);
		s->full[c] = s->bare[c] = 0;
		for (ptrdiff_t f = 0; f < q->n_features; f++) {
			uint32_t bit = UINT32_C(1) << f;
			if (s->count[value[f]] >= q->hi[value[f]])
				s->full[c] |= bit;
			if (s->count[value[f]] <= q->lo[value[f]])
				s->bare[c] |= bit;
		}
	}
}

/* Whether a may leave for b: where a's value may not shrink or b's may not
 * grow, both must have the same. */
static bool
may_swap(const struct swaps *s, ptrdiff_t a, ptrdiff_t b)
{
	uint32_t tight = s->bare[a] | s->full[b];
	const int32_t *va = values_of(s, a), *vb = values_of(s, b);
	for (ptrdiff_t f = 0; tight != 0; f++, tight >>= 1) {
		if ((tight & 1) != 0 && va[f] != vb[f])
			return false;
	}
	int32_t kind = s->pool->class[b].kind;
	return kind < 0 || kind == s->pool->class[a].kind ||
	    s->used[kind] < s->pool->homes[kind];
}

/* The best swap, or false. */
static bool
find_swap(const struct swaps *s, const double *worth, const int32_t *x,
    ptrdiff_t pair[2])
{
	const struct quota_pool *pool = s->pool;
	double best = 0;
	for (ptrdiff_t a = 0; a < pool->n_classes; a++) {
		if (x[a] == 0)
			continue;
		for (ptrdiff_t b = 0; b < pool->n_classes; b++) {
			double gain = worth[b] - worth[a];
			if (gain <= best || x[b] >= pool->class[b].most ||
			    !may_swap(s, a, b))
				continue;
			best = gain;
			pair[0] = a;
			pair[1] = b;
		}
	}
	return best > 0;
}

void
swaps_climb(struct swaps *s, const double *worth, int32_t *x)
{
	ptrdiff_t pair[2] = {0};
	if (s->pool->quota->n_features > MASK_FEATURES)
		return;
	for (int round = 0; round < ROUNDS; round++) {
		count_members(s, x);
		mark_limits(s);
		if (!find_swap(s, worth, x, pair))
			return;
		x[pair[0]]--;
		x[pair[1]]++;
	}
}
