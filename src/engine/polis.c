/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/polis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_VOTES = 7, LEAST_PEOPLE = 15 };
/* A first step, then at most 100 and 20 more (100 were meant; a wrong keyword
 * gives 20). */
enum { BASE_STEPS = 101, GROUP_STEPS = 21 };
#define STILL 0.01

struct active {
	ptrdiff_t person, votes;
};

/* The most active first, then those who came first. */
static int
by_activity(const void *x, const void *y)
{
	const struct active *a = x, *b = y;
	if (a->votes != b->votes)
		return a->votes > b->votes ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

static void
fill_up(struct arena *a, const struct votes *v, bool *in)
{
	struct active *list = arena_new(a, struct active, v->people);
	for (ptrdiff_t i = 0; i < v->people; i++)
		list[i] = (struct active){i, v->row[i + 1] - v->row[i]};
	qsort(list, (size_t)v->people, sizeof *list, by_activity);
	for (ptrdiff_t i = 0; i < v->people && i < LEAST_PEOPLE; i++)
		in[list[i].person] = list[i].votes > 0;
}

ptrdiff_t
polis_in(struct arena *a, const struct votes *v, bool *in)
{
	ptrdiff_t n = 0, least = v->statements;
	if (least > LEAST_VOTES)
		least = LEAST_VOTES;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		in[i] = v->row[i + 1] - v->row[i] >= least;
		n += in[i];
	}
	if (n >= LEAST_PEOPLE)
		return n;
	fill_up(a, v, in);
	n = 0;
	for (ptrdiff_t i = 0; i < v->people; i++)
		n += in[i];
	return n;
}

static void
make_picture(struct arena *a, const struct votes *v, const bool *left_out,
    struct polis *p)
{
	p->pca = pca_of(a, v, left_out, PCA_EXACT);
	p->people = arena_new(a, double, 2 * v->people);
	p->statement = arena_new(a, double, 2 * v->statements);
	p->extremity = arena_new(a, double, v->statements);
	pca_people(v, &p->pca, p->people);
	pca_statements(&p->pca, v->statements, p->statement);
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		double x = p->statement[2 * j], y = p->statement[2 * j + 1];
		p->extremity[j] = sqrt(x * x + y * y);
	}
}

/* People who stand close together become one circle, at most 100. */
static void
make_base(struct arena *a, const struct votes *v, struct polis *p)
{
	double *xy = arena_new(a, double, 2 * p->n_in);
	int32_t *of = arena_new(a, int32_t, p->n_in);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (p->in[i]) {
			xy[2 * n] = p->people[2 * i];
			xy[2 * n++ + 1] = p->people[2 * i + 1];
		}
	}
	struct points points = {xy, NULL, n};
	p->base = arena_new(a, double, 2 * POLIS_BASE);
	p->n_base = first_distinct(&points, POLIS_BASE, p->base);
	p->n_base = lloyd(&points, p->base, p->n_base,
	    (struct lloyd_end){STILL, BASE_STEPS}, of);
	n = 0;
	for (ptrdiff_t i = 0; i < v->people; i++)
		p->base_of[i] = p->in[i] ? of[n++] : -1;
}

struct cut {
	double centre[2 * POLIS_GROUPS];
	int32_t group[POLIS_BASE];
	int k;
};

static struct cut
cut_base(const struct points *base, int k)
{
	struct cut cut = {0};
	cut.k = first_distinct(base, k, cut.centre);
	cut.k = lloyd(base, cut.centre, cut.k,
	    (struct lloyd_end){STILL, GROUP_STEPS}, cut.group);
	return cut;
}

