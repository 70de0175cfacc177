/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/pca.h"

#include <math.h>
#include <string.h>

enum { MOST_SWEEPS = 60 };

static void
rotate(double *m, double *vector, int n, const int at[2])
{
	int p = at[0], q = at[1];
	double apq = m[p * n + q];
	if (apq == 0)
		return;
	double theta = (m[q * n + q] - m[p * n + p]) / (2 * apq);
	double t = 1 / (fabs(theta) + sqrt(theta * theta + 1));
	if (theta < 0)
		t = -t;
	double c = 1 / sqrt(t * t + 1), s = t * c;
	for (int k = 0; k < n; k++) {
		double a = m[k * n + p], b = m[k * n + q];
		m[k * n + p] = c * a - s * b;
		m[k * n + q] = s * a + c * b;
	}
	for (int k = 0; k < n; k++) {
		double a = m[p * n + k], b = m[q * n + k];
		m[p * n + k] = c * a - s * b;
		m[q * n + k] = s * a + c * b;
		a = vector[p * n + k];
		b = vector[q * n + k];
		vector[p * n + k] = c * a - s * b;
		vector[q * n + k] = s * a + c * b;
	}
}

static double
off_diagonal(const double *m, int n)
{
	double sum = 0;
	for (int i = 0; i < n; i++) {
		for (int j = 0; j < i; j++)
			sum += m[i * n + j] * m[i * n + j];
	}
	return sum;
}

static double
diagonal(const double *m, int n)
{
	double sum = 0;
	for (int i = 0; i < n; i++)
		sum += m[i * n + i] * m[i * n + i];
	return sum;
}

static void
swap_rows(double *x, double *y, int n)
{
	for (int k = 0; k < n; k++) {
		double t = x[k];
		x[k] = y[k];
		y[k] = t;
	}
}

static void
sort_down(double *value, double *vector, int n)
{
	for (int i = 0; i < n; i++) {
		int best = i;
		for (int j = i + 1; j < n; j++) {
			if (value[j] > value[best])
				best = j;
		}
		if (best == i)
			continue;
		swap_rows(&value[i], &value[best], 1);
		swap_rows(vector + i * n, vector + best * n, n);
	}
}

void
eigen_small(double *m, int n, double *value, double *vector)
{
	for (int i = 0; i < n * n; i++)
		vector[i] = i % (n + 1) == 0;
	for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
		if (off_diagonal(m, n) <= 1e-32 * diagonal(m, n))
			break;
		for (int p = 0; p < n; p++) {
			for (int q = p + 1; q < n; q++)
				rotate(m, vector, n, (int[]){p, q});
		}
	}
	for (int i = 0; i < n; i++)
		value[i] = m[i * n + i];
	sort_down(value, vector, n);
}

static void
find_centre(struct arena *a, const struct votes *v, struct pca *p)
{
	struct arena *scratch = arena_scratch(a);
	int64_t *n = arena_new(scratch, int64_t, v->statements);
	for (ptrdiff_t k = 0; k < v->row[v->people]; k++) {
		p->centre[v->statement[k]] += v->vote[k];
		n[v->statement[k]]++;
	}
	for (ptrdiff_t j = 0; j < v->statements; j++) {
		p->centre[j] = n[j] == 0 || p->left_out[j]
		    ? 0
		    : p->centre[j] / (double)n[j];
	}
	arena_close(scratch);
}

/* What a vote adds to the centred matrix, by column and vote + 1: a look-up
 * instead of a subtraction and a branch. */
static double *
cell_values(struct arena *a, const struct pca *p, ptrdiff_t statements)
{
	double *cell = arena_new(a, double, 3 * statements);
	for (ptrdiff_t j = 0; j < statements; j++) {
		for (int x = -1; x <= 1 && !p->left_out[j]; x++)
			cell[3 * j + x + 1] = x - p->centre[j];
	}
	return cell;
}

static double
square_sum(const struct votes *v, const double *cell)
{
	double sum = 0;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		double own = 0;
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
			double x = cell[3 * v->statement[k] + v->vote[k] + 1];
			own += x * x;
		}
		sum += own;
	}
	return sum;
}

