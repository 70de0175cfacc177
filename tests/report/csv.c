/* SPDX-License-Identifier: MPL-2.0 */
#include "report/csv.h"

#include "help.h"

static struct str
one_cell(struct arena *a, const char *text)
{
	struct str out;
	struct csv c = csv_new(a, 1000, ';', false);
	csv_text(&c, str_c(text));
	CHECK_OK(csv_done(&c, &out));
	return out;
}

TEST(cells_and_rows_are_written_as_rfc_4180_says)
{
	struct str out;
	struct csv c = csv_new(arena, 1000, ';', true);
	csv_text(&c, S("Navn"));
	csv_text(&c, S("Antal"));
	csv_row(&c);
	csv_text(&c, S("Å;b \"c\"\nd"));
	csv_int(&c, -5);
	csv_row(&c);
	csv_text(&c, S(""));
	csv_text(&c, S(" x"));
	csv_row(&c);
	CHECK_OK(csv_done(&c, &out));
	CHECK_STR(out,
	    S("\xef\xbb\xbfNavn;Antal\r\n\"Å;b \"\"c\"\"\nd\";-5\r\n"
	      ";\" x\"\r\n"));
}

TEST(formulas_become_text)
{
	static const char *const formula[] = {"=1+1", "+1", "-1", "@x", "\tx",
	    "\rx", "\nx", " =1", "\xc2\xa0=1", "＝1", "＋1", "－1", "＠x",
	    "=cmd|'/c calc'!A1", "-", "="};
	static const char *const plain[] = {"a=1", "1-1", "'=1", "x@y.dk", ""};
	for (ptrdiff_t i = 0; i < COUNT_OF(formula); i++) {
		struct str out = one_cell(arena, formula[i]);
		struct str want = str_cat(arena, S("'"), str_c(formula[i]));
		CHECK(str_starts(out, S("'")) || str_starts(out, S("\"'")));
		CHECK_HAS(out, want);
	}
	/* The control: what is no formula stays as it was. */
	for (ptrdiff_t i = 0; i < COUNT_OF(plain); i++)
		CHECK_STR(one_cell(arena, plain[i]), str_c(plain[i]));
}

TEST(a_csv_past_its_limit_is_too_large)
{
	struct str out;
	struct csv c = csv_new(arena, 10, ',', false);
	csv_text(&c, S("12345678901"));
	CHECK_INT(csv_done(&c, &out), ERR_TOO_LARGE);
}
