/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/quota.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- sorting ---------------------------------------------------------- */

/* What a person looks like; `look` numbers those that are equal. */
struct person {
	const struct quota *q;
	int32_t who, look, home;
	double weight;
};

static int
cmp_int(int32_t x, int32_t y)
{
	return (x > y) - (x < y);
}

static int
cmp_look(const void *x, const void *y)
{
	const struct person *a = x, *b = y;
	ptrdiff_t f = a->q->n_features;
	const int32_t *va = a->q->value + a->who * f;
	const int32_t *vb = b->q->value + b->who * f;
	for (ptrdiff_t i = 0; i < f; i++) {
		if (va[i] != vb[i])
			return cmp_int(va[i], vb[i]);
	}
	return (a->weight > b->weight) - (a->weight < b->weight);
}

static int
cmp_look_who(const void *x, const void *y)
{
	const struct person *a = x, *b = y;
	int c = cmp_look(x, y);
	return c != 0 ? c : cmp_int(a->who, b->who);
}

static struct person *
by_look(struct arena *a, const struct quota *q)
{
	struct person *p = arena_new(a, struct person, q->n_people);
	for (int32_t i = 0; i < q->n_people; i++) {
		p[i] =
		    (struct person){q, i, 0, q->home != NULL ? q->home[i] : -1,
			q->weight != NULL ? q->weight[i] : 1};
	}
	qsort(p, (size_t)q->n_people, sizeof *p, cmp_look_who);
	for (ptrdiff_t i = 1; i < q->n_people; i++)
		p[i].look = p[i - 1].look + (cmp_look(&p[i - 1], &p[i]) != 0);
	return p;
}

/* ---- households ------------------------------------------------------- */

/* A household: its members' looks, rising. */
struct home {
	const int32_t *look;
	int32_t n, number, kind, place;
};

static int
cmp_home(const void *x, const void *y)
{
	const struct home *a = x, *b = y;
	if (a->n != b->n)
		return cmp_int(a->n, b->n);
	for (int32_t i = 0; i < a->n; i++) {
		if (a->look[i] != b->look[i])
			return cmp_int(a->look[i], b->look[i]);
	}
	return 0;
}

static int
cmp_home_number(const void *x, const void *y)
{
	const struct home *a = x, *b = y;
	int c = cmp_home(x, y);
	return c != 0 ? c : cmp_int(a->number, b->number);
}

static int
cmp_home_look(const void *x, const void *y)
{
	const struct person *a = x, *b = y;
	return a->home != b->home ? cmp_int(a->home, b->home)
				  : cmp_int(a->look, b->look);
}

/* The households of two or more, sorted so that equal ones are neighbours,
 * numbered by kind and, within it, by place. */
static ptrdiff_t
find_homes(struct arena *a, const struct person *people, ptrdiff_t n,
    struct home **out)
{
	struct person *p = arena_new(a, struct person, n);
	int32_t *look = arena_new(a, int32_t, n);
	struct home *home = arena_new(a, struct home, n);
	ptrdiff_t homes = 0;
	if (n > 0)
		memcpy(p, people, (size_t)n * sizeof *p);
	qsort(p, (size_t)n, sizeof *p, cmp_home_look);
	for (ptrdiff_t i = 0, j = 0; i < n; i = j) {
		for (j = i; j < n && p[j].home == p[i].home; j++)
			look[j] = p[j].look;
		if (p[i].home >= 0 && j - i > 1)
			home[homes++] = (struct home){
			    look + i, (int32_t)(j - i), p[i].home, 0, 0};
	}
	qsort(home, (size_t)homes, sizeof *home, cmp_home_number);
	for (ptrdiff_t i = 1; i < homes; i++) {
		bool same = cmp_home(&home[i - 1], &home[i]) == 0;
		home[i].kind = home[i - 1].kind + (same ? 0 : 1);
		home[i].place = same ? home[i - 1].place + 1 : 0;
	}
	*out = home;
	return homes;
}

static int
cmp_number(const void *x, const void *y)
{
	return cmp_int(
	    ((const struct home *)x)->number, ((const struct home *)y)->number);
}

/* ---- classes ---------------------------------------------------------- */

struct placed {
	int32_t who, look, kind, place;
};

static int
cmp_placed(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;
	if (a->look != b->look)
		return cmp_int(a->look, b->look);
	if (a->kind != b->kind)
		return cmp_int(a->kind, b->kind);
	return cmp_int(a->who, b->who);
}

