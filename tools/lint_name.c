/* SPDX-License-Identifier: MPL-2.0 */

/* Names of files in what is said to people. */
#include "lint.h"

#include <glob.h>

/* Where a name from the top begins. */
static const char *const tops[] = {"assets", "bench", "catalogue", "doc",
    "locale", "man", "packaging", "sql", "src", "tests", "tools"};

/* And one from src/, which also has to end like a file there. */
static const char *const folders[] = {"base", "cli", "db", "engine", "http",
    "jobs", "model", "report", "solver", "web"};
static const char *const ends[] = {".c", ".h", ".def", ".html"};

static bool
is_among(struct str word, const char *const *list, ptrdiff_t n)
{
	ptrdiff_t i = 0;
	while (i < n && !str_eq(word, str_c(list[i])))
		i++;
	return i < n;
}

static bool
is_path(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') ||
	    (c != 0 && str_find_byte(S("_-./*"), c) >= 0);
}

static bool
is_ours(struct str name)
{
	struct str rest = name;
	struct str first = str_cut(&rest, '/');
	if (rest.n == 0 && first.n == name.n)
		return false;
	if (is_among(first, tops, COUNT_OF(tops)))
		return true;
	for (ptrdiff_t i = 0; i < COUNT_OF(ends); i++) {
		if (str_ends(name, str_c(ends[i])))
			return is_among(first, folders, COUNT_OF(folders));
	}
	return false;
}

bool
lint_name(const struct source *s, ptrdiff_t *at, struct str *name)
{
	struct str said = s->said;
	while (*at < said.n) {
		ptrdiff_t from = *at, to;
		while (*at < said.n && is_path(said.p[*at]))
			++*at;
		to = *at;
		while (to > from && said.p[to - 1] == '.')
			to--; /* of the sentence */
		*name = str_sub(said, from, to);
		if (is_ours(*name))
			return true;
		++*at;
	}
	return false;
}

/* FOLDER, NNNN_name.sql, x.c: any. */
static bool
is_placeholder(struct str name)
{
	while (name.n > 0) {
		struct str part = str_cut(&name, '/');
		struct str stem = part;
		stem = str_cut(&stem, '.');
		if (str_eq(stem, S("x")))
			return true;
		if (str_eq(stem, S("README")))
			continue;
		for (ptrdiff_t i = 0; i < stem.n; i++) {
			if (stem.p[i] >= 'A' && stem.p[i] <= 'Z')
				return true;
		}
	}
	return false;
}

static bool
is_there(const char *from, struct str name, const char *end)
{
	glob_t found;
	struct str path =
	    str_fmt(tool_arena(), "%s%.*s%s", from, STR_ARG(name), end);
	bool some =
	    glob(str_cstr(tool_arena(), path), GLOB_NOSORT, NULL, &found) == 0;
	globfree(&found);
	return some;
}

bool
lint_name_leads(struct str name)
{
	return is_placeholder(name) || is_there("", name, "") ||
	    is_there("src/", name, "") || is_there("", name, ".c") ||
	    is_there("", name, "-*.md");
}
