/* SPDX-License-Identifier: MPL-2.0 */

/* Equal shares and Phragmén, by hand and against both rules written down once
 * more in fractions, without any care for speed. */
#include <gmp.h>
#include <math.h>

#include "base/buf.h"
#include "engine/equal_shares.h"
#include "engine/phragmen.h"
#include "tests/engine/elections.h"

enum { VOTERS = 8 * 3, PROJECTS = 6, RANDOM_ELECTIONS = 1500 };

static struct outcome
shares(struct arena *a, const struct election *e, enum utility utility,
    enum completion completion)
{
	struct shares_options o = {
	    .utility = utility, .completion = completion};
	struct outcome out;
	CHECK_OK(equal_shares(a, e, &o, &out));
	return out;
}

/* ---- by hand ----
 *
 * Four voters, 40 to spend, so 10 each.  A (20) has three of them, B (12) two,
 * C (12) two.  Effective votes: A 20 / (20/3) = 3; B and C 12 / 6 = 2.  A costs
 * its voters 6.67 each and leaves 3.33.  B's voters are 1 and 3: 3.33 + 10 is
 * enough, at 8.67 for voter 3.  C's are 0 and 2 and have 6.67. */
static const int64_t hand_cost[] = {20, 12, 12};
static const int32_t hand_votes[] = {
    1, 0, 1, /* voter 0 */
    1, 1, 0, /* voter 1 */
    1, 0, 1, /* voter 2 */
    0, 1, 0, /* voter 3 */
};

TEST(equal_shares_by_hand)
{
	struct election e =
	    election_of(arena, 40, hand_cost, 3, hand_votes, 4, false);
	struct outcome out = shares(arena, &e, UTILITY_COST, COMPLETION_NONE);
	CHECK_STR(chosen(arena, &out), S("0 1"));
	CHECK_INT(out.cost, 32);
	CHECK(fabs(out.choice[0].price - 20.0 / 3) < 1e-12);
	CHECK(fabs(out.choice[1].price - 26.0 / 3) < 1e-12);
	CHECK(fabs(out.money[2] - 20.0 / 3) < 1e-12);
	CHECK(out.endowment == 10);
	/* Fill: 8 are left, C costs 12. */
	out = shares(arena, &e, UTILITY_COST, COMPLETION_FILL);
	CHECK_INT(out.n, 2);
	CHECK_INT(out.passed[2], 8);
}

/* With 44 to spend C is bought when each has 12.67, so at 13: too dear.  The
 * last that is not is 12. */
TEST(add1_ends_before_the_first_that_costs_more)
{
	struct election e =
	    election_of(arena, 43, hand_cost, 3, hand_votes, 4, false);
	struct outcome out = shares(arena, &e, UTILITY_COST, COMPLETION_ADD1);
	CHECK_STR(chosen(arena, &out), S("0 1"));
	CHECK(out.endowment == 12);
	e.budget = 44; /* all fit: nothing is raised, all is taken */
	out = shares(arena, &e, UTILITY_COST, COMPLETION_ADD1);
	CHECK_INT(out.n, 3);
	CHECK_INT(out.runs, 1);
}

TEST(add1_may_be_stopped_and_has_an_end)
{
	static const int64_t cost[] = {4000000, 5000000};
	static const int32_t votes[] = {1, 0, 0, 1};
	struct election e =
	    election_of(arena, 4999999, cost, 2, votes, 2, false);
	struct shares_options o = {.completion = COMPLETION_ADD1};
	struct outcome out;
	o.step = 1000000;
	CHECK_OK(equal_shares(arena, &e, &o, &out));
	CHECK_STR(chosen(arena, &out), S("0"));
	o.step = -1;
	CHECK_INT(equal_shares(arena, &e, &o, &out), ERR_INVALID);
	e.budget = 3999999; /* neither can be paid until 4,000,000 each */
	o.step = 1;
	CHECK_INT(equal_shares(arena, &e, &o, &out), ERR_TOO_LARGE);
}

/* Lets so many choices pass. */
static bool
so_many(void *arg, const char *step, int64_t done, int64_t whole)
{
	(void)step, (void)done, (void)whole;
	return --*(int *)arg >= 0;
}

