/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/phragmen.h"

#include <math.h>
#include <string.h>

#include "engine/exact.h"
#include "engine/twins.h"

/* Times this near to each other are compared in whole numbers; doubles lose
 * about 1e-16 of the time so far at each choice. */
#define NEAR 1e-9

struct phragmen {
	struct arena *arena;
	const struct election *e;
	int64_t *score; /* votes, not points */
	double *load; /* [n_voters] the time of her last project */
	double *time; /* [n_projects], never too late */
	struct twins twins;
	int32_t *line; /* [n_line] the first of its twins, by rising time */
	int32_t *close; /* [n_projects] */
	ptrdiff_t n_line;
	struct exact_loads *exact;
	ptrdiff_t n_exact;
	struct outcome *out;
};

static void
work_out(struct phragmen *p, ptrdiff_t c)
{
	const struct election *e = p->e;
	double load = 0;
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++)
		load += p->load[e->voter[k]];
	p->time[c] = ((double)e->cost[c] + load) / (double)p->score[c];
}

static void
sort_line(struct phragmen *p)
{
	for (ptrdiff_t i = 1; i < p->n_line; i++) {
		int32_t c = p->line[i];
		ptrdiff_t k = i;
		for (; k > 0 && p->time[p->line[k - 1]] > p->time[c]; k--)
			p->line[k] = p->line[k - 1];
		p->line[k] = c;
	}
}

/* Those whose time is near the first, in `close`. */
static ptrdiff_t
find_close(struct phragmen *p)
{
	double first = INFINITY, reach = INFINITY;
	ptrdiff_t i, n = 0;
	for (i = 0; i < p->n_line && p->time[p->line[i]] <= reach; i++) {
		work_out(p, p->line[i]);
		first = fmin(first, p->time[p->line[i]]);
		reach = first * (1 + NEAR);
	}
	for (ptrdiff_t k = 0; k < i; k++) {
		if (p->time[p->line[k]] <= reach)
			p->close[n++] = p->line[k];
	}
	return n;
}

static struct exact_loads *
exact_now(struct phragmen *p)
{
	if (p->exact == NULL)
		p->exact = exact_loads_new(p->arena, p->e);
	while (p->n_exact < p->out->n)
		exact_loads_pay(p->exact, p->out->choice[p->n_exact++].project);
	p->out->exact++;
	return p->exact;
}

/* Those of `close` that come first, in front; how many. */
static ptrdiff_t
earliest(struct phragmen *p, int32_t *close, ptrdiff_t n)
{
	ptrdiff_t same = 1;
	for (ptrdiff_t i = 1; i < n; i++) {
		int sign =
		    exact_loads_compare(exact_now(p), close[i], close[0]);
		if (sign == EXACT_UNKNOWN) {
			p->out->undecided++;
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

static void
take(struct phragmen *p, struct purchase choice)
{
	const struct election *e = p->e;
	ptrdiff_t c = choice.project, at = 0;
	choice.price = p->time[c];
	for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++)
		p->load[e->voter[k]] = p->time[c];
	outcome_add(p->out, e, choice);
	while (p->line[at] != c)
		at++;
	int32_t next = p->twins.next[c];
	if (next >= 0) { /* takes its place */
		p->line[at] = next;
		p->time[next] = p->time[c];
		return;
	}
	p->n_line--;
	memmove(p->line + at, p->line + at + 1,
	    (size_t)(p->n_line - at) * sizeof *p->line);
}

/* What the voters of each project have at the end. */
static void
count_money(struct phragmen *p, double end)
{
	const struct election *e = p->e;
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		if (p->out->chosen[c])
			continue;
		p->out->money[c] = 0;
		for (ptrdiff_t k = e->first[c]; k < e->first[c + 1]; k++)
			p->out->money[c] += end - p->load[e->voter[k]];
	}
}

static enum err
buy_all(struct phragmen *p, const struct watch *watch)
{
	const struct election *e = p->e;
	double end = 0;
	ptrdiff_t n;
	while ((n = find_close(p)) > 0) {
		if (!watch_tick(watch, "choices", p->out->n, 0))
			return ERR_UNAVAIL;
		if (n > 1)
			n = earliest(p, p->close, n);
		n = twins_add(&p->twins, p->close, n);
		struct purchase choice =
		    budget_tie(p->arena, e, p->score, p->close, n);
		ptrdiff_t c = choice.project;
		int64_t left = e->budget - p->out->cost;
		end = p->time[c];
		if (e->cost[c] > left) {
			p->out->stopped_by = c;
			p->out->passed[c] = left;
			break;
		}
		take(p, choice);
		sort_line(p);
	}
	count_money(p, end);
	return ERR_OK;
}

enum err
phragmen(struct arena *a, const struct election *e, const struct watch *watch,
    struct outcome *out)
{
	struct phragmen p = {.arena = a, .e = e, .out = out};
	enum err err = election_check(e);
	if (err != ERR_OK)
		return err;
	*out = outcome_new(a, e);
	p.score = arena_new(a, int64_t, e->n_projects);
	p.twins = twins_find(a, e);
	p.load = arena_new(a, double, e->n_voters);
	p.time = arena_new(a, double, e->n_projects);
	p.line = arena_new(a, int32_t, e->n_projects);
	p.close = arena_new(a, int32_t, e->n_projects);
	for (ptrdiff_t c = 0; c < e->n_projects; c++) {
		p.score[c] = e->first[c + 1] - e->first[c];
		if (p.score[c] == 0)
			continue;
		if (e->cost[c] > e->budget) {
			out->passed[c] = e->budget;
			continue;
		}
		if (p.twins.heir[c])
			continue;
		work_out(&p, c);
		p.line[p.n_line++] = (int32_t)c;
	}
	sort_line(&p);
	return buy_all(&p, watch);
}
