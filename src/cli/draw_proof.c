/* SPDX-License-Identifier: MPL-2.0 */

/* The proof of a draw, read and checked. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "cli/draw.h"

#define PROOF_BYTES ((ptrdiff_t)256 * 1024 * 1024)

/* ---- reading ---------------------------------------------------------- */

static struct str
text_of(struct arena *a, const json_t *root, const char *key)
{
	const json_t *v = json_object_get(root, key);
	struct str s = {json_string_value(v), (ptrdiff_t)json_string_length(v)};
	return s.p != NULL ? str_dup(a, s) : (struct str){0};
}

static struct str *
ids_of(struct arena *a, const json_t *root, const char *key, ptrdiff_t *n)
{
	const json_t *list = json_object_get(root, key);
	*n = (ptrdiff_t)json_array_size(list);
	struct str *ids = arena_new(a, struct str, *n);
	for (ptrdiff_t i = 0; i < *n; i++) {
		const json_t *v = json_array_get(list, (size_t)i);
		struct str s = {
		    json_string_value(v), (ptrdiff_t)json_string_length(v)};
		ids[i] = s.p != NULL ? str_dup(a, s) : (struct str){0};
	}
	return ids;
}

static int32_t
small(const json_t *v)
{
	json_int_t n = json_integer_value(v);
	return n >= 0 && n <= INT32_MAX ? (int32_t)n : -1;
}

static struct panel
panel_of(struct arena *a, const json_t *members)
{
	ptrdiff_t n = (ptrdiff_t)json_array_size(members);
	int32_t *both = arena_new(a, int32_t, 2 * n);
	for (ptrdiff_t i = 0; i < n; i++) {
		const json_t *pair = json_array_get(members, (size_t)i);
		both[i] = small(json_array_get(pair, 0));
		both[n + i] = small(json_array_get(pair, 1));
	}
	return (struct panel){(int32_t)n, both, both + n};
}

static void
read_panels(struct arena *a, const json_t *root, struct draw_proved *p)
{
	const json_t *list = json_object_get(root, "panels");
	p->n_panels = (ptrdiff_t)json_array_size(list);
	p->panel = arena_new(a, struct panel, p->n_panels);
	p->weight = arena_new(a, int64_t, p->n_panels);
	for (ptrdiff_t i = 0; i < p->n_panels; i++) {
		const json_t *one = json_array_get(list, (size_t)i);
		p->weight[i] =
		    json_integer_value(json_object_get(one, "weight"));
		p->panel[i] = panel_of(a, json_object_get(one, "members"));
	}
}

static bool
read_root(struct draw *d, const json_t *root, struct draw_proved *p)
{
	struct arena *a = d->cli->arena;
	d->people_path = text_of(a, root, "people");
	d->targets_path = text_of(a, root, "targets");
	d->columns = (struct draw_columns){text_of(a, root, "id"),
	    text_of(a, root, "household"), text_of(a, root, "weight")};
	d->size = small(json_object_get(root, "size"));
	d->seed = text_of(a, root, "seed");
	d->stays = ids_of(a, root, "stays", &d->n_stays);
	d->gone = ids_of(a, root, "gone", &d->n_gone);
	*p = (struct draw_proved){
	    .people_hash = text_of(a, root, "people_blake2b_256"),
	    .targets_hash = text_of(a, root, "targets_blake2b_256"),
	    .min = text_of(a, root, "min_probability"),
	    .max = text_of(a, root, "max_probability")};
	p->ids = ids_of(a, root, "panel", &p->n_ids);
	read_panels(a, root, p);
	return str_eq(text_of(a, root, "proof"), S(DRAW_PROOF_FORM)) &&
	    draw_method_parse(text_of(a, root, "asked"), &d->asked) &&
	    draw_method_parse(text_of(a, root, "method"), &d->method) &&
	    d->size > 0 && p->n_panels > 0;
}

static void
forget(void *root)
{
	json_decref(root);
}

int
draw_read_proof(struct draw *d, struct str path, struct draw_proved *out)
{
	struct str text;
	json_error_t fault;
	if (cli_read(d->cli, path, &text) != 0)
		return 2;
	json_t *root =
	    json_loadb(text.p, (size_t)text.n, JSON_REJECT_DUPLICATES, &fault);
	if (root == NULL)
		return cli_fault(d->cli, path, fault.line,
		    fault.column > 0 ? fault.column : 1, "JSON");
	arena_defer(d->cli->arena, forget, root);
	if (!read_root(d, root, out))
		return cli_fault(d->cli, path, 1, 1, "a proof of samskab draw");
	return 0;
}

