/* SPDX-License-Identifier: MPL-2.0 */
#include "base/cpr.h"

enum { DATE_DIGITS = 6, SERIAL_DIGITS = 4 };

static bool
is_digit(struct str s, ptrdiff_t i)
{
	return i >= 0 && i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static bool
are_digits(struct str s, ptrdiff_t from, ptrdiff_t n)
{
	for (ptrdiff_t i = from; i < from + n; i++) {
		if (!is_digit(s, i))
			return false;
	}
	return true;
}

static int
two(struct str s, ptrdiff_t at)
{
	return (s.p[at] - '0') * 10 + (s.p[at + 1] - '0');
}

/* The bytes between date and serial number: "", " ", "-" or an en dash. */
static ptrdiff_t
gap(struct str s, ptrdiff_t at)
{
	struct str rest = str_sub(s, at, s.n);
	if (str_starts(rest, S(" ")) || str_starts(rest, S("-")))
		return 1;
	return str_starts(rest, S("–")) ? S("–").n : 0;
}

struct str
cpr_find(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (is_digit(s, i - 1) || !are_digits(s, i, DATE_DIGITS))
			continue;
		ptrdiff_t serial = i + DATE_DIGITS;
		serial += gap(s, serial);
		ptrdiff_t end = serial + SERIAL_DIGITS;
		int day = two(s, i), month = two(s, i + 2);
		if (are_digits(s, serial, SERIAL_DIGITS) && !is_digit(s, end) &&
		    day >= 1 && day <= 31 && month >= 1 && month <= 12)
			return str_sub(s, i, end);
	}
	return (struct str){0};
}
