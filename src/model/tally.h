/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

#include "model/ballot.h"

/* tally.h - all ballots of a round, side by side, as arrays for the engine.
 *
 * In the order of their hashes, which is no order: nothing in it leads to who
 * voted or when.  Memory: the caller's arena.  Tests: tests/model/ballot.c
 */
struct side_tally {
	ptrdiff_t n; /* ballots */
	ptrdiff_t *first; /* [n + 1] into mark */
	struct mark *mark; /* option and, of a pair, value: places in
			    * round->option from 0 */
};

struct tallies {
	struct side_tally of[ROUND_SIDES];
};

/* Needs CAP_READ. */
enum err tally_load(struct db *, struct arena *, const struct actor *,
    const struct round *, struct tallies *) MUST_USE;

/* Whether `who` may see what came of it now: it is closed, or the organisation
 * shows rankings at once. */
enum err tally_is_seen(struct db *, struct arena *, const struct actor *,
    const struct round *, bool *) MUST_USE;

#endif
