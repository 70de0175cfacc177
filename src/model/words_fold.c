/* SPDX-License-Identifier: MPL-2.0 */
#include "model/words_fold.h"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

enum { FIRST_MARK = 0x300, LAST_MARK = 0x36f }; /* accents by themselves */

static bool
is_mark(ucs4_t c)
{
	return c >= FIRST_MARK && c <= LAST_MARK;
}

static bool
is_ascii_word(ucs4_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

static bool
is_word(ucs4_t c)
{
	static const uint32_t kinds =
	    UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N;
	return c < 0x80 ? is_ascii_word(c)
			: uc_is_general_category_withtable(c, kinds);
}

/* Joins what stands on both sides: a soft hyphen, a zero-width joiner. */
static bool
is_nothing(ucs4_t c)
{
	return c >= 0x80 && uc_is_property_default_ignorable_code_point(c);
}

static ucs4_t
code_at(struct str s, ptrdiff_t at, int *n)
{
	ucs4_t c = (unsigned char)s.p[at];
	*n = 1;
	if (c >= 0x80)
		*n = u8_mbtouc(
		    &c, (const uint8_t *)s.p + at, (size_t)(s.n - at));
	return c;
}

bool
words_begin(struct str text, ptrdiff_t at)
{
	int n;
	return at < text.n && is_word(code_at(text, at, &n));
}

static void
add(struct words_reader *r, const void *bytes, ptrdiff_t n)
{
	if (r->n + n > r->most) {
		r->most = r->n; /* the rest of the word does not count */
		return;
	}
	memcpy(r->word + r->n, bytes, (size_t)n);
	r->n += n;
}

/* The letter below the accents; the three of Danish are letters themselves. */
static ucs4_t
bare(ucs4_t c)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
	for (;;) {
		switch (c) {
		case 0xe4:
		case 0xc4:
			return 0xe6; /* ä as æ */
		case 0xf6:
		case 0xd6:
			return 0xf8; /* ö as ø */
		case 0xe5:
		case 0xc5:
			return 0xe5;
		default:
			break;
		}
		if (uc_canonical_decomposition(c, parts) < 2 ||
		    !is_mark(parts[1]))
			return c;
		c = parts[0];
	}
}

static void
add_folded(struct words_reader *r, ucs4_t c)
{
	uint8_t bytes[6], folded[32];
	size_t n = sizeof folded;
	c = bare(c);
	if (c == 0xe5) {
		add(r, "aa", 2);
		return;
	}
	if (is_mark(c))
		return;
	int have = u8_uctomb(bytes, c, sizeof bytes);
	const uint8_t *got = u8_casefold(
	    bytes, have > 0 ? (size_t)have : 0, NULL, NULL, folded, &n);
	if (got == folded) /* else longer than any letter's: left out */
		add(r, folded, (ptrdiff_t)n);
}

static void
add_letter(struct words_reader *r, ucs4_t c)
{
	char small = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	if (c < 0x80)
		add(r, &small, 1);
	else if (c == 0xe6 || c == 0xc6)
		add(r, "æ", 2);
	else if (c == 0xf8 || c == 0xd8)
		add(r, "ø", 2);
	else if (!is_nothing(c))
		add_folded(r, c);
}

static void
skip_between(struct words_reader *r)
{
	int n;
	while (r->at < r->text.n && !is_word(code_at(r->text, r->at, &n)))
		r->at += n;
}

struct str
words_next(struct words_reader *r)
{
	r->n = 0;
	r->most = WORD_BYTES;
	/* A word may be made of accents alone: then the next one. */
	while (r->n == 0 && r->at < r->text.n) {
		int n;
		skip_between(r);
		r->from = r->at;
		while (r->at < r->text.n) {
			ucs4_t c = code_at(r->text, r->at, &n);
			if (!is_word(c) && !is_nothing(c))
				break;
			add_letter(r, c);
			r->at += n;
		}
	}
	return (struct str){r->word, r->n};
}
