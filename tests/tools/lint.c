/* SPDX-License-Identifier: MPL-2.0 */

/* Each rule of tools/lint has a case planted that it must find, and cases
 * that look like one and are none. */
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/tools/run.h"

#define SPDX "/* SPDX-License-Identifier: MPL-2.0 */\n"

/* Runs the lint over one file of a tree of its own. */
static struct run_result
lint(struct arena *a, const char *name, struct str text, const char *allow)
{
	struct str dir = test_dir(a);
	char here[4096];
	CHECK(getcwd(here, sizeof here) != NULL);
	struct str program = str_fmt(a, "%s/build/tools/lint", here);
	write_in(a, dir, name, text);
	const char *const plain[] = {str_cstr(a, program), name, NULL};
	if (allow == NULL)
		return run_program_in(a, str_cstr(a, dir), plain);
	write_in(a, dir, "allow", str_c(allow));
	const char *const more[] = {
	    str_cstr(a, program), "--allow", "allow", name, NULL};
	return run_program_in(a, str_cstr(a, dir), more);
}

struct planted {
	const char *path, *text, *finding;
};

static const struct planted cases[] = {
    /* who may know whom */
    {"src/base/x.c", SPDX "#include \"db/db.h\"\n",
	"src/base/x.c:2: include: src/base may not know db/db.h"},
    {"src/http/x.h", SPDX "\n#include \"model/org.h\"\n",
	"src/http/x.h:3: include: src/http may not know model/org.h"},
    {"src/model/x.c", SPDX "#include \"web/req.h\"\n",
	"src/model/x.c:2: include: src/model may not know web/req.h"},
    {"src/web/x.c", SPDX "#include \"db/db.h\"\n",
	"src/web/x.c:2: include: src/web may not know db/db.h"},
    {"src/report/x.c", SPDX "#include \"view_plan.h\"\n",
	"src/report/x.c:2: include: src/report may not know view_plan.h"},
    {"src/web/x.c", SPDX "#include <microhttpd.h>\n",
	"src/web/x.c:2: include: <microhttpd.h> belongs to src/http"},
    {"src/model/x.c", SPDX "#include <sqlite3.h>\n",
	"src/model/x.c:2: include: <sqlite3.h> belongs to src/db"},
    {"src/model/x.c", SPDX "#include <postgresql/libpq-fe.h>\n",
	"src/model/x.c:2: include: "},
    /* sizes */
    {"src/base/x.c",
	SPDX "int\nf(int a, int b, int c, int d, int e, int g)\n{\n}\n",
	"src/base/x.c:4: f: params 6, more than 5"},
    {"src/base/x.c",
	SPDX "void\nf(void)\n{\n\tif (1) {\n\t\tfor (;;) {\n\t\t\twhile (1) {\n"
	     "\t\t\t\tdo {\n\t\t\t\t} while (1);\n\t\t\t}\n\t\t}\n\t}\n}\n",
	"src/base/x.c:4: f: nesting 4, more than 3"},
    {"src/base/x.c",
	SPDX "void\nf(void)\n{\n\tif (1) {\n\t\tif (1) {\n\t\t\tif (1) {\n"
	     "\t\t\t} else {\n\t\t\t\tswitch (1) {\n\t\t\t\t}\n\t\t\t}\n\t\t}\n"
	     "\t}\n}\n",
	"src/base/x.c:4: f: nesting 4, more than 3"},
    /* words */
    {"src/web/x.c", SPDX "\nvoid\nf(void)\n{\n\tstrcpy(a, b);\n}\n",
	"src/web/x.c:6: strcpy: take struct str instead"},
    {"src/web/x.c", SPDX "int x = atoi (\"1\");\n", "src/web/x.c:2: atoi: "},
    {"src/db/x.c", SPDX "void *p = malloc(1);\n", "src/db/x.c:2: malloc: "},
    {"src/base/str.c", SPDX "void *p = free(1);\n", "src/base/str.c:2: free: "},
    {"src/web/x.c", SPDX "int x = system(\"ls\");\n",
	"src/web/x.c:2: system: take the helper process"},
    {"src/cli/x.c", SPDX "int x = popen(\"ls\", \"r\");\n",
	"src/cli/x.c:2: popen: "},
    {"src/web/x.c", SPDX "int x = sprintf(b, \"%d\", 1);\n",
	"src/web/x.c:2: sprintf: "},
    {"src/web/x.c", SPDX "int x = strtok(b, c);\n", "src/web/x.c:2: strtok: "},
    {"src/web/x.c", SPDX "int x = setjmp(b);\n",
	"src/web/x.c:2: setjmp: take arena_guard instead"},
    {"src/model/x.c", SPDX "int x = pthread_create(a, b, c, d);\n",
	"src/model/x.c:2: pthread_create: "},
    {"src/web/page.c", SPDX "int x = pthread_create(a, b, c, d);\n",
	"src/web/page.c:2: pthread_create: "},
    /* HTML */
    {"src/web/x.c", SPDX "void\nf(void)\n{\n\tbuf_fmt(b, \"<p>%s\", s);\n}\n",
	"src/web/x.c:5: html: "},
    {"src/web/x.c", SPDX "const char *s = \"</div>\";\n",
	"src/web/x.c:2: html: "},
    /* names that lead nowhere */
    {"src/base/a.h", SPDX "/* a.h\n *\n * Tests: tests/base/no.c */\n",
	"src/base/a.h:4: name: tests/base/no.c leads nowhere"},
    {"src/base/a.c", SPDX "int a; // as doc/no.md.\n",
	"src/base/a.c:2: name: doc/no.md leads nowhere"},
    {"src/base/a.def", SPDX "/* see base/no.h */\n",
	"src/base/a.def:2: name: base/no.h leads nowhere"},
    {"tools/a.c", SPDX "/* tests/no/, at the end */\n",
	"tools/a.c:2: name: tests/no/ leads nowhere"},
    {"tests/base/a.c", SPDX "/* tests/base/[abc]/ tests/no.mjs */\n",
	"tests/base/a.c:2: name: tests/no.mjs leads nowhere"},
    {"src/web/a.c", SPDX "/* tests/web/no_*.c */\n",
	"src/web/a.c:2: name: tests/web/no_*.c leads nowhere"},
    {"README.md", "Read\n\n`doc/no.md`, at once.\n",
	"README.md:3: name: doc/no.md leads nowhere"},
    {"doc/a.md", "a\n```c\ndoc/no.c\n```\n[b](tests/no.sh)\n",
	"doc/a.md:5: name: tests/no.sh leads nowhere"},
    {"doc/decisions/0001-a.md", "As in doc/decisions/0002.\n",
	"0001-a.md:1: name: doc/decisions/0002 leads nowhere"},
    /* every file */
    {"src/base/x.c", "int x;\n", "src/base/x.c:1: licence: "},
    {"src/base/x.h", "\n" SPDX, "src/base/x.h:1: licence: "},
    {"sql/0001_x.sql", "SELECT 1;\n", "sql/0001_x.sql:1: licence: "},
    {"assets/app.js", "let x;\n", "assets/app.js:1: licence: "},
    {"src/base/x.c",
	SPDX "/* TO"
	     "DO: later */\n",
	"src/base/x.c:2: unfinished: TO"
	"DO"},
    {"tests/x.c",
	SPDX "int x; // FIX"
	     "ME\n",
	"tests/x.c:2: unfinished: "},
    {"doc/x.md",
	"a\n\nXX"
	"X b\n",
	"doc/x.md:3: unfinished: "},
    {"src/web/x.html",
	"<p>TO"
	"DO</p>\n",
	"src/web/x.html:1: unfinished: "},
};