/* next = X' X block, one pass; a block holds PCA_BLOCK numbers a statement. */
static void
multiply(const struct votes *v, const double *cell, const double *block,
    double *next)
{
	memset(next, 0, (size_t)v->statements * PCA_BLOCK * sizeof *next);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		double y[PCA_BLOCK] = {0};
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
			ptrdiff_t j = v->statement[k];
			double x = cell[3 * j + v->vote[k] + 1];
			for (int c = 0; c < PCA_BLOCK; c++)
				y[c] += x * block[j * PCA_BLOCK + c];
		}
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
			ptrdiff_t j = v->statement[k];
			double x = cell[3 * j + v->vote[k] + 1];
			for (int c = 0; c < PCA_BLOCK; c++)
				next[j * PCA_BLOCK + c] += x * y[c];
		}
	}
}

/* Column c of one block times column d of another. */
static double
column_dot(const double *x, int c, const double *y, int d, ptrdiff_t n)
{
	double sum = 0;
	for (ptrdiff_t j = 0; j < n; j++)
		sum += x[j * PCA_BLOCK + c] * y[j * PCA_BLOCK + d];
	return sum;
}

/* Columns of length 1, at right angles, by Gram and Schmidt done twice; one
 * that has nothing of its own becomes 0. */
static void
orthonormalise(double *block, ptrdiff_t n)
{
	for (int c = 0; c < PCA_BLOCK; c++) {
		double before = sqrt(column_dot(block, c, block, c, n));
		for (int again = 0; again < 2; again++) {
			for (int d = 0; d < c; d++) {
				double f = column_dot(block, c, block, d, n);
				for (ptrdiff_t j = 0; j < n; j++)
					block[j * PCA_BLOCK + c] -=
					    f * block[j * PCA_BLOCK + d];
			}
		}
		double after = sqrt(column_dot(block, c, block, c, n));
		double scale = after > 1e-12 * before ? 1 / after : 0;
		for (ptrdiff_t j = 0; j < n; j++)
			block[j * PCA_BLOCK + c] *= scale;
	}
}

/* Turns `block` (orthonormal) within its own space so that it is lined up with
 * the eigenvectors, given product = X'X block; the eigenvalues to `value`. */
static void
line_up(double *block, double *product, ptrdiff_t n, double *value)
{
	double m[PCA_BLOCK * PCA_BLOCK], turn[PCA_BLOCK * PCA_BLOCK];
	for (int c = 0; c < PCA_BLOCK; c++) {
		for (int d = 0; d < PCA_BLOCK; d++)
			m[c * PCA_BLOCK + d] =
			    column_dot(block, c, product, d, n);
	}
	for (int c = 0; c < PCA_BLOCK; c++) {
		for (int d = 0; d < c; d++) {
			double both =
			    (m[c * PCA_BLOCK + d] + m[d * PCA_BLOCK + c]) / 2;
			m[c * PCA_BLOCK + d] = m[d * PCA_BLOCK + c] = both;
		}
	}
	eigen_small(m, PCA_BLOCK, value, turn);
	for (ptrdiff_t j = 0; j < n; j++) {
		double x[PCA_BLOCK] = {0}, y[PCA_BLOCK] = {0};
		for (int c = 0; c < PCA_BLOCK; c++) {
			for (int d = 0; d < PCA_BLOCK; d++) {
				double f = turn[c * PCA_BLOCK + d];
				x[c] += f * block[j * PCA_BLOCK + d];
				y[c] += f * product[j * PCA_BLOCK + d];
			}
		}
		memcpy(block + j * PCA_BLOCK, x, sizeof x);
		memcpy(product + j * PCA_BLOCK, y, sizeof y);
	}
}

/* How far X'X x is from being a multiple of x, over that multiple, for the
 * worst of the axes that are wanted. */
static double
residual(const double *block, const double *product, ptrdiff_t n,
    const double *value)
{
	double worst = 0;
	for (int c = 0; c < PCA_AXES; c++) {
		double sum = 0;
		for (ptrdiff_t j = 0; j < n; j++) {
			double d = product[j * PCA_BLOCK + c] -
			    value[c] * block[j * PCA_BLOCK + c];
			sum += d * d;
		}
		double own = value[c] > 0 ? sqrt(sum) / value[c] : 0;
		worst = own > worst ? own : worst;
	}
	return worst;
}

