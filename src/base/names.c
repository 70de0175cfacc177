/* SPDX-License-Identifier: MPL-2.0 */
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/rand.h"

enum { FIRST_SLOTS = 64 };

struct names
names_new(struct arena *a)
{
	struct names t = {.arena = a};
	rand_bytes(&t.seed, sizeof t.seed);
	return t;
}

/* Fowler, Noll and Vo's, mixed at the end (Stafford). */
static uint64_t
hash(uint64_t seed, struct str s)
{
	uint64_t h = seed;
	for (ptrdiff_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3;
	h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9;
	h = (h ^ h >> 27) * 0x94D049BB133111EB;
	return h ^ h >> 31;
}

/* Where the name is, or where it would be. */
static ptrdiff_t
place(const struct names *t, struct str name)
{
	ptrdiff_t at =
	    (ptrdiff_t)(hash(t->seed, name) & (uint64_t)(t->slots - 1));
	while (t->slot[at] != 0 && !str_eq(t->name[t->slot[at] - 1], name))
		at = (at + 1) & (t->slots - 1);
	return at;
}

/* At most half full. */
static void
grow(struct names *t)
{
	ptrdiff_t slots = t->slots > 0 ? 2 * t->slots : FIRST_SLOTS;
	struct str *name = arena_new(t->arena, struct str, slots / 2);
	if (t->n > 0)
		memcpy(name, t->name, (size_t)t->n * sizeof *name);
	t->name = name;
	t->slots = slots;
	t->slot = arena_new(t->arena, int32_t, slots);
	for (int32_t i = 0; i < t->n; i++)
		t->slot[place(t, t->name[i])] = i + 1;
}

int32_t
names_add(struct names *t, struct str name)
{
	if (2 * (ptrdiff_t)t->n >= t->slots)
		grow(t);
	ptrdiff_t at = place(t, name);
	if (t->slot[at] == 0) {
		t->name[t->n] = name;
		t->slot[at] = ++t->n;
	}
	return t->slot[at] - 1;
}

int32_t
names_find(const struct names *t, struct str name)
{
	return t->slots > 0 ? t->slot[place(t, name)] - 1 : -1;
}

struct ranked {
	struct str name;
	int64_t value; /* 0 for all unless all are whole numbers */
	int32_t number;
};

static int
by_rank(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return str_cmp(a->name, b->name);
}

int32_t *
names_rank(const struct names *t)
{
	struct ranked *list = arena_new(t->arena, struct ranked, t->n);
	int32_t *rank = arena_new(t->arena, int32_t, t->n);
	bool whole = true;
	for (int32_t i = 0; i < t->n; i++) {
		list[i] = (struct ranked){t->name[i], 0, i};
		whole = whole && str_int(t->name[i], &list[i].value);
	}
	for (int32_t i = 0; i < t->n && !whole; i++)
		list[i].value = 0;
	qsort(list, (size_t)t->n, sizeof *list, by_rank);
	for (int32_t i = 0; i < t->n; i++)
		rank[list[i].number] = i;
	return rank;
}