TEST(every_planted_case_is_found)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		struct run_result r =
		    lint(arena, cases[i].path, str_c(cases[i].text), NULL);
		CHECK_HAS(r.out, str_c(cases[i].finding));
		CHECK_HAS(r.out, S("lint: 1 files, 1 findings\n"));
		CHECK_INT(r.status, 1);
	}
}

static struct str
lines(struct arena *a, int n)
{
	struct buf b = buf_new(a, 1 << 20);
	for (int i = 0; i < n; i++)
		buf_add(&b, S("\tx++;\n"));
	return buf_str(&b);
}

TEST(long_functions_and_files_are_found)
{
	struct str head = S(SPDX "void\nlong_one(void)\n{\n");
	struct str ok = str_cat(arena, head, lines(arena, 58));
	struct run_result r =
	    lint(arena, "src/base/x.c", str_cat(arena, ok, S("}\n")), NULL);
	CHECK_STR(r.out, S("lint: 1 files, 0 findings\n"));
	r = lint(
	    arena, "src/base/x.c", str_cat(arena, ok, S("\tx++;\n}\n")), NULL);
	CHECK_HAS(r.out, S("x.c:4: long_one: lines 61, more than 60"));
	struct str file = str_cat(arena, S(SPDX), lines(arena, 500));
	r = lint(arena, "src/base/x.c", file, NULL);
	CHECK_HAS(r.out, S("x.c:1: : lines 501, more than 500"));
}