TEST(the_rules_ask_whether_to_go_on)
{
	struct election e =
	    election_of(arena, 43, hand_cost, 3, hand_votes, 4, false);
	int left = 100;
	struct watch watch = {&left, so_many};
	struct shares_options o = {
	    .completion = COMPLETION_ADD1, .watch = &watch};
	struct outcome out;
	CHECK_OK(equal_shares(arena, &e, &o, &out));
	int asked = 100 - left;
	for (int stop = 0; stop < asked; stop++) {
		left = stop;
		CHECK_INT(equal_shares(arena, &e, &o, &out), ERR_UNAVAIL);
	}
	left = 2; /* before A, which stops the rule */
	CHECK_INT(phragmen(arena, &e, &watch, &out), ERR_UNAVAIL);
	left = 3;
	CHECK_OK(phragmen(arena, &e, &watch, &out));
}

/* At 6 the voters of B and those of C have 12, before those of A, at 6.67, have
 * 20.  A then waits for 38 / 3 = 12.67, and costs more than the 19 left. */
TEST(phragmen_by_hand)
{
	struct election e =
	    election_of(arena, 43, hand_cost, 3, hand_votes, 4, false);
	struct outcome out;
	CHECK_OK(phragmen(arena, &e, NULL, &out));
	CHECK_STR(chosen(arena, &out), S("1 2"));
	CHECK(out.choice[0].price == 6 && out.choice[1].price == 6);
	CHECK_INT(out.stopped_by, 0);
	CHECK_INT(out.passed[0], 19);
	CHECK(fabs(out.money[0] - 20) < 1e-12);
	CHECK_INT(out.choice[0].tie, TIE_LOT);
	CHECK_INT(out.choice[0].tied[0], 2);
}

/* ---- twins ---- */

/* `m` projects that two voters want, and one that only the first wants. */
static struct election
election_of_twins(struct arena *a, ptrdiff_t m)
{
	int64_t *cost = arena_new(a, int64_t, m + 1);
	int32_t *votes = arena_new(a, int32_t, 2 * (m + 1));
	int32_t *lot = arena_new(a, int32_t, m + 1);
	for (ptrdiff_t c = 0; c <= m; c++) {
		cost[c] = c < m ? 2 : 1;
		votes[c] = 1;
		votes[m + 1 + c] = c < m;
		lot[c] = (int32_t)(m - c);
	}
	struct election e = election_of(a, m, cost, m + 1, votes, 2, false);
	e.lot = lot;
	return e;
}

/* The last has the first lot.  Each tie names those that are left, 100 at most;
 * no two are compared in whole numbers, only whether the last can be paid. */
static void
check_twins(const struct outcome *out, ptrdiff_t m, ptrdiff_t n)
{
	CHECK_INT(out->n, n);
	CHECK(out->exact < 2 * n);
	for (ptrdiff_t i = 0; i < n - 1; i++) {
		ptrdiff_t others = m - 1 - i;
		const struct purchase *choice = &out->choice[i];
		CHECK_INT(choice->project, m - 1 - i);
		CHECK_INT(choice->tie, TIE_LOT);
		CHECK_INT(choice->n_tied, others < 100 ? others : 100);
		CHECK_INT(choice->tied[0], m - 2 - i);
	}
}

TEST(twins_are_bought_by_lot_and_compared_once)
{
	enum { MANY = 1000 };
	struct election e = election_of_twins(arena, MANY);
	struct outcome out = shares(arena, &e, UTILITY_COST, COMPLETION_NONE);
	check_twins(&out, MANY, MANY / 2);
	CHECK(!out.chosen[MANY]);
	CHECK_OK(phragmen(arena, &e, NULL, &out));
	CHECK_INT(out.choice[0].project, MANY); /* level, and cheaper */
	CHECK_INT(out.choice[0].tie, TIE_COST);
	CHECK_INT(out.choice[1].tie, TIE_LOT);
	CHECK_INT(out.choice[1].project, MANY - 1);
	CHECK(out.exact < 4 * MANY);
}

TEST(twins_have_the_same_points_too)
{
	static const int64_t cost[] = {4, 4};
	static const int32_t points[] = {1, 2};
	struct election e = election_of(arena, 4, cost, 2, points, 1, true);
	struct outcome out = shares(arena, &e, UTILITY_COST, COMPLETION_NONE);
	CHECK_STR(chosen(arena, &out), S("1"));
}

