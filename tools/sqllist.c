/* SPDX-License-Identifier: MPL-2.0 */

/* sqllist - finds the SQL of the model in its C, and checks it.
 *
 *	sqllist FILE...          prints build/gen/sql_list.c: every
 *	                         `static const char SQL_X[] = "...";`
 *	sqllist --lint FILE...   prints FILE:LINE: what breaks doc/sql.md
 *
 * Exit 0, 1 (lint found something) or 2 (a file cannot be read).
 *
 * A part of statements is `#define SQL_X "..."`, above them or in a header that
 * is named before the files that use it, may take in other parts, and is looked
 * at like a statement; of two with a name the nearest above counts.  One that is no statement by itself
 * is not printed: those that take it in are.  A name that ends in _SQLITE or
 * _POSTGRES is for that database alone.
 *
 * A comment that begins with "all orgs:" directly above a statement says why
 * it is not about one organisation.  A file with a comment "made SQL:" makes
 * statements once from parts; a test prepares those.
 * Tests: tests/db/sqllist.c, with planted faults.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_FILE = 1 << 20,
	MAX_TOKENS = 200000,
	MAX_TEXT = 16384,
	MAX_PARTS = 64,
	MAX_NAME = 64
};

enum kind { END, WORD, STRING, COMMENT, MARK };

struct token {
	enum kind kind;
	const char *p; /* in the file; a string without its quotes */
	int n, line;
};

struct file {
	const char *path;
	char text[MAX_FILE];
	struct token token[MAX_TOKENS];
	int n;
	bool may_hold_sql, makes_sql;
};

static struct file file;
static int findings, listed;

static void
find(int line, const char *fmt, ...)
{
	va_list args;
	printf("%s:%d: ", file.path, line);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	findings++;
}

/* ---- C into tokens ---- */

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const char *
skip_quoted(const char *p, char quote)
{
	while (*p != '\0' && *p != quote)
		p += *p == '\\' && p[1] != '\0' ? 2 : 1;
	return p;
}

/* One token from p on; gives where it ends. */
static const char *
scan_one(const char *p, struct token *t)
{
	const char *end;
	*t = (struct token){.kind = MARK, .p = p, .n = 1};
	if (strncmp(p, "/*", 2) == 0) {
		end = strstr(p + 2, "*/");
		end = end != NULL ? end + 2 : p + strlen(p);
		t->kind = COMMENT;
	} else if (*p == '"' || *p == '\'') {
		end = skip_quoted(p + 1, *p);
		t->kind = *p == '"' ? STRING : MARK;
		t->p = p + 1;
		t->n = (int)(end - p - 1);
		return *end != '\0' ? end + 1 : end;
	} else if (is_word(*p)) {
		for (end = p; is_word(*end);)
			end++;
		t->kind = WORD;
	} else {
		end = p + 1;
	}
	t->n = (int)(end - p);
	return end;
}

static void
scan(void)
{
	int line = 1;
	file.n = 0;
	file.makes_sql = false;
	for (const char *p = file.text; *p != '\0';) {
		if (isspace((unsigned char)*p)) {
			line += *p++ == '\n';
			continue;
		}
		struct token *t = &file.token[file.n];
		const char *end = scan_one(p, t);
		t->line = line;
		for (; p < end; p++)
			line += *p == '\n';
		if (t->kind == COMMENT &&
		    strstr(file.text, "made SQL:") != NULL)
			file.makes_sql = true;
		if (file.n < MAX_TOKENS - 1)
			file.n++;
	}
	file.token[file.n] = (struct token){.kind = END};
}

static bool
is(int at, const char *word)
{
	if (at < 0 || at >= file.n)
		return false;
	const struct token *t = &file.token[at];
	return t->kind != STRING && t->kind != COMMENT &&
	    (size_t)t->n == strlen(word) &&
	    strncmp(t->p, word, (size_t)t->n) == 0;
}

static bool
begins(const struct token *t, const char *word)
{
	size_t n = strlen(word);
	return (size_t)t->n >= n && strncmp(t->p, word, n) == 0;
}

/* ---- what one statement may say ---- */

/* What #define gave a name to. */
static struct part {
	char name[MAX_NAME], text[MAX_TEXT];
} parts[MAX_PARTS];
static int n_parts;

