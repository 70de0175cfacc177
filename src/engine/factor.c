/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/factor.h"

#include <math.h>
#include <string.h>

#define FIRST_NOISE 0.5 /* a vote is -1, 0 or 1 */
#define LEAST_NOISE 0.01 /* so that a perfect fit divides by something */

struct factor
factor_start(struct arena *a, const struct votes *v, const struct pca *p)
{
	struct factor f = {.mean = arena_new(a, double, v->statements),
	    .load = arena_new(a, double, 2 * v->statements),
	    .left_out = p->left_out};
	double scale[PCA_AXES];
	for (int c = 0; c < PCA_AXES; c++)
		scale[c] = sqrt(p->variance[c]);
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		f.mean[j] = p->centre[j];
		for (int c = 0; c < PCA_AXES; c++)
			f.load[2 * j + c] = scale[c] * p->axis[c][j];
	}
	f.noise = FIRST_NOISE;
	return f;
}

struct place
factor_place(const struct votes *v, const struct factor *f, ptrdiff_t i)
{
	double xx = 0, xy = 0, yy = 0, bx = 0, by = 0;
	for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
		ptrdiff_t j = v->statement[k];
		double x = f->load[2 * j], y = f->load[2 * j + 1];
		double d = v->vote[k] - f->mean[j];
		xx += x * x;
		xy += x * y;
		yy += y * y;
		bx += x * d;
		by += y * d;
	}
	xx += f->noise;
	yy += f->noise;
	double det = xx * yy - xy * xy, scale = f->noise / det;
	return (struct place){
	    .x = (yy * bx - xy * by) / det,
	    .y = (xx * by - xy * bx) / det,
	    .xx = scale * yy,
	    .xy = -scale * xy,
	    .yy = scale * xx,
	};
}

enum { N, V, VV, MX, MY, MXX, MXY, MYY, VX, VY };

/* A vote adds the same ten numbers wherever it falls, so they are made once a
 * person for each of the three votes. */
static void
gather(const struct votes *v, const struct factor *f, ptrdiff_t i, double *sums)
{
	struct place p = factor_place(v, f, i);
	double add[3][FACTOR_SUMS];
	for (int vote = -1; vote <= 1; vote++) {
		double *to = add[vote + 1];
		to[N] = 1;
		to[V] = vote;
		to[VV] = vote * vote;
		to[MX] = p.x;
		to[MY] = p.y;
		to[MXX] = p.x * p.x + p.xx;
		to[MXY] = p.x * p.y + p.xy;
		to[MYY] = p.y * p.y + p.yy;
		to[VX] = vote * p.x;
		to[VY] = vote * p.y;
	}
	for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
		double *to = sums + FACTOR_SUMS * v->statement[k];
		const double *from = add[v->vote[k] + 1];
		for (int c = 0; c < FACTOR_SUMS; c++)
			to[c] += from[c];
	}
}

/* The mean and load that explain a statement's votes best; gives what is left
 * of their squares. */
static double
solve(const double *s, double *mean, double *load)
{
	double n = s[N];
	double mx = s[MX] / n, my = s[MY] / n, mv = s[V] / n;
	double xx = s[MXX] - n * mx * mx + FACTOR_MEANS;
	double xy = s[MXY] - n * mx * my;
	double yy = s[MYY] - n * my * my + FACTOR_MEANS;
	double bx = s[VX] - n * mx * mv, by = s[VY] - n * my * mv;
	double det = xx * yy - xy * xy;
	load[0] = (yy * bx - xy * by) / det;
	load[1] = (xx * by - xy * bx) / det;
	*mean = mv - load[0] * mx - load[1] * my;
	double a = load[0], b = load[1], m = *mean;
	return s[VV] + n * m * m + a * a * s[MXX] + 2 * a * b * s[MXY] +
	    b * b * s[MYY] - 2 * m * s[V] - 2 * a * s[VX] - 2 * b * s[VY] +
	    2 * m * (a * s[MX] + b * s[MY]);
}

