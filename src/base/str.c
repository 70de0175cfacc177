/* SPDX-License-Identifier: MPL-2.0 */
#include "base/str.h"

#include <string.h>

struct str
str_dup(struct arena *a, struct str s)
{
	return str_cat(a, s, (struct str){0});
}

struct str
str_join(struct arena *a, const struct str *list, ptrdiff_t n)
{
	struct str all = {0};
	for (ptrdiff_t i = 0; i < n; i++)
		all.n += list[i].n;
	char *p = arena_new(a, char, all.n);
	all.p = p;
	for (ptrdiff_t i = 0; i < n; i++) {
		if (list[i].n > 0)
			memcpy(p, list[i].p, (size_t)list[i].n);
		p += list[i].n;
	}
	return all;
}

struct str
str_cat(struct arena *a, struct str x, struct str y)
{
	return STR_JOIN(a, x, y);
}

const char *
str_cstr(struct arena *a, struct str s)
{
	if (s.n > 0 && memchr(s.p, 0, (size_t)s.n) != NULL)
		return NULL;
	char *p = arena_new(a, char, s.n + 1);
	if (s.n > 0)
		memcpy(p, s.p, (size_t)s.n);
	return p;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool
str_eq_nocase(struct str x, struct str y)
{
	if (x.n != y.n)
		return false;
	for (ptrdiff_t i = 0; i < x.n; i++) {
		if (lower(x.p[i]) != lower(y.p[i]))
			return false;
	}
	return true;
}

int
str_cmp(struct str x, struct str y)
{
	ptrdiff_t n = x.n < y.n ? x.n : y.n;
	int order = n > 0 ? memcmp(x.p, y.p, (size_t)n) : 0;
	if (order != 0)
		return order;
	return (x.n > y.n) - (x.n < y.n);
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	    str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

ptrdiff_t
str_find(struct str s, struct str needle)
{
	if (needle.n == 0)
		return 0;
	if (s.n == 0)
		return -1;
	const char *hit = memmem(s.p, (size_t)s.n, needle.p, (size_t)needle.n);
	return hit == NULL ? -1 : hit - s.p;
}

ptrdiff_t
str_find_byte(struct str s, char c)
{
	const char *hit = s.n > 0 ? memchr(s.p, c, (size_t)s.n) : NULL;
	return hit == NULL ? -1 : hit - s.p;
}

struct str
str_sub(struct str s, ptrdiff_t from, ptrdiff_t to)
{
	if (from < 0)
		from = 0;
	if (to > s.n)
		to = s.n;
	if (from >= to)
		return (struct str){0};
	return (struct str){s.p + from, to - from};
}

static ptrdiff_t
space_at_start(struct str s)
{
	if (s.n >= 1 && strchr(" \t\r\n", s.p[0]) != NULL && s.p[0] != 0)
		return 1;
	return str_starts(s, S("\u00a0")) ? 2 : 0;
}

static ptrdiff_t
space_at_end(struct str s)
{
	if (s.n >= 1 && s.p[s.n - 1] != 0 &&
	    strchr(" \t\r\n", s.p[s.n - 1]) != NULL)
		return 1;
	return str_ends(s, S("\u00a0")) ? 2 : 0;
}

struct str
str_trim(struct str s)
{
	ptrdiff_t n;
	while ((n = space_at_start(s)) > 0)
		s = str_sub(s, n, s.n);
	while ((n = space_at_end(s)) > 0)
		s = str_sub(s, 0, s.n - n);
	return s;
}

struct str
str_cut(struct str *rest, char sep)
{
	ptrdiff_t at = str_find_byte(*rest, sep);
	struct str head = *rest;
	if (at < 0) {
		*rest = (struct str){0};
		return head;
	}
	head.n = at;
	*rest = str_sub(*rest, at + 1, rest->n);
	return head;
}

struct str
str_lower_ascii(struct arena *a, struct str s)
{
	char *p = arena_new(a, char, s.n);
	for (ptrdiff_t i = 0; i < s.n; i++)
		p[i] = lower(s.p[i]);
	return (struct str){p, s.n};
}

/* Copies into `out` with `what` replaced; gives the length, also when `out` is
 * NULL.  Found once to measure and once to copy, so that a long text with
 * many line ends costs its length and not the square of it. */
static ptrdiff_t
replace_into(char *out, struct str s, struct str what, struct str with)
{
	ptrdiff_t n = 0, at;
	while ((at = str_find(s, what)) >= 0) {
		if (out != NULL && at > 0)
			memcpy(out + n, s.p, (size_t)at);
		if (out != NULL && with.n > 0)
			memcpy(out + n + at, with.p, (size_t)with.n);
		n += at + with.n;
		s = str_sub(s, at + what.n, s.n);
	}
	if (out != NULL && s.n > 0)
		memcpy(out + n, s.p, (size_t)s.n);
	return n + s.n;
}

struct str
str_replace(struct arena *a, struct str s, struct str what, struct str with)
{
	if (what.n == 0)
		return str_dup(a, s);
	ptrdiff_t n = replace_into(NULL, s, what, with);
	char *out = arena_new(a, char, n);
	replace_into(out, s, what, with);
	return (struct str){out, n};
}

bool
str_int(struct str s, int64_t *out)
{
	bool negative = s.n > 0 && s.p[0] == '-';
	if (negative)
		s = str_sub(s, 1, s.n);
	if (s.n == 0)
		return false;

	int64_t value = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		int digit = s.p[i] - '0';
		if (digit < 0 || digit > 9)
			return false;
		/* Built up below zero, where there is one more number. */
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!negative && value == INT64_MIN)
		return false;
	*out = negative ? value : -value;
	return true;
}

bool
str_eq_secret(struct str x, struct str y)
{
	unsigned char differs = x.n != y.n;
	for (ptrdiff_t i = 0; i < x.n && i < y.n; i++)
		differs |= (unsigned char)(x.p[i] ^ y.p[i]);
	return differs == 0;
}
