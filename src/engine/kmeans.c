/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/kmeans.h"

#include <assert.h>
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
    int32_t *group)
{
	double last[2 * CENTRES];
	for (int step = 0; k > 0 && step < end.most; step++) {
		int before = k;
		memcpy(last, centre, (size_t)k * 2 * sizeof *last);
		k = one_step(p, centre, k, group);
		if (stand_still(last, before, centre, k, end.still))
			break;
	}
	return k;
}

int
first_distinct(const struct points *p, int k, double *centre)
{
	int n = 0;
	for (ptrdiff_t i = 0; i < p->n && n < k; i++) {
		const double *at = p->xy + 2 * i;
		int c = 0;
		while (c < n &&
		    (centre[2 * c] != at[0] || centre[2 * c + 1] != at[1]))
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

static double
weight_of(const struct points *p, ptrdiff_t i)
{
	return p->weight != NULL ? p->weight[i] : 1;
}

/* Middle and spread of a cloud. */
struct cloud {
	double x, y, sx, sy;
};

static struct cloud
cloud_of(const struct points *p)
{
	struct cloud c = {0};
	double sum = 0;
	for (ptrdiff_t i = 0; i < p->n; i++) {
		double w = weight_of(p, i);
		sum += w;
		c.x += w * p->xy[2 * i];
		c.y += w * p->xy[2 * i + 1];
	}
	sum = sum > 0 ? sum : 1;
	c.x /= sum;
	c.y /= sum;
	for (ptrdiff_t i = 0; i < p->n; i++) {
		double w = weight_of(p, i);
		double x = p->xy[2 * i] - c.x, y = p->xy[2 * i + 1] - c.y;
		c.sx += w * x * x;
		c.sy += w * y * y;
	}
	c.sx = sqrt(c.sx / sum);
	c.sy = sqrt(c.sy / sum);
	return c;
}

static int
cell_of(double x, double middle, double spread)
{
	double at = spread > 0 ? (x - middle) / spread * 5 + GRID_SIDE / 2.0
			       : GRID_SIDE / 2.0;
	if (at < 0)
		return 0;
	return at >= GRID_SIDE ? GRID_SIDE - 1 : (int)at;
}

struct points
grid(const struct points *p, double *xy, double *weight)
{
	struct cloud c = cloud_of(p);
	int n = 0;
	memset(xy, 0, 2 * GRID_CELLS * sizeof *xy);
	memset(weight, 0, GRID_CELLS * sizeof *weight);
	for (ptrdiff_t i = 0; i < p->n; i++) {
		int cell = cell_of(p->xy[2 * i], c.x, c.sx) * GRID_SIDE +
		    cell_of(p->xy[2 * i + 1], c.y, c.sy);
		double w = weight_of(p, i);
		xy[2 * cell] += w * p->xy[2 * i];
		xy[2 * cell + 1] += w * p->xy[2 * i + 1];
		weight[cell] += w;
	}
	for (int cell = 0; cell < GRID_CELLS; cell++) {
		if (weight[cell] <= 0)
			continue;
		xy[2 * n] = xy[2 * cell] / weight[cell];
		xy[2 * n + 1] = xy[2 * cell + 1] / weight[cell];
		weight[n++] = weight[cell];
	}
	return (struct points){xy, weight, n};
}

/* The circle in 24 steps: no sin(), whose last bit is not everywhere alike. */
enum { TURNS = 24, LINES = TURNS / 2, SIDES = 12, SPARSE = 2 };
static void
direction(int turn, double *x, double *y)
{
	static const double quarter[7] = {1, 0.96592582628906829,
	    0.86602540378443865, 0.70710678118654752, 0.5, 0.25881904510252076,
	    0};
	turn = ((turn % TURNS) + TURNS) % TURNS;
	int half = turn % 12;
	double c = half <= 6 ? quarter[half] : -quarter[12 - half];
	double s = half <= 6 ? quarter[6 - half] : quarter[half - 6];
	*x = turn < 12 ? c : -c;
	*y = turn < 12 ? s : -s;
}

/* Start number `t`: below LINES a line, from there a ring. */
static void
fixed_start(const struct cloud *c, int t, int k, double *centre)
{
	for (int g = 0; g < k; g++) {
		double x, y, far = 1.2;
		if (t < LINES) {
			direction(t, &x, &y);
			far = 1.6 * (2 * g + 1 - k) / k;
		} else {
			direction(t - LINES + g * TURNS / k, &x, &y);
		}
		centre[2 * g] = c->x + far * c->sx * x;
		centre[2 * g + 1] = c->y + far * c->sy * y;
	}
}

static double
inertia(const struct points *p, const double *centre, const int32_t *group)
{
	double sum = 0;
	for (ptrdiff_t i = 0; i < p->n; i++)
		sum += weight_of(p, i) *
		    square_distance(p->xy + 2 * i, centre + 2 * group[i]);
	return sum;
}

/* Start number `t`, 0 .. 23: the point furthest that way, then always the one
 * furthest from those taken: finds the few who stand far off. */
static void
far_start(
    const struct points *p, const struct cloud *c, int t, int k, double *centre)
{
	double x, y;
	direction(t, &x, &y);
	for (int g = 0; g < k; g++) {
		double most = -INFINITY;
		for (ptrdiff_t i = 0; i < p->n; i++) {
			const double *at = p->xy + 2 * i;
			double far = (at[0] - c->x) * x + (at[1] - c->y) * y;
			if (g > 0)
				far = square_distance(
				    at, centre + 2 * nearest(at, centre, g));
			if (far <= most)
				continue;
			most = far;
			centre[2 * g] = at[0];
			centre[2 * g + 1] = at[1];
		}
	}
}

/* The best so far, and what it takes to try for better. */
struct best {
	const struct points *points;
	struct cloud cloud;
	int k, step; /* every start, or every second */
	int32_t *group;
	double centre[2 * KMEANS_MOST], least;
};

/* Lloyd's steps from `try`; true when that is better than all before. */
static bool
try_start(struct best *b, double *try)
{
	struct lloyd_end end = {1e-9 * (b->cloud.sx + b->cloud.sy), 300};
	if (lloyd(b->points, try, b->k, end, b->group) < b->k)
		return false;
	double own = inertia(b->points, try, b->group);
	if (!(own < b->least * (1 - 1e-9)))
		return false;
	b->least = own;
	memcpy(b->centre, try, sizeof b->centre);
	return true;
}

/* Whether a few steps from `try` come near enough to the best to go on. */
static bool
is_promising(const struct best *b, double *try)
{
	if (lloyd(b->points, try, b->k, (struct lloyd_end){0, 4}, b->group) <
	    b->k)
		return false;
	return inertia(b->points, try, b->group) < b->least * 1.03;
}

/* Takes one centre away and puts it beside another: what Lloyd's steps cannot
 * do (Franti 2018, swap-based k-means). */
static bool
try_swaps(struct best *b)
{
	for (int move = 0; move < b->k * b->k * SIDES; move += b->step) {
		double try[2 * KMEANS_MOST], x, y, far;
		int from = move / SIDES / b->k, to = move / SIDES % b->k;
		if (from == to)
			continue;
		memcpy(try, b->centre, sizeof try);
		far = move / SPARSE % 2 ? 0.3 : 0.8;
		direction(move % SIDES * TURNS / SIDES + 1, &x, &y);
		try[2 * from] = try[2 * to] + far * b->cloud.sx * x;
		try[2 * from + 1] = try[2 * to + 1] + far * b->cloud.sy * y;
		if (is_promising(b, try) && try_start(b, try))
			return true;
	}
	return false;
}

bool
kmeans_best(const struct points *p, int k, const double *hint, double *centre,
    int32_t *group)
{
	struct best b = {.points = p,
	    .cloud = cloud_of(p),
	    .k = k,
	    .step = p->weight != NULL || hint != NULL ? SPARSE : 1,
	    .group = group,
	    .least = INFINITY};
	double try[2 * KMEANS_MOST] = {0};
	int starts = hint != NULL ? LINES : LINES + TURNS / k;
	assert(k > 0 && k <= KMEANS_MOST);
	if (hint != NULL) {
		memcpy(try, hint, (size_t)k * 2 * sizeof *try);
		try_start(&b, try);
	}
	for (int t = 0; t < starts; t += b.step) {
		fixed_start(&b.cloud, t, k, try);
		try_start(&b, try);
	}
	for (int t = 0; t < TURNS && hint == NULL; t += b.step) {
		far_start(p, &b.cloud, t, k, try);
		try_start(&b, try);
	}
	if (!(b.least < INFINITY))
		return false;
	for (int round = 0; round < k && hint == NULL; round++) {
		if (!try_swaps(&b))
			break;
	}
	memcpy(centre, b.centre, (size_t)k * 2 * sizeof *centre);
	return lloyd(p, centre, k, (struct lloyd_end){0, 1}, group) == k;
}

double
centroid_silhouette(const struct points *p, const double *centre, int k)
{
	double sum = 0, weight = 0;
	for (ptrdiff_t i = 0; i < p->n; i++) {
		double own = INFINITY, next = INFINITY;
		for (int c = 0; c < k; c++) {
			double d =
			    square_distance(p->xy + 2 * i, centre + 2 * c);
			if (d < own) {
				next = own;
				own = d;
			} else if (d < next) {
				next = d;
			}
		}
		double w = weight_of(p, i);
		weight += w;
		if (next > 0 && next < INFINITY)
			sum += w * (1 - sqrt(own / next));
	}
	return weight > 0 ? sum / weight : 0;
}
