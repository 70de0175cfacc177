/* SPDX-License-Identifier: MPL-2.0 */
#include <math.h>
#include <qrencode.h>

#include "report/pdf_parts.h"

/* Millimetres on A4.  The address lies inside the window of a C5 or M65
 * envelope (DIN 5008, form B: 20 to 105 from the left, 45 to 90 from the top),
 * the sender outside of it, and the text begins below the upper fold. */
enum {
	ADDRESS_TOP = 52,
	ADDRESS_WIDTH = 80,
	SENDER_TOP = 18,
	SENDER_WIDTH = 58,
	TEXT_TOP = 100,
	QR_SIZE = 32,
	QR_GAP = 6,
	SENDER_GAP = 4,
};

static double
mm(double n)
{
	return n * 72 / 25.4;
}

/* ---- a letter begins ---- */

/* A text in a column of its own, its top at s->y. */
static void
place_column(struct sheet *s, const struct doc_text *text, enum face face,
    double x, double width)
{
	struct arena *a = arena_scratch(s->arena);
	struct row row = {.n = 1, .split = ROW_FREE};
	row.cell[0].x = x;
	row.cell[0].words = words_new(a, s->fonts, text, face, width);
	if (s->cr != NULL)
		row.cell[0].node = node_add(s, s->root, "P");
	row_place(s, &row);
	arena_close(a);
}

/* To the front of a new sheet: printed on both sides, no two letters share
 * one. */
static void
new_sheet_of_paper(struct sheet *s)
{
	if (s->page == 1 && s->y <= s->top)
		return;
	sheet_break(s);
	if (s->page % 2 == 1)
		return;
	if (s->cr != NULL)
		cairo_show_page(s->cr); /* an empty back */
	s->page++;
}

void
letter_place(struct sheet *s, const struct doc_block *b)
{
	double width = mm(SENDER_WIDTH);
	new_sheet_of_paper(s);
	s->letter_page = s->page;
	s->y = mm(SENDER_TOP);
	place_column(
	    s, &b->sender, FACE_SMALL, s->right - s->left - width, width);
	double sender_end = s->y + mm(SENDER_GAP);
	s->y = mm(ADDRESS_TOP);
	place_column(s, &b->text, FACE_BODY, 0, mm(ADDRESS_WIDTH));
	s->y = fmax(fmax(s->y, sender_end), mm(TEXT_TOP));
}

/* ---- QR ---- */

static void
drop_code(void *code)
{
	QRcode_free(code);
}

/* One rectangle a run of dark modules: vectors, sharp at any size.  It is
 * furniture: the text beside it says the same. */
static void
draw_qr(struct sheet *s, const QRcode *code, double top)
{
	double module = mm(QR_SIZE) / code->width;
	for (int y = 0; y < code->width; y++) {
		const unsigned char *row = code->data + y * code->width;
		for (int x = 0; x < code->width; x++) {
			int from = x;
			while (x < code->width && (row[x] & 1) != 0)
				x++;
			if (x > from)
				sheet_fill(s, COLOUR_TEXT,
				    (double[]){s->left + from * module,
					top + y * module, (x - from) * module,
					module});
		}
	}
}

void
qr_place(struct sheet *s, const struct doc_block *b)
{
	double beside = mm(QR_SIZE + QR_GAP);
	struct arena *a = arena_scratch(s->arena);
	QRcode *code = QRcode_encodeData(
	    (int)b->url.n, (const unsigned char *)b->url.p, 0, QR_ECLEVEL_M);
	arena_defer(a, drop_code, code);
	if (s->y + mm(QR_SIZE) > s->bottom)
		sheet_break(s);
	double top = s->y;
	if (code != NULL && s->cr != NULL)
		draw_qr(s, code, top);
	place_column(
	    s, &b->text, FACE_BODY, beside, s->right - s->left - beside);
	s->y = fmin(fmax(s->y, top + mm(QR_SIZE)) + 14, s->bottom);
	arena_close(a);
}
