/* SPDX-License-Identifier: MPL-2.0 */

/* The rules of a .pb file, and what came of them. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/rank.h"
#include "engine/equal_shares.h"
#include "engine/phragmen.h"

/* ---- which rule ---- */

/* As Pabulib's files and --rule write them. */
static const struct {
	const char *name, *method;
	enum completion completion;
	bool no_skip;
} rules[] = {
    {"greedy", "greedy", COMPLETION_NONE, false},
    {"greedy-no-skip", "greedy", COMPLETION_NONE, true},
    {"equalshares", "equalshares", COMPLETION_NONE, false},
    {"equalshares/add1", "equalshares", COMPLETION_ADD1_FILL, false},
    {"phragmen", "phragmen", COMPLETION_NONE, false},
};

static bool
take_rule(struct budget_file *file, struct str name)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(rules); i++) {
		if (!str_eq_nocase(str_c(rules[i].name), name))
			continue;
		file->run.method = rules[i].method;
		file->run.completion = rules[i].completion;
		file->no_skip = rules[i].no_skip || file->rank->no_skip;
		return true;
	}
	return false;
}

/* 0, or 2 after saying what is wrong. */
static int
choose_rule(struct budget_file *file)
{
	struct rank *r = file->rank;
	bool named = file->pb->rule.n > 0 &&
	    !str_eq_nocase(file->pb->rule, S("unknown"));
	if (r->rule.n > 0 && !take_rule(file, r->rule))
		return cli_fail(r->cli,
		    "--rule takes greedy, greedy-no-skip, equalshares, "
		    "equalshares/add1 or phragmen for this file");
	if (r->rule.n == 0 && !(named && take_rule(file, file->pb->rule))) {
		file->unknown_rule = named;
		(void)take_rule(file, S("greedy"));
	}
	if (r->utility.n > 0 && !str_eq(r->utility, S("cost")) &&
	    !str_eq(r->utility, S("votes")))
		return cli_fail(r->cli, "--utility takes cost or votes");
	file->run.utility =
	    str_eq(r->utility, S("votes")) ? UTILITY_VOTES : UTILITY_COST;
	bool found = r->completion.n == 0;
	for (int i = 0; i < COMPLETIONS; i++) {
		if (str_eq(r->completion, str_c(rank_completions[i]))) {
			file->run.completion = (enum completion)i;
			found = true;
		}
	}
	if (!found)
		return cli_fail(
		    r->cli, "--completion takes none, fill, add1 or add1-fill");
	return 0;
}

/* ---- running it ---- */

struct progress {
	int64_t next_us, end_us; /* of clock_mono_us */
	bool shown;
};

/* A line on the terminal, once a second, after the first. */
static bool
show_progress(void *arg, const char *step, int64_t done, int64_t whole)
{
	struct progress *p = arg;
	int64_t now_us = clock_mono_us();
	(void)whole;
	if (now_us >= p->next_us && isatty(2)) {
		p->next_us = now_us + SECOND_US;
		p->shown = true;
		fprintf(
		    stderr, "\rsamskab rank: %lld %s", (long long)done, step);
	}
	return now_us < p->end_us;
}

static enum err
run_rule(struct budget_file *file, struct arena *a)
{
	const struct election *e = &file->pb->election;
	struct rank *r = file->rank;
	int64_t now_us = clock_mono_us();
	struct progress progress = {.next_us = now_us + SECOND_US,
	    .end_us = now_us + r->seconds * SECOND_US};
	struct watch watch = {&progress, show_progress};
	enum err err;
	if (str_eq(str_c(file->run.method), S("greedy")))
		return budget_greedy(a, e,
		    &(struct greedy_options){file->run.utility, file->no_skip},
		    &file->run.outcome);
	if (str_eq(str_c(file->run.method), S("phragmen")))
		err = phragmen(a, e, &watch, &file->run.outcome);
	else
		err = equal_shares(a, e,
		    &(struct shares_options){.utility = file->run.utility,
			.completion = file->run.completion,
			.exhaustive = r->exhaustive,
			.fractional = r->fractional,
			.step = r->step * e->unit,
			.watch = &watch},
		    &file->run.outcome);
	if (progress.shown)
		fputs("\r\033[K", stderr);
	return err;
}

/* ---- groups ---- */

