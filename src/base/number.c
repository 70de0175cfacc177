/* SPDX-License-Identifier: MPL-2.0 */
#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LEAST_DIGITS = 15, ALL_DIGITS = 17, NUMBER_BYTES = 64 };

void
number_json(struct buf *b, double x)
{
	char text[NUMBER_BYTES];
	if (!isfinite(x)) {
		buf_add(b, S("null"));
		return;
	}
	for (int digits = LEAST_DIGITS; digits <= ALL_DIGITS; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	buf_add(b, str_c(text));
}

static bool
shows_zero(struct str digits)
{
	for (ptrdiff_t i = 0; i < digits.n; i++) {
		if (digits.p[i] >= '1' && digits.p[i] <= '9')
			return false;
	}
	return true;
}

struct str
number_text(struct arena *a, enum lang lang, double x, int decimals)
{
	struct str size = str_fmt(a, "%.*f", decimals, fabs(x));
	if (lang == LANG_DA)
		size = str_replace(a, size, S("."), S(","));
	return x < 0 && !shows_zero(size) ? str_cat(a, S("\u2212"), size)
					  : size;
}

struct str
number_signed(struct arena *a, enum lang lang, double x, int decimals)
{
	struct str text = number_text(a, lang, x, decimals);
	return x > 0 && !shows_zero(text) ? str_cat(a, S("+"), text) : text;
}

/* [+-] digits [. digits] [e [+-] digits]: strtod reads more than that. */
static bool
shape(const char *p)
{
	int before = 0, behind = 0, power = 0;
	p += *p == '-' || *p == '+';
	for (; *p >= '0' && *p <= '9'; p++)
		before++;
	if (*p == '.')
		p++;
	for (; *p >= '0' && *p <= '9'; p++)
		behind++;
	if (before + behind == 0 || (*p != 'e' && *p != 'E'))
		return before + behind > 0 && *p == '\0';
	p++;
	p += *p == '-' || *p == '+';
	for (; *p >= '0' && *p <= '9'; p++)
		power++;
	return power > 0 && *p == '\0';
}

bool
number_parse(struct str s, bool comma, double *out)
{
	char text[NUMBER_BYTES];
	if (s.n >= NUMBER_BYTES)
		return false;
	for (ptrdiff_t i = 0; i < s.n; i++)
		text[i] = comma && s.p[i] == ',' ? '.' : s.p[i];
	text[s.n] = '\0';
	if (!shape(text))
		return false;
	*out = strtod(text, NULL);
	return isfinite(*out);
}
