/* SPDX-License-Identifier: MPL-2.0 */

/* Why a project was chosen, or why not: one or two short sentences each. */
#include <math.h>
#include <string.h>

#include "report/rank.h"

enum { NAMED_MOST = 5 };

struct why {
	const struct budget_run *run;
	struct arena *arena;
	enum lang lang;
	ptrdiff_t project;
};

static struct str
money(const struct why *w, int64_t units)
{
	return rank_money(w->arena, w->lang, units, w->run->election->unit);
}

/* What is only known as a double, in the currency, with two decimals. */
static struct str
about(const struct why *w, double units)
{
	return rank_decimal(
	    w->arena, w->lang, units / (double)w->run->election->unit, 2);
}

/* The same rounded down in whole units: what is short of a price is not shown
 * as the price. */
static struct str
at_most(const struct why *w, double units, int64_t under)
{
	int64_t whole = (int64_t)floor(units);
	return money(w, whole < under ? whole : under - 1);
}

static struct str
fill(const struct why *w, const char *msgid, const struct str *args)
{
	return tr_fill(w->arena, tr(w->lang, msgid), args, 3);
}

struct str
rank_support(const struct budget_run *run, ptrdiff_t c)
{
	struct arena *a = run->arena;
	enum lang lang = run->lang;
	int64_t score = run->score[c], point = run->point;
	struct str arg = rank_money(a, lang, score, point);
	int64_t count = score % point == 0 ? score / point : 2;
	struct str text = !run->points
	    ? trn(lang, "%1 vote", "%1 votes", count)
	    : trn(lang, "%1 point", "%1 points", count);
	return tr_fill(a, text, &arg, 1);
}

/* ---- chosen ---- */

static struct str
names(const struct why *w, const struct purchase *choice)
{
	struct buf b = buf_new(w->arena, PTRDIFF_MAX / 4);
	for (ptrdiff_t i = 0; i < choice->n_tied; i++) {
		if (i == NAMED_MOST) {
			buf_add(&b, S(", …"));
			break;
		}
		if (i > 0)
			buf_add(&b, S(", "));
		buf_add(&b, w->run->name[choice->tied[i]]);
	}
	return buf_str(&b);
}

/* A tie is worth a sentence when one of those that stood level lost, or when
 * chance spoke. */
static bool
mattered(const struct why *w, const struct purchase *choice)
{
	if (choice->tie == TIE_LOT)
		return true;
	for (ptrdiff_t i = 0; i < choice->n_tied; i++) {
		if (!w->run->outcome.chosen[choice->tied[i]])
			return true;
	}
	return false;
}

static struct str
tie_sentence(const struct why *w, const struct purchase *choice)
{
	static const char *const by[] = {
	    [TIE_COST] = N_("It was level with %1; the lower price decided."),
	    [TIE_VOTES] = N_("It was level with %1; more votes decided."),
	    [TIE_LOT] = N_("It was level with %1; a lot decided."),
	};
	if (choice->tie == TIE_NONE || !mattered(w, choice))
		return (struct str){0};
	struct str args[3] = {names(w, choice)};
	return str_cat(w->arena, S(" "), fill(w, by[choice->tie], args));
}

static struct str
chosen(const struct why *w, ptrdiff_t place)
{
	const struct purchase *choice = &w->run->outcome.choice[place];
	struct str args[3] = {lang_int(w->arena, w->lang, place + 1),
	    rank_support(w->run, w->project)};
	if (choice->fill) {
		args[0] = args[1];
		args[1] = money(w, choice->left);
		return fill(w,
		    N_("Chosen at the end, with what was left over: %1, and "
		       "%2 was left."),
		    args);
	}
	if (isnan(choice->price)) {
		args[2] = money(w, choice->left);
		return fill(
		    w, N_("Chosen as number %1: %2, and %3 was left."), args);
	}
	args[2] = about(w, choice->price);
	if (str_eq(str_c(w->run->method), S("phragmen"))) {
		args[1] = lang_int(w->arena, w->lang,
		    w->run->election->first[w->project + 1] -
			w->run->election->first[w->project]);
		return fill(w,
		    N_("Chosen as number %1: its %2 voters had the price "
		       "together when each had got %3."),
		    args);
	}
	if (!w->run->points)
		return fill(w,
		    N_("Chosen as number %1: %2 paid for it, at most %3 each."),
		    args);
	args[2] = about(w, choice->price * (double)w->run->point);
	return fill(w,
	    N_("Chosen as number %1: %2 paid for it, at most %3 for each "
	       "point."),
	    args);
}

