/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/factor.h"

#include <math.h>

#include "engine/random.h"
#include "tests/test.h"

enum { PEOPLE = 400, STATEMENTS = 30 };

/* Two camps, each vote given with the chance `seen`. */
static struct votes
camps(struct arena *a, double seen)
{
	struct random r = random_new(S("camps"), S("test"));
	struct ballots b = {arena_new(a, int32_t, PEOPLE * STATEMENTS),
	    arena_new(a, int32_t, PEOPLE * STATEMENTS),
	    arena_new(a, int8_t, PEOPLE * STATEMENTS), 0};
	struct votes v;
	for (int c = 0; c < PEOPLE * STATEMENTS; c++) {
		int i = c / STATEMENTS, j = c % STATEMENTS;
		bool with = random_unit(&r) < 0.8;
		if (random_unit(&r) >= seen)
			continue;
		b.person[b.n] = i;
		b.statement[b.n] = j;
		b.vote[b.n++] = (i % 2 == 0) == (j % 3 != 0) ? 1 : -1;
		if (!with)
			b.vote[b.n - 1] = (int8_t)-b.vote[b.n - 1];
	}
	votes_build(a, &b, PEOPLE, STATEMENTS, &v);
	return v;
}

static struct factor
fit(struct arena *a, const struct votes *v, int steps)
{
	struct pca p = pca_of(a, v, NULL, PCA_EXACT);
	struct factor f = factor_start(a, v, &p);
	double *sums = arena_new(a, double, FACTOR_SUMS * v->statements);
	for (int step = 0; step < steps; step++)
		factor_step(v, &f, sums);
	return f;
}

TEST(factor_tells_the_camps_apart_and_the_noise)
{
	struct votes v = camps(arena, 0.5);
	struct factor f = fit(arena, &v, 30);
	int right = 0;
	double first = factor_place(&v, &f, 0).x;
	for (ptrdiff_t i = 0; i < PEOPLE; i++)
		right +=
		    (factor_place(&v, &f, i).x * first > 0) == (i % 2 == 0);
	CHECK(right > PEOPLE * 97 / 100);
	CHECK(fabs(f.noise - 0.64) < 0.04); /* 1 - 0.6^2 */
}

TEST(factor_is_less_sure_of_who_votes_less)
{
	struct votes v = camps(arena, 0.5);
	struct factor f = fit(arena, &v, 10);
	struct votes one = v;
	one.row = (ptrdiff_t[]){0, 1, v.row[1]};
	struct place few = factor_place(&one, &f, 0);
	struct place many = factor_place(&v, &f, 0);
	CHECK(few.xx > many.xx);
	CHECK(fabs(few.x) < fabs(many.x)); /* towards the middle, not out */
	one.row = (ptrdiff_t[]){0, 0, 0};
	struct place none = factor_place(&one, &f, 0);
	CHECK(none.x == 0 && fabs(none.xx - 1) < 1e-12);
}

/* Doubling everybody changes nothing but how far loads are held back. */
TEST(factor_of_everybody_twice_is_nearly_the_same)
{
	struct votes v = camps(arena, 0.5);
	int32_t twice[2 * PEOPLE];
	for (int i = 0; i < 2 * PEOPLE; i++)
		twice[i] = i % PEOPLE;
	struct votes w = votes_some(arena, &v, twice, 2 * PEOPLE);
	struct factor f = fit(arena, &v, 20), g = fit(arena, &w, 20);
	for (int j = 0; j < STATEMENTS; j++)
		CHECK(fabs(fabs(f.load[2 * j]) - fabs(g.load[2 * j])) < 0.03);
}

TEST(map_is_a_distance_in_votes)
{
	struct votes v = camps(arena, 1);
	struct factor f = fit(arena, &v, 20);
	struct place at[PEOPLE];
	for (ptrdiff_t i = 0; i < PEOPLE; i++)
		at[i] = factor_place(&v, &f, i);
	struct map m = factor_map(&f, STATEMENTS, at, PEOPLE);
	double want = 0;
	for (int j = 0; j < STATEMENTS; j++) {
		double d = f.load[2 * j] * (at[0].x - at[1].x) +
		    f.load[2 * j + 1] * (at[0].y - at[1].y);
		want += d * d / STATEMENTS;
	}
	struct place p = map_place(&m, at[0]), q = map_place(&m, at[1]);
	double got = (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y);
	CHECK(fabs(got - want) < 1e-9);
}
