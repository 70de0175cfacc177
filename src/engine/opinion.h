/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_OPINION_H
#define ENGINE_OPINION_H

#include "engine/factor.h"
#include "engine/kmeans.h"

/* opinion.h - groups of people who vote alike, and how sure that is.
 *
 * Our method, where the published one (engine/polis.h) is criticised:
 *  - a missing vote is missing (engine/factor.h);
 *  - the same votes give the same answer, whatever their order: nothing starts
 *    from the first rows, and chance comes from a fixed seed;
 *  - everything is done again on ten halves of the people.  A person belongs to
 *    the group where most of the ten models and the person's own uncertainty
 *    put them, when that is at least 0.75 sure, and stands between the groups
 *    otherwise (bagging; Dudoit and Fridlyand 2003);
 *  - the number of groups is the least that holds, more only when they are as
 *    stable and better separated; the stability is the mean adjusted Rand
 *    index between the models;
 *  - "no clear groups" is an answer.
 * doc/engine/groups.md has the reasons, the formulas and the comparison.
 * Tests: tests/engine/opinion.c, tests/cli/replay.c
 */
enum {
	OPINION_GROUPS = 5,
	OPINION_MODELS = 10,
	OPINION_LEAST_VOTES = 7,
	OPINION_LEAST_PEOPLE = 10,
	OPINION_SAMPLE =
	    1000, /* people that the models are made from, at most */
	OPINION_SAMPLE_VOTES = 100000, /* or as many as bring these, */
	OPINION_SAMPLE_LEAST = 300, /* but no fewer */
	OPINION_SMALLEST = 5, /* people in a group */
	OPINION_NAMES = 8,
	OPINION_OUT = -1, /* too few votes to say */
	OPINION_BETWEEN = -2
};
#define OPINION_SURE 0.75

enum opinion_reason {
	OPINION_CLEAR,
	OPINION_FEW, /* people with enough votes */
	OPINION_UNSTABLE, /* too few would stay in their group */
	OPINION_CHANCE /* votes dealt at random look the same */
};

/* Where the statements' loads and the groups' middles stand in one model. */
struct opinion_model {
	struct factor fit;
	struct map map;
	/* of each k, group g of model and main model is the same group */
	double centre[OPINION_GROUPS + 1][2 * OPINION_GROUPS];
};

struct opinion {
	struct pca pca; /* explained variance, and to start from next time */
	struct opinion_model main;
	struct opinion_model *model; /* [OPINION_MODELS] */
	ptrdiff_t n_in; /* people with enough votes */
	struct place *place; /* [people]: on the map; 0 when not in */

	/* By k, from 2: how far the models agree on who belongs together (1:
	 * wholly, 0: as by chance), the share of people who are sure of their
	 * group, the centroid silhouette. */
	double stability[OPINION_GROUPS + 1], placed[OPINION_GROUPS + 1];
	double separation[OPINION_GROUPS + 1];
	double stability_low,
	    stability_high; /* of k: 9 in 10 pairs of models */

	enum opinion_reason reason;
	int k; /* 0: no clear groups */
	int32_t *group; /* [people]: 0 .. k - 1, OPINION_OUT, OPINION_BETWEEN */
	int32_t *leaning; /* [people]: the likeliest group, or OPINION_OUT */
	double *certainty; /* [people]: of that, 0 .. 1 */
	int name[OPINION_GROUPS]; /* 0 is A; they rise */
	struct tally
	    *tally; /* [k * statements]: votes of who is in the group */
};

struct opinion_ask {
	const bool *left_out; /* [statements], or NULL */
	/* [people]: the name of each in the last run, or below 0; NULL: none */
	const int32_t *last;
	int smallest; /* people in a group; 0: OPINION_SMALLEST */
};

/* The groups.  People with fewer than 7 votes on statements that count are
 * out.  O(votes), about 40 passes over them and 60 over a sample. */
struct opinion opinion_of(
    struct arena *, const struct votes *, const struct opinion_ask *);

/* The groups after some votes more (votes_more()): the models stay as they
 * are, and those whose votes changed are placed anew; `changed` lists them.
 * For a conversation that is loaded; the models learn at the next
 * opinion_of().  O(votes of those who changed + people). */
struct opinion opinion_again(struct arena *, const struct votes *,
    const struct opinion *last, const int32_t *changed, ptrdiff_t n);

#endif
