/* SPDX-License-Identifier: MPL-2.0 */
#include <hb.h>
#include <pango/pangocairo.h>

#include "base/buf.h"
#include "report/pdf_parts.h"

struct node *
node_add(struct sheet *s, struct node *parent, const char *tag)
{
	struct node *node = arena_new(s->arena, struct node, 1);
	node->tag = tag;
	node->link = -1;
	node->parent = parent;
	if (parent == NULL)
		return node;
	if (parent->last == NULL)
		parent->first = node;
	else
		parent->last->next = node;
	parent->last = node;
	return node;
}

static void
mark_begin(struct sheet *s, struct node *node, const struct doc_run *link)
{
	struct mark *mark = arena_new(s->arena, struct mark, 1);
	*mark = (struct mark){s->page, s->mcid++, NULL};
	if (node->last_mark == NULL)
		node->marks = mark;
	else
		node->last_mark->next = mark;
	node->last_mark = mark;
	if (link == NULL) {
		cairo_tag_begin(s->cr, "Span", NULL);
		return;
	}
	struct link *l = arena_new(s->arena, struct link, 1);
	*l = (struct link){
	    s->page, s->nth_link++, link->url, link->text, node, NULL};
	if (s->last_link == NULL)
		s->links = l;
	else
		s->last_link->next = l;
	s->last_link = l;
	node->link = s->n_links++;
	/* doc_check() let no quote or backslash into an address. */
	struct str attrs = str_fmt(s->arena, "uri='%.*s'", STR_ARG(link->url));
	cairo_tag_begin(s->cr, "Link", str_cstr(s->arena, attrs));
}

static const struct doc_run *
link_of(const struct words *w, int offset)
{
	for (const struct span *l = w->links; l; l = l->next) {
		if (offset >= l->from && offset < l->to)
			return l->run;
	}
	return NULL;
}

/* A space at the end of a line is no glyph for pango; give it one, so that
 * the words of two lines stay two words for who listens or copies. */
static void
show_spaces(PangoGlyphItem *run, const char *text)
{
	hb_codepoint_t space;
	PangoGlyphString *g = run->glyphs;
	hb_font_t *font = pango_font_get_hb_font(run->item->analysis.font);
	if (font == NULL || !hb_font_get_nominal_glyph(font, ' ', &space))
		return;
	for (int i = 0; i < g->num_glyphs; i++) {
		char c = text[run->item->offset + g->log_clusters[i]];
		if (c == ' ' && g->glyphs[i].glyph == PANGO_GLYPH_EMPTY)
			g->glyphs[i].glyph = space;
	}
}

static double
line_start(const struct words *w, PangoLayoutLine *line)
{
	PangoRectangle box;
	if (line->resolved_dir != PANGO_DIRECTION_RTL)
		return 0;
	pango_layout_line_get_extents(line, NULL, &box);
	double free = w->width - (double)box.width / PANGO_SCALE;
	return free > 0 ? free : 0;
}

/* Never of no length: a link without ink would get no box from cairo. */
static void
underline(struct sheet *s, const double from[2], double width)
{
	width = width > 0.5 ? width : 0.5;
	cairo_set_line_width(s->cr, 0.6);
	cairo_move_to(s->cr, from[0], from[1] + 1.8);
	cairo_line_to(s->cr, from[0] + width, from[1] + 1.8);
	cairo_stroke(s->cr);
}

static void
draw_run(struct sheet *s, const struct words *w, PangoGlyphItem *run,
    const struct doc_run *link, const double at[2])
{
	struct colour ink = link != NULL ? COLOUR_ACCENT : w->ink;
	PangoGlyphItem *copy = pango_glyph_item_copy(run);
	show_spaces(copy, w->text);
	cairo_set_source_rgb(s->cr, ink.r, ink.g, ink.b);
	cairo_move_to(s->cr, at[0], at[1]);
	pango_cairo_show_glyph_item(s->cr, w->text, copy);
	if (link != NULL)
		underline(s, at,
		    (double)pango_glyph_string_get_width(copy->glyphs) /
			PANGO_SCALE);
	pango_glyph_item_free(copy);
}

/* The mark that is open while lines are drawn.  A text without links is one
 * mark of `node`; one with links has a child for each piece, and a link one a
 * line, so that its box in the page is tight. */
struct pen {
	struct sheet *sheet;
	const struct words *words;
	struct node *node; /* NULL: an artifact, no marks */
	const struct doc_run *link;
	bool down;
};

static void
pen_up(struct pen *pen)
{
	if (pen->down)
		cairo_tag_end(
		    pen->sheet->cr, pen->link != NULL ? "Link" : "Span");
	pen->down = false;
}

static void
pen_on(struct pen *pen, const struct doc_run *link, bool new_line)
{
	bool same = pen->down && link == pen->link && !(link && new_line);
	if (pen->node == NULL || same)
		return;
	pen_up(pen);
	struct node *leaf = pen->words->links == NULL
	    ? pen->node
	    : node_add(pen->sheet, pen->node, link ? "Link" : "Span");
	mark_begin(pen->sheet, leaf, link);
	pen->link = link;
	pen->down = true;
}

static void
draw_line(struct pen *pen, PangoLayoutLine *line, double x, double y)
{
	const struct words *w = pen->words;
	x += line_start(w, line);
	for (GSList *r = line->runs; r != NULL; r = r->next) {
		PangoGlyphItem *run = r->data;
		const struct doc_run *link = link_of(w, run->item->offset);
		pen_on(pen, link, r == line->runs);
		draw_run(pen->sheet, w, run, link, (double[]){x, y});
		x += (double)pango_glyph_string_get_width(run->glyphs) /
		    PANGO_SCALE;
	}
}

void
words_draw(
    struct sheet *s, const struct words *w, struct ink_at at, struct node *node)
{
	struct pen pen = {.sheet = s, .words = w, .node = node};
	double y = at.y + w->rise;
	for (int i = at.from; i < at.to; i++, y += w->line)
		draw_line(&pen, w->lines[i], at.x, y);
	pen_up(&pen);
}