struct statement {
	const struct token *name;
	char text[MAX_TEXT]; /* its literals, joined, as in the C source */
	char upper[MAX_TEXT]; /* the same in upper case, without 'strings' */
	bool all_orgs;
};

static void
make_upper(struct statement *s)
{
	bool quoted = false;
	char *out = s->upper;
	for (const char *p = s->text; *p != '\0'; p++) {
		if (*p == '\'')
			quoted = !quoted;
		*out++ = quoted ? ' ' : (char)toupper((unsigned char)*p);
	}
	*out = '\0';
}

/* How often `what` stands in the text, not within a longer word. */
static int
count(const char *text, const char *what)
{
	int times = 0;
	size_t n = strlen(what);
	for (const char *p = text; (p = strstr(p, what)) != NULL; p += n) {
		bool before = p > text && is_word(p[-1]) && is_word(*what);
		bool after = is_word(what[n - 1]) && is_word(p[n]);
		times += !before && !after;
	}
	return times;
}

/* Whether its name ends so: it is for one database alone. */
static bool
is_for(const struct statement *s, const char *database)
{
	int n = (int)strlen(database);
	return s->name->n > n &&
	    strncmp(s->name->p + s->name->n - n, database, (size_t)n) == 0;
}

static void
check_words(const struct statement *s)
{
	static const char *const never[] = {"?", "NOW(", "RANDOM(",
	    "RANDOMBLOB(", "GEN_RANDOM_UUID(", "CURRENT_TIMESTAMP",
	    "CURRENT_DATE", "CURRENT_TIME", "CLOCK_TIMESTAMP(", "LOCALTIME",
	    "LOCALTIMESTAMP", "DATETIME(", "STRFTIME(", "JULIANDAY(",
	    "UNIXEPOCH(", "NEXTVAL(", "LAST_INSERT_ROWID(", "CHANGES(",
	    "LISTEN", "NOTIFY", "TRIGGER", "AUTOINCREMENT", "SERIAL", "ROWID",
	    "PG_ADVISORY_LOCK(", "PG_ADVISORY_XACT_LOCK(", "ATTACH", "PRAGMA",
	    "VACUUM", "COLLATE", "ILIKE", "GLOB", "IFNULL(", "INSERT OR",
	    "REPLACE INTO", "::", "CREATE", "ALTER", "DROP", "TRUNCATE",
	    "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE",
	    "SKIP LOCKED", "DEFERRABLE", "LOAD_EXTENSION(", ";"};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		/* The full text's own number has no other name. */
		if (strcmp(never[i], "ROWID") == 0 && is_for(s, "_SQLITE"))
			continue;
		if (count(s->upper, never[i]) > 0)
			find(s->name->line, "%.*s holds %s", s->name->n,
			    s->name->p, never[i]);
	}
}

static void
check_parameters(const struct statement *s)
{
	int most = 0;
	for (const char *p = s->upper; (p = strchr(p, '$')) != NULL; p++) {
		int n = atoi(p + 1);
		if (n > most)
			most = n;
	}
	for (int n = 1; n <= most; n++) {
		char name[16];
		snprintf(name, sizeof name, "$%d", n);
		if (count(s->upper, name) == 0)
			find(s->name->line, "%.*s does not use %s", s->name->n,
			    s->name->p, name);
	}
}

/* Tables that the statement names: each must be asked for by its org. */
static int
tables_named(const struct statement *s)
{
	return count(s->upper, "FROM") - count(s->upper, "FROM (") -
	    count(s->upper, "DISTINCT FROM") + count(s->upper, "JOIN") -
	    count(s->upper, "JOIN (") + (strncmp(s->upper, "UPDATE ", 7) == 0);
}

static bool
org_is_first(const char *upper)
{
	const char *open = strchr(upper, '(');
	return open != NULL && strncmp(open, "(ORG", 4) == 0 &&
	    !is_word(open[4]);
}

