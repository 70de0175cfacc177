/* SPDX-License-Identifier: MPL-2.0 */
#include "report/svg.h"

#include <math.h>

#include "tests/test.h"

TEST(svg_says_what_it_shows_and_escapes_it)
{
	struct svg s = svg_begin(arena, 640, 400.5, S("A & <B>"), S("\"Åse\""));
	svg_group(&s, S("x<y"));
	svg_text(&s, 1, -2.505, "end", "label", S("</text><script>"));
	svg_close(&s);
	struct str out = svg_end(&s);
	CHECK_HAS(out, S("<title>A &amp; &lt;B&gt;</title>"));
	CHECK_HAS(out, S("<desc>&quot;Åse&quot;</desc>"));
	CHECK_HAS(out, S("<g><title>x&lt;y</title>"));
	CHECK_HAS(out, S("&lt;/text&gt;&lt;script&gt;</text>"));
	CHECK_LACKS(out, S("<script>"));
	CHECK_HAS(out, S("viewBox=\"0 0 640 400.5\""));
	CHECK(str_ends(out, S("</svg>\n")));
}

TEST(svg_numbers_are_plain)
{
	struct svg s = svg_begin(arena, 1, 1, S("t"), S("d"));
	svg_line(&s, 0, 0.004, 12.345, -0.1, "axis");
	svg_rect(&s, 1e12, NAN, 1000000, -7.5, "bar");
	struct str out = svg_end(&s);
	CHECK_HAS(out,
	    S("x1=\"0\" y1=\"0\" x2=\"12.35\" y2=\"-0.1\" class=\"axis\"/>"));
	CHECK_HAS(out, S("x=\"0\" y=\"0\" width=\"1000000\" height=\"-7.5\""));
}

TEST(svg_marks_differ_in_shape)
{
	struct svg s = svg_begin(arena, 1, 1, S("t"), S("d"));
	static const double triangle[] = {0, 0, 1, 0, 0, 1};
	for (int mark = SVG_DOT; mark <= SVG_CROSS; mark++)
		svg_mark(&s, (enum svg_mark)mark, 10, 10, 8, "group-1");
	svg_outline(&s, triangle, 3, "hull-1");
	struct str out = svg_end(&s);
	CHECK_HAS(out, S("<circle cx=\"10\" cy=\"10\" r=\"4\""));
	CHECK_HAS(out, S("points=\"6.4,6.4 13.6,6.4 13.6,13.6 6.4,13.6\""));
	CHECK_HAS(out, S("points=\"0,0 1,0 0,1\" class=\"hull-1\""));
}
