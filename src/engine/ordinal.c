/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/ordinal.h"

#include <string.h>

/* The end of the run of entries level with `k`, on a ballot that ends at
 * `end`. */
static ptrdiff_t
level_end(const struct ordinal *o, ptrdiff_t k, ptrdiff_t end)
{
	ptrdiff_t to = k + 1;
	while (o->level != NULL && to < end && o->level[to] == o->level[k])
		to++;
	return to;
}

/* `seen` has the ballot in which each item last stood, from 1. */
static bool
ballot_valid(const struct ordinal *o, ptrdiff_t v, ptrdiff_t *seen)
{
	if (o->first[v + 1] < o->first[v])
		return false;
	for (ptrdiff_t k = o->first[v]; k < o->first[v + 1]; k++) {
		int32_t i = o->item[k];
		if (i < 0 || i >= o->n_items || seen[i] == v + 1)
			return false;
		seen[i] = v + 1;
		if (o->level != NULL && k > o->first[v] &&
		    o->level[k] < o->level[k - 1])
			return false;
	}
	return true;
}

enum err
ordinal_check(struct arena *a, const struct ordinal *o)
{
	if (o->n_items < 0 || o->n_items > INT32_MAX || o->n_ballots < 0 ||
	    o->first[0] != 0)
		return ERR_INVALID;
	ptrdiff_t *seen = arena_new(a, ptrdiff_t, o->n_items);
	for (ptrdiff_t v = 0; v < o->n_ballots; v++) {
		if (!ballot_valid(o, v, seen))
			return ERR_INVALID;
	}
	return ERR_OK;
}

/* An item that is not named has n - named - 1 beside it and none behind: that
 * is given to all first, and the rest to who is named. */
static void
add_ballot(const struct ordinal *o, ptrdiff_t v, int64_t *twice)
{
	ptrdiff_t end = o->first[v + 1], to;
	int64_t n = o->n_items, unnamed = n - (end - o->first[v]);
	for (ptrdiff_t k = o->first[v]; k < end; k = to) {
		to = level_end(o, k, end);
		int64_t points = 2 * (end - to + unnamed) + (to - k - 1);
		for (ptrdiff_t m = k; m < to; m++)
			twice[o->item[m]] += points - (unnamed - 1);
	}
}

enum err
ordinal_borda(struct arena *a, const struct ordinal *o, int64_t *twice)
{
	int64_t all = 0;
	enum err e = ordinal_check(a, o);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t v = 0; v < o->n_ballots; v++)
		all += o->n_items - (o->first[v + 1] - o->first[v]) - 1;
	for (ptrdiff_t i = 0; i < o->n_items; i++)
		twice[i] = all;
	for (ptrdiff_t v = 0; v < o->n_ballots; v++)
		add_ballot(o, v, twice);
	return ERR_OK;
}

/* over[i * n + j]: ballots that put i before j. */
static void
add_majorities(const struct ordinal *o, ptrdiff_t v, bool *named, int32_t *over)
{
	ptrdiff_t n = o->n_items, from = o->first[v], end = o->first[v + 1], to;
	memset(named, 0, (size_t)n * sizeof *named);
	for (ptrdiff_t k = from; k < end; k++)
		named[o->item[k]] = true;
	for (ptrdiff_t k = from; k < end; k++) {
		int32_t *row = over + o->item[k] * n;
		to = level_end(o, k, end);
		for (ptrdiff_t m = to; m < end; m++)
			row[o->item[m]]++;
		for (ptrdiff_t j = 0; j < n; j++)
			row[j] += !named[j];
	}
}

/* Strongest paths, by Floyd and Warshall. */
static void
widen(int32_t *path, ptrdiff_t n)
{
	for (ptrdiff_t k = 0; k < n; k++) {
		for (ptrdiff_t i = 0; i < n; i++) {
			int32_t reach = path[i * n + k];
			int32_t *row = path + i * n;
			const int32_t *via = path + k * n;
			for (ptrdiff_t j = 0; j < n && reach > 0; j++) {
				int32_t x = reach < via[j] ? reach : via[j];
				row[j] = row[j] < x ? x : row[j];
			}
		}
	}
}

enum err
ordinal_schulze(struct arena *a, const struct ordinal *o, int64_t *ahead)
{
	ptrdiff_t n = o->n_items;
	enum err e = ordinal_check(a, o);
	if (e != ERR_OK)
		return e;
	if (n > ORDINAL_ITEMS || o->n_ballots > INT32_MAX)
		return ERR_TOO_LARGE;
	bool *named = arena_new(a, bool, n);
	int32_t *over = arena_new(a, int32_t, n * n);
	int32_t *path = arena_new(a, int32_t, n * n);
	for (ptrdiff_t v = 0; v < o->n_ballots; v++)
		add_majorities(o, v, named, over);
	for (ptrdiff_t i = 0; i < n; i++) {
		for (ptrdiff_t j = 0; j < n; j++) {
			int32_t x = over[i * n + j];
			path[i * n + j] = x > over[j * n + i] ? x : 0;
		}
	}
	widen(path, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		ahead[i] = 0;
		for (ptrdiff_t j = 0; j < n; j++)
			ahead[i] += path[j * n + i] > path[i * n + j];
	}
	return ERR_OK;
}
