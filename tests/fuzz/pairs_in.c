/* SPDX-License-Identifier: MPL-2.0 */

/* Choices from elsewhere, All Our Ideas' CSV: what is read is options with a
 * name of their own and each pair of a session once, and adds up with its rows;
 * a fault has a place in the file. */
#include "model/pairs_in.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/ballot.h"
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
check_titles(const struct pairs_in *in)
{
	MUST(in->options <= ROUND_OPTIONS);
	for (ptrdiff_t i = 0; i < in->options; i++) {
		struct str title = in->title[i];
		MUST(!utf8_blank(title) && utf8_valid(title));
		MUST(utf8_length(title) <= ROUND_TITLE);
		MUST(cpr_find(title).n == 0);
		MUST(str_find_byte(title, '\n') < 0);
		for (ptrdiff_t k = 0; k < i; k++)
			MUST(!str_eq(in->title[k], title));
	}
}

static void
check_pairs(const struct pairs_in *in)
{
	ptrdiff_t of_one = 0;
	for (ptrdiff_t i = 0; i < in->n; i++) {
		const struct pair_in *p = &in->list[i];
		MUST(p->session >= 0 && p->session < in->sessions);
		MUST(p->low >= 0 && p->low < p->high && p->high < in->options);
		MUST(p->which == 1 || p->which == 2);
		bool same = i > 0 && p[-1].session == p->session;
		MUST(i == 0 || same || p[-1].session < p->session);
		MUST(!same || p[-1].low < p->low ||
		    (p[-1].low == p->low && p[-1].high < p->high));
		of_one = same ? of_one + 1 : 1;
		MUST(of_one <= BALLOT_PAIRS);
	}
}

FUZZ(input)
{
	struct pairs_in in;
	struct csv_reader r;
	int64_t lines = lines_in(input);
	if (!utf8_valid(input))
		return; /* the page makes it valid first */
	if (!pairs_read(arena, input, &in, &r)) {
		MUST(r.expected != NULL && r.expected[0] != '\0');
		MUST(r.line >= 1 && r.line <= lines);
		MUST(r.column >= 1 && r.column <= input.n + 1);
		return;
	}
	MUST(in.n + in.again + in.left_out < lines);
	MUST((in.n == 0) == (in.sessions == 0));
	check_titles(&in);
	check_pairs(&in);
}
