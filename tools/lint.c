/* SPDX-License-Identifier: MPL-2.0 */
/* lint - the rules of the house that a compiler does not know.
 *
 *	lint [--allow FILE] PATH...     paths from the top of the tree
 *
 * One line a finding, "PATH:LINE: what", exit 1 when there is one.  What an
 * exception is made for stands in tools/lint.allow:
 *
 *	PATH[:FUNCTION]: RULE[ LIMIT]: reason
 *	PATH:HEADER: include: reason
 *	PATH:NAME: name: reason
 *
 * with the rule's name as it stands in the finding ("lines", "params",
 * "nesting", or a banned word).  An exception that is not needed is a finding
 * too.  Tests: tests/tools/lint.c */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lint.h"

enum { FILE_LINES = 500, FUNCTION_LINES = 60, PARAMS = 5, NESTING = 3 };

struct allowed {
	struct str path, function, rule, reason;
	int64_t limit;
	int line;
	bool used;
};

struct lint {
	const char *allow_path;
	struct allowed allow[256];
	int n_allow, findings;
};

/* Which folder may include which (design: an arrow is "may include"). */
static const char *const graph[][2] = {
    {"base", ""},
    {"db", "base"},
    {"engine", "base"},
    {"solver", "engine base"},
    {"model", "db engine base"},
    {"report", "model engine base"},
    {"jobs", "model report engine solver base"},
    {"http", "base"},
    {"web", "report http jobs model base"},
    {"cli", "web jobs model report http engine solver db base"},
};

/* Libraries that one folder keeps to itself. */
static const char *const rooms[][2] = {
    {"microhttpd.h", "http"},
    {"libpq-fe.h", "db"},
    {"sqlite3.h", "db"},
    {"glpk.h", "solver"},
    {"cairo.h", "report"},
    {"sodium.h", "base engine model"},
    {"seccomp.h", "jobs"},
};

/* What is not called, and what to do instead. */
static const char *const banned[][2] = {
    {"strcpy", "struct str"},
    {"strcat", "struct buf"},
    {"strncpy", "struct str"},
    {"strncat", "struct buf"},
    {"sprintf", "struct buf, snprintf"},
    {"vsprintf", "struct buf, vsnprintf"},
    {"gets", "fread"},
    {"scanf", "str_cut, str_int"},
    {"sscanf", "str_cut, str_int"},
    {"fscanf", "str_cut, str_int"},
    {"strtok", "str_cut"},
    {"atoi", "str_int"},
    {"atol", "str_int"},
    {"atof", "str_int"},
    {"system", "the helper process"},
    {"popen", "the helper process"},
    {"alloca", "an arena"},
    {"rand", "rand_bytes"},
    {"srand", "rand_bytes"},
    {"random", "rand_bytes"},
    {"localtime", "civil_danish"},
    {"gmtime", "civil_utc"},
    {"mktime", "date_us"},
    {"strftime", "lang_date"},
    {"setlocale", "lang"},
    {"malloc", "an arena"},
    {"calloc", "an arena"},
    {"realloc", "an arena"},
    {"free", "an arena"},
    {"strdup", "str_dup"},
    {"asprintf", "str_fmt"},
    {"setjmp", "arena_guard"},
    {"longjmp", "arena_guard"},
    {"pthread_create", "serve, lane or jobs"},
    {"thrd_create", "serve, lane or jobs"},
};

static void
finding(struct lint *l, const char *path, int line, struct str what)
{
	printf("%s:%d: %.*s\n", path, line, STR_ARG(what));
	l->findings++;
}

static bool
has_word(const char *words, struct str word)
{
	struct str rest = str_c(words);
	while (rest.n > 0) {
		if (str_eq(str_cut(&rest, ' '), word))
			return true;
	}
	return false;
}

/* ---- exceptions ------------------------------------------------------- */

static void
read_allowed(struct lint *l, struct str line, int number)
{
	struct place at = {l->allow_path, number, 0};
	if (l->n_allow == COUNT_OF(l->allow))
		tool_fail(at, "too many exceptions");
	struct allowed *a = &l->allow[l->n_allow++];
	ptrdiff_t colon = str_find(line, S(": "));
	struct str where = str_sub(line, 0, colon);
	struct str rest = str_sub(line, colon + 2, line.n);
	colon = str_find(rest, S(": "));
	struct str rule = str_sub(rest, 0, colon);
	*a = (struct allowed){.line = number};
	a->reason = str_trim(str_sub(rest, colon + 2, rest.n));
	a->path = str_cut(&where, ':');
	a->function = where;
	a->rule = str_cut(&rule, ' ');
	if (colon < 0 || a->path.n == 0 || a->rule.n == 0 || a->reason.n == 0 ||
	    (rule.n > 0 && !str_int(rule, &a->limit)))
		tool_fail(at, "PATH[:FUNCTION]: RULE[ LIMIT]: reason");
}

static void
read_allow(struct lint *l)
{
	struct str rest = tool_read(l->allow_path);
	for (int number = 1; rest.n > 0; number++) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		if (line.n > 0 && line.p[0] != '#')
			read_allowed(l, line, number);
	}
}

