/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/budget.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/random.h"

static bool
votes_valid(const struct election *e, ptrdiff_t c, int64_t *points)
{
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++) {
		if (e->voter[k] < 0 || e->voter[k] >= e->n_voters)
			return false;
		if (k > e->first[c] && e->voter[k] <= e->voter[k - 1])
			return false;
		if (e->points != NULL && e->points[k] <= 0)
			return false;
		*points += e->points == NULL ? 1 : e->points[k];
	}
	return true;
}

enum err
election_check(const struct election *e)
{
	int64_t cost = 0, points = 0;
	if (e->n_voters < 0 || e->n_voters > INT32_MAX || e->n_projects < 0 ||
	    e->n_projects > INT32_MAX || e->unit <= 0 || e->budget < 0 ||
	    e->budget > BUDGET_MOST || e->first[0] != 0)
		return ERR_INVALID;
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		if (e->cost[c] < 0 || e->cost[c] > BUDGET_MOST - cost)
			return ERR_INVALID;
		cost += e->cost[c];
		if (e->first[c + 1] < e->first[c] ||
		    !votes_valid(e, c, &points) || points > BUDGET_MOST)
			return ERR_INVALID;
	}
	return ERR_OK;
}

void
election_scores(const struct election *e, int64_t *score)
{
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		score[c] =
		    e->points == NULL ? e->first[c + 1] - e->first[c] : 0;
		for (ptrdiff_t k = e->first[c];
		     e->points != NULL && k < e->first[c + 1]; k++)
			score[c] += e->points[k];
	}
}

void
budget_lots(struct arena *a, struct str seed, int32_t *lot, ptrdiff_t n)
{
	struct random chance = random_new(seed, S("rank lot"));
	ptrdiff_t *order = arena_new(a, ptrdiff_t, n);
	random_order(&chance, order, n);
	for (ptrdiff_t i = 0; i < n; i++)
		lot[order[i]] = (int32_t)i;
}

/* ---- outcomes ---- */

struct outcome
outcome_new(struct arena *a, const struct election *e)
{
	struct outcome out = {
	    .choice = arena_new(a, struct purchase, e->n_projects),
	    .chosen = arena_new(a, bool, e->n_projects),
	    .passed = arena_new(a, int64_t, e->n_projects),
	    .money = arena_new(a, double, e->n_projects),
	    .endowment = NAN,
	    .stopped_by = -1,
	};
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		out.passed[c] = -1;
		out.money[c] = NAN;
	}
	return out;
}

void
outcome_add(
    struct outcome *out, const struct election *e, struct purchase choice)
{
	ptrdiff_t c = choice.project;
	assert(!out->chosen[c]);
	choice.left = e->budget - out->cost;
	out->choice[out->n++] = choice;
	out->chosen[c] = true;
	out->passed[c] = -1;
	out->cost += e->cost[c];
}

/* What puts `a` before `b`; TIE_NONE: it is the other way round. */
static enum tie
before(const struct election *e, const int64_t *score, int32_t a, int32_t b)
{
	if (e->cost[a] != e->cost[b])
		return e->cost[a] < e->cost[b] ? TIE_COST : TIE_NONE;
	if (score[a] != score[b])
		return score[a] > score[b] ? TIE_VOTES : TIE_NONE;
	return e->lot[a] < e->lot[b] ? TIE_LOT : TIE_NONE;
}

struct purchase
budget_tie(struct arena *a, const struct election *e, const int64_t *score,
    const int32_t *candidate, ptrdiff_t n)
{
	int32_t best = candidate[0];
	for (ptrdiff_t i = 1; i < n; i++) {
		if (before(e, score, candidate[i], best) != TIE_NONE)
			best = candidate[i];
	}
	struct purchase choice = {.project = best, .price = NAN};
	if (n == 1)
		return choice;
	choice.n_tied = n - 1 < TIED_MOST ? n - 1 : TIED_MOST;
	int32_t *tied = arena_new(a, int32_t, choice.n_tied);
	for (ptrdiff_t i = 0, k = 0; i < n; i++) {
		if (candidate[i] == best)
			continue;
		enum tie by = before(e, score, best, candidate[i]);
		choice.tie = by > choice.tie ? by : choice.tie;
		if (k < choice.n_tied)
			tied[k++] = candidate[i];
	}
	choice.tied = tied;
	return choice;
}

/* ---- greedy ---- */

struct place {
	int64_t score, cost; /* as a fraction score / cost */
	int64_t price;
	int32_t lot, project;
};

