/* SPDX-License-Identifier: MPL-2.0 */

/* Targets and people, one after the other, with a line "---" between: what is
 * read is whole, so that sorting people into classes holds. */

#include "jobs/draw.h"
#include "tests/fuzz.h"

FUZZ(input)
{
	struct csv_reader r;
	struct draw_in in = {0};
	struct draw_columns columns = {
	    .household = S("home"), .weight = S("weight")};
	ptrdiff_t cut = str_find(input, S("---\n"));
	if (cut < 0)
		return;
	csv_open(&r, arena, str_sub(input, 0, cut));
	if (!draw_read_targets(&r, &in))
		return;
	csv_open(&r, arena, str_sub(input, cut + 4, input.n));
	if (!draw_read_people(&r, &columns, &in))
		return;
	in.quota.size = 1;
	struct quota_pool *pool = quota_classes(arena, &in.quota);
	int64_t people = 0;
	for (ptrdiff_t c = 0; c < pool->n_classes; c++)
		people += pool->class[c].people;
	MUST(!(people != in.quota.n_people));
}
