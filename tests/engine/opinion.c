/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/opinion.h"

#include <math.h>
#include <string.h>

#include "engine/random.h"
#include "tests/test.h"

/* Made-up people: `camps` of them, each voting with its camp with the chance
 * `loyal` on the statements it sees; 0.5 is noise. */
struct crowd {
	ptrdiff_t people, statements;
	int camps;
	double seen, loyal;
};

static int
line_of(int camp, int statement)
{
	return (statement * 7 + camp * 5 + statement * camp) % 3 == 0 ? -1 : 1;
}

static struct ballots
ballots_of(struct arena *a, struct crowd c)
{
	struct random r = random_new(S("crowd"), S("test"));
	ptrdiff_t most = c.people * c.statements;
	struct ballots b = {arena_new(a, int32_t, most),
	    arena_new(a, int32_t, most), arena_new(a, int8_t, most), 0};
	for (ptrdiff_t at = 0; at < most; at++) {
		int32_t i = (int32_t)(at / c.statements);
		int32_t j = (int32_t)(at % c.statements);
		double with = random_unit(&r);
		if (random_unit(&r) >= c.seen)
			continue;
		int vote = line_of(i % c.camps, j);
		b.person[b.n] = i;
		b.statement[b.n] = j;
		b.vote[b.n++] = (int8_t)(with < c.loyal ? vote : -vote);
	}
	return b;
}

static struct votes
votes_of(struct arena *a, struct crowd c)
{
	struct ballots b = ballots_of(a, c);
	struct votes v;
	votes_build(a, &b, c.people, c.statements, &v);
	return v;
}

static const struct opinion_ask plain = {NULL, NULL, 0};

static double
agrees_with_camps(struct arena *a, const struct opinion *o, struct crowd c)
{
	int32_t *camp = arena_new(a, int32_t, c.people);
	for (ptrdiff_t i = 0; i < c.people; i++)
		camp[i] = (int32_t)(i % c.camps);
	return adjusted_rand(o->group, camp, c.people);
}

TEST(opinion_finds_the_camps_that_are_there)
{
	struct crowd two = {300, 40, 2, 0.5, 0.85},
		     three = {300, 40, 3, 0.5, 0.85};
	struct votes v = votes_of(arena, two), w = votes_of(arena, three);
	struct opinion o = opinion_of(arena, &v, &plain);
	CHECK_INT(o.k, 2);
	CHECK(agrees_with_camps(arena, &o, two) > 0.98);
	CHECK(o.stability[2] > 0.95);
	o = opinion_of(arena, &w, &plain);
	CHECK_INT(o.k, 3);
	CHECK(agrees_with_camps(arena, &o, three) > 0.98);
	CHECK(o.stability_low <= o.stability[3]);
	CHECK(o.stability_high >= o.stability[3]);
}

TEST(opinion_finds_no_groups_where_there_are_none)
{
	struct crowd noise = {150, 40, 2, 0.5, 0.5};
	struct votes v = votes_of(arena, noise);
	struct opinion o = opinion_of(arena, &v, &plain);
	CHECK_INT(o.k, 0);
	CHECK(o.reason == OPINION_UNSTABLE || o.reason == OPINION_CHANCE);
	struct crowd few = {9, 40, 2, 0.5, 0.9};
	v = votes_of(arena, few);
	o = opinion_of(arena, &v, &plain);
	CHECK_INT(o.reason, OPINION_FEW);
	struct crowd none = {0, 0, 1, 0, 0};
	v = votes_of(arena, none);
	CHECK_INT(opinion_of(arena, &v, &plain).k, 0);
}

TEST(opinion_asks_for_a_smallest_size)
{
	struct crowd c = {60, 40, 20, 0.7, 0.95};
	struct votes v = votes_of(arena, c);
	struct opinion_ask ask = {.smallest = 31};
	CHECK_INT(opinion_of(arena, &v, &ask).k, 0);
}

