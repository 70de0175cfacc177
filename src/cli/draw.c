/* SPDX-License-Identifier: MPL-2.0 */

/* samskab draw: fair random selection.  Man page: samskab-draw(1). */
#include "cli/draw.h"

#include <stdio.h>
#include <stdlib.h>

enum { SECONDS = 300, SIZE_MOST = 10000 };

/* ---- reading ---------------------------------------------------------- */

int
draw_read(struct draw *d)
{
	struct csv_reader r;
	struct str text;
	if (cli_read(d->cli, d->targets_path, &text) != 0)
		return 2;
	d->targets_hash = hash_of(text);
	csv_open(&r, d->cli->arena, text);
	if (!draw_read_targets(&r, &d->in))
		return cli_fault(
		    d->cli, d->targets_path, r.line, r.column, r.expected);
	if (cli_read(d->cli, d->people_path, &text) != 0)
		return 2;
	d->people_hash = hash_of(text);
	csv_open(&r, d->cli->arena, text);
	if (!draw_read_people(&r, &d->columns, &d->in))
		return cli_fault(
		    d->cli, d->people_path, r.line, r.column, r.expected);
	return 0;
}

/* ---- the command ------------------------------------------------------ */

struct options {
	struct str size, method, seconds, list, proof, verify, after, gone;
	bool goldilocks;
};

static int
read_options(struct draw *d, struct options *o)
{
	const struct cli_option options[] = {
	    {"--people", &d->people_path, NULL},
	    {"--targets", &d->targets_path, NULL},
	    {"--size", &o->size, NULL},
	    {"--seed", &d->seed, NULL},
	    {"--method", &o->method, NULL},
	    {"--goldilocks", NULL, &o->goldilocks},
	    {"--id", &d->columns.id, NULL},
	    {"--household", &d->columns.household, NULL},
	    {"--weight", &d->columns.weight, NULL},
	    {"--seconds", &o->seconds, NULL},
	    {"--panels", NULL, &d->panels},
	    {"--list", &o->list, NULL},
	    {"--proof", &o->proof, NULL},
	    {"--verify", &o->verify, NULL},
	    {"--after", &o->after, NULL},
	    {"--gone", &o->gone, NULL},
	};
	return cli_files(d->cli, options, COUNT_OF(options), 0, 0);
}

/* A whole number from 1 to `most` into `out`, or 2. */
static int
number(const struct cli *cli, const char *name, struct str text, int64_t most,
    int64_t *out)
{
	if (str_int(text, out) && *out >= 1 && *out <= most)
		return 0;
	return cli_fail(
	    cli, "%s takes a number from 1 to %lld", name, (long long)most);
}

static int
check_options(struct draw *d, const struct options *o)
{
	int64_t size = d->size;
	d->seconds = SECONDS;
	if (o->seconds.n > 0 &&
	    number(d->cli, "--seconds", o->seconds, 86400, &d->seconds) != 0)
		return 2;
	if (o->method.n > 0 && !draw_method_parse(o->method, &d->asked))
		return cli_fail(
		    d->cli, "--method takes leximin, maximin, nash or legacy");
	if (o->goldilocks)
		d->asked = DRAW_GOLDILOCKS;
	if (d->people_path.n == 0 || d->targets_path.n == 0)
		return cli_fail(d->cli,
		    "say which files with --people FILE --targets FILE");
	if (d->seed.n == 0)
		return cli_fail(d->cli, "say what decides with --seed TEXT");
	if ((o->size.n > 0 || size == 0) &&
	    number(d->cli, "--size", o->size, SIZE_MOST, &size) != 0)
		return 2;
	d->size = (int32_t)size;
	return 0;
}

/* Who of the earlier panel left, and who stays. */
static int
read_after(struct draw *d, const struct options *o)
{
	struct draw_proved proved = {0};
	struct draw asked = *d;
	struct str rest = o->gone;
	if (draw_read_proof(d, o->after, &proved) != 0)
		return 2;
	d->seed = asked.seed;
	if (asked.people_path.n > 0)
		d->people_path = asked.people_path;
	if (asked.targets_path.n > 0)
		d->targets_path = asked.targets_path;
	ptrdiff_t before = d->n_gone;
	struct str *gone =
	    arena_new(d->cli->arena, struct str, before + o->gone.n + 1);
	for (ptrdiff_t i = 0; i < before; i++)
		gone[i] = d->gone[i];
	d->gone = gone;
	while (rest.n > 0)
		d->gone[d->n_gone++] = str_trim(str_cut(&rest, ','));
	if (d->n_gone == before)
		return cli_fail(d->cli, "say who left with --gone ID,ID");
	d->stays = arena_new(d->cli->arena, struct str, proved.n_ids);
	d->n_stays = 0;
	for (ptrdiff_t i = 0; i < proved.n_ids; i++) {
		bool left = false;
		for (ptrdiff_t j = before; j < d->n_gone; j++)
			left = left || str_eq(d->gone[j], proved.ids[i]);
		if (!left)
			d->stays[d->n_stays++] = proved.ids[i];
	}
	if (proved.n_ids - d->n_stays != d->n_gone - before)
		return cli_fail(d->cli,
		    "%.*s: somebody in --gone is not on its panel",
		    STR_ARG(o->after));
	return 0;
}

static int
make_list(struct draw *d, struct str path)
{
	struct random r = random_new(d->seed, S("list"));
	if (path.n == 0)
		return 0;
	d->list = arena_new(
	    d->cli->arena, int32_t, (ptrdiff_t)LOTTERY_LIST * d->quota.size);
	d->list_change = lottery_list(d->cli->arena, &d->lottery, &r, d->list);
	if (d->list_change > (double)d->quota.size / LOTTERY_LIST)
		return cli_fail(d->cli,
		    "no list of %d panels keeps the chances", LOTTERY_LIST);
	return cli_write(d->cli, path, draw_list(d));
}

static int
print(const struct draw *d, struct str text)
{
	return cli_write(d->cli, S("-"), text);
}

static int
solve(struct draw *d)
{
	enum err e = draw_narrow(d) ? draw_solve(d) : ERR_INVALID;
	if (e == ERR_NOT_FOUND)
		return 1;
	return e == ERR_OK ? 0 : cli_fail(d->cli, "%.*s", STR_ARG(d->fault));
}

static int
run(struct draw *d, const struct options *o)
{
	int status = draw_read(d);
	if (status == 0)
		status = solve(d);
	if (status == 1 &&
	    print(d,
		d->cli->json ? draw_json_relaxed(d) : draw_text_relaxed(d)) !=
		0)
		return 2;
	if (status != 0)
		return status;
	draw_from_seed(d);
	status = make_list(d, o->list);
	if (status == 0 && o->proof.n > 0)
		status = cli_write(d->cli, o->proof, draw_proof(d));
	if (status != 0)
		return status;
	return print(d, d->cli->json ? draw_json(d) : draw_text(d));
}

int
command_draw(struct cli *cli)
{
	struct options o = {0};
	struct draw *d = arena_new(cli->arena, struct draw, 1);
	d->cli = cli;
	d->arena = cli->arena;
	d->apart = draw_in_child;
	if (read_options(d, &o) != 0)
		return 2;
	if (o.verify.n > 0)
		return draw_verify(d, o.verify);
	if (o.after.n > 0 && read_after(d, &o) != 0)
		return 2;
	if (o.after.n == 0 && o.gone.n > 0)
		return cli_fail(cli, "--gone needs --after PROOF");
	int status = check_options(d, &o);
	return status != 0 ? status : run(d, &o);
}
