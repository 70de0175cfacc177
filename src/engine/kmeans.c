/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/kmeans.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CENTRES = 128 }; /* lloyd() has room for */

static double
square_distance(const double *a, const double *b)
{
	double x = a[0] - b[0], y = a[1] - b[1];
	return x * x + y * y;
}

static int
nearest(const double *point, const double *centre, int k)
{
	int best = 0;
	double least = square_distance(point, centre);
	for (int c = 1; c < k; c++) {
		double d = square_distance(point, centre + 2 * c);
		if (d <= least) {
			least = d;
			best = c;
		}
	}
	return best;
}

static int
by_place(const void *x, const void *y)
{
	const double *a = x, *b = y;
	if (a[0] != b[0])
		return a[0] < b[0] ? -1 : 1;
	return (a[1] > b[1]) - (a[1] < b[1]);
}

static bool
stand_still(const double *from, int k, const double *to, int n, double still)
{
	double a[2 * CENTRES], b[2 * CENTRES];
	if (k != n)
		return false;
	memcpy(a, from, (size_t)k * 2 * sizeof *a);
	memcpy(b, to, (size_t)k * 2 * sizeof *b);
	qsort(a, (size_t)k, 2 * sizeof *a, by_place);
	qsort(b, (size_t)k, 2 * sizeof *b, by_place);
	for (int c = 0; c < k; c++) {
		if (!(sqrt(square_distance(a + 2 * c, b + 2 * c)) < still))
			return false;
	}
	return true;
}

/* Centres that lost their points go, and the numbers close up. */
static int
drop_empty(double *centre, const double *weight, int k, int *renumber)
{
	int n = 0;
	for (int c = 0; c < k; c++) {
		renumber[c] = n;
		if (weight[c] < 0)
			continue;
		centre[2 * n] = centre[2 * c];
		centre[2 * n + 1] = centre[2 * c + 1];
		n++;
	}
	return n;
}

/* One step: points to their nearest centre, centres to the middle. */
static int
one_step(const struct points *p, double *centre, int k, int32_t *group)
{
	double sum[2 * CENTRES] = {0}, weight[CENTRES];
	int renumber[CENTRES];
	for (int c = 0; c < k; c++)
		weight[c] = -1; /* no point yet: not the same as no weight */
	for (ptrdiff_t i = 0; i < p->n; i++) {
		int c = nearest(p->xy + 2 * i, centre, k);
		double w = p->weight != NULL ? p->weight[i] : 1;
		group[i] = c;
		weight[c] = (weight[c] < 0 ? 0 : weight[c]) + w;
		sum[2 * c] += w * p->xy[2 * i];
		sum[2 * c + 1] += w * p->xy[2 * i + 1];
	}
	for (int c = 0; c < k; c++) {
		if (weight[c] <= 0)
			continue;
		centre[2 * c] = sum[2 * c] / weight[c];
		centre[2 * c + 1] = sum[2 * c + 1] / weight[c];
	}
	int left = drop_empty(centre, weight, k, renumber);
	for (ptrdiff_t i = 0; left < k && i < p->n; i++)
		group[i] = renumber[group[i]];
	return left;
}

int
lloyd(const struct points *p, double *centre, int k, struct lloyd_end end,
    int32_t *group, int *steps)
{
	double last[2 * CENTRES];
	int n = 0;
	while (k > 0 && n < end.most) {
		int before = k;
		memcpy(last, centre, (size_t)k * 2 * sizeof *last);
		k = one_step(p, centre, k, group);
		if (stand_still(last, before, centre, k, end.still))
			break;
		n++;
	}
	if (steps != NULL)
		*steps = n;
	return k;
}

int
first_distinct(const struct points *p, int k, double *centre)
{
	int n = 0;
	for (ptrdiff_t i = 0; i < p->n && n < k; i++) {
		int c = 0;
		while (c < n &&
		    memcmp(centre + 2 * c, p->xy + 2 * i, 2 * sizeof *centre) !=
			0)
			c++;
		if (c == n) {
			memcpy(
			    centre + 2 * n, p->xy + 2 * i, 2 * sizeof *centre);
			n++;
		}
	}
	return n;
}

/* Of one point: how much nearer its own group is than the next one. */
static double
one_silhouette(const struct points *p, const int32_t *group, int k, ptrdiff_t i)
{
	double sum[KMEANS_MOST] = {0};
	ptrdiff_t n[KMEANS_MOST] = {0};
	for (ptrdiff_t j = 0; j < p->n; j++) {
		sum[group[j]] +=
		    sqrt(square_distance(p->xy + 2 * i, p->xy + 2 * j));
		n[group[j]]++;
	}
	if (n[group[i]] < 2)
		return 0;
	double own = sum[group[i]] / (double)(n[group[i]] - 1);
	double other = INFINITY;
	for (int c = 0; c < k; c++) {
		if (c == group[i] || n[c] == 0)
			continue;
		double d = sum[c] / (double)n[c];
		other = d < other ? d : other;
	}
	double larger = own > other ? own : other;
	return larger > 0 ? (other - own) / larger : 0;
}

double
silhouette(const struct points *p, const int32_t *group, int k)
{
	double sum = 0;
	for (ptrdiff_t i = 0; k > 1 && i < p->n; i++)
		sum += one_silhouette(p, group, k, i);
	return p->n > 0 ? sum / (double)p->n : 0;
}
