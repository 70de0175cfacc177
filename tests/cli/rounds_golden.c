/* SPDX-License-Identifier: MPL-2.0 */

/* A real election brought into a round: the result's page reckons the winners
 * that `samskab rank` and the town itself found. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "cli/pb_in.h"
#include "report/ranking.h"
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

/* Ballot by ballot, as tally_load() gives them. */
static struct side_tally
tally_of(struct arena *a, const struct election *e)
{
	struct side_tally t = {.n = e->n_voters,
	    .first = arena_new(a, ptrdiff_t, e->n_voters + 1),
	    .mark = arena_new(a, struct mark, e->first[e->n_projects])};
	ptrdiff_t *at = arena_new(a, ptrdiff_t, e->n_voters);
	for (ptrdiff_t k = 0; k < e->first[e->n_projects]; k++)
		t.first[e->voter[k] + 1]++;
	for (ptrdiff_t v = 0; v < e->n_voters; v++) {
		t.first[v + 1] += t.first[v];
		at[v] = t.first[v];
	}
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++)
			t.mark[at[e->voter[k]]++] = (struct mark){c, 1, 0};
	}
	return t;
}

static struct round
round_of(struct arena *a, const struct pb *pb)
{
	const struct election *e = &pb->election;
	struct round r = {.method = ROUND_BUDGET,
	    .budget = e->budget / e->unit,
	    .n_options = e->n_projects,
	    .option = arena_new(a, struct round_option, e->n_projects),
	    .record = {.kind = KIND_ROUND, .id_text = S("golden")}};
	for (ptrdiff_t c = 0; c < e->n_projects; c++)
		r.option[c] = (struct round_option){.number = c + 1,
		    .title = pb->project[c].name,
		    .cost = e->cost[c] / e->unit};
	return r;
}

TEST(golden_budget_through_a_round)
{
	struct pb pb;
	struct pb_fault fault;
	struct rankings all;
	struct tallies t = {0};
	struct str text =
	    test_file(arena, golden(arena, "budgets/wieliczka_2023.pb"));
	CHECK(pb_read(arena, text, (struct str){0}, &pb, &fault));
	CHECK_INT(pb.election.budget % pb.election.unit, 0);
	for (int side = 0; side < ROUND_SIDES; side++)
		t.of[side].first = arena_new(arena, ptrdiff_t, 1);
	t.of[SIDE_CITIZENS] = tally_of(arena, &pb.election);
	struct round r = round_of(arena, &pb);
	struct ranking_from from = {&r, &t, 5, LANG_DA};
	CHECK_OK(ranking_make(arena, &from, &all));
	const struct ranking *own = &all.of[SIDE_CITIZENS];
	CHECK_INT(own->run->outcome.n, 30);
	for (ptrdiff_t c = 0; c < r.n_options; c++)
		CHECK_INT(own->item[c].chosen, pb.project[c].selected == 1);
	/* The file that it gives is read again, with the same winners. */
	struct str pb_text = ranking_pb(arena, &from, &all);
	CHECK(pb_read(arena, pb_text, S("side"), &pb, &fault));
	CHECK_INT(pb.election.n_voters, t.of[SIDE_CITIZENS].n);
	CHECK_INT(pb.n_groups, 1);
	CHECK_INT(pb.unlike, 0);
	CHECK_INT(pb.outside, 0);
}
