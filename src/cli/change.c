/* SPDX-License-Identifier: MPL-2.0 */

/* change: what moved between two measurements. */
#include "cli/change.h"

#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/number.h"

enum {
	DEFAULT_K = 5,
	DEFAULT_DRAWS = 20000,
	LEAST_DRAWS = 1000,
	MOST_DRAWS = 1000000,
	OUT_BYTES = 256 * 1024 * 1024
};

/* ---- options ---- */

struct words {
	struct str design, before, after, missing, scale, k, draws, seed, svg;
};

static bool
read_scale(struct str text, struct change_rules *rules)
{
	ptrdiff_t dash = str_find(text, S(".."));
	ptrdiff_t wide = 2;
	if (dash < 0) {
		wide = 1;
		dash = str_find_byte(str_sub(text, 1, text.n), '-') + 1;
	}
	rules->any_scale = false;
	return dash > 0 &&
	    number_parse(str_sub(text, 0, dash), false, &rules->low) &&
	    number_parse(
		str_sub(text, dash + wide, text.n), false, &rules->high) &&
	    rules->low < rules->high && rules->low >= -CHANGE_FAR &&
	    rules->high <= CHANGE_FAR;
}

static bool
read_design(struct str word, enum change_design *design)
{
	static const char *const words[] = {[BEFORE_AFTER] = "before-after",
	    [RETROSPECTIVE] = "retrospective",
	    [CROSS_SECTION] = "cross-section"};
	for (int i = 0; i < (int)COUNT_OF(words); i++) {
		*design = (enum change_design)i;
		if (str_eq(word, str_c(words[i])))
			return true;
	}
	return false;
}

/* 0, or 2 after saying which word is wrong. */
static int
read_words(struct cli *cli, const struct words *w, struct change_report *r,
    struct change_rules *rules)
{
	int64_t draws = DEFAULT_DRAWS;
	r->k = DEFAULT_K;
	*rules = (struct change_rules){.any_scale = true,
	    .missing = w->missing,
	    .before = w->before,
	    .after = w->after};
	if (!read_design(w->design, &r->design))
		return cli_fail(cli,
		    "--design takes before-after, retrospective or "
		    "cross-section");
	if (w->scale.n > 0 && !read_scale(w->scale, rules))
		return cli_fail(cli, "--scale takes two numbers, as 0-10");
	if (w->k.n > 0 && (!str_int(w->k, &r->k) || r->k < 1))
		return cli_fail(cli, "--k-anonymity takes a number from 1");
	if (w->draws.n > 0 &&
	    (!str_int(w->draws, &draws) || draws < LEAST_DRAWS ||
		draws > MOST_DRAWS))
		return cli_fail(
		    cli, "--resamples takes %d to %d", LEAST_DRAWS, MOST_DRAWS);
	if ((w->before.n > 0) != (w->after.n > 0))
		return cli_fail(cli, "--before and --after go together");
	rules->unpaired = r->design == CROSS_SECTION;
	r->options = (struct change_options){
	    .seed = w->seed, .draws = draws, .level = 0.95};
	return 0;
}

/* ---- progress, on a terminal, when it takes over a second ---- */

struct progress {
	double began_s, told_s;
	bool told;
};

static double
seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool
tell(void *arg, double share)
{
	struct progress *p = arg;
	double now = seconds();
	if (share < 0 || now - p->began_s < 1 || now - p->told_s < 0.2)
		return true;
	fprintf(stderr, "\r%3.0f %%", 100 * share);
	p->told_s = now;
	p->told = true;
	return true;
}

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

static void
analyse(struct change_report *r)
{
	struct progress progress = {.began_s = seconds()};
	if (isatty(STDERR_FILENO)) {
		r->options.progress = tell;
		r->options.arg = &progress;
	}
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
	r->options.progress = NULL;
	r->options.arg = NULL;
	if (progress.told)
		fputs("\r     \r", stderr);
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

/* ---- the command ---- */

static int
read_file(
    struct cli *cli, struct change_report *r, const struct change_rules *rules)
{
	struct str text = {0}, path = cli->argument[0];
	struct change_fault fault = {0};
	int status = cli_read(cli, path, &text);
	if (status != 0)
		return status;
	if (change_read(cli->arena, text, rules, &r->data, &fault))
		return 0;
	if (fault.line == 0)
		return cli_fail(
		    cli, "%.*s: expected %s", STR_ARG(path), fault.expected);
	return cli_fault(cli, path, fault.line, fault.column, fault.expected);
}

/* change FILE: 0, whatever moved. */
int
command_change(struct cli *cli)
{
	struct words w = {.design = S("before-after"), .seed = S("samskab")};
	const struct cli_option options[] = {{"--design", &w.design, NULL},
	    {"--before", &w.before, NULL}, {"--after", &w.after, NULL},
	    {"--missing", &w.missing, NULL}, {"--scale", &w.scale, NULL},
	    {"--k-anonymity", &w.k, NULL}, {"--resamples", &w.draws, NULL},
	    {"--seed", &w.seed, NULL}, {"--svg", &w.svg, NULL}};
	struct change_report r = {.arena = cli->arena};
	struct change_rules rules;
	int status = cli_files(cli, options, COUNT_OF(options), 1, 1);
	if (status == 0)
		status = read_words(cli, &w, &r, &rules);
	if (status == 0)
		status = read_file(cli, &r, &rules);
	if (status != 0)
		return status;
	r.lang = cli->lang;
	analyse(&r);
	struct buf out = buf_new(cli->arena, OUT_BYTES);
	if (cli->json)
		change_json(&r, &out);
	else
		change_say(&r, &out);
	if (w.svg.n > 0)
		status = cli_write(cli, w.svg, change_svg(&r));
	return status != 0 ? status : cli_write(cli, S("-"), buf_str(&out));
}
