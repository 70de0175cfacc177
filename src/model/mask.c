/* SPDX-License-Identifier: MPL-2.0 */
#include "model/mask.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/macros.h"

#define HIDDEN S("[...]")

/* Digits of a phone number: Danish, or with the country (E.164). */
enum { SHORTEST = 3, PHONE_LEAST = 8, PHONE_MOST = 15, ADDRESS_BYTES = 8192 };

struct mask
mask_new(struct arena *a, ptrdiff_t max)
{
	return (struct mask){
	    .arena = a, .other = arena_new(a, struct str, max), .max = max};
}

/* Of a word: a letter, a digit, or a byte of a letter beyond ASCII. */
static bool
in_word(char c)
{
	unsigned char u = (unsigned char)c;
	return (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') ||
	    (u >= 'a' && u <= 'z') || u >= 0x80;
}

static bool
stands_alone(struct str text, ptrdiff_t at, ptrdiff_t n)
{
	bool before = at == 0 || !in_word(text.p[at - 1]);
	/* A Danish genitive is the name and an s. */
	ptrdiff_t end = at + n;
	if (end < text.n && text.p[end] == 's')
		end++;
	return before && (end == text.n || !in_word(text.p[end]));
}

/* As a word of its own: Jens is not in Jensen. */
static bool
is_own(const struct mask *m, struct str word)
{
	for (ptrdiff_t at = 0; at + word.n <= m->own.n; at++) {
		if (str_eq(str_sub(m->own, at, at + word.n), word) &&
		    stands_alone(m->own, at, word.n))
			return true;
	}
	return false;
}

void
mask_other(struct mask *m, struct str name)
{
	name = str_trim(name);
	if (name.n >= SHORTEST && m->n < m->max && !is_own(m, name))
		m->other[m->n++] = name;
}

static struct str
without_name(const struct mask *m, struct str text, struct str name)
{
	if (str_find(text, name) < 0)
		return text;
	struct buf b = buf_new(m->arena, 4 * text.n + ADDRESS_BYTES);
	ptrdiff_t from = 0;
	for (ptrdiff_t at = 0; at + name.n <= text.n; at++) {
		if (!str_eq(str_sub(text, at, at + name.n), name) ||
		    !stands_alone(text, at, name.n))
			continue;
		buf_add(&b, str_sub(text, from, at));
		buf_add(&b, HIDDEN);
		from = at + name.n;
		at = from - 1;
	}
	buf_add(&b, str_sub(text, from, text.n));
	return buf_str(&b);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
in_mail(char c)
{
	return in_word(c) || c == '.' || c == '@' || c == '-' || c == '_' ||
	    c == '+';
}

/* How many bytes from `at` are a mail address; 0: none. */
static ptrdiff_t
mail_at(struct str text, ptrdiff_t at)
{
	ptrdiff_t end = at;
	if (at > 0 && in_mail(text.p[at - 1]))
		return 0;
	while (end < text.n && in_mail(text.p[end]))
		end++;
	struct str word = str_sub(text, at, end);
	ptrdiff_t sign = str_find_byte(word, '@');
	return sign > 0 && sign + 1 < word.n ? end - at : 0;
}

static ptrdiff_t
digits_at(struct str text, ptrdiff_t at)
{
	ptrdiff_t end = at;
	while (end < text.n && is_digit(text.p[end]))
		end++;
	return end - at;
}

/* The same of a phone number: its digits together, in groups with blanks, or in
 * pairs with a dash or a dot (a day, 24.11.2026, is not in pairs). */
static ptrdiff_t
phone_at(struct str text, ptrdiff_t at)
{
	ptrdiff_t digits = 0, end = at, last = at;
	bool pairs = true, blanks = true;
	if (!is_digit(text.p[at]) || (at > 0 && in_word(text.p[at - 1])))
		return 0;
	for (ptrdiff_t n; (n = digits_at(text, end)) > 0; end = last + 1) {
		pairs = pairs && n == 2;
		digits += n;
		last = end + n;
		if (last == text.n || str_find_byte(S(" -."), text.p[last]) < 0)
			break;
		blanks = blanks &&
		    (text.p[last] == ' ' || digits_at(text, last + 1) == 0);
	}
	return (pairs || blanks) && digits >= PHONE_LEAST &&
		digits <= PHONE_MOST
	    ? last - at
	    : 0;
}

static struct str
without_numbers(const struct mask *m, struct str text)
{
	struct buf b = buf_new(m->arena, 4 * text.n + ADDRESS_BYTES);
	for (ptrdiff_t at = 0; at < text.n;) {
		ptrdiff_t n = mail_at(text, at);
		if (n == 0)
			n = phone_at(text, at);
		if (n > 0 && !is_own(m, str_sub(text, at, at + n))) {
			buf_add(&b, HIDDEN);
			at += n;
			continue;
		}
		n = n > 0 ? n : 1;
		buf_add(&b, str_sub(text, at, at + n));
		at += n;
	}
	return buf_str(&b);
}

struct str
mask_text(const struct mask *m, struct str text)
{
	for (ptrdiff_t i = 0; i < m->n; i++)
		text = without_name(m, text, m->other[i]);
	return without_numbers(m, cpr_mask(m->arena, text));
}
