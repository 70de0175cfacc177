/* SPDX-License-Identifier: MPL-2.0 */
#include "http/forms.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
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

enum err
form_unescape(struct arena *a, struct str s, bool plus, struct str *out)
{
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
			return ERR_INVALID;
		p[n++] = (char)c;
	}
	*out = (struct str){p, n};
	return utf8_valid(*out) ? ERR_OK : ERR_INVALID;
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
		if (e == ERR_OK)
			e = form_unescape(a, value, true, &pair.value);
		if (e != ERR_OK)
			return e;
		pair.value = utf8_normal(a, pair.value);
		e = form_add_pair(a, out, pair);
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
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
		struct str name = str_cut(&value, '=');
		if (!named)
			continue;
		enum err e =
		    form_add_pair(a, out, (struct http_pair){name, value});
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}
