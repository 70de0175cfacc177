/* SPDX-License-Identifier: MPL-2.0 */

/* The groups must stay while votes come in: each golden conversation in 16
 * steps, every one computed cold. */
#include "bench/groups_replay.h"

#include "tests/engine/groups_golden.h"

static struct replay
replay(struct arena *arena, const char *name, bool polis)
{
	struct replay out;
	const char *votes = golden_path(arena, name, "votes.csv");
	const char *about = golden_path(arena, name, "comments.csv");
	if (votes == NULL) /* Bowling Green has no log: people in their order */
		votes = golden_path(arena, name, "input_votes.csv");
	if (votes == NULL || about == NULL)
		test_skip("the golden data are not here (SAMSKAB_GOLDEN)");
	CHECK(replay_run(arena, test_file(arena, votes),
	    test_file(arena, about), polis, &out));
	return out;
}

static void
check_floor(struct arena *arena, int conversation)
{
	struct replay r = replay(arena, golden_groups[conversation], false);
	CHECK(r.mean >= 0.95);
	CHECK(r.without <= 4);
	CHECK(r.placed >= 0.7);
}

TEST(replay_bowling_green_stays)
{
	check_floor(arena, 0);
}

TEST(replay_bg2050_stays)
{
	check_floor(arena, 1);
}

TEST(replay_brexit_stays)
{
	check_floor(arena, 2);
}

TEST(replay_london_stays)
{
	check_floor(arena, 3);
}

TEST(replay_biodiversity_stays)
{
	check_floor(arena, 4);
}

TEST(replay_vtaiwan_stays)
{
	check_floor(arena, 5);
}

/* The measure can fail: the published method does. */
TEST(replay_of_the_published_method_does_not_stay)
{
	struct replay r = replay(arena, golden_groups[2], true);
	CHECK(r.mean < 0.8);
}