/* ---- checking --------------------------------------------------------- */

struct check {
	struct draw *d;
	struct buf b;
	int wrong;
};

static void
check(struct check *c, bool holds, const char *what)
{
	enum lang lang = c->d->cli->lang;
	if (!c->d->cli->json) {
		struct str s = tr(lang, what);
		struct str mark = holds ? tr(lang, "right") : tr(lang, "wrong");
		buf_fmt(&c->b, "%.*s: %.*s\n", STR_ARG(s), STR_ARG(mark));
	} else if (!holds) {
		buf_add(&c->b, c->wrong > 0 ? S(",") : S(""));
		buf_json(&c->b, str_c(what));
	}
	c->wrong += !holds;
}

static bool
panels_hold(struct draw *d, const struct draw_proved *p)
{
	for (ptrdiff_t i = 0; i < p->n_panels; i++) {
		if (!quota_allows(d->cli->arena, d->pool, p->panel[i]))
			return false;
	}
	return true;
}

static bool
weights_hold(const struct draw_proved *p)
{
	int64_t sum = 0;
	for (ptrdiff_t i = 0; i < p->n_panels; i++) {
		if (p->weight[i] < 0 || p->weight[i] > LOTTERY_WHOLE - sum)
			return false;
		sum += p->weight[i];
	}
	return sum == LOTTERY_WHOLE;
}

static bool
draw_holds(struct draw *d, const struct draw_proved *p)
{
	ptrdiff_t n;
	draw_from_seed(d);
	struct str *ids = draw_whole_panel(d, &n);
	if (n != p->n_ids)
		return false;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (!str_eq(ids[i], p->ids[i]))
			return false;
	}
	return true;
}

static void
check_panels(struct check *c, const struct draw_proved *p)
{
	struct draw *d = c->d;
	struct str min = {0}, max = {0};
	d->pool = quota_classes(d->cli->arena, &d->quota);
	bool panels = panels_hold(d, p), weights = weights_hold(p);
	check(c, panels, N_("Every panel keeps the targets"));
	check(c, weights, N_("The weights of the panels add up"));
	if (!panels || !weights)
		return;
	d->chances.n_panels = p->n_panels;
	d->chances.panel = p->panel;
	d->weight = p->weight;
	d->lottery =
	    (struct lottery){d->pool, p->n_panels, p->panel, p->weight};
	draw_exact_range(d, &min, &max);
	check(c, str_eq(min, p->min) && str_eq(max, p->max),
	    N_("The smallest and the largest chance"));
	check(c, draw_holds(d, p), N_("The panel drawn from the seed"));
}

int
draw_verify(struct draw *d, struct str path)
{
	struct draw_proved p = {0};
	struct str people = d->people_path, targets = d->targets_path;
	struct check c = {d, buf_new(d->cli->arena, PROOF_BYTES), 0};
	if (draw_read_proof(d, path, &p) != 0)
		return 2;
	if (people.n > 0)
		d->people_path = people;
	if (targets.n > 0)
		d->targets_path = targets;
	if (draw_read(d) != 0)
		return 2;
	if (d->cli->json)
		buf_add(&c.b, S("{\"wrong\":["));
	struct arena *a = d->cli->arena;
	check(&c, str_eq(hash_hex(a, d->people_hash), p.people_hash),
	    N_("The file of people is the same"));
	check(&c, str_eq(hash_hex(a, d->targets_hash), p.targets_hash),
	    N_("The file of targets is the same"));
	if (c.wrong == 0 && !draw_narrow(d))
		return cli_fail(d->cli, "%.*s", STR_ARG(d->fault));
	if (c.wrong == 0)
		check_panels(&c, &p);
	if (d->cli->json)
		buf_fmt(
		    &c.b, "],\"holds\":%s}\n", c.wrong == 0 ? "true" : "false");
	if (cli_write(d->cli, S("-"), buf_str(&c.b)) != 0)
		return 2;
	return c.wrong == 0 ? 0 : 1;
}
