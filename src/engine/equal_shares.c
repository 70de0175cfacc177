/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/equal_shares.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/crowd.h"
#include "engine/exact.h"
#include "engine/twins.h"

/* Keys this near to each other are compared in whole numbers. */
#define NEAR 1e-9
/* What doubles lose on the way, in parts of an endowment. */
#define DRIFT 1e-13

struct start {
	double key, price;
	int32_t project;
};

struct run {
	struct arena *arena; /* of this run */
	const struct election *e;
	const struct shares_options *o;
	const int64_t *score;
	const struct start *start; /* [n_start] by falling key */
	ptrdiff_t n_start;

	int64_t numerator, denominator; /* of the endowment, in units */
	double widest; /* most points for the price */
	double endowment, near;
	struct crowd crowd;
	double *money; /* [crowd.n] of one of each kind */
	/* [n_projects] the price is never too high, nor the key too low */
	double *key, *price;
	struct twins twins;
	int32_t *line; /* [n_line] the first of its twins, by falling key */
	int32_t *close; /* [n_projects] */
	ptrdiff_t n_line;
	struct exact_shares *exact; /* from the first time it is asked */
	ptrdiff_t n_exact; /* choices that it has seen */
	int64_t runs; /* this one counted */
	bool stopped; /* by the watch */
	struct outcome *out;
};

/* ---- the exact second opinion ---- */

static struct exact_shares *
exact_now(struct run *r)
{
	if (r->exact == NULL) {
		r->exact = exact_shares_new(
		    r->arena, r->e, r->numerator, r->denominator);
		r->n_exact = 0;
	}
	while (r->n_exact < r->out->n)
		exact_shares_pay(
		    r->exact, r->out->choice[r->n_exact++].project);
	r->out->exact++;
	return r->exact;
}

static bool
affords(struct run *r, ptrdiff_t c, double money)
{
	double cost = (double)r->e->cost[c];
	double slack = NEAR * cost + DRIFT * r->endowment * (double)r->score[c];
	if (fabs(money - cost) > slack)
		return money > cost;
	int sign = exact_shares_affords(exact_now(r), c);
	if (sign != EXACT_UNKNOWN)
		return sign >= 0;
	r->out->undecided++;
	return money >= cost;
}

/* Those of `close` whose key is greatest, in front; how many. */
static ptrdiff_t
greatest(struct run *r, int32_t *close, ptrdiff_t n)
{
	ptrdiff_t same = 1;
	for (ptrdiff_t i = 1; i < n; i++) {
		int sign = exact_shares_compare(
		    exact_now(r), r->o->utility, close[i], close[0]);
		if (sign == EXACT_UNKNOWN) {
			r->out->undecided++;
			sign = 0;
		}
		if (sign > 0) {
			close[0] = close[i];
			same = 1;
		} else if (sign == 0) {
			close[same++] = close[i];
		}
	}
	return same;
}

/* ---- one project ---- */

static void
set_price(struct run *r, ptrdiff_t c, double price)
{
	double cost = (double)r->e->cost[c];
	r->price[c] = price;
	r->key[c] = (r->o->utility == UTILITY_COST ? cost : 1) / price;
}

/* What the voters of a project pay at some price. */
struct payment {
	double money; /* of all of them */
	double spent; /* what those pay who pay all they have */
	double gone; /* the points of those */
	double next; /* the lowest price at which more pay all they have */
};

/* Adds `people` with `own` money and `points` each.  Who pays all is as good as
 * a coin's toss to foresee, so there is no branch: `all` is 0 or 1. */
static inline void
pay_add(
    struct payment *pay, double own, double people, double points, double price)
{
	double all = own < price * points;
	double later = own / points + all * BUDGET_MOST * BUDGET_MOST;
	pay->money += own * people;
	pay->spent += all * (own * people);
	pay->gone += all * (people * points);
	pay->next = later < pay->next ? later : pay->next;
}

/* Two at a time, so that an addition need not wait for the one before. */
static struct payment
pay_votes(const struct run *r, ptrdiff_t c, double price)
{
	const struct crowd *w = &r->crowd;
	struct payment x = {.next = INFINITY}, y = {.next = INFINITY};
	ptrdiff_t k = w->first[c], end = w->first[c + 1];
	for (; k + 1 < end; k += 2) {
		pay_add(&x, r->money[w->kind[k]], w->people[k], 1, price);
		pay_add(
		    &y, r->money[w->kind[k + 1]], w->people[k + 1], 1, price);
	}
	if (k < end)
		pay_add(&x, r->money[w->kind[k]], w->people[k], 1, price);
	return (struct payment){x.money + y.money, x.spent + y.spent,
	    x.gone + y.gone, fmin(x.next, y.next)};
}

static struct payment
pay_points(const struct run *r, ptrdiff_t c, double price)
{
	const struct crowd *w = &r->crowd;
	struct payment pay = {.next = INFINITY};
	for (ptrdiff_t k = w->first[c]; k < w->first[c + 1]; k++)
		pay_add(&pay, r->money[w->kind[k]], w->people[k], w->points[k],
		    price);
	return pay;
}

