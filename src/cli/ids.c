/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/ids.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_NAMES = 64 };

struct ids
ids_new(struct arena *a)
{
	return (struct ids){.arena = a};
}

/* FNV-1a (Fowler, Noll, Vo), its upper bits folded in. */
static uint64_t
hash(struct str s)
{
	uint64_t h = 0xCBF29CE484222325;
	for (ptrdiff_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3;
	return h ^ h >> 32;
}

/* Where the name is, or the empty slot where it would be. */
static ptrdiff_t
slot_of(const struct ids *t, struct str name)
{
	ptrdiff_t at = (ptrdiff_t)(hash(name) & (uint64_t)(t->slots - 1));
	while (t->slot[at] != 0 && !str_eq(t->name[t->slot[at] - 1], name))
		at = (at + 1) & (t->slots - 1);
	return at;
}

static void
grow(struct ids *t)
{
	int32_t cap = t->cap > 0 ? 2 * t->cap : FIRST_NAMES;
	struct str *name = arena_new(t->arena, struct str, cap);
	if (t->n > 0)
		memcpy(name, t->name, (size_t)t->n * sizeof *name);
	t->name = name;
	t->cap = cap;
	t->slots = 2 * (ptrdiff_t)cap;
	t->slot = arena_new(t->arena, int32_t, t->slots);
	for (int32_t i = 0; i < t->n; i++)
		t->slot[slot_of(t, name[i])] = i + 1;
}

int32_t
ids_find(const struct ids *t, struct str name)
{
	return t->slots > 0 ? t->slot[slot_of(t, name)] - 1 : -1;
}

int32_t
ids_number(struct ids *t, struct str name)
{
	if (t->n == t->cap)
		grow(t);
	ptrdiff_t at = slot_of(t, name);
	if (t->slot[at] == 0) {
		t->name[t->n] = name;
		t->slot[at] = ++t->n;
	}
	return t->slot[at] - 1;
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
ids_rank(struct ids *t)
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
