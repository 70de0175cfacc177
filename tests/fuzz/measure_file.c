/* SPDX-License-Identifier: MPL-2.0 */

/* Any bytes as a table of answers, for each design: a fault has a place and a
 * word; what is read are answers on the scale by people with a code. */
#include "base/cpr.h"
#include "model/measure_file.h"
#include "tests/fuzz.h"

static void
check_reply(const struct measure *m, const struct measure_reply *r)
{
	for (ptrdiff_t i = 0; i < MEASURE_ITEMS; i++) {
		MUST(r->now[i] >= 0 && r->now[i] <= MEASURE_DONT_KNOW);
		MUST(r->then[i] >= 0 && r->then[i] <= MEASURE_DONT_KNOW);
		MUST(i < m->n_items || (r->now[i] == 0 && r->then[i] == 0));
		MUST(m->design == MEASURE_RETROSPECTIVE || r->then[i] == 0);
	}
	MUST(r->words.n == 0);
}

static void
check(struct arena *a, const struct measure *m, struct str text)
{
	static const struct measure_columns usual;
	struct measure_file f;
	if (!measure_file_read(a, m, text, &usual, &f)) {
		MUST(f.fault != NULL && f.fault[0] != '\0');
		MUST(f.line >= 0 && f.column >= 0);
		return;
	}
	MUST(f.n > 0 && f.n <= MEASURE_FILE_REPLIES);
	for (ptrdiff_t i = 0; i < f.n; i++) {
		const struct measure_entry *e = &f.list[i];
		MUST(e->code.n >= 2 && cpr_find(e->code).n == 0);
		MUST(e->line > 1 && e->column > 0);
		MUST(e->round >= 0 && e->round <= MEASURE_FILE_ROUNDS);
		check_reply(m, &e->reply);
	}
}

FUZZ(input)
{
	struct measure m = {.n_items = 2,
	    .item = {{.number = 1, .bank = S("q_one"), .da = S("Et")},
		{.number = 2, .da = S("To"), .en = S("Two")}}};
	for (int d = MEASURE_BEFORE_AFTER; d <= MEASURE_CROSS_SECTION; d++) {
		m.design = (enum measure_design)d;
		check(arena, &m, input);
	}
}
