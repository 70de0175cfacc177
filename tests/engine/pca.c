/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/pca.h"

#include <math.h>
#include <string.h>

#include "tests/test.h"

static struct votes
matrix(struct arena *a, const char *rows, ptrdiff_t people, ptrdiff_t n)
{
	struct ballots b = {arena_new(a, int32_t, people * n),
	    arena_new(a, int32_t, people * n), arena_new(a, int8_t, people * n),
	    0};
	struct votes v;
	for (ptrdiff_t c = 0; c < people * n; c++) {
		if (rows[c] == '.')
			continue;
		b.person[b.n] = (int32_t)(c / n);
		b.statement[b.n] = (int32_t)(c % n);
		b.vote[b.n++] = rows[c] == '+' ? 1 : rows[c] == '-' ? -1 : 0;
	}
	votes_build(a, &b, people, n, &v);
	return v;
}

TEST(eigen_of_a_matrix_known_by_hand)
{
	double m[] = {2, 1, 1, 2}, value[2], vector[4];
	eigen_small(m, 2, value, vector);
	CHECK(fabs(value[0] - 3) < 1e-14);
	CHECK(fabs(value[1] - 1) < 1e-14);
	CHECK(fabs(vector[0] - vector[1]) < 1e-14);
	CHECK(fabs(vector[2] + vector[3]) < 1e-14);
}

/* Two statements that go together and one alone: by hand the covariances are
 * 4/3 everywhere in the first block, so 8/3, and 4/3. */
TEST(pca_finds_what_goes_together)
{
	struct votes v = matrix(arena,
	    "+++"
	    "++-"
	    "--+"
	    "---",
	    4, 3);
	struct pca p = pca_of(arena, &v, NULL, PCA_EXACT);
	CHECK(fabs(p.variance[0] - 8.0 / 3) < 1e-12);
	CHECK(fabs(p.variance[1] - 4.0 / 3) < 1e-12);
	CHECK(fabs(p.total - 4) < 1e-12);
	CHECK(fabs(p.axis[0][0] - sqrt(0.5)) < 1e-9);
	CHECK(fabs(p.axis[0][1] - sqrt(0.5)) < 1e-9);
	CHECK(fabs(p.axis[1][2] - 1) < 1e-9);
	double xy[8];
	pca_people(&v, &p, xy);
	CHECK(fabs(xy[0] - sqrt(2)) < 1e-9); /* scale 1: nothing missing */
	CHECK(fabs(xy[1] - 1) < 1e-9);
}

TEST(pca_leaves_a_column_out_but_counts_it_as_voted)
{
	struct votes v = matrix(arena,
	    "++."
	    "+++"
	    "--."
	    "--.",
	    4, 3);
	bool out[] = {false, false, true};
	struct pca p = pca_of(arena, &v, out, PCA_EXACT);
	double xy[8];
	pca_people(&v, &p, xy);
	CHECK(p.centre[2] == 0);
	CHECK(fabs(xy[0] - xy[2]) < 1e-12); /* sqrt(3 / 3) for both */
	CHECK(fabs(fabs(xy[0]) - sqrt(2)) < 1e-9);
}

TEST(pca_of_nothing_has_no_direction)
{
	struct votes v = matrix(arena, "+", 1, 1);
	struct pca p = pca_of(arena, &v, NULL, PCA_EXACT);
	CHECK_INT(p.steps, 0);
	CHECK(p.variance[0] == 0);
	v = matrix(arena, "++++", 2, 2); /* all alike */
	p = pca_of(arena, &v, NULL, PCA_EXACT);
	CHECK(p.variance[0] == 0);
	CHECK(isfinite(p.axis[0][0]));
}

TEST(pca_does_not_hang_on_the_order_of_people)
{
	struct votes v = matrix(arena,
	    "++-"
	    "+.-"
	    "-++"
	    "0-+"
	    "-.0",
	    5, 3);
	int32_t order[] = {4, 2, 0, 1, 3};
	struct votes w = votes_some(arena, &v, order, 5);
	struct pca p = pca_of(arena, &v, NULL, PCA_EXACT);
	struct pca q = pca_of(arena, &w, NULL, PCA_EXACT);
	for (int j = 0; j < 3; j++)
		CHECK(fabs(p.axis[0][j] - q.axis[0][j]) < 1e-9);
	struct pca_effort warm = {p.block, 1e-9, 100};
	struct pca again = pca_of(arena, &v, NULL, warm);
	CHECK_MAX(again.steps, 2);
}