/* Places by the points of each group; the rule itself is of all. */
static void
groups(struct budget_file *file, const struct str *id)
{
	struct arena *a = file->rank->cli->arena;
	const struct pb *pb = file->pb;
	const struct election *e = &pb->election;
	struct side *side = arena_new(a, struct side, pb->n_groups);
	double **value = arena_new(a, double *, pb->n_groups);
	ptrdiff_t n = pb->group == NULL ? 0 : pb->n_groups;
	for (ptrdiff_t v = 0; v < e->n_voters && n > 0; v++)
		side[pb->group[v]].people++;
	rank_hide(side, n, file->rank->k);
	for (ptrdiff_t g = 0; g < n; g++) {
		side[g].name = pb->group_name[g];
		if (!side[g].hidden)
			value[g] = arena_new(a, double, e->n_projects);
	}
	for (ptrdiff_t c = 0; c < e->n_projects && n > 0; c++) {
		for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
			double *own = value[pb->group[e->voter[k]]];
			if (own != NULL)
				own[c] += e->points == NULL ? 1 : e->points[k];
		}
	}
	for (ptrdiff_t g = 0; g < n; g++) {
		if (value[g] != NULL)
			rank_places(a, value[g], e->n_projects, &side[g]);
	}
	rank_sides(file->rank, side, n, id, e->n_projects);
}

/* ---- the command ---- */

static int
run_and_print(struct budget_file *file, struct pb *pb)
{
	struct rank *r = file->rank;
	struct arena *a = r->cli->arena;
	ptrdiff_t m = pb->election.n_projects;
	int32_t *lot = arena_new(a, int32_t, m);
	struct str *id = arena_new(a, struct str, m);
	budget_lots(a, r->seed, lot, m);
	for (ptrdiff_t c = 0; c < m; c++)
		id[c] = pb->project[c].id;
	pb->election.lot = lot;
	file->run.arena = a;
	file->run.lang = r->cli->lang;
	file->run.election = &pb->election;
	file->run.name = id;
	file->run.points = pb->kind > PB_CHOOSE_1;
	file->run.point = pb->point;
	enum err e = run_rule(file, a);
	if (e == ERR_TOO_LARGE)
		return cli_fail(r->cli,
		    "Add1 takes too many steps here; name a larger one with "
		    "--step");
	if (e == ERR_UNAVAIL)
		return cli_fail(r->cli,
		    "not done in %lld seconds; --seconds gives it more, and "
		    "Add1 takes fewer steps with a larger --step",
		    (long long)r->seconds);
	if (e != ERR_OK)
		return cli_fail(r->cli, "the election cannot be reckoned");
	rank_look(&file->run);
	if (r->cli->json)
		rank_budget_json(file);
	else
		rank_budget_text(file);
	groups(file, id);
	if (r->cli->json)
		buf_add(&r->out, S("}\n"));
	return rank_print(r);
}

static bool
wants_ballots(const struct rank *r)
{
	return str_eq(r->rule, S("borda")) || str_eq(r->rule, S("schulze"));
}

static int
rank_as_ballots(struct rank *r, const struct pb *pb)
{
	ptrdiff_t m = pb->election.n_projects;
	struct str *id = arena_new(r->cli->arena, struct str, m);
	struct str *label = arena_new(r->cli->arena, struct str, m);
	if (pb->kind != PB_ORDINAL)
		return cli_fail(r->cli,
		    "borda and schulze need ballots in order: vote_type "
		    "ordinal");
	for (ptrdiff_t c = 0; c < m; c++) {
		id[c] = pb->project[c].id;
		label[c] = pb->project[c].name;
	}
	return rank_ballots(r,
	    &(struct rank_ballots){pb->ballots, id, label, pb->group,
		pb->group_name, pb->n_groups});
}

int
rank_budget(struct rank *r, struct str text_in)
{
	struct pb *pb = arena_new(r->cli->arena, struct pb, 1);
	struct pb_fault fault;
	struct budget_file file = {.rank = r, .pb = pb};
	if (!pb_read(r->cli->arena, text_in, r->by, pb, &fault))
		return cli_fault(
		    r->cli, r->path, fault.line, fault.column, fault.expected);
	if (wants_ballots(r))
		return rank_as_ballots(r, pb);
	int status = choose_rule(&file);
	return status != 0 ? status : run_and_print(&file, pb);
}
