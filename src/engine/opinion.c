/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/opinion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/opinion_parts.h"
#include "engine/random.h"

enum { MAIN_STEPS = 60, SMALL_CROWD = 200 };
#define MAIN_ENOUGH 1e-5
#define LEAST_PLACED 0.5
#define LEAST_STABLE 0.25
#define MORE_STABLE 0.6 /* asked of more than two groups */
#define ABOUT_AS_STABLE 0.05
#define BETTER_SEPARATED 0.02

static ptrdiff_t
votes_that_count(const struct votes *v, const bool *left_out, ptrdiff_t i)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++)
		n += !left_out[v->statement[k]];
	return n;
}

static bool
is_in(const struct votes *v, const bool *left_out, ptrdiff_t i)
{
	return votes_that_count(v, left_out, i) >= OPINION_LEAST_VOTES;
}

static int
rising(const void *x, const void *y)
{
	const int32_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

/* How many people the models are made from: more votes than these make them no
 * better, only later. */
static ptrdiff_t
sample_size(const struct votes *v, ptrdiff_t n_in)
{
	double each = (double)v->row[v->people] / (double)(n_in > 0 ? n_in : 1);
	double n = each > 0 ? OPINION_SAMPLE_VOTES / each : OPINION_SAMPLE;
	if (n > OPINION_SAMPLE)
		return OPINION_SAMPLE;
	return n < OPINION_SAMPLE_LEAST ? OPINION_SAMPLE_LEAST : (ptrdiff_t)n;
}

/* Those who are in; of a large crowd as many as the models need, by lot. */
static void
draw_sample(struct arena *a, const struct votes *v, struct opinion *o,
    struct opinion_sample *s)
{
	int32_t *in = arena_new(a, int32_t, v->people);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		o->group[i] = o->leaning[i] = OPINION_OUT;
		if (is_in(v, o->pca.left_out, i))
			in[o->n_in++] = (int32_t)i;
	}
	s->n = o->n_in;
	s->person = in;
	ptrdiff_t enough = sample_size(v, o->n_in);
	if (s->n > enough) {
		struct random chance =
		    random_new(S("sample"), S("opinion groups"));
		for (ptrdiff_t i = 0; i < enough; i++) {
			ptrdiff_t j = i +
			    (ptrdiff_t)random_below(
				&chance, (uint64_t)(s->n - i));
			int32_t swap = in[i];
			in[i] = in[j];
			in[j] = swap;
		}
		s->n = enough;
		qsort(in, (size_t)s->n, sizeof *in, rising);
	}
	s->votes = votes_some(a, v, s->person, s->n);
	s->place = arena_new(a, struct place, s->n);
	s->xy = arena_new(a, double, 2 * s->n);
	for (int k = 2; k <= OPINION_GROUPS; k++) {
		s->share[k] = arena_new(a, double, s->n *k);
		s->main[k] = arena_new(a, int32_t, s->n);
	}
}

/* The main model's groups, for each k. */
static void
cut_main(struct arena *a, struct opinion *o, struct opinion_sample *s)
{
	double *xy = arena_new(a, double, 2 * GRID_CELLS);
	double *weight = arena_new(a, double, GRID_CELLS);
	int32_t *cell = arena_new(a, int32_t, GRID_CELLS);
	struct points all = {s->xy, NULL, s->n};
	struct points coarse = grid(&all, xy, weight);
	for (int k = 2; k <= OPINION_GROUPS; k++) {
		double *centre = o->main.centre[k];
		s->fits[k] = kmeans_best(&coarse, k, NULL, centre, cell) &&
		    lloyd(&all, centre, k, (struct lloyd_end){1e-6, 60},
			s->main[k]) == k;
		o->separation[k] =
		    s->fits[k] ? centroid_silhouette(&all, centre, k) : 0;
	}
}

static int
likeliest(const double *share, int k)
{
	int best = 0;
	for (int g = 1; g < k; g++) {
		if (share[g] > share[best])
			best = g;
	}
	return best;
}

static int
by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

/* How far the models agree: the mean, and what 9 in 10 pairs lie between. */
static double
agreement(const struct opinion_sample *s, int k, double *low, double *high)
{
	double pair[OPINION_MODELS * (OPINION_MODELS - 1) / 2], sum = 0;
	int n = 0;
	for (int b = 1; b < OPINION_MODELS; b++) {
		for (int c = 0; c < b; c++) {
			pair[n] =
			    adjusted_rand(s->label[k][b], s->label[k][c], s->n);
			sum += pair[n++];
		}
	}
	qsort(pair, (size_t)n, sizeof *pair, by_value);
	*low = pair[n / 20];
	*high = pair[n - 1 - n / 20];
	return sum / n;
}

/* Whether k groups can be shown at all: large enough and sure enough. */
static bool
holds(struct opinion *o, const struct opinion_sample *s, int k, int smallest)
{
	double size[OPINION_GROUPS] = {0}, low, high;
	if (!s->fits[k])
		return false;
	o->stability[k] = agreement(s, k, &low, &high);
	for (ptrdiff_t i = 0; i < s->n; i++) {
		const double *share = s->share[k] + i * k;
		int g = likeliest(share, k);
		size[g] += (double)o->n_in / (double)s->n;
		o->placed[k] += (share[g] >= OPINION_SURE) / (double)s->n;
	}
	for (int g = 0; g < k; g++) {
		if (size[g] < smallest)
			return false;
	}
	return o->placed[k] >= LEAST_PLACED && o->stability[k] >= LEAST_STABLE;
}

