/* SPDX-License-Identifier: MPL-2.0 */
#include "report/trace_svg.h"

#include "tests/test.h"

static struct trace_flow
flow_new(struct arena *a)
{
	static const char *const kinds[FLOW_KINDS] = {
	    "Ændrede", "Formede", "Bekræftede", "Fulgt ej", "Udenfor", "Intet"};
	struct trace_flow f = {.arena = a,
	    .lang = LANG_DA,
	    .title = S("Fra stemmer"),
	    .description = S("En strøm")};
	for (int k = 0; k < FLOW_KINDS; k++)
		f.kind[k] = str_c(kinds[k]);
	return f;
}

/* guide:S10 read from the left and from the right: each band says both ends. */
TEST(trace_svg_has_a_band_for_each_grade_and_decision)
{
	struct trace_flow f = flow_new(arena);
	f.rows = 2;
	f.row[0].name = S("Lys på <stien>");
	f.row[0].of[0] = 3;
	f.row[0].of[3] = 1;
	f.row[1].name = S("En bænk");
	f.row[1].of[0] = 5;
	CHECK_INT(trace_flow_of_kind(&f, 0), 8);
	CHECK_INT(trace_flow_of_kind(&f, 1), 0);
	CHECK_INT(trace_flow_of_row(&f, 0), 4);
	struct str out = trace_svg(&f);
	CHECK_HAS(out, S("<title>Ændrede, Lys på &lt;stien&gt;: 3</title>"));
	CHECK_HAS(out, S("<title>Ændrede, En bænk: 5</title>"));
	CHECK_HAS(out, S("<title>Fulgt ej, Lys på &lt;stien&gt;: 1</title>"));
	CHECK_LACKS(out, S("<title>Formede"));
	CHECK_HAS(out, S(">Ændrede: 8</text>"));
	CHECK_HAS(out, S(">En bænk: 5</text>"));
	CHECK_LACKS(out, S(">Formede: 0</text>")); /* nothing to see */
	/* As high as they are many: 9 voices are 360 pixels. */
	CHECK_HAS(out, S("height=\"320\"")); /* 8 */
	CHECK_HAS(out, S("height=\"200\"")); /* 5 */
	CHECK_HAS(out, S("height=\"40\"")); /* 1 */
}

TEST(trace_svg_of_nothing_is_empty)
{
	struct trace_flow f = flow_new(arena);
	f.rows = 1;
	f.row[0].name = S("En bænk");
	struct str out = trace_svg(&f);
	CHECK_LACKS(out, S("<rect x=\"300"));
	CHECK_LACKS(out, S("En bænk"));
	CHECK_LACKS(out, S("nan"));
}
