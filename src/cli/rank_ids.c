/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/rank_ids.h"

#include <assert.h>
#include <string.h>

#include "base/rand.h"

enum { FIRST_SLOTS = 64 };

void
ids_init(struct ids *ids, struct arena *a)
{
	*ids = (struct ids){.arena = a, .n_slots = FIRST_SLOTS};
	ids->slot = arena_new(a, int32_t, FIRST_SLOTS);
	rand_bytes((unsigned char *)&ids->seed, sizeof ids->seed);
}

/* Fowler, Noll and Vo's, mixed at the end (Stafford). */
static uint64_t
hash(uint64_t seed, struct str s)
{
	uint64_t x = seed;
	for (ptrdiff_t i = 0; i < s.n; i++)
		x = (x ^ (unsigned char)s.p[i]) * 0x100000001b3ULL;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
}

/* Where it is, or the empty place where it belongs. */
static ptrdiff_t
find_slot(const struct ids *ids, struct str name)
{
	ptrdiff_t mask = ids->n_slots - 1;
	ptrdiff_t at = (ptrdiff_t)(hash(ids->seed, name) & (uint64_t)mask);
	while (
	    ids->slot[at] != 0 && !str_eq(ids->name[ids->slot[at] - 1], name))
		at = (at + 1) & mask;
	return at;
}

ptrdiff_t
ids_find(const struct ids *ids, struct str name)
{
	return (ptrdiff_t)ids->slot[find_slot(ids, name)] - 1;
}

static void
grow(struct ids *ids)
{
	ptrdiff_t cap = ids->n_slots; /* half of the new slots */
	struct str *name = arena_new(ids->arena, struct str, cap);
	if (ids->n > 0)
		memcpy(name, ids->name, (size_t)ids->n * sizeof *name);
	ids->name = name;
	ids->cap = cap;
	ids->n_slots = 2 * cap;
	ids->slot = arena_new(ids->arena, int32_t, ids->n_slots);
	for (ptrdiff_t i = 0; i < ids->n; i++)
		ids->slot[find_slot(ids, name[i])] = (int32_t)i + 1;
}

ptrdiff_t
ids_add(struct ids *ids, struct str name)
{
	ptrdiff_t at = find_slot(ids, name);
	if (ids->slot[at] != 0)
		return (ptrdiff_t)ids->slot[at] - 1;
	if (ids->n == ids->cap) {
		grow(ids);
		at = find_slot(ids, name);
	}
	assert(ids->n < INT32_MAX);
	ids->name[ids->n] = name;
	ids->slot[at] = (int32_t)++ids->n;
	return ids->n - 1;
}
