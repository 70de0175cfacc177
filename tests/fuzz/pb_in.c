/* SPDX-License-Identifier: MPL-2.0 */

/* Budget elections: what the reader takes the rules can reckon, within the
 * budget, and a fault has a place and a word. */

#include "cli/pb_in.h"
#include "engine/equal_shares.h"
#include "engine/phragmen.h"
#include "tests/fuzz.h"

enum { SMALL = 64, RUNS = 20 };

static bool
a_few(void *arg, const char *step, int64_t runs, int64_t whole)
{
	(void)arg, (void)step, (void)whole;
	return runs < RUNS;
}

static void
reckon(struct arena *a, struct pb *pb)
{
	struct election *e = &pb->election;
	struct outcome out;
	int32_t *lot = arena_new(a, int32_t, e->n_projects);
	budget_lots(a, S("fuzz"), lot, e->n_projects);
	e->lot = lot;
	MUST(!(election_check(e) != ERR_OK ||
	    ordinal_check(a, &pb->ballots) != ERR_OK));
	if (e->n_projects > SMALL)
		return;
	if (budget_greedy(a, e, &(struct greedy_options){0}, &out) != ERR_OK ||
	    out.cost > e->budget)
		MUST(false);
	MUST(!(phragmen(a, e, NULL, &out) != ERR_OK || out.cost > e->budget));
	struct shares_options o = {.completion = COMPLETION_ADD1_FILL,
	    .watch = &(struct watch){NULL, a_few}};
	enum err err = equal_shares(a, e, &o, &out);
	MUST(!(err == ERR_INVALID || (err == ERR_OK && out.cost > e->budget)));
}

FUZZ(input)
{
	struct pb *pb = arena_new(arena, struct pb, 1);
	struct pb_fault fault = {0};
	if (pb_read(arena, input, S("sex"), pb, &fault) ||
	    pb_read(arena, input, (struct str){0}, pb, &fault)) {
		reckon(arena, pb);
		return;
	}
	MUST(!(fault.line < 1 || fault.column < 1 || fault.expected == NULL ||
	    fault.expected[0] == '\0'));
}
