/* SPDX-License-Identifier: MPL-2.0 */

/* Targets and people, one after the other, with a line "---" between: what is
 * read is whole, so that sorting people into classes holds. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "cli/draw.h"

enum { FUZZ_BYTES = 64 * 1024 * 1024 };

struct one {
	struct arena *arena;
	struct str text;
};

static void
read_one(void *arg)
{
	struct one *one = arg;
	struct csv_reader r;
	struct draw_in in = {0};
	struct draw_columns columns = {
	    .household = S("home"), .weight = S("weight")};
	ptrdiff_t cut = str_find(one->text, S("---\n"));
	if (cut < 0)
		return;
	csv_open(&r, one->arena, str_sub(one->text, 0, cut));
	if (!draw_read_targets(&r, &in))
		return;
	csv_open(&r, one->arena, str_sub(one->text, cut + 4, one->text.n));
	if (!draw_read_people(&r, &columns, &in))
		return;
	in.quota.size = 1;
	struct quota_pool *pool = quota_classes(one->arena, &in.quota);
	int64_t people = 0;
	for (ptrdiff_t c = 0; c < pool->n_classes; c++)
		people += pool->class[c].people;
	if (people != in.quota.n_people)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct one one = {.arena = arena_open(FUZZ_BYTES)};
	one.text = (struct str){(const char *)bytes, (ptrdiff_t)n};
	bool enough = arena_guard(one.arena, read_one, &one);
	arena_close(one.arena);
	return enough ? 0 : -1; /* -1: not worth keeping */
}
