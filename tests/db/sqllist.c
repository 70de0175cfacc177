/* SPDX-License-Identifier: MPL-2.0 */

/* tools/sqllist finds what it must find: each fault is planted once. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/test.h"

static struct str
output_of(struct arena *a, const char *command, int *status)
{
	char *p = arena_new(a, char, 65536);
	FILE *out = popen(command, "r");
	CHECK(out != NULL);
	size_t n = fread(p, 1, 65535, out);
	int rc = pclose(out);
	*status = WIFEXITED(rc) ? WEXITSTATUS(rc) : -1;
	return (struct str){p, (ptrdiff_t)n};
}

/* What it says, with `option`, about a file src/FOLDER/x.c with this text. */
static struct str
run_on(struct arena *a, const char *option, const char *folder, struct str text,
    int *status)
{
	struct str dir = test_dir(a);
	const char *path =
	    str_cstr(a, str_fmt(a, "%.*s/src/%s/x.c", STR_ARG(dir), folder));
	mkdir(str_cstr(a, str_cat(a, dir, S("/src"))), 0700);
	mkdir(
	    str_cstr(a, str_fmt(a, "%.*s/src/%s", STR_ARG(dir), folder)), 0700);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	CHECK_INT(write(fd, text.p, (size_t)text.n), text.n);
	close(fd);
	return output_of(a,
	    str_cstr(a, str_fmt(a, "build/tools/sqllist %s %s", option, path)),
	    status);
}

static struct str
lint(struct arena *a, const char *folder, struct str text, int *status)
{
	return run_on(a, "--lint", folder, text, status);
}

#define GOOD                                       \
	"/* one */\nstatic const char SQL_A[] =\n" \
	"    \"SELECT n FROM probe\" /* what */\n" \
	"    \" WHERE org = $1 AND id = $2\";\n"   \
	"enum err f(void) { return db_one(db, a, SQL_A, &row, DB_ID(x)); }\n"

TEST(sqllist_passes_what_is_right)
{
	int status = -1;
	CHECK_STR(lint(arena, "model", S(GOOD), &status), S(""));
	CHECK_INT(status, 0);
	CHECK_STR(
	    lint(arena, "model",
		S("/* all orgs: the job runner asks for each in turn */\n"
		  "static const char SQL_B[] = \"SELECT org FROM t\";\n"
		  "static const char SQL_C[] = \"INSERT INTO t (org, n)\"\n"
		  "    \" VALUES ($1, $2) ON CONFLICT (org) DO UPDATE SET\"\n"
		  "    \" n = $2\";\n"
		  "static const char SQL_D[] = \"SELECT 'what?' FROM t JOIN\"\n"
		  "    \" u ON u.org = $1 AND u.n = t.n WHERE t.org = $1\";\n"
		  "#define SQL_E_SQLITE \"SELECT m.n FROM w JOIN m ON m.n = \" "
		  "\\\n"
		  "    \"w.rowid WHERE w MATCH $2 AND m.org = $1\"\n"
		  "static const char SQL_F_SQLITE[] = \"SELECT n FROM t\"\n"
		  "    \" WHERE org = $1 AND n IN (\" SQL_E_SQLITE \")\";\n"
		  "static const char T[] = \"Update the text\";\n"),
		&status),
	    S(""));
	CHECK_INT(status, 0);
}

/* A part that is no statement stands in those that take it in, and the nearest
 * above of two with its name. */
TEST(sqllist_lists_statements_with_their_parts)
{
	int status = -1;
	struct str list = run_on(arena, "", "model",
	    S("#define SQL_LAST \" ORDER BY a\"\n"
	      "static const char SQL_A[] = \"SELECT a FROM t WHERE org = $1\""
	      " SQL_LAST;\n"
	      "#define SQL_LAST \" ORDER BY b\"\n"
	      "#define SQL_ALL \"SELECT b FROM u WHERE org = $1\"\n"
	      "#define SQL_IN \" AND b IN (\" SQL_ALL \\\n \")\"\n"
	      "static const char SQL_B[] = SQL_ALL SQL_LAST;\n"
	      "static const char SQL_C[] = SQL_ALL SQL_IN;\n"),
	    &status);
	CHECK_INT(status, 0);
	CHECK_HAS(list, S("\"SELECT a FROM t WHERE org = $1 ORDER BY a\""));
	CHECK_HAS(list, S("\"SELECT b FROM u WHERE org = $1 ORDER BY b\""));
	CHECK_HAS(list,
	    S("\"SELECT b FROM u WHERE org = $1 AND b IN (SELECT b FROM u"
	      " WHERE org = $1)\""));
	CHECK_HAS(list, S("\"SQL_ALL\""));
	CHECK(str_find(list, S("\"SQL_LAST\"")) < 0);
}

