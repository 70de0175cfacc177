/* SPDX-License-Identifier: MPL-2.0 */

/* Votes, statements and members in CSV: whatever is read makes a matrix that
 * holds together.  The first byte says which reader. */

#include "model/votes_in.h"
#include "tests/fuzz.h"

static void
check_fault(const struct csv_reader *r)
{
	MUST(!(r->expected == NULL || r->line < 0 || r->column < 0));
}

static void
check_table(const struct votes_table *t)
{
	const struct votes *v = &t->votes;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
			MUST(!(v->vote[k] < -1 || v->vote[k] > 1 ||
			    v->statement[k] < 0 ||
			    v->statement[k] >= v->statements ||
			    (k > v->row[i] &&
				v->statement[k] <= v->statement[k - 1])));
		}
	}
}

FUZZ(input)
{
	if (input.n == 0)
		return;
	int which = (unsigned char)input.p[0] % 3;
	struct str text = str_sub(input, 1, input.n);
	struct votes_in in;
	struct csv_reader r;
	struct statements_in about;
	int32_t *members;
	struct str votes = which == 0
	    ? text
	    : S("participant,statement,vote\n1,2,1\n2,2,-1\n");
	if (!votes_read(arena, votes, &in, &r)) {
		check_fault(&r);
		return;
	}
	struct votes_table t = text.n % 2 == 0 ? votes_sorted(arena, &in)
					       : votes_as_polis(arena, &in);
	check_table(&t);
	if (which == 1 && !statements_read(arena, text, &t, &about, &r))
		check_fault(&r);
	if (which == 2 && !members_read(arena, text, &t, &members, &r))
		check_fault(&r);
}
