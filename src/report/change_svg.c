/* SPDX-License-Identifier: MPL-2.0 */

/* What moved as dots; change_words.c has the same in words. */
#include <math.h>

#include "base/utf8.h"
#include "base/number.h"
#include "report/change.h"
#include "report/svg.h"

enum {
	SIDE = 40, /* room at both ends; half of it where it is narrow */
	TITLE = 30, /* height of the title of a row of dots */
	LINE = 18, /* between two lines of text */
	LINES = 12, /* of one text at most */
	DOTS = 110, /* of the dots */
	FOOT = 50, /* of axis and interval */
	DOT = 8,
	STACK = 12, /* dots on each other at most */
	MOST_ROWS = 60,
	LABEL = 6, /* code points of the longest on the axis */
	NAME = 80 /* code points */
};

/* One row of dots. */
struct strip {
	const struct change_report *r;
	struct svg *s;
	double width, side; /* pixels */
	double top, low, high; /* pixels; the values at both ends */
};

/* ---- text ---- */

/* Pixels that a letter takes, rather too many. */
static const double LETTER = 6.6, STRONG_LETTER = 7.8;

/* As much of `text` as goes on a line, cut off its front: words, or what is
 * there of one that is longer. */
static struct str
cut_line(struct str *text, ptrdiff_t most)
{
	struct str line = utf8_cut(*text, most);
	ptrdiff_t n = line.n;
	while (n > 0 && line.n < text->n && text->p[n] != ' ')
		n--;
	line = str_sub(*text, 0, n > 0 ? n : line.n);
	*text = str_trim(str_sub(*text, line.n, text->n));
	return str_trim(line);
}

/* Lines below each other, the first with its base at `y`; how many pixels more
 * than one line takes. */
static double
draw_text(const struct strip *t, double y, const char *class, struct str text)
{
	bool strong = class[1] == 't';
	double from = y, x = t->side / 2;
	ptrdiff_t most =
	    (ptrdiff_t)((t->width - 2 * x) / (strong ? STRONG_LETTER : LETTER));
	for (int i = 0; i < LINES && text.n > 0; i++, y += LINE)
		svg_text(t->s, x, y, "start", class, cut_line(&text, most));
	return y > from ? y - from - LINE : 0;
}

/* ---- dots ---- */

static double
across(const struct strip *t, double value)
{
	return t->side +
	    (value - t->low) / (t->high - t->low) * (t->width - 2 * t->side);
}

static double
ground(const struct strip *t)
{
	return t->top + TITLE + DOTS;
}

/* How many people one dot stands for. */
static int64_t
people_a_dot(const struct change_columns *c)
{
	int64_t most = 1;
	for (int i = 0; i < c->n; i++)
		most = c->column[i].count > most ? c->column[i].count : most;
	return (most + STACK - 1) / STACK;
}

static void
draw_column(const struct strip *t, const struct change_column *c, int64_t each)
{
	const struct str args[] = {
	    change_value(t->r, c->value, t->r->design != CROSS_SECTION),
	    lang_int(t->r->arena, t->r->lang, c->count)};
	if (c->count == 0)
		return;
	svg_group(
	    t->s, tr_fill(t->r->arena, tr(t->r->lang, "%1: %2"), args, 2));
	for (int64_t i = 0; i < (c->count + each - 1) / each; i++)
		svg_mark(t->s, SVG_DOT, across(t, c->value),
		    ground(t) - DOT - (double)i * (DOT + 1), DOT, "group-1");
	svg_close(t->s);
}

static void
draw_axis(const struct strip *t, const struct change_columns *c)
{
	bool sign = t->r->design != CROSS_SECTION;
	/* Labels that would run into each other are left out. */
	int room = (int)(t->width / (LABEL * LETTER));
	int step = (c->n + room - 1) / room;
	svg_line(t->s, t->side / 2, ground(t), t->width - t->side / 2,
	    ground(t), "axis");
	for (int i = 0; i < c->n; i += step)
		svg_text(t->s, across(t, c->column[i].value), ground(t) + 16,
		    "middle", "small",
		    change_value(t->r, c->column[i].value, sign));
	if (sign && t->low < 0 && t->high > 0)
		svg_line(t->s, across(t, 0), t->top + TITLE, across(t, 0),
		    ground(t) + 4, "grid");
}

/* The mean, and how far it may be off. */
static void
draw_mean(const struct strip *t, double mean, struct interval i)
{
	double y = ground(t) + 30;
	if (!isnan(i.low)) {
		double from = fmax(i.low, t->low), to = fmin(i.high, t->high);
		svg_line(t->s, across(t, from), y, across(t, to), y, "bar");
	}
	svg_mark(t->s, SVG_DIAMOND, across(t, mean), y, 10, "group-2");
}

