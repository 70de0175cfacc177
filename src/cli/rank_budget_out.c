/* SPDX-License-Identifier: MPL-2.0 */

/* What a rule of a .pb file chose, for programs and for people. */
#include <math.h>

#include "cli/rank.h"

enum {
	NUMBER_WIDTH = 4,
	ID_WIDTH = 8,
	PRICE_WIDTH = 12,
	VOTES_WIDTH = 14,
	NAME_WIDTH = 40,
};

const char *const rank_completions[COMPLETIONS] = {
    "none", "fill", "add1", "add1-fill"};

/* Whether the file's winners are these. */
static bool
same_as_file(const struct budget_run *run)
{
	for (ptrdiff_t c = 0; c < run->pb->election.n_projects; c++) {
		if ((run->pb->project[c].selected == 1) != (run->place[c] >= 0))
			return false;
	}
	return true;
}

/* ---- JSON ---- */

static void
json_choice(struct budget_run *run, const struct choice *choice)
{
	static const char *const by[] = {
	    "null", "\"cost\"", "\"votes\"", "\"lot\""};
	struct buf *b = &run->rank->out;
	const struct pb *pb = run->pb;
	int64_t unit = pb->election.unit;
	buf_add(b, S("{\"id\":"));
	buf_json(b, pb->project[choice->project].id);
	buf_add(b, S(",\"cost\":"));
	rank_json_units(b, pb->election.cost[choice->project], unit);
	buf_add(b, S(",\"votes\":"));
	rank_json_units(b, run->score[choice->project], pb->point);
	buf_add(b, S(",\"left_before\":"));
	rank_json_units(b, choice->left, unit);
	buf_add(b, S(",\"price\":"));
	rank_json_double(b, choice->price / (double)unit);
	buf_fmt(b, ",\"fill\":%s,\"tie\":%s,\"tied_with\":[",
	    choice->fill ? "true" : "false", by[choice->tie]);
	for (ptrdiff_t i = 0; i < choice->n_tied; i++) {
		if (i > 0)
			buf_byte(b, ',');
		buf_json(b, pb->project[choice->tied[i]].id);
	}
	buf_add(b, S("]}"));
}

static void
json_selected(struct budget_run *run)
{
	struct buf *b = &run->rank->out;
	const struct outcome *out = &run->outcome;
	rank_json_key(b, "selected");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < out->n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		buf_json(b, run->pb->project[out->choice[i].project].id);
	}
	buf_byte(b, ']');
	rank_json_key(b, "cost");
	rank_json_units(b, out->cost, run->pb->election.unit);
	rank_json_key(b, "budget");
	rank_json_units(b, run->pb->election.budget, run->pb->election.unit);
}

static void
json_how(struct budget_run *run)
{
	struct buf *b = &run->rank->out;
	const struct outcome *out = &run->outcome;
	buf_fmt(b,
	    ",\"utility\":\"%s\",\"completion\":\"%s\",\"exhaustive\":%s,"
	    "\"fractional\":%s,\"no_skip\":%s,\"seed\":",
	    run->utility == UTILITY_COST ? "cost" : "votes",
	    rank_completions[run->completion],
	    run->rank->exhaustive ? "true" : "false",
	    run->rank->fractional ? "true" : "false",
	    run->no_skip ? "true" : "false");
	buf_json(b, run->rank->seed);
	buf_add(b, S(",\"rule_in_file\":"));
	buf_json(b, run->pb->rule);
	buf_add(b, S(",\"currency\":"));
	buf_json(b, run->pb->currency);
	buf_fmt(b, ",\"voters\":%td,\"projects\":%td,\"endowment\":",
	    run->pb->election.n_voters, run->pb->election.n_projects);
	rank_json_double(b, out->endowment / (double)run->pb->election.unit);
	buf_fmt(b,
	    ",\"runs\":%lld,\"exact\":%lld,\"undecided\":%lld,"
	    "\"votes_unlike_file\":%lld,\"ballots_outside_limits\":%lld,"
	    "\"same_as_file\":%s",
	    (long long)out->runs, (long long)out->exact,
	    (long long)out->undecided, (long long)run->pb->unlike,
	    (long long)run->pb->outside,
	    !run->pb->has_selected  ? "null"
		: same_as_file(run) ? "true"
				    : "false");
}

void
rank_budget_json(struct budget_run *run)
{
	struct buf *b = &run->rank->out;
	buf_byte(b, '{');
	rank_json_key(b, "method");
	buf_json(b, str_c(run->method));
	json_selected(run);
	json_how(run);
	rank_json_key(b, "choices");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < run->outcome.n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		json_choice(run, &run->outcome.choice[i]);
	}
	buf_byte(b, ']');
	rank_json_key(b, "why");
	buf_byte(b, '{');
	for (ptrdiff_t c = 0; c < run->pb->election.n_projects; c++) {
		rank_json_key(
		    b, str_cstr(run->rank->cli->arena, run->pb->project[c].id));
		buf_json(b, rank_why(run, c));
	}
	buf_byte(b, '}');
}

/* ---- text ---- */

static void
say(struct budget_run *run, struct str text, const struct str *args)
{
	rank_line(
	    &run->rank->out, tr_fill(run->rank->cli->arena, text, args, 6));
}

