/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_WEB_STATE_H
#define TESTS_WEB_STATE_H

#include "tests/test.h"

/* state.h - what a whole database holds, in few numbers.
 *
 * A table is its number of rows and a sum over all that is in them (of the two
 * that are only added to it is their number alone).  The same
 * write from the same state always makes the same step, though ids, hashes and
 * boxes are other ones each time.
 */
enum { STATE_TABLES = 192 };

struct state {
	struct table_state {
		int64_t rows;
		uint64_t sum;
	} table[STATE_TABLES];
	ptrdiff_t n;
};

void state_read(struct arena *, struct db *, struct state *);
bool state_same(const struct state *, const struct state *);

/* From one state to another: rows more or fewer, and whether it changed. */
struct step {
	struct table_step {
		int64_t rows;
		bool changed;
	} table[STATE_TABLES];
	ptrdiff_t n;
};

struct step state_step(const struct state *from, const struct state *to);
bool step_same(const struct step *, const struct step *);
bool step_is_none(const struct step *);

#endif
