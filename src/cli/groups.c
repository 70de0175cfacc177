/* SPDX-License-Identifier: MPL-2.0 */

/* groups: opinion groups and common ground, from a file of votes. */
#include "report/groups.h"

#include <stdio.h>

#include "cli/cli.h"

enum { LARGEST_K = 1000 };

struct options {
	struct str comments, method, k, svg, report, members, last;
};

static int
fault(const struct cli *cli, struct str path, const struct csv_reader *r)
{
	return cli_fault(cli, path, r->line > 0 ? r->line : 1,
	    r->column > 0 ? r->column : 1, r->expected);
}

static int
check_options(struct cli *cli, const struct options *o, struct groups_ask *ask)
{
	int64_t k = 5;
	ask->polis = str_eq(o->method, S("polis"));
	if (o->method.n > 0 && !ask->polis && !str_eq(o->method, S("samskab")))
		return cli_fail(cli, "--method takes samskab or polis");
	if (o->k.n > 0 && (!str_int(o->k, &k) || k < 1 || k > LARGEST_K))
		return cli_fail(cli, "--k-anonymity takes 1 to %d", LARGEST_K);
	if (ask->polis && o->last.n > 0)
		return cli_fail(cli, "--last is not for --method polis");
	ask->k = (int32_t)k;
	return 0;
}

static int
read_votes(struct cli *cli, struct groups_view *v)
{
	struct csv_reader r;
	struct votes_in in;
	struct str text;
	int status = cli_read(cli, cli->argument[0], &text);
	if (status != 0)
		return status;
	if (!votes_read(cli->arena, text, &in, &r))
		return fault(cli, cli->argument[0], &r);
	v->table = v->ask.polis ? votes_as_polis(cli->arena, &in)
				: votes_sorted(cli->arena, &in);
	return 0;
}

static int
read_comments(struct cli *cli, struct str path, struct groups_view *v)
{
	struct csv_reader r;
	struct str text = S("comment-id\n"); /* nothing is known */
	int status = path.n > 0 ? cli_read(cli, path, &text) : 0;
	if (status != 0)
		return status;
	if (!statements_read(cli->arena, text, &v->table, &v->about, &r))
		return fault(cli, path, &r);
	return 0;
}

static int
read_last(struct cli *cli, struct str path, struct groups_view *v)
{
	struct csv_reader r;
	struct str text;
	int32_t *last;
	if (path.n == 0)
		return 0;
	int status = cli_read(cli, path, &text);
	if (status != 0)
		return status;
	if (!members_read(cli->arena, text, &v->table, &last, &r))
		return fault(cli, path, &r);
	v->ask.last = last;
	return 0;
}

static int
write_forms(struct cli *cli, const struct options *o, struct groups_view *v)
{
	int status = 0;
	if (o->svg.n > 0)
		status = cli_write(cli, o->svg, groups_svg(v));
	if (status == 0 && o->report.n > 0)
		status = cli_write(cli, o->report, groups_page(v));
	if (status == 0 && o->members.n > 0)
		status = cli_write(cli, o->members, groups_members(v));
	if (status == 0)
		status = cli_write(
		    cli, S("-"), cli->json ? groups_json(v) : groups_text(v));
	return status;
}

int
command_groups(struct cli *cli)
{
	struct options o = {0};
	struct groups_view *v = arena_new(cli->arena, struct groups_view, 1);
	const struct cli_option list[] = {
	    {"--comments", &o.comments, NULL},
	    {"--method", &o.method, NULL},
	    {"--k-anonymity", &o.k, NULL},
	    {"--svg", &o.svg, NULL},
	    {"--report", &o.report, NULL},
	    {"--members", &o.members, NULL},
	    {"--last", &o.last, NULL},
	};
	int status = cli_files(cli, list, COUNT_OF(list), 1, 1);
	v->arena = cli->arena;
	v->lang = cli->lang;
	if (status == 0)
		status = check_options(cli, &o, &v->ask);
	if (status == 0)
		status = read_votes(cli, v);
	if (status == 0)
		status = read_comments(cli, o.comments, v);
	if (status == 0)
		status = read_last(cli, o.last, v);
	if (status != 0)
		return status;
	groups_compute(v);
	return write_forms(cli, &o, v);
}