static void
check_org(const struct statement *s)
{
	if (s->all_orgs)
		return;
	if (strncmp(s->upper, "INSERT ", 7) == 0 && !org_is_first(s->upper))
		find(s->name->line, "%.*s: org is not the first column",
		    s->name->n, s->name->p);
	int asked = count(s->upper, "ORG =");
	if (is_for(s, "_SQLITE")) /* words that bear the network's mark */
		asked += count(s->upper, "MATCH");
	bool own = count(s->upper, "ORG = $1") > 0 || tables_named(s) == 0;
	if (!own || asked < tables_named(s))
		find(s->name->line,
		    "%.*s names %d tables and asks %d times for org = $1",
		    s->name->n, s->name->p, tables_named(s), asked);
}

/* Only constants and parameters in DO UPDATE SET: Citus refuses the rest. */
static void
check_upsert(const struct statement *s)
{
	const char *p = strstr(s->upper, "DO UPDATE SET");
	for (p = p != NULL ? p + 13 : NULL; p != NULL && *p != '\0'; p++) {
		if (*p == '(' && is_word(p[-1])) {
			find(s->name->line, "%.*s: a function in DO UPDATE",
			    s->name->n, s->name->p);
			return;
		}
	}
}

/* ---- one statement in the file ---- */

/* Where the text begins in: static const char SQL_X[] = "..."
 * or in: #define SQL_X "..."; 0 where neither begins at `at`. */
static int
text_of(int at)
{
	if (is(at, "static") && is(at + 1, "const") && is(at + 2, "char") &&
	    begins(&file.token[at + 3], "SQL_") && is(at + 4, "[") &&
	    is(at + 5, "]") && is(at + 6, "="))
		return at + 7;
	if (is(at, "#") && is(at + 1, "define") &&
	    begins(&file.token[at + 2], "SQL_"))
		return at + 3;
	return 0;
}

static void
add_text(struct statement *s, const char *p, int n)
{
	size_t used = strlen(s->text);
	if (used + (size_t)n >= MAX_TEXT - 1)
		return;
	memcpy(s->text + used, p, (size_t)n);
	s->text[used + (size_t)n] = '\0';
}

static const struct part *
find_part(const struct token *t)
{
	for (int i = n_parts - 1; i >= 0; i--) {
		if ((size_t)t->n == strlen(parts[i].name) &&
		    begins(t, parts[i].name))
			return &parts[i];
	}
	return NULL;
}

static void
keep_part(const struct statement *s)
{
	if (n_parts == MAX_PARTS || s->name->n >= MAX_NAME) {
		find(s->name->line, "%.*s is a part too many", s->name->n,
		    s->name->p);
		return;
	}
	struct part *part = &parts[n_parts++];
	snprintf(part->name, MAX_NAME, "%.*s", s->name->n, s->name->p);
	snprintf(part->text, MAX_TEXT, "%s", s->text);
}

/* Fills `s` from its name at `at` and its text from `text` on; gives the token
 * after it. */
static int
read_statement(int at, int text, struct statement *s)
{
	bool defined = is(at, "#");
	s->name = &file.token[at + (defined ? 2 : 3)];
	s->all_orgs = at > 0 && file.token[at - 1].kind == COMMENT &&
	    begins(&file.token[at - 1], "/* all orgs: ");
	s->text[0] = '\0';
	for (at = text; at < file.n; at++) {
		const struct token *t = &file.token[at];
		const struct part *part = t->kind == WORD ? find_part(t) : NULL;
		if (part != NULL)
			add_text(s, part->text, (int)strlen(part->text));
		else if (t->kind == STRING)
			add_text(s, t->p, t->n);
		else if (t->kind != COMMENT && !(defined && is(at, "\\")))
			break;
	}
	if (!defined && !is(at, ";"))
		find(s->name->line, "%.*s is not made of literals alone",
		    s->name->n, s->name->p);
	if (defined)
		keep_part(s);
	make_upper(s);
	return at;
}

static void
lint_statement(const struct statement *s)
{
	if (!file.may_hold_sql)
		find(s->name->line, "SQL outside src/model");
	check_words(s);
	check_parameters(s);
	check_org(s);
	check_upsert(s);
}

static void
print_statement(const struct statement *s)
{
	printf("\t{\"%s\", %d, \"%.*s\",\n\t    \"%s\"},\n", file.path,
	    s->name->line, s->name->n, s->name->p, s->text);
	listed++;
}

/* ---- the rest of the file ---- */

