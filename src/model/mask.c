/* SPDX-License-Identifier: MPL-2.0 */
#include "model/mask.h"

#include "base/buf.h"
#include "base/cpr.h"
#include "base/macros.h"

#define HIDDEN S("[...]")

enum { SHORTEST = 3, PHONE_LEAST = 8, PHONE_MOST = 10, ADDRESS_BYTES = 8192 };

struct mask
mask_new(struct arena *a, ptrdiff_t max)
{
	return (struct mask){
	    .arena = a, .other = arena_new(a, struct str, max), .max = max};
}

static bool
is_own(const struct mask *m, struct str word)
{
	return str_find(m->own, word) >= 0;
}

void
mask_other(struct mask *m, struct str name)
{
	name = str_trim(name);
	if (name.n >= SHORTEST && m->n < m->max && !is_own(m, name))
		m->other[m->n++] = name;
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

/* The same of a phone number, in groups or not. */
static ptrdiff_t
phone_at(struct str text, ptrdiff_t at)
{
	ptrdiff_t digits = 0, end = at, last = at;
	if (!is_digit(text.p[at]) || (at > 0 && in_word(text.p[at - 1])))
		return 0;
	for (; end < text.n && (is_digit(text.p[end]) || text.p[end] == ' ');
	     end++) {
		if (is_digit(text.p[end])) {
			digits++;
			last = end + 1;
		}
	}
	return digits >= PHONE_LEAST && digits <= PHONE_MOST ? last - at : 0;
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