void
factor_step(const struct votes *v, struct factor *f, double *sums)
{
	double left = 0, n = 0;
	memset(sums, 0, (size_t)(FACTOR_SUMS * v->statements) * sizeof *sums);
	for (ptrdiff_t i = 0; i < v->people; i++)
		gather(v, f, i, sums);
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		const double *s = sums + FACTOR_SUMS * j;
		if (f->left_out[j] || s[N] == 0) {
			f->load[2 * j] = f->load[2 * j + 1] = 0;
			continue;
		}
		left += solve(s, &f->mean[j], &f->load[2 * j]);
		n += s[N];
	}
	f->noise = n > 0 ? fmax(left / n, LEAST_NOISE) : FIRST_NOISE;
}

/* How an agreement on average over the statements stretches the plane: the
 * upper triangle Q of Q'Q = mean of load load'. */
static void
stretch(const struct factor *f, ptrdiff_t statements, double *q)
{
	double xx = 0, xy = 0, yy = 0, n = 0;
	for (ptrdiff_t j = 0; j < statements; j++) {
		double x = f->load[2 * j], y = f->load[2 * j + 1];
		xx += x * x;
		xy += x * y;
		yy += y * y;
		n += !f->left_out[j];
	}
	n = n > 0 ? n : 1;
	q[0] = sqrt(fmax(xx / n, 1e-12));
	q[1] = xy / n / q[0];
	q[2] = 0;
	q[3] = sqrt(fmax(yy / n - q[1] * q[1], 1e-12));
}

void
map_load(const struct map *m, const double *load, double *xy)
{
	xy[0] = m->turn[0] * load[0] + m->turn[1] * load[1];
	xy[1] = m->turn[2] * load[0] + m->turn[3] * load[1];
}

/* +1, or -1 where the largest entry of that row over the loads is negative. */
static double
side(const struct factor *f, ptrdiff_t statements, const double *row)
{
	double largest = 0, sign = 1;
	for (ptrdiff_t j = 0; j < statements; j++) {
		double x =
		    row[0] * f->load[2 * j] + row[1] * f->load[2 * j + 1];
		if (fabs(x) > largest) {
			largest = fabs(x);
			sign = x < 0 ? -1 : 1;
		}
	}
	return sign;
}

struct map
factor_map(const struct factor *f, ptrdiff_t statements,
    const struct place *place, ptrdiff_t n)
{
	struct map m = {0};
	double q[4], spread[4] = {0}, value[2], axis[4];
	stretch(f, statements, q);
	for (ptrdiff_t i = 0; i < n; i++) {
		m.middle[0] += place[i].x / (double)n;
		m.middle[1] += place[i].y / (double)n;
	}
	for (ptrdiff_t i = 0; i < n; i++) {
		double x = place[i].x - m.middle[0],
		       y = place[i].y - m.middle[1];
		double u = q[0] * x + q[1] * y, w = q[3] * y;
		spread[0] += u * u;
		spread[1] += u * w;
		spread[3] += w * w;
	}
	spread[2] = spread[1];
	eigen_small(spread, 2, value, axis);
	for (int r = 0; r < 4; r += 2) {
		m.turn[r] = axis[r] * q[0];
		m.turn[r + 1] = axis[r] * q[1] + axis[r + 1] * q[3];
		double sign = side(f, statements, m.turn + r);
		m.turn[r] *= sign;
		m.turn[r + 1] *= sign;
	}
	return m;
}

struct place
map_place(const struct map *m, struct place p)
{
	const double *t = m->turn;
	double x = p.x - m->middle[0], y = p.y - m->middle[1];
	double ax = t[0] * p.xx + t[1] * p.xy, ay = t[0] * p.xy + t[1] * p.yy;
	double bx = t[2] * p.xx + t[3] * p.xy, by = t[2] * p.xy + t[3] * p.yy;
	return (struct place){
	    .x = t[0] * x + t[1] * y,
	    .y = t[2] * x + t[3] * y,
	    .xx = ax * t[0] + ay * t[1],
	    .xy = ax * t[2] + ay * t[3],
	    .yy = bx * t[2] + by * t[3],
	};
}