static const struct planted innocent[] = {
    {"src/web/x.c", SPDX "/* strcpy(a, b) */ // malloc(1)\n", ""},
    {"src/web/x.c", SPDX "const char *s = \"malloc(1) \\\" free(x)\";\n", ""},
    {"src/web/x.c", SPDX "char c = '\"'; int my_malloc(void);\n", ""},
    {"src/web/x.c", SPDX "void (*f)(void *) = free;\n", ""},
    {"src/base/arena.c", SPDX "void *p = malloc(1), *q = free(p);\n", ""},
    {"src/web/lane.c", SPDX "int x = pthread_create(a, b, c, d);\n", ""},
    {"src/jobs/run.c", SPDX "int x = pthread_create(a, b, c, d);\n", ""},
    {"src/web/x.c", SPDX "bool b = a <b; const char *s = \"a < b\";\n", ""},
    {"src/report/x.c", SPDX "const char *s = \"<text:p>\";\n", ""},
    {"src/web/x.c",
	SPDX "#include \"model/org.h\"\n#include \"view_x.h\"\n"
	     "#include \"web/req.h\"\n#include <stdio.h>\n",
	""},
    {"src/cli/x.c", SPDX "#include \"engine/x.h\"\n#include \"db/db.h\"\n", ""},
    {"src/base/x.c", SPDX "#include \"settings.def\"\n", ""},
    {"src/base/x.c",
	SPDX "int\nf(int (*g)(int, int, int), int a, int b, int c, int d)\n"
	     "{\n\tstruct x y = {{{{{0}}}}};\n"
	     "\tif (a) {\n\t\tif (b) {\n\t\t\tif (c) {\n"
	     "\t\t\t\tf((struct x){{0}});\n\t\t\t}\n\t\t}\n\t}\n}\n",
	""},
    {"src/base/x.c",
	SPDX "int mastodons; /* MASTO"
	     "DON XX"
	     "XX */\n",
	""},
    {"src/web/x.html", "<p>no licence line in a view</p>\n", ""},
    {"sql/0001_x.sql", "-- SPDX-License-Identifier: MPL-2.0\n", ""},
    {"tools/x.c", SPDX "void *p = malloc(1);\n", ""},
    /* names: of this file itself, of any, and what is none */
    {"src/base/a.c",
	SPDX "/* src/base/a.c base/a.c, src/base/ src/base. src/base/*.c */\n",
	""},
    {"tools/a.c", SPDX "/* tools/a makes it; tools/*.c */\n", ""},
    {"doc/decisions/0001-a.md", "doc/decisions/0001, (doc/decisions/)\n", ""},
    {"src/base/a.c",
	SPDX "/* tests/FOLDER/, tests/base/NAME.c, tests/web/x.c,\n"
	     " * sql/NNNN_name.sql, doc/x.md */\n",
	""},
    {"src/base/a.c",
	SPDX "#include \"base/no.h\"\nconst char *s = \"doc/no.md\";\n", ""},
    {"doc/a.md", "```sh\nmake tests/no.c\n```\n", ""},
    {"src/base/a.c",
	SPDX "/* build/tests/no.c /doc/no.md https://a.example/doc/no.md\n"
	     " * and/or, http/1.1, web/app, model/no, docs/no.md, \\doc */\n",
	""},
};

