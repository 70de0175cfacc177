/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "base/buf.h"
#include "base/err.h"

/* csv.h - tables for programs and spreadsheets (RFC 4180).
 *
 * Rows end in CR LF; a cell is quoted where it must be.  What a spreadsheet
 * would run as a formula is made text with an apostrophe before it: a cell
 * whose first visible character is = + - @ (their full-width forms too), or
 * that begins with a tab or a line break.  Who reads such a file back drops an
 * apostrophe that stands before one of these.  Danish spreadsheets want ';'
 * and the byte order mark, programs ',' and none.
 *
 * A table of any size goes out in pieces, as rows end.
 * Tests: tests/report/csv.c
 */
struct csv {
	struct buf out;
	char separator;
	bool inside; /* a row has a cell already */
	void (*put)(void *arg, struct str piece); /* NULL: it stays here */
	void *arg;
};

struct csv csv_new(struct arena *, ptrdiff_t max, char separator, bool bom);
/* In pieces to put(); a row has at most CSV_ROW_BYTES. */
enum { CSV_ROW_BYTES = 256 * 1024 };
struct csv csv_flow(struct arena *, char separator,
    void (*put)(void *arg, struct str piece), void *arg);

void csv_text(struct csv *, struct str);
void csv_int(struct csv *, int64_t); /* a number, never made text */
void csv_row(struct csv *); /* ends it */

/* ERR_TOO_LARGE when it grew past `max`. */
enum err csv_done(const struct csv *, struct str *out) MUST_USE;

/* The same of one in pieces: the last goes out. */
enum err csv_end(struct csv *) MUST_USE;

#endif
