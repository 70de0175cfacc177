/* SPDX-License-Identifier: MPL-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/rank.h"

static ptrdiff_t
code_points(struct str s)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

/* The first `most` code points. */
static struct str
cut(struct str s, ptrdiff_t most)
{
	ptrdiff_t i = 0;
	for (; i < s.n; i++) {
		bool begins = ((unsigned char)s.p[i] & 0xC0) != 0x80;
		if (begins && most-- == 0)
			break;
	}
	return str_sub(s, 0, i);
}

/* Text of the file in which a line may end, on one line. */
static void
add_flat(struct buf *b, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++)
		buf_byte(b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

void
rank_line(struct buf *b, struct str s)
{
	add_flat(b, s);
	while (b->n > 0 && b->p[b->n - 1] == ' ')
		b->n--;
	buf_byte(b, '\n');
}

void
rank_cell(struct buf *b, struct str s, int width)
{
	ptrdiff_t wide = width < 0 ? -(ptrdiff_t)width : width;
	ptrdiff_t n = code_points(s);
	bool whole = n <= wide;
	if (!whole) {
		s = cut(s, wide - 1);
		n = wide;
	}
	for (ptrdiff_t i = n; width < 0 && i < wide; i++)
		buf_byte(b, ' ');
	add_flat(b, s);
	if (!whole)
		buf_add(b, S("…"));
	for (ptrdiff_t i = n; width > 0 && i < wide; i++)
		buf_byte(b, ' ');
	buf_add(b, S("  "));
}

struct str
rank_place(struct arena *a, ptrdiff_t first, ptrdiff_t last)
{
	if (first == last)
		return str_fmt(a, "%td", first);
	return str_fmt(a, "%td-%td", first, last);
}

/* ---- numbers for people ---- */

static char
point_of(enum lang lang)
{
	return lang == LANG_DA ? ',' : '.';
}

struct str
rank_money(struct arena *a, enum lang lang, int64_t units, int64_t unit)
{
	struct str whole = lang_int(a, lang, units / unit);
	int digits = 0;
	for (int64_t x = unit; x > 1; x /= 10)
		digits++;
	if (digits == 0 || units % unit == 0)
		return whole;
	return str_fmt(a, "%.*s%c%0*lld", STR_ARG(whole), point_of(lang),
	    digits, (long long)(units % unit));
}

struct str
rank_decimal(struct arena *a, enum lang lang, double x, int decimals)
{
	char text[64];
	if (isnan(x))
		return S("-");
	snprintf(text, sizeof text, "%.*f", decimals, x);
	struct str s = str_dup(a, str_c(text)), whole = str_cut(&s, '.');
	int64_t value = 0;
	if (!str_int(whole, &value) || text[0] == '-')
		value = 0;
	struct str shown = value > 0 ? lang_int(a, lang, value) : whole;
	if (s.n == 0)
		return shown;
	return str_fmt(
	    a, "%.*s%c%.*s", STR_ARG(shown), point_of(lang), STR_ARG(s));
}

/* ---- JSON ---- */

void
rank_json_units(struct buf *b, int64_t units, int64_t unit)
{
	int digits = 0;
	for (int64_t x = unit; x > 1; x /= 10)
		digits++;
	buf_int(b, units / unit);
	if (digits > 0 && units % unit != 0)
		buf_fmt(b, ".%0*lld", digits, (long long)(units % unit));
}

void
rank_json_double(struct buf *b, double x)
{
	char text[40];
	if (!isfinite(x)) {
		buf_add(b, S("null"));
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	buf_add(b, str_c(text));
}

void
rank_json_key(struct buf *b, const char *name)
{
	if (b->n > 0 && b->p[b->n - 1] != '{')
		buf_byte(b, ',');
	buf_json(b, str_c(name));
	buf_byte(b, ':');
}

void
rank_json_ids(
    struct buf *b, const struct str *id, const ptrdiff_t *item, ptrdiff_t n)
{
	buf_byte(b, '[');
	for (ptrdiff_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		buf_json(b, id[item[i]]);
	}
	buf_byte(b, ']');
}
