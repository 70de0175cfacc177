/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/votes.h"

#include <math.h>
#include <string.h>

#include "tests/test.h"

/* Two people, three statements; the second vote of 0 on 2 counts. */
static struct votes
tiny(struct arena *arena)
{
	static int32_t person[] = {1, 0, 0, 1, 0};
	static int32_t statement[] = {1, 2, 0, 0, 2};
	static int8_t vote[] = {0, 1, -1, 1, -1};
	struct ballots b = {person, statement, vote, 5};
	struct votes v;
	votes_build(arena, &b, 2, 3, &v);
	return v;
}

TEST(votes_keep_the_last_and_sort_each_row)
{
	struct votes v = tiny(arena);
	CHECK_INT(v.row[1], 2);
	CHECK_INT(v.row[2], 4);
	CHECK_INT(v.statement[0], 0);
	CHECK_INT(v.vote[0], -1);
	CHECK_INT(v.statement[1], 2);
	CHECK_INT(v.vote[1], -1); /* not the first one, which was 1 */
	CHECK_INT(v.statement[2], 0);
	CHECK_INT(v.statement[3], 1);
	CHECK_INT(v.vote[3], 0);
}

TEST(votes_some_takes_rows_in_the_order_asked_for)
{
	struct votes v = tiny(arena);
	int32_t list[] = {1, 0, 1};
	struct votes s = votes_some(arena, &v, list, 3);
	CHECK_INT(s.people, 3);
	CHECK_INT(s.row[3], 6);
	CHECK_INT(s.vote[0], 1);
	CHECK_INT(s.vote[2], -1);
	CHECK_INT(s.vote[5], 0);
}

TEST(votes_more_is_building_it_all_again)
{
	struct votes v = tiny(arena), all;
	int32_t person[] = {1, 0, 0, 1, 0, 1, 0, 1};
	int32_t statement[] = {1, 2, 0, 0, 2, 2, 1, 0};
	int8_t vote[] = {0, 1, -1, 1, -1, 1, 0, -1};
	struct ballots whole = {person, statement, vote, 8};
	struct ballots late = {person + 5, statement + 5, vote + 5, 3};
	votes_build(arena, &whole, 2, 3, &all);
	struct votes more = votes_more(arena, &v, &late);
	CHECK_INT(more.row[1], all.row[1]);
	CHECK_INT(more.row[2], all.row[2]);
	for (ptrdiff_t k = 0; k < all.row[2]; k++) {
		CHECK_INT(more.statement[k], all.statement[k]);
		CHECK_INT(more.vote[k], all.vote[k]);
	}
}

TEST(votes_tally_counts_by_group_and_leaves_others_out)
{
	struct votes v = tiny(arena);
	struct tally t[6];
	votes_tally(&v, (int32_t[]){1, 0}, 2, t);
	CHECK_INT(t[0].agree, 1);
	CHECK_INT(t[1].pass, 1);
	CHECK_INT(t[3].disagree, 1);
	CHECK_INT(tally_seen(t[4]), 0);
	votes_tally(&v, (int32_t[]){-1, 0}, 2, t);
	CHECK_INT(tally_seen(t[3]), 0);
}

/* Worked by hand: pairs together in both 2, in a 6, in b 7, of 15. */
TEST(adjusted_rand_of_a_small_case)
{
	int32_t a[] = {0, 0, 0, 1, 1, 1, -1, 0};
	int32_t b[] = {0, 0, 1, 1, 1, 1, 0, -2};
	double chance = 6.0 * 7 / 15;
	CHECK(fabs(adjusted_rand(a, b, 8) - (4 - chance) / (6.5 - chance)) <
	    1e-15);
	CHECK(adjusted_rand(a, a, 8) == 1);
	CHECK(isnan(adjusted_rand(a, b, 0)));
	int32_t renamed[] = {3, 3, 3, 0, 0, 0, -1, 3};
	CHECK(adjusted_rand(a, renamed, 8) == 1);
}