static bool
is_allowed(struct lint *l, const char *path, struct str function,
    struct str rule, int64_t value)
{
	for (int i = 0; i < l->n_allow; i++) {
		struct allowed *a = &l->allow[i];
		if (!str_eq(a->path, str_c(path)) ||
		    !str_eq(a->function, function) || !str_eq(a->rule, rule) ||
		    value > a->limit)
			continue;
		a->used = true;
		return true;
	}
	return false;
}

/* ---- sizes ------------------------------------------------------------ */

static void
check_limit(struct lint *l, const struct source *s, const struct function *f,
    struct str rule, int64_t value)
{
	int64_t limit = FILE_LINES;
	if (f != NULL && str_eq(rule, S("lines")))
		limit = FUNCTION_LINES;
	else if (str_eq(rule, S("params")))
		limit = PARAMS;
	else if (str_eq(rule, S("nesting")))
		limit = NESTING;
	struct str name = f != NULL ? f->name : (struct str){0};
	if (value <= limit || is_allowed(l, s->path, name, rule, value))
		return;
	finding(l, s->path, f != NULL ? lint_line(s, f->from) : 1,
	    str_fmt(tool_arena(), "%.*s: %.*s %d, more than %d", STR_ARG(name),
		STR_ARG(rule), (int)value, (int)limit));
}

static void
check_sizes(struct lint *l, const struct source *s)
{
	struct function f;
	ptrdiff_t at = 0;
	check_limit(l, s, NULL, S("lines"), lint_line(s, s->text.n) - 1);
	while (lint_function(s, &at, &f)) {
		check_limit(l, s, &f, S("lines"), f.lines);
		check_limit(l, s, &f, S("params"), f.params);
		check_limit(l, s, &f, S("nesting"), f.nesting);
	}
}

/* ---- words ------------------------------------------------------------ */

/* Where a word that is banned elsewhere belongs. */
static bool
is_home(struct str path, struct str word)
{
	static const char memory[] =
	    "malloc calloc realloc free setjmp longjmp";
	if (has_word(memory, word))
		return str_eq(path, S("src/base/arena.c"));
	if (has_word("pthread_create thrd_create", word))
		return str_eq(path, S("src/web/serve.c")) ||
		    str_eq(path, S("src/web/lane.c")) ||
		    str_starts(path, S("src/jobs/"));
	return false;
}

static struct str
function_at(const struct source *s, ptrdiff_t where)
{
	struct function f;
	ptrdiff_t at = 0;
	while (lint_function(s, &at, &f)) {
		if (f.from <= where && where <= f.to)
			return f.name;
	}
	return (struct str){0};
}

static void
check_words(struct lint *l, const struct source *s)
{
	ptrdiff_t at = 0;
	struct str word;
	while (lint_word(s, &at, &word)) {
		ptrdiff_t i = 0;
		if (!lint_next(s, at, '('))
			continue;
		while (
		    i < COUNT_OF(banned) && !str_eq(word, str_c(banned[i][0])))
			i++;
		if (i == COUNT_OF(banned) || is_home(str_c(s->path), word) ||
		    is_allowed(l, s->path, function_at(s, at), word, 0))
			continue;
		finding(l, s->path, lint_line(s, at),
		    str_fmt(tool_arena(), "%.*s: take %s instead",
			STR_ARG(word), banned[i][1]));
	}
}

/* HTML belongs into a view, where it is escaped by position. */
static void
check_html(struct lint *l, const struct source *s)
{
	for (ptrdiff_t i = 0; i + 1 < s->quotes.n; i++) {
		char c = s->quotes.p[i], next = s->quotes.p[i + 1];
		bool tag = c == '<' &&
		    ((next >= 'a' && next <= 'z') || next == '/' ||
			next == '!');
		if (!tag ||
		    is_allowed(l, s->path, function_at(s, i), S("html"), 0))
			continue;
		finding(l, s->path, lint_line(s, i),
		    S("html: in a string; it belongs into a view"));
		while (i < s->quotes.n && s->quotes.p[i] != '\n')
			i++;
	}
}

/* ---- includes --------------------------------------------------------- */

/* "src/FOLDER/..." gives FOLDER. */
static struct str
folder_of(struct str path)
{
	if (!str_starts(path, S("src/")))
		return (struct str){0};
	path = str_sub(path, 4, path.n);
	struct str folder = str_cut(&path, '/');
	return path.n > 0 ? folder : (struct str){0};
}

static const char *
may_include(struct str folder)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(graph); i++) {
		if (str_eq(folder, str_c(graph[i][0])))
			return graph[i][1];
	}
	return NULL;
}

