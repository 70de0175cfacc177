/* SPDX-License-Identifier: MPL-2.0 */

/* The style sheet that is left of the design system's. */
#include "base/buf.h"
#include "tests/tools/run.h"

static struct run_result
trim(struct arena *a, struct str css, struct str *out)
{
	struct str dir = test_dir(a);
	const char *to = path_in(a, dir, "out.css");
	struct run_result r =
	    RUN(a, "build/tools/csstrim", write_in(a, dir, "in.css", css), to,
		write_in(a, dir, "one.html",
		    S("<p class=\"tag {{?x}} late{{/x}}\">not card</p>")),
		write_in(a, dir, "two.html", S("<i class=\"button\"></i>")));
	*out = r.status == 0 ? test_file(a, to) : S("");
	return r;
}

#define CHECK_TRIM(css, want)                                    \
	do {                                                     \
		struct str got;                                  \
		struct run_result r = trim(arena, S(css), &got); \
		CHECK_STR(r.out, S(""));                         \
		CHECK_INT(r.status, 0);                          \
		CHECK_STR(got, S(want));                         \
	} while (0)

TEST(a_rule_stays_when_a_view_has_its_classes)
{
	CHECK_TRIM("p{top:0}", "p{top:0;}\n");
	CHECK_TRIM(".tag{top:0}", ".tag{top:0;}\n");
	CHECK_TRIM(
	    ".late>.button:focus{top:0}", ".late>.button:focus{top:0;}\n");
	CHECK_TRIM(".card{top:0}.tag .card{top:0}.ta{top:0}.tags{top:0}", "");
	CHECK_TRIM(".card,.tag,p .card{top:0}", ".tag{top:0;}\n");
	CHECK_TRIM(".tag{}", "");
}

TEST(a_not_of_an_unknown_class_goes)
{
	CHECK_TRIM("p:not(.card){top:0}", "p{top:0;}\n");
	CHECK_TRIM(
	    "p:not(.tag):not(.y):hover{top:0}", "p:not(.tag):hover{top:0;}\n");
	CHECK_TRIM("p:not(.y,.tag){top:0}", "");
}

TEST(at_rules_keep_what_is_used_in_them)
{
	CHECK_TRIM("@media(min-width:9px){.tag{top:0}.card{top:0}}",
	    "@media(min-width:9px){.tag{top:0;}\n}\n");
	CHECK_TRIM("@media print{.card{top:0}}", "");
	CHECK_TRIM("@charset \"UTF-8\";@font-face{src:url(x)}"
		   "@keyframes k{0%{top:0}to{top:1px}}p{top:0}/*}*/",
	    "p{top:0;}\n");
	CHECK_TRIM("@page{margin:1cm}", "@page{margin:1cm;}\n");
}

TEST(colours_become_properties_named_after_their_use)
{
	CHECK_TRIM("p{color:#ABC}", "p{color:var(--ink-aabbcc,#aabbcc);}\n");
	CHECK_TRIM("p{background:white}",
	    "p{background:var(--ground-ffffff,#ffffff);}\n");
	CHECK_TRIM("p{border:1px solid #8e8e8E}",
	    "p{border:1px solid var(--edge-8e8e8e,#8e8e8e);}\n");
	CHECK_TRIM(
	    "p{background-image:linear-gradient(90deg,#c00 4px,#0000 0)}",
	    "p{background-image:linear-gradient(90deg,"
	    "var(--edge-cc0000,#cc0000) 4px,#0000 0);}\n");
	CHECK_TRIM("p{white-space:nowrap;color:inherit}",
	    "p{white-space:nowrap;color:inherit;}\n");
}

TEST(nothing_is_loaded_and_strings_stay)
{
	CHECK_TRIM("p{background:url(x.svg);top:0}", "p{top:0;}\n");
	CHECK_TRIM(
	    "p:before{content:\"a;b}{\"}", "p:before{content:\"a;b}{\";}\n");
}

TEST(what_it_cannot_read_is_refused)
{
	static const char *const bad[] = {"p{top:0", "p{top:0}}", "p{",
	    "@layer a{p{top:0}}", "@media print{p{top:0}", "p{a{top:0}}"};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct str got;
		struct run_result r = trim(arena, str_c(bad[i]), &got);
		CHECK_INT(r.status, 2);
		CHECK_HAS(r.out, S("in.css:1: "));
	}
}
