/* SPDX-License-Identifier: MPL-2.0 */

/* Any bytes as a file of answers, in each design: a fault has a place and a
 * word; what is read adds up. */
#include <math.h>

#include "report/change_in.h"
#include "engine/change.h"
#include "tests/fuzz.h"

static void
check_item(struct arena *a, const struct change_item *item)
{
	static const struct change_options options = {
	    .seed = S_INIT("fuzz"), .draws = 100, .level = 0.95};
	struct paired p =
	    paired_of(a, item->before, item->after, item->pairs, &options);
	MUST(p.higher + p.lower + p.same == item->pairs);
	MUST(item->people ==
	    item->pairs + item->only_before + item->only_after +
		item->dont_know);
	MUST(item->pairs <= item->n_before && item->pairs <= item->n_after);
	MUST(item->pairs == 0 || (p.p_sign > 0 && p.p_sign <= 1));
	MUST(item->pairs == 0 || (p.p_flip >= 0 && p.p_flip <= 1));
}

static void
check(struct arena *a, struct str text, const struct change_rules *rules)
{
	struct change_data d;
	struct change_fault f;
	if (!change_read(a, text, rules, &d, &f)) {
		MUST(f.expected != NULL && f.expected[0] != '\0');
		return;
	}
	for (ptrdiff_t i = 0; i < d.n && i < 20; i++)
		check_item(a, &d.item[i]);
}

FUZZ(input)
{
	static const struct change_rules rules[] = {{.any_scale = true},
	    {.low = -10, .high = 100, .missing = S_INIT("77,98,x")},
	    {.any_scale = true, .unpaired = true}};
	for (int i = 0; i < 3; i++)
		check(arena, input, &rules[i]);
}