static struct placed *
place_people(struct arena *a, const struct person *p, ptrdiff_t n,
    struct quota_pool *pool)
{
	struct home *home;
	ptrdiff_t homes = find_homes(a, p, n, &home);
	struct placed *placed = arena_new(a, struct placed, n);
	pool->n_kinds = homes > 0 ? home[homes - 1].kind + 1 : 0;
	int32_t *count = arena_new(a, int32_t, pool->n_kinds);
	for (ptrdiff_t i = 0; i < homes; i++)
		count[home[i].kind]++;
	pool->homes = count;
	qsort(home, (size_t)homes, sizeof *home, cmp_number);
	for (ptrdiff_t i = 0; i < n; i++) {
		struct home key = {.number = p[i].home};
		struct home *h = homes == 0 ? NULL
					    : bsearch(&key, home, (size_t)homes,
						  sizeof *home, cmp_number);
		placed[i] = (struct placed){p[i].who, p[i].look,
		    h != NULL ? h->kind : -1, h != NULL ? h->place : 0};
	}
	qsort(placed, (size_t)n, sizeof *placed, cmp_placed);
	return placed;
}

struct tables {
	struct quota_class *class;
	int32_t *value, *class_of, *home_of, *first, *people;
};

/* Person placed[i] joins class c. */
static void
join(const struct quota_pool *pool, const struct tables *t, int32_t c,
    const struct placed *placed, ptrdiff_t i)
{
	const struct quota *q = pool->quota;
	struct quota_class *class = &t->class[c];
	int32_t who = placed[i].who, kind = placed[i].kind;
	if (class->people++ == 0) {
		t->first[c] = (int32_t)i;
		class->kind = kind;
		class->weight = q->weight != NULL ? q->weight[who] : 1;
		memcpy(t->value + c * q->n_features,
		    q->value + who * q->n_features,
		    (size_t)q->n_features * sizeof *t->value);
	}
	class->most = kind < 0 ? class->people : pool->homes[kind];
	t->class_of[who] = c;
	t->home_of[who] = placed[i].place;
	t->people[i] = who;
}

struct quota_pool *
quota_classes(struct arena *a, const struct quota *q)
{
	ptrdiff_t n = q->n_people;
	struct quota_pool *pool = arena_new(a, struct quota_pool, 1);
	pool->quota = q;
	struct placed *placed = place_people(a, by_look(a, q), n, pool);
	for (ptrdiff_t i = 0; i < n; i++)
		pool->n_classes += i == 0 ||
		    placed[i].look != placed[i - 1].look ||
		    placed[i].kind != placed[i - 1].kind;
	ptrdiff_t classes = pool->n_classes;
	struct tables t = {arena_new(a, struct quota_class, classes),
	    arena_new(a, int32_t, classes * q->n_features),
	    arena_new(a, int32_t, n), arena_new(a, int32_t, n),
	    arena_new(a, int32_t, classes + 1), arena_new(a, int32_t, n)};
	int32_t c = -1;
	for (ptrdiff_t i = 0; i < n; i++) {
		c += i == 0 || placed[i].look != placed[i - 1].look ||
		    placed[i].kind != placed[i - 1].kind;
		join(pool, &t, c, placed, i);
	}
	t.first[classes] = (int32_t)n;
	pool->class = t.class;
	pool->value = t.value;
	pool->class_of = t.class_of;
	pool->home_of = t.home_of;
	pool->first = t.first;
	pool->people = t.people;
	return pool;
}

/* ---- panels ----------------------------------------------------------- */

void
quota_count(const struct quota_pool *pool, struct panel p, int64_t *count)
{
	ptrdiff_t f = pool->quota->n_features;
	for (int32_t i = 0; i < p.n; i++) {
		const int32_t *value = pool->value + p.class[i] * f;
		for (ptrdiff_t j = 0; j < f; j++)
			count[value[j]] += p.count[i];
	}
}

/* The right size, and nobody twice. */
static bool
people_fit(struct arena *a, const struct quota_pool *pool, struct panel p)
{
	int64_t size = 0, *used = arena_new(a, int64_t, pool->n_kinds);
	for (int32_t i = 0; i < p.n; i++) {
		int32_t c = p.class[i];
		if (c < 0 || c >= pool->n_classes || p.count[i] < 1 ||
		    p.count[i] > pool->class[c].most ||
		    (i > 0 && c <= p.class[i - 1]))
			return false;
		int32_t kind = pool->class[c].kind;
		size += p.count[i];
		if (kind >= 0 && (used[kind] += p.count[i]) > pool->homes[kind])
			return false;
	}
	return size == pool->quota->size;
}

bool
quota_allows(struct arena *a, const struct quota_pool *pool, struct panel p)
{
	const struct quota *q = pool->quota;
	struct arena *scratch = arena_scratch(a);
	int64_t *count = arena_new(scratch, int64_t, q->n_values);
	bool fits = people_fit(scratch, pool, p);
	if (fits)
		quota_count(pool, p, count);
	for (ptrdiff_t v = 0; fits && v < q->n_values; v++)
		fits = count[v] >= q->lo[v] && count[v] <= q->hi[v];
	arena_close(scratch);
	return fits;
}
