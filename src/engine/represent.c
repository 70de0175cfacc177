/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/represent.h"

#include <math.h>

/* z of a share against one half. */
static double
half_test(double count, double seen)
{
	return 2 * sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5);
}

/* z of the difference of two shares. */
static double
two_test(double count, double seen, double count2, double seen2)
{
	double p1 = (count + 1) / (seen + 1), p2 = (count2 + 1) / (seen2 + 1);
	double both = (count + count2 + 2) / (seen + seen2 + 2);
	if (both == 1)
		return 0;
	double width = both * (1 - both) * (1 / (seen + 1) + 1 / (seen2 + 1));
	return (p1 - p2) / sqrt(width);
}

struct group_test
group_test(struct tally own, struct tally others)
{
	double s = tally_seen(own), s2 = tally_seen(others);
	double a = own.agree, d = own.disagree;
	double a2 = others.agree, d2 = others.disagree;
	struct group_test t = {
	    .pa = (a + 1) / (s + 2),
	    .pd = (d + 1) / (s + 2),
	    .pat = half_test(a, s),
	    .pdt = half_test(d, s),
	    .rat = two_test(a, s, a2, s2),
	    .rdt = two_test(d, s, d2, s2),
	};
	t.ra = t.pa / ((a2 + 1) / (s2 + 2));
	t.rd = t.pd / ((d2 + 1) / (s2 + 2));
	return t;
}

static struct pick
side_of(const struct group_test *t, int32_t statement, bool agree)
{
	return (struct pick){
	    .statement = statement,
	    .agree = agree,
	    .p = agree ? t->pa : t->pd,
	    .p_test = agree ? t->pat : t->pdt,
	    .ratio = agree ? t->ra : t->rd,
	    .ratio_test = agree ? t->rat : t->rdt,
	};
}

static struct pick
stronger_side(const struct group_test *t, int32_t statement)
{
	return side_of(t, statement, t->rat > t->rdt);
}

static bool
is_sufficient(const struct group_test *t)
{
	return (t->rat > REPRESENT_Z && t->pat > REPRESENT_Z) ||
	    (t->rdt > REPRESENT_Z && t->pdt > REPRESENT_Z);
}

/* Whether statement j takes the place of the best agree so far. */
static bool
beats_best(const struct group_test *t, const struct group_test *best)
{
	if (best == NULL)
		return t->pat > REPRESENT_Z || (t->ra > 1 && t->pa > 0.5);
	if (best->ra > 1)
		return t->ra * t->rat * t->pa * t->pat >
		    best->ra * best->rat * best->pa * best->pat;
	return t->pa * t->pat > best->pa * best->pat;
}

static double
metric(const struct pick *p)
{
	return p->ratio * p->ratio_test * p->p * p->p_test;
}

static double
share_metric(const struct pick *p)
{
	return p->p * p->p_test;
}

/* Keeps the best by `of`, the earlier first where two are alike. */
static void
keep_pick(
    struct picks *list, struct pick new, double (*of)(const struct pick *))
{
	int at = list->n;
	while (at > 0 && of(&list->pick[at - 1]) < of(&new))
		at--;
	if (at == REPRESENT_MOST)
		return;
	if (list->n < REPRESENT_MOST)
		list->n++;
	for (int i = list->n - 1; i > at; i--)
		list->pick[i] = list->pick[i - 1];
	list->pick[at] = new;
}

/* Agrees before disagrees, else the order as it is; `best` first of all. */
static struct picks
in_order(const struct picks *list, const struct pick *best)
{
	struct picks all = {0}, out = {0};
	if (best != NULL)
		all.pick[all.n++] = *best;
	for (int i = 0; i < list->n && all.n < REPRESENT_MOST; i++) {
		if (best == NULL || list->pick[i].statement != best->statement)
			all.pick[all.n++] = list->pick[i];
	}
	for (int side = 1; side >= 0; side--) {
		for (int i = 0; i < all.n; i++) {
			if (all.pick[i].agree == side)
				out.pick[out.n++] = all.pick[i];
		}
	}
	return out;
}

struct picks
representative(const struct group_test *test, const struct tally *own,
    const bool *left_out, ptrdiff_t statements)
{
	struct picks enough = {0}, only = {0};
	const struct group_test *best = NULL, *furthest = NULL;
	for (ptrdiff_t j = 0; j < statements; j++) {
		const struct group_test *t = &test[j];
		if (left_out != NULL && left_out[j])
			continue;
		if (is_sufficient(t))
			keep_pick(
			    &enough, stronger_side(t, (int32_t)j), metric);
		if ((own[j].agree > 0 || own[j].disagree > 0) &&
		    beats_best(t, best))
			best = t;
		if (furthest == NULL ||
		    fmax(t->rat, t->rdt) > fmax(furthest->rat, furthest->rdt))
			furthest = t;
	}
	if (best != NULL) {
		struct pick pick = side_of(best, (int32_t)(best - test), true);
		pick.best = true;
		return in_order(&enough, &pick);
	}
	if (enough.n == 0 && furthest != NULL)
		only.pick[only.n++] =
		    stronger_side(furthest, (int32_t)(furthest - test));
	return in_order(enough.n > 0 ? &enough : &only, NULL);
}

struct picks
majority(const struct tally *all, const bool *left_out, ptrdiff_t statements,
    bool agree)
{
	struct picks list = {0};
	for (ptrdiff_t j = 0; j < statements; j++) {
		if (left_out != NULL && left_out[j])
			continue;
		struct group_test t = group_test(all[j], (struct tally){0});
		struct pick pick = side_of(&t, (int32_t)j, agree);
		if (pick.p > 0.5 && pick.p_test > REPRESENT_Z)
			keep_pick(&list, pick, share_metric);
	}
	return list;
}

void
consensus(const struct tally *tally, ptrdiff_t groups, ptrdiff_t statements,
    double *agree, double *disagree)
{
	for (ptrdiff_t j = 0; j < statements; j++) {
		agree[j] = disagree[j] = 1;
		for (ptrdiff_t g = 0; g < groups; g++) {
			struct tally t = tally[g * statements + j];
			double s = tally_seen(t) + 2;
			agree[j] *= (t.agree + 1) / s;
			disagree[j] *= (t.disagree + 1) / s;
		}
	}
}

/* 2^(x / 5) for whole x from 0 down, without pow(), whose last bit differs
 * between libraries. */
static double
fifths_of_two(int32_t x)
{
	static const double fifth[5] = {1, 0.870550563296124126,
	    0.757858283255199001, 0.659753955386447131, 0.574349177498517438};
	return ldexp(fifth[-x % 5], x / 5);
}

double
priority(struct tally all, double extremity, bool is_meta)
{
	if (is_meta)
		return 49;
	double s = tally_seen(all);
	double pass = (all.pass + 1) / (s + 2),
	       agree = (all.agree + 1) / (s + 2);
	double new = 1 + 8 * fifths_of_two(-tally_seen(all));
	double root = (1 - pass) * (1 + extremity) * agree * new;
	return root * root;
}
