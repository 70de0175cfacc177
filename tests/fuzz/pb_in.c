/* SPDX-License-Identifier: MPL-2.0 */

/* Budget elections: what the reader takes the rules can reckon, within the
 * budget, and a fault has a place and a word. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "cli/pb_in.h"
#include "engine/equal_shares.h"
#include "engine/phragmen.h"

enum { FUZZ_BYTES = 64 * 1024 * 1024, SMALL = 64, RUNS = 20 };

struct one {
	struct arena *arena;
	struct str text;
};

static bool
a_few(void *arg, int64_t runs)
{
	(void)arg;
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
	if (election_check(e) != ERR_OK ||
	    ordinal_check(a, &pb->ballots) != ERR_OK)
		abort();
	if (e->n_projects > SMALL)
		return;
	if (budget_greedy(a, e, &(struct greedy_options){0}, &out) != ERR_OK ||
	    out.cost > e->budget)
		abort();
	if (phragmen(a, e, &out) != ERR_OK || out.cost > e->budget)
		abort();
	struct shares_options o = {
	    .completion = COMPLETION_ADD1_FILL, .go_on = a_few};
	enum err err = equal_shares(a, e, &o, &out);
	if (err == ERR_INVALID || (err == ERR_OK && out.cost > e->budget))
		abort();
}

static void
read_one(void *arg)
{
	struct one *one = arg;
	struct pb *pb = arena_new(one->arena, struct pb, 1);
	struct pb_fault fault = {0};
	if (pb_read(one->arena, one->text, S("sex"), pb, &fault) ||
	    pb_read(one->arena, one->text, (struct str){0}, pb, &fault)) {
		reckon(one->arena, pb);
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
