/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_OPINION_PARTS_H
#define ENGINE_OPINION_PARTS_H

#include "engine/opinion.h"

/* opinion_parts.h - between opinion.c (who belongs where), opinion_models.c
 * (the same on halves of the people) and opinion_names.c (which group is
 * which).  Not for others. */
struct opinion_sample {
	int32_t *person; /* rising */
	ptrdiff_t n;
	struct votes votes; /* their rows */
	double *sums; /* room for factor_step() */
	struct place *place; /* [n] */
	double *xy, *weight; /* [2 * n], [n] */
	/* by k and model: [n], numbered as the main model's groups */
	int32_t *label[OPINION_GROUPS + 1][OPINION_MODELS];
	int32_t *main[OPINION_GROUPS + 1];
	double *share[OPINION_GROUPS + 1]; /* [n * k]: mean over the models */
	bool fits[OPINION_GROUPS + 1]; /* k groups were found at all */
};

/* A model from scratch on `v`, the statements' own directions from `start`. */
void opinion_fit(struct arena *, const struct votes *v, const bool *left_out,
    const struct pca *start, struct opinion_model *);

/* Places the sample under a model; makes its map when `make` is set. */
void opinion_lay_out(
    struct opinion_sample *, struct opinion_model *, bool make);

/* Fills models, labels and shares; the main model and its labels are there. */
void opinion_models(struct arena *, struct opinion *, struct opinion_sample *);

/* How likely a place belongs to each of k groups: the nearest and the next. */
void opinion_lean(
    const struct place *, const double *centre, int k, double *share);

/* Whether votes dealt anew among those who voted on each statement reach the
 * same first eigenvalue more often than three times in nineteen. */
bool opinion_is_chance(
    struct arena *, const struct votes *, const struct pca *, ptrdiff_t people);

/* The numbering of `label` that agrees most with `main`: to[label] = main. */
void opinion_match(
    const int32_t *label, const int32_t *main, ptrdiff_t n, int k, int *to);

/* Names for the groups: those of the last run by overlap, or by size. */
void opinion_names(struct opinion *, const int32_t *last, ptrdiff_t people);

#endif
