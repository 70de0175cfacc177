/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_CHANGE_H
#define ENGINE_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "engine/stats.h"

/* change.h - what moved between two measurements, and how sure that is.
 *
 * Values are finite doubles in the unit of the scale; missing answers are left
 * out by the caller.  Every p value is two-sided.  What cannot be computed is
 * NAN (an interval of one person, say).  The order of people means nothing:
 * values are sorted first, so that the answer has the same bits.  Pure; chance
 * comes from a seed (random.h).  Memory on the caller's arena.  Any thread.
 *
 * None of it knows a cause: without a control group everything else that
 * happened meanwhile is in the number too.
 * Formulas and sources: doc/engine/change.md.  Tests: tests/engine/change.c
 */

/* How the chance of a test was found. */
enum chance {
	CHANCE_NONE, /* not at all: too few, or nothing moved */
	CHANCE_EXACT, /* every possibility counted */
	CHANCE_DRAWN, /* from draws with the seed */
	CHANCE_NORMAL /* by the normal distribution */
};

struct change_options {
	struct str seed;
	/* Of the bootstrap and the sign-flip test, 100 or more.  0: nothing is
	 * drawn; there is no bootstrap, and the test is by the normal
	 * distribution where it cannot be counted. */
	int64_t draws;
	double level; /* of intervals, 0.95 */
	/* NULL, or called now and then with the share that is done; false
	 * stops: what is not done is NAN. */
	bool (*progress)(void *arg, double share);
	void *arg;
};

/* The same people twice. */
struct paired {
	int64_t n, higher, lower, same;
	double before, after; /* means */
	double mean, sd; /* of after - before; sd over n - 1 */
	struct interval t_interval; /* mean +- t sd / sqrt(n) */
	double t, p_t; /* Student's, n - 1 degrees of freedom */
	double dz; /* mean / sd */
	double hedges; /* dz (1 - 3 / (4 (n - 1) - 1)) */
	double p_sign; /* sign test, exact, the same left out; for yes and no
			* it is McNemar's exact test */
	double rank_plus; /* Wilcoxon: ranks of what rose */
	double p_wilcoxon;
	enum chance wilcoxon; /* exact up to 50 without ties and zeros */
	double p_flip; /* sign-flip test of the mean */
	enum chance flip;
	double *d; /* the n changes, ascending */
};

/* n >= 0.  O(n log n), and what sign_flip() takes. */
struct paired paired_of(struct arena *, const double *before,
    const double *after, ptrdiff_t n, const struct change_options *);

/* Ascending; `spare` has room for n.  O(n log n), the same on every machine. */
void sort_values(double *x, double *spare, ptrdiff_t n);

/* P(a count as uneven as higher : lower) by fair coins; 1 for 0 : 0. */
double sign_test(int64_t higher, int64_t lower);

/* Wilcoxon's signed rank test of ascending changes (Wilcoxon 1945).  Zeros are
 * left out and ties share their ranks; no correction for continuity. */
double signed_rank(struct arena *, const double *d, ptrdiff_t n,
    double *rank_plus, enum chance *how);

/* Fisher's sign-flip test: in what share of all ways to give the changes their
 * signs the sum is as far from 0.  Counted when the changes are multiples of
 * 1, 0.1, 0.01 or 0.001 and that table is small enough (2e7 steps), and else
 * up to 36 changes; drawn up to 10,000 ((hits + 1) / (draws + 1)); else by the normal
 * distribution.  At most some 0.1 s. */
double sign_flip(struct arena *, const double *d, ptrdiff_t n,
    const struct change_options *, enum chance *how);

/* Bootstrap of a mean, bias-corrected and accelerated (Efron 1987), over
 * opt->draws resamples of the people.  A whole batch, because all share the
 * draws: `x` is ascending; the answer of one does not depend on the others.
 * NAN under 2 values and over 10,000, where the t interval is as good.
 * About 0.5 ns a value and resample. */
struct sample {
	const double *x;
	ptrdiff_t n;
	struct interval bca;
};
void bootstrap_means(struct arena *, struct sample *, ptrdiff_t n_samples,
    const struct change_options *);

/* Different people before and after: Welch's interval of the difference of
 * means, and the rank sum test (Mann and Whitney 1947; normal, with ties). */
struct values {
	const double *x; /* in any order */
	ptrdiff_t n;
};
struct unpaired {
	int64_t n_before, n_after;
	double before, after, mean; /* mean = after - before */
	struct interval welch;
	double p_welch, p_rank_sum;
};
struct unpaired unpaired_of(
    struct arena *, struct values before, struct values after, double level);

#endif
