/* SPDX-License-Identifier: MPL-2.0 */
#include "bench/stat.h"

#include <math.h>
#include <stdlib.h>

static int
by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static void
put_in_order(double *values, ptrdiff_t n)
{
	if (n > 0)
		qsort(values, (size_t)n, sizeof *values, by_value);
}

double
stat_percentile(double *values, ptrdiff_t n, double q)
{
	if (n == 0)
		return NAN;
	put_in_order(values, n);
	ptrdiff_t rank = (ptrdiff_t)ceil(q * (double)n);
	return values[rank < 1 ? 0 : rank > n ? n - 1 : rank - 1];
}

double
stat_median(double *values, ptrdiff_t n)
{
	if (n == 0)
		return NAN;
	put_in_order(values, n);
	double upper = values[n / 2];
	return n % 2 == 1 ? upper : (values[n / 2 - 1] + upper) / 2;
}

struct stat_ratio
stat_ratio(
    const double *ours, const double *peer, ptrdiff_t n, double *quotient)
{
	for (ptrdiff_t i = 0; i < n; i++)
		quotient[i] = ours[i] / peer[i];
	struct stat_ratio r = {NAN, NAN, NAN};
	r.median = stat_median(quotient, n);
	if (n > 0) {
		r.low = quotient[0];
		r.high = quotient[n - 1];
	}
	return r;
}
