/* SPDX-License-Identifier: MPL-2.0 */

/* What samskab draw says to people. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "cli/draw.h"

#define TEXT_BYTES ((ptrdiff_t)256 * 1024 * 1024)
#define CERTAIN 0.9995

enum { WIDTH = 78, GAP = 2 };

struct out {
	const struct draw *d;
	enum lang lang;
	struct buf b;
};

/* ---- pieces ----------------------------------------------------------- */

/* A sentence with up to three holes, on a line of its own. */
static void
say(struct out *o, struct str text, const struct str *args, ptrdiff_t n)
{
	buf_add(&o->b, tr_fill(o->b.arena, text, args, n));
	buf_byte(&o->b, '\n');
}

static struct str
number(struct out *o, int64_t n)
{
	return lang_int(o->b.arena, o->lang, n);
}

/* "9,09 %" / "9.09%" */
static struct str
percent(struct out *o, double x)
{
	struct str s = str_fmt(o->b.arena, "%.2f", 100 * x);
	if (o->lang == LANG_EN)
		return str_cat(o->b.arena, s, S("%"));
	s = str_replace(o->b.arena, s, S("."), S(","));
	return str_cat(o->b.arena, s, S(" %"));
}

static ptrdiff_t
wide(struct str s)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

static void
pad(struct out *o, struct str s, ptrdiff_t width)
{
	buf_add(&o->b, s);
	for (ptrdiff_t n = wide(s); n < width + GAP; n++)
		buf_byte(&o->b, ' ');
}

static void
pad_left(struct out *o, struct str s, ptrdiff_t width)
{
	for (ptrdiff_t n = wide(s); n < width; n++)
		buf_byte(&o->b, ' ');
	buf_add(&o->b, s);
}

static void
heading(struct out *o, struct str text)
{
	buf_byte(&o->b, '\n');
	buf_add(&o->b, text);
	buf_byte(&o->b, '\n');
}

/* Ids with commas between, broken into lines. */
struct names {
	ptrdiff_t column;
	bool some;
};

static void
add_name(struct out *o, struct names *n, struct str id)
{
	ptrdiff_t width = wide(id) + 2;
	if (n->some)
		buf_byte(&o->b, ',');
	if (!n->some || n->column + width > WIDTH) {
		if (n->some)
			buf_byte(&o->b, '\n');
		n->column = 1;
	}
	buf_byte(&o->b, ' ');
	buf_add(&o->b, id);
	n->column += width;
	n->some = true;
}

static void
end_names(struct out *o, const struct names *n)
{
	if (n->some)
		buf_byte(&o->b, '\n');
}

/* ---- parts ------------------------------------------------------------ */

static void
say_panel(struct out *o)
{
	const struct draw *d = o->d;
	struct names names = {0};
	struct str args[] = {
	    number(o, d->quota.size), number(o, d->quota.n_people), d->seed};
	say(o,
	    tr(o->lang,
		d->n_stays > 0 ? N_("Drawn to fill the panel: %1 of %2 people.")
			       : N_("Drawn: %1 of %2 people.")),
	    args, 2);
	for (int32_t i = 0; i < d->quota.size; i++)
		add_name(o, &names, d->in.id[d->panel[i]]);
	end_names(o, &names);
	say(o, tr(o->lang, "The seed was: %1"), &args[2], 1);
	if (d->n_stays == 0)
		return;
	heading(o, tr(o->lang, "They stay on the panel:"));
	names = (struct names){0};
	for (ptrdiff_t i = 0; i < d->n_stays; i++)
		add_name(o, &names, d->stays[i]);
	end_names(o, &names);
}

static const char *const abouts[DRAW_METHODS] = {
    N_("The lowest chance is as high as it can be, then the next lowest, and "
       "so on (leximin)."),
    N_("The lowest chance is as high as it can be (maximin)."),
    N_("The chances are balanced against each other (Nash)."),
    N_("Nobody has a very low or a very high chance (Goldilocks). Nobody "
       "should be sure of being drawn, as that tempts people to answer "
       "wrongly about themselves."),
    N_("The panels were put together one by one (legacy). Some people may "
       "have had a very small chance. The chances below are counted from %1 "
       "panels."),
};

static void
say_method(struct out *o)
{
	const struct draw *d = o->d;
	struct str panels = number(o, d->chances.n_panels);
	buf_byte(&o->b, '\n');
	if (d->method != d->asked) {
		struct str args[] = {
		    draw_method_name(d->asked), draw_method_name(d->method)};
		say(o,
		    tr(o->lang,
			"The method %1 did not finish in time. %2 was used "
			"in its place."),
		    args, 2);
	}
	say(o, tr(o->lang, abouts[d->method]), &panels, 1);
}

struct level {
	double chance;
	int32_t row;
};

