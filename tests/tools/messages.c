/* SPDX-License-Identifier: MPL-2.0 */

/* The catalogue's compiler and its check.  Each mistake is planted once, so
 * that "0 findings" in `make check-messages` means something. */
#include "base/buf.h"
#include "tests/tools/run.h"

#define HEAD                                              \
	"msgid \"\"\nmsgstr \"Content-Type: text/plain; " \
	"charset=UTF-8\\n\"\n\n"

static const struct str POT =
    S_INIT(HEAD "msgid \"Save %1\"\nmsgstr \"\"\n\n"
		"msgid \"one\"\nmsgid_plural \"%1 many\"\n"
		"msgstr[0] \"\"\nmsgstr[1] \"\"\n");

static struct run_result
check(struct arena *a, struct str danish, struct str english)
{
	struct str dir = test_dir(a);
	return RUN(a, "build/tools/msgc", "--check",
	    write_in(a, dir, "all.pot", POT), write_in(a, dir, "da.po", danish),
	    write_in(a, dir, "en.po", english));
}

TEST(a_whole_catalogue_has_no_findings)
{
	struct run_result r = check(arena,
	    S(HEAD "msgid \"Save %1\"\nmsgstr \"Gem %1\"\n\n"
		   "msgid \"one\"\nmsgid_plural \"%1 many\"\n"
		   "msgstr[0] \"en\"\nmsgstr[1] \"%1 flere\"\n\n"
		   "msgid \"of old\"\nmsgstr \"\"\n"),
	    S(HEAD));
	CHECK_HAS(r.out, S("messages: 2, findings: 0"));
	CHECK_INT(r.status, 0);
}

#define PLURAL                                      \
	"msgid \"one\"\nmsgid_plural \"%1 many\"\n" \
	"msgstr[0] \"en\"\nmsgstr[1] \"%1 flere\"\n"
#define SAVE "msgid \"Save %1\"\nmsgstr \"Gem %1\"\n\n"

static const struct {
	const char *danish, *english, *finding;
} planted[] = {
    {HEAD PLURAL, HEAD, "da.po:1: missing: \"Save %1\""},
    {HEAD "msgid \"Save %1\"\nmsgstr \"\"\n\n" PLURAL, HEAD,
	"da.po:4: missing: \"Save %1\""},
    {HEAD "#, fuzzy\n" SAVE PLURAL, HEAD, "da.po:5: fuzzy: \"Save %1\""},
    {HEAD "#: src/x.c\n#, fuzzy, no-wrap\n" SAVE PLURAL, HEAD,
	"da.po:6: fuzzy: \"Save %1\""},
    {HEAD "msgid \"Save %1\"\nmsgstr \"Gem\"\n\n" PLURAL, HEAD,
	"da.po:4: other %1...: \"Save %1\""},
    {HEAD "msgid \"Save %1\"\nmsgstr \"Gem %1 %2\"\n\n" PLURAL, HEAD,
	"da.po:4: other %1...: \"Save %1\""},
    {HEAD SAVE "msgid \"one\"\nmsgstr \"en\"\n", HEAD,
	"da.po:7: plural form: \"one\""},
    {HEAD SAVE "msgid \"one\"\nmsgid_plural \"%1 many\"\n"
	       "msgstr[0] \"en\"\nmsgstr[1] \"\"\n",
	HEAD, "da.po:7: plural form: \"one\""},
    {HEAD SAVE "msgid \"one\"\nmsgid_plural \"%1 many\"\n"
	       "msgstr[0] \"en\"\nmsgstr[1] \"flere\"\n",
	HEAD, "da.po:7: other %1...: \"one\""},
    {HEAD SAVE PLURAL, HEAD "msgid \"Save %1\"\nmsgstr \"Store %2\"\n",
	"en.po:4: other %1...: \"Save %1\""},
    {HEAD SAVE PLURAL, HEAD "#, fuzzy\nmsgid \"Save %1\"\nmsgstr \"x\"\n",
	"en.po:5: fuzzy: \"Save %1\""},
};

