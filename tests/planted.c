/* SPDX-License-Identifier: MPL-2.0 */

/* A fuzz target whose parser is wrong in two ways, on purpose: it unescapes
 * what it has unescaped, and it reads on behind a '%' at the end.
 * tests/tools/replay.c shows that a replay finds both. */
#include "tests/fuzz.h"

static char
digit(char c)
{
	return (char)(c >= 'a' ? c - 'a' + 10 : c - '0');
}

/* The fault: two more bytes are taken, whether they are there or not. */
static struct str
unescape_once(struct arena *a, struct str s)
{
	char *out = arena_new(a, char, s.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		out[n] = s.p[i];
		if (s.p[i] == '%') {
			out[n] =
			    (char)(digit(s.p[i + 1]) << 4 | digit(s.p[i + 2]));
			i += 2;
		}
		n++;
	}
	return (struct str){out, n};
}

/* The other one: until nothing is left to unescape. */
static struct str
unescape(struct arena *a, struct str s)
{
	while (str_find_byte(s, '%') >= 0)
		s = unescape_once(a, s);
	return s;
}

/* Every byte as %XX. */
static struct str
escape(struct arena *a, struct str s)
{
	static const char digits[] = "0123456789abcdef";
	char *out = arena_new(a, char, 3 * s.n);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		out[3 * i] = '%';
		out[3 * i + 1] = digits[c >> 4];
		out[3 * i + 2] = digits[c & 15];
	}
	return (struct str){out, 3 * s.n};
}

FUZZ(input)
{
	(void)unescape_once(arena, input);
	MUST(str_eq(unescape(arena, escape(arena, input)), input));
}
