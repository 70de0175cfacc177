/* SPDX-License-Identifier: MPL-2.0 */
#include <cairo.h>

#include <assert.h>
#include <math.h>

#include "report/pdf_parts.h"

enum {
	CELL_SIDE = 5, /* points between a cell's edge and its text */
	CELL_TOP = 5,
	GRID_COLUMNS = 6, /* from here on the smaller face, and rules */
};

void
sheet_fill(struct sheet *s, struct colour c, const double box[4])
{
	if (s->cr == NULL)
		return;
	cairo_set_source_rgb(s->cr, c.r, c.g, c.b);
	cairo_rectangle(s->cr, box[0], box[1], box[2], box[3]);
	cairo_fill(s->cr);
}

/* ---- rows ---- */

static int
lines_left(const struct cell *c)
{
	return c->words->n_lines - c->done;
}

static double
rest_height(const struct row *row)
{
	double height = 0;
	for (int i = 0; i < row->n; i++)
		height = fmax(height,
		    lines_left(&row->cell[i]) * row->cell[i].words->line);
	return height + row->above + row->below;
}

double
row_height(const struct row *row)
{
	return rest_height(row);
}

/* How many of its lines a cell draws when `space` is there for text. */
static int
lines_now(const struct row *row, const struct cell *c, double space)
{
	int left = lines_left(c);
	int now = (int)floor(space / c->words->line + 0.001);
	if (now >= left)
		return left;
	if (row->split == ROW_FREE && left - now == 1 && now > 2)
		return now - 1; /* no line alone on the next page */
	return now < 0 ? 0 : now;
}

static void
row_slice(struct sheet *s, struct row *row, double space)
{
	double used = 0;
	int now[DOC_MAX_COLUMNS] = {0};
	for (int i = 0; i < row->n; i++) {
		now[i] = lines_now(row, &row->cell[i], space);
		used = fmax(used, now[i] * row->cell[i].words->line);
	}
	double height = used + row->above + row->below;
	if (row->paint != NULL && s->cr != NULL)
		row->paint(s, row, height);
	for (int i = 0; i < row->n; i++) {
		struct cell *c = &row->cell[i];
		if (s->cr != NULL)
			words_draw(s, c->words,
			    (struct ink_at){s->left + c->x, s->y + row->above,
				c->done, c->done + now[i]},
			    c->node);
		c->done += now[i];
	}
	s->y += height;
}

/* Whether the rest of a row waits for the next page although some of it would
 * fit in `space`. */
static bool
row_waits(const struct sheet *s, const struct row *row, double space)
{
	double page = s->bottom - s->top;
	double line = row->cell[0].words->line;
	if (row->split == ROW_FREE)
		return space < 2 * line;
	double whole = row->split == ROW_WHOLE ? page * 0.9 : page * 0.5;
	return rest_height(row) <= whole || space < 4 * line;
}

void
row_place(struct sheet *s, struct row *row)
{
	assert(row->n > 0 && row->cell[0].words != NULL);
	for (;;) {
		double space = s->bottom - s->y - row->above - row->below;
		double need = rest_height(row) - row->above - row->below;
		if (need <= space + 0.01) {
			row_slice(s, row, need);
			return;
		}
		bool fresh = s->y <= s->top + 0.01;
		if (!fresh && row_waits(s, row, space)) {
			sheet_break(s);
			space = s->bottom - s->y - row->above - row->below;
			if (need <= space + 0.01)
				continue;
		}
		/* One line at least, or a page too low would never end. */
		row_slice(s, row, fmax(space, row->cell[0].words->line));
		sheet_break(s);
	}
}

/* ---- tables ---- */

static void
column_rules(struct sheet *s, const struct table_part *t, double height)
{
	for (int i = 1; t->ruled && i < t->table->n_columns; i++)
		sheet_fill(s, COLOUR_RULE,
		    (double[]){s->left + t->x[i] - 0.25, s->y, 0.5, height});
}

static void
paint_body(struct sheet *s, const struct row *row, double height)
{
	const struct table_part *t = row->table;
	double width = s->right - s->left;
	column_rules(s, t, height);
	sheet_fill(s, COLOUR_RULE,
	    (double[]){s->left, s->y + height - 0.5, width, 0.5});
}

static void
paint_head(struct sheet *s, const struct row *row, double height)
{
	const struct table_part *t = row->table;
	double width = s->right - s->left;
	sheet_fill(s, COLOUR_TINT, (double[]){s->left, s->y, width, height});
	column_rules(s, t, height);
	sheet_fill(s, COLOUR_ACCENT,
	    (double[]){s->left, s->y + height - 1.2, width, 1.2});
}

static struct table_part
table_part(const struct sheet *s, const struct doc_table *table)
{
	struct table_part t = {.table = table};
	double sum = 0, at = 0;
	t.ruled = table->n_columns >= GRID_COLUMNS;
	t.face = t.ruled ? FACE_GRID : FACE_CELL;
	t.head = t.ruled ? FACE_GRID_HEAD : FACE_CELL_HEAD;
	for (int i = 0; i < table->n_columns; i++)
		sum += table->share[i];
	for (int i = 0; i < table->n_columns; i++) {
		t.x[i] = at * (s->right - s->left) / sum;
		at += table->share[i];
	}
	t.x[table->n_columns] = s->right - s->left;
	return t;
}

