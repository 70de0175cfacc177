/* SPDX-License-Identifier: MPL-2.0 */

/* Small values as people type them: numbers, dates, ids, codes of paper and of
 * an authenticator.  Each is read a second time by other means. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/secret.h"
#include "base/totp.h"
#include "model/code.h"
#include "tests/fuzz.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What strtoll() makes of it, where that has no opinion of its own. */
static void
check_int(struct arena *a, struct str s)
{
	int64_t fast;
	bool ok = str_int(s, &fast);
	struct str digits = str_sub(s, str_starts(s, S("-")), s.n);
	bool plain = digits.n > 0;
	for (ptrdiff_t i = 0; i < digits.n; i++)
		plain = plain && is_digit(digits.p[i]);
	const char *text = plain ? str_cstr(a, s) : "";
	errno = 0;
	long long slow = strtoll(text, NULL, 10);
	MUST(ok == (plain && errno == 0));
	MUST(!ok || fast == slow);
}

static int
days_in(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
	return days[month - 1] + (month == 2 && leap);
}

static bool
is_date(struct str s)
{
	static const char form[] = "dddd-dd-dd";
	if (s.n != (ptrdiff_t)sizeof form - 1)
		return false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (form[i] == 'd' ? !is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	}
	int month = (s.p[5] - '0') * 10 + s.p[6] - '0';
	int day = (s.p[8] - '0') * 10 + s.p[9] - '0';
	int year = 0;
	for (ptrdiff_t i = 0; i < 4; i++)
		year = year * 10 + s.p[i] - '0';
	return year > 0 && month >= 1 && month <= 12 && day >= 1 &&
	    day <= days_in(year, month);
}

static void
check_date(struct arena *a, struct str s)
{
	struct date d, next, last;
	bool ok = date_parse(s, &d);
	MUST(ok == is_date(s));
	if (!ok)
		return;
	MUST(str_eq(date_iso(a, d), s));
	next = date_from_days(date_days(d) + 1);
	last = (struct date){d.year, d.month, days_in(d.year, d.month)};
	bool turns = date_cmp(d, last) == 0;
	MUST(next.day == (turns ? 1 : d.day + 1));
	MUST(date_cmp(d, next) < 0);
	MUST(date_weekday(next) == (date_weekday(d) + 1) % 7);
	MUST(date_cmp(civil_utc(date_us(d)).date, d) == 0);
}

static void
check_id(struct arena *a, struct str s)
{
	struct id id, back;
	if (!id_parse(s, &id))
		return;
	struct str text = id_text(a, id);
	MUST(str_eq(text, str_lower_ascii(a, s)));
	MUST(id_parse(text, &back) && id_eq(id, back));
}

/* The alphabet of Crockford's base32, with what is forgiven. */
static void
check_token(struct arena *a, struct str s)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	struct str token = token_normal(a, s);
	MUST(token.n == 0 || token.n == 26);
	for (ptrdiff_t i = 0; i < token.n; i++)
		MUST(token.p[i] != 0 && strchr(letters, token.p[i]) != NULL);
	if (token.n == 0)
		return;
	MUST(str_eq(token_normal(a, token), token));
	MUST(str_eq(token_normal(a, token_groups(a, token)), token));
	MUST(str_eq(token_normal(a, str_lower_ascii(a, s)), token));
}

/* A citizen's code: the same when it is written again, and never longer than
 * what was typed. */
static void
check_citizen(struct arena *a, struct str s)
{
	struct code code, again;
	if (!code_parse(a, s, &code))
		return;
	struct str text = code_text(a, code.short_code, code.token);
	MUST(code.short_code.n > 0 && code.token.n == 26);
	MUST(code.short_code.n + code.token.n <= s.n);
	MUST(code_parse(a, text, &again));
	MUST(str_eq(again.short_code, code.short_code));
	MUST(str_eq(again.token, code.token));
	MUST(str_eq(code_text(a, again.short_code, again.token), text));
}

/* Right when it is the code that is shown, however it is spaced.  The length
 * says when it is, so that a few seeds can be right. */
static void
check_code(struct arena *a, struct str s)
{
	struct str key = S("12345678901234567890"); /* RFC 6238, appendix B */
	struct str digits = str_replace(a, s, S(" "), S(""));
	int64_t now = s.n + 2; /* in steps */
	int64_t step = totp_match(key, now * TOTP_STEP_SECONDS * SECOND_US, s);
	bool right = false;
	for (int64_t at = now - 1; at <= now + 1; at++) {
		char code[8];
		snprintf(code, sizeof code, "%06d", totp_code(key, at));
		right = right || str_eq(digits, str_c(code));
		MUST(step != at || str_eq(digits, str_c(code)));
	}
	MUST((step >= 0) == right);
}

FUZZ(input)
{
	check_int(arena, input);
	check_date(arena, input);
	check_id(arena, input);
	check_token(arena, input);
	check_citizen(arena, input);
	check_code(arena, input);
}
