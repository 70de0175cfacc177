/* SPDX-License-Identifier: MPL-2.0 */

/* The sign test and Wilcoxon's signed rank test. */
#include <math.h>

#include "engine/change_parts.h"

enum { EXACT_PAIRS = 50 };

double
sign_test(int64_t higher, int64_t lower)
{
	int64_t n = higher + lower, least = higher < lower ? higher : lower;
	double sum = 0, term = 1, p;
	if (n > 1000) { /* 2^-n would be no number */
		p = 2 * binomial_cdf(least, n, 0.5);
		return p < 1 ? p : 1;
	}
	/* Counts of subsets, smallest first. */
	for (int64_t i = 0; i <= least; i++) {
		sum += term;
		term = term * (double)(n - i) / (double)(i + 1);
	}
	p = 2 * ldexp(sum, (int)-n);
	return p < 1 ? p : 1;
}

/* ---- Wilcoxon ---- */

struct ranks {
	ptrdiff_t n; /* changes that are not 0 */
	double plus; /* the rank sum of what rose */
	double ties; /* sum of t^3 - t */
};

/* Walks from the middle outwards: `low` and `high` are the next change below
 * and above 0.  Sizes that differ by rounding only are equal. */
static struct ranks
rank(const double *d, ptrdiff_t n)
{
	static const double near = 1e-10;
	ptrdiff_t low = 0, high, zeros;
	struct ranks r = {0};
	while (low < n && d[low] < 0)
		low++;
	high = low;
	while (high < n && d[high] == 0)
		high++;
	zeros = high - low;
	double largest = n > 0 ? fmax(fabs(d[0]), fabs(d[n - 1])) : 0;
	for (low--; low >= 0 || high < n;) {
		double below = low >= 0 ? -d[low] : INFINITY;
		double above = high < n ? d[high] : INFINITY;
		double reach = fmin(below, above) + near * largest;
		ptrdiff_t from = r.n, risen = 0;
		for (; low >= 0 && -d[low] <= reach; low--)
			r.n++;
		for (; high < n && d[high] <= reach; high++, risen++)
			r.n++;
		double equal = (double)(r.n - from);
		r.plus += (double)risen * ((double)from + (equal + 1) / 2);
		r.ties += equal * equal * equal - equal;
	}
	r.n = n - zeros;
	return r;
}

/* In how many of the 2^n ways the rank sum is w or less, as a share. */
static double
share_up_to(struct arena *a, ptrdiff_t n, ptrdiff_t w)
{
	double *ways = arena_new(a, double, w + 1), sum = 0;
	ways[0] = 1;
	for (ptrdiff_t r = 1; r <= n; r++) {
		for (ptrdiff_t k = w; k >= r; k--)
			ways[k] += ways[k - r];
	}
	for (ptrdiff_t k = 0; k <= w; k++)
		sum += ways[k];
	return ldexp(sum, (int)-n);
}

double
signed_rank(struct arena *a, const double *d, ptrdiff_t n, double *rank_plus,
    enum chance *how)
{
	struct ranks r = rank(d, n);
	double m = (double)r.n, all = m * (m + 1) / 2;
	double least = fmin(r.plus, all - r.plus), p;
	*rank_plus = r.plus;
	*how = CHANCE_NONE;
	if (n == 0)
		return NAN;
	if (r.n == 0)
		return 1;
	if (n <= EXACT_PAIRS && r.ties == 0 && r.n == n) {
		*how = CHANCE_EXACT;
		p = 2 * share_up_to(a, n, (ptrdiff_t)least);
		return p < 1 ? p : 1;
	}
	*how = CHANCE_NORMAL;
	double variance = m * (m + 1) * (2 * m + 1) / 24 - r.ties / 48;
	return 2 * normal_cdf(-fabs(r.plus - all / 2) / sqrt(variance));
}
