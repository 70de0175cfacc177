/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_STATS_H
#define ENGINE_STATS_H

#include <stddef.h>
#include <stdint.h>

/* stats.h - distributions and intervals that the rest of the engine stands on.
 *
 * All take and give plain numbers, allocate nothing, and use + - * / sqrt exp
 * log lgamma only.  A probability is a fraction in [0, 1]; a level of 0.95
 * leaves 2.5 % on either side.  NAN in gives NAN out.
 * Sources: Abramowitz and Stegun (1964) chapter 26; Press et al., Numerical
 * Recipes, section 6.4 (the continued fraction); Wichura, AS 241 (1988).
 * Tests: tests/engine/stats.c (values of R 4.2.2)
 */

/* Normal distribution: P(Z <= z), and the z with P(Z <= z) = p, 0 < p < 1.
 * Absolute error under 1e-15, relative error of the quantile under 1e-15. */
double normal_cdf(double z);
double normal_quantile(double p);

/* Regularised incomplete beta function I_x(a, b); a, b > 0, 0 <= x <= 1.
 * Relative error about 1e-16 (a + b) log(a + b): 1e-13 for some hundreds, 1e-9
 * for a million. */
double beta_cdf(double x, double a, double b);
/* The x with I_x(a, b) = p. */
double beta_quantile(double p, double a, double b);

/* Student's t with df > 0 degrees of freedom (they need not be whole). */
double t_cdf(double t, double df);
double t_quantile(double p, double df);

/* Chi-squared with one degree of freedom: P(X > x). */
double chi2_1_upper(double x);

/* P(X <= k) of a binomial count of n tries at p. */
double binomial_cdf(int64_t k, int64_t n, double p);

struct interval {
	double low, high;
};

/* Of a share of `k` in `n`: Wilson's score interval (1927).  n = 0: [0, 1]. */
struct interval wilson(int64_t k, int64_t n, double level);

/* Mean and standard deviation (n - 1) in two passes; n = 0: NAN, n = 1: sd
 * NAN.  O(n). */
struct moments {
	double mean, sd;
};
struct moments moments_of(const double *x, ptrdiff_t n);

/* p values of m tests made safe for being many, in the order of `p`:
 * Holm (1979) and Benjamini and Hochberg (1995).  `scratch` has room for m.
 * O(m log m). */
void holm(const double *p, ptrdiff_t m, double *adjusted, ptrdiff_t *scratch);
void benjamini_hochberg(
    const double *p, ptrdiff_t m, double *adjusted, ptrdiff_t *scratch);

#endif
