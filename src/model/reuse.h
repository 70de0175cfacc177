/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_REUSE_H
#define MODEL_REUSE_H

#include "model/network.h"
#include "model/record.h"

/* reuse.h - what one network learned, taken over by another: open questions and
 * activities (S9; the secretariat reuses good plans).
 *
 * A copy is a new record, as when somebody types it: what was asked and how it
 * was done, without whom, where, when, what came of it, and whatever it referred
 * to.  Those are the other network's, and its people's.
 * Memory: the caller's arena.  Tests: tests/model/reuse.c
 */
enum { REUSE_MOST = 50 /* at once */ };

struct reusable {
	struct record network;
	struct records questions, activities; /* nobody's names are in them */
};
/* Of another network of the organisation that `who` may read.  ERR_NOT_FOUND:
 * they may not, or it is the one they are in. */
enum err reuse_look(struct db *, struct arena *, const struct actor *who,
    struct id from, struct reusable *) MUST_USE;

struct reuse {
	struct id from;
	struct ids records; /* of reuse_look() */
};
/* Into the network `who` is in; all of them or none.  Needs CAP_EDIT.  ERR_INVALID: none, more than REUSE_MOST, or one
 * that is not there. */
enum err reuse_copy(struct db *, struct arena *, const struct actor *who,
    const struct reuse *) MUST_USE;

#endif
