/* SPDX-License-Identifier: MPL-2.0 */

/* What the view compiler refuses, each with the place of the mistake, and
 * what it must not refuse. */
#include "base/buf.h"
#include "tests/tools/run.h"

static struct run_result
compile(struct arena *a, struct str html)
{
	struct str dir = test_dir(a);
	const char *path = write_in(a, dir, "v.html", html);
	return RUN(a, "build/tools/tmplc", "--check", path);
}

struct wrong {
	const char *html, *place, *why;
};

static const struct wrong wrongs[] = {
    /* where a value may not stand */
    {"<p class={{x}}>", "1:10", "in quotes"},
    {"<p {{x}}>", "1:4", "quoted attribute"},
    {"<{{x}}>", "1:2", "a tag's name"},
    {"<p></{{x}}>", "1:6", "a tag's name"},
    {"\n<p\n{{x}}=\"a\"></p>", "3:1", "quoted attribute"},
    {"<script src=\"/a\">{{x}}</script>", "1:18", "<script>"},
    {"<script src=\"/a\">alert(1)</script>", "1:18", "must be empty"},
    {"<style>p{}</style>", "1:8", "must be empty"},
    {"<style>{{x}}</style>", "1:8", "<style>"},
    {"<p onclick=\"{{x}}\"></p>", "1:11", "event handler"},
    {"<p onclick=\"a()\"></p>", "1:11", "event handler"},
    {"<p OnClick=\"a()\"></p>", "1:11", "event handler"},
    {"<p onclick></p>", "1:11", "event handler"},
    {"<p style=\"{{x}}\"></p>", "1:9", "no style"},
    {"<p style='color:red'></p>", "1:9", "no style"},
    {"<!-- {{x}} -->", "1:6", "comment"},
    {"<img srcset=\"{{x}}\">", "1:14", "no field in srcset"},
    {"<iframe srcdoc=\"{{x}}\"></iframe>", "1:17", "no field in srcdoc"},
    {"<meta http-equiv=\"{{x}}\">", "1:19", "http-equiv"},
    {"<meta http-equiv=\"refresh\" content=\"{{x}}\">", "1:43", "http-equiv"},
    {"<meta content=\"{{x}}\" http-equiv=\"refresh\">", "1:43", "http-equiv"},
    {"<svg><set to=\"{{x}}\"/></svg>", "1:15", "no field in to"},
    /* addresses */
    {"<a href=\"javascript:x\"></a>", "1:20", "refused"},
    {"<a href=\"//evil.example/\"></a>", "1:11", "refused"},
    {"<a href=\"java{{x}}\"></a>", "1:14", "must have begun"},
    {"<a href=\"https://{{x}}/\"></a>", "1:18", "must have begun"},
    {"<a href=\"/{{x}}\"></a>", "1:11", "must have begun"},
    {"<a href=\"{{x}}/y\"></a>", "1:15", "behind a field"},
    {"<a href=\"{{x}}{{y}}\"></a>", "1:15", "must have begun"},
    {"<a href=\"{{?f}}{{x}}{{/f}}{{y}}\"></a>", "1:27", "must have begun"},
    {"<a href=\"{{#l}}{{x}}{{/l}}\"></a>", "1:10", "no list"},
    {"<a href=\"{{x:int}}\"></a>", "1:10", "no address"},
    {"<a href=\"{{\"m\"}}\"></a>", "1:10", "no address"},
    {"<p>{{x:rest}}</p>", "1:4", ":rest"},
    {"<a href=\"{{x:rest}}\"></a>", "1:10", ":rest"},
    /* raw HTML and partials */
    {"<p title=\"{{x:html}}\"></p>", "1:11", "elements may"},
    {"<textarea>{{x:html}}</textarea>", "1:11", "elements may"},
    {"<title>{{x:html}}</title>", "1:8", "elements may"},
    {"<p title=\"{{>part}}\"></p>", "1:11", "elements may"},
    {"<p {{>part}}></p>", "1:4", "elements may"},
    {"<textarea>{{>part}}</textarea>", "1:11", "elements may"},
    {"{{>part x}}{{>other x}}", "1:12", "another partial"},
    /* fields */
    {"{{x}}{{x:int}}", "1:6", "text in line 1"},
    {"{{x}}\n{{?x}}{{/x}}", "2:1", "text in line 1"},
    {"{{#x}}{{/x}}{{x}}", "1:13", "a list in line 1"},
    {"{{x:html}}{{x}}", "1:11", "raw HTML"},
    {"{{x:foo}}", "1:1", "unknown type foo"},
    {"{{x:}}", "1:1", "a type is expected"},
    {"{{X}}", "1:1", "a name"},
    {"{{for}}", "1:1", "word of C"},
    {"{{a-b}}", "1:1", "in a name"},
    {"{{^x}}", "1:1", "out of the view"},
    {"{{#a}}{{^^x}}{{/a}}", "1:7", "out of the view"},
    {"{{#a}}{{#^b}}{{/^b}}{{/a}}", "1:7", "no ^"},
    {"{{#array}}{{/array}}", "1:1", "_array"},
    {"{{?x:full}}{{/x}}", "1:1", "unknown test"},
    /* blocks */
    {"{{}}", "1:1", "empty"},
    {"a{{x", "1:2", "no }}"},
    {"{{?x}}a", "1:1", "never closed"},
    {"{{#x}}a\n", "1:1", "never closed"},
    {"{{?x}}{{/y}}", "1:7", "but x of line 1"},
    {"{{/x}}", "1:1", "closes nothing"},
    {"{{:else}}", "1:1", "outside a block"},
    {"{{?x}}{{:else}}{{:else}}{{/x}}", "1:16", "second"},
    {"{{?x}}<p>{{/x}}", "1:10", "<p> of line 1"},
    {"{{?x}}<p>{{:else}}<b>{{/x}}", "1:22", "<p> of line 1"},
    {"{{#x}}<p>{{/x}}", "1:10", "<p> of line 1"},
    {"<p>{{?x}}</p>{{/x}}", "1:14", "<p> of line 1"},
    {"<p{{?x}} a=\"{{/x}}\"></p>", "1:13", "different places"},
    {"<p{{?x}}a=\"b\"{{/x}}></p>", "1:9", "a space is missing"},
    {"<p {{?x}}a{{/x}}{{?y}}b{{/y}}></p>", "1:23", "a space is missing"},
    {"<p{{#x}} a=\"b\"{{/x}}></p>", "1:3", "no list of attributes"},
    {"{{:opens}}x{{:closes}}", "1:12", "comes first"},
    {"{{:what}}", "1:1", "unknown marker"},
    /* HTML */
    {"<p>", "1:4", "<p> of line 1 is never closed"},
    {"<div>\n<p>\n</div>", "3:6", "<p> of line 2"},
    {"</p>", "1:4", "closes nothing"},
    {"<div/>", "1:6", "closes itself"},
    {"a < b", "1:4", "&lt;"},
    {"<p", "1:3", "inside a tag"},
    {"<p a=b></p>", "1:6", "in quotes"},
    {"<p a=\"b\"c=\"d\"></p>", "1:9", "a space is missing"},
    /* messages */
    {"{{\"\"}}", "1:1", "empty message"},
    {"{{\"a|\"}}", "1:1", "empty message"},
    {"{{\"a|b|c\", n:int}}", "1:1", "two forms"},
    {"{{\"a|b\"}}", "1:1", "its count"},
    {"{{\"a|%1 b\", n}}", "1:1", "its count"},
    {"{{\"%1\"}}", "1:1", "the 0 values"},
    {"{{\"a\", x}}", "1:1", "the 1 value"},
    {"{{\"%2\", x}}", "1:1", "the 1 value"},
    {"{{\"%1\" x}}", "1:1", "comma"},
    {"<p title=\"{{\"%1\", x:html}}\"></p>", "1:11", "elements may"},
};

