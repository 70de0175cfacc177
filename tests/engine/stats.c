/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/stats.h"

#include <math.h>

#include "tests/test.h"

static void
check_near(double got, double want, double relative)
{
	double scale = fabs(want) > 1e-300 ? fabs(want) : 1;
	if (!(fabs(got - want) <= relative * scale))
		fail_msg("%.17g is not %.17g", got, want);
}

/* Values of R 4.2.2: pnorm, qnorm, pbeta, pt, qt, pbinom. */
TEST(stats_normal_as_published)
{
	check_near(normal_cdf(0), 0.5, 1e-15);
	check_near(normal_cdf(1.959963984540054), 0.975, 1e-14);
	check_near(normal_cdf(-10), 7.619853024160527e-24, 1e-13);
	check_near(normal_quantile(0.975), 1.959963984540054, 1e-14);
	check_near(normal_quantile(0.9), 1.2815515655446004, 1e-14);
	check_near(normal_quantile(1e-10), -6.361340902404056, 1e-13);
	CHECK(isnan(normal_quantile(1.1)) && isinf(normal_quantile(1)));
	check_near(chi2_1_upper(3.841458820694124), 0.05, 1e-13);
}

TEST(stats_t_and_beta_as_published)
{
	check_near(t_quantile(0.975, 9), 2.262157162798205, 1e-13);
	check_near(t_quantile(0.975, 1), 12.706204736174698, 1e-13);
	check_near(t_quantile(0.025, 30), -2.0422724563012373, 1e-13);
	check_near(2 * t_cdf(-4.0621, 9), 0.0028329, 1e-4);
	/* Closed forms: I_x(1, b) = 1 - (1 - x)^b, I_x(a, 1) = x^a, and
	 * t with one degree of freedom is Cauchy's. */
	check_near(beta_cdf(0.3, 1, 7), 1 - pow(0.7, 7), 1e-13);
	check_near(beta_cdf(0.3, 7, 1), pow(0.3, 7), 1e-13);
	check_near(beta_cdf(0.5, 300, 300), 0.5, 1e-12);
	check_near(beta_cdf(0.5, 1e6, 1e6), 0.5, 1e-8);
	check_near(t_cdf(2, 1), 0.5 + atan(2) / M_PI, 1e-13);
	check_near(beta_quantile(pow(0.3, 7), 7, 1), 0.3, 1e-12);
	check_near(binomial_cdf(2, 5, 0.5), 0.5, 1e-13);
	check_near(binomial_cdf(0, 4, 0.25), 0.31640625, 1e-13);
	CHECK(binomial_cdf(-1, 4, 0.5) == 0 && binomial_cdf(4, 4, 0.5) == 1);
}

/* A quantile is where its distribution says; both tails. */
TEST(stats_quantiles_invert)
{
	for (double p = 0.001; p < 1; p += 0.0317) {
		check_near(normal_cdf(normal_quantile(p)), p, 1e-13);
		check_near(t_cdf(t_quantile(p, 3.5), 3.5), p, 1e-12);
		check_near(
		    beta_cdf(beta_quantile(p, 2.5, 9), 2.5, 9), p, 1e-11);
	}
}

TEST(stats_wilson_as_published)
{
	struct interval i = wilson(8, 10, 0.95);
	check_near(i.low, 0.4901625, 1e-6);
	check_near(i.high, 0.9433178, 1e-6);
	i = wilson(0, 20, 0.95);
	CHECK(i.low == 0);
	check_near(i.high, 0.1611252, 1e-6);
	i = wilson(0, 0, 0.95);
	CHECK(i.low == 0 && i.high == 1);
}

TEST(stats_many_tests_are_adjusted)
{
	static const double p[] = {0.01, 0.04, 0.03, 0.005};
	static const double want_holm[] = {0.03, 0.06, 0.06, 0.02};
	static const double want_bh[] = {0.02, 0.04, 0.04, 0.02};
	double a[4];
	ptrdiff_t scratch[4];
	holm(p, 4, a, scratch);
	for (int i = 0; i < 4; i++)
		check_near(a[i], want_holm[i], 1e-14);
	benjamini_hochberg(p, 4, a, scratch);
	for (int i = 0; i < 4; i++)
		check_near(a[i], want_bh[i], 1e-14);
}

TEST(stats_moments)
{
	static const double x[] = {2, 4, 4, 4, 5, 5, 7, 9};
	struct moments m = moments_of(x, 8);
	check_near(m.mean, 5, 1e-15);
	check_near(m.sd, sqrt(32.0 / 7), 1e-15);
	CHECK(isnan(moments_of(x, 0).mean) && isnan(moments_of(x, 1).sd));
}