/* A fixed start that is at right angles to nothing in particular. */
static void
first_block(double *block, ptrdiff_t n)
{
	uint64_t x = 0x9E3779B97F4A7C15;
	for (ptrdiff_t i = 0; i < n * PCA_BLOCK; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		block[i] = (double)(x >> 11) / 4503599627370496.0 - 1;
	}
}

static void
iterate(struct arena *a, const struct votes *v, const double *cell,
    struct pca_effort effort, struct pca *p)
{
	double value[PCA_BLOCK] = {0};
	double *next = arena_new(a, double, PCA_BLOCK * v->statements);
	for (;;) {
		orthonormalise(p->block, v->statements);
		multiply(v, cell, p->block, next);
		line_up(p->block, next, v->statements, value);
		p->steps++;
		if (p->steps >= effort.most ||
		    residual(p->block, next, v->statements, value) <
			effort.enough)
			break;
		double *swap = p->block;
		p->block = next;
		next = swap;
	}
	for (int c = 0; c < PCA_AXES; c++)
		p->variance[c] = value[c] / (double)(v->people - 1);
}

static void
take_axis(struct pca *p, int c, ptrdiff_t n)
{
	double largest = 0, sign = 1;
	for (ptrdiff_t j = 0; j < n; j++) {
		double x = p->block[j * PCA_BLOCK + c];
		p->axis[c][j] = x;
		if (fabs(x) > largest) {
			largest = fabs(x);
			sign = x < 0 ? -1 : 1;
		}
	}
	for (ptrdiff_t j = 0; j < n; j++)
		p->axis[c][j] *= sign;
}

struct pca
pca_of(struct arena *a, const struct votes *v, const bool *left_out,
    struct pca_effort effort)
{
	ptrdiff_t n = v->statements;
	struct pca p = {.people = v->people,
	    .centre = arena_new(a, double, n),
	    .left_out = arena_new(a, bool, n),
	    .block = arena_new(a, double, PCA_BLOCK *n)};
	if (left_out != NULL && n > 0)
		memcpy(p.left_out, left_out, (size_t)n * sizeof *left_out);
	for (int c = 0; c < PCA_AXES; c++)
		p.axis[c] = arena_new(a, double, n);
	find_centre(a, v, &p);
	if (v->people < 2 || n < 2)
		return p;
	if (effort.start != NULL)
		memcpy(p.block, effort.start,
		    (size_t)(PCA_BLOCK * n) * sizeof *p.block);
	else
		first_block(p.block, n);
	double *cell = cell_values(a, &p, n);
	p.total = square_sum(v, cell) / (double)(v->people - 1);
	iterate(a, v, cell, effort, &p);
	for (int c = 0; c < PCA_AXES; c++)
		take_axis(&p, c, n);
	return p;
}

void
pca_people(const struct votes *v, const struct pca *p, double *out)
{
	ptrdiff_t blank = 0;
	for (ptrdiff_t j = 0; j < v->statements; j++)
		blank += p->left_out[j];
	for (ptrdiff_t i = 0; i < v->people; i++) {
		double x = 0, y = 0;
		ptrdiff_t n = blank;
		for (ptrdiff_t k = v->row[i]; k < v->row[i + 1]; k++) {
			ptrdiff_t j = v->statement[k];
			if (p->left_out[j])
				continue;
			double d = v->vote[k] - p->centre[j];
			x += d * p->axis[0][j];
			y += d * p->axis[1][j];
			n++;
		}
		double scale =
		    sqrt((double)v->statements / (double)(n > 0 ? n : 1));
		out[2 * i] = scale * x;
		out[2 * i + 1] = scale * y;
	}
}

void
pca_statements(const struct pca *p, ptrdiff_t statements, double *out)
{
	double scale = sqrt((double)statements);
	for (ptrdiff_t j = 0; j < statements; j++) {
		double d = p->left_out[j] ? 0 : scale * (1 - p->centre[j]);
		out[2 * j] = d * p->axis[0][j];
		out[2 * j + 1] = d * p->axis[1][j];
	}
}
