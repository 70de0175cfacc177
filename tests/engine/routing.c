/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/routing.h"

#include <math.h>

#include "base/buf.h"
#include "engine/represent.h"
#include "tests/test.h"

enum { DRAWS = 20000 };

/* Many are for it; most pass; new; about the dialogue itself; left out. */
static const struct tally four[] = {
    {40, 3, 2}, {5, 5, 40}, {0, 0, 0}, {10, 10, 10}, {40, 3, 2}};
static const bool meta[] = {false, false, false, true, false};
static const bool left_out[] = {false, false, false, false, true};
static const struct routing some = {5, four, NULL, meta, left_out};

static void
count_draws(struct arena *arena, const struct routing *r, int *count)
{
	bool seen[5] = {false};
	for (int i = 0; i < 5; i++)
		count[i] = 0;
	for (int i = 0; i < DRAWS; i++)
		count[routing_next(r, seen, str_fmt(arena, "person %d", i))]++;
}

/* How many standard deviations `count` lies from the share `p` of the draws. */
static double
off(int count, double p)
{
	return fabs(count - DRAWS * p) / sqrt(DRAWS * p * (1 - p));
}

/* The rule that was broken for 16 months elsewhere while every test compared
 * one implementation with another: all priorities were 49.  So the draws are
 * compared with what the formula gives by hand, and with what that fault would
 * give. */
TEST(routing_draws_by_priority)
{
	int count[5];
	double want[5], sum = 0;
	count_draws(arena, &some, count);
	/* [(1 - p) a (1 + 8 * 2^(-S/5))]^2 */
	want[0] =
	    pow((1 - 3.0 / 47) * (41.0 / 47) * (1 + 8 * exp2(-45.0 / 5)), 2);
	want[1] =
	    pow((1 - 41.0 / 52) * (6.0 / 52) * (1 + 8 * exp2(-50.0 / 5)), 2);
	want[2] = pow(0.5 * 0.5 * 9, 2);
	want[3] = 49;
	for (int j = 0; j < 4; j++)
		sum += want[j];
	for (int j = 0; j < 4; j++)
		CHECK(off(count[j], want[j] / sum) < 4.5);
	CHECK_INT(count[4], 0);
	CHECK(off(count[0], 0.25) > 20);
	CHECK(off(count[3], 0.25) > 20);
}

TEST(routing_is_the_same_for_the_same_seed)
{
	bool seen[5] = {false};
	ptrdiff_t first = routing_next(&some, seen, S("Karen"));
	CHECK_INT(routing_next(&some, seen, S("Karen")), first);
	for (int n = 0; n < 4; n++) {
		ptrdiff_t j = routing_next(&some, seen, S("Karen"));
		CHECK(j >= 0 && j < 4 && !seen[j]);
		seen[j] = true;
	}
	CHECK_INT(routing_next(&some, seen, S("Karen")), -1);
}

TEST(routing_gives_every_third_to_what_few_have_seen)
{
	static const struct tally votes[] = {
	    {50, 0, 0}, {50, 0, 0}, {50, 0, 0}, {0, 1, 6}, {1, 0, 6}};
	struct routing r = {5, votes, NULL, NULL, NULL};
	bool seen[5] = {true, true};
	int count[5] = {0};
	CHECK(!routing_is_fair_turn(0) && !routing_is_fair_turn(1));
	CHECK(routing_is_fair_turn(2) && routing_is_fair_turn(5));
	for (int i = 0; i < 400; i++)
		count[routing_next(&r, seen, str_fmt(arena, "%d", i))]++;
	CHECK_INT(count[2], 0);
	CHECK_INT(count[3] + count[4], 400);
	CHECK(count[3] > 150 && count[4] > 150);
}

enum { PEOPLE = 300, STATEMENTS = 60, EACH = 12 };

/* Everybody answers 12 of 60, of which half are passed on by everybody;
 * `fair`: by the rule, else by priority alone.  How many votes the one with the
 * fewest has. */
static int
least_votes(struct arena *arena, bool fair)
{
	struct tally all[STATEMENTS] = {0};
	struct routing r = {STATEMENTS, all, NULL, NULL, NULL};
	for (int i = 0; i < PEOPLE; i++) {
		bool seen[STATEMENTS] = {false};
		for (int n = 0; n < EACH; n++) {
			struct str seed = str_fmt(arena, "%d", i);
			bool all_but[STATEMENTS];
			ptrdiff_t j = routing_next(&r, seen, seed);
			if (!fair && routing_is_fair_turn(n)) {
				/* one more is seen, so the turn is another */
				for (int k = 0; k < STATEMENTS; k++)
					all_but[k] = seen[k];
				all_but[j] = true;
				j = routing_next(&r, all_but, seed);
			}
			seen[j] = true;
			tally_add(&all[j],
			    j % 2 == 0	     ? VOTE_PASS
				: i % 2 == 0 ? 1
					     : -1);
		}
	}
	int least = PEOPLE;
	for (int j = 0; j < STATEMENTS; j++)
		least = tally_seen(all[j]) < least ? tally_seen(all[j]) : least;
	return least;
}

/* 3,600 votes, 60 each on average: a third of the turns are fair, so that no
 * statement is left far below its share of those. */
TEST(routing_leaves_no_statement_behind)
{
	int fair = least_votes(arena, true), alone = least_votes(arena, false);
	CHECK(fair >= PEOPLE * EACH / STATEMENTS / 3);
	CHECK(alone < fair);
}
