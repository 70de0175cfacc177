/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TOOLS_LINT_H
#define TOOLS_LINT_H

#include "tool.h"

/* lint.h - C source as the lint sees it.
 *
 *	lint.c       the rules
 *	lint_text.c  what is code, what a comment, where functions are
 *	lint_name.c  names of files in what is said
 * Tests: tests/tools/lint.c
 */
struct source {
	const char *path;
	struct str text; /* as it is */
	struct str code; /* as long, comments and strings blanked */
	struct str quotes; /* as long, nothing but what is inside "..." */
	struct str said; /* as long, nothing but what is said to people: the
	                  * comments of C, a page of .md without its blocks */
};

void lint_source(struct source *, const char *path);

/* The line, from 1, of a byte. */
int lint_line(const struct source *, ptrdiff_t at);

struct function {
	struct str name;
	ptrdiff_t from, to; /* of the body, { and } included */
	int lines, params, nesting;
};

/* The next function that begins at or behind *at, which moves behind it. */
bool lint_function(
    const struct source *, ptrdiff_t *at, struct function *) MUST_USE;

/* The next word (an identifier) of the code at or behind *at, which moves
 * behind it. */
bool lint_word(const struct source *, ptrdiff_t *at, struct str *word) MUST_USE;

/* The next name of a file or folder of this tree in what is said at or behind
 * *at, which moves behind it.  Paths begin at the top ("tests/base/arena.c") or
 * in src/ ("base/arena.h"). */
bool lint_name(const struct source *, ptrdiff_t *at, struct str *name) MUST_USE;

/* Whether a name leads to something, or stands for any: tests/FOLDER/x.c,
 * sql/NNNN_name.sql.  "*" is at least one, "doc/decisions/0001" the one that
 * begins so, "tools/lint" the program of that source. */
bool lint_name_leads(struct str name);

/* Whether the next thing behind `at` but white space is `c`. */
bool lint_next(const struct source *, ptrdiff_t at, char c);

#endif