TEST(mistakes_are_named_with_their_place)
{
	CHECK(COUNT_OF(wrongs) >= 80);
	for (ptrdiff_t i = 0; i < COUNT_OF(wrongs); i++) {
		const struct wrong *w = &wrongs[i];
		struct run_result r = compile(arena, str_c(w->html));
		if (r.status != 2)
			print_message("not refused: %s\n", w->html);
		CHECK_INT(r.status, 2);
		CHECK_HAS(r.out, str_fmt(arena, "v.html:%s: ", w->place));
		CHECK_HAS(r.out, str_c(w->why));
	}
}

TEST(good_views_are_taken)
{
	static const char *const good[] = {
	    "<p>x</p>",
	    "<!DOCTYPE html>\n<html lang=\"{{lang}}\"><head></head></html>",
	    "<br><hr><input value='{{x}}'><img src=\"{{x}}\" alt=\"\">",
	    "<a href=\"{{x}}?a={{y}}&amp;b={{n:int}}#c\">x</a>",
	    "<a href=\"{{?f}}/a{{:else}}/b{{/f}}\">x</a>",
	    "<a href=\"#{{x}}\">x</a><a href=\"tel:{{x}}\">x</a>",
	    "<p class=\"{{#l}} {{x}}{{/l}}\">x</p>",
	    "<input{{?f}} checked{{/f}}{{?g}} disabled{{/g}}>",
	    "<input {{?f}}checked {{/f}}{{?g}}disabled{{/g}}>",
	    "{{?f}}<p>a</p>{{:else}}<b>b</b>{{/f}}",
	    "{{#l}}<p>{{^x}}</p>{{:else}}<p>{{x}}</p>{{/l}}",
	    "{{! <script> & {{\" }}x",
	    "<svg><path d=\"M0 0\"/><use href=\"/a#b\"/></svg>",
	    "<!-- a > b -->",
	    "<script src=\"{{x}}\" defer></script>",
	    "{{\"a \\\"b\\\" \\| }} c\"}}",
	    "{{\"%1 %1\", x}}",
	    "<P>x</p>",
	    "{{:opens}}<main>",
	    "{{:closes}}</main>",
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		struct run_result r = compile(arena, str_c(good[i]));
		CHECK_STR(r.out, S(""));
		CHECK_INT(r.status, 0);
	}
}

