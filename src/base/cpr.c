/* SPDX-License-Identifier: MPL-2.0 */
#include "base/cpr.h"

#include "base/buf.h"
#include "base/clock.h"

enum { MAX_SEPARATORS = 4, CPR_DIGITS = 10 };

enum kind { OTHER, DIGIT, BLANK, JOINER, PLUS };

struct mark {
	enum kind kind;
	int digit;
	ptrdiff_t bytes; /* 0: the end */
};

static const struct {
	struct str text;
	enum kind kind;
} separators[] = {
    {S_INIT(" "), BLANK},
    {S_INIT("\t"), BLANK},
    {S_INIT("\r"), BLANK},
    {S_INIT("\n"), BLANK},
    {S_INIT("\xC2\xA0"), BLANK}, /* no-break space */
    {S_INIT("\xE2\x80\x87"), BLANK}, /* figure space */
    {S_INIT("\xE2\x80\x89"), BLANK}, /* thin space */
    {S_INIT("\xE2\x80\x8B"), BLANK}, /* zero width space */
    {S_INIT("\xE2\x80\xAF"), BLANK}, /* narrow no-break space */
    {S_INIT("-"), JOINER},
    {S_INIT("."), JOINER},
    {S_INIT("\xC2\xAD"), JOINER}, /* soft hyphen */
    {S_INIT("\xE2\x80\x90"), JOINER}, /* hyphen */
    {S_INIT("\xE2\x80\x91"), JOINER}, /* no-break hyphen */
    {S_INIT("\xE2\x80\x92"), JOINER}, /* figure dash */
    {S_INIT("\xE2\x80\x93"), JOINER}, /* en dash */
    {S_INIT("\xE2\x80\x94"), JOINER}, /* em dash */
    {S_INIT("\xE2\x88\x92"), JOINER}, /* minus */
    {S_INIT("+"), PLUS},
};

static struct mark
mark_at(struct str s, ptrdiff_t at)
{
	if (at >= s.n)
		return (struct mark){.kind = OTHER};
	if (s.p[at] >= '0' && s.p[at] <= '9')
		return (struct mark){DIGIT, s.p[at] - '0', 1};
	struct str rest = str_sub(s, at, s.n);
	/* U+FF10 .. U+FF19 are full-width digits. */
	if (str_starts(rest, S("\xEF\xBC")) && rest.n > 2) {
		int digit = (unsigned char)rest.p[2] - 0x90;
		if (digit >= 0 && digit <= 9)
			return (struct mark){DIGIT, digit, 3};
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(separators); i++) {
		if (str_starts(rest, separators[i].text))
			return (struct mark){.kind = separators[i].kind,
			    .bytes = separators[i].text.n};
	}
	return (struct mark){.kind = OTHER, .bytes = 1};
}

static bool
take_digits(struct str s, ptrdiff_t *at, int n, int *digits)
{
	for (int i = 0; i < n; i++) {
		struct mark m = mark_at(s, *at);
		if (m.kind != DIGIT)
			return false;
		digits[i] = m.digit;
		*at += m.bytes;
	}
	return true;
}

static struct str
take_separator(struct str s, ptrdiff_t *at)
{
	struct mark m = mark_at(s, *at);
	if (m.kind != BLANK && m.kind != JOINER)
		return (struct str){0};
	*at += m.bytes;
	return str_sub(s, *at - m.bytes, *at);
}

/* By the table of the CPR office: which hundred years the seventh digit and
 * the two of the year stand for. */
static int
full_year(int year, int seventh)
{
	if (seventh <= 3)
		return 1900 + year;
	if (seventh == 4 || seventh == 9)
		return year <= 36 ? 2000 + year : 1900 + year;
	return year <= 57 ? 2000 + year : 1800 + year;
}

static bool
is_birthday(const int d[CPR_DIGITS])
{
	struct date date = {.year = full_year(10 * d[4] + d[5], d[6]),
	    .month = 10 * d[2] + d[3],
	    .day = 10 * d[0] + d[1]};
	if (date.month < 1 || date.month > 12 || date.day < 1)
		return false;
	return date_from_days(date_days(date)).day == date.day;
}

/* More of the same number follows. */
static bool
goes_on(struct str s, ptrdiff_t at)
{
	struct mark m = mark_at(s, at);
	return m.kind == DIGIT ||
	    (m.kind == JOINER && mark_at(s, at + m.bytes).kind == DIGIT);
}

/* Where the one that begins at `at` ends; 0: none does.  *spread: separators
 * stand in its date. */
static ptrdiff_t
cpr_end(struct str s, ptrdiff_t at, bool *spread)
{
	int digit[CPR_DIGITS];
	if (!take_digits(s, &at, 2, digit))
		return 0;
	struct str separator = take_separator(s, &at);
	*spread = separator.n > 0;
	if (!take_digits(s, &at, 2, digit + 2) ||
	    !str_eq(*spread ? take_separator(s, &at) : separator, separator) ||
	    !take_digits(s, &at, 2, digit + 4))
		return 0;
	for (int i = 0; i < MAX_SEPARATORS; i++) {
		if (take_separator(s, &at).n == 0)
			break;
	}
	if (!take_digits(s, &at, 4, digit + 6) || goes_on(s, at))
		return 0;
	return is_birthday(digit) ? at : 0;
}

struct str
cpr_find(struct str s)
{
	enum kind before = OTHER, last = OTHER;
	struct mark m;
	for (ptrdiff_t at = 0; at < s.n; at += m.bytes) {
		m = mark_at(s, at);
		bool joined = last == DIGIT || last == PLUS ||
		    (last == JOINER && before == DIGIT);
		bool spread = false;
		ptrdiff_t end =
		    m.kind == DIGIT && !joined ? cpr_end(s, at, &spread) : 0;
		/* "20 30 10 45 9000" is a phone and a post code. */
		if (end > 0 && !(spread && last == BLANK && before == DIGIT))
			return str_sub(s, at, end);
		before = last;
		last = m.kind;
	}
	return (struct str){0};
}

struct str
cpr_mask(struct arena *a, struct str s)
{
	struct str found = cpr_find(s);
	if (found.n == 0)
		return s;
	struct buf b = buf_new(a, 2 * s.n);
	for (; found.n > 0; found = cpr_find(s)) {
		ptrdiff_t at = found.p - s.p;
		buf_add(&b, str_sub(s, 0, at));
		buf_add(&b, S("xxxxxx-xxxx"));
		s = str_sub(s, at + found.n, s.n);
	}
	buf_add(&b, s);
	return buf_str(&b);
}
