/* SPDX-License-Identifier: MPL-2.0 */

/* Real elections and surveys against the answers of others: the files of
 * SAMSKAB_GOLDEN, whose README says where they come from and how near is near
 * enough. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "cli/pb_in.h"
#include "cli/rank_csv.h"
#include "engine/equal_shares.h"
#include "engine/phragmen.h"
#include "tests/test.h"

static const char *
golden(struct arena *a, const char *name)
{
	const char *dir = getenv("SAMSKAB_GOLDEN");
	struct stat st;
	if (dir == NULL)
		dir = "../shared/golden";
	if (stat(dir, &st) != 0)
		test_skip("the golden files are not here");
	return str_cstr(a, str_fmt(a, "%s/%s", dir, name));
}

static void
forget_json(void *arg)
{
	json_decref(arg);
}

static json_t *
golden_json(struct arena *a, const char *name)
{
	json_error_t error;
	json_t *j = json_load_file(golden(a, name), 0, &error);
	if (j == NULL)
		fail_msg("%s: %s", name, error.text);
	arena_defer(a, forget_json, j);
	return j;
}

static void
check_near(double got, double want, double within)
{
	if (!(fabs(got - want) <= within))
		fail_msg("%.17g is not %.17g", got, want);
}

/* ---- budgets ---- */

static void
read_election(struct arena *a, struct pb *pb)
{
	struct pb_fault fault;
	struct str text = test_file(a, golden(a, "budgets/wieliczka_2023.pb"));
	CHECK(pb_read(a, text, (struct str){0}, pb, &fault));
	int32_t *lot = arena_new(a, int32_t, pb->election.n_projects);
	budget_lots(a, S("golden"), lot, pb->election.n_projects);
	pb->election.lot = lot;
	CHECK_INT(pb->election.n_voters, 6586);
	CHECK_INT(pb->election.n_projects, 64);
	CHECK_INT(pb->unlike, 0);
}

static bool
has(const json_t *list, struct str id)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (str_eq(
			str_c(json_string_value(json_array_get(list, i))), id))
			return true;
	}
	return false;
}

/* Winners exactly. */
static void
check_winners(const struct pb *pb, const struct outcome *out, const json_t *all,
    const char *name)
{
	const json_t *want = json_object_get(all, name);
	const json_t *list = json_object_get(want, "winners");
	CHECK_INT(out->n, json_array_size(list));
	for (ptrdiff_t i = 0; i < out->n; i++)
		CHECK(has(list, pb->project[out->choice[i].project].id));
	CHECK(json_number_value(json_object_get(want, "cost")) ==
	    (double)out->cost);
	if (json_object_get(want, "endowment") != NULL)
		check_near(out->endowment,
		    json_number_value(json_object_get(want, "endowment")),
		    1e-9);
}

TEST(golden_budget_of_pabutools)
{
	struct pb pb;
	struct outcome out;
	json_t *want =
	    golden_json(arena, "budgets/wieliczka_2023_pabutools.json");
	read_election(arena, &pb);
	const struct election *e = &pb.election;
	struct greedy_options g = {.utility = UTILITY_COST};
	CHECK_OK(budget_greedy(arena, e, &g, &out));
	check_winners(&pb, &out, want, "greedy_cost_sat");
	g.utility = UTILITY_VOTES;
	CHECK_OK(budget_greedy(arena, e, &g, &out));
	check_winners(&pb, &out, want, "greedy_card_sat");
	struct shares_options s = {.utility = UTILITY_COST};
	CHECK_OK(equal_shares(arena, e, &s, &out));
	check_winners(&pb, &out, want, "mes_cost");
	s.utility = UTILITY_VOTES;
	CHECK_OK(equal_shares(arena, e, &s, &out));
	check_winners(&pb, &out, want, "mes_card");
	CHECK_OK(phragmen(arena, e, NULL, &out));
	check_winners(&pb, &out, want, "phragmen");
}

TEST(golden_budget_of_the_equal_shares_tool)
{
	struct pb pb;
	struct outcome out;
	json_t *want =
	    golden_json(arena, "budgets/wieliczka_2023_equalshares_tool.json");
	read_election(arena, &pb);
	struct shares_options s = {.completion = COMPLETION_NONE};
	CHECK_OK(equal_shares(arena, &pb.election, &s, &out));
	check_winners(&pb, &out, want, "none");
	s.completion = COMPLETION_ADD1_FILL;
	CHECK_OK(equal_shares(arena, &pb.election, &s, &out));
	check_winners(&pb, &out, want, "add1u_nonexh");
	s.exhaustive = true;
	CHECK_OK(equal_shares(arena, &pb.election, &s, &out));
	check_winners(&pb, &out, want, "add1u");
	s.completion = COMPLETION_ADD1;
	CHECK_OK(equal_shares(arena, &pb.election, &s, &out));
	check_winners(&pb, &out, want, "add1");
}