TEST(set_asks_what_can_be_unset)
{
	struct run_result r =
	    compile(arena, S("{{?x}}a{{/x}}\n{{?x:set}}b{{/x}}"));
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.out, S("v.html:2:1: x is always set"));
	r = compile(arena, S("{{>x}}\n{{?x:set}}b{{/x}}"));
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.out, S("v.html:2:1: x is always set"));
	r = compile(arena, S("{{>x *y}}\n{{?y:set}}b{{/y}}"));
	CHECK_INT(r.status, 0);
}

/* The struct of a list's element must not be that of another view. */
TEST(a_list_cannot_take_the_name_of_a_view)
{
	struct str dir = test_dir(arena);
	const char *path =
	    write_in(arena, dir, "plan.html", S("{{#part}}{{/part}}"));
	CHECK_INT(RUN(arena, "build/tools/tmplc", "--check", path).status, 0);
	write_in(arena, dir, "plan_part.html", S("x"));
	struct run_result r = RUN(arena, "build/tools/tmplc", "--check", path);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.out, S("plan.html:1:1: its element would have"));
}

/* What includes a view's header is only built again when the fields change. */
TEST(the_header_is_only_written_when_it_changes)
{
	struct str dir = test_dir(arena);
	const char *out = str_cstr(arena, dir);
	const char *path = write_in(arena, dir, "v.html", S("<p>{{x}}</p>"));
	RUN(arena, "build/tools/tmplc", "--out", out, path);
	const char *header = path_in(arena, dir, "view_v.h");
	RUN(arena, "touch", "-d", "2001-01-01", header);
	write_in(arena, dir, "v.html", S("<b>{{x}}</b>"));
	RUN(arena, "build/tools/tmplc", "--out", out, path);
	struct run_result r = RUN(arena, "stat", "-c", "%y", header);
	CHECK_HAS(r.out, S("2001-01-01"));
	write_in(arena, dir, "v.html", S("<b>{{y}}</b>"));
	RUN(arena, "build/tools/tmplc", "--out", out, path);
	r = RUN(arena, "stat", "-c", "%y", header);
	CHECK_LACKS(r.out, S("2001-01-01"));
	CHECK_HAS(test_file(arena, header), S("struct str y;"));
}

TEST(messages_of_all_views_come_into_the_pot)
{
	struct str dir = test_dir(arena);
	const char *pot = path_in(arena, dir, "views.pot");
	const char *a = write_in(arena, dir, "a.html",
	    S("{{\"Save\"}}{{\"one task|%1 tasks\", n:int}}"));
	const char *b = write_in(arena, dir, "b.html",
	    S("<p title=\"{{\"Save\"}}\">{{\"Say \\\"hi\\\"?\"}}"
	      "{{?f}}{{\"deep\"}}{{:else}}{{\"other\"}}{{/f}}</p>"));
	CHECK_INT(
	    RUN(arena, "build/tools/tmplc", "--pot", pot, a, b).status, 0);
	CHECK_STR(test_file(arena, pot),
	    str_fmt(arena,
		"msgid \"\"\nmsgstr \"\"\n"
		"\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
		"#: %s\n#: %s\nmsgid \"Save\"\nmsgstr \"\"\n\n"
		"#: %s\nmsgid \"Say \\\"hi\\\"?\"\nmsgstr \"\"\n\n"
		"#: %s\nmsgid \"deep\"\nmsgstr \"\"\n\n"
		"#: %s\nmsgid \"one task\"\nmsgid_plural \"%%1 tasks\"\n"
		"msgstr[0] \"\"\nmsgstr[1] \"\"\n\n"
		"#: %s\nmsgid \"other\"\nmsgstr \"\"\n",
		a, b, b, b, a, b));
}

TEST(a_translation_with_another_placeholder_is_refused)
{
	struct str dir = test_dir(arena);
	const char *path =
	    write_in(arena, dir, "v.html", S("{{\"Hi %1\", x}}"));
	const char *po = write_in(
	    arena, dir, "da.po", S("\nmsgid \"Hi %1\"\nmsgstr \"Hej %2\"\n"));
	struct run_result r = RUN(arena, "build/tools/tmplc", "--out",
	    str_cstr(arena, dir), "--da", po, path);
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.out, S("da.po:2: the translation has"));
}

TEST(usage_is_told)
{
	CHECK_INT(RUN(arena, "build/tools/tmplc").status, 2);
	CHECK_INT(RUN(arena, "build/tools/tmplc", "--out", "x").status, 2);
	CHECK_INT(RUN(arena, "build/tools/tmplc", "--foo", "x").status, 2);
	struct run_result r =
	    RUN(arena, "build/tools/tmplc", "--check", "no/such.html");
	CHECK_INT(r.status, 2);
	CHECK_HAS(r.out, S("no/such.html: cannot be read"));
}
