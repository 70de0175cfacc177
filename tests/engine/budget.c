/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/budget.c"

#include "base/buf.h"
#include "tests/engine/elections.h"

/* Votes 3, 3, 2, 1, 0; the first two are level, the second is cheaper. */
static const int64_t prices[] = {40, 30, 50, 10, 5};
static const int32_t votes[] = {
    1, 1, 1, 0, 0, /* voter 0 */
    1, 1, 1, 0, 0, /* voter 1 */
    1, 1, 0, 1, 0, /* voter 2 */
};

static struct outcome
greedy(
    struct arena *a, const struct election *e, enum utility utility, bool stop)
{
	struct greedy_options o = {utility, stop};
	struct outcome out;
	CHECK_OK(budget_greedy(a, e, &o, &out));
	return out;
}

TEST(greedy_takes_what_still_fits)
{
	struct election e = election_of(arena, 100, prices, 5, votes, 3, false);
	struct outcome out = greedy(arena, &e, UTILITY_COST, false);
	CHECK_STR(chosen(arena, &out), S("1 0 3 4"));
	CHECK_INT(out.cost, 85);
	CHECK_INT(out.choice[0].tie, TIE_COST);
	CHECK_INT(out.choice[0].n_tied, 1);
	CHECK_INT(out.choice[0].tied[0], 0);
	CHECK_INT(out.choice[1].tie, TIE_NONE);
	CHECK_INT(out.choice[2].left, 30);
	CHECK_INT(out.passed[2], 30); /* it costs 50 */
	CHECK_INT(out.passed[0], -1);
}

TEST(greedy_without_skipping_ends_at_the_first_too_dear)
{
	struct election e = election_of(arena, 100, prices, 5, votes, 3, false);
	struct outcome out = greedy(arena, &e, UTILITY_COST, true);
	CHECK_STR(chosen(arena, &out), S("1 0"));
	CHECK_INT(out.stopped_by, 2);
}

/* 3/40, 3/30, 2/50, 1/10, 0/5: the second and the fourth are level exactly. */
TEST(greedy_by_votes_for_the_price)
{
	struct election e = election_of(arena, 100, prices, 5, votes, 3, false);
	struct outcome out = greedy(arena, &e, UTILITY_VOTES, false);
	CHECK_STR(chosen(arena, &out), S("3 1 0 4"));
	CHECK_INT(out.choice[0].tie, TIE_COST);
}

TEST(a_lot_decides_when_price_and_votes_are_equal)
{
	static const int64_t cost[] = {10, 10, 10};
	static const int32_t each[] = {1, 1, 1};
	static int32_t turned[] = {2, 0, 1};
	struct election e = election_of(arena, 10, cost, 3, each, 1, false);
	struct outcome out = greedy(arena, &e, UTILITY_COST, false);
	CHECK_STR(chosen(arena, &out), S("0"));
	CHECK_INT(out.choice[0].tie, TIE_LOT);
	CHECK_INT(out.choice[0].n_tied, 2);
	e.lot = turned;
	out = greedy(arena, &e, UTILITY_COST, false);
	CHECK_STR(chosen(arena, &out), S("1"));
}

TEST(lots_come_from_the_seed)
{
	int32_t x[6], y[6], z[6];
	bool same = true;
	int seen = 0;
	budget_lots(arena, S("a"), x, 6);
	budget_lots(arena, S("a"), y, 6);
	budget_lots(arena, S("b"), z, 6);
	for (int i = 0; i < 6; i++) {
		CHECK_INT(x[i], y[i]);
		same = same && x[i] == z[i];
		seen |= 1 << x[i];
	}
	CHECK(!same);
	CHECK_INT(seen, 63);
}

TEST(fractions_are_compared_exactly)
{
	int64_t large = BUDGET_MOST;
	CHECK_INT(compare_fractions(1, 3, 2, 6), 0);
	CHECK_INT(compare_fractions(0, 3, 0, 5), 0);
	CHECK_INT(compare_fractions(0, 3, 1, 5), -1);
	/* doubles give 1 for both */
	CHECK((double)(large - 1) / (double)large ==
	    (double)(large - 2) / (double)(large - 1));
	CHECK_INT(compare_fractions(large - 1, large, large - 2, large - 1), 1);
	for (int64_t a = 0; a < 7; a++) {
		for (int64_t k = 0; k < 7 * 6 * 6; k++) {
			int64_t b = 1 + k % 6, c = k / 36, d = 1 + k / 6 % 6;
			int64_t want = a * d - c * b;
			CHECK_INT(compare_fractions(a, b, c, d),
			    (want > 0) - (want < 0));
		}
	}
}

TEST(an_election_out_of_range_is_refused)
{
	struct election e = election_of(arena, 100, prices, 5, votes, 3, false);
	CHECK_OK(election_check(&e));
	struct election bad = e;
	bad.budget = -1;
	CHECK_INT(election_check(&bad), ERR_INVALID);
	bad = e;
	bad.n_voters = 2;
	CHECK_INT(election_check(&bad), ERR_INVALID);
	static const int32_t twice[] = {0, 0, 2, 0, 1, 2, 0, 1, 2};
	bad = e;
	bad.voter = twice;
	CHECK_INT(election_check(&bad), ERR_INVALID);
	static const int64_t dear[] = {BUDGET_MOST, 1, 1, 1, 1};
	bad = e;
	bad.cost = dear;
	CHECK_INT(election_check(&bad), ERR_INVALID);
	struct outcome out;
	CHECK_INT(budget_greedy(arena, &bad, &(struct greedy_options){0}, &out),
	    ERR_INVALID);
}

TEST(greedy_does_not_ask_who_voted_in_which_order)
{
	for (int i = 0; i < 200; i++) {
		struct str seed = str_fmt(arena, "%d", i);
		struct election e = election_random(arena, seed, i % 2 == 0);
		struct election other = election_turned(arena, &e);
		struct election more = election_times(arena, &e, 3);
		struct outcome x = greedy(arena, &e, UTILITY_COST, false);
		struct outcome y = greedy(arena, &other, UTILITY_COST, false);
		struct outcome z = greedy(arena, &more, UTILITY_COST, false);
		CHECK_STR(chosen(arena, &y), chosen(arena, &x));
		CHECK_STR(chosen(arena, &z), chosen(arena, &x));
		CHECK(x.cost <= e.budget);
	}
}

/* Ten thousand that all are level take room for ten thousand, not for their
 * pairs. */
TEST(many_ties_take_little_room)
{
	enum { MANY = 10000 };
	int64_t *cost = arena_new(arena, int64_t, MANY);
	int32_t *vote = arena_new(arena, int32_t, MANY);
	for (int c = 0; c < MANY; c++)
		cost[c] = vote[c] = 1;
	struct election e =
	    election_of(arena, MANY, cost, MANY, vote, 1, false);
	ptrdiff_t before = arena_used(arena);
	struct outcome out = greedy(arena, &e, UTILITY_COST, false);
	CHECK_INT(out.n, MANY);
	CHECK_MAX(arena_used(arena) - before, (ptrdiff_t)MANY * 300);
}
