/* SPDX-License-Identifier: MPL-2.0 */
#include "report/pdf.h"

#include <cairo-pdf.h>
#include <math.h>

#include "base/buf.h"
#include "report/pdf_parts.h"

enum {
	LIST_INDENT = 20,
	PAGE_NUMBER = 110, /* "Page 1000 of 1000", and room */
	NOTE_INSET = 14,
	MEASURE = 455, /* widest line of running text: about 85 letters */
	FILE_BYTES = 64 * 1024 * 1024,
};

static double
mm(double n)
{
	return n * 72 / 25.4;
}

static double
measure(const struct sheet *s)
{
	return fmin(s->right - s->left, MEASURE);
}

static void
gap(struct sheet *s, double height)
{
	if (s->y > s->top)
		s->y = fmin(s->y + height, s->bottom);
}

static struct node *
node_at(struct sheet *s, struct node *parent, const char *tag)
{
	return s->cr != NULL ? node_add(s, parent, tag) : NULL;
}

static struct words *
words_of(struct sheet *s, struct arena *a, struct str text, enum face face)
{
	struct doc_run run = {DOC_PLAIN, text, {0}, NULL};
	struct doc_text source = {&run, &run};
	double width = s->right - s->left;
	if (face == FACE_SMALL) /* the page number stands beside it */
		width -= PAGE_NUMBER;
	return words_new(a, s->fonts, &source, face, width);
}

/* ---- furniture ---- */

static void
small(struct sheet *s, struct str text, double y, bool at_right)
{
	struct arena *a = arena_scratch(s->arena);
	struct words *w = words_of(s, a, text, FACE_SMALL);
	PangoRectangle box;
	pango_layout_line_get_extents(w->lines[0], NULL, &box);
	double width = (double)box.width / PANGO_SCALE;
	double x = at_right ? s->right - width : s->left;
	words_draw(s, w, (struct ink_at){x, y, 0, 1}, NULL);
	arena_close(a);
}

/* A letter's pages are counted for itself. */
static struct str
page_number(struct sheet *s)
{
	bool letter = s->letter_page > 0;
	struct str numbers[] = {
	    str_fmt(s->arena, "%d", s->page - s->letter_page + letter),
	    str_fmt(s->arena, "%d", s->n_pages)};
	return tr_fill(s->arena,
	    tr(s->doc->lang, letter ? N_("Page %1") : N_("Page %1 of %2")),
	    numbers, 2);
}

void
page_furniture(struct sheet *s)
{
	double width = s->right - s->left;
	double foot = s->height - mm(14);
	if (s->cr == NULL)
		return;
	struct str page = page_number(s);
	sheet_fill(s, COLOUR_RULE, (double[]){s->left, foot - 6, width, 0.5});
	small(s, page, foot, true);
	if (s->doc->footer.n > 0)
		small(s, s->doc->footer, foot, false);
	if (s->page > 1 && s->letter_page == 0)
		small(s, s->doc->title, mm(11), false);
}

/* ---- blocks ---- */

static const enum face HEADING_FACE[] = {0, FACE_H1, FACE_H2, FACE_H3, FACE_H4};
static const char *const HEADING_TAG[] = {"", "H2", "H3", "H4", "H5"};
static const double HEADING_ABOVE[] = {0, 26, 18, 13, 11};
static const double HEADING_BELOW[] = {0, 7, 5, 3, 2};

static struct row
text_row(struct sheet *s, struct arena *a, const struct doc_block *b)
{
	bool heading = b->kind == DOC_HEADING;
	bool note = b->kind == DOC_NOTE;
	struct row row = {
	    .n = 1,
	    .above = note ? 9 : 0,
	    .below = heading ? HEADING_BELOW[b->level]
		: note	     ? 9
			     : 0,
	    .split = heading ? ROW_WHOLE : ROW_FREE,
	};
	row.cell[0].x = note ? NOTE_INSET : 0;
	row.cell[0].words = words_new(a, s->fonts, &b->text,
	    heading ? HEADING_FACE[b->level] : FACE_BODY,
	    heading    ? s->right - s->left
		: note ? measure(s) - 2 * NOTE_INSET
		       : measure(s));
	return row;
}

/* What a block needs on the page on which the heading above it stands. */
static double
block_least(struct sheet *s, const struct doc_block *b)
{
	if (b == NULL || b->kind == DOC_BREAK)
		return 0;
	if (b->kind == DOC_TABLE)
		return 10 + table_least(s, b->table);
	if (b->kind != DOC_PARAGRAPH && b->kind != DOC_NOTE &&
	    b->kind != DOC_HEADING)
		return 50;
	struct arena *a = arena_scratch(s->arena);
	struct row row = text_row(s, a, b);
	double height = row_height(&row);
	double line = row.cell[0].words->line;
	arena_close(a);
	if (b->kind == DOC_HEADING)
		return height + HEADING_ABOVE[b->level] +
		    block_least(s, b->next);
	return fmin(height, row.above + 3 * line) + 8;
}

