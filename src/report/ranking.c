/* SPDX-License-Identifier: MPL-2.0 */
#include "report/ranking.h"

#include <math.h>
#include <stdlib.h>

static const double LEVEL = 0.95;
static const double PERCENT = 100;

struct making {
	struct arena *a;
	const struct ranking_from *from;
	const struct round *r;
	const struct side_tally *t;
	struct ranking *out;
	ptrdiff_t n; /* options */
};

static struct str
fill(const struct making *m, const char *msgid, const struct str *args)
{
	return tr_fill(m->a, tr(m->from->lang, msgid), args, 3);
}

static struct str
whole(const struct making *m, int64_t n)
{
	return lang_int(m->a, m->from->lang, n);
}

static struct str
decimal(const struct making *m, double x)
{
	return rank_decimal(m->a, m->from->lang, x, 1);
}

/* ---- values ---- */

/* Whether a ballot that does not name an option says 0 of it. */
static bool
silence_is_none(const struct round *r)
{
	return r->method <= ROUND_POINTS;
}

/* A mean of `answers` values whose sum and sum of squares are known, with its
 * interval; of one answer nothing is known. */
static void
set_mean(struct rating *out, int64_t answers, double sum, double squares)
{
	double n = (double)answers, mean = sum / n;
	double variance = (squares - sum * mean) / (n - 1);
	out->value = mean;
	out->range = (struct interval){-INFINITY, INFINITY};
	if (answers < 2)
		return;
	double error = sqrt(variance > 0 ? variance / n : 0);
	double t = t_quantile(1 - (1 - LEVEL) / 2, n - 1);
	out->range = (struct interval){mean - t * error, mean + t * error};
}

static void
of_means(const struct making *m)
{
	double *sum = arena_new(m->a, double, m->n);
	double *squares = arena_new(m->a, double, m->n);
	double *worth = arena_new(m->a, double, m->n);
	double *able = arena_new(m->a, double, m->n);
	for (ptrdiff_t k = 0; k < m->t->first[m->t->n]; k++) {
		const struct mark *x = &m->t->mark[k];
		double value = (double)x->value;
		worth[x->option] += value;
		able[x->option] += (double)x->other;
		if (m->r->method == ROUND_VALUE)
			value *= (double)x->other;
		sum[x->option] += value;
		squares[x->option] += value * value;
		m->out->item[x->option].answers++;
	}
	for (ptrdiff_t i = 0; i < m->n; i++) {
		struct ranked *item = &m->out->item[i];
		bool all = silence_is_none(m->r);
		set_mean(&item->rating, all ? m->t->n : item->answers, sum[i],
		    squares[i]);
		if (item->answers == 0 && !all) {
			item->rating.value = -INFINITY;
			item->rating.range =
			    (struct interval){-INFINITY, INFINITY};
		}
		item->worth = worth[i] / (double)item->answers;
		item->feasibility = able[i] / (double)item->answers;
	}
}

/* A share of the ballots has an interval that holds for few too. */
static void
of_shares(const struct making *m)
{
	for (ptrdiff_t k = 0; k < m->t->first[m->t->n]; k++)
		m->out->item[m->t->mark[k].option].answers++;
	for (ptrdiff_t i = 0; i < m->n; i++) {
		struct ranked *item = &m->out->item[i];
		struct rating *x = &item->rating;
		x->value = PERCENT * (double)item->answers / (double)m->t->n;
		x->range = wilson(item->answers, m->t->n, LEVEL);
		x->range.low *= PERCENT;
		x->range.high *= PERCENT;
	}
}

static enum err
of_pairs(const struct making *m)
{
	ptrdiff_t marks = m->t->first[m->t->n];
	int32_t *winner = arena_new(m->a, int32_t, marks);
	int32_t *loser = arena_new(m->a, int32_t, marks);
	struct rating *rating = arena_new(m->a, struct rating, m->n);
	struct pairwise p = {.n_items = m->n, .winner = winner, .loser = loser};
	for (ptrdiff_t k = 0; k < marks; k++) {
		const struct mark *x = &m->t->mark[k];
		m->out->item[x->option].answers += x->other != 0;
		m->out->item[x->value].answers += x->other != 0;
		if (x->other == 0)
			continue;
		winner[p.n_votes] =
		    (int32_t)(x->other == 1 ? x->option : x->value);
		loser[p.n_votes++] =
		    (int32_t)(x->other == 1 ? x->value : x->option);
	}
	enum err e = pairwise_score(m->a, &p, LEVEL, rating);
	for (ptrdiff_t i = 0; e == ERR_OK && i < m->n; i++)
		m->out->item[i].rating = rating[i];
	return e;
}