TEST(every_planted_mistake_is_found)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(planted); i++) {
		struct run_result r = check(
		    arena, str_c(planted[i].danish), str_c(planted[i].english));
		CHECK_HAS(r.out, str_c(planted[i].finding));
		CHECK_HAS(r.out, S("findings: 1\n"));
		CHECK_INT(r.status, 1);
	}
}

TEST(a_file_that_is_not_well_formed_is_refused_with_its_line)
{
	static const char *const bad[][2] = {
	    {"msgid \"a\"\nmsgstr b\n", "da.po:2: "},
	    {"msgid \"a\"\nmsgstr \"b\n", "da.po:2: "},
	    {"msgstr \"b\"\n", "da.po:1: msgid is expected"},
	    {"msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n",
		"da.po:4: this msgid stands here a second time"},
	    {"msgid \"a\"\nwhat \"b\"\n", "da.po:2: not understood"},
	    {"msgid \"a\"\nmsgstr \"\\q\"\n", "da.po:2: unknown escape"},
	    {"msgid \"a\"\nmsgstr \"b\" \"c\"\n", "da.po:2: a quote inside"},
	    {"msgid \"a\"\nmsgstr \"b\\\"\n", "da.po:2: the string"},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct run_result r = check(arena, str_c(bad[i][0]), S(HEAD));
		CHECK_HAS(r.out, str_c(bad[i][1]));
		CHECK_INT(r.status, 2);
	}
}

TEST(a_catalogue_becomes_a_sorted_table)
{
	struct str dir = test_dir(arena);
	const char *out = path_in(arena, dir, "messages.c");
	const char *da = write_in(arena, dir, "da.po",
	    S(HEAD "msgid \"b\"\nmsgstr \"B \"\n\"\\\"\\\\\\n\"\n\n"
		   "# a word to the translator\nmsgid \"a\"\nmsgstr \"æ\"\n\n"
		   "#, fuzzy\nmsgid \"c\"\nmsgstr \"not yet\"\n\n"
		   "#~ msgid \"d\"\n#~ msgstr \"gone\"\n\n"
		   "msgid \"e\"\nmsgstr \"\"\n"));
	const char *en = write_in(arena, dir, "en.po", S(HEAD));
	struct run_result r =
	    RUN(arena, "build/tools/msgc", "--out", out, da, en);
	CHECK_INT(r.status, 0);
	struct str code = test_file(arena, out);
	CHECK_HAS(code, S("\"æ\""));
	CHECK_HAS(code, S("\"B \\\"\\\\\\n\""));
	CHECK_HAS(code, S("enum { da_count = 2 };"));
	CHECK_HAS(code, S("enum { en_count = 0 };"));
	CHECK_LACKS(code, S("not yet"));
	CHECK_LACKS(code, S("gone"));
	CHECK(str_find(code, S("\"a\"")) < str_find(code, S("\"b\"")));
	r = RUN(arena, "gcc", "-std=c17", "-Wall", "-Wextra", "-Werror",
	    "-Isrc", "-fsyntax-only", out);
	CHECK_STR(r.out, S(""));
	CHECK_INT(r.status, 0);
}

/* What is in the tree: no times, no folders of this machine. */
TEST(the_catalogue_is_the_same_on_every_machine)
{
	struct str pot = test_file(arena, "locale/samskab.pot");
	struct str da = test_file(arena, "locale/da.po");
	CHECK_HAS(pot, S("\nmsgid \"Sign in\"\n"));
	CHECK_LACKS(pot, S("POT-Creation-Date"));
	CHECK_LACKS(da, S("-Date"));
	CHECK_LACKS(pot, S("#: /"));
	CHECK_LACKS(da, S("#: /"));
	CHECK_LACKS(pot, S(".html:"));
}
