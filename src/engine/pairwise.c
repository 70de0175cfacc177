/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/pairwise.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEWTON_STEPS = 200, HALVINGS = 40 };

enum err
pairwise_check(const struct pairwise *p)
{
	if (p->n_items < 0 || p->n_items > INT32_MAX || p->n_votes < 0)
		return ERR_INVALID;
	for (ptrdiff_t v = 0; v < p->n_votes; v++) {
		int32_t w = p->winner[v], l = p->loser[v];
		if (w < 0 || l < 0 || w >= p->n_items || l >= p->n_items ||
		    w == l)
			return ERR_INVALID;
	}
	return ERR_OK;
}

static void
count(const struct pairwise *p, struct rating *out)
{
	for (ptrdiff_t i = 0; i < p->n_items; i++)
		out[i] = (struct rating){.error = NAN};
	for (ptrdiff_t v = 0; v < p->n_votes; v++) {
		out[p->winner[v]].wins++;
		out[p->loser[v]].losses++;
	}
}

/* ---- places ---- */

static int
compare_doubles(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* How many of the sorted x are below `limit`. */
static ptrdiff_t
count_below(const double *x, ptrdiff_t n, double limit)
{
	ptrdiff_t low = 0, high = n;
	while (low < high) {
		ptrdiff_t middle = low + (high - low) / 2;
		if (x[middle] < limit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
rank_range(struct arena *a, struct rating *r, ptrdiff_t n)
{
	double *high = arena_new(a, double, n);
	double *minus_low = arena_new(a, double, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		high[i] = r[i].range.high;
		minus_low[i] = -r[i].range.low;
	}
	qsort(high, (size_t)n, sizeof *high, compare_doubles);
	qsort(minus_low, (size_t)n, sizeof *minus_low, compare_doubles);
	for (ptrdiff_t i = 0; i < n; i++) {
		r[i].first = 1 + count_below(minus_low, n, -r[i].range.high);
		r[i].last = n - count_below(high, n, r[i].range.low);
	}
}

/* Of the Beta distribution, in %.  The upper end is a lower end mirrored, so
 * that mirrored counts mirror exactly. */
static struct interval
beta_interval(double won, double lost, double level)
{
	double tail = (1 - level) / 2;
	return (struct interval){100 * beta_quantile(tail, won, lost),
	    100 * (1 - beta_quantile(tail, lost, won))};
}

enum err
pairwise_score(
    struct arena *a, const struct pairwise *p, double level, struct rating *out)
{
	enum { FEW = 64 }; /* most items were seldom seen, and alike */
	struct interval *known = arena_new(a, struct interval, FEW * FEW);
	enum err e = pairwise_check(p);
	if (e != ERR_OK)
		return e;
	count(p, out);
	for (ptrdiff_t i = 0; i < p->n_items; i++) {
		int64_t wins = out[i].wins, losses = out[i].losses;
		double won = (double)wins + 1, lost = (double)losses + 1;
		bool few = wins < FEW && losses < FEW;
		struct interval *at = few ? &known[wins * FEW + losses] : NULL;
		out[i].value = 100 * won / (won + lost);
		if (at != NULL && at->high > 0) {
			out[i].range = *at;
			continue;
		}
		out[i].range = beta_interval(won, lost, level);
		if (at != NULL)
			*at = out[i].range;
	}
	rank_range(a, out, p->n_items);
	return ERR_OK;
}

/* ---- Bradley-Terry ---- */

struct bt {
	ptrdiff_t n;
	double ridge;
	int32_t *won; /* [n * n] how often row won over column */
	double *hessian; /* [n * n] lower triangle, then its Cholesky factor */
	double *b, *step, *slope, *trial; /* [n] */
};

/* log(1 / (1 + exp(-x))) */
static double
log_sigma(double x)
{
	return x < 0 ? x - log1p(exp(x)) : -log1p(exp(-x));
}

static double
likelihood(const struct bt *t, const double *b)
{
	double total = 0;
	for (ptrdiff_t i = 0; i < t->n; i++) {
		for (ptrdiff_t j = 0; j < t->n; j++) {
			int32_t w = t->won[i * t->n + j];
			if (w > 0)
				total += w * log_sigma(b[i] - b[j]);
		}
	}
	return total;
}

static double
aim(const struct bt *t, const double *b)
{
	double square = 0;
	for (ptrdiff_t i = 0; i < t->n; i++)
		square += b[i] * b[i];
	return likelihood(t, b) - t->ridge / 2 * square;
}

/* The slope of the aim at b, and minus its second derivatives. */
static void
differentiate(struct bt *t)
{
	ptrdiff_t n = t->n;
	memset(t->hessian, 0, (size_t)(n * n) * sizeof *t->hessian);
	for (ptrdiff_t i = 0; i < n; i++) {
		t->slope[i] = -t->ridge * t->b[i];
		t->hessian[i * n + i] = t->ridge;
	}
	for (ptrdiff_t i = 0; i < n; i++) {
		for (ptrdiff_t j = 0; j < i; j++) {
			int32_t up = t->won[i * n + j],
				down = t->won[j * n + i];
			if (up + down == 0)
				continue;
			double chance = 1 / (1 + exp(t->b[j] - t->b[i]));
			double pull = up - (up + down) * chance;
			double curve = (up + down) * chance * (1 - chance);
			t->slope[i] += pull;
			t->slope[j] -= pull;
			t->hessian[i * n + i] += curve;
			t->hessian[j * n + j] += curve;
			t->hessian[i * n + j] = -curve;
		}
	}
}

/* The lower triangle L with L L' = h, in place; h is positive definite. */
static void
cholesky(double *h, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		double *row = h + i * n;
		for (ptrdiff_t j = 0; j <= i; j++) {
			const double *other = h + j * n;
			double x = row[j];
			for (ptrdiff_t k = 0; k < j; k++)
				x -= row[k] * other[k];
			row[j] = i == j ? sqrt(x) : x / other[j];
		}
	}
}

/* x with L L' x = right. */
static void
solve(const double *l, ptrdiff_t n, const double *right, double *x)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		x[i] = right[i];
		for (ptrdiff_t k = 0; k < i; k++)
			x[i] -= l[i * n + k] * x[k];
		x[i] /= l[i * n + i];
	}
	for (ptrdiff_t i = n - 1; i >= 0; i--) {
		x[i] /= l[i * n + i];
		for (ptrdiff_t k = 0; k < i; k++)
			x[k] -= l[i * n + k] * x[i];
	}
}

/* One step, halved until it does not lead down.  The largest move. */
static double
move(struct bt *t)
{
	double before = aim(t, t->b), share = 1, largest = 0;
	differentiate(t);
	cholesky(t->hessian, t->n);
	solve(t->hessian, t->n, t->slope, t->step);
	for (int k = 0; k < HALVINGS; k++, share /= 2) {
		for (ptrdiff_t i = 0; i < t->n; i++)
			t->trial[i] = t->b[i] + share * t->step[i];
		if (aim(t, t->trial) >= before - 1e-12 * fabs(before))
			break;
	}
	for (ptrdiff_t i = 0; i < t->n; i++) {
		largest = fmax(largest, fabs(t->trial[i] - t->b[i]));
		t->b[i] = t->trial[i];
	}
	return largest;
}

/* Roots of the diagonal of (L L')^-1: the squared columns of L^-1, of which
 * one row after another is made in place. */
static void
errors(struct bt *t, struct rating *out)
{
	ptrdiff_t n = t->n;
	double *l = t->hessian, *x = t->step, *square = t->trial;
	memset(square, 0, (size_t)n * sizeof *square);
	for (ptrdiff_t i = 0; i < n; i++) {
		double *row = l + i * n;
		double inverse = 1 / row[i];
		memset(x, 0, (size_t)n * sizeof *x);
		/* rows above i hold L^-1 already */
		for (ptrdiff_t k = 0; k < i; k++) {
			const double *above = l + k * n;
			for (ptrdiff_t j = 0; j <= k; j++)
				x[j] -= row[k] * above[j];
		}
		for (ptrdiff_t j = 0; j < i; j++)
			row[j] = x[j] * inverse;
		row[i] = inverse;
		for (ptrdiff_t j = 0; j <= i; j++)
			square[j] += row[j] * row[j];
	}
	for (ptrdiff_t i = 0; i < n; i++)
		out[i].error = sqrt(square[i]);
}

static void
open_bt(struct bt *t, struct arena *a, const struct pairwise *p)
{
	ptrdiff_t n = p->n_items;
	t->n = n;
	t->won = arena_new(a, int32_t, n * n);
	t->hessian = arena_new(a, double, n *n);
	t->b = arena_new(a, double, n);
	t->step = arena_new(a, double, n);
	t->slope = arena_new(a, double, n);
	t->trial = arena_new(a, double, n);
	for (ptrdiff_t v = 0; v < p->n_votes; v++)
		t->won[p->winner[v] * n + p->loser[v]]++;
}

enum err
pairwise_bradley_terry(struct arena *a, const struct pairwise *p,
    const struct bt_options *o, struct rating *out, double *loglik)
{
	struct bt t = {.ridge = o->ridge};
	enum err e = pairwise_check(p);
	if (e != ERR_OK || !(o->ridge > 0))
		return ERR_INVALID;
	if (p->n_items > PAIRWISE_ITEMS || p->n_votes > INT32_MAX / 2)
		return ERR_TOO_LARGE;
	open_bt(&t, a, p);
	for (int i = 0; i < NEWTON_STEPS && move(&t) > 1e-12; i++)
		;
	differentiate(&t);
	cholesky(t.hessian, t.n);
	count(p, out);
	errors(&t, out);
	double z = normal_quantile(1 - (1 - o->level) / 2);
	double common = 1 / (o->ridge * (double)t.n);
	for (ptrdiff_t i = 0; i < t.n; i++) {
		double square = out[i].error * out[i].error - common;
		double error = sqrt(fmax(square, 0));
		out[i].value = t.b[i];
		out[i].range.low = t.b[i] - z * error;
		out[i].range.high = t.b[i] + z * error;
	}
	rank_range(a, out, t.n);
	*loglik = likelihood(&t, t.b);
	return ERR_OK;
}

/* ---- what hangs together ---- */

static int32_t
root(int32_t *up, int32_t i)
{
	while (up[i] != i) {
		up[i] = up[up[i]];
		i = up[i];
	}
	return i;
}

enum err
pairwise_parts(struct arena *a, const struct pairwise *p, ptrdiff_t *parts)
{
	int32_t *up = arena_new(a, int32_t, p->n_items);
	enum err e = pairwise_check(p);
	if (e != ERR_OK)
		return e;
	*parts = p->n_items;
	for (ptrdiff_t i = 0; i < p->n_items; i++)
		up[i] = (int32_t)i;
	for (ptrdiff_t v = 0; v < p->n_votes; v++) {
		int32_t x = root(up, p->winner[v]), y = root(up, p->loser[v]);
		up[x] = y;
		*parts -= x != y;
	}
	return ERR_OK;
}
