/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/marks.h"

#include <math.h>

#include "engine/random.h"
#include "tests/test.h"

/* Statement 0: A for, B against.  1: both for.  2: both against.  3: nothing.
 * 4: as 0, but left out. */
static const struct tally votes[] = {
    {40, 3, 2}, {42, 1, 2}, {1, 43, 1}, {20, 20, 5}, {40, 3, 2}, /* A */
    {4, 38, 3}, {41, 2, 2}, {2, 41, 2}, {21, 19, 5}, {4, 38, 3}, /* B */
};
static const bool left_out[] = {false, false, false, false, true};
static const struct group_votes two = {votes, 2, 5, left_out};

TEST(marks_are_where_groups_differ)
{
	struct picks mark[2];
	marks_of_groups(arena, &two, mark);
	CHECK_INT(mark[0].n, 1);
	CHECK_INT(mark[0].pick[0].statement, 0);
	CHECK(mark[0].pick[0].agree);
	CHECK_INT(mark[1].n, 1);
	CHECK(!mark[1].pick[0].agree);
}

TEST(shared_is_what_every_group_holds)
{
	struct picks for_it = marks_shared(&two, true);
	struct picks against = marks_shared(&two, false);
	CHECK_INT(for_it.n, 1);
	CHECK_INT(for_it.pick[0].statement, 1);
	CHECK_INT(against.n, 1);
	CHECK_INT(against.pick[0].statement, 2);
	CHECK_INT(
	    marks_shared(&(struct group_votes){votes, 0, 5, left_out}, true).n,
	    0);
}

TEST(consensus_lies_in_its_interval)
{
	double agree[5], disagree[5];
	consensus(votes, 2, 5, agree, disagree);
	CHECK(fabs(agree[1] - 43.0 / 47 * 42 / 47) < 1e-15);
	for (int j = 0; j < 5; j++) {
		struct interval i = consensus_interval(&two, j);
		CHECK(i.low < agree[j] && agree[j] < i.high);
	}
}

/* A hundred conversations where both groups vote alike: with the tests paid
 * for, few have any mark; with z > 1.2816 alone nearly all have. */
TEST(marks_are_not_found_where_there_is_nothing)
{
	struct random r = random_new(S("nothing"), S("test"));
	static const bool none[60];
	int ours = 0, published = 0;
	for (int n = 0; n < 100; n++) {
		struct tally t[120] = {{0}};
		struct group_test test[60];
		struct picks mark[2];
		for (int c = 0; c < 120; c++) {
			for (int i = 0; i < 40; i++)
				tally_add(&t[c],
				    random_unit(&r) < 0.5 + 0.005 * (c % 60)
					? 1
					: -1);
		}
		marks_of_groups(
		    arena, &(struct group_votes){t, 2, 60, none}, mark);
		ours += mark[0].n + mark[1].n > 0;
		for (int j = 0; j < 60; j++)
			test[j] = group_test(t[j], t[60 + j]);
		struct picks p = representative(test, t, none, 60);
		published += p.n > 1;
	}
	CHECK_MAX(ours, 12);
	CHECK(published > 80);
}

TEST(share_interval_is_wilsons)
{
	CHECK(share_interval(0, 0).high == 1);
	for (int n = 1; n < 60; n++) {
		for (int k = 0; k <= n; k++) {
			struct interval i = share_interval(k, n);
			struct interval w = wilson(k, n, 0.95);
			CHECK(fabs(i.low - w.low) < 1e-14);
			CHECK(fabs(i.high - w.high) < 1e-14);
		}
	}
}