static int
cmp_level(const void *x, const void *y)
{
	const struct level *a = x, *b = y;
	if (a->chance != b->chance)
		return a->chance < b->chance ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* Chances that read the same are one line. */
static void
say_levels(struct out *o, const struct level *level, ptrdiff_t n)
{
	for (ptrdiff_t i = 0, j = 0; i < n; i = j) {
		struct str chance = percent(o, level[i].chance);
		struct names names = {0};
		for (j = i; j < n; j++) {
			if (!str_eq(percent(o, level[j].chance), chance))
				break;
		}
		struct str args[] = {chance, number(o, j - i)};
		say(o, trn(o->lang, "%1: one person", "%1: %2 people", j - i),
		    args, 2);
		for (ptrdiff_t k = i; k < j; k++)
			add_name(o, &names, o->d->in.id[level[k].row]);
		end_names(o, &names);
	}
}

static void
say_chances(struct out *o)
{
	const struct draw *d = o->d;
	double low, high;
	draw_range(d, &low, &high);
	struct str args[] = {percent(o, low), percent(o, high)};
	struct level *level =
	    arena_new(o->b.arena, struct level, d->quota.n_people);
	ptrdiff_t n = 0, certain = 0;
	heading(o, tr(o->lang, "Chances"));
	say(o, tr(o->lang, "Smallest chance: %1. Largest chance: %2."), args,
	    2);
	for (ptrdiff_t i = 0; i < d->quota.n_people; i++) {
		ptrdiff_t c = d->pool->class_of[i];
		if (d->chances.out[c])
			continue;
		certain += d->chances.chance[c] > CERTAIN;
		/* Rounding errors must not order people. */
		double chance = round(d->chances.chance[c] * 1e9) / 1e9;
		level[n++] = (struct level){chance, d->person[i]};
	}
	qsort(level, (size_t)n, sizeof *level, cmp_level);
	if (certain > 0 && d->method != DRAW_GOLDILOCKS) {
		struct str count = number(o, certain);
		say(o,
		    trn(o->lang,
			"One person is certain to be drawn, so it is no lot "
			"for that person. --goldilocks evens it out.",
			"%1 people are certain to be drawn, so it is no lot "
			"for them. --goldilocks evens it out.",
			certain),
		    &count, 1);
	}
	say_levels(o, level, n);
}

static void
say_in_no_panel(struct out *o)
{
	const struct draw *d = o->d;
	struct names names = {0};
	for (ptrdiff_t i = 0; i < d->quota.n_people; i++) {
		if (!d->chances.out[d->pool->class_of[i]])
			continue;
		if (!names.some)
			heading(o,
			    tr(o->lang,
				"They fit into no panel, so they had no "
				"chance:"));
		add_name(o, &names, d->in.id[d->person[i]]);
	}
	end_names(o, &names);
}

/* Weights are part of what was decided, so they are always told. */
static void
say_weights(struct out *o)
{
	const struct draw *d = o->d;
	const double *weight = d->in.quota.weight;
	if (weight == NULL)
		return;
	heading(o,
	    tr(o->lang,
		"Weights: the draw aims at a chance in proportion to them."));
	struct level *level =
	    arena_new(o->b.arena, struct level, d->in.quota.n_people);
	ptrdiff_t n = d->in.quota.n_people;
	for (ptrdiff_t i = 0; i < n; i++)
		level[i] = (struct level){weight[i], (int32_t)i};
	qsort(level, (size_t)n, sizeof *level, cmp_level);
	for (ptrdiff_t i = 0, j = 0; i < n; i = j) {
		struct names names = {0};
		for (j = i; j < n && level[j].chance == level[i].chance;)
			j++;
		struct str args[] = {str_fmt(o->b.arena, "%g", level[i].chance),
		    number(o, j - i)};
		say(o, trn(o->lang, "%1: one person", "%1: %2 people", j - i),
		    args, 2);
		for (ptrdiff_t k = i; weight[level[i].row] != 1 && k < j; k++)
			add_name(o, &names, d->in.id[level[k].row]);
		end_names(o, &names);
	}
}

static void
say_quotas(struct out *o)
{
	const struct draw *d = o->d;
	const struct quota *q = &d->in.quota;
	const int64_t *reached = draw_reached(d);
	struct str head = tr(o->lang, "Targets");
	ptrdiff_t name = wide(head), value = 0;
	buf_byte(&o->b, '\n');
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		ptrdiff_t w = wide(d->in.feature[d->in.feature_of[v]]);
		name = w > name ? w : name;
		w = wide(d->in.value[v]);
		value = w > value ? w : value;
	}
	pad(o, head, name);
	pad(o, (struct str){0}, value);
	pad_left(o, S("min"), 6);
	pad_left(o, S("max"), 6);
	pad_left(o, tr(o->lang, "drawn"), 9);
	buf_byte(&o->b, '\n');
	for (ptrdiff_t v = 0; v < q->n_values; v++) {
		pad(o, d->in.feature[d->in.feature_of[v]], name);
		pad(o, d->in.value[v], value);
		pad_left(o, number(o, q->lo[v]), 6);
		pad_left(o, number(o, q->hi[v]), 6);
		pad_left(o, number(o, reached[v]), 9);
		buf_byte(&o->b, '\n');
	}
}

