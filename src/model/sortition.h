/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SORTITION_H
#define MODEL_SORTITION_H

#include "model/interest.h"
#include "model/plan.h"

/* sortition.h - draws among the people who said yes (S36).
 *
 * A draw is asked for, waits for its job, and then is what it is: its two
 * files, its seed, its result and its proof never change, so that anybody can
 * draw again.  Memory: the caller's arena.  Tests: tests/model/sortition.c
 */
struct sortition {
	struct id id, account, after;
	int64_t created_us, ended_us, size;
	struct str state; /* waiting, done, impossible, failed */
	struct str seed, people, targets;
	struct str stays, gone; /* codes, a blank between */
	struct str result, proof, published;
};

enum { SORTITION_SIZE = 1000, SORTITION_SEED = 200 };

struct sortitions {
	struct sortition *list; /* the newest first, without their files */
	ptrdiff_t n;
};

/* Asks for one and adds its job; needs CAP_ASK.  A second one with the same id
 * is not added. */
enum err sortition_add(struct db *, struct arena *, const struct actor *,
    const struct sortition *) MUST_USE;

/* Both need CAP_PEOPLE. */
enum err sortition_get(struct db *, struct arena *, const struct actor *,
    struct id, struct sortition *) MUST_USE;
enum err sortition_list(struct db *, struct arena *, const struct actor *,
    struct sortitions *) MUST_USE;

/* Keeps what came of one that waits: state, result and proof. */
enum err sortition_end(struct db *, struct arena *, const struct actor *,
    const struct sortition *) MUST_USE;

/* Shows one that is done to anybody: "chances" the smallest and largest and
 * how many there were, "codes" also each person's, "" nothing.  Needs CAP_ASK.
 * ERR_INVALID: no such word. */
enum err sortition_publish(struct db *, struct arena *, const struct actor *,
    struct id, struct str how) MUST_USE;

/* One that is shown to anybody, in whatever network; else ERR_NOT_FOUND. */
enum err sortition_public(struct db *, struct arena *, const struct actor *,
    struct id, struct sortition *) MUST_USE;

/* ---- the pool ---- */

enum { POOL_FEATURES = INTEREST_FIELDS + 2 };

struct pool_value {
	struct str key, name;
	int people; /* in the pool */
};

struct pool_feature {
	struct str key, name; /* name: unique among them */
	struct pool_value *value;
	ptrdiff_t n;
};

struct pool {
	struct pool_feature feature[POOL_FEATURES];
	ptrdiff_t n_features;
	struct str *code; /* [n]: "K-1842" */
	int32_t *value; /* [n * n_features]: which value of each feature */
	ptrdiff_t n;
};

/* Those who said yes or take part, by age band, target group and the fields
 * with choices that the network asks.  Who did not tell something has the
 * value "" of it.  Needs CAP_PEOPLE. */
enum err sortition_pool(struct db *, struct arena *, const struct actor *,
    const struct plan *, struct pool *) MUST_USE;

#endif
