/* SPDX-License-Identifier: MPL-2.0 */
#include "cli/names.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

/* FNV-1a, the high bits mixed into the low ones. */
static uint64_t
hash(struct str s)
{
	uint64_t h = 14695981039346656037U;
	for (ptrdiff_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211U;
	return h ^ h >> 32;
}

/* Where the name is, or where it would be. */
static ptrdiff_t
place(const struct names *t, struct str name)
{
	ptrdiff_t at = (ptrdiff_t)(hash(name) & (uint64_t)(t->slots - 1));
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
