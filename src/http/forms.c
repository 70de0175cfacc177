/* SPDX-License-Identifier: MPL-2.0 */
#include "http/forms.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "http/guard.h"
#include "http/inner.h"

enum { MAX_PAIRS = 2000, FIRST_PAIRS = 16 };

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte of "%XX" at s[i], or -1. */
static int
escaped_byte(struct str s, ptrdiff_t i)
{
	if (i + 2 >= s.n)
		return -1;
	int high = hex(s.p[i + 1]), low = hex(s.p[i + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool
unescape(struct arena *a, struct str s, bool plus, struct str *out)
{
	bool plain = str_find_byte(s, '%') < 0 &&
	    (!plus || str_find_byte(s, '+') < 0) && str_find_byte(s, 0) < 0;
	*out = s;
	if (plain)
		return true;
	char *p = arena_new(a, char, s.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		int c = (unsigned char)s.p[i];
		if (c == '%') {
			c = escaped_byte(s, i);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (c <= 0)
			return false;
		p[n++] = (char)c;
	}
	*out = (struct str){p, n};
	return true;
}

enum err
form_unescape(struct arena *a, struct str s, bool plus, struct str *out)
{
	return unescape(a, s, plus, out) && utf8_valid(*out) ? ERR_OK
							     : ERR_INVALID;
}

struct str
form_escape(struct arena *a, struct str s)
{
	static const char digit[] = "0123456789ABCDEF";
	struct buf b = buf_new(a, 3 * s.n + 1);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') ||
		    (c != 0 && strchr("-._~", c) != NULL);
		if (plain) {
			buf_byte(&b, (char)c);
			continue;
		}
		buf_byte(&b, '%');
		buf_byte(&b, digit[c >> 4]);
		buf_byte(&b, digit[c & 15]);
	}
	return buf_str(&b);
}

enum err
form_add_pair(struct arena *a, struct http_pairs *pairs, struct http_pair pair)
{
	if (pairs->n == MAX_PAIRS)
		return ERR_INVALID;
	/* Room grows by doubling: 16, 32, 64, ... */
	if ((pairs->n & (pairs->n - 1)) == 0 &&
	    (pairs->n == 0 || pairs->n >= FIRST_PAIRS)) {
		ptrdiff_t cap = pairs->n == 0 ? FIRST_PAIRS : 2 * pairs->n;
		struct http_pair *list = arena_new(a, struct http_pair, cap);
		if (pairs->n > 0)
			memcpy(
			    list, pairs->list, (size_t)pairs->n * sizeof *list);
		pairs->list = list;
	}
	pairs->list[pairs->n++] = pair;
	return ERR_OK;
}

/* Word processors put VT and FF where a line ends; other control characters
 * are refused. */
static struct str
lines_of(struct arena *a, struct str s)
{
	if (str_find_byte(s, '\v') >= 0)
		s = str_replace(a, s, S("\v"), S("\n"));
	if (str_find_byte(s, '\f') >= 0)
		s = str_replace(a, s, S("\f"), S("\n"));
	return s;
}

enum err
form_text(struct arena *a, struct str s, struct str *out)
{
	s = lines_of(a, s);
	if (!utf8_valid(s))
		return ERR_INVALID;
	*out = utf8_normal(a, s);
	return ERR_OK;
}

enum err
form_parse_urlencoded(struct arena *a, struct str s, struct http_pairs *out)
{
	*out = (struct http_pairs){0};
	while (s.n > 0) {
		struct str value = str_cut(&s, '&');
		if (value.n == 0)
			continue;
		struct http_pair pair;
		struct str name = str_cut(&value, '=');
		enum err e = form_unescape(a, name, true, &pair.name);
		if (e == ERR_OK && !unescape(a, value, true, &value))
			e = ERR_INVALID;
		if (e == ERR_OK)
			e = form_text(a, value, &pair.value);
		if (e == ERR_OK)
			e = form_add_pair(a, out, pair);
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

/* A value may stand in quotes (RFC 6265 section 4.1.1), which are not part
 * of it. */
static struct str
unquoted(struct str s)
{
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		return str_sub(s, 1, s.n - 1);
	return s;
}

enum err
form_parse_cookies(struct arena *a, struct str s, struct http_pairs *out)
{
	*out = (struct http_pairs){0};
	if (!utf8_valid(s))
		return ERR_INVALID;
	while (s.n > 0) {
		struct str value = str_trim(str_cut(&s, ';'));
		bool named = str_find_byte(value, '=') > 0;
		struct str name = str_trim(str_cut(&value, '='));
		if (!named || name.n == 0)
			continue; /* other people's; not worth refusing for */
		enum err e = form_add_pair(a, out,
		    (struct http_pair){name, unquoted(str_trim(value))});
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

/* ---- type; name=value; name="value" ---- */

static void
skip_blanks(struct str *s)
{
	while (s->n > 0 && (s->p[0] == ' ' || s->p[0] == '\t'))
		*s = str_sub(*s, 1, s->n);
}

/* A name, or a value without quotes: with a blank, a quote or a separator in
 * it, it would be half of another one. */
static bool
is_word(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] <= ' ' || s.p[i] > '~' ||
		    strchr("\",;=", s.p[i]) != NULL)
			return false;
	}
	return s.n > 0;
}

/* The value at the start of `*s`, quoted or not; false when a quote stays
 * open.  A backslash is part of the value: browsers escape with %22. */
static bool
cut_value(struct str *s, struct str *value)
{
	if (s->n > 0 && s->p[0] == '"') {
		*s = str_sub(*s, 1, s->n);
		ptrdiff_t end = str_find_byte(*s, '"');
		*value = str_sub(*s, 0, end);
		*s = str_sub(*s, end + 1, s->n);
		return end >= 0;
	}
	ptrdiff_t end = str_find_byte(*s, ';');
	if (end < 0)
		end = s->n;
	*value = guard_value(str_sub(*s, 0, end));
	*s = str_sub(*s, end, s->n);
	return is_word(*value);
}

enum err
form_parameter(struct str line, struct str name, struct str *value)
{
	bool found = false;
	struct str rest = line;
	(void)str_cut(&rest, ';');
	while (guard_value(rest).n > 0) {
		struct str one;
		skip_blanks(&rest);
		struct str key = guard_value(str_cut(&rest, '='));
		skip_blanks(&rest);
		if (!is_word(key) || !cut_value(&rest, &one))
			return ERR_INVALID;
		bool same = str_eq_nocase(key, name);
		if (same && found)
			return ERR_INVALID;
		if (same)
			*value = one;
		found = found || same;
		skip_blanks(&rest);
		if (rest.n > 0 && rest.p[0] != ';')
			return ERR_INVALID;
		rest = str_sub(rest, 1, rest.n);
	}
	return found ? ERR_OK : ERR_NOT_FOUND;
}