static void
say_method(struct budget_run *run)
{
	enum lang lang = run->rank->cli->lang;
	struct str args[6] = {rank_decimal(run->rank->cli->arena, lang,
	    run->outcome.endowment / (double)run->pb->election.unit, 2)};
	if (str_eq(str_c(run->method), S("phragmen"))) {
		say(run,
		    tr(lang,
			"Phragmen: all ballots get money at the same pace. A "
			"project is bought when its voters have its price."),
		    args);
		return;
	}
	if (str_eq(str_c(run->method), S("greedy"))) {
		say(run,
		    run->utility == UTILITY_COST
			? tr(lang,
			      "Greedy: the projects with most votes come "
			      "first. Each is taken if it still fits.")
			: tr(lang,
			      "Greedy: the projects with most votes for the "
			      "price come first. Each is taken if it still "
			      "fits."),
		    args);
		if (run->no_skip)
			say(run,
			    tr(lang, "It ends at the first that does not."),
			    args);
		return;
	}
	say(run,
	    tr(lang,
		"Equal shares: each ballot has %1 to buy for. Those who want "
		"the same buy it together."),
	    args);
	if (run->completion >= COMPLETION_ADD1)
		say(run,
		    tr(lang,
			"The share was raised as far as the budget could "
			"bear."),
		    args);
	if (run->completion == COMPLETION_FILL ||
	    run->completion == COMPLETION_ADD1_FILL)
		say(run,
		    tr(lang,
			"What was left went to the projects with most votes."),
		    args);
}

static void
say_result(struct budget_run *run)
{
	struct arena *a = run->rank->cli->arena;
	enum lang lang = run->rank->cli->lang;
	const struct election *e = &run->pb->election;
	struct str args[6] = {lang_int(a, lang, e->n_voters),
	    lang_int(a, lang, e->n_projects), lang_int(a, lang, run->outcome.n),
	    rank_money(a, lang, run->outcome.cost, e->unit),
	    rank_money(a, lang, e->budget, e->unit)};
	if (run->pb->currency.n > 0)
		args[4] = str_fmt(a, "%.*s %.*s", STR_ARG(args[4]),
		    STR_ARG(run->pb->currency));
	say(run,
	    tr(lang,
		"%1 ballots, %2 projects. Of the budget of %5, %4 goes to %3 "
		"of them."),
	    args);
	if (run->pb->has_selected)
		say(run,
		    same_as_file(run)
			? tr(lang,
			      "The winners named in the file are the same.")
			: tr(lang, "The winners named in the file are others."),
		    args);
}

static void
say_notes(struct budget_run *run)
{
	struct arena *a = run->rank->cli->arena;
	enum lang lang = run->rank->cli->lang;
	struct str args[6] = {run->pb->rule};
	if (run->unknown_rule)
		say(run,
		    tr(lang,
			"The rule of the file, %1, is not known here. This is "
			"greedy."),
		    args);
	args[0] = lang_int(a, lang, run->pb->unlike);
	if (run->pb->unlike > 0)
		say(run,
		    trn(lang,
			"One project has another number of votes in the file "
			"than on the ballots. The ballots count.",
			"%1 projects have another number of votes in the file "
			"than on the ballots. The ballots count.",
			run->pb->unlike),
		    args);
	args[0] = lang_int(a, lang, run->pb->outside);
	if (run->pb->outside > 0)
		say(run,
		    trn(lang,
			"One ballot is outside the limits of the file. It "
			"counts as it is.",
			"%1 ballots are outside the limits of the file. They "
			"count as they are.",
			run->pb->outside),
		    args);
	args[0] = lang_int(a, lang, run->pb->first_place);
	if (run->pb->kind == PB_ORDINAL)
		say(run,
		    tr(lang,
			"A first place counts %1 points, the next one less, "
			"and so on."),
		    args);
	args[0] = run->rank->seed;
	if (run->lot && run->rank->seed.n > 0)
		say(run, tr(lang, "A lot was drawn from the seed %1."), args);
	else if (run->lot)
		say(run,
		    tr(lang,
			"A lot was drawn without a seed. Name one with --seed "
			"that nobody could know before."),
		    args);
	if (run->outcome.undecided > 0)
		say(run,
		    tr(lang,
			"Some ties were too close to be worked out. They were "
			"taken as ties."),
		    args);
}

static void
row(struct budget_run *run, ptrdiff_t c)
{
	struct arena *a = run->rank->cli->arena;
	enum lang lang = run->rank->cli->lang;
	struct buf *b = &run->rank->out;
	ptrdiff_t place = run->place[c];
	rank_cell(b, place < 0 ? S("-") : lang_int(a, lang, place + 1),
	    -NUMBER_WIDTH);
	rank_cell(b, run->pb->project[c].id, ID_WIDTH);
	rank_cell(b,
	    rank_money(
		a, lang, run->pb->election.cost[c], run->pb->election.unit),
	    -PRICE_WIDTH);
	rank_cell(b, rank_support(run, c), -VOTES_WIDTH);
	rank_line(b, run->pb->project[c].name);
	buf_fmt(b, "%*s", NUMBER_WIDTH + 2, "");
	rank_line(b, rank_why(run, c));
}

void
rank_budget_text(struct budget_run *run)
{
	enum lang lang = run->rank->cli->lang;
	struct buf *b = &run->rank->out;
	rank_line(b, run->pb->description);
	say_method(run);
	say_result(run);
	say_notes(run);
	buf_byte(b, '\n');
	rank_cell(b, tr(lang, "No."), -NUMBER_WIDTH);
	rank_cell(b, tr(lang, "Id"), ID_WIDTH);
	rank_cell(b, tr(lang, "Price"), -PRICE_WIDTH);
	rank_cell(b, tr(lang, "Support"), -VOTES_WIDTH);
	rank_line(b, tr(lang, "Project"));
	for (ptrdiff_t i = 0; i < run->outcome.n; i++)
		row(run, run->outcome.choice[i].project);
	for (ptrdiff_t c = 0; c < run->pb->election.n_projects; c++) {
		if (run->place[c] < 0)
			row(run, c);
	}
}
