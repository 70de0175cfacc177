/* SPDX-License-Identifier: MPL-2.0 */

/* The same work on halves of the people: how much of it would stay. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "engine/opinion_parts.h"
#include "engine/random.h"

enum { FIT_STEPS = 12, AXIS_STEPS = 12, SHUFFLES = 19, CHANCE_HITS = 3 };

#define FIT_STILL 2e-3 /* of the noise, from step to step */
#define AXIS_ENOUGH 1e-2

void
opinion_fit(struct arena *a, const struct votes *v, const bool *left_out,
    const struct pca *start, struct opinion_model *m)
{
	struct arena *scratch = arena_scratch(a);
	double *sums = arena_new(scratch, double, FACTOR_SUMS * v->statements);
	struct pca axes = *start;
	if (v->people < start->people)
		axes = pca_of(scratch, v, left_out,
		    (struct pca_effort){start->block, AXIS_ENOUGH, AXIS_STEPS});
	m->fit = factor_start(a, v, &axes);
	m->fit.left_out = start->left_out;
	for (int step = 0; step < FIT_STEPS; step++) {
		double before = m->fit.noise;
		factor_step(v, &m->fit, sums);
		if (fabs(m->fit.noise - before) < FIT_STILL * before)
			break;
	}
	arena_close(scratch);
}

void
opinion_lay_out(struct opinion_sample *s, struct opinion_model *m, bool make)
{
	for (ptrdiff_t i = 0; i < s->n; i++)
		s->place[i] = factor_place(&s->votes, &m->fit, i);
	if (make)
		m->map =
		    factor_map(&m->fit, s->votes.statements, s->place, s->n);
	for (ptrdiff_t i = 0; i < s->n; i++) {
		s->place[i] = map_place(&m->map, s->place[i]);
		s->xy[2 * i] = s->place[i].x;
		s->xy[2 * i + 1] = s->place[i].y;
	}
}

/* How far the place is on the side of `own`, in standard deviations. */
static double
distance_from_border(
    const struct place *p, const double *own, const double *other)
{
	double x = own[0] - other[0], y = own[1] - other[1];
	double length = sqrt(x * x + y * y);
	if (length == 0)
		return 0;
	x /= length;
	y /= length;
	double d = (p->x - (own[0] + other[0]) / 2) * x +
	    (p->y - (own[1] + other[1]) / 2) * y;
	double spread = x * x * p->xx + 2 * x * y * p->xy + y * y * p->yy;
	return spread > 0 ? d / sqrt(spread) : 9;
}

/* P(Z <= z) for z >= 0 to 2.5e-4: Abramowitz and Stegun 26.2.19.  A certainty
 * needs no more, and this is a tenth of normal_cdf(). */
static double
about_normal(double z)
{
	double d =
	    1 + z * (0.196854 + z * (0.115194 + z * (0.000344 + z * 0.019527)));
	d *= d;
	return 1 - 0.5 / (d * d);
}

void
opinion_lean(const struct place *p, const double *centre, int k, double *share)
{
	int own = -1, next = -1;
	double least = INFINITY, second = INFINITY;
	for (int c = 0; c < k; c++) {
		double x = p->x - centre[2 * c], y = p->y - centre[2 * c + 1];
		double d = x * x + y * y;
		if (d < least) {
			next = own;
			second = least;
			own = c;
			least = d;
		} else if (d < second) {
			next = c;
			second = d;
		}
	}
	if (own < 0 || next < 0)
		return;
	double sure = about_normal(
	    distance_from_border(p, centre + 2 * own, centre + 2 * next));
	share[own] += sure / OPINION_MODELS;
	share[next] += (1 - sure) / OPINION_MODELS;
}

/* Where the main model's groups lie in this one, to start from. */
static void
hint_from(
    const struct opinion_sample *s, const int32_t *label, int k, double *hint)
{
	double n[OPINION_GROUPS] = {0};
	memset(hint, 0, (size_t)k * 2 * sizeof *hint);
	for (ptrdiff_t i = 0; i < s->n; i++) {
		int g = label[i];
		hint[2 * g] += s->xy[2 * i];
		hint[2 * g + 1] += s->xy[2 * i + 1];
		n[g]++;
	}
	for (int g = 0; g < k; g++) {
		hint[2 * g] /= n[g] > 0 ? n[g] : 1;
		hint[2 * g + 1] /= n[g] > 0 ? n[g] : 1;
	}
}

