/* SPDX-License-Identifier: MPL-2.0 */
#include "base/utf8.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/buf.h"

static bool
is_below(struct str s, unsigned char limit)
{
	unsigned char most = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		most = c > most ? c : most;
	}
	return most < limit;
}

static bool
is_ascii(struct str s)
{
	return is_below(s, 0x80);
}

bool
utf8_valid(struct str s)
{
	if (!is_ascii(s) && u8_check((const uint8_t *)s.p, (size_t)s.n) != NULL)
		return false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
		    c == 0x7f)
			return false;
		if (c == 0xc2 && (unsigned char)s.p[i + 1] < 0xa0)
			return false; /* C1 controls */
	}
	return true;
}

bool
utf8_blank(struct str s)
{
	static const ucs4_t empty_braille = 0x2800;
	for (ptrdiff_t i = 0; i < s.n;) {
		ucs4_t c;
		i += u8_mbtouc(&c, (const uint8_t *)s.p + i, (size_t)(s.n - i));
		if (!uc_is_property_white_space(c) &&
		    !uc_is_property_default_ignorable_code_point(c) &&
		    c != empty_braille)
			return false;
	}
	return true;
}

static bool
starts_code_point(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

ptrdiff_t
utf8_length(struct str s)
{
	ptrdiff_t count = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		count += starts_code_point(s.p[i]);
	return count;
}

struct str
utf8_cut(struct str s, ptrdiff_t max)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (starts_code_point(s.p[i]) && max-- == 0)
			return str_sub(s, 0, i);
	}
	return s;
}

/* Text that libunistring allocated. */
struct lent {
	uint8_t *text;
};

static void
give_back(void *arg)
{
	struct lent *lent = arg;
	free(lent->text);
	lent->text = NULL;
}

/* Room for one, given back at the latest when the arena closes: the copy that
 * is made of it may find the arena full. */
static struct lent *
lend(struct arena *a)
{
	struct lent *lent = arena_new(a, struct lent, 1);
	arena_defer(a, give_back, lent);
	return lent;
}

static struct str
take(struct arena *a, struct lent *lent, size_t n)
{
	if (lent->text == NULL) /* only when malloc failed */
		abort();
	struct str text = {(char *)lent->text, (ptrdiff_t)n};
	struct str copy = str_dup(a, text);
	give_back(lent);
	return copy;
}

static struct str
normal(struct arena *a, uninorm_t form, struct str s)
{
	size_t n = 0;
	if (s.n == 0)
		return s;
	struct lent *lent = lend(a);
	lent->text =
	    u8_normalize(form, (const uint8_t *)s.p, (size_t)s.n, NULL, &n);
	return take(a, lent, n);
}

/* Nothing below U+0300, which begins with the byte CC, is put together with
 * what stands before it: Danish text is normal as it is. */
struct str
utf8_normal(struct arena *a, struct str s)
{
	if (str_find_byte(s, '\r') >= 0)
		s = str_replace(a, s, S("\r\n"), S("\n"));
	if (str_find_byte(s, '\r') >= 0)
		s = str_replace(a, s, S("\r"), S("\n"));
	return is_below(s, 0xcc) ? s : normal(a, UNINORM_NFC, s);
}

struct str
utf8_fold(struct arena *a, struct str s)
{
	size_t n = 0;
	if (is_ascii(s))
		return str_lower_ascii(a, s);
	struct lent *lent = lend(a);
	lent->text = u8_casefold(
	    (const uint8_t *)s.p, (size_t)s.n, NULL, UNINORM_NFC, NULL, &n);
	return take(a, lent, n);
}

/* A letter's place, or 0 to leave it as it is.  The three letters after z
 * take the three ASCII places after 'z'. */
static char
danish_place(ucs4_t c)
{
	switch (c) {
	case 0xe6: /* æ */
	case 0xe4: /* ä */
		return '{';
	case 0xf8: /* ø */
	case 0xf6: /* ö */
		return '|';
	case 0xe5: /* å */
		return '}';
	case 0xfc: /* ü */
		return 'y';
	default:
		return 0;
	}
}

/* The letter that accents stand on: é gives e, ễ too, ǿ gives ø. */
static ucs4_t
without_accent(ucs4_t c)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
	while (danish_place(c) == 0 && uc_canonical_decomposition(c, parts) > 0)
		c = parts[0];
	return c;
}

static void
add_letter(struct buf *key, ucs4_t c)
{
	c = without_accent(c);
	char place = danish_place(c);
	if (place != 0) {
		buf_byte(key, place);
		return;
	}
	if (uc_combining_class(c) != UC_CCC_NR)
		return; /* an accent by itself */
	uint8_t bytes[6];
	int n = u8_uctomb(bytes, c, sizeof bytes);
	buf_add(key, (struct str){(char *)bytes, n > 0 ? n : 0});
}

static bool
is_double_a(struct str s, ptrdiff_t i)
{
	return str_eq_nocase(str_sub(s, i, i + 2), S("aa"));
}

/* What decides where all letters are the same: accents and case as the bytes
 * have it, and å before aa (Åbenrå, Aabenraa). */
static void
add_spelling(struct buf *key, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (is_double_a(s, i)) {
			buf_add(key, s.p[i] == 'a' ? S("å~") : S("Å~"));
			i++;
		} else {
			buf_byte(key, s.p[i]);
		}
	}
}

struct str
utf8_sort_key(struct arena *a, struct str s)
{
	struct str folded = utf8_fold(a, s);
	struct buf key = buf_new(a, 16 * s.n + 16);
	for (ptrdiff_t i = 0; i < folded.n;) {
		ucs4_t c;
		const uint8_t *at = (const uint8_t *)folded.p + i;
		if (is_double_a(folded, i)) {
			buf_byte(&key, '}');
			i += 2;
			continue;
		}
		int n = u8_mbtouc(&c, at, (size_t)(folded.n - i));
		add_letter(&key, c);
		i += n;
	}
	buf_byte(&key, '\x01'); /* shorter first, then accents and case */
	add_spelling(&key, s);
	return buf_str(&key);
}
