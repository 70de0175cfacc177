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
same_as_file(const struct budget_file *file)
{
	for (ptrdiff_t c = 0; c < file->pb->election.n_projects; c++) {
		if ((file->pb->project[c].selected == 1) !=
		    (file->run.place[c] >= 0))
			return false;
	}
	return true;
}

/* ---- JSON ---- */

static void
json_choice(struct budget_file *file, const struct purchase *choice)
{
	static const char *const by[] = {
	    "null", "\"cost\"", "\"votes\"", "\"lot\""};
	struct buf *b = &file->rank->out;
	const struct pb *pb = file->pb;
	int64_t unit = pb->election.unit;
	buf_add(b, S("{\"id\":"));
	buf_json(b, pb->project[choice->project].id);
	buf_add(b, S(",\"cost\":"));
	rank_json_units(b, pb->election.cost[choice->project], unit);
	buf_add(b, S(",\"votes\":"));
	rank_json_units(b, file->run.score[choice->project], pb->point);
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
json_selected(struct budget_file *file)
{
	struct buf *b = &file->rank->out;
	const struct outcome *out = &file->run.outcome;
	rank_json_key(b, "selected");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < out->n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		buf_json(b, file->pb->project[out->choice[i].project].id);
	}
	buf_byte(b, ']');
	rank_json_key(b, "cost");
	rank_json_units(b, out->cost, file->pb->election.unit);
	rank_json_key(b, "budget");
	rank_json_units(b, file->pb->election.budget, file->pb->election.unit);
}

static void
json_how(struct budget_file *file)
{
	struct buf *b = &file->rank->out;
	const struct outcome *out = &file->run.outcome;
	buf_fmt(b,
	    ",\"utility\":\"%s\",\"completion\":\"%s\",\"exhaustive\":%s,"
	    "\"fractional\":%s,\"no_skip\":%s,\"seed\":",
	    file->run.utility == UTILITY_COST ? "cost" : "votes",
	    rank_completions[file->run.completion],
	    file->rank->exhaustive ? "true" : "false",
	    file->rank->fractional ? "true" : "false",
	    file->no_skip ? "true" : "false");
	buf_json(b, file->rank->seed);
	buf_add(b, S(",\"rule_in_file\":"));
	buf_json(b, file->pb->rule);
	buf_add(b, S(",\"currency\":"));
	buf_json(b, file->pb->currency);
	buf_fmt(b, ",\"voters\":%td,\"projects\":%td,\"endowment\":",
	    file->pb->election.n_voters, file->pb->election.n_projects);
	rank_json_double(b, out->endowment / (double)file->pb->election.unit);
	buf_fmt(b,
	    ",\"runs\":%lld,\"exact\":%lld,\"undecided\":%lld,"
	    "\"votes_unlike_file\":%lld,\"ballots_outside_limits\":%lld,"
	    "\"same_as_file\":%s",
	    (long long)out->runs, (long long)out->exact,
	    (long long)out->undecided, (long long)file->pb->unlike,
	    (long long)file->pb->outside,
	    !file->pb->has_selected  ? "null"
		: same_as_file(file) ? "true"
				     : "false");
}

void
rank_budget_json(struct budget_file *file)
{
	struct buf *b = &file->rank->out;
	buf_byte(b, '{');
	rank_json_key(b, "method");
	buf_json(b, str_c(file->run.method));
	json_selected(file);
	json_how(file);
	rank_json_key(b, "choices");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < file->run.outcome.n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		json_choice(file, &file->run.outcome.choice[i]);
	}
	buf_byte(b, ']');
	rank_json_key(b, "why");
	buf_byte(b, '{');
	for (ptrdiff_t c = 0; c < file->pb->election.n_projects; c++) {
		rank_json_key(b,
		    str_cstr(file->rank->cli->arena, file->pb->project[c].id));
		buf_json(b, rank_why(&file->run, c));
	}
	buf_byte(b, '}');
}

/* ---- text ---- */

static void
say(struct budget_file *file, struct str text, const struct str *args)
{
	rank_line(
	    &file->rank->out, tr_fill(file->rank->cli->arena, text, args, 6));
}

static void
say_method(struct budget_file *file)
{
	enum lang lang = file->rank->cli->lang;
	struct str args[6] = {rank_decimal(file->rank->cli->arena, lang,
	    file->run.outcome.endowment / (double)file->pb->election.unit, 2)};
	if (str_eq(str_c(file->run.method), S("phragmen"))) {
		say(file,
		    tr(lang,
			"Phragmen: all ballots get money at the same pace. A "
			"project is bought when its voters have its price."),
		    args);
		return;
	}
	if (str_eq(str_c(file->run.method), S("greedy"))) {
		say(file,
		    file->run.utility == UTILITY_COST
			? tr(lang,
			      "Greedy: the projects with most votes come "
			      "first. Each is taken if it still fits.")
			: tr(lang,
			      "Greedy: the projects with most votes for the "
			      "price come first. Each is taken if it still "
			      "fits."),
		    args);
		if (file->no_skip)
			say(file,
			    tr(lang, "It ends at the first that does not."),
			    args);
		return;
	}
	say(file,
	    tr(lang,
		"Equal shares: each ballot has %1 to buy for. Those who want "
		"the same buy it together."),
	    args);
	if (file->run.completion >= COMPLETION_ADD1)
		say(file,
		    tr(lang,
			"The share was raised as far as the budget could "
			"bear."),
		    args);
	if (file->run.completion == COMPLETION_FILL ||
	    file->run.completion == COMPLETION_ADD1_FILL)
		say(file,
		    tr(lang,
			"What was left went to the projects with most votes."),
		    args);
}

