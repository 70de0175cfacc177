/* SPDX-License-Identifier: MPL-2.0 */

/* What came of a round, side by side. */
#include "report/ranking.h"

#include <math.h>

#include "report/turnout.h"
#include "tests/test.h"

enum { OPTIONS = 3 };

static struct round
make_round(struct arena *a, enum round_method method)
{
	struct round r = {.method = method,
	    .n_options = OPTIONS,
	    .points = 10,
	    .state = ROUND_CLOSED,
	    .record = {.kind = KIND_ROUND, .id_text = S("x")}};
	r.option = arena_new(a, struct round_option, OPTIONS);
	for (int i = 0; i < OPTIONS; i++)
		r.option[i] = (struct round_option){.number = i + 1,
		    .title = str_sub(S("ABC"), i, i + 1),
		    .cost = 40};
	r.budget = method == ROUND_BUDGET ? 100 : 0;
	return r;
}

/* `n` ballots that each choose these two options (the same: one alone). */
static void
add(struct arena *a, struct side_tally *t, int n, const struct mark *mark,
    int marks)
{
	ptrdiff_t had = t->n == 0 ? 0 : t->first[t->n];
	ptrdiff_t *first = arena_new(a, ptrdiff_t, t->n + n + 1);
	struct mark *all = arena_new(a, struct mark, had + n * marks);
	for (ptrdiff_t i = 0; i <= t->n && t->n > 0; i++)
		first[i] = t->first[i];
	for (ptrdiff_t i = 0; i < had; i++)
		all[i] = t->mark[i];
	for (int i = 0; i < n; i++) {
		for (int k = 0; k < marks; k++)
			all[had++] = mark[k];
		first[++t->n] = had;
	}
	t->first = first;
	t->mark = all;
}

static void
none(struct arena *a, struct tallies *t)
{
	for (int side = 0; side < ROUND_SIDES; side++)
		t->of[side] =
		    (struct side_tally){.first = arena_new(a, ptrdiff_t, 1)};
}

TEST(ranking_hides_a_side_of_few)
{
	static const struct mark one = {0, 1, 0};
	struct rankings all;
	struct tallies t;
	struct round r = make_round(arena, ROUND_APPROVAL);
	struct ranking_from from = {&r, &t, 5, LANG_DA};
	none(arena, &t);
	add(arena, &t.of[SIDE_CITIZENS], 5, &one, 1);
	add(arena, &t.of[SIDE_NETWORK], 4, &one, 1);
	add(arena, &t.of[SIDE_LEADERSHIP], 2, &one, 1);
	CHECK_OK(ranking_make(arena, &from, &all));
	CHECK(!all.of[SIDE_CITIZENS].hidden);
	CHECK(all.of[SIDE_NETWORK].hidden);
	CHECK(all.of[SIDE_LEADERSHIP].hidden);
	r.shows_leadership = true;
	CHECK_OK(ranking_make(arena, &from, &all));
	CHECK(!all.of[SIDE_LEADERSHIP].hidden);
	CHECK(all.of[SIDE_NETWORK].hidden);
}

TEST(ranking_is_no_surer_than_the_answers)
{
	static const struct mark a = {0, 1, 0}, b = {1, 1, 0};
	struct rankings all;
	struct tallies t;
	struct round r = make_round(arena, ROUND_APPROVAL);
	struct ranking_from from = {&r, &t, 5, LANG_DA};
	none(arena, &t);
	add(arena, &t.of[SIDE_CITIZENS], 5, &a, 1);
	add(arena, &t.of[SIDE_CITIZENS], 4, &b, 1);
	CHECK_OK(ranking_make(arena, &from, &all));
	const struct ranked *item = all.of[SIDE_CITIZENS].item;
	CHECK_INT(item[0].rating.first, 1);
	CHECK(item[0].rating.last > 1); /* 5 against 4 says little */
	CHECK_HAS(item[0].support, S("5 af 9"));
	/* The twin: 500 against 400 is sure. */
	none(arena, &t);
	add(arena, &t.of[SIDE_CITIZENS], 500, &a, 1);
	add(arena, &t.of[SIDE_CITIZENS], 400, &b, 1);
	CHECK_OK(ranking_make(arena, &from, &all));
	item = all.of[SIDE_CITIZENS].item;
	CHECK_INT(item[0].rating.last, 1);
	CHECK_INT(item[1].rating.first, 2);
	CHECK_INT(item[2].rating.last, 3);
	CHECK_HAS(item[0].why, S("nummer 1"));
}

/* 60 want A and B, 40 want C: each group gets about what it is. */
TEST(ranking_with_a_budget_is_fair_to_the_few)
{
	static const struct mark ab[] = {{0, 1, 0}, {1, 1, 0}}, c = {2, 1, 0};
	struct rankings all;
	struct tallies t;
	struct round r = make_round(arena, ROUND_BUDGET);
	struct ranking_from from = {&r, &t, 5, LANG_DA};
	none(arena, &t);
	add(arena, &t.of[SIDE_CITIZENS], 60, ab, 2);
	add(arena, &t.of[SIDE_CITIZENS], 40, &c, 1);
	CHECK_OK(ranking_make(arena, &from, &all));
	const struct ranked *item = all.of[SIDE_CITIZENS].item;
	CHECK_INT(item[0].chosen + item[1].chosen, 1);
	CHECK(item[2].chosen); /* though each of A and B has more votes */
	CHECK_HAS(item[2].why, S("40 stemmer"));
	CHECK(all.of[SIDE_CITIZENS].run->outcome.cost <= 100);
}

