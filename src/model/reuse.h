/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_REUSE_H
#define MODEL_REUSE_H

#include "model/network.h"
#include "model/record.h"

/* reuse.h - what one network planned and learned, taken over by another (S9; the
 * secretariat reuses good plans): why and what for, the promise, open questions,
 * target groups with their roles, how it is written down, activities.
 *
 * A copy is a new record, as when somebody types it: what was asked and how it
 * was done, without whom, where, when, what came of it, and whatever it referred
 * to.  Those are the other network's, and its people's.  With a target group go
 * its roles, in the phases that both networks have.  What can change is for each
 * network to say anew, so the room for influence does not go along.
 * Memory: the caller's arena.  Tests: tests/model/reuse.c
 */
enum { REUSE_MOST = 50 /* at once */, REUSE_KINDS = 7 };

/* The i-th kind that can be taken over, in the plan's order. */
enum record_kind reuse_kind(int i);

struct reusable {
	struct record network;
	struct records of[REUSE_KINDS];
	struct records cells, phases; /* of target groups */
};
/* Of another network of the organisation that `who` may read.  ERR_NOT_FOUND:
 * they may not, or it is the one they are in. */
enum err reuse_look(struct db *, struct arena *, const struct actor *who,
    struct id from, struct reusable *) MUST_USE;

/* All words that go along with it beside its title, a line each: free text may
 * name somebody, and is read before it is taken over. */
struct str reuse_words(struct arena *, const struct reusable *,
    const struct record *, struct str title);

struct reuse_pick {
	enum record_kind kind;
	struct id id;
};
struct reuse {
	struct id from;
	struct reuse_pick pick[REUSE_MOST + 1];
	ptrdiff_t n;
};
/* Into the network `who` is in; all of them or none.  Of what there is one of a
 * network, the one that is here stays.  Needs CAP_EDIT.  ERR_INVALID: none, more
 * than REUSE_MOST, or one that is not there.  ERR_CONFLICT: this network has all of
 * it. */
enum err reuse_copy(struct db *, struct arena *, const struct actor *who,
    const struct reuse *) MUST_USE;

#endif
