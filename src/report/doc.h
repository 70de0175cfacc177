/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_DOC_H
#define REPORT_DOC_H

#include "base/err.h"
#include "base/lang.h"
#include "base/str.h"

/* doc.h - a document as a tree of blocks, before it is any file format.
 *
 * A page builds one tree; report/pdf.h and report/odt.h turn the same tree
 * into bytes.  The tree and every text it is given live on the arena of
 * doc_new(); texts are not copied.  Because PDF is drawn in a sandboxed child,
 * the tree also travels as JSON (doc_write_json, doc_read_json).
 *
 *	struct doc *d = doc_new(a, LANG_DA, S("Plan for netværket"));
 *	doc_heading(d, 1, S("Formål"));
 *	doc_say(d, purpose);
 *	doc_run(d, doc_pair(d, S("Netværksleder")), DOC_PLAIN, name);
 *	struct doc_table *t = doc_table(d, S("Roller"), 2);
 *	doc_column(d, t, 0, S("Fase"), 0.3);
 *	doc_column(d, t, 1, S("Rolle"), 0.7);
 *	struct doc_text *cells = doc_row(d, t);
 *	doc_run(d, &cells[0], DOC_PLAIN, phase);
 *
 * Inside a text LF is a line break.  The title is shown as the top heading;
 * levels 1 to 4 come below it.  Nothing is checked while building: writers
 * call doc_check() first.  One thread at a time.
 * Tests: tests/report/doc.c, tests/fuzz/doc.c.  Prose: doc/report.md
 */
enum doc_paper { DOC_A4, DOC_A3 }; /* A4 upright, A3 lying */
enum doc_style { DOC_PLAIN, DOC_BOLD, DOC_EMPHASIS, DOC_LINK };

enum doc_kind {
	DOC_HEADING,
	DOC_PARAGRAPH,
	DOC_NOTE, /* a box with an accent */
	DOC_PAIRS, /* label and value */
	DOC_BULLETS,
	DOC_NUMBERS,
	DOC_TABLE,
	DOC_BREAK, /* a new page */
	DOC_LETTER, /* a letter begins: sender, and address in the window */
	DOC_QR, /* a web address as a QR code, with a text beside it */
};

enum {
	DOC_LEVELS = 4,
	DOC_MAX_COLUMNS = 24,
	DOC_MAX_PARTS = 200000, /* runs, items, cells and blocks together */
	DOC_MAX_BYTES = 8 * 1024 * 1024, /* of text */
	DOC_MAX_QR = 300, /* bytes of an address */
};

struct doc_run {
	enum doc_style style;
	struct str text;
	struct str url; /* DOC_LINK only: http:, https: or mailto: */
	struct doc_run *next;
};

struct doc_text {
	struct doc_run *first, *last;
};

struct doc_item {
	struct doc_text label; /* DOC_PAIRS only */
	struct doc_text text;
	struct doc_item *next;
};

struct doc_row {
	struct doc_text *cells; /* one a column */
	struct doc_row *next;
};

struct doc_table {
	struct str caption; /* may be empty */
	int n_columns; /* 1..DOC_MAX_COLUMNS */
	double *share; /* [n_columns] of the width; only their ratio counts */
	struct doc_text *header; /* [n_columns]; repeated on each page */
	bool row_headers; /* the first cell of a row names it */
	struct doc_row *rows, *last_row;
};

struct doc_block {
	enum doc_kind kind;
	int level; /* DOC_HEADING: 1..DOC_LEVELS */
	struct doc_text text; /* heading, paragraph, note, address, beside QR */
	struct doc_text sender; /* DOC_LETTER */
	struct str url; /* DOC_QR */
	struct doc_item *items, *last_item; /* pairs, bullets, numbers */
	struct doc_table *table;
	struct doc_block *next;
};

struct doc {
	struct arena *arena;
	enum lang lang;
	enum doc_paper paper;
	bool large; /* in large print; PDF only */
	struct str title;
	struct str author; /* a person or an organisation */
	struct str subject; /* one line below the title */
	struct str footer; /* beside the page number */
	int64_t created_us; /* the date in the file; same doc, same bytes */
	struct doc_block *blocks, *last;
};

struct doc *doc_new(struct arena *, enum lang, struct str title);

/* A run at the end of `text`; a link's address in doc_link(). */
void doc_run(
    struct doc *, struct doc_text *text, enum doc_style, struct str words);
void doc_link(
    struct doc *, struct doc_text *text, struct str words, struct str url);

void doc_heading(struct doc *, int level, struct str text);
struct doc_text *doc_paragraph(struct doc *);

/* Plain paragraphs of what a person typed: blank lines part them. */
void doc_say(struct doc *, struct str text);

struct doc_text *doc_note(struct doc *);

/* The value that belongs to `label`; pairs that follow each other are one
 * list.  doc_bullet() and doc_number() likewise. */
struct doc_text *doc_pair(struct doc *, struct str label);
struct doc_text *doc_bullet(struct doc *);
struct doc_text *doc_number(struct doc *);

struct doc_table *doc_table(struct doc *, struct str caption, int n_columns);
void doc_column(
    struct doc *, struct doc_table *, int i, struct str header, double share);
struct doc_text *doc_row(struct doc *, struct doc_table *);

void doc_page_break(struct doc *);

/* A letter begins, on a sheet of its own, its pages counted anew.  Lines of
 * `sender` stand at the right, those of `address` where a window envelope
 * shows them (doc/report.md).  A document that begins with a letter does not
 * show its title. */
void doc_letter(struct doc *, struct str sender, struct str address);

/* `url` (DOC_MAX_QR bytes at most) as a QR code; the text beside it, which
 * also says the address to those who cannot use the code. */
struct doc_text *doc_qr(struct doc *, struct str url);

/* Whether writers may write it: valid texts (utf8_valid), levels, shares and
 * addresses.  ERR_INVALID, or ERR_TOO_LARGE past DOC_MAX_...  */
enum err doc_check(const struct doc *) MUST_USE;

/* The words of a text without its styles. */
struct str doc_plain(struct arena *, const struct doc_text *);

/* The tree as compact JSON, and back.  Reading is strict: what
 * doc_write_json() could not have written is ERR_INVALID. */
enum err doc_write_json(
    struct arena *, const struct doc *, struct str *out) MUST_USE;
enum err doc_read_json(struct arena *, struct str, struct doc **out) MUST_USE;

#endif
