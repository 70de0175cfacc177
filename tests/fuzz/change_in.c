/* SPDX-License-Identifier: MPL-2.0 */

/* Any bytes as a file of answers, in each design: a fault has a place and a
 * word; what is read adds up. */
#include <assert.h>
#include <math.h>

#include "cli/change_in.h"
#include "engine/change.h"

#define FUZZ_BYTES ((ptrdiff_t)512 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
check_item(struct arena *a, const struct change_item *item)
{
	static const struct change_options options = {
	    .seed = S_INIT("fuzz"), .draws = 100, .level = 0.95};
	struct paired p =
	    paired_of(a, item->before, item->after, item->pairs, &options);
	assert(p.higher + p.lower + p.same == item->pairs);
	assert(item->people ==
	    item->pairs + item->only_before + item->only_after +
		item->dont_know);
	assert(item->pairs <= item->n_before && item->pairs <= item->n_after);
	assert(item->pairs == 0 || (p.p_sign > 0 && p.p_sign <= 1));
	assert(item->pairs == 0 || (p.p_flip >= 0 && p.p_flip <= 1));
}

static void
check(struct arena *a, struct str text, const struct change_rules *rules)
{
	struct change_data d;
	struct change_fault f;
	if (!change_read(a, text, rules, &d, &f)) {
		assert(f.expected != NULL && f.expected[0] != '\0');
		return;
	}
	for (ptrdiff_t i = 0; i < d.n && i < 20; i++)
		check_item(a, &d.item[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_open(FUZZ_BYTES);
	struct str text = {(const char *)bytes, (ptrdiff_t)n};
	static const struct change_rules rules[] = {{.any_scale = true},
	    {.low = -10, .high = 100, .missing = S_INIT("77,98,x")},
	    {.any_scale = true, .unpaired = true}};
	for (int i = 0; i < 3; i++)
		check(a, text, &rules[i]);
	arena_close(a);
	return 0;
}
