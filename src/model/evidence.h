/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_EVIDENCE_H
#define MODEL_EVIDENCE_H

#include "model/contribution.h"

/* evidence.h - which contributions an insight rests on, and which speak
 * against it; a contradiction stays visible (E11).
 *
 * An insight under two people is "one voice": two contributions of the same
 * person are one, and each that has no code counts as a person of its own.
 * Memory: the caller's arena.  Tests: tests/model/evidence.c
 */
struct evidence {
	struct id insight, contribution;
	bool against;
	struct str kind, words, alias;
	int64_t number;
};

struct evidences {
	struct evidence *list; /* by insight, those for it first */
	ptrdiff_t n;
};

/* Of all insights of the network; only what `who` may read of them. */
enum err evidence_list(struct db *, struct arena *, const struct actor *,
    struct evidences *) MUST_USE;

/* Needs CAP_EDIT; the contribution must be one that `who` reads.
 * ERR_INVALID: it is restricted. */
enum err evidence_put(struct db *, struct arena *, const struct actor *,
    const struct evidence *) MUST_USE;
enum err evidence_drop(struct db *, struct arena *, const struct actor *,
    struct id insight, struct id contribution) MUST_USE;

/* How many people speak for an insight and against it. */
struct strength {
	struct id insight;
	int64_t people, against;
};
struct strengths {
	struct strength *list; /* by insight */
	ptrdiff_t n;
};
enum err evidence_strengths(struct db *, struct arena *, const struct actor *,
    struct strengths *) MUST_USE;
/* {0} people for one without any. */
struct strength evidence_strength(const struct strengths *, struct id insight);

/* ---- who has spoken, and who has not ---- */

enum { SKEW_GROUPS = 60 };

struct skew {
	int64_t contributions; /* of citizens, not withdrawn */
	int64_t people; /* with a code */
	int64_t self_selected; /* contributions of people who registered */
	int64_t top; /* contributions of the busiest of them */
	/* By target group: contributions of each, in the order of their id. */
	struct id group[SKEW_GROUPS];
	int64_t of_group[SKEW_GROUPS];
	ptrdiff_t n_groups;
};

/* E3, R8.  `busiest`: so many of 100 people count as the busiest, at least one.
 * Needs CAP_READ; two queries. */
enum err skew_get(struct db *, struct arena *, const struct actor *,
    int64_t busiest, struct skew *) MUST_USE;

/* S1: how much each kind of actor has said, a row a kind that said something,
 * by key (catalogue/actor_kinds.json).  Needs CAP_READ; one query. */
enum { SPREAD_KINDS = 12 };
struct spread {
	struct str kind[SPREAD_KINDS];
	int64_t voices[SPREAD_KINDS];
	ptrdiff_t n;
};
enum err spread_get(struct db *, struct arena *, const struct actor *,
    struct spread *) MUST_USE;

/* E2: half the sum of the differences between each chosen group's share of the
 * plan and of what was said, 0 (as planned) to 1; < 0: nothing to compare.
 * `wanted`: people of each group by the plan, 0 for none. */
double skew_distance(const int64_t *wanted, const int64_t *heard, ptrdiff_t n);
/* Voices of a target group. */
int64_t skew_of_group(const struct skew *, struct id group);

#endif