static void
check_include(struct lint *l, const struct source *s, struct str what, int line)
{
	struct str folder = folder_of(str_c(s->path));
	struct str rest = what;
	struct str target = str_cut(&rest, '/');
	const char *allowed = may_include(folder);
	for (ptrdiff_t i = 0; i < COUNT_OF(rooms); i++) {
		if (str_ends(what, str_c(rooms[i][0])) &&
		    !has_word(rooms[i][1], folder))
			finding(l, s->path, line,
			    str_fmt(tool_arena(),
				"include: <%.*s> belongs to src/%s",
				STR_ARG(what), rooms[i][1]));
	}
	bool view = rest.n == 0 && str_starts(what, S("view_"));
	bool ours = rest.n > 0 && may_include(target) != NULL;
	bool wrong = (view && !str_eq(folder, S("web"))) ||
	    (ours && !str_eq(target, folder) && !has_word(allowed, target));
	if (wrong && !is_allowed(l, s->path, what, S("include"), 0))
		finding(l, s->path, line,
		    str_fmt(tool_arena(), "include: src/%.*s may not know %.*s",
			STR_ARG(folder), STR_ARG(what)));
}

static void
check_includes(struct lint *l, const struct source *s)
{
	struct str rest = s->text;
	if (may_include(folder_of(str_c(s->path))) == NULL)
		return;
	for (int line = 1; rest.n > 0; line++) {
		struct str text = str_trim(str_cut(&rest, '\n'));
		if (!str_starts(text, S("#include")))
			continue;
		text = str_trim(str_sub(text, 8, text.n));
		if (text.n > 2)
			check_include(l, s, str_sub(text, 1, text.n - 1), line);
	}
}

/* ---- every file ------------------------------------------------------- */

static bool
ends_word(char c)
{
	return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_');
}

static void
check_unfinished(struct lint *l, const struct source *s)
{
	/* In pieces, so that this file does not find itself. */
	static const struct str words[] = {S_INIT("TO"
						  "DO"),
	    S_INIT("FIX"
		   "ME"),
	    S_INIT("XX"
		   "X")};
	for (ptrdiff_t i = 0; i < s->text.n; i++) {
		struct str from = str_sub(s->text, i, s->text.n);
		for (ptrdiff_t w = 0; w < COUNT_OF(words); w++) {
			ptrdiff_t n = words[w].n;
			if (!str_starts(from, words[w]) ||
			    (i > 0 && !ends_word(s->text.p[i - 1])) ||
			    (n < from.n && !ends_word(from.p[n])))
				continue;
			finding(l, s->path, lint_line(s, i),
			    str_cat(tool_arena(), S("unfinished: "), words[w]));
		}
	}
}

/* A name that leads nowhere: of a test that is not there, say. */
static void
check_names(struct lint *l, const struct source *s)
{
	ptrdiff_t at = 0;
	struct str name;
	while (lint_name(s, &at, &name)) {
		if (lint_name_leads(name) ||
		    is_allowed(l, s->path, name, S("name"), 0))
			continue;
		finding(l, s->path, lint_line(s, at - 1),
		    str_fmt(tool_arena(), "name: %.*s leads nowhere",
			STR_ARG(name)));
	}
}

static void
check_licence(struct lint *l, const struct source *s, bool c_source)
{
	struct str rest = s->text;
	struct str first = str_cut(&rest, '\n');
	struct str second = str_cut(&rest, '\n');
	bool ok = str_eq(first, S("/* SPDX-License-Identifier: MPL-2.0 */"));
	if (!c_source)
		ok = str_find(first, S("SPDX-License-Identifier: MPL-2.0")) >=
			0 ||
		    str_find(second, S("SPDX-License-Identifier: MPL-2.0")) >=
			0;
	if (!ok)
		finding(l, s->path, 1, S("licence: no SPDX line"));
}

static void
check_file(struct lint *l, const char *path)
{
	struct source s;
	struct str p = str_c(path);
	lint_source(&s, path);
	bool c_file = str_ends(p, S(".c")) || str_ends(p, S(".h"));
	bool in_src = str_starts(p, S("src/"));
	bool text = str_ends(p, S(".md")) || str_ends(p, S(".html"));
	check_unfinished(l, &s);
	if (c_file || str_ends(p, S(".def")) || str_ends(p, S(".md")))
		check_names(l, &s);
	if (!text)
		check_licence(l, &s, c_file || str_ends(p, S(".def")));
	if (c_file && (in_src || str_starts(p, S("tools/"))))
		check_sizes(l, &s);
	if (c_file && in_src) {
		check_words(l, &s);
		check_includes(l, &s);
	}
	if (c_file && str_starts(p, S("src/web/")))
		check_html(l, &s);
}

int
main(int argc, char **argv)
{
	static struct lint l;
	int first = 1;
	if (argc > 2 && strcmp(argv[1], "--allow") == 0) {
		l.allow_path = argv[2];
		read_allow(&l);
		first = 3;
	}
	if (first >= argc || argv[first][0] == '-') {
		fprintf(stderr, "usage: lint [--allow FILE] PATH...\n");
		return 2;
	}
	for (int i = first; i < argc; i++)
		check_file(&l, argv[i]);
	for (int i = 0; i < l.n_allow; i++) {
		if (!l.allow[i].used)
			finding(&l, l.allow_path, l.allow[i].line,
			    S("an exception that nothing needs"));
	}
	printf("lint: %d files, %d findings\n", argc - first, l.findings);
	return l.findings > 0;
}
