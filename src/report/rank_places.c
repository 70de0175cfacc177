/* SPDX-License-Identifier: MPL-2.0 */

/* Places of the items for each of several groups, and which are too few to be
 * shown. */
#include <stdlib.h>

#include "report/rank.h"

void
rank_hide(struct side *side, ptrdiff_t n, int64_t k)
{
	int64_t hidden = 0;
	for (ptrdiff_t g = 0; g < n; g++) {
		side[g].hidden = side[g].people < k;
		hidden += side[g].hidden ? side[g].people : 0;
	}
	while (hidden > 0 && hidden < k) {
		struct side *least = NULL;
		for (ptrdiff_t g = 0; g < n; g++) {
			if (!side[g].hidden &&
			    (least == NULL || side[g].people < least->people))
				least = &side[g];
		}
		if (least == NULL)
			return;
		least->hidden = true;
		hidden += least->people;
	}
}

struct placed {
	double value;
	ptrdiff_t item;
};

static int
compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

void
rank_places(struct arena *a, const double *value, ptrdiff_t n, struct side *out)
{
	struct placed *order = arena_new(a, struct placed, n);
	out->first = arena_new(a, ptrdiff_t, n);
	out->last = arena_new(a, ptrdiff_t, n);
	for (ptrdiff_t i = 0; i < n; i++)
		order[i] = (struct placed){value[i], i};
	qsort(order, (size_t)n, sizeof *order, compare_placed);
	for (ptrdiff_t i = 0, end; i < n; i = end) {
		for (end = i + 1;
		     end < n && order[end].value == order[i].value;)
			end++;
		for (ptrdiff_t k = i; k < end; k++) {
			out->first[order[k].item] = i + 1;
			out->last[order[k].item] = end;
		}
	}
}
