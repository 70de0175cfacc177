/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/stats.h"

#include <math.h>

enum { CF_STEPS = 20000, HALVINGS = 2200 };

/* ---- solving a rising function for its argument ---- */

struct family {
	double (*cdf)(double x, double a, double b);
	double a, b;
};

/* The x in [low, high] with cdf(x) = p: halves until no number lies between,
 * so the answer does not depend on how it was sought. */
static double
solve(const struct family *f, double p, double low, double high)
{
	for (int i = 0; i < HALVINGS; i++) {
		double middle = low + (high - low) / 2;
		if (middle <= low || middle >= high)
			break;
		if (f->cdf(middle, f->a, f->b) < p)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* ---- normal ---- */

double
normal_cdf(double z)
{
	return 0.5 * erfc(-z * M_SQRT1_2);
}

static double
normal_family(double z, double a, double b)
{
	(void)a;
	(void)b;
	return normal_cdf(z);
}

/* The lower half, where the cdf is exact relative to its size. */
double
normal_quantile(double p)
{
	static const struct family f = {normal_family, 0, 0};
	if (isnan(p) || p < 0 || p > 1)
		return NAN;
	if (p == 0 || p == 1)
		return p == 0 ? -INFINITY : INFINITY;
	return p <= 0.5 ? solve(&f, p, -40, 0) : -solve(&f, 1 - p, -40, 0);
}

double
chi2_1_upper(double x)
{
	return x <= 0 ? 1 : erfc(sqrt(x / 2));
}

/* ---- beta ---- */

static double
away_from_zero(double x)
{
	static const double tiny = 1e-300;
	return fabs(x) < tiny ? tiny : x;
}

/* The continued fraction of I_x(a, b), by Lentz' method. */
static double
beta_fraction(double x, double a, double b)
{
	double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), f = d;
	for (int m = 1; m <= CF_STEPS; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / away_from_zero(1 + even * d);
		c = away_from_zero(1 + even / c);
		f *= d * c;
		double odd = -(a + m) * (a + b + m) * x /
		    ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / away_from_zero(1 + odd * d);
		c = away_from_zero(1 + odd / c);
		f *= d * c;
		if (fabs(d * c - 1) < 1e-16)
			break;
	}
	return f;
}

static double
log_gamma(double x)
{
	int sign;
	return lgamma_r(x, &sign);
}

double
beta_cdf(double x, double a, double b)
{
	if (isnan(x) || !(a > 0) || !(b > 0))
		return NAN;
	if (x <= 0 || x >= 1)
		return x <= 0 ? 0 : 1;
	double front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) +
	    a * log(x) + b * log1p(-x));
	if (x < (a + 1) / (a + b + 2))
		return front * beta_fraction(x, a, b) / a;
	return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double
beta_quantile(double p, double a, double b)
{
	struct family f = {beta_cdf, a, b};
	if (isnan(p) || p < 0 || p > 1 || !(a > 0) || !(b > 0))
		return NAN;
	return p == 0 ? 0 : p == 1 ? 1 : solve(&f, p, 0, 1);
}

double
binomial_cdf(int64_t k, int64_t n, double p)
{
	if (k < 0)
		return 0;
	return k >= n ? 1 : beta_cdf(1 - p, (double)(n - k), (double)k + 1);
}

/* ---- Student's t ---- */

double
t_cdf(double t, double df)
{
	if (isnan(t) || !(df > 0))
		return NAN;
	double tail = 0.5 * beta_cdf(df / (df + t * t), df / 2, 0.5);
	return t < 0 ? tail : 1 - tail;
}

/* P(T > t) for t > 0, falling; so 1 - it rises. */
static double
t_family(double t, double df, double unused)
{
	(void)unused;
	return -0.5 * beta_cdf(df / (df + t * t), df / 2, 0.5);
}

double
t_quantile(double p, double df)
{
	struct family f = {t_family, df, 0};
	if (isnan(p) || p <= 0 || p >= 1 || !(df > 0))
		return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
	double tail = p < 0.5 ? p : 1 - p, high = 1;
	if (p == 0.5)
		return 0;
	while (-t_family(high, df, 0) > tail && high < 1e300)
		high *= 2;
	double t = solve(&f, -tail, 0, high);
	return p < 0.5 ? -t : t;
}

/* ---- intervals and moments ---- */

struct interval
wilson(int64_t k, int64_t n, double level)
{
	if (n == 0)
		return (struct interval){0, 1};
	double z = normal_quantile((1 + level) / 2), tries = (double)n;
	double share = (double)k / tries, zz = z * z / tries;
	double middle = (share + zz / 2) / (1 + zz);
	double half =
	    z * sqrt(share * (1 - share) / tries + zz / (4 * tries)) / (1 + zz);
	return (struct interval){
	    k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

struct moments
moments_of(const double *x, ptrdiff_t n)
{
	struct moments m = {NAN, NAN};
	double sum = 0, squares = 0;
	for (ptrdiff_t i = 0; i < n; i++)
		sum += x[i];
	if (n > 0)
		m.mean = sum / (double)n;
	for (ptrdiff_t i = 0; i < n; i++)
		squares += (x[i] - m.mean) * (x[i] - m.mean);
	if (n > 1)
		m.sd = sqrt(squares / (double)(n - 1));
	return m;
}

/* ---- many tests ---- */

/* Shell's method: few items, no library call, the same order everywhere. */
static void
order_by_p(const double *p, ptrdiff_t m, ptrdiff_t *order)
{
	for (ptrdiff_t i = 0; i < m; i++)
		order[i] = i;
	ptrdiff_t gap = 1;
	while (gap < m / 3)
		gap = 3 * gap + 1;
	for (; gap > 0; gap /= 3) {
		for (ptrdiff_t i = gap; i < m; i++) {
			ptrdiff_t x = order[i], j = i;
			while (j >= gap &&
			    (p[order[j - gap]] > p[x] ||
				(p[order[j - gap]] == p[x] &&
				    order[j - gap] > x))) {
				order[j] = order[j - gap];
				j -= gap;
			}
			order[j] = x;
		}
	}
}

void
holm(const double *p, ptrdiff_t m, double *adjusted, ptrdiff_t *scratch)
{
	double least = 0;
	order_by_p(p, m, scratch);
	for (ptrdiff_t i = 0; i < m; i++) {
		double x = p[scratch[i]] * (double)(m - i);
		least = x > least ? x : least;
		adjusted[scratch[i]] = least < 1 ? least : 1;
	}
}

void
benjamini_hochberg(
    const double *p, ptrdiff_t m, double *adjusted, ptrdiff_t *scratch)
{
	double most = 1;
	order_by_p(p, m, scratch);
	for (ptrdiff_t i = m - 1; i >= 0; i--) {
		double x = p[scratch[i]] * (double)m / (double)(i + 1);
		most = x < most ? x : most;
		adjusted[scratch[i]] = most;
	}
}
