/* SPDX-License-Identifier: MPL-2.0 */
#include "base/lang.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"

/* Dates, times and numbers as people of the language write them; the words of
 * the product are in lang.c.  Danish: Retskrivningsordbogen, Dansk Sprognævn
 * (24. november 2026, kl. 9.05, 12.345). */

static const char *const months[LANG_COUNT][12] = {
    [LANG_DA] = {"januar", "februar", "marts", "april", "maj", "juni", "juli",
	"august", "september", "oktober", "november", "december"},
    [LANG_EN] = {"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"},
};

struct str
lang_date(struct arena *a, enum lang lang, struct date d)
{
	struct buf b = buf_new(a, 64);
	if (!date_is_set(d))
		return (struct str){0};
	buf_int(&b, d.day);
	buf_add(&b, lang == LANG_DA ? S(". ") : S(" "));
	buf_add(&b, str_c(months[lang][d.month - 1]));
	buf_byte(&b, ' ');
	buf_int(&b, d.year);
	return buf_str(&b);
}

struct str
lang_time(struct arena *a, enum lang lang, int64_t us)
{
	struct civil c = civil_danish(us);
	struct str day = lang_date(a, lang, c.date);
	if (lang == LANG_DA)
		return str_fmt(
		    a, "%.*s kl. %d.%02d", STR_ARG(day), c.hour, c.minute);
	return str_fmt(a, "%.*s, %02d:%02d", STR_ARG(day), c.hour, c.minute);
}

struct str
lang_int(struct arena *a, enum lang lang, int64_t value)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRId64, value);
	int first = value < 0 ? 1 : 0;
	struct buf b = buf_new(a, 2 * (ptrdiff_t)sizeof digits);
	for (int i = 0; i < n; i++) {
		if (i > first && (n - i) % 3 == 0)
			buf_byte(&b, lang == LANG_DA ? '.' : ',');
		buf_byte(&b, digits[i]);
	}
	return buf_str(&b);
}

struct str
tr_fill(struct arena *a, struct str text, const struct str *args, ptrdiff_t n)
{
	struct buf b = buf_new(a, PTRDIFF_MAX / 4);
	ptrdiff_t from = 0;
	for (ptrdiff_t i = 0; i + 1 < text.n; i++) {
		ptrdiff_t which = text.p[i + 1] - '1';
		if (text.p[i] != '%' || which < 0 || which >= n || which > 8)
			continue;
		buf_add(&b, str_sub(text, from, i));
		buf_add(&b, args[which]);
		from = i + 2;
		i++;
	}
	buf_add(&b, str_sub(text, from, text.n));
	return buf_str(&b);
}

struct str
lang_code(enum lang lang)
{
	return lang == LANG_DA ? S("da") : S("en");
}

enum lang
lang_parse(struct str s, enum lang otherwise)
{
	struct str code = str_cut(&s, '-');
	if (str_eq_nocase(code, S("da")))
		return LANG_DA;
	if (str_eq_nocase(code, S("en")))
		return LANG_EN;
	return otherwise;
}
