/* SPDX-License-Identifier: MPL-2.0 */

/* The bootstrap of means, bias-corrected and accelerated. */
#include <math.h>
#include <string.h>

#include "engine/change_parts.h"
#include "engine/random.h"

enum {
	MOST_VALUES = 10000,
	/* Each resample has its own part of the stream, so that the first draws
	 * are the same whatever n is: 4 bytes a value. */
	ROW_BLOCKS = (4 * MOST_VALUES + RANDOM_BYTES - 1) / RANDOM_BYTES,
	ROWS = 16, /* resamples a round: their draws stay in the cache */
	BATCH = 64 /* samples: their sums do not fill the memory */
};

struct boot {
	const struct change_options *opt;
	struct sample *sample;
	ptrdiff_t n_samples, most; /* values of the largest */
	double **sums; /* [sample][resample] */
	uint32_t *draws; /* [row][value] */
	struct random random;
};

static void
draw_row(struct boot *b, int64_t resample, uint32_t *row)
{
	b->random.block = (uint64_t)resample * ROW_BLOCKS;
	b->random.at = RANDOM_BYTES;
	for (ptrdiff_t i = 0; i < b->most; i += 2) {
		uint64_t x = random_u64(&b->random);
		row[i] = (uint32_t)x;
		row[i + 1] = (uint32_t)(x >> 32);
	}
}

/* Each value as likely to within n / 2^32. */
static double
resampled_sum(const struct sample *s, const uint32_t *row)
{
	const double *x = s->x;
	uint64_t n = (uint64_t)s->n;
	ptrdiff_t i = 0;
	double a = 0, b = 0, c = 0, d = 0;
	for (; i + 3 < s->n; i += 4) {
		a += x[row[i] * n >> 32];
		b += x[row[i + 1] * n >> 32];
		c += x[row[i + 2] * n >> 32];
		d += x[row[i + 3] * n >> 32];
	}
	for (; i < s->n; i++)
		a += x[row[i] * n >> 32];
	return (a + b) + (c + d);
}

static bool
usable(const struct sample *s)
{
	return s->n >= 2 && s->n <= MOST_VALUES;
}

/* False when it was told to stop. */
static bool
resample(struct boot *b)
{
	const struct change_options *opt = b->opt;
	ptrdiff_t width = b->most + 1;
	for (int64_t from = 0; from < opt->draws; from += ROWS) {
		int64_t rows =
		    opt->draws - from < ROWS ? opt->draws - from : ROWS;
		for (int64_t r = 0; r < rows; r++)
			draw_row(b, from + r, b->draws + r * width);
		for (ptrdiff_t k = 0; k < b->n_samples; k++) {
			if (!usable(&b->sample[k]))
				continue;
			for (int64_t r = 0; r < rows; r++)
				b->sums[k][from + r] = resampled_sum(
				    &b->sample[k], b->draws + r * width);
		}
		if (opt->progress != NULL &&
		    !opt->progress(opt->arg, (double)from / (double)opt->draws))
			return false;
	}
	return true;
}

static void
exchange(double *x, double *y)
{
	double z = *x;
	*x = *y;
	*y = z;
}

/* Puts the k-th smallest of x[low, high] at its place, none larger before it
 * and none smaller behind (Hoare's Find, the middle one of three as pivot). */
static void
find_kth(double *x, int64_t low, int64_t high, int64_t k)
{
	while (low < high) {
		int64_t i = low, j = high, middle = low + (high - low) / 2;
		if (x[middle] < x[low])
			exchange(&x[middle], &x[low]);
		if (x[high] < x[low])
			exchange(&x[high], &x[low]);
		if (x[high] < x[middle])
			exchange(&x[high], &x[middle]);
		double pivot = x[middle];
		while (i <= j) {
			while (x[i] < pivot)
				i++;
			while (x[j] > pivot)
				j--;
			if (i <= j)
				exchange(&x[i++], &x[j--]);
		}
		if (k <= j)
			high = j;
		else if (k >= i)
			low = i;
		else
			return;
	}
}

/* Linear between the order statistics around it; turns the order of `x`. */
static double
quantile(double *x, int64_t n, double share)
{
	double at = share * (double)(n - 1);
	int64_t below = (int64_t)floor(at);
	below = below < n - 1 ? below : n - 2;
	find_kth(x, 0, n - 1, below);
	find_kth(x, below + 1, n - 1, below + 1);
	return x[below] + (at - (double)below) * (x[below + 1] - x[below]);
}

/* The share of resamples under the sum that was seen; equal ones half. */
static double
share_below(const double *sums, int64_t n, double seen, double slack)
{
	int64_t twice = 0;
	for (int64_t i = 0; i < n; i++)
		twice += sums[i] < seen - slack ? 2
		    : sums[i] <= seen + slack	? 1
						: 0;
	double share = (double)twice / (2 * (double)n);
	double least = 1 / ((double)n + 1);
	return fmin(fmax(share, least), 1 - least);
}

static struct interval
bca(const struct sample *s, double *sums, const struct change_options *opt)
{
	double sum = 0, squares = 0, cubes = 0, n = (double)s->n;
	double mean = moments_of(s->x, s->n).mean;
	for (ptrdiff_t i = 0; i < s->n; i++) {
		double d = s->x[i] - mean;
		sum += s->x[i];
		squares += d * d;
		cubes += d * d * d;
	}
	double largest = fmax(fabs(s->x[0]), fabs(s->x[s->n - 1]));
	if (!(squares > 1e-24 * n * largest * largest))
		return (struct interval){mean, mean};
	double bias = normal_quantile(
	    share_below(sums, opt->draws, sum, 1e-12 * n * largest));
	double speed = cubes / (6 * squares * sqrt(squares));
	double z = normal_quantile((1 + opt->level) / 2);
	double low = bias + (bias - z) / (1 - speed * (bias - z));
	double high = bias + (bias + z) / (1 - speed * (bias + z));
	return (struct interval){
	    quantile(sums, opt->draws, normal_cdf(low)) / n,
	    quantile(sums, opt->draws, normal_cdf(high)) / n};
}

static void
batch(struct arena *parent, struct sample *sample, ptrdiff_t n,
    const struct change_options *opt)
{
	struct arena *a = arena_scratch(parent);
	struct boot b = {.opt = opt,
	    .sample = sample,
	    .n_samples = n,
	    .sums = arena_new(a, double *, n),
	    .random = random_new(opt->seed, S("bootstrap"))};
	for (ptrdiff_t k = 0; k < n; k++) {
		if (!usable(&sample[k]))
			continue;
		b.sums[k] = arena_new(a, double, opt->draws);
		b.most = sample[k].n > b.most ? sample[k].n : b.most;
	}
	b.draws = arena_new(a, uint32_t, ROWS * (b.most + 1));
	bool done = b.most > 0 && resample(&b);
	for (ptrdiff_t k = 0; k < n && done; k++) {
		if (usable(&sample[k]))
			sample[k].bca = bca(&sample[k], b.sums[k], opt);
	}
	arena_close(a);
}

void
bootstrap_means(struct arena *a, struct sample *sample, ptrdiff_t n,
    const struct change_options *opt)
{
	for (ptrdiff_t k = 0; k < n; k++)
		sample[k].bca = (struct interval){NAN, NAN};
	for (ptrdiff_t k = 0; k < n && opt->draws > 0; k += BATCH)
		batch(a, sample + k, n - k < BATCH ? n - k : BATCH, opt);
}