/* ---- not chosen ---- */

static struct str
over_budget(const struct why *w, int64_t left)
{
	const struct election *e = w->run->election;
	struct str args[3] = {money(w, e->cost[w->project]), money(w, left)};
	if (e->cost[w->project] > e->budget)
		return fill(w,
		    N_("Not chosen: it costs %1, more than the whole budget."),
		    args);
	return fill(w,
	    N_("Not chosen: it costs %1, and only %2 was left when its turn "
	       "came."),
	    args);
}

static struct str
not_greedy(const struct why *w, int64_t left)
{
	const struct outcome *out = &w->run->outcome;
	if (out->stopped_by < 0 || out->stopped_by == w->project)
		return over_budget(w, left);
	struct str args[3] = {w->run->name[out->stopped_by]};
	return fill(w,
	    N_("Not chosen: the choosing had ended at %1, which was too dear."),
	    args);
}

static struct str
not_phragmen(const struct why *w, int64_t left)
{
	const struct outcome *out = &w->run->outcome;
	int64_t cost = w->run->election->cost[w->project];
	struct str args[3] = {money(w, cost), money(w, left)};
	if (out->stopped_by == w->project)
		return fill(w,
		    N_("Not chosen: it was next, but costs %1, and only %2 was "
		       "left. There the choosing ended."),
		    args);
	if (left >= 0)
		return over_budget(w, left);
	args[1] = at_most(w, out->money[w->project], cost);
	return fill(w,
	    N_("Not chosen: it costs %1, and its voters had %2 together when "
	       "the choosing ended."),
	    args);
}

static struct str
not_shares(const struct why *w, int64_t left)
{
	const struct outcome *out = &w->run->outcome;
	int64_t cost = w->run->election->cost[w->project];
	if (cost == 0)
		return fill(w,
		    N_("Not chosen: this rule does not buy what costs "
		       "nothing."),
		    (struct str[3]){{0}});
	struct str args[3] = {money(w, cost),
	    at_most(w, out->money[w->project], cost), money(w, left)};
	if (left >= 0)
		return fill(w,
		    N_("Not chosen: it costs %1, its voters had %2 left "
		       "together, "
		       "and at the end %3 of the budget was left."),
		    args);
	return fill(w,
	    N_("Not chosen: it costs %1, and its voters had %2 left together."),
	    args);
}

struct str
rank_why(const struct budget_run *run, ptrdiff_t c)
{
	struct why w = {run, run->arena, run->lang, c};
	int64_t left = run->outcome.passed[c];
	if (run->place[c] >= 0) {
		const struct purchase *choice =
		    &run->outcome.choice[run->place[c]];
		return str_cat(w.arena, chosen(&w, run->place[c]),
		    tie_sentence(&w, choice));
	}
	if (run->score[c] == 0)
		return tr(w.lang, "Not chosen: nobody voted for it.");
	if (str_eq(str_c(run->method), S("greedy")))
		return not_greedy(&w, left);
	if (str_eq(str_c(run->method), S("phragmen")))
		return not_phragmen(&w, left);
	return not_shares(&w, left);
}

void
rank_look(struct budget_run *run)
{
	const struct outcome *out = &run->outcome;
	ptrdiff_t m = run->election->n_projects;
	run->score = arena_new(run->arena, int64_t, m);
	run->place = arena_new(run->arena, ptrdiff_t, m);
	election_scores(run->election, run->score);
	for (ptrdiff_t c = 0; c < m; c++)
		run->place[c] = -1;
	for (ptrdiff_t i = 0; i < out->n; i++) {
		run->place[out->choice[i].project] = i;
		run->lot = run->lot || out->choice[i].tie == TIE_LOT;
	}
}