/* ---- in fractions ---- */

struct naive {
	const struct election *e;
	enum utility utility;
	mpq_t money[VOTERS];
	int64_t score[PROJECTS];
	bool in[PROJECTS];
};

static int32_t
points_of(const struct election *e, ptrdiff_t k)
{
	return e->points == NULL ? 1 : e->points[k];
}

/* The sum of min(money, price * points), into `total`. */
static void
paid_at(const struct naive *x, ptrdiff_t c, mpq_t price, mpq_t total)
{
	mpq_t due;
	mpq_init(due);
	mpq_set_si(total, 0, 1);
	for (ptrdiff_t k = x->e->first[c]; k < x->e->first[c + 1]; k++) {
		const mpq_t *money = &x->money[x->e->voter[k]];
		mpq_set_si(due, points_of(x->e, k), 1);
		mpq_mul(due, due, price);
		mpq_add(total, total, mpq_cmp(due, *money) < 0 ? due : *money);
	}
	mpq_clear(due);
}

/* The price is where the sum of what is paid bends, or on the line behind the
 * last bend that is not enough: all bends are tried. */
static bool
price_of(const struct naive *x, ptrdiff_t c, mpq_t price)
{
	const struct election *e = x->e;
	mpq_t bend, low, weight, x1;
	bool can = false;
	mpq_inits(bend, low, weight, x1, NULL);
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
		mpq_set_si(x1, points_of(e, k), 1);
		mpq_div(bend, x->money[e->voter[k]], x1);
		paid_at(x, c, bend, x1);
		if (mpq_cmp_si(x1, e->cost[c], 1) >= 0)
			can = true;
		else if (mpq_cmp(bend, low) > 0)
			mpq_set(low, bend);
	}
	/* from `low` on those with more money pay by their points */
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
		mpq_set_si(x1, points_of(e, k), 1);
		mpq_div(bend, x->money[e->voter[k]], x1);
		if (mpq_cmp(bend, low) > 0)
			mpq_add(weight, weight, x1);
	}
	if (can) {
		paid_at(x, c, low, x1);
		mpq_set_si(price, e->cost[c], 1);
		mpq_sub(price, price, x1);
		mpq_div(price, price, weight);
		mpq_add(price, price, low);
	}
	mpq_clears(bend, low, weight, x1, NULL);
	return can;
}

static bool
tie_before(const struct naive *x, ptrdiff_t a, ptrdiff_t b)
{
	if (x->e->cost[a] != x->e->cost[b])
		return x->e->cost[a] < x->e->cost[b];
	if (x->score[a] != x->score[b])
		return x->score[a] > x->score[b];
	return x->e->lot[a] < x->e->lot[b];
}

/* The next project and its price; -1: none. */
static ptrdiff_t
naive_next(const struct naive *x, mpq_t price)
{
	ptrdiff_t best = -1;
	mpq_t one, key, top;
	mpq_inits(one, key, top, NULL);
	for (ptrdiff_t c = 0; c < x->e->n_projects; c++) {
		if (x->in[c] || x->e->cost[c] == 0 || !price_of(x, c, one))
			continue;
		mpq_set_si(
		    key, x->utility == UTILITY_COST ? x->e->cost[c] : 1, 1);
		mpq_div(key, key, one);
		int sign = best < 0 ? 1 : mpq_cmp(key, top);
		if (sign > 0 || (sign == 0 && tie_before(x, c, best))) {
			best = c;
			mpq_set(top, key);
			mpq_set(price, one);
		}
	}
	mpq_clears(one, key, top, NULL);
	return best;
}

static void
naive_pay(struct naive *x, ptrdiff_t c, mpq_t price)
{
	mpq_t due;
	mpq_init(due);
	for (ptrdiff_t k = x->e->first[c]; k < x->e->first[c + 1]; k++) {
		mpq_t *money = &x->money[x->e->voter[k]];
		mpq_set_si(due, points_of(x->e, k), 1);
		mpq_mul(due, due, price);
		if (mpq_cmp(due, *money) > 0)
			mpq_set(due, *money);
		mpq_sub(*money, *money, due);
	}
	mpq_clear(due);
}

