/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_CSVREAD_H
#define BASE_CSVREAD_H

#include "base/str.h"

/* csvread.h - reads a table of separated values, a row at a time (RFC 4180).
 *
 *	struct csv_reader r;
 *	csv_open(&r, arena, text);
 *	while (csv_next(&r))
 *		use(r.field, r.n);
 *	if (r.expected != NULL)
 *		fail(r.line, r.column, r.expected);
 *
 * The separator is the one of comma, semicolon and tab that the first line has
 * most of.  A byte order mark is skipped; a line ends with LF, CR LF or CR;
 * an empty line is passed over.  A field in quotes may hold anything, a quote
 * in it doubled.
 *
 * Fields point into the text, or, where a quote was doubled, onto the arena;
 * the list of fields is only good until the next row.  Linear, no copy else:
 * about 10 ns a field.  Every field is valid UTF-8.
 * Tests: tests/base/csvread.c
 */
struct csv_reader {
	struct str *field;
	ptrdiff_t *start; /* of each field, from 0, in bytes of the text */
	ptrdiff_t n;
	int64_t line; /* of the row, or of the fault, from 1 */

	/* Set when csv_next() ended because of a fault: what should have stood
	 * there, and where (in code points, from 1). */
	const char *expected;
	int64_t column;

	char separator;
	struct arena *arena;
	struct str text;
	ptrdiff_t at, row_at, cap;
	int64_t next_line;
};

void csv_open(struct csv_reader *, struct arena *, struct str text);

/* False at the end, or at a fault. */
bool csv_next(struct csv_reader *) MUST_USE;

/* Makes the `i`-th field of this row the fault (the last one, when the row has
 * fewer), for who reads on: line and column are set.  Gives false. */
bool csv_fault(struct csv_reader *, ptrdiff_t i, const char *expected);

/* The place of a field with this name in the present row, in ASCII regardless
 * of case; -1: none. */
ptrdiff_t csv_find(const struct csv_reader *, struct str name);

/* A cell without the apostrophe that a careful writer (report/csv.h) puts before
 * what a spreadsheet would run: = + - @ and their full-width forms. */
struct str csv_plain(struct str);

#endif
