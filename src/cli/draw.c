/* SPDX-License-Identifier: MPL-2.0 */

/* samskab draw: fair random selection.  Man page: samskab-draw(1). */
#include "cli/draw.h"

#include <stdio.h>
#include <stdlib.h>

enum { SECONDS = 300, SIZE_MOST = 10000 };

static const struct str methods[DRAW_METHODS] = {S_INIT("leximin"),
    S_INIT("maximin"), S_INIT("nash"), S_INIT("goldilocks"), S_INIT("legacy")};

struct str
draw_method_name(enum draw_method m)
{
	return methods[m];
}

bool
draw_method_parse(struct str s, enum draw_method *m)
{
	for (int i = 0; i < DRAW_METHODS; i++) {
		if (!str_eq(s, methods[i]))
			continue;
		*m = (enum draw_method)i;
		return true;
	}
	return false;
}

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

/* ---- who can be drawn ------------------------------------------------- */

static ptrdiff_t
find_id(const struct draw_in *in, struct str id)
{
	for (ptrdiff_t i = 0; i < in->quota.n_people; i++) {
		if (str_eq(in->id[i], id))
			return i;
	}
	return -1;
}

enum { CAN_BE_DRAWN, STAYS, GONE };

static int
mark(struct draw *d, const struct str *ids, ptrdiff_t n, char as, char *state)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		ptrdiff_t at = find_id(&d->in, ids[i]);
		if (at < 0)
			return cli_fail(d->cli, "%.*s: nobody has the id %.*s",
			    STR_ARG(d->people_path), STR_ARG(ids[i]));
		state[at] = as;
	}
	return 0;
}

/* Those who stay take their places in the quotas, and their households out. */
static void
seat(struct draw *d, char *state, int32_t *lo, int32_t *hi)
{
	const struct quota *q = &d->in.quota;
	for (ptrdiff_t i = 0; i < q->n_people; i++) {
		if (state[i] != STAYS)
			continue;
		for (ptrdiff_t f = 0; f < q->n_features; f++) {
			int32_t v = q->value[i * q->n_features + f];
			lo[v] -= lo[v] > 0;
			hi[v]--;
		}
		for (ptrdiff_t j = 0; q->home != NULL && j < q->n_people; j++) {
			if (q->home[i] >= 0 && q->home[j] == q->home[i] &&
			    state[j] == CAN_BE_DRAWN)
				state[j] = GONE;
		}
	}
}

static void
keep_person(struct draw *d, ptrdiff_t i, ptrdiff_t n)
{
	const struct quota *from = &d->in.quota;
	struct quota *q = &d->quota;
	for (ptrdiff_t f = 0; f < from->n_features; f++)
		((int32_t *)q->value)[n * from->n_features + f] =
		    from->value[i * from->n_features + f];
	if (from->home != NULL)
		((int32_t *)q->home)[n] = from->home[i];
	if (from->weight != NULL)
		((double *)q->weight)[n] = from->weight[i];
	d->person[n] = (int32_t)i;
}

static int
narrow_people(struct draw *d, const char *state)
{
	struct arena *a = d->cli->arena;
	const struct quota *from = &d->in.quota;
	ptrdiff_t n = from->n_people;
	d->quota.value = arena_new(a, int32_t, n * from->n_features);
	if (from->home != NULL)
		d->quota.home = arena_new(a, int32_t, n);
	if (from->weight != NULL)
		d->quota.weight = arena_new(a, double, n);
	d->person = arena_new(a, int32_t, n);
	d->quota.n_people = 0;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (state[i] == CAN_BE_DRAWN)
			keep_person(d, i, d->quota.n_people++);
	}
	return 0;
}

int
draw_narrow(struct draw *d)
{
	struct arena *a = d->cli->arena;
	const struct quota *from = &d->in.quota;
	char *state = arena_new(a, char, from->n_people);
	int32_t *lo = arena_new(a, int32_t, from->n_values);
	int32_t *hi = arena_new(a, int32_t, from->n_values);
	if (mark(d, d->stays, d->n_stays, STAYS, state) != 0 ||
	    mark(d, d->gone, d->n_gone, GONE, state) != 0)
		return 2;
	for (ptrdiff_t v = 0; v < from->n_values; v++) {
		lo[v] = from->lo[v];
		hi[v] = from->hi[v];
	}
	seat(d, state, lo, hi);
	for (ptrdiff_t v = 0; v < from->n_values; v++) {
		if (hi[v] < lo[v])
			return cli_fail(d->cli, "%.*s: more stay than its max",
			    STR_ARG(d->in.value[v]));
	}
	d->quota = *from;
	d->quota.lo = lo;
	d->quota.hi = hi;
	d->quota.size = d->size - (int32_t)d->n_stays;
	if (d->quota.size < 1)
		return cli_fail(d->cli, "the panel has no place to fill");
	return narrow_people(d, state);
}

/* ---- drawing ---------------------------------------------------------- */

static int
cmp_int(const void *x, const void *y)
{
	int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
	return (a > b) - (a < b);
}

void
draw_from_seed(struct draw *d)
{
	struct arena *a = d->cli->arena;
	struct random r = random_new(d->seed, S("draw"));
	d->panel = arena_new(a, int32_t, d->quota.size);
	d->drawn = lottery_draw(&d->lottery, &r);
	lottery_people(a, d->pool, d->chances.panel[d->drawn], &r, d->panel);
	for (int32_t i = 0; i < d->quota.size; i++)
		d->panel[i] = d->person[d->panel[i]];
	qsort(d->panel, (size_t)d->quota.size, sizeof *d->panel, cmp_int);
}

double *
draw_chances(const struct draw *d)
{
	double *chance = arena_new(d->cli->arena, double, d->in.quota.n_people);
	for (ptrdiff_t i = 0; i < d->in.quota.n_people; i++)
		chance[i] = -1;
	for (ptrdiff_t i = 0; i < d->quota.n_people; i++)
		chance[d->person[i]] = d->chances.chance[d->pool->class_of[i]];
	return chance;
}

void
draw_range(const struct draw *d, double *low, double *high)
{
	*low = 1;
	*high = 0;
	for (ptrdiff_t c = 0; c < d->pool->n_classes; c++) {
		double chance = d->chances.chance[c];
		if (d->chances.out[c])
			continue;
		*low = chance < *low ? chance : *low;
		*high = chance > *high ? chance : *high;
	}
}

int64_t *
draw_reached(const struct draw *d)
{
	const struct quota *q = &d->in.quota;
	int64_t *reached = arena_new(d->cli->arena, int64_t, q->n_values);
	for (ptrdiff_t i = 0; i < d->quota.size + d->n_stays; i++) {
		ptrdiff_t who = i < d->quota.size
		    ? d->panel[i]
		    : find_id(&d->in, d->stays[i - d->quota.size]);
		for (ptrdiff_t f = 0; f < q->n_features; f++)
			reached[q->value[who * q->n_features + f]]++;
	}
	return reached;
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
run(struct draw *d, const struct options *o)
{
	int status = draw_read(d);
	if (status == 0)
		status = draw_narrow(d);
	if (status == 0)
		status = draw_solve(d);
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