#define STATEMENT(sql) "static const char SQL_A[] = \"" sql "\";\n"

TEST(sqllist_finds_every_planted_fault)
{
	static const struct {
		const char *folder, *text, *part;
	} planted[] = {
	    {"web", GOOD, "SQL outside src/model"},
	    {"web", "char *p = \"SELECT 1 FROM t\";", "SQL outside src/model"},
	    {"web", "int x = db_exec(db, sql, NULL, DB_NONE);", "without a"},
	    {"model", STATEMENT("SELECT n FROM t WHERE id = $1"), "org = $1"},
	    {"model", STATEMENT("UPDATE t SET n = $1"), "org = $1"},
	    {"model", STATEMENT("DELETE FROM t WHERE n = $1"), "org = $1"},
	    {"model",
		STATEMENT("SELECT n FROM t JOIN u ON u.n = t.n"
			  " WHERE t.org = $1"),
		"2 tables"},
	    {"model", STATEMENT("INSERT INTO t (id, org) VALUES ($1, $2)"),
		"first column"},
	    {"model",
		STATEMENT("SELECT n FROM t WHERE org = $1 AND at < now()"),
		"NOW("},
	    {"model", STATEMENT("SELECT random() FROM t WHERE org = $1"),
		"RANDOM("},
	    {"model",
		STATEMENT("SELECT CURRENT_TIMESTAMP FROM t WHERE org = $1"),
		"CURRENT_TIMESTAMP"},
	    {"model", STATEMENT("SELECT rowid FROM t WHERE org = $1"), "ROWID"},
	    {"model", "#define SQL_X \"SELECT n FROM t WHERE id = $1\"\n",
		"org = $1"},
	    {"model",
		"#define SQL_X \"SELECT n FROM t WHERE org = $1\"\n"
		"static const char SQL_A[] = \"SELECT n FROM u WHERE\"\n"
		" \" org = $1 AND m = $3 AND n IN (\" SQL_X \")\";\n",
		"$2"},
	    {"model", STATEMENT("LISTEN changes"), "LISTEN"},
	    {"model", STATEMENT("CREATE TRIGGER x"), "TRIGGER"},
	    {"model",
		STATEMENT("CREATE TABLE t (a INTEGER PRIMARY KEY"
			  " AUTOINCREMENT)"),
		"AUTOINCREMENT"},
	    {"model", STATEMENT("SELECT n FROM t WHERE org = ?"), "holds ?"},
	    {"model", STATEMENT("SELECT n::text FROM t WHERE org = $1"), "::"},
	    {"model",
		STATEMENT("INSERT INTO t (org, n) VALUES ($1, $2)"
			  " ON CONFLICT (org) DO UPDATE SET n = abs($2)"),
		"DO UPDATE"},
	    {"model", STATEMENT("SELECT n FROM t WHERE org = $1 AND n = $3"),
		"$2"},
	    {"model", "static const char SQL_A[] = \"SELECT n \" X;\n",
		"literals alone"},
	    {"model", "char *p = \"SELECT n FROM t\";", "of its own"},
	    {"model", "int x = db_exec(db, sql, NULL, DB_NONE);", "without a"},
	    {"model", "int x = db_all(f(a, b), a, str.p, &rows, DB_NONE);",
		"without a"},
	    {"model", "int x = db_script(db, S(\"x\"));", "without a"},
	};
	for (int i = 0; i < (int)COUNT_OF(planted); i++) {
		int status = -1;
		struct str said = lint(
		    arena, planted[i].folder, str_c(planted[i].text), &status);
		CHECK_HAS(said, str_c(planted[i].part));
		CHECK_HAS(said, S("x.c:"));
		CHECK_INT(status, 1);
	}
}
