/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_PCA_H
#define ENGINE_PCA_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/votes.h"

/* pca.h - the main directions in which people's votes differ.
 *
 * Principal components of the matrix whose missing cells are the mean of their
 * column.  After centring such a cell is exactly 0, so the matrix is as sparse
 * as the votes are and is never written out: a step costs one pass over them.
 * Block power iteration (subspace iteration with Rayleigh and Ritz; Golub and
 * Van Loan, Matrix Computations, section 8.2.4); the signs are fixed, so that
 * the same votes give the same picture.  + - * / sqrt only.
 * Tests: tests/engine/pca.c
 */
enum { PCA_BLOCK = 4, PCA_AXES = 2 };

struct pca {
	double *centre; /* [statements]: mean vote, 0 where nobody voted */
	bool *left_out; /* [statements]: the column is all 0 */
	double *axis[PCA_AXES]; /* [statements], length 1; all 0 when the votes
	    have no such direction; its entry of largest size is positive */
	double variance[PCA_AXES]; /* eigenvalues, divisor people - 1 */
	double total; /* of all directions */
	int steps;
	ptrdiff_t people; /* that it was made from */
	double *block; /* [PCA_BLOCK * statements]: to start from next time */
};

/* How far to go: `start` is the block of an earlier run on as many statements,
 * or NULL; it ends when an axis is right to `enough` of its length, or after
 * `most` steps.  An eigenvalue is then right to about the square of that. */
struct pca_effort {
	const double *start;
	double enough;
	int most;
};
#define PCA_EXACT ((struct pca_effort){NULL, 1e-11, 600})

/* `left_out` may be NULL.  Fewer than two people or statements: no direction.
 * O(steps * votes), in practice 10 to 40 steps when it is exact. */
struct pca pca_of(struct arena *, const struct votes *, const bool *left_out,
    struct pca_effort);

/* Where people and statements stand in the picture (algorithms of Polis: the
 * sum over one's votes, scaled by sqrt(statements / votes)): out[2 * i].
 * A column that is left out counts as voted by everybody. */
void pca_people(const struct votes *, const struct pca *, double *out);
/* A person who only agreed with statement j: out[2 * j]. */
void pca_statements(const struct pca *, ptrdiff_t statements, double *out);

/* Eigenvalues (descending) and vectors (rows of `vector`) of the symmetric
 * n x n matrix `m`, n <= PCA_BLOCK, by Jacobi's rotations; `m` is used up. */
void eigen_small(double *m, int n, double *value, double *vector);

#endif