static void
bookmark(struct sheet *s, const struct doc_block *b)
{
	int parent = CAIRO_PDF_OUTLINE_ROOT;
	if (s->cr == NULL)
		return;
	for (int i = 1; i < b->level; i++) {
		if (s->outline[i] != 0)
			parent = s->outline[i];
	}
	/* Numbers without a decimal point: cairo reads them in any locale. */
	struct str where = str_fmt(
	    s->arena, "page=%d pos=[%d %d]", s->page, (int)s->left, (int)s->y);
	struct str name = pdf_words(s->arena, doc_plain(s->arena, &b->text));
	s->outline[b->level] = cairo_pdf_surface_add_outline(s->surface, parent,
	    str_cstr(s->arena, name), str_cstr(s->arena, where),
	    b->level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
	for (int i = b->level + 1; i <= DOC_LEVELS; i++)
		s->outline[i] = 0;
}

static void
place_heading(struct sheet *s, const struct doc_block *b)
{
	struct arena *a = arena_scratch(s->arena);
	gap(s, HEADING_ABOVE[b->level] - (s->after_heading ? 8 : 0));
	struct row row = text_row(s, a, b);
	double need = row_height(&row) + block_least(s, b->next);
	double page = s->bottom - s->top;
	if (s->y > s->top && s->y + fmin(need, page * 0.8) > s->bottom)
		sheet_break(s);
	bookmark(s, b);
	row.cell[0].node = node_at(s, s->root, HEADING_TAG[b->level]);
	row_place(s, &row);
	arena_close(a);
}

static void
paint_note(struct sheet *s, const struct row *row, double height)
{
	(void)row;
	sheet_fill(
	    s, COLOUR_TINT, (double[]){s->left, s->y, measure(s), height});
	sheet_fill(s, COLOUR_ACCENT, (double[]){s->left, s->y, 3, height});
}

static void
place_text(struct sheet *s, const struct doc_block *b)
{
	struct arena *a = arena_scratch(s->arena);
	struct row row = text_row(s, a, b);
	if (b->kind == DOC_NOTE) {
		gap(s, 4);
		row.paint = paint_note;
	}
	row.cell[0].node = node_at(s, s->root, "P");
	row_place(s, &row);
	gap(s, b->kind == DOC_NOTE ? 12 : 8);
	arena_close(a);
}

static void
paint_pair(struct sheet *s, const struct row *row, double height)
{
	(void)row;
	sheet_fill(s, COLOUR_RULE,
	    (double[]){s->left, s->y + height - 0.5, s->right - s->left, 0.5});
}

/* Label and value, or the sign and the text of a list: LI of Lbl, LBody. */
static void
place_item(struct sheet *s, const struct doc_block *b,
    const struct doc_item *item, struct str sign, struct node *list)
{
	struct arena *a = arena_scratch(s->arena);
	bool pair = b->kind == DOC_PAIRS;
	double indent =
	    pair ? fmin((s->right - s->left) * 0.3, 170) : LIST_INDENT;
	struct doc_run run = {DOC_PLAIN, sign, {0}, NULL};
	struct doc_text label =
	    pair ? item->label : (struct doc_text){&run, &run};
	struct row row = {
	    .n = 2,
	    .above = pair ? 5 : 0,
	    .below = pair ? 5.5 : 3.5,
	    .split = ROW_FREE,
	    .paint = pair ? paint_pair : NULL,
	};
	row.cell[0].words =
	    words_new(a, s->fonts, &label, FACE_LABEL, indent - 6);
	row.cell[1].words = words_new(a, s->fonts, &item->text, FACE_BODY,
	    (pair ? s->right - s->left : measure(s)) - indent);
	row.cell[1].x = indent;
	struct node *li = node_at(s, list, "LI");
	row.cell[0].node = node_at(s, li, "Lbl");
	row.cell[1].node = node_at(s, li, "LBody");
	row_place(s, &row);
	arena_close(a);
}

static void
place_list(struct sheet *s, const struct doc_block *b)
{
	int64_t n = 0;
	struct node *list = node_at(s, s->root, "L");
	if (list != NULL)
		list->numbered = b->kind == DOC_NUMBERS;
	if (b->kind == DOC_PAIRS && s->y > s->top)
		gap(s, 2);
	for (const struct doc_item *i = b->items; i; i = i->next) {
		struct str sign = S("\xe2\x80\xa2");
		if (b->kind == DOC_NUMBERS)
			sign = str_fmt(s->arena, "%d.", (int)++n);
		place_item(s, b, i, sign, list);
	}
	gap(s, b->kind == DOC_PAIRS ? 12 : 6);
}

static void
place_block(struct sheet *s, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_HEADING:
		place_heading(s, b);
		break;
	case DOC_PARAGRAPH:
	case DOC_NOTE:
		place_text(s, b);
		break;
	case DOC_PAIRS:
	case DOC_BULLETS:
	case DOC_NUMBERS:
		place_list(s, b);
		break;
	case DOC_TABLE:
		gap(s, 4);
		table_place(s, b->table, s->root);
		gap(s, 14);
		break;
	case DOC_BREAK:
		if (s->y > s->top)
			sheet_break(s);
		break;
	case DOC_LETTER:
		letter_place(s, b);
		break;
	case DOC_QR:
		qr_place(s, b);
		break;
	}
	s->after_heading = b->kind == DOC_HEADING;
}

