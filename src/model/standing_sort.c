/* SPDX-License-Identifier: MPL-2.0 */

/* The order of networks in a list (standing_sort() in model/standing.h). */
#include <stdlib.h>

#include "base/utf8.h"
#include "model/standing.h"

struct sorted {
	struct standing s;
	struct str name;
	int64_t rank; /* the smaller the earlier */
};

/* In thousandths: 2 of 3 before 3 of 4. */
static int64_t
thousandths(int part, int whole)
{
	return whole == 0 ? 0 : 1000 * (int64_t)part / whole;
}

static int64_t
rank_of(const struct standing *s, enum standing_order order)
{
	switch (order) {
	case STANDING_PHASE:
		return s->phase_at;
	case STANDING_FILL:
		return thousandths(s->fill.filled, s->fill.parts);
	case STANDING_COVERAGE:
		return thousandths(s->coverage.part, s->coverage.whole);
	case STANDING_RISK:
		return -s->sham.risk;
	case STANDING_PROMISES:
		return -(1000 * (int64_t)s->late_promises + s->promises);
	case STANDING_TASKS:
		return -s->late_tasks;
	default:
		return 0;
	}
}

static int
cmp_sorted(const void *x, const void *y)
{
	const struct sorted *a = x, *b = y;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	int c = str_cmp(a->name, b->name);
	return c != 0 ? c : id_cmp(a->s.network, b->s.network);
}

void
standing_sort(struct arena *a, struct standings *all, enum standing_order order)
{
	struct sorted *list = arena_new(a, struct sorted, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		list[i] = (struct sorted){all->list[i],
		    utf8_sort_key(a, all->list[i].name),
		    rank_of(&all->list[i], order)};
	qsort(list, (size_t)all->n, sizeof *list, cmp_sorted);
	for (ptrdiff_t i = 0; i < all->n; i++)
		all->list[i] = list[i].s;
}
