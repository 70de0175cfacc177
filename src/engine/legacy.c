/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/legacy.h"

#include <string.h>

struct legacy {
	const struct quota_pool *pool;
	int64_t *left, *taken; /* [n_values] */
	int32_t *people; /* [n_classes]: left */
	int32_t *homes; /* [n_kinds]: left */
	double *heavy; /* [n_classes]: weight of those who may be taken */
};

struct legacy *
legacy_new(struct arena *a, const struct quota_pool *pool)
{
	struct legacy *l = arena_new(a, struct legacy, 1);
	l->pool = pool;
	l->left = arena_new(a, int64_t, pool->quota->n_values);
	l->taken = arena_new(a, int64_t, pool->quota->n_values);
	l->people = arena_new(a, int32_t, pool->n_classes);
	l->homes = arena_new(a, int32_t, pool->n_kinds);
	l->heavy = arena_new(a, double, pool->n_classes);
	return l;
}

static const int32_t *
values_of(const struct legacy *l, ptrdiff_t c)
{
	return l->pool->value + c * l->pool->quota->n_features;
}

/* `n` people of class c are no longer to be had. */
static void
remove_people(struct legacy *l, ptrdiff_t c, int32_t n)
{
	l->people[c] -= n;
	for (ptrdiff_t f = 0; f < l->pool->quota->n_features; f++)
		l->left[values_of(l, c)[f]] -= n;
}

static bool
has(const struct legacy *l, ptrdiff_t c, ptrdiff_t v)
{
	const int32_t *value = values_of(l, c);
	for (ptrdiff_t f = 0; f < l->pool->quota->n_features; f++) {
		if (value[f] == v)
			return true;
	}
	return false;
}

static void
remove_value(struct legacy *l, ptrdiff_t v)
{
	for (ptrdiff_t c = 0; c < l->pool->n_classes; c++) {
		if (l->people[c] > 0 && has(l, c, v))
			remove_people(l, c, l->people[c]);
	}
}

static void
begin(struct legacy *l)
{
	const struct quota *q = l->pool->quota;
	memset(l->left, 0, (size_t)q->n_values * sizeof *l->left);
	memset(l->taken, 0, (size_t)q->n_values * sizeof *l->taken);
	for (ptrdiff_t c = 0; c < l->pool->n_classes; c++) {
		l->people[c] = 0;
		remove_people(l, c, -l->pool->class[c].people);
	}
	for (ptrdiff_t h = 0; h < l->pool->n_kinds; h++)
		l->homes[h] = l->pool->homes[h];
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		if (q->hi[v] == 0)
			remove_value(l, v);
	}
}

/* The value that needs most; -1 where one can no longer be had. */
static ptrdiff_t
neediest(const struct legacy *l)
{
	const struct quota *q = l->pool->quota;
	ptrdiff_t best = -1;
	double need = 0;
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		int64_t missing = q->lo[v] - l->taken[v];
		if (l->left[v] < missing)
			return -1;
		if (l->left[v] == 0 || q->hi[v] == 0)
			continue;
		double ratio = (double)missing / (double)l->left[v];
		if (best >= 0 && ratio <= need)
			continue;
		best = v;
		need = ratio;
	}
	return best;
}

/* Anybody who has it, in proportion to weight. */
static ptrdiff_t
anybody(struct legacy *l, ptrdiff_t v, struct random *r)
{
	double sum = 0;
	ptrdiff_t last = -1;
	for (ptrdiff_t c = 0; c < l->pool->n_classes; c++) {
		l->heavy[c] = l->people[c] > 0 && has(l, c, v)
		    ? l->people[c] * l->pool->class[c].weight
		    : 0;
		sum += l->heavy[c];
	}
	double at = random_unit(r) * sum;
	for (ptrdiff_t c = 0; c < l->pool->n_classes; c++) {
		if (l->heavy[c] == 0)
			continue;
		last = c;
		if (at < l->heavy[c])
			break;
		at -= l->heavy[c];
	}
	return last;
}

/* The rest of the household can no longer be taken. */
static void
remove_home(struct legacy *l, int32_t kind)
{
	const struct quota_pool *pool = l->pool;
	for (ptrdiff_t c = 0; c < pool->n_classes; c++) {
		int32_t each = pool->class[c].people;
		if (pool->class[c].kind == kind && l->people[c] > 0)
			remove_people(l, c, each / pool->homes[kind]);
	}
	l->homes[kind]--;
}

static void
take(struct legacy *l, ptrdiff_t c)
{
	const struct quota *q = l->pool->quota;
	int32_t kind = l->pool->class[c].kind;
	const int32_t *value = values_of(l, c);
	if (kind >= 0)
		remove_home(l, kind);
	else
		remove_people(l, c, 1);
	for (ptrdiff_t f = 0; f < q->n_features; f++) {
		if (++l->taken[value[f]] == q->hi[value[f]])
			remove_value(l, value[f]);
	}
}

enum err
legacy_draw(struct legacy *l, struct random *r, int32_t *x)
{
	const struct quota *q = l->pool->quota;
	memset(x, 0, (size_t)l->pool->n_classes * sizeof *x);
	begin(l);
	for (int32_t i = 0; i < q->size; i++) {
		ptrdiff_t v = neediest(l);
		ptrdiff_t c = v < 0 ? -1 : anybody(l, v, r);
		if (c < 0)
			return ERR_NOT_FOUND;
		x[c]++;
		take(l, c);
	}
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		if (l->taken[v] < q->lo[v])
			return ERR_NOT_FOUND;
	}
	return ERR_OK;
}
