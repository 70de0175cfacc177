/* SPDX-License-Identifier: MPL-2.0 */

/* groups --svg: the opinion map, and the table that says the same.
 *
 * A dot is a small square of the map with at least k people of one group in
 * it; squares with fewer are left out.  So nobody is seen alone. */
#include <math.h>
#include <string.h>

#include "report/groups.h"
#include "report/svg.h"

enum { WIDTH = 720, MAP = 560, LEFT = 40, TOP = 70, SQUARES = 20 };
enum { ROW = 24 };

/* Where the map's numbers lie on the picture. */
struct frame {
	double x, y, scale; /* of the map's middle and unit */
};

static struct frame
frame_of(const struct groups_view *v)
{
	double far = 0;
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (v->group[i] == OPINION_OUT)
			continue;
		far = fmax(far, fabs(v->place[2 * i]));
		far = fmax(far, fabs(v->place[2 * i + 1]));
	}
	return (struct frame){
	    LEFT + MAP / 2.0, TOP + MAP / 2.0, far > 0 ? 0.48 * MAP / far : 1};
}

static int
square_of(double x)
{
	double at = floor((x + 0.5) * SQUARES);
	return at < 0 ? 0 : at >= SQUARES ? SQUARES - 1 : (int)at;
}

static const char *
group_class(const struct groups_view *v, int g)
{
	static const char *const class[] = {
	    "group-1", "group-2", "group-3", "group-4", "group-5"};
	return class[v->name[g] % 5];
}

static enum svg_mark
group_mark(const struct groups_view *v, int g)
{
	static const enum svg_mark mark[] = {
	    SVG_DOT, SVG_SQUARE, SVG_TRIANGLE, SVG_DIAMOND, SVG_CROSS};
	return mark[v->name[g] % 5];
}

struct middle {
	double x, y, n;
	double top; /* the highest of them */
};

static struct middle
middle_of(const struct groups_view *v, int g)
{
	struct middle m = {.top = -INFINITY};
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (v->group[i] != g)
			continue;
		m.top = fmax(m.top, v->place[2 * i + 1]);
		m.x += v->place[2 * i];
		m.y += v->place[2 * i + 1];
		m.n++;
	}
	m.x /= m.n > 0 ? m.n : 1;
	m.y /= m.n > 0 ? m.n : 1;
	return m;
}

/* The squares of one group, or of those between. */
static void
draw_people(
    const struct groups_view *v, struct svg *s, int g, const struct frame *f)
{
	bool between = g < 0;
	struct middle square[SQUARES * SQUARES];
	memset(square, 0, sizeof square);
	for (ptrdiff_t i = 0; i < v->people; i++) {
		if (v->group[i] != g)
			continue;
		double x = v->place[2 * i] * f->scale;
		double y = v->place[2 * i + 1] * f->scale;
		struct middle *m =
		    &square[square_of(x / MAP) * SQUARES + square_of(y / MAP)];
		m->x += x;
		m->y += y;
		m->n++;
	}
	for (int c = 0; c < SQUARES * SQUARES; c++) {
		struct middle *m = &square[c];
		if (m->n == 0 || m->n < v->ask.k)
			continue;
		svg_mark(s, between ? SVG_DOT : group_mark(v, g),
		    f->x + m->x / m->n, f->y - m->y / m->n,
		    fmin(26, 5 + 2 * sqrt(m->n)),
		    between ? "plain" : group_class(v, g));
	}
}

static void
draw_map(const struct groups_view *v, struct svg *s)
{
	struct frame f = frame_of(v);
	svg_line(s, LEFT, f.y, LEFT + MAP, f.y, "grid");
	svg_line(s, f.x, TOP, f.x, TOP + MAP, "grid");
	for (int g = 0; g < v->k; g++) {
		if (v->size_hidden[g])
			continue;
		struct middle m = middle_of(v, g);
		svg_group(s,
		    groups_fill(
			v, N_("Group %1"), groups_name(v, g), S(""), S("")));
		draw_people(v, s, g, &f);
		svg_text(s, f.x + f.scale * m.x,
		    fmax(TOP + 14, f.y - f.scale * m.top - 16), "middle",
		    "strong", groups_name(v, g));
		svg_close(s);
	}
	if (v->ask.polis)
		return;
	svg_group(s, tr(v->lang, "Between the groups"));
	draw_people(v, s, OPINION_BETWEEN, &f);
	svg_close(s);
}

/* Two decimals, with the language's own comma. */
static struct str
decimal(const struct groups_view *v, double x)
{
	struct str text = str_fmt(v->arena, "%.2f", x);
	return v->lang == LANG_DA ? str_replace(v->arena, text, S("."), S(","))
				  : text;
}

/* Group, people, across, up: what the picture shows, in words. */
static void
draw_table(const struct groups_view *v, struct svg *s)
{
	static const double at[] = {LEFT, 320, 440, 560};
	double y = TOP + MAP + 50;
	const char *const head[] = {
	    N_("Group"), N_("People"), N_("Across"), N_("Up")};
	for (int c = 0; c < 4; c++)
		svg_text(s, at[c], y, c == 0 ? "start" : "end", "strong",
		    tr(v->lang, head[c]));
	for (int g = 0; g < v->k; g++) {
		struct middle m = middle_of(v, g);
		bool hidden = v->size_hidden[g];
		y += ROW;
		svg_mark(s, group_mark(v, g), LEFT + 6, y - 5, 12,
		    group_class(v, g));
		svg_text(s, LEFT + 20, y, "start", "label", groups_name(v, g));
		svg_text(s, at[1], y, "end", "label",
		    hidden ? S("-") : groups_count(v, v->size[g]));
		svg_text(s, at[2], y, "end", "label",
		    hidden ? S("-") : decimal(v, m.x));
		svg_text(s, at[3], y, "end", "label",
		    hidden ? S("-") : decimal(v, m.y));
	}
	if (v->ask.polis)
		return;
	y += ROW;
	svg_mark(s, SVG_DOT, LEFT + 6, y - 5, 12, "plain");
	svg_text(s, LEFT + 20, y, "start", "label",
	    tr(v->lang, "Between the groups"));
	svg_text(s, at[1], y, "end", "label",
	    v->size_hidden[v->k] ? S("-") : groups_count(v, v->size[v->k]));
}

struct str
groups_svg(struct groups_view *v)
{
	struct svg s = svg_begin(v->arena, WIDTH,
	    TOP + MAP + 80 + ROW * (v->k + 2), tr(v->lang, "Opinion map"),
	    v->k == 0
		? groups_why_none(v)
		: tr(v->lang,
		      "People who stand close together vote alike. A mark "
		      "stands for several people of one group."));
	svg_text(&s, LEFT, 30, "start", "strong", tr(v->lang, "Opinion map"));
	if (v->k == 0) {
		svg_text(&s, LEFT, 56, "start", "label", groups_why_none(v));
		return svg_end(&s);
	}
	svg_text(&s, LEFT, 54, "start", "small",
	    groups_fill(v,
		N_("Close together: they vote alike. The map shows %1 of all "
		   "differences."),
		groups_percent(v, v->explained[0] + v->explained[1]), S(""),
		S("")));
	draw_map(v, &s);
	draw_table(v, &s);
	return svg_end(&s);
}
