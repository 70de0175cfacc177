/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/marks.h"

#include <math.h>

#define Z95 1.959963984540054

struct interval
share_interval(int32_t k, int32_t n)
{
	if (n == 0)
		return (struct interval){0, 1};
	double p = (double)k / n, z2 = Z95 * Z95;
	double middle = (p + z2 / (2.0 * n)) / (1 + z2 / n);
	double half =
	    Z95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
	return (struct interval){
	    fmax(0, middle - half), fmin(1, middle + half)};
}

static struct tally
others(const struct group_votes *v, ptrdiff_t cell)
{
	struct tally sum = {0};
	for (ptrdiff_t g = 0; g < v->groups; g++) {
		const struct tally *t =
		    &v->tally[g * v->statements + cell % v->statements];
		if (g == cell / v->statements)
			continue;
		sum.agree += t->agree;
		sum.disagree += t->disagree;
		sum.pass += t->pass;
	}
	return sum;
}

/* Puts a pick where its p_test (here: the difference) belongs. */
static void
insert(struct picks *list, struct pick new)
{
	int at = list->n;
	while (at > 0 && list->pick[at - 1].p_test < new.p_test)
		at--;
	if (at == REPRESENT_MOST)
		return;
	list->n += list->n < REPRESENT_MOST;
	for (int i = list->n - 1; i > at; i--)
		list->pick[i] = list->pick[i - 1];
	list->pick[at] = new;
}

/* The side on which a group differs more, with the difference of shares. */
static struct pick
difference(const struct group_test *t, int32_t statement)
{
	double agree = t->pa - t->pa / t->ra, disagree = t->pd - t->pd / t->rd;
	bool side = agree >= disagree;
	return (struct pick){
	    .statement = statement,
	    .agree = side,
	    .p = side ? t->pa : t->pd,
	    .p_test = side ? agree : disagree,
	    .ratio = side ? t->ra : t->rd,
	    .ratio_test = side ? t->rat : t->rdt,
	};
}

void
marks_of_groups(
    struct arena *a, const struct group_votes *v, struct picks *mark)
{
	ptrdiff_t n = v->groups * v->statements;
	struct arena *scratch = arena_scratch(a);
	struct pick *pick = arena_new(scratch, struct pick, n);
	double *p = arena_new(scratch, double, n);
	double *safe = arena_new(scratch, double, n);
	ptrdiff_t *order = arena_new(scratch, ptrdiff_t, n);
	for (ptrdiff_t c = 0; c < n; c++) {
		struct group_test t = group_test(v->tally[c], others(v, c));
		pick[c] = difference(&t, (int32_t)(c % v->statements));
		/* twice for two tails, twice for two sides */
		p[c] = fmin(1, 4 * normal_cdf(-fabs(pick[c].ratio_test)));
		if (v->left_out[c % v->statements])
			p[c] = 1;
	}
	benjamini_hochberg(p, n, safe, order);
	for (ptrdiff_t g = 0; g < v->groups; g++)
		mark[g] = (struct picks){0};
	for (ptrdiff_t c = 0; c < n; c++) {
		if (safe[c] <= MARKS_FALSE && pick[c].p_test > 0)
			insert(&mark[c / v->statements], pick[c]);
	}
	arena_close(scratch);
}

struct picks
marks_shared(const struct group_votes *v, bool agree)
{
	struct picks list = {0};
	for (ptrdiff_t j = 0; j < v->statements && v->groups > 0; j++) {
		struct pick pick = {
		    .statement = (int32_t)j, .agree = agree, .p = 1};
		for (ptrdiff_t g = 0; g < v->groups; g++) {
			struct tally t = v->tally[g * v->statements + j];
			int32_t side = agree ? t.agree : t.disagree;
			struct interval i = share_interval(side, tally_seen(t));
			pick.p = fmin(pick.p, i.low);
		}
		pick.p_test = pick.p;
		if (pick.p > 0.5 && !v->left_out[j])
			insert(&list, pick);
	}
	return list;
}

struct interval
consensus_interval(const struct group_votes *v, ptrdiff_t j)
{
	struct interval all = {1, 1};
	for (ptrdiff_t g = 0; g < v->groups; g++) {
		struct tally t = v->tally[g * v->statements + j];
		struct interval own = share_interval(t.agree, tally_seen(t));
		all.low *= own.low;
		all.high *= own.high;
	}
	return all;
}