/* The town's own 30 winners stand in the file. */
TEST(golden_budget_of_the_town)
{
	struct pb pb;
	struct outcome out;
	read_election(arena, &pb);
	struct shares_options s = {.completion = COMPLETION_ADD1_FILL};
	CHECK_STR(pb.rule, S("equalshares/add1"));
	CHECK_OK(equal_shares(arena, &pb.election, &s, &out));
	CHECK_INT(out.n, 30);
	for (ptrdiff_t c = 0; c < pb.election.n_projects; c++)
		CHECK_INT(out.chosen[c], pb.project[c].selected == 1);
	CHECK(out.endowment == 315);
	/* a twin: with the stop the winners are others */
	s.exhaustive = true;
	CHECK_OK(equal_shares(arena, &pb.election, &s, &out));
	CHECK_INT(out.n, 31);
}

/* ---- choices ---- */

static double
number(const json_t *j, const char *list, ptrdiff_t i)
{
	return json_number_value(
	    json_array_get(json_object_get(j, list), (size_t)i));
}

/* Items are numbers there, and not all of them were chosen between. */
static void
check_survey(struct arena *a, const char *name)
{
	struct rank_csv csv;
	struct pb_fault fault;
	struct bt_options o = {1, 0.95};
	double loglik;
	struct str text = test_file(a,
	    golden(a, str_cstr(a, str_fmt(a, "pairwise/%s_votes.csv", name))));
	json_t *want = golden_json(
	    a, str_cstr(a, str_fmt(a, "pairwise/%s_golden.json", name)));
	CHECK(rank_csv_read(a, text, (struct str){0}, &csv, &fault));
	ptrdiff_t items = json_integer_value(json_object_get(want, "items")),
		  parts;
	CHECK_INT(csv.pairs.n_votes,
	    json_integer_value(json_object_get(want, "votes")));
	CHECK(csv.n_voters <= /* some could never decide */
	    json_integer_value(json_object_get(want, "voters")));

	struct rating *score = arena_new(a, struct rating, csv.n_items);
	struct rating *bt = arena_new(a, struct rating, csv.n_items);
	CHECK_OK(pairwise_score(a, &csv.pairs, 0.95, score));
	CHECK_OK(pairwise_bradley_terry(a, &csv.pairs, &o, bt, &loglik));
	for (ptrdiff_t k = 0; k < csv.n_items; k++) {
		int64_t i;
		CHECK(str_int(csv.id[k], &i));
		check_near(score[k].value, number(want, "wiki_survey_score", i),
		    1e-12);
		check_near(
		    bt[k].value, number(want, "bt_ridge1_log", i), 1e-12);
		check_near(bt[k].error, number(want, "bt_ridge1_se", i), 1e-12);
	}
	check_near(loglik,
	    json_number_value(json_object_get(want, "bt_ridge1_loglik")), 1e-9);
	CHECK_OK(pairwise_parts(a, &csv.pairs, &parts));
	CHECK_INT(parts + items - csv.n_items,
	    json_integer_value(json_object_get(want, "weak_components")));
}

TEST(golden_surveys)
{
	static const char *const names[] = {"campus_protests_q0",
	    "campus_protests_q1", "right_to_assemble_q0",
	    "right_to_assemble_q3"};
	for (int i = 0; i < (int)COUNT_OF(names); i++)
		check_survey(arena, names[i]);
}

/* Agresti's citations between four journals: with the ridge, and almost
 * without one against the published maximum. */
TEST(golden_citations)
{
	json_t *all = golden_json(arena, "pairwise/citations_golden.json");
	json_t *want = json_object_get(all, "citations_agresti");
	json_t *wins = json_object_get(want, "wins");
	int32_t *w = arena_new(arena, int32_t, 10000);
	int32_t *l = arena_new(arena, int32_t, 10000);
	struct pairwise p = {4, 0, w, l};
	struct rating r[4];
	double loglik;
	for (int k = 0; k < 16; k++) {
		double n = json_number_value(json_array_get(
		    json_array_get(wins, (size_t)k / 4), (size_t)k % 4));
		for (int times = 0; times < (int)n; times++) {
			w[p.n_votes] = k / 4;
			l[p.n_votes++] = k % 4;
		}
	}
	struct bt_options o = {1, 0.95};
	CHECK_OK(pairwise_bradley_terry(arena, &p, &o, r, &loglik));
	for (int i = 0; i < 4; i++)
		check_near(r[i].value, number(want, "ridge1", i), 1e-12);
	CHECK_INT(r[3].first, 1); /* the intervals of all four lie apart */
	CHECK_INT(r[3].last, 1);
	CHECK_INT(r[1].first, 4);
	o.ridge = 1e-9;
	CHECK_OK(pairwise_bradley_terry(arena, &p, &o, r, &loglik));
	for (int i = 0; i < 4; i++)
		check_near(r[i].value - r[0].value,
		    number(want, "log_strength_mm", i), 1e-8);
}