static void
say_panels(struct out *o)
{
	const struct draw *d = o->d;
	if (!d->panels)
		return;
	heading(o,
	    tr(o->lang,
		"Panels, with their probability: how many of which class"));
	for (ptrdiff_t i = 0; i < d->chances.n_panels; i++) {
		struct panel p = d->chances.panel[i];
		pad_left(o, number(o, i + 1), 5);
		pad_left(
		    o, percent(o, (double)d->weight[i] / LOTTERY_WHOLE), 10);
		buf_byte(&o->b, ' ');
		for (int32_t j = 0; j < p.n; j++)
			buf_fmt(
			    &o->b, " %d:%d", (int)p.class[j], (int)p.count[j]);
		buf_byte(&o->b, '\n');
	}
	heading(o, tr(o->lang, "Classes: people who count as alike"));
	for (int32_t c = 0; c < d->pool->n_classes; c++) {
		struct names names = {0};
		buf_fmt(&o->b, "%d:\n", (int)c);
		for (int32_t i = d->pool->first[c]; i < d->pool->first[c + 1];
		     i++)
			add_name(
			    o, &names, d->in.id[d->person[d->pool->people[i]]]);
		end_names(o, &names);
	}
}

static struct out
open_out(const struct draw *d)
{
	return (struct out){
	    d, d->cli->lang, buf_new(d->cli->arena, TEXT_BYTES)};
}

struct str
draw_text(const struct draw *d)
{
	struct out o = open_out(d);
	say_panel(&o);
	say_method(&o);
	say_quotas(&o);
	say_in_no_panel(&o);
	say_weights(&o);
	say_chances(&o);
	say_panels(&o);
	if (d->list != NULL) {
		struct str change = percent(&o, d->list_change);
		buf_byte(&o.b, '\n');
		say(&o,
		    tr(o.lang,
			"The list has 1000 panels, each as likely. Throw three "
			"ten-sided dice. No chance differs from the ones above "
			"by more than %1."),
		    &change, 1);
	}
	return buf_str(&o.b);
}

/* ---- when no panel keeps the targets ----------------------------------- */

static void
say_end(struct out *o, ptrdiff_t v, bool min, int to)
{
	const struct draw *d = o->d;
	int is = min ? d->in.quota.lo[v] : d->in.quota.hi[v];
	struct str args[] = {number(o, is), d->in.value[v],
	    d->in.feature[d->in.feature_of[v]], number(o, to)};
	buf_add(&o->b, S("  "));
	if (to < 0)
		say(o,
		    tr(o->lang,
			min ? N_("min %1 %2 (%3)") : N_("max %1 %2 (%3)")),
		    args, 3);
	else
		say(o,
		    tr(o->lang,
			min ? N_("min %1 %2 (%3): lower to %4")
			    : N_("max %1 %2 (%3): raise to %4")),
		    args, 4);
}

static void
say_clash(struct out *o)
{
	const struct draw *d = o->d;
	const struct draw_relaxed *r = d->relaxed;
	struct str size = number(o, d->size);
	bool some = false;
	for (ptrdiff_t v = 0; v < d->quota.n_values; v++)
		some = some || r->clash_lo[v] || r->clash_hi[v];
	if (!some)
		return;
	heading(o,
	    tr_fill(o->b.arena, tr(o->lang, "These clash when %1 are drawn:"),
		&size, 1));
	for (ptrdiff_t v = 0; v < d->quota.n_values; v++) {
		if (r->clash_lo[v])
			say_end(o, v, true, -1);
		if (r->clash_hi[v])
			say_end(o, v, false, -1);
	}
}

struct str
draw_text_relaxed(const struct draw *d)
{
	struct out o = open_out(d);
	const struct draw_relaxed *r = d->relaxed;
	say(&o, tr(o.lang, "No panel keeps all of the targets."), NULL, 0);
	say_clash(&o);
	if (!r->found) {
		heading(&o,
		    tr(o.lang,
			"No change of the targets helps. There are too few "
			"people to choose from."));
		return buf_str(&o.b);
	}
	heading(&o, tr(o.lang, "The smallest change that helps:"));
	for (ptrdiff_t v = 0; v < d->quota.n_values; v++) {
		int down = d->quota.lo[v] - r->lo[v];
		int up = r->hi[v] - d->quota.hi[v];
		if (down > 0)
			say_end(&o, v, true, d->in.quota.lo[v] - down);
		if (up > 0)
			say_end(&o, v, false, d->in.quota.hi[v] + up);
	}
	if (!r->within_flex)
		say(&o,
		    tr(o.lang,
			"It goes further than min_flex and max_flex allow."),
		    NULL, 0);
	return buf_str(&o.b);
}
