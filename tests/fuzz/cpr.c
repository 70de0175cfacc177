/* SPDX-License-Identifier: MPL-2.0 */

/* Civil registration numbers: what is found is ten digits with no digit beside
 * them, in order; nothing is left to find when they are masked. */
#include "base/cpr.h"

#include "tests/fuzz.h"

static bool
is_digit(struct str s, ptrdiff_t at)
{
	return at >= 0 && at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

static int
digits_in(struct str s)
{
	int n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		bool wide = str_starts(str_sub(s, i, s.n), S("\xEF\xBC")) &&
		    i + 2 < s.n && (unsigned char)s.p[i + 2] >= 0x90 &&
		    (unsigned char)s.p[i + 2] <= 0x99;
		n += wide || is_digit(s, i);
	}
	return n;
}

FUZZ(input)
{
	struct str rest = input, found;
	while ((found = cpr_find(rest)).n > 0) {
		ptrdiff_t at = found.p - rest.p;
		MUST(at >= 0 && at + found.n <= rest.n);
		MUST(digits_in(found) == 10);
		MUST(!is_digit(rest, at - 1) && !is_digit(rest, at + found.n));
		rest = str_sub(rest, at + found.n, rest.n);
	}
	struct str masked = cpr_mask(arena, input);
	MUST(cpr_find(masked).n == 0);
	MUST(rest.p != input.p || str_eq(masked, input));
}
