/* SPDX-License-Identifier: MPL-2.0 */

/* Which group is which: in another model, and since the last run. */
#include <string.h>

#include "engine/opinion_parts.h"

/* The best way to give each row a column of its own, or none, by trying all:
 * 5 rows and at most 8 columns. */
struct search {
	int64_t gain[OPINION_GROUPS][OPINION_NAMES];
	int rows, columns;
	int now[OPINION_GROUPS], best[OPINION_GROUPS];
	int64_t most;
};

static void
search_from(struct search *s, int row, unsigned taken, int64_t sum)
{
	if (row == s->rows) {
		if (sum > s->most) {
			s->most = sum;
			memcpy(s->best, s->now, sizeof s->best);
		}
		return;
	}
	for (int c = 0; c < s->columns; c++) {
		if ((taken >> c & 1) != 0 || s->gain[row][c] == 0)
			continue;
		s->now[row] = c;
		search_from(s, row + 1, taken | 1U << c, sum + s->gain[row][c]);
	}
	s->now[row] = -1;
	search_from(s, row + 1, taken, sum);
}

/* Those that got none take the first that is free. */
static void
fill_free(int *to, int n)
{
	unsigned taken = 0;
	for (int g = 0; g < n; g++) {
		if (to[g] >= 0)
			taken |= 1U << to[g];
	}
	for (int g = 0; g < n; g++) {
		for (int c = 0; to[g] < 0; c++) {
			if ((taken >> c & 1) != 0)
				continue;
			to[g] = c;
			taken |= 1U << c;
		}
	}
}

void
opinion_match(
    const int32_t *label, const int32_t *main, ptrdiff_t n, int k, int *to)
{
	struct search s = {.rows = k, .columns = k, .most = -1};
	for (ptrdiff_t i = 0; i < n; i++)
		s.gain[label[i]][main[i]]++;
	search_from(&s, 0, 0, 0);
	memcpy(to, s.best, (size_t)k * sizeof *to);
	fill_free(to, k);
}

/* The groups in the order of `rank` (lowest first), with all that is numbered
 * by them. */
static void
reorder(struct opinion *o, const int64_t *rank, ptrdiff_t people)
{
	int to[OPINION_GROUPS] = {0}, name[OPINION_GROUPS] = {0};
	for (int g = 0; g < o->k; g++) {
		for (int h = 0; h < o->k; h++)
			to[g] +=
			    rank[h] < rank[g] || (h < g && rank[h] == rank[g]);
	}
	for (int g = 0; g < o->k; g++)
		name[to[g]] = o->name[g];
	memcpy(o->name, name, (size_t)o->k * sizeof *name);
	for (ptrdiff_t i = 0; i < people; i++) {
		if (o->group[i] >= 0)
			o->group[i] = to[o->group[i]];
		if (o->leaning[i] >= 0)
			o->leaning[i] = to[o->leaning[i]];
	}
	for (int b = -1; b < OPINION_MODELS; b++) {
		struct opinion_model *m = b < 0 ? &o->main : &o->model[b];
		double old[2 * OPINION_GROUPS];
		memcpy(old, m->centre[o->k], sizeof old);
		for (int g = 0; g < o->k; g++) {
			m->centre[o->k][2 * to[g]] = old[2 * g];
			m->centre[o->k][2 * to[g] + 1] = old[2 * g + 1];
		}
	}
}

void
opinion_names(struct opinion *o, const int32_t *last, ptrdiff_t people)
{
	struct search s = {.rows = o->k, .columns = OPINION_NAMES, .most = -1};
	int64_t rank[OPINION_GROUPS] = {0};
	for (ptrdiff_t i = 0; i < people; i++) {
		if (o->leaning[i] >= 0)
			rank[o->leaning[i]]--; /* the largest first */
	}
	reorder(o, rank, people);
	for (ptrdiff_t i = 0; last != NULL && i < people; i++) {
		if (o->group[i] >= 0 && last[i] >= 0 && last[i] < OPINION_NAMES)
			s.gain[o->group[i]][last[i]]++;
	}
	search_from(&s, 0, 0, 0);
	memcpy(o->name, s.best, sizeof o->name);
	fill_free(o->name, o->k);
	for (int g = 0; g < o->k; g++)
		rank[g] = o->name[g];
	reorder(o, rank, people);
}