/* The k whose silhouette is greatest, of two alike the later. */
static void
make_groups(struct arena *a, const struct votes *v, struct polis *p)
{
	double weight[POLIS_BASE] = {0};
	struct points base = {p->base, weight, p->n_base};
	struct cut best = {0};
	double greatest = 0;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (p->base_of[i] >= 0)
			weight[p->base_of[i]]++;
	}
	p->most_groups = 2 + p->n_base / 12;
	if (p->most_groups > POLIS_GROUPS)
		p->most_groups = POLIS_GROUPS;
	for (int k = 2; k <= p->most_groups && p->n_base > 1; k++) {
		struct cut cut = cut_base(&base, k);
		p->silhouette[k] = silhouette(&base, cut.group, cut.k);
		if (best.k == 0 || p->silhouette[k] >= greatest) {
			greatest = p->silhouette[k];
			best = cut;
		}
	}
	p->k = best.k;
	memcpy(p->centre, best.centre, sizeof best.centre);
	p->group = arena_new(a, int32_t, v->people);
	for (ptrdiff_t i = 0; i < v->people; i++)
		p->group[i] = p->base_of[i] < 0 || p->k == 0
		    ? -1
		    : best.group[p->base_of[i]];
}

static struct tally
sum_tally(struct tally a, struct tally b)
{
	return (struct tally){
	    a.agree + b.agree, a.disagree + b.disagree, a.pass + b.pass};
}

static struct tally
others_than(const struct polis *p, ptrdiff_t statements, int g, ptrdiff_t j)
{
	struct tally sum = {0};
	for (int h = 0; h < p->k; h++) {
		if (h != g)
			sum = sum_tally(sum, p->counted[h * statements + j]);
	}
	return sum;
}

static void
count_votes(struct arena *a, const struct votes *v, struct polis *p)
{
	ptrdiff_t n = v->statements, members[POLIS_GROUPS] = {0};
	p->tally = arena_new(a, struct tally, p->k * n);
	p->counted = arena_new(a, struct tally, p->k * n);
	votes_tally(v, p->group, p->k, p->tally);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (p->group[i] >= 0)
			members[p->group[i]]++;
	}
	for (ptrdiff_t c = 0; c < p->k * n; c++) {
		p->counted[c] = !p->left_out[c % n]
		    ? p->tally[c]
		    : (struct tally){.pass = (int32_t)members[c / n]};
	}
}

static void
test_groups(struct arena *a, ptrdiff_t n, struct polis *p)
{
	p->test = arena_new(a, struct group_test, p->k * n);
	for (int g = 0; g < p->k; g++) {
		for (ptrdiff_t j = 0; j < n; j++)
			p->test[g * n + j] = group_test(
			    p->counted[g * n + j], others_than(p, n, g, j));
		p->mark[g] = representative(
		    p->test + g * n, p->counted + g * n, p->left_out, n);
	}
	p->consensus_agree = arena_new(a, double, n);
	p->consensus_disagree = arena_new(a, double, n);
	consensus(p->tally, p->k, n, p->consensus_agree, p->consensus_disagree);
}

/* What unites all of them, and what to ask next. */
static void
count_all(
    struct arena *a, const struct votes *v, const bool *meta, struct polis *p)
{
	ptrdiff_t n = v->statements;
	struct tally *all = arena_new(a, struct tally, n);
	int32_t *one = arena_new(a, int32_t, v->people);
	votes_tally(v, one, 1, all);
	p->agree = majority(all, p->left_out, n, true);
	p->disagree = majority(all, p->left_out, n, false);
	p->priority = arena_new(a, double, n);
	for (ptrdiff_t j = 0; j < n; j++) {
		struct tally in_groups = {0};
		for (int g = 0; g < p->k; g++)
			in_groups = sum_tally(in_groups, p->tally[g * n + j]);
		p->priority[j] = priority(
		    in_groups, p->extremity[j], meta != NULL && meta[j]);
	}
}

struct polis
polis_of(struct arena *a, const struct votes *v, const bool *rejected,
    const bool *meta)
{
	struct polis p = {.left_out = arena_new(a, bool, v->statements),
	    .in = arena_new(a, bool, v->people),
	    .base_of = arena_new(a, int32_t, v->people)};
	for (ptrdiff_t j = 0; j < v->statements; j++)
		p.left_out[j] = (rejected != NULL && rejected[j]) ||
		    (meta != NULL && meta[j]);
	make_picture(a, v, p.left_out, &p);
	p.n_in = polis_in(a, v, p.in);
	make_base(a, v, &p);
	make_groups(a, v, &p);
	count_votes(a, v, &p);
	test_groups(a, v->statements, &p);
	count_all(a, v, meta, &p);
	return p;
}
