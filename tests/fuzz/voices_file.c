/* SPDX-License-Identifier: MPL-2.0 */

/* Files of what people said: a row of a file without a fault has words and no
 * CPR number; a fault has a place in the file. */
#include "model/voices_file.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/contribution.h"
#include "tests/fuzz.h"

static int64_t
lines_in(struct str s)
{
	int64_t n = 1;
	for (ptrdiff_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n' || s.p[i] == '\r';
	return n;
}

static void
check_row(const struct voices_reader *f, const struct voices_row *row)
{
	MUST(!utf8_blank(row->words));
	MUST(utf8_valid(row->words) && utf8_valid(row->id));
	if (f->n_faults > 0)
		return;
	MUST(utf8_length(row->words) <= WORDS_MAX);
	MUST(cpr_find(row->id).n == 0 && cpr_find(row->group).n == 0);
}

FUZZ(input)
{
	struct voices_reader f;
	struct voices_row row;
	int64_t lines = lines_in(input), n = 0;
	voices_reader_open(&f, arena, input);
	while (voices_reader_next(&f, arena, &row)) {
		check_row(&f, &row);
		n++;
	}
	MUST(n == f.rows && n <= VOICES_ROWS);
	MUST(f.n_faults <= VOICES_FAULTS);
	MUST(f.n_columns <= VOICES_COLUMNS);
	MUST(f.n_columns > 0 || f.n_faults > 0);
	for (ptrdiff_t i = 0; i < f.n_faults; i++) {
		struct file_place at = f.faults[i].at;
		MUST(at.line >= 1 && at.line <= lines);
		MUST(at.column >= 1 && at.column <= input.n + 1);
		MUST(f.faults[i].message != NULL);
	}
}
