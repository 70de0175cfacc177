/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_PDF_H
#define REPORT_PDF_H

#include "report/doc.h"

/* pdf.h - a document as tagged PDF (cairo, pango, then libqpdf).
 *
 * The file has a title, a language, bookmarks, and a structure tree of our own
 * (headings, paragraphs, lists, tables with header scopes, links); page
 * furniture is an artifact.  The same document and fonts give the same bytes.
 *
 * Open the fonts once a process (pango keeps part of them to its end), before
 * the sandbox closes or a child forks: afterwards pdf_write() opens no file.  Memory outside the arena (pango, cairo, qpdf) is released when the
 * arena closes or the call returns; a child with a memory limit is the place
 * to draw what others wrote.
 *
 * One thread at a time a `struct pdf_fonts`.  Tests: tests/report/pdf.c
 */
struct pdf_fonts;

/* The family that the document is set in. */
#define PDF_FAMILY "IBM Plex Sans"

/* A font for what the family lacks (Arabic, Hebrew, signs): Debian's package
 * fonts-dejavu-core.  Optional; without it such letters become boxes. */
#define PDF_FALLBACK_FONT "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

/* From the bytes of font files (TTF, OTF, WOFF): the family's Regular, Italic,
 * SemiBold and SemiBoldItalic, and any number for fallback.  The bytes may go
 * away afterwards; the fonts live until `a` closes.  ERR_INVALID: one of them
 * is no font, or the family is not among them. */
enum err pdf_fonts_open(struct arena *a, const struct str *files, ptrdiff_t n,
    struct pdf_fonts **out) MUST_USE;

/* The same with the family that is in the program, and PDF_FALLBACK_FONT when
 * it is installed. */
enum err pdf_fonts_embedded(struct arena *a, struct pdf_fonts **out) MUST_USE;

/* ERR_INVALID and ERR_TOO_LARGE are doc_check()'s; ERR_INTERNAL when a library
 * failed. */
enum err pdf_write(struct arena *, struct pdf_fonts *, const struct doc *,
    struct str *out) MUST_USE;

#endif
