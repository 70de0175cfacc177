/* SPDX-License-Identifier: MPL-2.0 */

/* Tables: what is read and written again, each cell in quotes, reads the same;
 * a fault has a place in the file; lines never go back. */
#include "base/csvread.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "tests/fuzz.h"

enum { WRITTEN_BYTES = 32 * 1024 * 1024 };

static void
write_cell(struct buf *b, struct str cell)
{
	buf_byte(b, '"');
	for (ptrdiff_t i = 0; i < cell.n; i++) {
		buf_byte(b, cell.p[i]);
		if (cell.p[i] == '"')
			buf_byte(b, '"');
	}
	buf_byte(b, '"');
}

/* A row of one empty cell would be an empty line, but it is in quotes. */
static void
write_row(struct buf *b, const struct csv_reader *r)
{
	for (ptrdiff_t i = 0; i < r->n; i++) {
		if (i > 0)
			buf_byte(b, r->separator);
		write_cell(b, r->field[i]);
	}
	buf_byte(b, '\n');
}

static int64_t
lines_in(struct str s)
{
	int64_t n = 1;
	for (ptrdiff_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n' || s.p[i] == '\r';
	return n;
}

FUZZ(input)
{
	struct csv_reader r, again;
	struct buf b = buf_new(arena, WRITTEN_BYTES);
	int64_t line = 0, rows = 0;
	csv_open(&r, arena, input);
	while (csv_next(&r)) {
		MUST(r.n > 0 && r.line > line);
		line = r.line;
		rows++;
		for (ptrdiff_t i = 0; i < r.n; i++)
			MUST(utf8_valid(r.field[i]));
		write_row(&b, &r);
	}
	if (r.expected != NULL)
		MUST(r.line >= line && r.line <= lines_in(input) &&
		    r.column >= 1 && r.column <= input.n + 1);
	MUST(!b.full);
	csv_open(&again, arena, buf_str(&b));
	struct buf twice = buf_new(arena, WRITTEN_BYTES);
	while (csv_next(&again)) {
		rows--;
		write_row(&twice, &again);
	}
	MUST(again.expected == NULL && rows == 0);
	/* One column: the separator of a table without any is a comma. */
	if (again.separator == r.separator)
		MUST(str_eq(buf_str(&b), buf_str(&twice)));
}
