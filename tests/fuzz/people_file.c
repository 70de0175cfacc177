/* SPDX-License-Identifier: MPL-2.0 */

/* Files of people: a row without a fault has a name, a way to reach them and
 * no CPR number; a fault has a place in the file. */
#include "model/people_file.h"

#include "base/cpr.h"
#include "base/utf8.h"
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
check_row(const struct people_row *row)
{
	const struct str *v = row->value;
	MUST(!utf8_blank(v[PEOPLE_NAME]));
	MUST(v[PEOPLE_MAIL].n + v[PEOPLE_PHONE].n + v[PEOPLE_ADDRESS].n > 0);
	for (int i = 0; i < PEOPLE_FIELDS; i++)
		MUST(utf8_valid(v[i]) && cpr_find(v[i]).n == 0);
}

FUZZ(input)
{
	struct people_file f;
	int64_t lines = lines_in(input);
	people_file_read(arena, input, &f);
	MUST(f.n > 0 || f.n_faults > 0);
	MUST(f.n <= PEOPLE_ROWS && f.n_faults <= PEOPLE_FAULTS);
	for (ptrdiff_t i = 0; i < f.n_faults; i++) {
		struct file_place at = f.faults[i].at;
		MUST(at.line >= 1 && at.line <= lines);
		MUST(at.column >= 1 && at.column <= 3 * input.n + 1);
		MUST(f.faults[i].message != NULL);
	}
	for (ptrdiff_t i = 0; i < f.n && f.n_faults == 0; i++)
		check_row(&f.rows[i]);
}
