/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/change.h"

#include <math.h>
#include <string.h>

#include "engine/change_parts.h"

/* ---- values ---- */

static void
merge_values(const double *x, ptrdiff_t half, ptrdiff_t n, double *to)
{
	ptrdiff_t i = 0, j = half;
	for (ptrdiff_t k = 0; k < n; k++)
		to[k] = i < half && (j == n || x[i] <= x[j]) ? x[i++] : x[j++];
}

void
sort_values(double *x, double *spare, ptrdiff_t n)
{
	if (n < 2)
		return;
	ptrdiff_t half = n / 2;
	sort_values(x, spare, half);
	sort_values(x + half, spare, n - half);
	if (x[half - 1] <= x[half])
		return;
	merge_values(x, half, n, spare);
	memcpy(x, spare, (size_t)n * sizeof *x);
}

static double *
sorted(struct arena *a, const double *x, ptrdiff_t n)
{
	double *y = arena_new(a, double, n), *spare = arena_new(a, double, n);
	if (n > 0)
		memcpy(y, x, (size_t)n * sizeof *y);
	sort_values(y, spare, n);
	return y;
}

int64_t *
whole_numbers(struct arena *a, const double *x, ptrdiff_t n)
{
	static const double most = 1e6, near = 1e-7;
	int64_t *whole = arena_new(a, int64_t, n);
	double unit = 1;
	for (int tries = 0; tries < 4; tries++, unit *= 10) {
		ptrdiff_t i = 0;
		for (; i < n; i++) {
			double y = x[i] * unit;
			if (!(fabs(y) <= most) || fabs(y - rint(y)) > near)
				break;
			whole[i] = (int64_t)rint(y);
		}
		if (i == n)
			return whole;
	}
	return NULL;
}

/* 4.2 - 4.1 is 0.1 and a little; where both are as good as equal, they are. */
static double
difference(double after, double before)
{
	static const double rounding = 1e-13;
	double d = after - before;
	return fabs(d) <= rounding * (fabs(after) + fabs(before)) ? 0 : d;
}

static double
mean_of(struct arena *a, const double *x, ptrdiff_t n)
{
	return moments_of(sorted(a, x, n), n).mean;
}

/* ---- the same people twice ---- */

static double
two_sided_t(double t, double df)
{
	return 2 * t_cdf(-fabs(t), df);
}

/* When all moved the same way as far, the interval is one point and t has no
 * value. */
static void
student(struct paired *p, double level)
{
	double df = (double)(p->n - 1), root = sqrt((double)p->n);
	p->t = p->p_t = p->dz = p->hedges = NAN;
	p->t_interval = (struct interval){NAN, NAN};
	if (p->n < 2)
		return;
	double reach = t_quantile((1 + level) / 2, df) * p->sd / root;
	p->t_interval = (struct interval){p->mean - reach, p->mean + reach};
	if (!(p->sd > 0))
		return;
	p->t = p->mean / (p->sd / root);
	p->p_t = two_sided_t(p->t, df);
	p->dz = p->mean / p->sd;
	p->hedges = p->dz * (1 - 3 / (4 * df - 1));
}

struct paired
paired_of(struct arena *a, const double *before, const double *after,
    ptrdiff_t n, const struct change_options *opt)
{
	struct paired p = {.n = n,
	    .before = mean_of(a, before, n),
	    .after = mean_of(a, after, n)};
	double *d = arena_new(a, double, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		d[i] = difference(after[i], before[i]);
		p.higher += d[i] > 0;
		p.lower += d[i] < 0;
		p.same += d[i] == 0;
	}
	p.d = sorted(a, d, n);
	struct moments m = moments_of(p.d, n);
	p.mean = m.mean;
	p.sd = m.sd;
	student(&p, opt->level);
	p.p_sign = n > 0 ? sign_test(p.higher, p.lower) : NAN;
	p.p_wilcoxon = signed_rank(a, p.d, n, &p.rank_plus, &p.wilcoxon);
	p.p_flip = sign_flip(a, p.d, n, opt, &p.flip);
	return p;
}

/* ---- different people ---- */

/* The rank sum of `x` against all, equals sharing their ranks, and the sum of
 * t^3 - t over ties; both ascending. */
static double
rank_sum(
    const double *x, ptrdiff_t n, const double *y, ptrdiff_t m, double *ties)
{
	ptrdiff_t i = 0, j = 0;
	double sum = 0;
	*ties = 0;
	while (i < n || j < m) {
		double value = j == m || (i < n && x[i] <= y[j]) ? x[i] : y[j];
		ptrdiff_t from = i + j, own = 0;
		for (; i < n && x[i] <= value; i++)
			own++;
		while (j < m && y[j] <= value)
			j++;
		double equal = (double)(i + j - from);
		sum += (double)own * ((double)from + (equal + 1) / 2);
		*ties += equal * equal * equal - equal;
	}
	return sum;
}

static double
p_rank_sum(const double *x, ptrdiff_t n, const double *y, ptrdiff_t m)
{
	double ties, dn = (double)n, dm = (double)m, all = dn + dm;
	double w = rank_sum(x, n, y, m, &ties);
	double variance = dn * dm / 12 * (all + 1 - ties / (all * (all - 1)));
	if (n == 0 || m == 0)
		return NAN;
	if (!(variance > 0))
		return 1;
	double z = (w - dn * (all + 1) / 2) / sqrt(variance);
	return 2 * normal_cdf(-fabs(z));
}

/* Welch (1947): each side has its own spread. */
static void
welch(struct unpaired *u, double v, double w, double level)
{
	double spread = v + w;
	double df = spread * spread /
	    (v * v / (double)(u->n_before - 1) +
		w * w / (double)(u->n_after - 1));
	u->welch = (struct interval){NAN, NAN};
	u->p_welch = NAN;
	if (u->n_before < 2 || u->n_after < 2)
		return;
	if (!(spread > 0)) {
		u->welch = (struct interval){u->mean, u->mean};
		return;
	}
	double reach = t_quantile((1 + level) / 2, df) * sqrt(spread);
	u->welch = (struct interval){u->mean - reach, u->mean + reach};
	u->p_welch = two_sided_t(u->mean / sqrt(spread), df);
}

struct unpaired
unpaired_of(
    struct arena *a, struct values before, struct values after, double level)
{
	const double *x = sorted(a, before.x, before.n);
	const double *y = sorted(a, after.x, after.n);
	struct moments mx = moments_of(x, before.n);
	struct moments my = moments_of(y, after.n);
	struct unpaired u = {.n_before = before.n,
	    .n_after = after.n,
	    .before = mx.mean,
	    .after = my.mean,
	    .mean = difference(my.mean, mx.mean)};
	welch(&u, mx.sd * mx.sd / (double)before.n,
	    my.sd * my.sd / (double)after.n, level);
	u.p_rank_sum = p_rank_sum(x, before.n, y, after.n);
	return u;
}