TEST(opinion_leaves_out_who_voted_little_and_what_is_rejected)
{
	struct crowd c = {100, 40, 2, 0.6, 0.9};
	struct votes v = votes_of(arena, c);
	bool out[40] = {false};
	for (int j = 0; j < 34; j++)
		out[j] = true; /* six are left: nobody reaches seven votes */
	struct opinion_ask ask = {.left_out = out};
	struct opinion o = opinion_of(arena, &v, &ask);
	CHECK_INT(o.n_in, 0);
	CHECK_INT(o.reason, OPINION_FEW);
	CHECK_INT(o.group[0], OPINION_OUT);
}

/* People under other numbers, and rows in another order. */
TEST(opinion_does_not_hang_on_the_order_of_people)
{
	struct crowd c = {200, 40, 2, 0.4, 0.7};
	struct votes v = votes_of(arena, c);
	struct opinion o = opinion_of(arena, &v, &plain);
	struct random r = random_new(S("order"), S("test"));
	ptrdiff_t order[200];
	int32_t list[200];
	random_order(&r, order, 200);
	for (int i = 0; i < 200; i++)
		list[i] = (int32_t)order[i];
	struct votes w = votes_some(arena, &v, list, 200);
	struct opinion p = opinion_of(arena, &w, &plain);
	int32_t back[200];
	for (int i = 0; i < 200; i++)
		back[list[i]] = p.group[i];
	CHECK_INT(p.k, o.k);
	CHECK(adjusted_rand(o.group, back, 200) == 1);
	CHECK(fabs(o.stability[2] - p.stability[2]) < 0.1);
}

TEST(opinion_of_everybody_twice_is_the_same_groups)
{
	struct crowd c = {120, 40, 2, 0.5, 0.8};
	struct votes v = votes_of(arena, c);
	int32_t twice[240];
	for (int i = 0; i < 240; i++)
		twice[i] = i % 120;
	struct votes w = votes_some(arena, &v, twice, 240);
	struct opinion o = opinion_of(arena, &v, &plain);
	struct opinion p = opinion_of(arena, &w, &plain);
	CHECK(adjusted_rand(o.group, p.group, 120) > 0.98);
	CHECK(adjusted_rand(p.group, p.group + 120, 120) == 1);
}

TEST(names_stay_with_the_people)
{
	struct crowd c = {200, 40, 2, 0.5, 0.85};
	struct votes v = votes_of(arena, c);
	struct opinion o = opinion_of(arena, &v, &plain);
	int32_t last[200];
	CHECK_INT(o.name[0], 0);
	for (int i = 0; i < 200; i++) /* they were called B and D */
		last[i] = o.group[i] == 0 ? 3 : o.group[i] == 1 ? 1 : -1;
	struct opinion_ask ask = {.last = last};
	struct opinion p = opinion_of(arena, &v, &ask);
	CHECK_INT(p.name[0], 1);
	CHECK_INT(p.name[1], 3);
	for (int i = 0; i < 200; i++) {
		if (p.group[i] >= 0)
			CHECK_INT(p.name[p.group[i]], last[i]);
	}
}

/* A vote more, from a warm start, is what all of it again would be. */
TEST(opinion_again_is_nearly_opinion_of_it_all)
{
	struct crowd c = {300, 40, 3, 0.5, 0.85};
	struct ballots b = ballots_of(arena, c), first = b;
	struct votes v, all;
	int32_t changed[300];
	bool is_new[300] = {false};
	ptrdiff_t n = 0;
	first.n = b.n * 97 / 100; /* the last people have hardly voted */
	struct ballots late = {b.person + first.n, b.statement + first.n,
	    b.vote + first.n, b.n - first.n};
	votes_build(arena, &first, 300, 40, &v);
	for (ptrdiff_t k = 0; k < late.n; k++) {
		if (!is_new[late.person[k]])
			changed[n++] = late.person[k];
		is_new[late.person[k]] = true;
	}
	struct opinion o = opinion_of(arena, &v, &plain);
	all = votes_more(arena, &v, &late);
	struct opinion warm = opinion_again(arena, &all, &o, changed, n);
	struct opinion cold = opinion_of(arena, &all, &plain);
	CHECK_INT(warm.n_in, cold.n_in);
	CHECK(warm.n_in > o.n_in);
	CHECK(adjusted_rand(warm.group, cold.group, 300) > 0.98);
	CHECK_INT(o.group[299], OPINION_OUT);
	CHECK(warm.group[299] != OPINION_OUT);
}
