/* SPDX-License-Identifier: MPL-2.0 */
#include "report/change.h"

#include <math.h>

/* ---- the analysis ---- */

static enum change_show
show_of(const struct change_report *r, ptrdiff_t n)
{
	if (n < r->k)
		return SHOW_NOTHING;
	return n < DOTS_UNDER  ? SHOW_DOTS
	    : n < VERDICT_FROM ? SHOW_INTERVAL
			       : SHOW_VERDICT;
}

/* Everybody's numbers ascending, as the dots want them. */
static void
sort_item(struct arena *a, struct change_item *item)
{
	ptrdiff_t most =
	    item->n_before > item->n_after ? item->n_before : item->n_after;
	double *spare = arena_new(a, double, most);
	sort_values(item->all_before, spare, item->n_before);
	sort_values(item->all_after, spare, item->n_after);
}

static void
analyse_unpaired(const struct change_report *r, struct change_result *res)
{
	const struct change_item *item = res->item;
	struct values before = {item->all_before, item->n_before};
	struct values after = {item->all_after, item->n_after};
	res->unpaired = unpaired_of(r->arena, before, after, r->options.level);
	res->show = show_of(
	    r, item->n_before < item->n_after ? item->n_before : item->n_after);
	res->p[0] = res->unpaired.p_rank_sum;
	res->p[1] = res->unpaired.p_welch;
}

static void
analyse_item(const struct change_report *r, struct change_result *res)
{
	const struct change_item *item = res->item;
	if (r->design == CROSS_SECTION) {
		analyse_unpaired(r, res);
	} else {
		res->show = show_of(r, item->pairs);
		res->paired = paired_of(r->arena, item->before, item->after,
		    item->pairs, &r->options);
		res->p[0] = res->paired.p_sign;
		res->p[1] = res->paired.p_flip;
	}
	if (res->show < SHOW_INTERVAL)
		res->p[0] = res->p[1] = NAN;
}

/* Who is not shown has a sample of nobody, and no interval. */
static void
bootstrap_all(const struct change_report *r)
{
	struct sample *s = arena_new(r->arena, struct sample, r->data.n);
	for (ptrdiff_t i = 0; i < r->data.n; i++) {
		const struct change_result *res = &r->result[i];
		if (r->design != CROSS_SECTION && res->show >= SHOW_INTERVAL)
			s[i] = (struct sample){
			    .x = res->paired.d, .n = res->paired.n};
	}
	bootstrap_means(r->arena, s, r->data.n, &r->options);
	for (ptrdiff_t i = 0; i < r->data.n; i++)
		r->result[i].bca = s[i].bca;
}

/* Many items are many chances: each family of tests is adjusted for itself,
 * over the items whose numbers are shown. */
static void
adjust(const struct change_report *r, int test)
{
	struct arena *a = r->arena;
	ptrdiff_t *which = arena_new(a, ptrdiff_t, r->data.n), m = 0;
	ptrdiff_t *scratch = arena_new(a, ptrdiff_t, r->data.n);
	double *p = arena_new(a, double, r->data.n);
	double *by_holm = arena_new(a, double, r->data.n);
	double *by_bh = arena_new(a, double, r->data.n);
	for (ptrdiff_t i = 0; i < r->data.n; i++) {
		r->result[i].holm[test] = r->result[i].bh[test] = NAN;
		if (isnan(r->result[i].p[test]))
			continue;
		which[m] = i;
		p[m++] = r->result[i].p[test];
	}
	holm(p, m, by_holm, scratch);
	benjamini_hochberg(p, m, by_bh, scratch);
	for (ptrdiff_t k = 0; k < m; k++) {
		r->result[which[k]].holm[test] = by_holm[k];
		r->result[which[k]].bh[test] = by_bh[k];
	}
}

static enum change_verdict
verdict_of(const struct change_report *r, const struct change_result *res)
{
	double limit = 1 - r->options.level;
	int unlikely = (res->holm[0] < limit) + (res->holm[1] < limit);
	if (res->show != SHOW_VERDICT)
		return VERDICT_NONE;
	return unlikely == TESTS ? VERDICT_UNLIKELY
	    : unlikely == 0	 ? VERDICT_POSSIBLE
				 : VERDICT_DISAGREE;
}

void
change_analyse(struct change_report *r)
{
	r->result = arena_new(r->arena, struct change_result, r->data.n);
	for (ptrdiff_t i = 0; i < r->data.n; i++) {
		sort_item(r->arena, &r->data.item[i]);
		r->result[i].item = &r->data.item[i];
		analyse_item(r, &r->result[i]);
	}
	bootstrap_all(r);
	for (int test = 0; test < TESTS; test++)
		adjust(r, test);
	for (ptrdiff_t i = 0; i < r->data.n; i++) {
		r->result[i].verdict = verdict_of(r, &r->result[i]);
		r->result[i].sentence = change_sentence(r, &r->result[i]);
	}
}

/* ---- columns of dots ---- */

static struct change_columns
by_value(struct arena *a, const double *x, ptrdiff_t n)
{
	static const double near = 1e-9;
	struct change_columns c = {
	    .column = arena_new(a, struct change_column, MOST_COLUMNS + 1)};
	double reach = near * fmax(fabs(x[0]), fabs(x[n - 1]));
	for (ptrdiff_t i = 0; i < n && c.n <= MOST_COLUMNS; i++) {
		if (c.n > 0 && x[i] <= c.column[c.n - 1].value + reach)
			c.column[c.n - 1].count++;
		else
			c.column[c.n++] = (struct change_column){x[i], 1};
	}
	return c;
}

/* Values that two decimals show may stand side by side. */
static bool
few_decimals(const struct change_columns *c)
{
	for (int i = 0; i < c->n; i++) {
		double y = 100 * c->column[i].value;
		if (fabs(y - rint(y)) > 1e-6)
			return false;
	}
	return true;
}

struct change_columns
change_columns_of(struct arena *a, const double *x, ptrdiff_t n)
{
	enum { COLUMNS = 15, FEW = 11 };
	struct change_columns c = by_value(a, x, n);
	if (c.n <= FEW || (c.n <= MOST_COLUMNS && few_decimals(&c)))
		return c;
	c.n = COLUMNS;
	c.width = (x[n - 1] - x[0]) / COLUMNS;
	for (int k = 0; k < COLUMNS; k++)
		c.column[k] =
		    (struct change_column){x[0] + (k + 0.5) * c.width, 0};
	for (ptrdiff_t i = 0; i < n; i++) {
		int k = (int)((x[i] - x[0]) / c.width);
		c.column[k < COLUMNS ? k : COLUMNS - 1].count++;
	}
	return c;
}