static void
say_result(struct budget_file *file)
{
	struct arena *a = file->rank->cli->arena;
	enum lang lang = file->rank->cli->lang;
	const struct election *e = &file->pb->election;
	struct str args[6] = {lang_int(a, lang, e->n_voters),
	    lang_int(a, lang, e->n_projects),
	    lang_int(a, lang, file->run.outcome.n),
	    rank_money(a, lang, file->run.outcome.cost, e->unit),
	    rank_money(a, lang, e->budget, e->unit)};
	if (file->pb->currency.n > 0)
		args[4] = str_fmt(a, "%.*s %.*s", STR_ARG(args[4]),
		    STR_ARG(file->pb->currency));
	say(file,
	    tr(lang,
		"%1 ballots, %2 projects. Of the budget of %5, %4 goes to %3 "
		"of them."),
	    args);
	if (file->pb->has_selected)
		say(file,
		    same_as_file(file)
			? tr(lang,
			      "The winners named in the file are the same.")
			: tr(lang, "The winners named in the file are others."),
		    args);
}

static void
say_notes(struct budget_file *file)
{
	struct arena *a = file->rank->cli->arena;
	enum lang lang = file->rank->cli->lang;
	struct str args[6] = {file->pb->rule};
	if (file->unknown_rule)
		say(file,
		    tr(lang,
			"The rule of the file, %1, is not known here. This is "
			"greedy."),
		    args);
	args[0] = lang_int(a, lang, file->pb->unlike);
	if (file->pb->unlike > 0)
		say(file,
		    trn(lang,
			"One project has another number of votes in the file "
			"than on the ballots. The ballots count.",
			"%1 projects have another number of votes in the file "
			"than on the ballots. The ballots count.",
			file->pb->unlike),
		    args);
	args[0] = lang_int(a, lang, file->pb->outside);
	if (file->pb->outside > 0)
		say(file,
		    trn(lang,
			"One ballot is outside the limits of the file. It "
			"counts as it is.",
			"%1 ballots are outside the limits of the file. They "
			"count as they are.",
			file->pb->outside),
		    args);
	args[0] = lang_int(a, lang, file->pb->first_place);
	if (file->pb->kind == PB_ORDINAL)
		say(file,
		    tr(lang,
			"A first place counts %1 points, the next one less, "
			"and so on."),
		    args);
	args[0] = file->rank->seed;
	if (file->run.lot && file->rank->seed.n > 0)
		say(file, tr(lang, "A lot was drawn from the seed %1."), args);
	else if (file->run.lot)
		say(file,
		    tr(lang,
			"A lot was drawn without a seed. Name one with --seed "
			"that nobody could know before."),
		    args);
	if (file->run.outcome.undecided > 0)
		say(file,
		    tr(lang,
			"Some ties were too close to be worked out. They were "
			"taken as ties."),
		    args);
}

static void
row(struct budget_file *file, ptrdiff_t c)
{
	struct arena *a = file->rank->cli->arena;
	enum lang lang = file->rank->cli->lang;
	struct buf *b = &file->rank->out;
	ptrdiff_t place = file->run.place[c];
	rank_cell(b, place < 0 ? S("-") : lang_int(a, lang, place + 1),
	    -NUMBER_WIDTH);
	rank_cell(b, file->pb->project[c].id, ID_WIDTH);
	rank_cell(b,
	    rank_money(
		a, lang, file->pb->election.cost[c], file->pb->election.unit),
	    -PRICE_WIDTH);
	rank_cell(b, rank_support(&file->run, c), -VOTES_WIDTH);
	rank_line(b, file->pb->project[c].name);
	buf_fmt(b, "%*s", NUMBER_WIDTH + 2, "");
	rank_line(b, rank_why(&file->run, c));
}

void
rank_budget_text(struct budget_file *file)
{
	enum lang lang = file->rank->cli->lang;
	struct buf *b = &file->rank->out;
	rank_line(b, file->pb->description);
	say_method(file);
	say_result(file);
	say_notes(file);
	buf_byte(b, '\n');
	rank_cell(b, tr(lang, "No."), -NUMBER_WIDTH);
	rank_cell(b, tr(lang, "Id"), ID_WIDTH);
	rank_cell(b, tr(lang, "Price"), -PRICE_WIDTH);
	rank_cell(b, tr(lang, "Support"), -VOTES_WIDTH);
	rank_line(b, tr(lang, "Project"));
	for (ptrdiff_t i = 0; i < file->run.outcome.n; i++)
		row(file, file->run.outcome.choice[i].project);
	for (ptrdiff_t c = 0; c < file->pb->election.n_projects; c++) {
		if (file->run.place[c] < 0)
			row(file, c);
	}
}
