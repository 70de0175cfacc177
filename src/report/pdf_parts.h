/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_PDF_PARTS_H
#define REPORT_PDF_PARTS_H

#include <cairo.h>
#include <pango/pango.h>

#include "report/doc.h"
#include "report/pdf.h"

/* pdf_parts.h - what the files of the PDF writer share; nobody else includes
 * it.
 *
 *	pdf.c        entry: title block, blocks, page furniture
 *	pdf_fonts.c  font bytes -> a font map without files
 *	pdf_text.c   a text -> lines
 *	pdf_draw.c   lines -> the page, marked for the structure tree
 *	pdf_hyphen.c where a long word may be broken
 *	pdf_flow.c   pages, rows that break over pages
 *	pdf_letter.c where a letter begins, and QR codes
 *	pdf_tags.c   cairo's file -> the tagged file (libqpdf)
 *
 * Lengths are points (1/72 inch), y grows downwards.
 */
struct pdf_fonts {
	PangoFontMap *map;
	PangoContext *context;
	bool large; /* the document being drawn is in large print */
};

/* ---- the structure tree ---- */

/* A leaf's marked content on one page. */
struct mark {
	int page, mcid;
	struct mark *next;
};

struct node {
	const char *tag; /* "H1", "TD": PDF 1.7 table 333 and on */
	const char *scope; /* TH: "Row" or "Column"; else NULL */
	struct node *parent, *first, *last, *next; /* children */
	struct mark *marks, *last_mark; /* a leaf's content */
	int link; /* Link: index into sheet.links; else -1 */
	bool numbered; /* L: numbers, not bullets */
};

struct link {
	int page, nth; /* the nth link annotation of its page */
	struct str url, words;
	struct node *node;
	struct link *next;
};

/* ---- words ---- */

enum face {
	FACE_TITLE,
	FACE_SUBTITLE,
	FACE_H1,
	FACE_H2,
	FACE_H3,
	FACE_H4,
	FACE_BODY,
	FACE_LABEL,
	FACE_CAPTION,
	FACE_CELL,
	FACE_CELL_HEAD,
	FACE_GRID, /* cells of tables with many columns */
	FACE_GRID_HEAD,
	FACE_SMALL, /* page furniture */
};

struct colour {
	double r, g, b;
};

struct span { /* of the text, in bytes: a link */
	int from, to;
	const struct doc_run *run;
	struct span *next;
};

/* A text laid out in lines of one height. */
struct words {
	struct arena *arena;
	PangoLayout *layout;
	PangoLayoutLine **lines;
	int n_lines;
	double width, line; /* line: the height of one */
	double rise; /* from the top of a line to its baseline */
	struct colour ink;
	const char *text;
	struct span *links;
};

/* The text with the code points that are no characters (U+FFFE and such, which
 * cairo refuses) shown as U+FFFD. */
struct str pdf_words(struct arena *, struct str);

struct words *words_new(struct arena *, struct pdf_fonts *,
    const struct doc_text *, enum face, double width);
double words_height(const struct words *);

/* ---- the sheet ---- */

struct sheet {
	struct arena *arena;
	struct pdf_fonts *fonts;
	const struct doc *doc;
	cairo_surface_t *surface;
	cairo_t *cr; /* NULL while pages are only counted */
	double width, height; /* of the page */
	double left, right, top, bottom; /* of the text */
	double y;
	bool after_heading; /* the last block was one */
	int letter_page; /* on which this letter began; 0: no letter */
	int page, n_pages; /* page counts from 1 */
	int mcid, nth_link; /* next on this page */
	struct node *root;
	struct link *links, *last_link;
	int n_links;
	const struct table_part *table; /* whose header is repeated */
	int outline[DOC_LEVELS + 1]; /* the last bookmark of each level */
};

struct node *node_add(struct sheet *, struct node *parent, const char *tag);

/* Draws lines [from, to) with their top at y, marked as `node`. */
struct ink_at {
	double x, y;
	int from, to;
};
void words_draw(
    struct sheet *, const struct words *, struct ink_at, struct node *node);

/* What is drawn outside of any mark is furniture: an artifact. */
void sheet_fill(struct sheet *, struct colour, const double box[4]);

struct cell {
	struct words *words;
	double x; /* from the left of the text */
	struct node *node;
	int done; /* lines drawn */
};

/* How a row may break over pages. */
enum row_split {
	ROW_WHOLE, /* only when it is higher than a page */
	ROW_TALL, /* when it is higher than half a page */
	ROW_FREE, /* anywhere but one line from its ends */
};

struct row {
	struct cell cell[DOC_MAX_COLUMNS];
	int n;
	double above, below; /* padding */
	enum row_split split;
	void (*paint)(struct sheet *, const struct row *, double height);
	const struct table_part *table;
};

struct table_part {
	const struct doc_table *table;
	double x[DOC_MAX_COLUMNS + 1]; /* column edges from the left */
	enum face face, head;
	bool ruled; /* lines between columns too */
	bool repeats; /* the header, on each page */
};

double row_height(const struct row *);
void row_place(struct sheet *, struct row *);
void sheet_break(struct sheet *);
void table_place(struct sheet *, const struct doc_table *, struct node *);
double table_least(struct sheet *, const struct doc_table *);
void page_furniture(struct sheet *); /* pdf.c */
void letter_place(struct sheet *, const struct doc_block *);
void qr_place(struct sheet *, const struct doc_block *);

extern const struct colour COLOUR_TEXT, COLOUR_QUIET, COLOUR_ACCENT,
    COLOUR_RULE, COLOUR_TINT, COLOUR_PAPER;

/* Where to break a word of `n` letters so that at most `max` of them stay on
 * the line: a number of letters, 0 for nowhere. */
int hyphen_place(const gunichar *word, int n, int max);

/* Puts language, structure and the rest into cairo's file. */
enum err pdf_finish(
    struct sheet *, struct str cairo_file, struct str *out) MUST_USE;

#endif