TEST(what_is_allowed_is_not_found)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(innocent); i++) {
		struct run_result r = lint(
		    arena, innocent[i].path, str_c(innocent[i].text), NULL);
		CHECK_STR(r.out, S("lint: 1 files, 0 findings\n"));
		CHECK_INT(r.status, 0);
	}
}

TEST(an_exception_covers_what_it_names_and_no_more)
{
	struct str text =
	    S(SPDX "void\nf(int a, int b, int c, int d, int e, int g)\n{\n"
		   "\tfree(a);\n}\n");
	struct run_result r = lint(arena, "src/base/x.c", text,
	    "# why\nsrc/base/x.c:f: params 6: a signature of a library\n"
	    "src/base/x.c:f: free: theirs\n");
	CHECK_STR(r.out, S("lint: 1 files, 0 findings\n"));
	r = lint(arena, "src/base/x.c", text,
	    "src/base/x.c:f: params 5: too little\n"
	    "src/base/x.c:g: free: another function\n"
	    "src/base/y.c:f: free: another file\n");
	CHECK_HAS(r.out, S("x.c:4: f: params 6"));
	CHECK_HAS(r.out, S("x.c:5: free: "));
	CHECK_HAS(r.out, S("allow:1: an exception that nothing needs"));
	CHECK_HAS(r.out, S("allow:3: an exception that nothing needs"));
	r = lint(arena, "src/base/x.c", text, "src/base/x.c:f: params 6\n");
	CHECK_HAS(r.out, S("allow:1: PATH[:FUNCTION]: RULE[ LIMIT]: reason"));
	CHECK_INT(r.status, 2);
	r = lint(arena, "src/web/x.c", S(SPDX "#include \"db/db.h\"\n"),
	    "src/web/x.c:db/db.h: include: for a reason\n");
	CHECK_STR(r.out, S("lint: 1 files, 0 findings\n"));
	r = lint(arena, "doc/a.md", S("doc/one.md doc/two.md\n"),
	    "doc/a.md:doc/one.md: name: for a reason\n");
	CHECK_STR(r.out,
	    S("doc/a.md:1: name: doc/two.md leads nowhere\n"
	      "lint: 1 files, 1 findings\n"));
}

/* The controls of the linters that are not ours, with the settings that
 * `make lint` calls them with. */
TEST(the_other_linters_find_a_planted_fault)
{
	struct str dir = test_dir(arena);
	const char *fault = write_in(arena, dir, "x.c",
	    S("int f(int n);\nint\nf(int n)\n{\n\tint a[4] = {0};\n"
	      "\tint *p = 0;\n\tif (n > 4)\n\t\treturn *p;\n"
	      "\treturn a[4];\n}\n"));
	struct run_result r = RUN(arena, "cppcheck", "--quiet", "--std=c11",
	    "--language=c", "--error-exitcode=1",
	    "--enable=warning,performance,portability", fault);
	CHECK_HAS(r.out, S("arrayIndexOutOfBounds"));
	CHECK_INT(r.status, 1);
	r = RUN(arena, "clang-tidy", "--quiet", "--config-file=.clang-tidy",
	    fault, "--", "-std=c17");
	CHECK_HAS(r.out, S("clang-analyzer-core.NullDereference"));
	CHECK_INT(r.status, 1);
	const char *crooked =
	    write_in(arena, dir, "y.c", S("int  x ;\n  int y;\n"));
	r = RUN(arena, "clang-format", "--style=file:.clang-format",
	    "--dry-run", "-Werror", crooked);
	CHECK_HAS(r.out, S("y.c:1:"));
	CHECK_INT(r.status, 1);
}