/* k groups of the sample under one model, numbered as the main model's. */
static void
cut_model(struct opinion_sample *s, struct opinion_model *m, int k,
    const struct points *coarse, int32_t *label)
{
	double hint[2 * OPINION_GROUPS], centre[2 * OPINION_GROUPS];
	int32_t cell[GRID_CELLS];
	int to[OPINION_GROUPS];
	struct points all = {s->xy, NULL, s->n};
	hint_from(s, s->main[k], k, hint);
	memcpy(centre, hint, sizeof centre);
	if (!kmeans_best(coarse, k, hint, centre, cell))
		memcpy(centre, hint, sizeof centre);
	lloyd(&all, centre, k, (struct lloyd_end){0, 1}, label);
	opinion_match(label, s->main[k], s->n, k, to);
	for (int g = 0; g < k; g++) {
		m->centre[k][2 * to[g]] = centre[2 * g];
		m->centre[k][2 * to[g] + 1] = centre[2 * g + 1];
	}
	for (ptrdiff_t i = 0; i < s->n; i++) {
		label[i] = to[label[i]];
		opinion_lean(
		    &s->place[i], m->centre[k], k, s->share[k] + i * k);
	}
}

/* Halves come in pairs that together are the sample. */
static struct votes
half_of(struct arena *a, const struct opinion_sample *s, int model)
{
	struct random chance =
	    random_new(str_fmt(a, "half %d", model / 2), S("opinion groups"));
	ptrdiff_t *order = arena_new(a, ptrdiff_t, s->n);
	int32_t *list = arena_new(a, int32_t, s->n);
	random_order(&chance, order, s->n);
	ptrdiff_t n = (s->n + 1) / 2;
	for (ptrdiff_t i = 0; i < n; i++)
		list[i] = (int32_t)order[model % 2 == 0 ? i : s->n - 1 - i];
	return votes_some(a, &s->votes, list, n);
}

void
opinion_models(struct arena *a, struct opinion *o, struct opinion_sample *s)
{
	double *xy = arena_new(a, double, 2 * GRID_CELLS);
	double *weight = arena_new(a, double, GRID_CELLS);
	o->model = arena_new(a, struct opinion_model, OPINION_MODELS);
	for (int b = 0; b < OPINION_MODELS; b++) {
		struct arena *scratch = arena_scratch(a);
		struct opinion_model *m = &o->model[b];
		struct votes half = half_of(scratch, s, b);
		opinion_fit(a, &half, o->pca.left_out, &o->pca, m);
		arena_close(scratch);
		opinion_lay_out(s, m, true);
		struct points all = {s->xy, NULL, s->n};
		struct points coarse = grid(&all, xy, weight);
		for (int k = 2; k <= OPINION_GROUPS; k++) {
			if (!s->fits[k])
				continue;
			s->label[k][b] = arena_new(a, int32_t, s->n);
			cut_model(s, m, k, &coarse, s->label[k][b]);
		}
	}
}

/* Deals the votes on each statement anew among those who gave one. */
static void
deal(const struct votes *v, const ptrdiff_t *by_statement,
    const ptrdiff_t *start, struct random *chance)
{
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		const ptrdiff_t *own = by_statement + start[j];
		for (ptrdiff_t i = start[j + 1] - start[j] - 1; i > 0; i--) {
			ptrdiff_t other =
			    (ptrdiff_t)random_below(chance, (uint64_t)i + 1);
			int8_t vote = v->vote[own[i]];
			v->vote[own[i]] = v->vote[own[other]];
			v->vote[own[other]] = vote;
		}
	}
}

bool
opinion_is_chance(struct arena *a, const struct votes *v,
    const struct pca *seen, ptrdiff_t people)
{
	struct random chance = random_new(S("deal"), S("opinion groups"));
	struct arena *scratch = arena_scratch(a);
	struct votes dealt = *v;
	ptrdiff_t n = v->row[people], hits = 0;
	ptrdiff_t *start = arena_new(scratch, ptrdiff_t, v->statements + 2);
	ptrdiff_t *place = arena_new(scratch, ptrdiff_t, n);
	dealt.vote = arena_new(scratch, int8_t, n);
	if (n > 0)
		memcpy(dealt.vote, v->vote, (size_t)n);
	for (ptrdiff_t k = 0; k < n; k++)
		start[v->statement[k] + 2]++;
	for (ptrdiff_t j = 0; j <= v->statements; j++)
		start[j + 1] += start[j];
	for (ptrdiff_t k = 0; k < n; k++)
		place[start[v->statement[k] + 1]++] = k;
	struct pca_effort effort = {NULL, AXIS_ENOUGH, 3 * AXIS_STEPS};
	for (int t = 0; t < SHUFFLES && hits <= CHANCE_HITS; t++) {
		deal(&dealt, place, start, &chance);
		struct pca p = pca_of(scratch, &dealt, seen->left_out, effort);
		hits += p.variance[0] >= seen->variance[0];
	}
	arena_close(scratch);
	return hits > CHANCE_HITS;
}
