/* SPDX-License-Identifier: MPL-2.0 */
#include "db/backend.h"

#include <string.h>

enum { FIRST_ROWS = 16 };

/* The list's room doubles at each power of two, so that it need not be kept
 * beside the list. */
static bool
is_full(ptrdiff_t n)
{
	return n == 0 || (n >= FIRST_ROWS && (n & (n - 1)) == 0);
}

struct db_value *
db_row_add(struct db_call *call, ptrdiff_t columns)
{
	ptrdiff_t n = call->rows.n;
	if (call->arena == NULL || n >= call->max_rows)
		return NULL;
	struct db_row *row = (struct db_row *)call->rows.row;
	if (is_full(n)) {
		ptrdiff_t room = call->max_rows == 1 ? 1
		    : n == 0			     ? FIRST_ROWS
						     : 2 * n;
		row = arena_new(call->arena, struct db_row, room);
		if (n > 0)
			memcpy(row, call->rows.row, (size_t)n * sizeof *row);
		call->rows.row = row;
	}
	struct db_value *value =
	    arena_new(call->arena, struct db_value, columns);
	row[n] = (struct db_row){value, columns};
	call->rows.n = n + 1;
	return value;
}

struct str
db_copy(struct arena *a, const void *bytes, ptrdiff_t n)
{
	if (n == 0)
		return (struct str){"", 0};
	char *p = arena_new(a, char, n);
	memcpy(p, bytes, (size_t)n);
	return (struct str){p, n};
}

struct db_slot *
db_cache_find(struct db_cache *cache, const char *sql)
{
	uintptr_t hash = (uintptr_t)sql * UINT64_C(0x9e3779b97f4a7c15);
	unsigned at = (unsigned)(hash >> 40) % DB_CACHE_SLOTS;
	while (cache->slot[at].sql != NULL && cache->slot[at].sql != sql)
		at = (at + 1) % DB_CACHE_SLOTS;
	return &cache->slot[at];
}

bool
db_cache_full(const struct db_cache *cache)
{
	return cache->used >= DB_CACHE_SLOTS * 3 / 4;
}