TEST(ranking_of_pairs_stars_and_worth)
{
	static const struct mark pair = {0, 1, 2},
				 star[] = {{0, 5, 0}, {1, 2, 0}},
				 worth = {2, 4, 3};
	struct rankings all;
	struct tallies t;
	struct round r = make_round(arena, ROUND_PAIRWISE);
	struct ranking_from from = {&r, &t, 5, LANG_DA};
	none(arena, &t);
	add(arena, &t.of[SIDE_CITIZENS], 30, &pair, 1);
	CHECK_OK(ranking_make(arena, &from, &all));
	CHECK_INT(all.of[SIDE_CITIZENS].order[0], 1); /* the second won */
	none(arena, &t);
	r.method = ROUND_STARS;
	add(arena, &t.of[SIDE_CITIZENS], 6, star, 2);
	CHECK_OK(ranking_make(arena, &from, &all));
	CHECK_INT(all.of[SIDE_CITIZENS].order[0], 0);
	CHECK_HAS(all.of[SIDE_CITIZENS].item[0].support, S("5,0 af 5"));
	CHECK_HAS(all.of[SIDE_CITIZENS].item[2].support, S("Ingen svarede"));
	none(arena, &t);
	r.method = ROUND_VALUE;
	add(arena, &t.of[SIDE_NETWORK], 6, &worth, 1);
	CHECK_OK(ranking_make(arena, &from, &all));
	const struct ranked *item = &all.of[SIDE_NETWORK].item[2];
	CHECK(item->worth == 4 && item->feasibility == 3);
	CHECK(item->rating.value == 12);
}

TEST(ranking_tells_how_far_two_sides_agree)
{
	static const struct mark up[] = {{0, 6, 0}, {1, 3, 0}, {2, 1, 0}},
				 down[] = {{0, 1, 0}, {1, 3, 0}, {2, 6, 0}};
	struct rankings all;
	struct tallies t;
	struct round r = make_round(arena, ROUND_POINTS);
	struct ranking_from from = {&r, &t, 5, LANG_DA};
	none(arena, &t);
	add(arena, &t.of[SIDE_CITIZENS], 6, up, 3);
	add(arena, &t.of[SIDE_NETWORK], 6, down, 3);
	CHECK_OK(ranking_make(arena, &from, &all));
	CHECK(fabs(ranking_agreement(arena, &all.of[0], &all.of[1], 3) + 1) <
	    1e-12);
	CHECK(fabs(ranking_agreement(arena, &all.of[0], &all.of[0], 3) - 1) <
	    1e-12);
	CHECK(isnan(ranking_agreement(arena, &all.of[0], &all.of[2], 3)));
}

TEST(ranking_files_hold_no_hidden_side)
{
	static const struct mark ab[] = {{0, 1, 0}, {1, 1, 0}};
	struct rankings all;
	struct tallies t;
	struct str csv;
	struct round r = make_round(arena, ROUND_BUDGET);
	struct ranking_from from = {&r, &t, 5, LANG_DA};
	none(arena, &t);
	add(arena, &t.of[SIDE_CITIZENS], 6, ab, 2);
	add(arena, &t.of[SIDE_NETWORK], 2, ab, 2);
	CHECK_OK(ranking_make(arena, &from, &all));
	struct str pb = ranking_pb(arena, &from, &all);
	CHECK_HAS(pb, S("\nnum_votes;6\n"));
	CHECK_HAS(pb, S("\nvote_type;approval\n"));
	CHECK_HAS(pb, S("\nVOTES\nvoter_id;vote;side\n1;1,2;citizens\n"));
	CHECK_LACKS(pb, S("network"));
	CHECK_LACKS(pb, S("\n\n"));
	CHECK_OK(ranking_sums(arena, &from, &all, &csv));
	CHECK_HAS(csv, S("citizens;1;A;40;6;"));
	CHECK_LACKS(csv, S("network"));
	r.method = ROUND_STARS;
	CHECK_INT(ranking_pb(arena, &from, &all).n, 0);
}

TEST(turnout_hides_few_and_those_who_give_them_away)
{
	struct turnout_part part[] = {
	    {40, 20, false}, {30, 2, false}, {50, 25, false}, {12, 0, false}};
	turnout_hide(part, COUNT_OF(part), 5);
	CHECK(part[1].hidden);
	CHECK(part[0].hidden || part[2].hidden); /* or it is a subtraction */
	struct turnout_part fine[] = {{40, 20, false}, {30, 0, false}};
	turnout_hide(fine, COUNT_OF(fine), 5);
	CHECK(!fine[0].hidden && !fine[1].hidden);
}
