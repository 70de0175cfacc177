/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/pairwise.c"

#include "engine/random.h"
#include "tests/test.h"

static void
check_near(double got, double want, double within)
{
	if (!(fabs(got - want) <= within))
		fail_msg("%.17g is not %.17g", got, want);
}

/* a over b twice, b over c once. */
static const int32_t winners[] = {0, 0, 1};
static const int32_t losers[] = {1, 1, 2};
static const struct pairwise three = {3, 3, winners, losers};

TEST(score_by_hand)
{
	struct rating r[3];
	CHECK_OK(pairwise_score(arena, &three, 0.95, r));
	check_near(r[0].value, 75, 1e-12); /* (2 + 1) / (2 + 0 + 2) */
	check_near(r[1].value, 40, 1e-12); /* (1 + 1) / (1 + 2 + 2) */
	check_near(r[2].value, 100.0 / 3, 1e-12);
	/* Beta(3, 1) is x^3, Beta(1, 2) is 1 - (1 - x)^2 */
	check_near(r[0].range.low, 100 * cbrt(0.025), 1e-9);
	check_near(r[0].range.high, 100 * cbrt(0.975), 1e-9);
	check_near(r[2].range.high, 100 * (1 - sqrt(0.025)), 1e-9);
	CHECK_INT(r[0].wins, 2);
	CHECK_INT(r[2].losses, 1);
	CHECK_INT(r[0].first, 1);
	CHECK_INT(r[0].last, 3);
}

/* Two ideas, w wins to l: the slope w - (w + l) s(2b) - b is 0 at b, as the
 * other is at -b. */
TEST(bradley_terry_of_two_solves_its_equation)
{
	int32_t w[9], l[9];
	struct rating r[2];
	double loglik;
	for (int i = 0; i < 9; i++) {
		w[i] = i < 7 ? 0 : 1;
		l[i] = 1 - w[i];
	}
	struct pairwise p = {2, 9, w, l};
	struct bt_options o = {1, 0.95};
	CHECK_OK(pairwise_bradley_terry(arena, &p, &o, r, &loglik));
	double b = r[0].value, chance = 1 / (1 + exp(-2 * b));
	check_near(7 - 9 * chance - b, 0, 1e-11);
	check_near(r[1].value, -b, 1e-12);
	check_near(loglik, 7 * log(chance) + 2 * log(1 - chance), 1e-12);
	/* Hessian [1 + h, -h; -h, 1 + h], h = 9 p (1 - p) */
	double h = 9 * chance * (1 - chance);
	check_near(r[0].error, sqrt((1 + h) / (1 + 2 * h)), 1e-12);
	/* without the level of both: 1 / (2 (1 + 2 h)) */
	check_near(r[0].range.high - b,
	    1.959963984540054 * sqrt(0.5 / (1 + 2 * h)), 1e-12);
}

TEST(places_are_what_the_intervals_leave)
{
	struct rating r[4] = {{.range = {5, 6}}, {.range = {1, 4}},
	    {.range = {3, 4.5}}, {.range = {0, 0.5}}};
	rank_range(arena, r, 4);
	static const int first[] = {1, 2, 2, 4}, last[] = {1, 3, 3, 4};
	for (int i = 0; i < 4; i++) {
		CHECK_INT(r[i].first, first[i]);
		CHECK_INT(r[i].last, last[i]);
	}
	r[3].range.high = 1; /* touching is not apart */
	rank_range(arena, r, 4);
	CHECK_INT(r[3].first, 3);
	CHECK_INT(r[1].last, 4);
}

TEST(votes_in_another_order_give_the_same_bits)
{
	enum { ITEMS = 12, VOTES = 60 };
	struct random chance = random_new(S("order"), S("test"));
	int32_t w[VOTES], l[VOTES], w2[VOTES], l2[VOTES];
	for (int v = 0; v < VOTES; v++) {
		w[v] = (int32_t)random_below(&chance, ITEMS);
		l[v] =
		    (int32_t)((w[v] + 1 +
				  (int32_t)random_below(&chance, ITEMS - 1)) %
			ITEMS);
		w2[VOTES - 1 - v] = w[v];
		l2[VOTES - 1 - v] = l[v];
	}
	struct pairwise p = {ITEMS, VOTES, w, l}, q = {ITEMS, VOTES, w2, l2};
	struct bt_options o = {1, 0.95};
	struct rating x[ITEMS], y[ITEMS];
	double px, py, sum = 0;
	CHECK_OK(pairwise_bradley_terry(arena, &p, &o, x, &px));
	CHECK_OK(pairwise_bradley_terry(arena, &q, &o, y, &py));
	CHECK(px == py);
	for (int i = 0; i < ITEMS; i++) {
		CHECK(x[i].value == y[i].value && x[i].error == y[i].error);
		CHECK(x[i].first <= x[i].last);
		sum += x[i].value;
	}
	check_near(sum, 0, 1e-10);
}

TEST(parts_that_were_never_set_against_each_other)
{
	static const int32_t w[] = {0, 2, 3}, l[] = {1, 3, 2};
	struct pairwise p = {5, 3, w, l};
	ptrdiff_t parts;
	CHECK_OK(pairwise_parts(arena, &p, &parts));
	CHECK_INT(parts, 3);
	p.n_votes = 1;
	CHECK_OK(pairwise_parts(arena, &p, &parts));
	CHECK_INT(parts, 4);
}

TEST(choices_out_of_range_are_refused)
{
	static const int32_t self[] = {1}, far[] = {3};
	struct pairwise p = {3, 1, self, self};
	struct rating r[3];
	double loglik;
	CHECK_INT(pairwise_score(arena, &p, 0.95, r), ERR_INVALID);
	p.winner = far;
	CHECK_INT(pairwise_score(arena, &p, 0.95, r), ERR_INVALID);
	CHECK_INT(pairwise_bradley_terry(
		      arena, &three, &(struct bt_options){0, 0.95}, r, &loglik),
	    ERR_INVALID);
	struct pairwise many = {PAIRWISE_ITEMS + 1, 3, winners, losers};
	CHECK_INT(pairwise_bradley_terry(
		      arena, &many, &(struct bt_options){1, 0.95}, r, &loglik),
	    ERR_TOO_LARGE);
}