/* The sign of a / b - c / d, exactly; all >= 0, b and d above 0.  Whole parts
 * are taken off in turn, as in Euclid's algorithm. */
static int
compare_fractions(int64_t a, int64_t b, int64_t c, int64_t d)
{
	for (;;) {
		int64_t q = a / b, r = c / d, old = b;
		if (q != r)
			return q < r ? -1 : 1;
		a -= q * b;
		c -= r * d;
		if (a == 0 || c == 0)
			return (a > 0) - (c > 0);
		b = c; /* a/b < c/d exactly when d/c < b/a */
		c = old;
		int64_t rest = a;
		a = d;
		d = rest;
	}
}

static int
compare_keys(const struct place *x, const struct place *y)
{
	if (x->cost > 0 && y->cost > 0)
		return compare_fractions(y->score, y->cost, x->score, x->cost);
	if (x->cost != y->cost)
		return x->cost == 0 ? -1 : 1; /* free before anything else */
	return (x->score < y->score) - (x->score > y->score);
}

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int keys = compare_keys(x, y);
	if (keys != 0)
		return keys;
	if (x->price != y->price)
		return x->price < y->price ? -1 : 1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->lot > y->lot) - (x->lot < y->lot);
}

/* Projects that are not chosen yet, in the order of their turns. */
static ptrdiff_t
line_up(const struct election *e, const int64_t *score, enum utility utility,
    const struct outcome *out, struct place *place)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		if (out->chosen[c])
			continue;
		place[n++] = (struct place){.score = score[c],
		    .cost = utility == UTILITY_COST ? 1 : e->cost[c],
		    .price = e->cost[c],
		    .lot = e->lot[c],
		    .project = (int32_t)c};
	}
	qsort(place, (size_t)n, sizeof *place, compare_places);
	return n;
}

/* The first of `same` in the line with equal keys.  The one behind it is the
 * nearest to it, so what decided between the two decided. */
static struct purchase
front(const struct election *e, const int64_t *score, const int32_t *line,
    ptrdiff_t same)
{
	struct purchase choice = {.project = line[0], .price = NAN};
	if (same == 1)
		return choice;
	choice.tie = before(e, score, line[0], line[1]);
	choice.tied = line + 1;
	choice.n_tied = same - 1 < TIED_MOST ? same - 1 : TIED_MOST;
	return choice;
}

/* How many places from each on have its key. */
static void
count_same(const struct place *place, ptrdiff_t n, ptrdiff_t *same)
{
	for (ptrdiff_t i = n - 1; i >= 0; i--) {
		bool equal =
		    i + 1 < n && compare_keys(place + i, place + i + 1) == 0;
		same[i] = equal ? same[i + 1] + 1 : 1;
	}
}

static void
go_down_the_line(struct arena *a, const struct election *e,
    const struct greedy_options *o, bool fill, struct outcome *out)
{
	int64_t *score = arena_new(a, int64_t, e->n_projects);
	struct place *place = arena_new(a, struct place, e->n_projects);
	ptrdiff_t *same = arena_new(a, ptrdiff_t, e->n_projects);
	int32_t *line = arena_new(a, int32_t, e->n_projects);
	election_scores(e, score);
	ptrdiff_t n = line_up(e, score, o->utility, out, place);
	count_same(place, n, same);
	for (ptrdiff_t i = 0; i < n; i++)
		line[i] = place[i].project;
	for (ptrdiff_t i = 0; i < n; i++) {
		int32_t c = line[i];
		int64_t left = e->budget - out->cost;
		if (e->cost[c] <= left && out->stopped_by < 0) {
			struct purchase choice =
			    front(e, score, line + i, same[i]);
			choice.fill = fill;
			outcome_add(out, e, choice);
			continue;
		}
		out->passed[c] = left;
		if (o->stop && out->stopped_by < 0)
			out->stopped_by = c;
	}
}

enum err
budget_greedy(struct arena *a, const struct election *e,
    const struct greedy_options *o, struct outcome *out)
{
	enum err err = election_check(e);
	if (err != ERR_OK)
		return err;
	*out = outcome_new(a, e);
	go_down_the_line(a, e, o, false, out);
	return ERR_OK;
}

void
budget_fill(struct arena *a, const struct election *e, struct outcome *out)
{
	static const struct greedy_options by_points = {UTILITY_COST, false};
	out->stopped_by = -1;
	go_down_the_line(a, e, &by_points, true, out);
}
