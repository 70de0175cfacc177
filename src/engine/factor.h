/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_FACTOR_H
#define ENGINE_FACTOR_H

#include <stdbool.h>

#include "engine/pca.h"
#include "engine/votes.h"

/* factor.h - where people stand, from the votes they gave and no others.
 *
 * The model: vote = mean of the statement + load . place + noise, two numbers
 * a person (place, a standard normal) and two a statement (load).  Fitted by
 * expectation and maximisation on the cells that are there (probabilistic
 * principal components with missing values: Tipping and Bishop 1999, Ilin and
 * Raiko 2010).  A missing vote says nothing: it neither pulls a person to the
 * middle nor, as sqrt(statements / votes) does, pushes them out.  Each place
 * comes with its uncertainty, large for who voted little.
 *
 * One step is one pass over the votes; + - * / sqrt only.
 * Tests: tests/engine/factor.c
 */
enum { FACTOR_MEANS = 5 }; /* a load is held back as by so many more voters */

struct factor {
	double *mean; /* [statements] */
	double *load; /* [2 * statements], 0 where left out */
	const bool *left_out; /* [statements] */
	double noise; /* variance of what the two numbers do not explain */
};

/* Starts from principal components. */
struct factor factor_start(
    struct arena *, const struct votes *, const struct pca *);

/* One step of the fit, in place; `sums` has room for FACTOR_SUMS a statement.
 * A statement that nobody voted on keeps its mean and loses its load. */
enum { FACTOR_SUMS = 10 };
void factor_step(const struct votes *, struct factor *, double *sums);

/* Where one person stands, given the statements' loads. */
struct place {
	double x, y;
	double xx, xy, yy; /* covariance of what is not known */
};
struct place factor_place(
    const struct votes *, const struct factor *, ptrdiff_t person);

/* The map: places turned and stretched so that the distance of two people is
 * the root mean square of how differently they are expected to vote (in votes,
 * over all statements that count), the widest direction across.  Which of two
 * sides is right is fixed: the largest load across is positive. */
struct map {
	double turn[4]; /* row by row */
	double middle[2]; /* taken off first */
};
struct map factor_map(const struct factor *, ptrdiff_t statements,
    const struct place *, ptrdiff_t n);
struct place map_place(const struct map *, struct place);
/* Where a statement pulls who agrees with it. */
void map_load(const struct map *, const double *load, double *xy);

#endif