/* Sets price and key.  The price is found from below, from what it was before,
 * as Newton's method does on the concave sum of what is paid; as soon as the
 * key is under `least` it no longer matters.  False: they cannot pay. */
static bool
work_out(struct run *r, ptrdiff_t c, double least)
{
	double cost = (double)r->e->cost[c];
	for (bool first = true;; first = false) {
		double price = r->price[c];
		struct payment pay = r->crowd.points == NULL
		    ? pay_votes(r, c, price)
		    : pay_points(r, c, price);
		if (first && !affords(r, c, pay.money))
			return false;
		double points = (double)r->score[c] - pay.gone;
		if (points == 0)
			return true;
		double higher = (cost - pay.spent) / points;
		if (higher > price)
			set_price(r, c, higher);
		if (r->key[c] < least || higher <= pay.next)
			return true;
	}
}

/* ---- one round ---- */

/* Brings the line into order again; it almost is. */
static void
sort_line(struct run *r)
{
	for (ptrdiff_t i = 1; i < r->n_line; i++) {
		int32_t c = r->line[i];
		ptrdiff_t k = i;
		for (; k > 0 && r->key[r->line[k - 1]] < r->key[c]; k--)
			r->line[k] = r->line[k - 1];
		r->line[k] = c;
	}
}

/* Works out keys from the front for as long as an old one reaches the best;
 * who cannot pay leaves the line for good.  Those near the best are in
 * `close`; how many. */
static ptrdiff_t
find_close(struct run *r)
{
	double best = 0, reach = 0;
	ptrdiff_t i, stay = 0, n = 0;
	for (i = 0; i < r->n_line && r->key[r->line[i]] >= reach; i++) {
		int32_t c = r->line[i];
		if (!work_out(r, c, reach))
			continue;
		r->line[stay++] = c;
		best = fmax(best, r->key[c]);
		reach = best * (1 - r->near);
	}
	for (ptrdiff_t k = 0; k < stay; k++) {
		if (r->key[r->line[k]] >= reach)
			r->close[n++] = r->line[k];
	}
	memmove(r->line + stay, r->line + i,
	    (size_t)(r->n_line - i) * sizeof *r->line);
	r->n_line -= i - stay;
	return n;
}

static void
charge(struct run *r, ptrdiff_t c)
{
	const struct crowd *w = &r->crowd;
	double price = r->price[c];
	for (ptrdiff_t k = w->first[c]; k < w->first[c + 1]; k++) {
		double *money = &r->money[w->kind[k]];
		double due = w->points == NULL ? price : price * w->points[k];
		*money = *money < due ? 0 : *money - due;
	}
}

/* The next twin takes its place, if there is one. */
static void
leave_line(struct run *r, ptrdiff_t c)
{
	int32_t next = r->twins.next[c];
	ptrdiff_t at = 0;
	while (r->line[at] != c)
		at++;
	if (next >= 0) {
		r->line[at] = next;
		r->key[next] = r->key[c];
		r->price[next] = r->price[c];
		return;
	}
	r->n_line--;
	memmove(r->line + at, r->line + at + 1,
	    (size_t)(r->n_line - at) * sizeof *r->line);
}

/* Nothing more is bought when the price is over the budget: Add1 ends here. */
static bool
over(const struct run *r)
{
	return r->out->cost > r->e->budget;
}

static bool
goes_on(struct run *r)
{
	r->stopped = !watch_tick(r->o->watch, "runs", r->runs, 0);
	return !r->stopped;
}

static void
buy_all(struct run *r)
{
	ptrdiff_t n;
	while (!over(r) && goes_on(r) && (n = find_close(r)) > 0) {
		if (n > 1)
			n = greatest(r, r->close, n);
		n = twins_add(&r->twins, r->close, n);
		struct purchase choice =
		    budget_tie(r->arena, r->e, r->score, r->close, n);
		ptrdiff_t c = choice.project;
		choice.price = r->price[c];
		charge(r, c);
		leave_line(r, c);
		outcome_add(r->out, r->e, choice);
		sort_line(r);
	}
}

/* ---- one run: the whole rule at one endowment ---- */

static void
begin(struct run *r, struct outcome *out)
{
	const struct election *e = r->e;
	r->endowment = (double)r->numerator / (double)r->denominator;
	for (ptrdiff_t i = 0; i < r->crowd.n; i++)
		r->money[i] = r->endowment;
	r->n_line = 0;
	for (ptrdiff_t i = 0; i < r->n_start; i++) {
		int32_t c = r->start[i].project;
		if (r->twins.heir[c])
			continue;
		r->line[r->n_line++] = c;
		r->key[c] = r->start[i].key;
		r->price[c] = r->start[i].price;
	}
	r->near = fmin(NEAR + DRIFT * r->widest * r->endowment, 0.5);
	r->exact = NULL;
	r->out = out;
	memset(out->chosen, 0, (size_t)e->n_projects * sizeof *out->chosen);
	out->n = 0;
	out->cost = 0;
}