/* The number of groups of the last run, if it had any. */
static int
last_number(const int32_t *last, ptrdiff_t people)
{
	bool seen[OPINION_NAMES] = {false};
	int n = 0;
	for (ptrdiff_t i = 0; last != NULL && i < people; i++) {
		if (last[i] < 0 || last[i] >= OPINION_NAMES || seen[last[i]])
			continue;
		seen[last[i]] = true;
		n++;
	}
	return n >= 2 && n <= OPINION_GROUPS ? n : 0;
}

/* The least that holds, or what the last run had; another number only when it
 * is stable, about as stable as that, and better separated. */
static int
choose(struct opinion *o, const struct opinion_sample *s, int smallest, int was)
{
	bool ok[OPINION_GROUPS + 1] = {false};
	int best = 0;
	for (int k = 2; k <= OPINION_GROUPS; k++) {
		ok[k] = holds(o, s, k, smallest) &&
		    (k == 2 || k == was || o->stability[k] >= MORE_STABLE);
		if (ok[k] && (best == 0 || k == was))
			best = k;
	}
	double margin = best == was ? 2 : 1;
	for (int k = 2; k <= OPINION_GROUPS; k++) {
		if (ok[k] && o->stability[k] >= MORE_STABLE &&
		    o->stability[k] >= o->stability[best] - ABOUT_AS_STABLE &&
		    o->separation[k] >
			o->separation[best] + margin * BETTER_SEPARATED)
			best = k;
	}
	return best;
}

/* Where one person stands and belongs, by the main model and all the others. */
static void
place_person(const struct votes *v, struct opinion *o, ptrdiff_t i)
{
	double share[OPINION_GROUPS] = {0};
	o->place[i] = map_place(&o->main.map, factor_place(v, &o->main.fit, i));
	if (o->k == 0) {
		o->group[i] = o->leaning[i] = OPINION_BETWEEN;
		return;
	}
	for (int b = 0; b < OPINION_MODELS; b++) {
		const struct opinion_model *m = &o->model[b];
		struct place p =
		    map_place(&m->map, factor_place(v, &m->fit, i));
		opinion_lean(&p, m->centre[o->k], o->k, share);
	}
	int g = likeliest(share, o->k);
	o->leaning[i] = g;
	o->certainty[i] = share[g];
	o->group[i] = share[g] >= OPINION_SURE ? g : OPINION_BETWEEN;
}

static void
find_groups(struct arena *a, const struct votes *v,
    const struct opinion_ask *ask, struct opinion *o)
{
	struct opinion_sample s = {0};
	draw_sample(a, v, o, &s);
	o->reason = OPINION_FEW;
	if (o->n_in < OPINION_LEAST_PEOPLE || o->pca.steps == 0)
		return;
	opinion_fit(a, v, o->pca.left_out, &o->pca, &o->main);
	opinion_lay_out(&s, &o->main, true);
	cut_main(a, o, &s);
	opinion_models(a, o, &s);
	o->k =
	    choose(o, &s, ask->smallest > 0 ? ask->smallest : OPINION_SMALLEST,
		last_number(ask->last, v->people));
	o->reason = o->k > 0 ? OPINION_CLEAR : OPINION_UNSTABLE;
	if (o->k > 0 && o->n_in <= SMALL_CROWD &&
	    opinion_is_chance(a, v, &o->pca, v->people)) {
		o->k = 0;
		o->reason = OPINION_CHANCE;
	}
	if (o->k > 0)
		agreement(&s, o->k, &o->stability_low, &o->stability_high);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (is_in(v, o->pca.left_out, i))
			place_person(v, o, i);
	}
}

struct opinion
opinion_of(
    struct arena *a, const struct votes *v, const struct opinion_ask *ask)
{
	struct opinion o = {.place = arena_new(a, struct place, v->people),
	    .group = arena_new(a, int32_t, v->people),
	    .leaning = arena_new(a, int32_t, v->people),
	    .certainty = arena_new(a, double, v->people)};
	o.pca = pca_of(a, v, ask->left_out,
	    (struct pca_effort){NULL, MAIN_ENOUGH, MAIN_STEPS});
	find_groups(a, v, ask, &o);
	if (o.k > 0)
		opinion_names(&o, ask->last, v->people);
	o.tally = arena_new(a, struct tally, o.k * v->statements);
	votes_tally(v, o.group, o.k, o.tally);
	return o;
}

static void *
copy_of(struct arena *a, const void *from, ptrdiff_t bytes)
{
	void *to = arena_alloc(a, 1, alignof(max_align_t), bytes);
	return bytes > 0 ? memcpy(to, from, (size_t)bytes) : to;
}

struct opinion
opinion_again(struct arena *a, const struct votes *v,
    const struct opinion *last, const int32_t *changed, ptrdiff_t n)
{
	struct opinion o = *last;
	ptrdiff_t people = v->people;
	o.place = copy_of(a, last->place, people * (ptrdiff_t)sizeof *o.place);
	o.group = copy_of(a, last->group, people * (ptrdiff_t)sizeof *o.group);
	o.leaning =
	    copy_of(a, last->leaning, people * (ptrdiff_t)sizeof *o.leaning);
	o.certainty = copy_of(
	    a, last->certainty, people * (ptrdiff_t)sizeof *o.certainty);
	for (ptrdiff_t c = 0; c < n; c++) {
		ptrdiff_t i = changed[c];
		bool was_in = o.leaning[i] != OPINION_OUT;
		if (last->reason == OPINION_FEW || !is_in(v, o.pca.left_out, i))
			continue;
		o.n_in += !was_in;
		place_person(v, &o, i);
	}
	o.tally = arena_new(a, struct tally, o.k * v->statements);
	votes_tally(v, o.group, o.k, o.tally);
	return o;
}