static enum err
find_values(const struct making *m)
{
	if (m->r->method == ROUND_PAIRWISE)
		return of_pairs(m);
	if (m->r->method == ROUND_APPROVAL || m->r->method == ROUND_BUDGET)
		of_shares(m);
	else
		of_means(m);
	return ERR_OK;
}

struct placed {
	double value;
	ptrdiff_t item;
};

static int
by_value(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

static void
find_places(const struct making *m)
{
	struct rating *rating = arena_new(m->a, struct rating, m->n);
	struct placed *order = arena_new(m->a, struct placed, m->n);
	for (ptrdiff_t i = 0; i < m->n; i++) {
		rating[i] = m->out->item[i].rating;
		order[i] = (struct placed){rating[i].value, i};
	}
	rank_range(m->a, rating, m->n);
	qsort(order, (size_t)m->n, sizeof *order, by_value);
	for (ptrdiff_t i = 0; i < m->n; i++) {
		m->out->item[i].rating = rating[i];
		m->out->order[i] = order[i].item;
	}
}

/* ---- with a budget ---- */

static bool
has_budget(const struct round *r)
{
	return round_has_costs(r) && r->budget > 0;
}

/* Who voted for each, option by option. */
static void
turn(const struct making *m, struct election *e)
{
	ptrdiff_t marks = m->t->first[m->t->n];
	ptrdiff_t *first = arena_new(m->a, ptrdiff_t, m->n + 1);
	ptrdiff_t *at = arena_new(m->a, ptrdiff_t, m->n);
	int32_t *voter = arena_new(m->a, int32_t, marks);
	int32_t *points = arena_new(m->a, int32_t, marks);
	for (ptrdiff_t k = 0; k < marks; k++)
		first[m->t->mark[k].option + 1]++;
	for (ptrdiff_t i = 0; i < m->n; i++) {
		first[i + 1] += first[i];
		at[i] = first[i];
	}
	for (ptrdiff_t v = 0; v < m->t->n; v++) {
		for (ptrdiff_t k = m->t->first[v]; k < m->t->first[v + 1];
		     k++) {
			ptrdiff_t c = m->t->mark[k].option;
			points[at[c]] = (int32_t)m->t->mark[k].value;
			voter[at[c]++] = (int32_t)v;
		}
	}
	e->first = first;
	e->voter = voter;
	e->points = m->r->method == ROUND_POINTS ? points : NULL;
}

static struct election *
election_of(const struct making *m)
{
	struct election *e = arena_new(m->a, struct election, 1);
	int64_t *cost = arena_new(m->a, int64_t, m->n);
	int32_t *lot = arena_new(m->a, int32_t, m->n);
	for (ptrdiff_t i = 0; i < m->n; i++)
		cost[i] = m->r->option[i].cost;
	budget_lots(m->a, m->r->record.id_text, lot, m->n);
	*e = (struct election){.n_voters = m->t->n,
	    .n_projects = m->n,
	    .budget = m->r->budget,
	    .unit = 1,
	    .cost = cost,
	    .lot = lot};
	turn(m, e);
	return e;
}

static enum err
choose(const struct making *m)
{
	struct budget_run *run = arena_new(m->a, struct budget_run, 1);
	struct str *name = arena_new(m->a, struct str, m->n);
	const struct shares_options how = {
	    .utility = UTILITY_COST, .completion = COMPLETION_ADD1_FILL};
	for (ptrdiff_t i = 0; i < m->n; i++)
		name[i] = m->r->option[i].title;
	*run = (struct budget_run){.arena = m->a,
	    .lang = m->from->lang,
	    .election = election_of(m),
	    .name = name,
	    .points = m->r->method == ROUND_POINTS,
	    .point = 1,
	    .method = "equalshares",
	    .utility = how.utility,
	    .completion = how.completion};
	enum err e = equal_shares(m->a, run->election, &how, &run->outcome);
	if (e != ERR_OK)
		return e;
	rank_look(run);
	m->out->run = run;
	for (ptrdiff_t i = 0; i < m->n; i++) {
		m->out->item[i].chosen = run->place[i] >= 0;
		m->out->item[i].why = rank_why(run, i);
	}
	return ERR_OK;
}

/* ---- in words ---- */

static struct str
support(const struct making *m, ptrdiff_t i)
{
	const struct ranked *item = &m->out->item[i];
	struct str args[3] = {whole(m, item->answers), whole(m, m->t->n)};
	switch (m->r->method) {
	case ROUND_APPROVAL:
	case ROUND_BUDGET:
		return fill(m, N_("%1 of %2 chose it"), args);
	case ROUND_POINTS:
		args[0] = decimal(m, item->rating.value);
		return fill(m, N_("%1 points from each on average"), args);
	case ROUND_PAIRWISE:
		args[0] = whole(m, item->rating.wins);
		args[1] = whole(m, item->answers);
		return fill(m,
		    N_("Chosen %1 of the %2 times it stood beside "
		       "another"),
		    args);
	default:
		break;
	}
	if (item->answers == 0)
		return tr(m->from->lang, "Nobody answered");
	if (m->r->method == ROUND_STARS) {
		args[1] = decimal(m, item->rating.value);
		return fill(m, N_("%2 of 5 on average, %1 answered"), args);
	}
	args[1] = decimal(m, item->worth);
	args[2] = decimal(m, item->feasibility);
	return fill(
	    m, N_("Value %2 of 5, feasibility %3 of 5, %1 answered"), args);
}

/* Where no rule chose, the sentence says how sure its place is. */
static struct str
place_sentence(const struct making *m, ptrdiff_t i)
{
	const struct rating *x = &m->out->item[i].rating;
	struct str args[3] = {whole(m, x->first), whole(m, x->last)};
	if (x->first == x->last)
		return fill(m, N_("Its place is sure: number %1."), args);
	if (x->first == 1 && x->last == m->n)
		return fill(m,
		    N_("It could stand at any place: too few answers tell it "
		       "from the others."),
		    args);
	return fill(m,
	    N_("It could stand at any place from %1 to %2: the answers do not "
	       "tell it from those."),
	    args);
}

static void
say(const struct making *m)
{
	for (ptrdiff_t i = 0; i < m->n; i++) {
		struct ranked *item = &m->out->item[i];
		item->support = support(m, i);
		if (item->why.n == 0)
			item->why = place_sentence(m, i);
	}
}

static enum err
make_side(struct making *m)
{
	struct ranking *out = m->out;
	out->item = arena_new(m->a, struct ranked, m->n);
	out->order = arena_new(m->a, ptrdiff_t, m->n);
	enum err e = find_values(m);
	if (e != ERR_OK)
		return e;
	find_places(m);
	if (has_budget(m->r))
		e = choose(m);
	if (e == ERR_OK)
		say(m);
	return e;
}

enum err
ranking_make(
    struct arena *a, const struct ranking_from *from, struct rankings *out)
{
	enum err e = ERR_OK;
	*out = (struct rankings){.k = from->k};
	for (int side = 0; e == ERR_OK && side < ROUND_SIDES; side++) {
		struct ranking *of = &out->of[side];
		struct making m = {.a = a,
		    .from = from,
		    .r = from->round,
		    .t = &from->tallies->of[side],
		    .out = of,
		    .n = from->round->n_options};
		of->people = m.t->n;
		of->hidden = of->people == 0 ||
		    (of->people < from->k &&
			!(side == SIDE_LEADERSHIP &&
			    from->round->shows_leadership));
		if (!of->hidden)
			e = make_side(&m);
	}
	return e;
}

/* ---- how far two agree ---- */

static double *
middles(struct arena *a, const struct ranking *x, ptrdiff_t n)
{
	struct side side = {0};
	double *value = arena_new(a, double, n);
	for (ptrdiff_t i = 0; i < n; i++)
		value[i] = x->item[i].rating.value;
	rank_places(a, value, n, &side);
	for (ptrdiff_t i = 0; i < n; i++)
		value[i] = (double)(side.first[i] + side.last[i]) / 2;
	return value;
}

double
ranking_agreement(struct arena *a, const struct ranking *x,
    const struct ranking *y, ptrdiff_t n)
{
	double middle = (double)(n + 1) / 2, xy = 0, xx = 0, yy = 0;
	if (x->hidden || y->hidden || n < 3)
		return NAN;
	double *p = middles(a, x, n), *q = middles(a, y, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		xy += (p[i] - middle) * (q[i] - middle);
		xx += (p[i] - middle) * (p[i] - middle);
		yy += (q[i] - middle) * (q[i] - middle);
	}
	return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
}

const char *
ranking_agreement_words(double x)
{
	if (isnan(x))
		return N_("cannot be compared");
	if (x >= 0.7)
		return N_("put the options in nearly the same order");
	if (x >= 0.3)
		return N_("agree on some of it");
	if (x > -0.3)
		return N_("have orders of their own");
	return N_("put the options in nearly opposite order");
}