static void
count_money(struct run *r)
{
	const struct crowd *w = &r->crowd;
	for (ptrdiff_t c = 0; c < r->e->n_projects; c++) {
		double *money = &r->out->money[c];
		*money = r->out->chosen[c] ? NAN : 0;
		for (ptrdiff_t k = w->first[c]; k < w->first[c + 1]; k++)
			*money += r->money[w->kind[k]] * w->people[k];
	}
	r->out->endowment = r->endowment;
}

/* ---- Add1 ---- */

static int
compare_starts(const void *a, const void *b)
{
	const struct start *x = a, *y = b;
	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return (x->project > y->project) - (x->project < y->project);
}

/* The keys when nobody is short of money: the greatest that they can be. */
static void
line_up(struct run *r, struct start *start)
{
	const struct election *e = r->e;
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		if (e->cost[c] == 0 || r->score[c] == 0)
			continue;
		set_price(r, c, (double)e->cost[c] / (double)r->score[c]);
		start[r->n_start++] =
		    (struct start){r->key[c], r->price[c], (int32_t)c};
		r->widest = fmax(r->widest, 1 / r->price[c]);
	}
	qsort(start, (size_t)r->n_start, sizeof *start, compare_starts);
	r->start = start;
}

static void
prepare(struct run *r, struct arena *a, bool same)
{
	ptrdiff_t m = r->e->n_projects, n = r->e->n_voters;
	int64_t *score = arena_new(a, int64_t, m);
	election_scores(r->e, score);
	r->score = score;
	r->crowd = same ? crowd_of_same(a, r->e) : crowd_of_each(a, r->e);
	r->money = arena_new(a, double, r->crowd.n);
	r->twins = twins_find(a, r->e);
	r->key = arena_new(a, double, m);
	r->price = arena_new(a, double, m);
	r->line = arena_new(a, int32_t, m);
	r->close = arena_new(a, int32_t, m);
	line_up(r, arena_new(a, struct start, m));
	r->numerator = r->e->budget;
	r->denominator = n > 0 ? n : 1;
}

/* Whether no project fits any more. */
static bool
exhausted(const struct election *e, const struct outcome *out)
{
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		if (!out->chosen[c] && e->cost[c] <= e->budget - out->cost)
			return false;
	}
	return true;
}

static bool
all_fit(const struct election *e)
{
	int64_t cost = 0;
	for (ptrdiff_t c = 0; c < e->n_projects; c++)
		cost += e->cost[c];
	return cost <= e->budget;
}

/* The endowment rises by a step.  False: there is no higher number. */
static bool
raise_endowment(struct run *r)
{
	int64_t step = r->o->step > 0 ? r->o->step : r->e->unit;
	if (step > BUDGET_MOST / r->denominator ||
	    r->numerator > BUDGET_MOST - step * r->denominator)
		return false;
	r->numerator += step * r->denominator;
	return true;
}

/* Raises it until the result costs more than the budget, or nothing is left to
 * gain; the run is left with the last endowment that was good. */
static enum err
find_endowment(struct run *r, struct arena *a)
{
	struct outcome trial = outcome_new(a, r->e);
	struct arena *scratch = arena_scratch(a);
	int64_t good = r->numerator;
	enum err e = ERR_OK;
	r->arena = scratch;
	for (r->runs = 1;; r->runs++) {
		begin(r, &trial);
		buy_all(r);
		if (r->stopped)
			e = ERR_UNAVAIL;
		if (over(r) || r->stopped)
			break;
		good = r->numerator;
		if (trial.n == r->n_start ||
		    (r->o->exhaustive && exhausted(r->e, &trial)) ||
		    !raise_endowment(r))
			break;
		if (r->runs == SHARES_RUNS) {
			e = ERR_TOO_LARGE;
			break;
		}
		arena_reset(scratch);
	}
	arena_close(scratch);
	r->exact = NULL;
	r->out = NULL;
	r->numerator = good;
	return e;
}

/* A whole number of the currency a voter. */
static void
round_endowment(struct run *r)
{
	if (r->o->fractional || r->e->n_voters == 0)
		return;
	r->numerator = r->e->budget / r->e->unit / r->e->n_voters * r->e->unit;
	r->denominator = 1;
}

enum err
equal_shares(struct arena *a, const struct election *e,
    const struct shares_options *o, struct outcome *out)
{
	struct run r = {.arena = a, .e = e, .o = o};
	bool raises = o->completion >= COMPLETION_ADD1;
	enum err err = election_check(e);
	if (err != ERR_OK || o->step < 0)
		return ERR_INVALID;
	prepare(&r, a, raises);
	if (raises)
		round_endowment(&r);
	if (raises && !all_fit(e))
		err = find_endowment(&r, a);
	if (err != ERR_OK)
		return err;
	*out = outcome_new(a, e);
	r.arena = a;
	r.runs++;
	begin(&r, out);
	buy_all(&r);
	if (r.stopped)
		return ERR_UNAVAIL;
	count_money(&r);
	out->runs = r.runs;
	if (o->completion == COMPLETION_FILL ||
	    o->completion == COMPLETION_ADD1_FILL || (raises && all_fit(e)))
		budget_fill(a, e, out);
	return ERR_OK;
}