/* ---- the title block ---- */

static void
place_line(struct sheet *s, struct str text, enum face face, const char *tag)
{
	struct arena *a = arena_scratch(s->arena);
	struct row row = {.n = 1, .split = ROW_FREE, .below = 2};
	if (text.n == 0)
		return;
	row.cell[0].words = words_of(s, a, text, face);
	row.cell[0].node = node_at(s, s->root, tag);
	row_place(s, &row);
	arena_close(a);
}

static void
place_title(struct sheet *s)
{
	const struct doc *d = s->doc;
	sheet_fill(s, COLOUR_ACCENT, (double[]){s->left, s->y, 44, 4});
	s->y += 14;
	place_line(s, d->author, FACE_SUBTITLE, "P");
	place_line(s, d->title, FACE_TITLE, "H1");
	place_line(s, d->subject, FACE_SUBTITLE, "P");
	s->y += 14;
}

/* ---- the file ---- */

static struct sheet
sheet_new(struct arena *a, struct pdf_fonts *fonts, const struct doc *d)
{
	bool a3 = d->paper == DOC_A3;
	struct sheet s = {
	    .arena = a,
	    .fonts = fonts,
	    .doc = d,
	    .width = mm(a3 ? 420 : 210),
	    .height = mm(297),
	    .left = mm(a3 ? 16 : 22),
	    .top = mm(20),
	    .page = 1,
	};
	s.right = s.width - s.left;
	s.bottom = s.height - mm(22);
	s.y = s.top;
	return s;
}

static void
place_all(struct sheet *s)
{
	s->root = node_at(s, NULL, "Document");
	if (s->doc->blocks == NULL || s->doc->blocks->kind != DOC_LETTER)
		place_title(s);
	for (const struct doc_block *b = s->doc->blocks; b; b = b->next)
		place_block(s, b);
	page_furniture(s);
}

static cairo_status_t
take_bytes(void *arg, const unsigned char *bytes, unsigned n)
{
	struct buf *out = arg;
	buf_add(out, (struct str){(const char *)bytes, (ptrdiff_t)n});
	return out->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void
set_metadata(struct sheet *s)
{
	const struct doc *d = s->doc;
	struct arena *a = s->arena;
	struct str date = time_iso(a, d->created_us);
	date = str_cat(a, str_sub(date, 0, 19), S("Z"));
	const struct {
		cairo_pdf_metadata_t what;
		struct str text;
	} all[] = {
	    {CAIRO_PDF_METADATA_TITLE, d->title},
	    {CAIRO_PDF_METADATA_AUTHOR, d->author},
	    {CAIRO_PDF_METADATA_SUBJECT, d->subject},
	    {CAIRO_PDF_METADATA_CREATOR, S("Samskab")},
	    {CAIRO_PDF_METADATA_CREATE_DATE, date},
	    {CAIRO_PDF_METADATA_MOD_DATE, date},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(all); i++) {
		if (all[i].text.n > 0)
			cairo_pdf_surface_set_metadata(s->surface, all[i].what,
			    str_cstr(a, pdf_words(a, all[i].text)));
	}
}

enum err
pdf_write(struct arena *a, struct pdf_fonts *fonts, const struct doc *d,
    struct str *out)
{
	enum err e = doc_check(d);
	if (e != ERR_OK)
		return e;
	struct str lang = lang_code(d->lang);
	pango_context_set_language(
	    fonts->context, pango_language_from_string(str_cstr(a, lang)));
	fonts->large = d->large;
	struct sheet count = sheet_new(a, fonts, d);
	place_all(&count);

	struct sheet s = sheet_new(a, fonts, d);
	struct buf bytes = buf_new(a, FILE_BYTES);
	s.n_pages = count.page;
	s.surface = cairo_pdf_surface_create_for_stream(
	    take_bytes, &bytes, s.width, s.height);
	s.cr = cairo_create(s.surface);
	set_metadata(&s);
	place_all(&s);
	cairo_show_page(s.cr);
	cairo_surface_finish(s.surface);
	cairo_status_t status = cairo_status(s.cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(s.surface);
	cairo_destroy(s.cr);
	cairo_surface_destroy(s.surface);
	if (bytes.full)
		return ERR_TOO_LARGE;
	if (status != CAIRO_STATUS_SUCCESS)
		return ERR_INTERNAL;
	return pdf_finish(&s, buf_str(&bytes), out);
}