/* The words of a row; `parent` NULL makes it furniture. */
static struct row
table_row(struct sheet *s, struct arena *a, const struct table_part *t,
    const struct doc_text *cells)
{
	bool head = cells == t->table->header;
	struct row row = {
	    .n = t->table->n_columns,
	    .above = CELL_TOP,
	    .below = CELL_TOP,
	    .split = head ? ROW_WHOLE : ROW_TALL,
	    .paint = head ? paint_head : paint_body,
	    .table = t,
	};
	for (int i = 0; i < row.n; i++) {
		double width = t->x[i + 1] - t->x[i] - 2 * CELL_SIDE;
		bool strong = head || (i == 0 && t->table->row_headers);
		row.cell[i].x = t->x[i] + CELL_SIDE;
		row.cell[i].words = words_new(a, s->fonts, &cells[i],
		    strong ? t->head : t->face, fmax(width, 12));
	}
	return row;
}

static void
row_nodes(struct sheet *s, struct row *row, struct node *table)
{
	const struct doc_table *t = row->table->table;
	bool head = row->paint == paint_head;
	if (s->cr == NULL)
		return;
	struct node *tr = node_add(s, table, "TR");
	for (int i = 0; i < row->n; i++) {
		bool th = head || (i == 0 && t->row_headers);
		row->cell[i].node = node_add(s, tr, th ? "TH" : "TD");
		if (th)
			row->cell[i].node->scope = head ? "Column" : "Row";
	}
}

static bool
has_header(const struct doc_table *t)
{
	for (int i = 0; i < t->n_columns; i++) {
		if (t->header[i].first != NULL)
			return true;
	}
	return false;
}

/* The header row where the table begins.  One that is nearly as high as the
 * page is not repeated: it would leave no room for rows. */
static void
place_header(struct sheet *s, struct table_part *t, struct node *table)
{
	if (!has_header(t->table))
		return;
	struct arena *a = arena_scratch(s->arena);
	struct row row = table_row(s, a, t, t->table->header);
	t->repeats = row_height(&row) < (s->bottom - s->top) * 0.4;
	row_nodes(s, &row, table);
	row_place(s, &row);
	arena_close(a);
}

/* The same on a page that follows: furniture. */
static void
repeat_header(struct sheet *s, const struct table_part *t)
{
	if (!t->repeats)
		return;
	struct arena *a = arena_scratch(s->arena);
	struct row row = table_row(s, a, t, t->table->header);
	row_place(s, &row);
	arena_close(a);
}

void
sheet_break(struct sheet *s)
{
	const struct table_part *table = s->table;
	page_furniture(s);
	if (s->cr != NULL)
		cairo_show_page(s->cr);
	s->page++;
	s->mcid = 0;
	s->nth_link = 0;
	s->y = s->top;
	if (table == NULL)
		return;
	s->table = NULL; /* the header itself must not repeat it */
	repeat_header(s, table);
	s->table = table;
}

static void
place_caption(struct sheet *s, const struct doc_table *t, struct node *table)
{
	struct doc_run run = {DOC_PLAIN, t->caption, {0}, NULL};
	struct doc_text text = {&run, &run};
	if (t->caption.n == 0)
		return;
	struct arena *a = arena_scratch(s->arena);
	struct row row = {.n = 1, .below = 5, .split = ROW_FREE};
	row.cell[0].words =
	    words_new(a, s->fonts, &text, FACE_CAPTION, s->right - s->left);
	if (s->cr != NULL)
		row.cell[0].node = node_add(s, table, "Caption");
	row_place(s, &row);
	arena_close(a);
}

double
table_least(struct sheet *s, const struct doc_table *table)
{
	struct arena *a = arena_scratch(s->arena);
	struct table_part t = table_part(s, table);
	double height = table->caption.n > 0 ? 20 : 0;
	if (has_header(table)) {
		struct row head = table_row(s, a, &t, table->header);
		height += row_height(&head);
	}
	if (table->rows != NULL) {
		struct row first = table_row(s, a, &t, table->rows->cells);
		height += row_height(&first);
	}
	arena_close(a);
	return height;
}

void
table_place(struct sheet *s, const struct doc_table *table, struct node *parent)
{
	struct table_part t = table_part(s, table);
	struct node *node = s->cr != NULL ? node_add(s, parent, "Table") : NULL;
	double page = s->bottom - s->top;
	double least = table_least(s, table);
	if (s->y > s->top && least < page * 0.8 && s->y + least > s->bottom)
		sheet_break(s);
	place_caption(s, table, node);
	place_header(s, &t, node);
	s->table = &t;
	for (const struct doc_row *r = table->rows; r; r = r->next) {
		struct arena *a = arena_scratch(s->arena);
		struct row row = table_row(s, a, &t, r->cells);
		row_nodes(s, &row, node);
		row_place(s, &row);
		arena_close(a);
	}
	s->table = NULL;
}