static struct str
naive_at(struct arena *a, const struct election *e, enum utility utility,
    int64_t share, int64_t among)
{
	struct naive x = {.e = e, .utility = utility};
	struct buf b = buf_new(a, 4096);
	mpq_t price;
	ptrdiff_t c;
	mpq_init(price);
	election_scores(e, x.score);
	for (ptrdiff_t v = 0; v < e->n_voters; v++) {
		mpq_init(x.money[v]);
		mpq_set_si(x.money[v], share, (unsigned long)among);
		mpq_canonicalize(x.money[v]);
	}
	while ((c = naive_next(&x, price)) >= 0) {
		naive_pay(&x, c, price);
		x.in[c] = true;
		buf_fmt(&b, b.n == 0 ? "%td" : " %td", c);
	}
	for (ptrdiff_t v = 0; v < e->n_voters; v++)
		mpq_clear(x.money[v]);
	mpq_clear(price);
	return buf_str(&b);
}

static struct str
naive_shares(struct arena *a, const struct election *e, enum utility utility)
{
	return naive_at(a, e, utility, e->budget, e->n_voters);
}

static int64_t
cost_of(const struct election *e, struct str list)
{
	int64_t cost = 0, c;
	while (list.n > 0) {
		CHECK(str_int(str_cut(&list, ' '), &c));
		cost += e->cost[c];
	}
	return cost;
}

/* One more each, for as long as it costs no more than there is; 200 are more
 * than any of these elections needs. */
static struct str
naive_add1(struct arena *a, const struct election *e, enum utility utility)
{
	int64_t share = e->budget / e->n_voters;
	struct str kept = naive_at(a, e, utility, share, 1);
	for (int i = 0; i < 200; i++) {
		struct str next = naive_at(a, e, utility, ++share, 1);
		if (cost_of(e, next) > e->budget)
			break;
		kept = next;
	}
	return kept;
}

TEST(add1_is_the_rule_in_fractions)
{
	int64_t raised = 0;
	for (int i = 0; i < RANDOM_ELECTIONS / 5; i++) {
		enum utility u = i % 2 == 0 ? UTILITY_COST : UTILITY_VOTES;
		struct election e = election_random(
		    arena, str_fmt(arena, "add1 %d", i), i % 4 < 2);
		int64_t all = 0;
		for (ptrdiff_t c = 0; c < e.n_projects; c++)
			all += e.cost[c];
		if (all <= e.budget)
			continue; /* nothing is raised, and all is taken */
		struct outcome out = shares(arena, &e, u, COMPLETION_ADD1);
		CHECK_STR(chosen(arena, &out), naive_add1(arena, &e, u));
		raised += out.runs > 2;
	}
	CHECK(raised > 50);
}

TEST(equal_shares_is_the_rule_in_fractions)
{
	int64_t exact = 0, ties = 0;
	for (int i = 0; i < RANDOM_ELECTIONS; i++) {
		enum utility u = i % 2 == 0 ? UTILITY_COST : UTILITY_VOTES;
		struct election e =
		    election_random(arena, str_fmt(arena, "%d", i), i % 4 < 2);
		struct outcome out = shares(arena, &e, u, COMPLETION_NONE);
		CHECK_STR(chosen(arena, &out), naive_shares(arena, &e, u));
		exact += out.exact;
		CHECK_INT(out.undecided, 0);
		for (ptrdiff_t k = 0; k < out.n; k++)
			ties += out.choice[k].tie != TIE_NONE;
	}
	CHECK(exact > 100 && ties > 100); /* or nothing was tried */
}

/* ---- Phragmén in fractions ---- */

