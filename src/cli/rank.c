/* SPDX-License-Identifier: MPL-2.0 */

/* samskab rank: priorities from a budget election (.pb), from choices between
 * two, or from ballots in order (CSV). */
#include "cli/rank.h"

enum { HIDE_UNDER = 5, SECONDS = 60 };
#define OUT_BYTES ((ptrdiff_t)256 * 1024 * 1024)

/* A whole number from `least`, or what it was; false after saying why not. */
static bool
take_number(
    struct rank *r, struct str text, const char *option, int64_t *number)
{
	int64_t x;
	if (text.n == 0)
		return true;
	if (!str_int(text, &x) || x < 1 || x > 1000000000) {
		cli_fail(r->cli, "%s takes a whole number from 1", option);
		return false;
	}
	*number = x;
	return true;
}

static bool
is_budget(struct str path, struct str text)
{
	return str_ends(path, S(".pb")) || str_starts(text, S("META")) ||
	    str_starts(text, S("\xEF\xBB\xBFMETA"));
}

int
rank_print(struct rank *r)
{
	if (r->out.full)
		return cli_fail(r->cli, "the answer is too long to print");
	return cli_write(r->cli, S("-"), buf_str(&r->out));
}

int
command_rank(struct cli *cli)
{
	struct rank r = {.cli = cli, .k = HIDE_UNDER, .seconds = SECONDS};
	struct str k = {0}, step = {0}, seconds = {0}, text;
	const struct cli_option options[] = {
	    {"--rule", &r.rule, NULL},
	    {"--utility", &r.utility, NULL},
	    {"--completion", &r.completion, NULL},
	    {"--seed", &r.seed, NULL},
	    {"--by", &r.by, NULL},
	    {"--k-anonymity", &k, NULL},
	    {"--step", &step, NULL},
	    {"--seconds", &seconds, NULL},
	    {"--exhaustive", NULL, &r.exhaustive},
	    {"--fractional", NULL, &r.fractional},
	    {"--no-skip", NULL, &r.no_skip},
	};
	int status = cli_files(cli, options, COUNT_OF(options), 1, 1);
	if (status != 0)
		return status;
	if (!take_number(&r, k, "--k-anonymity", &r.k) ||
	    !take_number(&r, step, "--step", &r.step) ||
	    !take_number(&r, seconds, "--seconds", &r.seconds))
		return 2;
	r.path = cli->argument[0];
	status = cli_read(cli, r.path, &text);
	if (status != 0)
		return status;
	r.out = buf_new(cli->arena, OUT_BYTES);
	return is_budget(r.path, text) ? rank_budget(&r, text)
				       : rank_csv(&r, text);
}
