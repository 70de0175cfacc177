/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TOOLS_LINT_H
#define TOOLS_LINT_H

#include "tool.h"

/* lint.h - C source as the lint sees it.
 *
 *	lint.c       the rules
 *	lint_text.c  what is code, what a comment, where functions are
 * Tests: tests/tools/lint.c
 */
struct source {
	const char *path;
	struct str text; /* as it is */
	struct str code; /* as long, comments and strings blanked */
	struct str quotes; /* as long, nothing but what is inside "..." */
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

/* Whether the next thing behind `at` but white space is `c`. */
bool lint_next(const struct source *, ptrdiff_t at, char c);

#endif
