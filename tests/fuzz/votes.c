/* SPDX-License-Identifier: MPL-2.0 */

/* Votes, statements and members in CSV: whatever is read makes a matrix that
 * holds together.  The first byte says which reader. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "cli/votes_in.h"

enum { FUZZ_BYTES = 64 * 1024 * 1024 };

struct one {
	struct arena *arena;
	struct str text;
	int which;
};

static void
check_fault(const struct csv_reader *r)
{
	if (r->expected == NULL || r->line < 0 || r->column < 0)
		abort();
}

static void
check_table(const struct votes_table *t)
{
	const struct votes *v = &t->votes;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
			if (v->vote[k] < -1 || v->vote[k] > 1 ||
			    v->statement[k] < 0 ||
			    v->statement[k] >= v->statements ||
			    (k > v->row[i] &&
				v->statement[k] <= v->statement[k - 1]))
				abort();
		}
	}
}

static void
read_one(void *arg)
{
	struct one *one = arg;
	struct votes_in in;
	struct csv_reader r;
	struct statements_in about;
	int32_t *members;
	struct str votes = one->which == 0
	    ? one->text
	    : S("participant,statement,vote\n1,2,1\n2,2,-1\n");
	if (!votes_read(one->arena, votes, &in, &r)) {
		check_fault(&r);
		return;
	}
	struct votes_table t = one->text.n % 2 == 0
	    ? votes_sorted(one->arena, &in)
	    : votes_as_polis(one->arena, &in);
	check_table(&t);
	if (one->which == 1 &&
	    !statements_read(one->arena, one->text, &t, &about, &r))
		check_fault(&r);
	if (one->which == 2 &&
	    !members_read(one->arena, one->text, &t, &members, &r))
		check_fault(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n == 0)
		return -1;
	struct one one = {
	    .arena = arena_open(FUZZ_BYTES), .which = bytes[0] % 3};
	one.text = (struct str){(const char *)bytes + 1, (ptrdiff_t)n - 1};
	bool enough = arena_guard(one.arena, read_one, &one);
	arena_close(one.arena);
	return enough ? 0 : -1; /* -1: not worth keeping */
}
