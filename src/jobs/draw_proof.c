/* SPDX-License-Identifier: MPL-2.0 */

/* What anybody needs to draw again and get the same. */
#include <math.h>

#include "jobs/draw.h"

#define PROOF_BYTES ((ptrdiff_t)256 * 1024 * 1024)

static void
line(struct buf *b, const char *key)
{
	if (b->n > 1)
		buf_byte(b, ',');
	buf_byte(b, '\n');
	buf_json(b, str_c(key));
	buf_add(b, S(": "));
}

static void
text_line(struct buf *b, const char *key, struct str text)
{
	line(b, key);
	buf_json(b, text);
}

static void
ids_line(struct buf *b, const char *key, const struct str *ids, ptrdiff_t n)
{
	line(b, key);
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		buf_json(b, ids[i]);
	}
	buf_byte(b, ']');
}

struct str *
draw_whole_panel(const struct draw *d, ptrdiff_t *n)
{
	struct str *ids =
	    arena_new(d->arena, struct str, d->n_stays + d->quota.size);
	*n = 0;
	for (ptrdiff_t i = 0; i < d->n_stays; i++)
		ids[(*n)++] = d->stays[i];
	for (int32_t i = 0; i < d->quota.size; i++)
		ids[(*n)++] = d->in.id[d->panel[i]];
	return ids;
}

static struct str
digits(const struct draw *d, double x)
{
	struct buf b = buf_new(d->arena, 64);
	draw_number(&b, x);
	return buf_str(&b);
}

void
draw_exact_range(const struct draw *d, struct str *min, struct str *max)
{
	ptrdiff_t n = d->pool->n_classes;
	double low = 1, high = 0;
	int64_t *sum = arena_new(d->arena, int64_t, n);
	for (ptrdiff_t i = 0; i < d->chances.n_panels; i++) {
		struct panel p = d->chances.panel[i];
		for (int32_t j = 0; j < p.n; j++)
			sum[p.class[j]] += d->weight[i] * p.count[j];
	}
	for (ptrdiff_t c = 0; c < n; c++) {
		double chance = (double)sum[c] / (double)LOTTERY_WHOLE /
		    d->pool->class[c].people;
		if (sum[c] == 0)
			continue;
		low = fmin(low, chance);
		high = fmax(high, chance);
	}
	*min = digits(d, low);
	*max = digits(d, high);
}

static void
panels_line(struct buf *b, const struct draw *d)
{
	line(b, "panels");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < d->chances.n_panels; i++) {
		struct panel p = d->chances.panel[i];
		buf_fmt(b, "%s\n{\"weight\": %lld, \"members\": [",
		    i > 0 ? "," : "", (long long)d->weight[i]);
		for (int32_t j = 0; j < p.n; j++)
			buf_fmt(b, "%s[%d,%d]", j > 0 ? "," : "",
			    (int)p.class[j], (int)p.count[j]);
		buf_add(b, S("]}"));
	}
	buf_add(b, S("]"));
}

struct str
draw_proof(const struct draw *d)
{
	struct arena *a = d->arena;
	struct buf b = buf_new(a, PROOF_BYTES);
	struct str min = {0}, max = {0};
	ptrdiff_t n;
	struct str *ids = draw_whole_panel(d, &n);
	draw_exact_range(d, &min, &max);
	buf_byte(&b, '{');
	text_line(&b, "proof", S(DRAW_PROOF_FORM));
	text_line(&b, "people", d->people_path);
	text_line(&b, "people_blake2b_256", hash_hex(a, d->people_hash));
	text_line(&b, "targets", d->targets_path);
	text_line(&b, "targets_blake2b_256", hash_hex(a, d->targets_hash));
	text_line(&b, "id", d->columns.id);
	text_line(&b, "household", d->columns.household);
	text_line(&b, "weight", d->columns.weight);
	line(&b, "size");
	buf_int(&b, d->size);
	text_line(&b, "seed", d->seed);
	text_line(&b, "asked", draw_method_name(d->asked));
	text_line(&b, "method", draw_method_name(d->method));
	line(&b, "fallback");
	buf_add(&b, d->method == d->asked ? S("false") : S("true"));
	ids_line(&b, "stays", d->stays, d->n_stays);
	ids_line(&b, "gone", d->gone, d->n_gone);
	text_line(&b, "min_probability", min);
	text_line(&b, "max_probability", max);
	line(&b, "weights_add_up_to");
	buf_int(&b, LOTTERY_WHOLE);
	panels_line(&b, d);
	ids_line(&b, "panel", ids, n);
	buf_add(&b, S("\n}\n"));
	return buf_str(&b);
}
