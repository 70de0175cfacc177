/* SPDX-License-Identifier: MPL-2.0 */

/* Choices and ballots in order: what the reader takes can be ranked, and a
 * fault has a place and a word. */

#include "cli/rank_csv.h"
#include "tests/fuzz.h"

enum { SMALL = 100 };

static void
rank(struct arena *a, const struct rank_csv *csv)
{
	struct rating *r = arena_new(a, struct rating, csv->n_items);
	int64_t *x = arena_new(a, int64_t, csv->n_items);
	if (csv->ordinal) {
		MUST(!(ordinal_borda(a, &csv->ballots, x) != ERR_OK));
		MUST(!(csv->n_items <= SMALL &&
		    ordinal_schulze(a, &csv->ballots, x) != ERR_OK));
		return;
	}
	MUST(!(pairwise_check(&csv->pairs) != ERR_OK));
	MUST(!(csv->n_items <= SMALL &&
	    pairwise_score(a, &csv->pairs, 0.95, r) != ERR_OK));
	for (ptrdiff_t i = 0; i < csv->n_items; i++) {
		MUST(!(csv->id[i].n == 0 || csv->label[i].n < 0));
	}
}

FUZZ(input)
{
	struct rank_csv csv;
	struct pb_fault fault = {0};
	if (rank_csv_read(arena, input, S("g"), &csv, &fault) ||
	    rank_csv_read(arena, input, (struct str){0}, &csv, &fault)) {
		rank(arena, &csv);
		return;
	}
	MUST(!(fault.line < 1 || fault.column < 1 || fault.expected == NULL ||
	    fault.expected[0] == '\0'));
}