static void
draw_title(struct strip *t, struct str name, int64_t each)
{
	struct str title = utf8_cut(name, NAME);
	const struct str args[] = {
	    title, lang_int(t->r->arena, t->r->lang, each)};
	if (each > 1)
		title = tr_fill(t->r->arena,
		    tr(t->r->lang, "%1 (a dot is %2 people)"), args, 2);
	t->top += draw_text(t, t->top + 20, "strong", title);
}

/* Draws ascending values; gives them room at both ends. */
static void
draw(struct strip *t, struct str name, const double *x, ptrdiff_t n)
{
	struct change_columns c = change_columns_of(t->r->arena, x, n);
	double room = (x[n - 1] - x[0]) / 20;
	int64_t each = people_a_dot(&c);
	t->low = x[0] - (room > 0 ? room : 1);
	t->high = x[n - 1] + (room > 0 ? room : 1);
	draw_title(t, name, each);
	draw_axis(t, &c);
	for (int i = 0; i < c.n; i++)
		draw_column(t, &c.column[i], each);
}

static const struct interval NO_INTERVAL = {NAN, NAN};

static void
draw_paired(struct strip *t, const struct change_result *res)
{
	bool numbers = res->show >= SHOW_INTERVAL;
	draw(t, res->item->name, res->paired.d, res->paired.n);
	if (numbers)
		draw_mean(t, res->paired.mean, res->paired.t_interval);
}

static void
draw_half(struct strip *t, const struct change_result *res, bool after)
{
	const struct change_item *item = res->item;
	const double *x = after ? item->all_after : item->all_before;
	ptrdiff_t n = after ? item->n_after : item->n_before;
	const struct str args[] = {item->name,
	    tr(t->r->lang, after ? "Answers after" : "Answers before")};
	struct str name =
	    tr_fill(t->r->arena, tr(t->r->lang, "%1: %2"), args, 2);
	draw(t, name, x, n);
	if (res->show >= SHOW_INTERVAL)
		draw_mean(t, after ? res->unpaired.after : res->unpaired.before,
		    NO_INTERVAL);
}

static void
draw_result(struct strip *t, const struct change_result *res)
{
	enum { ROW = TITLE + DOTS + FOOT };
	bool cross = t->r->design == CROSS_SECTION;
	if (res->show == SHOW_NOTHING || (!cross && res->paired.n == 0)) {
		draw_title(t, res->item->name, 1);
		t->top += draw_text(t, t->top + 50, "small", res->sentence);
		t->top += 2 * TITLE;
		return;
	}
	for (int half = 0; half < (cross ? 2 : 1); half++, t->top += ROW) {
		if (cross)
			draw_half(t, res, half == 1);
		else
			draw_paired(t, res);
	}
}

/* All sentences: what the picture shows, for who does not see it. */
static struct str
description(const struct change_report *r, ptrdiff_t n)
{
	struct buf b = buf_new(r->arena, 256 * 1024);
	for (ptrdiff_t i = 0; i < n; i++) {
		buf_add(&b, r->result[i].item->name);
		buf_add(&b, S(": "));
		buf_add(&b, r->result[i].sentence);
		buf_byte(&b, '\n');
	}
	buf_add(&b, change_caution(r));
	return buf_str(&b);
}

/* All of it; where it ends. */
static double
draw_all(const struct change_report *r, struct svg *s, int width)
{
	ptrdiff_t n = r->data.n < MOST_ROWS ? r->data.n : MOST_ROWS;
	struct strip t = {.r = r,
	    .s = s,
	    .width = width,
	    .side = width < CHANGE_WIDE ? SIDE / 2 : SIDE};
	for (ptrdiff_t i = 0; i < n; i++)
		draw_result(&t, &r->result[i]);
	t.top += draw_text(&t, t.top + LINE, "small",
	    tr(r->lang,
		n < r->data.n ? N_("Only the first 60 questions are drawn.")
			      : N_("The diamond is the mean, the line its 95 % "
				   "interval.")));
	t.top += draw_text(&t, t.top + 2 * LINE, "small", change_caution(r));
	return t.top + 3 * LINE;
}

/* Twice: how high it is, nobody knows before the lines are broken. */
struct str
change_svg(const struct change_report *r, enum change_width width)
{
	struct str title = tr(r->lang, "What moved");
	struct str words =
	    description(r, r->data.n < MOST_ROWS ? r->data.n : MOST_ROWS);
	struct svg s = svg_begin(r->arena, width, 0, title, words);
	double end = draw_all(r, &s, (int)width);
	s = svg_begin(r->arena, width, end, title, words);
	(void)draw_all(r, &s, (int)width);
	return svg_end(&s);
}
