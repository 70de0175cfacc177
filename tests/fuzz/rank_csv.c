/* SPDX-License-Identifier: MPL-2.0 */

/* Choices and ballots in order: what the reader takes can be ranked, and a
 * fault has a place and a word. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "cli/rank_csv.h"

enum { FUZZ_BYTES = 64 * 1024 * 1024, SMALL = 100 };

struct one {
	struct arena *arena;
	struct str text;
};

static void
rank(struct arena *a, const struct rank_csv *csv)
{
	struct rating *r = arena_new(a, struct rating, csv->n_items);
	int64_t *x = arena_new(a, int64_t, csv->n_items);
	if (csv->ordinal) {
		if (ordinal_borda(a, &csv->ballots, x) != ERR_OK)
			abort();
		if (csv->n_items <= SMALL &&
		    ordinal_schulze(a, &csv->ballots, x) != ERR_OK)
			abort();
		return;
	}
	if (pairwise_check(&csv->pairs) != ERR_OK)
		abort();
	if (csv->n_items <= SMALL &&
	    pairwise_score(a, &csv->pairs, 0.95, r) != ERR_OK)
		abort();
	for (ptrdiff_t i = 0; i < csv->n_items; i++) {
		if (csv->id[i].n == 0 || csv->label[i].n < 0)
			abort();
	}
}

static void
read_one(void *arg)
{
	struct one *one = arg;
	struct rank_csv csv;
	struct pb_fault fault = {0};
	if (rank_csv_read(one->arena, one->text, S("g"), &csv, &fault) ||
	    rank_csv_read(
		one->arena, one->text, (struct str){0}, &csv, &fault)) {
		rank(one->arena, &csv);
		return;
	}
	if (fault.line < 1 || fault.column < 1 || fault.expected == NULL ||
	    fault.expected[0] == '\0')
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
