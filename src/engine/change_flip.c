/* SPDX-License-Identifier: MPL-2.0 */

/* The sign-flip test of the mean: enumeration, a table of sums, or draws. */
#include <math.h>
#include <string.h>

#include "engine/change_parts.h"
#include "engine/random.h"

enum {
	HALVES_PAIRS = 36, /* 2^18 sums on either side */
	DRAWN_PAIRS = 10000,
	GROUP = 8, /* signs that one byte gives */
	SIGNS = 1 << GROUP,
	TELL_EVERY = 4096
};

/* Some 20 ms and 8 MB. */
static const double TABLE_STEPS = 2e7, TABLE_CELLS = 1e6;

/* Sums that differ by rounding only are equal. */
static double
slack(const double *size, ptrdiff_t n)
{
	double sum = 0;
	for (ptrdiff_t i = 0; i < n; i++)
		sum += size[i];
	return 1e-12 * sum;
}

/* ---- whole numbers: how likely each sum of the chosen sizes is ---- */

/* With T the sum of the sizes that got a plus, the sum of all is 2 T - total;
 * as far down as it was seen means T <= (total - |sum|) / 2, and as far up is
 * as likely.  What lies above that is not needed. */
static double
by_table(struct arena *parent, const int64_t *d, ptrdiff_t n)
{
	int64_t total = 0, sum = 0, reached = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		sum += d[i];
		total += d[i] < 0 ? -d[i] : d[i];
	}
	sum = sum < 0 ? -sum : sum;
	int64_t limit = (total - sum) / 2;
	if (sum == 0)
		return 1;
	if ((double)n * (double)limit > TABLE_STEPS ||
	    (double)limit > TABLE_CELLS)
		return NAN;
	struct arena *a = arena_scratch(parent);
	double *share = arena_new(a, double, limit + 1), p = 0;
	share[0] = 1;
	for (ptrdiff_t i = 0; i < n; i++) {
		int64_t size = d[i] < 0 ? -d[i] : d[i];
		if (size == 0)
			continue;
		reached = reached + size < limit ? reached + size : limit;
		for (int64_t t = reached; t >= size; t--)
			share[t] = 0.5 * (share[t] + share[t - size]);
		for (int64_t t = size - 1 < reached ? size - 1 : reached;
		     t >= 0; t--)
			share[t] *= 0.5;
	}
	for (int64_t t = 0; t <= limit; t++)
		p += share[t];
	arena_close(a);
	return fmin(2 * p, 1);
}

/* ---- any numbers, few of them: all sums of each half ---- */

/* All 2^n signed sums, ascending: each size doubles the list by merging what
 * was with it added to what was with it taken away. */
static double *
all_sums(struct arena *a, const double *size, ptrdiff_t n)
{
	ptrdiff_t count = (ptrdiff_t)1 << n;
	double *sums = arena_new(a, double, count);
	double *next = arena_new(a, double, count);
	ptrdiff_t have = 1;
	for (ptrdiff_t k = 0; k < n; k++, have *= 2) {
		ptrdiff_t i = 0, j = 0;
		for (ptrdiff_t m = 0; m < 2 * have; m++) {
			bool down = j == have ||
			    (i < have &&
				sums[i] - size[k] <= sums[j] + size[k]);
			next[m] =
			    down ? sums[i++] - size[k] : sums[j++] + size[k];
		}
		double *done = next;
		next = sums;
		sums = done;
	}
	return sums;
}

/* How many pairs add up to `limit` or more, twice: as many go as far down. */
static double
by_halves(struct arena *parent, const double *size, ptrdiff_t n, double limit)
{
	struct arena *a = arena_scratch(parent);
	ptrdiff_t first = n / 2;
	ptrdiff_t left = (ptrdiff_t)1 << first;
	ptrdiff_t right = (ptrdiff_t)1 << (n - first), j = right;
	const double *x = all_sums(a, size, first);
	const double *y = all_sums(a, size + first, n - first);
	double hits = 0;
	for (ptrdiff_t i = 0; i < left; i++) {
		while (j > 0 && x[i] + y[j - 1] >= limit)
			j--;
		hits += (double)(right - j);
	}
	arena_close(a);
	return fmin(2 * ldexp(hits, (int)-n), 1);
}

/* ---- draws ---- */

/* The sums of eight sizes for each byte of signs. */
static double *
group_sums(struct arena *a, const double *size, ptrdiff_t n, ptrdiff_t groups)
{
	double *sums = arena_new(a, double, groups *SIGNS);
	for (ptrdiff_t g = 0; g < groups; g++) {
		for (int signs = 0; signs < SIGNS; signs++) {
			double sum = 0;
			for (int k = 0; k < GROUP && g * GROUP + k < n; k++) {
				double x = size[g * GROUP + k];
				sum += signs >> k & 1 ? x : -x;
			}
			sums[g * SIGNS + signs] = sum;
		}
	}
	return sums;
}

static double
by_draws(struct arena *a, const double *size, ptrdiff_t n, double limit,
    const struct change_options *opt)
{
	struct random random = random_new(opt->seed, S("sign flip"));
	ptrdiff_t groups = (n + GROUP - 1) / GROUP;
	const double *sums = group_sums(a, size, n, groups);
	int64_t hits = 0;
	for (int64_t draw = 0; draw < opt->draws; draw++) {
		double sum = 0;
		uint64_t signs = 0;
		for (ptrdiff_t g = 0; g < groups; g++) {
			if (g % 8 == 0)
				signs = random_u64(&random);
			sum += sums[g * SIGNS + (ptrdiff_t)(signs & 0xFF)];
			signs >>= 8;
		}
		hits += fabs(sum) >= limit;
		if (draw % TELL_EVERY == 0 && opt->progress != NULL &&
		    !opt->progress(opt->arg, -1))
			return NAN;
	}
	return ((double)hits + 1) / ((double)opt->draws + 1);
}

/* ---- the test ---- */

/* The sizes of what is not 0, ascending; how many. */
static ptrdiff_t
sizes(struct arena *a, const double *d, ptrdiff_t n, double *size)
{
	ptrdiff_t m = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (d[i] != 0)
			size[m++] = fabs(d[i]);
	}
	sort_values(size, arena_new(a, double, m), m);
	return m;
}

static double
by_normal(const double *size, ptrdiff_t n, double sum)
{
	double squares = 0;
	for (ptrdiff_t i = 0; i < n; i++)
		squares += size[i] * size[i];
	return 2 * normal_cdf(-fabs(sum) / sqrt(squares));
}

double
sign_flip(struct arena *a, const double *d, ptrdiff_t n,
    const struct change_options *opt, enum chance *how)
{
	double *size = arena_new(a, double, n), sum = 0;
	ptrdiff_t m = sizes(a, d, n, size);
	const int64_t *whole = whole_numbers(a, d, n);
	double p = whole != NULL ? by_table(a, whole, n) : NAN;
	*how = n > 0 ? CHANCE_EXACT : CHANCE_NONE;
	if (n == 0 || m == 0)
		return n == 0 ? NAN : 1;
	if (!isnan(p))
		return p;
	for (ptrdiff_t i = 0; i < n; i++)
		sum += d[i];
	double limit = fabs(sum) - slack(size, m);
	if (limit <= 0)
		return 1;
	if (m <= HALVES_PAIRS)
		return by_halves(a, size, m, limit);
	bool drawn = m <= DRAWN_PAIRS && opt->draws > 0;
	*how = drawn ? CHANCE_DRAWN : CHANCE_NORMAL;
	return drawn ? by_draws(a, size, m, limit, opt)
		     : by_normal(size, m, sum);
}
