/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/kmeans.h"

#include <math.h>
#include <string.h>

#include "engine/random.h"
#include "tests/engine/groups_golden.h"

TEST(lloyd_gathers_two_pairs)
{
	double xy[] = {0, 0, 0, 2, 10, 0, 10, 2}, centre[] = {0, 0, 9, 9};
	int32_t group[4];
	struct points p = {xy, NULL, 4};
	CHECK_INT(lloyd(&p, centre, 2, (struct lloyd_end){1e-9, 50}, group), 2);
	CHECK(centre[0] == 0 && centre[1] == 1);
	CHECK(centre[2] == 10 && centre[3] == 1);
	CHECK_INT(group[1], 0);
	CHECK_INT(group[2], 1);
}

TEST(lloyd_drops_a_centre_without_points_and_ties_go_to_the_later)
{
	double xy[] = {1, 0, 1, 0}, centre[] = {0, 0, 50, 50, 2, 0};
	int32_t group[2];
	struct points p = {xy, NULL, 2};
	CHECK_INT(lloyd(&p, centre, 3, (struct lloyd_end){1e-9, 50}, group), 1);
	CHECK(centre[0] == 1);
	CHECK_INT(group[0], 0);
}

TEST(silhouette_by_hand)
{
	double xy[] = {0, 0, 1, 0, 5, 0};
	struct points p = {xy, NULL, 3};
	/* (5 - 1) / 5, (4 - 1) / 4, a singleton 0 */
	CHECK(fabs(silhouette(&p, (int32_t[]){0, 0, 1}, 2) - (0.8 + 0.75) / 3) <
	    1e-15);
}

TEST(kmeans_best_does_not_hang_on_the_order_of_points)
{
	enum { N = 300 };
	static double xy[2 * N], back[2 * N];
	struct random r = random_new(S("kmeans"), S("test"));
	double one[6], two[6];
	int32_t group[N];
	for (int i = 0; i < N; i++) {
		xy[2 * i] = random_unit(&r) + 3 * (i % 3);
		xy[2 * i + 1] = random_unit(&r) + 2 * (i % 3 == 1);
		memcpy(back + 2 * (N - 1 - i), xy + 2 * i, 2 * sizeof *xy);
	}
	struct points p = {xy, NULL, N}, q = {back, NULL, N};
	CHECK(kmeans_best(&p, 3, NULL, one, group));
	CHECK(kmeans_best(&q, 3, NULL, two, group));
	for (int c = 0; c < 6; c++)
		CHECK(fabs(one[c] - two[c]) < 1e-9);
	CHECK(centroid_silhouette(&p, one, 3) > 0.6);
}

TEST(kmeans_best_says_when_there_are_too_few_points)
{
	double xy[] = {1, 1, 1, 1, 1, 1}, centre[4];
	int32_t group[3];
	struct points p = {xy, NULL, 3};
	CHECK(!kmeans_best(&p, 2, NULL, centre, group));
}

TEST(grid_keeps_weight_and_middle)
{
	static double xy[2 * GRID_CELLS], weight[GRID_CELLS];
	double at[] = {0, 0, 0.001, 0, 4, 4, 100, -7};
	struct points p = {at, NULL, 4};
	struct points g = grid(&p, xy, weight);
	double n = 0, x = 0;
	for (ptrdiff_t i = 0; i < g.n; i++) {
		n += weight[i];
		x += weight[i] * g.xy[2 * i];
	}
	CHECK(n == 4);
	CHECK(fabs(x - 104.001) < 1e-9);
	CHECK_INT(g.n, 3); /* the first two share a cell */
}

/* Against the best of 100 random starts of an independent implementation: as
 * good or better on each k of each conversation. */
static void
check_inertia(struct arena *arena, const char *name)
{
	json_t *best = json_object_get(
	    golden_json(arena, name, "kmeans_best_of_100.json"), "per_k");
	json_t *golden = golden_json(arena, name, "golden.json");
	json_t *in = json_object_get(golden, "in_conv");
	json_t *pids = json_object_get(golden, "pids");
	json_t *places = json_object_get(golden, "projection");
	ptrdiff_t n = (ptrdiff_t)json_array_size(in), row = 0;
	double *xy = arena_new(arena, double, 2 * n);
	int32_t *group = arena_new(arena, int32_t, n);
	for (ptrdiff_t i = 0; i < n; i++, row++) {
		json_int_t id = json_integer_value(json_array_get(in, i));
		while (json_integer_value(json_array_get(pids, row)) != id)
			row = (row + 1) % (ptrdiff_t)json_array_size(pids);
		const json_t *p = json_array_get(places, row);
		xy[2 * i] = json_number_value(json_array_get(p, 0));
		xy[2 * i + 1] = json_number_value(json_array_get(p, 1));
	}
	struct points p = {xy, NULL, n};
	for (int k = 2; k <= 5; k++) {
		char key[2] = {(char)('0' + k), 0};
		double centre[2 * KMEANS_MOST], sum = 0;
		CHECK(kmeans_best(&p, k, NULL, centre, group));
		for (ptrdiff_t i = 0; i < n; i++) {
			double x = xy[2 * i] - centre[2 * group[i]];
			double y = xy[2 * i + 1] - centre[2 * group[i] + 1];
			sum += x * x + y * y;
		}
		double want = json_number_value(
		    json_object_get(json_object_get(best, key), "inertia"));
		CHECK(sum <= want * (1 + 1e-6));
	}
}

TEST(kmeans_is_as_good_as_the_best_of_a_hundred)
{
	for (int c = 0; c < GOLDEN_GROUPS; c++)
		check_inertia(arena, golden_groups[c]);
}
