/* SPDX-License-Identifier: MPL-2.0 */

/* change: what moved between two measurements. */
#include "cli/change.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "base/number.h"

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

static void
analyse(struct change_report *r)
{
	struct progress progress = {.began_s = seconds()};
	if (isatty(STDERR_FILENO)) {
		r->options.progress = tell;
		r->options.arg = &progress;
	}
	change_analyse(r);
	r->options.progress = NULL;
	r->options.arg = NULL;
	if (progress.told)
		fputs("\r     \r", stderr);
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
		status = cli_write(cli, w.svg, change_svg(&r, CHANGE_WIDE));
	return status != 0 ? status : cli_write(cli, S("-"), buf_str(&out));
}
