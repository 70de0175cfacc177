/* SPDX-License-Identifier: MPL-2.0 */

/* What samskab draw says to programs. */
#include <stdio.h>
#include <stdlib.h>

#include "jobs/draw.h"

#define JSON_BYTES ((ptrdiff_t)512 * 1024 * 1024)

/* The shortest of 15 to 17 digits that reads back the same. */
void
draw_number(struct buf *b, double x)
{
	char text[40];
	int n = 0;
	for (int digits = 15; digits <= 17; digits++) {
		n = snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	buf_add(b, (struct str){text, n});
}

static void
key(struct buf *b, const char *name)
{
	if (b->p[b->n - 1] != '{')
		buf_byte(b, ',');
	buf_json(b, str_c(name));
	buf_byte(b, ':');
}

static void
comma(struct buf *b, bool more)
{
	if (more)
		buf_byte(b, ',');
}

static void
add_ids(struct buf *b, const struct str *ids, ptrdiff_t n)
{
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < n; i++) {
		comma(b, i > 0);
		buf_json(b, ids[i]);
	}
	buf_byte(b, ']');
}

static void
add_rows(struct buf *b, const struct draw *d, const int32_t *row, ptrdiff_t n)
{
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < n; i++) {
		comma(b, i > 0);
		buf_json(b, d->in.id[row[i]]);
	}
	buf_byte(b, ']');
}

static void
add_chances(struct buf *b, const struct draw *d, const double *chance)
{
	buf_byte(b, '{');
	for (ptrdiff_t i = 0; i < d->in.quota.n_people; i++) {
		comma(b, i > 0);
		buf_json(b, d->in.id[i]);
		buf_byte(b, ':');
		if (chance[i] < 0)
			buf_add(b, S("null"));
		else
			draw_number(b, chance[i]);
	}
	buf_byte(b, '}');
}

static void
add_value(struct buf *b, const struct draw *d, ptrdiff_t v)
{
	key(b, "feature");
	buf_json(b, d->in.feature[d->in.feature_of[v]]);
	key(b, "value");
	buf_json(b, d->in.value[v]);
}

static void
add_quotas(struct buf *b, const struct draw *d)
{
	const struct quota *q = &d->in.quota;
	const int64_t *reached = draw_reached(d);
	buf_byte(b, '[');
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		comma(b, v > 0);
		buf_byte(b, '{');
		add_value(b, d, v);
		buf_fmt(b, ",\"min\":%d,\"max\":%d,\"panel\":%lld}",
		    (int)q->lo[v], (int)q->hi[v], (long long)reached[v]);
	}
	buf_byte(b, ']');
}

static void
add_in_no_panel(struct buf *b, const struct draw *d)
{
	bool more = false;
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < d->quota.n_people; i++) {
		if (!d->chances.out[d->pool->class_of[i]])
			continue;
		comma(b, more);
		more = true;
		buf_json(b, d->in.id[d->person[i]]);
	}
	buf_byte(b, ']');
}

/* Which classes stand for whom, and how many of each every panel takes. */
static void
add_panels(struct buf *b, const struct draw *d)
{
	key(b, "classes");
	buf_byte(b, '[');
	for (ptrdiff_t c = 0; c < d->pool->n_classes; c++) {
		comma(b, c > 0);
		buf_byte(b, '[');
		for (int32_t i = d->pool->first[c]; i < d->pool->first[c + 1];
		     i++) {
			comma(b, i > d->pool->first[c]);
			buf_json(b, d->in.id[d->person[d->pool->people[i]]]);
		}
		buf_byte(b, ']');
	}
	buf_byte(b, ']');
	key(b, "panels");
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < d->chances.n_panels; i++) {
		struct panel p = d->chances.panel[i];
		comma(b, i > 0);
		buf_add(b, S("{\"probability\":"));
		draw_number(b, (double)d->weight[i] / LOTTERY_WHOLE);
		buf_fmt(b, ",\"weight\":%lld,\"members\":[",
		    (long long)d->weight[i]);
		for (int32_t j = 0; j < p.n; j++) {
			comma(b, j > 0);
			buf_fmt(b, "{\"class\":%d,\"people\":%d}",
			    (int)p.class[j], (int)p.count[j]);
		}
		buf_add(b, S("]}"));
	}
	buf_byte(b, ']');
}

static void
add_range(struct buf *b, const struct draw *d)
{
	double low, high;
	draw_range(d, &low, &high);
	key(b, "min_probability");
	draw_number(b, low);
	key(b, "max_probability");
	draw_number(b, high);
}

static void
add_method(struct buf *b, const struct draw *d)
{
	key(b, "method");
	buf_json(b, draw_method_name(d->method));
	key(b, "asked");
	buf_json(b, draw_method_name(d->asked));
	key(b, "fallback");
	buf_add(b, d->method == d->asked ? S("false") : S("true"));
	key(b, "size");
	buf_int(b, d->size);
	key(b, "seed");
	buf_json(b, d->seed);
}

