/* SPDX-License-Identifier: MPL-2.0 */

/* Text of people: valid exactly when a decoder by the book says so, and what
 * is made of valid text is valid and stays as it is. */
#include "base/utf8.h"

#include "tests/fuzz.h"

/* The code point that `s` begins with, -1 when there is none; the ranges are
 * the table of RFC 3629 section 4, read as numbers. */
static int32_t
decode(struct str s, ptrdiff_t *n)
{
	static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char c = (unsigned char)s.p[0];
	*n = c < 0x80 ? 1 : c < 0xc0 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (*n == 0 || c >= 0xf8 || *n > s.n)
		return -1;
	int32_t value = *n == 1 ? c : c & (0x7f >> *n);
	for (ptrdiff_t i = 1; i < *n; i++) {
		c = (unsigned char)s.p[i];
		if (c >> 6 != 2)
			return -1;
		value = value << 6 | (c & 0x3f);
	}
	bool surrogate = value >= 0xd800 && value < 0xe000;
	return value < least[*n] || value > 0x10ffff || surrogate ? -1 : value;
}

/* The number of code points; -1 when it is no text. */
static ptrdiff_t
count(struct str s)
{
	ptrdiff_t points = 0, n;
	for (; s.n > 0; points++) {
		int32_t c = decode(s, &n);
		bool line = c == '\t' || c == '\n' || c == '\r';
		if (c < 0 || (c < 0x20 && !line) || (c >= 0x7f && c < 0xa0))
			return -1;
		s = str_sub(s, n, s.n);
	}
	return points;
}

static void
check_cuts(struct str s)
{
	ptrdiff_t all = utf8_length(s);
	for (ptrdiff_t max = 0; max <= all && max < 20; max++) {
		struct str cut = utf8_cut(s, max);
		MUST(str_starts(s, cut) && count(cut) == max);
	}
	MUST(str_eq(utf8_cut(s, all), s));
}

/* What decides first in a sort key: letters without accents. */
static struct str
letters(struct arena *a, struct str s)
{
	struct str key = utf8_sort_key(a, s);
	ptrdiff_t end = str_find_byte(key, '\1');
	MUST(end >= 0);
	return str_sub(key, 0, end);
}

/* An accent decides only where the letters are the same; but "aa" is a letter,
 * and with an accent on it two. */
static void
check_accent(struct arena *a, struct str s, const char *mark)
{
	struct str with = utf8_normal(a, str_cat(a, s, str_c(mark)));
	if (str_find(utf8_fold(a, s), S("aa")) < 0)
		MUST(str_eq(letters(a, s), letters(a, with)));
}

FUZZ(input)
{
	ptrdiff_t points = count(input);
	MUST(utf8_valid(input) == (points >= 0));
	if (points < 0)
		return;
	MUST(utf8_length(input) == points);
	check_cuts(input);
	struct str normal = utf8_normal(arena, input);
	MUST(utf8_valid(normal) && str_find_byte(normal, '\r') < 0);
	MUST(str_eq(utf8_normal(arena, normal), normal));
	MUST(utf8_valid(utf8_fold(arena, normal)));
	check_accent(arena, normal, "\u0301");
}