static struct str
naive_phragmen(struct arena *a, const struct election *e)
{
	struct naive x = {.e = e}; /* money is the load */
	struct buf b = buf_new(a, 4096);
	int64_t left = e->budget;
	mpq_t time, first, count;
	mpq_inits(time, first, count, NULL);
	for (ptrdiff_t v = 0; v < e->n_voters; v++)
		mpq_init(x.money[v]);
	for (ptrdiff_t c = 0; c < e->n_projects; c++)
		x.score[c] = e->first[c + 1] - e->first[c];
	for (;;) {
		ptrdiff_t best = -1;
		for (ptrdiff_t c = 0; c < e->n_projects; c++) {
			if (x.in[c] || x.score[c] == 0 ||
			    e->cost[c] > e->budget)
				continue;
			mpq_set_si(time, e->cost[c], 1);
			for (ptrdiff_t k = e->first[c]; k < e->first[c + 1];
			     k++)
				mpq_add(time, time, x.money[e->voter[k]]);
			mpq_set_si(count, x.score[c], 1);
			mpq_div(time, time, count);
			int sign = best < 0 ? -1 : mpq_cmp(time, first);
			if (sign < 0 ||
			    (sign == 0 && tie_before(&x, c, best))) {
				best = c;
				mpq_set(first, time);
			}
		}
		if (best < 0 || e->cost[best] > left)
			break;
		left -= e->cost[best];
		x.in[best] = true;
		for (ptrdiff_t k = e->first[best]; k < e->first[best + 1]; k++)
			mpq_set(x.money[e->voter[k]], first);
		buf_fmt(&b, b.n == 0 ? "%td" : " %td", best);
	}
	for (ptrdiff_t v = 0; v < e->n_voters; v++)
		mpq_clear(x.money[v]);
	mpq_clears(time, first, count, NULL);
	return buf_str(&b);
}

TEST(phragmen_is_the_rule_in_fractions)
{
	int64_t exact = 0;
	for (int i = 0; i < RANDOM_ELECTIONS; i++) {
		struct election e =
		    election_random(arena, str_fmt(arena, "p%d", i), false);
		struct outcome out;
		CHECK_OK(phragmen(arena, &e, NULL, &out));
		CHECK_STR(chosen(arena, &out), naive_phragmen(arena, &e));
		exact += out.exact;
	}
	CHECK(exact > 100);
}

/* ---- properties ---- */

TEST(shares_do_not_ask_who_voted_in_which_order)
{
	for (int i = 0; i < 300; i++) {
		struct str seed = str_fmt(arena, "o%d", i);
		struct election e = election_random(arena, seed, i % 2 == 0);
		struct election other = election_turned(arena, &e);
		struct election more = election_times(arena, &e, 3);
		struct outcome x, y, z;
		x = shares(arena, &e, UTILITY_COST, COMPLETION_FILL);
		y = shares(arena, &other, UTILITY_COST, COMPLETION_FILL);
		z = shares(arena, &more, UTILITY_COST, COMPLETION_FILL);
		CHECK_STR(chosen(arena, &y), chosen(arena, &x));
		CHECK_STR(chosen(arena, &z), chosen(arena, &x));
		CHECK(x.cost <= e.budget);
		CHECK_OK(phragmen(arena, &e, NULL, &x));
		CHECK_OK(phragmen(arena, &other, NULL, &y));
		CHECK_OK(phragmen(arena, &more, NULL, &z));
		CHECK_STR(chosen(arena, &y), chosen(arena, &x));
		CHECK_STR(chosen(arena, &z), chosen(arena, &x));
	}
}

/* Öre for kroner changes nothing; raised by öre the endowment only gets nearer
 * to the limit. */
TEST(the_unit_changes_nothing)
{
	for (int i = 0; i < 100; i++) {
		struct election e =
		    election_random(arena, str_fmt(arena, "u%d", i), false);
		struct election fine = e;
		int64_t *cost = arena_new(arena, int64_t, e.n_projects);
		for (ptrdiff_t c = 0; c < e.n_projects; c++)
			cost[c] = 100 * e.cost[c];
		fine.cost = cost;
		fine.unit = 100;
		fine.budget = 100 * e.budget;
		struct outcome x, y;
		x = shares(arena, &e, UTILITY_COST, COMPLETION_ADD1_FILL);
		y = shares(arena, &fine, UTILITY_COST, COMPLETION_ADD1_FILL);
		CHECK_STR(chosen(arena, &y), chosen(arena, &x));
		CHECK(y.endowment == 100 * x.endowment);
	}
}

TEST(an_empty_election_has_an_empty_result)
{
	struct election e = election_of(arena, 10, (const int64_t[1]){0}, 0,
	    (const int32_t[1]){0}, 0, false);
	struct outcome out =
	    shares(arena, &e, UTILITY_COST, COMPLETION_ADD1_FILL);
	CHECK_INT(out.n, 0);
	CHECK_OK(phragmen(arena, &e, NULL, &out));
	CHECK_INT(out.n, 0);
}
