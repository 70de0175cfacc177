/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* str.h - a piece of text: pointer and length, not NUL-terminated.
 *
 * A struct str never owns its bytes.  Inside the program text is valid UTF-8
 * (checked where it comes in: http/, cli/).  {0} is the empty string.
 * Tests: tests/base/str.c
 */
struct str {
	const char *p;
	ptrdiff_t n; /* bytes */
};

/* A literal as a str; S_INIT is the same for static initialisers. */
#define S(literal) ((struct str)S_INIT(literal))
#define S_INIT(literal)                                    \
	{                                                  \
		"" literal, (ptrdiff_t)sizeof(literal) - 1 \
	}

/* For printf("%.*s", STR_ARG(s)) in logs and messages to a terminal. */
#define STR_ARG(s) (int)(s).n, (s).p

/* NULL gives the empty one. */
static inline struct str
str_c(const char *nul_terminated)
{
	if (nul_terminated == NULL)
		return (struct str){0};
	return (struct str){nul_terminated, (ptrdiff_t)strlen(nul_terminated)};
}

struct str str_dup(struct arena *, struct str);
struct str str_cat(struct arena *, struct str, struct str);
/* Any number of them, one after the other: STR_JOIN(a, x, S("/"), y). */
struct str str_join(struct arena *, const struct str *, ptrdiff_t n);
#define STR_JOIN(a, ...)                                 \
	str_join((a), (const struct str[]){__VA_ARGS__}, \
	    COUNT_OF(((const struct str[]){__VA_ARGS__})))

/* A NUL-terminated copy; NULL when `s` holds a NUL byte itself. */
const char *str_cstr(struct arena *, struct str s);

static inline bool
str_eq(struct str x, struct str y)
{
	return x.n == y.n && (x.n == 0 || memcmp(x.p, y.p, (size_t)x.n) == 0);
}

bool str_eq_nocase(struct str, struct str); /* ASCII letters only */
int str_cmp(struct str, struct str); /* by bytes, as memcmp */
bool str_starts(struct str, struct str prefix);
bool str_ends(struct str, struct str suffix);
ptrdiff_t str_find(struct str, struct str needle); /* -1: not there */
ptrdiff_t str_find_byte(struct str, char); /* -1: not there */

/* s[from, to), clamped to what is there. */
struct str str_sub(struct str, ptrdiff_t from, ptrdiff_t to);
struct str str_trim(struct str); /* space, tab, CR, LF, NBSP */

/* Cuts the part before the first `sep` off `*rest` and gives it; without a
 * `sep` that is all of it.  Loop: while (rest.n > 0) x = str_cut(&rest, ','). */
struct str str_cut(struct str *rest, char sep);

struct str str_lower_ascii(struct arena *, struct str);
struct str str_replace(
    struct arena *, struct str, struct str what, struct str with);

/* Decimal digits with an optional '-', nothing else, in range. */
bool str_int(struct str, int64_t *out) MUST_USE;

/* Whether both hold the same bytes, in a time that only depends on length. */
bool str_eq_secret(struct str, struct str);

#endif
