/* SPDX-License-Identifier: MPL-2.0 */

/* The bench's own arithmetic: a figure is no better than its median. */
#include "bench/stat.h"

#include <math.h>

#include "tests/test.h"

TEST(bench_median_is_the_middle_one_in_any_order)
{
	double odd[] = {9, 1, 5}, even[] = {8, 2, 4, 6}, one[] = {7};
	CHECK(stat_median(odd, 3) == 5);
	CHECK(stat_median(even, 4) == 5); /* between 4 and 6 */
	CHECK(stat_median(one, 1) == 7);
	CHECK(isnan(stat_median(one, 0)));
}

TEST(bench_median_does_not_mind_one_bad_run)
{
	double runs[] = {10, 11, 12, 13, 100000};
	CHECK(stat_median(runs, 5) == 12);
}

TEST(bench_percentile_is_one_that_was_measured)
{
	double v[1000];
	for (int i = 0; i < 1000; i++)
		v[i] = 1000 - i; /* 1 to 1000, the largest first */
	CHECK(stat_percentile(v, 1000, 0.99) == 990);
	CHECK(stat_percentile(v, 1000, 0.5) == 500);
	CHECK(stat_percentile(v, 1000, 0) == 1);
	CHECK(stat_percentile(v, 1000, 1) == 1000);
	CHECK(stat_percentile(v, 10, 0.99) == 10); /* of 1 to 10: the last */
	CHECK(isnan(stat_percentile(v, 0, 0.99)));
}

/* Both were twice as slow in the last round: the ratio is the same. */
TEST(bench_ratio_is_of_pairs_and_not_of_medians)
{
	double ours[] = {50, 55, 20}, peer[] = {100, 110, 40}, q[3];
	struct stat_ratio r = stat_ratio(ours, peer, 3, q);
	CHECK(r.median == 0.5);
	CHECK(r.low == 0.5);
	CHECK(r.high == 0.5);

	double uneven[] = {90, 30, 20};
	r = stat_ratio(uneven, peer, 3, q);
	CHECK(r.median == 0.5);
	CHECK(r.low == 30.0 / 110);
	CHECK(r.high == 0.9);
	CHECK(isnan(stat_ratio(ours, peer, 0, q).median));
}