static bool
looks_like_sql(const struct token *t)
{
	static const char *const verbs[] = {"SELECT ", "INSERT INTO ",
	    "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "WITH RECURSIVE "};
	struct token rest = *t;
	while (rest.n > 0 && *rest.p == ' ') {
		rest.p++;
		rest.n--;
	}
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (begins(&rest, verbs[i]))
			return true;
	}
	return false;
}

/* The token where the argument after `skip` commas begins. */
static int
argument(int open, int skip)
{
	int depth = 0, at = open + 1;
	for (; at < file.n && skip > 0; at++) {
		if (is(at, "(") || is(at, "{") || is(at, "["))
			depth++;
		else if (is(at, ")") || is(at, "}") || is(at, "]"))
			depth--;
		else if (depth == 0 && is(at, ","))
			skip--;
	}
	return at;
}

static void
check_call(int at)
{
	static const struct {
		const char *name;
		int before; /* arguments before the statement */
	} calls[] = {{"db_exec", 1}, {"db_exec_v", 1}, {"db_one", 2},
	    {"db_one_v", 2}, {"db_all", 2}, {"db_all_v", 2}, {"db_script", 1}};
	if (!is(at + 1, "("))
		return;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		if (!is(at, calls[i].name))
			continue;
		int sql = argument(at + 1, calls[i].before);
		bool good = begins(&file.token[sql], "SQL_") ||
		    is(sql, "db_kind") || /* ... ? SQL_X_SQLITE : ... */
		    strstr(file.text, "record_sql(") != NULL ||
		    strstr(file.text, "retain_sql(") != NULL ||
		    strstr(file.text, "dossier_sql(") != NULL ||
		    strstr(file.text, "transfer_sql(") != NULL ||
		    strstr(file.text, "many_sql(") != NULL;
		if (!file.may_hold_sql || !good)
			find(file.token[at].line, "%s() without a SQL_X of %s",
			    calls[i].name,
			    file.may_hold_sql ? "this file" : "src/model");
	}
}

static void
lint_token(int at)
{
	const struct token *t = &file.token[at];
	if (t->kind == STRING && looks_like_sql(t) && !file.makes_sql)
		find(t->line,
		    file.may_hold_sql ? "SQL that is not a SQL_X of its own"
				      : "SQL outside src/model");
	if (t->kind == WORD)
		check_call(at);
}

static void
walk(bool lint)
{
	static struct statement s;
	for (int at = 0; at < file.n; at++) {
		int text = text_of(at);
		if (text == 0) {
			if (lint)
				lint_token(at);
			continue;
		}
		bool defined = is(at, "#");
		at = read_statement(at, text, &s) - defined;
		if (lint)
			lint_statement(&s);
		else if (!defined || strncmp(s.text, "SELECT ", 7) == 0)
			print_statement(&s);
	}
}

static void
read_file(const char *path)
{
	FILE *in = fopen(path, "rb");
	size_t n = in != NULL ? fread(file.text, 1, MAX_FILE - 1, in) : 0;
	if (in == NULL || n == 0 || n == MAX_FILE - 1) {
		fprintf(stderr, "sqllist: %s: cannot be read\n", path);
		exit(2);
	}
	fclose(in);
	file.text[n] = '\0';
	file.path = path;
	file.may_hold_sql = strstr(path, "src/model/") != NULL;
	scan();
}

int
main(int argc, char **argv)
{
	bool lint = argc > 1 && strcmp(argv[1], "--lint") == 0;
	if (argc < 2 + lint) {
		fprintf(stderr, "usage: sqllist [--lint] FILE...\n");
		return 2;
	}
	if (!lint)
		printf("/* Made by tools/sqllist from src/model/. */\n"
		       "#include \"tests/db/sql_list.h\"\n\n"
		       "const struct sql_item sql_list[] = {\n");
	for (int i = 1 + lint; i < argc; i++) {
		/* the database's own bookkeeping */
		if (lint && strstr(argv[i], "src/db/") != NULL)
			continue;
		read_file(argv[i]);
		walk(lint);
	}
	if (!lint)
		printf("\t{0},\n};\n\nconst int sql_count = %d;\n", listed);
	return findings > 0 ? 1 : 0;
}