static void
add_weights(struct buf *b, const struct draw *d)
{
	buf_byte(b, '{');
	for (ptrdiff_t i = 0, n = 0; i < d->in.quota.n_people; i++) {
		if (d->in.quota.weight == NULL || d->in.quota.weight[i] == 1)
			continue;
		comma(b, n++ > 0);
		buf_json(b, d->in.id[i]);
		buf_byte(b, ':');
		draw_number(b, d->in.quota.weight[i]);
	}
	buf_byte(b, '}');
}

struct str
draw_json(const struct draw *d)
{
	struct buf b = buf_new(d->arena, JSON_BYTES);
	buf_byte(&b, '{');
	key(&b, "panel");
	add_rows(&b, d, d->panel, d->quota.size);
	add_method(&b, d);
	add_range(&b, d);
	key(&b, "quotas");
	add_quotas(&b, d);
	key(&b, "in_no_panel");
	add_in_no_panel(&b, d);
	key(&b, "stays");
	add_ids(&b, d->stays, d->n_stays);
	key(&b, "gone");
	add_ids(&b, d->gone, d->n_gone);
	key(&b, "weights");
	add_weights(&b, d);
	key(&b, "probability");
	add_chances(&b, d, draw_chances(d));
	if (d->list != NULL) {
		key(&b, "list_change");
		draw_number(&b, d->list_change);
	}
	if (d->panels)
		add_panels(&b, d);
	buf_add(&b, S("}\n"));
	return buf_str(&b);
}

/* ---- when no panel keeps the quotas ----------------------------------- */

static void
add_end(struct buf *b, const struct draw *d, ptrdiff_t v, bool min)
{
	comma(b, b->p[b->n - 1] != '[');
	buf_byte(b, '{');
	add_value(b, d, v);
	key(b, "end");
	buf_add(b, min ? S("\"min\"") : S("\"max\""));
	key(b, "is");
	buf_int(b, min ? d->in.quota.lo[v] : d->in.quota.hi[v]);
}

struct str
draw_json_relaxed(const struct draw *d)
{
	const struct draw_relaxed *r = d->relaxed;
	struct buf b = buf_new(d->arena, JSON_BYTES);
	ptrdiff_t n = d->quota.n_values;
	buf_add(&b, S("{\"panel\":null"));
	add_method(&b, d);
	key(&b, "clash");
	buf_byte(&b, '[');
	for (ptrdiff_t i = 0; i < 2 * n; i++) {
		bool min = i % 2 == 0;
		if (!(min ? r->clash_lo : r->clash_hi)[i / 2])
			continue;
		add_end(&b, d, i / 2, min);
		buf_byte(&b, '}');
	}
	buf_byte(&b, ']');
	key(&b, "within_flex");
	buf_add(&b, r->within_flex ? S("true") : S("false"));
	key(&b, "relaxation");
	buf_add(&b, r->found ? S("[") : S("null"));
	for (ptrdiff_t i = 0; r->found && i < 2 * n; i++) {
		bool min = i % 2 == 0;
		ptrdiff_t v = i / 2;
		int by =
		    min ? r->lo[v] - d->quota.lo[v] : r->hi[v] - d->quota.hi[v];
		if (by == 0)
			continue;
		add_end(&b, d, v, min);
		key(&b, "to");
		buf_int(&b, (min ? d->in.quota.lo[v] : d->in.quota.hi[v]) + by);
		buf_byte(&b, '}');
	}
	buf_add(&b, r->found ? S("]}\n") : S("}\n"));
	return buf_str(&b);
}

/* ---- the list for dice ------------------------------------------------ */

static void
csv_text(struct buf *b, struct str s)
{
	bool quote = str_find_byte(s, ',') >= 0 || str_find_byte(s, '"') >= 0 ||
	    str_find_byte(s, ';') >= 0 || str_find_byte(s, '\n') >= 0;
	if (!quote) {
		buf_add(b, s);
		return;
	}
	buf_byte(b, '"');
	buf_add(b, str_replace(b->arena, s, S("\""), S("\"\"")));
	buf_byte(b, '"');
}

struct str
draw_list(const struct draw *d)
{
	struct buf b = buf_new(d->arena, JSON_BYTES);
	int32_t size = d->quota.size;
	buf_add(&b, S("number"));
	for (int32_t i = 0; i < size; i++)
		buf_fmt(&b, ",person_%d", (int)i + 1);
	buf_byte(&b, '\n');
	for (ptrdiff_t i = 0; i < LOTTERY_LIST; i++) {
		buf_fmt(&b, "%03d", (int)i);
		for (int32_t j = 0; j < size; j++) {
			int32_t who = d->person[d->list[i * size + j]];
			buf_byte(&b, ',');
			csv_text(&b, d->in.id[who]);
		}
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}
