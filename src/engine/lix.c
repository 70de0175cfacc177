/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/lix.h"

#include <math.h>
#include <string.h>

#include "engine/lix_parts.h"

enum {
	LONG_LETTERS = 7,
	FIRST_SENTENCES = 16,
	/* So many words behind "bliver" a participle is looked for. */
	PARTICIPLE_REACH = 6
};

struct scan {
	struct arena *arena;
	struct str text;
	const char *lower; /* the same, in lower case, byte for byte */
	struct lix l;
	ptrdiff_t cap; /* of l.sentence */
	struct str *long_word; /* in lower case */
	ptrdiff_t long_cap;
	struct lix_sentence now;
	ptrdiff_t from; /* of the sentence; -1: not begun */
	int reach; /* words left in which a participle is looked for */
};

/* ---- characters ---- */

static bool
space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The code point at `i`, and its bytes; never past the end. */
static uint32_t
code_point(struct str s, ptrdiff_t i, int *bytes)
{
	unsigned char c = (unsigned char)s.p[i];
	int n = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	uint32_t point = n == 1 ? c : c & (0xFFU >> (n + 1));
	*bytes = 1;
	for (int k = 1; k < n && i + k < s.n; k++) {
		point = point << 6 | ((unsigned char)s.p[i + k] & 0x3FU);
		*bytes = k + 1;
	}
	return point;
}

/* Letters of any script, as near as a few ranges come: not the accents that
 * are put on one, nor punctuation, symbols and pictures. */
static bool
letter(uint32_t p)
{
	if (p < 0x80)
		return (p >= 'a' && p <= 'z') || (p >= 'A' && p <= 'Z');
	if (p < 0xC0)
		return p == 0xAA || p == 0xB5 || p == 0xBA;
	if (p < 0x2000)
		return p != 0xD7 && p != 0xF7 && (p < 0x300 || p > 0x36F);
	return p >= 0x2C00 && !(p >= 0x2E00 && p <= 0x303F) &&
	    !(p >= 0xE000 && p <= 0xF8FF) && !(p >= 0xFE00 && p <= 0xFE6F) &&
	    !(p >= 0xFF00 && p <= 0xFF20) && p < 0x1D000;
}

static bool
digit(uint32_t p)
{
	return p >= '0' && p <= '9';
}

/* A letter without case counts as a capital: it may begin a sentence. */
static bool
small(uint32_t p)
{
	if (p < 0x80)
		return p >= 'a' && p <= 'z';
	return (p >= 0xDF && p <= 0xFF) ||
	    (p >= 0x100 && p <= 0x17F && p % 2 == 1);
}

/* A slash, a long dash or an ellipsis: two words */
static bool
parts_words(uint32_t p)
{
	return p == '/' || p == 0x2013 || p == 0x2014 || p == 0x2026;
}

/* ASCII and Latin-1 only: what Danish is written with, the same length. */
static char *
lower_copy(struct arena *a, struct str s)
{
	char *p = arena_new(a, char, s.n + 1);
	for (ptrdiff_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] + (s.p[i] >= 'A' && s.p[i] <= 'Z') * 32);
	for (ptrdiff_t i = 0; i + 1 < s.n; i++) {
		unsigned char next = (unsigned char)p[i + 1];
		if ((unsigned char)p[i] == 0xC3 && next >= 0x80 &&
		    next <= 0x9E && next != 0x97)
			p[i + 1] = (char)(next + 32);
	}
	return p;
}

/* ---- words ---- */

static void
add_long(struct scan *s, struct str word)
{
	if (s->now.long_words + s->l.long_words == s->long_cap) {
		ptrdiff_t cap = s->long_cap > 0 ? 2 * s->long_cap : 64;
		struct str *more = arena_new(s->arena, struct str, cap);
		if (s->long_cap > 0)
			memcpy(more, s->long_word,
			    (size_t)s->long_cap * sizeof *more);
		s->long_word = more;
		s->long_cap = cap;
	}
	s->long_word[s->l.long_words + s->now.long_words++] = word;
}

/* A capital inside a sentence is a name: Johannes is not passive. */
static void
look_for_passive(struct scan *s, struct str word, bool name)
{
	if (!name && lix_s_passive(word))
		s->now.s_passive = true;
	if (s->reach > 0 && lix_participle(word))
		s->now.blive_passive = true;
	s->reach = lix_blive(word) ? PARTICIPLE_REACH
	    : s->reach > 0	   ? s->reach - 1
				   : 0;
}

struct token {
	struct str text, lower;
	bool address; /* of a page or a mailbox: one word */
};

/* [from, to) of the token: a word with so many letters. */
static void
add_word(struct scan *s, const struct token *t, ptrdiff_t from, ptrdiff_t to)
{
	struct str word = str_sub(t->lower, from, to);
	int bytes, letters = 0;
	for (ptrdiff_t i = from; i < to; i += bytes)
		letters += letter(code_point(t->text, i, &bytes));
	bool name = s->now.words > 0 && t->text.p[from] != t->lower.p[from];
	s->now.words++;
	if (letters >= LONG_LETTERS)
		add_long(s, word);
	look_for_passive(s, word, name);
}

/* From the first letter or digit of each part to its last. */
static void
add_words(struct scan *s, const struct token *t)
{
	ptrdiff_t from = -1, to = 0;
	int bytes;
	for (ptrdiff_t i = 0; i < t->text.n; i += bytes) {
		uint32_t p = code_point(t->text, i, &bytes);
		if (letter(p) || digit(p)) {
			from = from < 0 ? i : from;
			to = i + bytes;
		} else if (from >= 0 && !t->address && parts_words(p)) {
			add_word(s, t, from, to);
			from = -1;
		}
	}
	if (from >= 0)
		add_word(s, t, from, to);
	if (t->text.p[t->text.n - 1] == ',' || t->text.p[t->text.n - 1] == ';')
		s->reach = 0;
}

/* ---- the ends of sentences ---- */

enum next { NEXT_END, NEXT_SMALL, NEXT_CAPITAL, NEXT_DIGIT };

/* What the first letter or digit behind `i` is. */
static enum next
look_ahead(const struct scan *s, ptrdiff_t i, struct str *word)
{
	enum { REACH_BYTES = 64 };
	ptrdiff_t end =
	    i + REACH_BYTES < s->text.n ? i + REACH_BYTES : s->text.n;
	int bytes;
	for (; i < end && s->text.p[i] != '\n'; i += bytes) {
		uint32_t p = code_point(s->text, i, &bytes);
		ptrdiff_t to = i;
		if (digit(p))
			return NEXT_DIGIT;
		if (!letter(p))
			continue;
		while (to < end && !space(s->text.p[to]))
			to++;
		*word = (struct str){s->lower + i, to - i};
		return small(p) ? NEXT_SMALL : NEXT_CAPITAL;
	}
	return NEXT_END;
}

/* Takes quotes and brackets off the end; whether there were any. */
static bool
take_closers(struct str *core)
{
	static const char *const closers[] = {"\"", "'", ")", "]", "\u201D",
	    "\u201C", "\u2019", "\u00BB", "\u00AB", "\u203A", "\u2039"};
	struct str all = *core;
	unsigned char last = (unsigned char)core->p[core->n - 1];
	if ((last >= '0' && last <= '9') || (last >= 'a' && last <= 'z'))
		return false;
	for (ptrdiff_t i = 0; i < COUNT_OF(closers);) {
		struct str closer = str_c(closers[i++]);
		if (str_ends(*core, closer)) {
			core->n -= closer.n;
			i = 0;
		}
	}
	return core->n < all.n;
}

static struct str
without_openers(struct str s)
{
	int bytes;
	while (s.n > 0) {
		uint32_t p = code_point(s, 0, &bytes);
		if (letter(p) || digit(p))
			break;
		s = str_sub(s, bytes, s.n);
	}
	return s;
}

/* "m.h.t": single letters with points between. */
static bool
letters_and_points(struct str s)
{
	int bytes, points = 0;
	bool point = true;
	for (ptrdiff_t i = 0; i < s.n; i += bytes) {
		uint32_t p = code_point(s, i, &bytes);
		if (point ? !letter(p) : p != '.')
			return false;
		points += !point;
		point = !point;
	}
	return points > 0 && !point;
}

static bool
number(struct str s)
{
	bool any = false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9')
			any = true;
		else if (c != '.' && c != ',' && c != ':' && c != '-')
			return false;
	}
	return any;
}

/* Whether a point behind `core`, a part of the token in lower case, ends the
 * sentence; `word` comes next.  Capitals are initials: B., H.C. */
static bool
point_ends(
    const struct token *t, struct str core, enum next next, struct str word)
{
	int bytes = 0;
	core = without_openers(core);
	if (core.n == 0)
		return true;
	if (number(core))
		return next == NEXT_CAPITAL && !lix_month(word);
	code_point(core, 0, &bytes);
	if (bytes == core.n || letters_and_points(core))
		return next == NEXT_CAPITAL &&
		    lix_short_of(core) != SHORT_INSIDE &&
		    memcmp(core.p, t->text.p + (core.p - t->lower.p),
			(size_t)core.n) == 0;
	enum lix_short kind = lix_short_of(core);
	return kind == SHORT_NOT ||
	    (kind == SHORT_MAYBE_LAST && next == NEXT_CAPITAL);
}

/* Whether the token ends a sentence; what stands behind it begins at `i`. */
static bool
ends(const struct scan *s, const struct token *t, ptrdiff_t i)
{
	struct str core = t->lower, word = {0};
	bool closed = take_closers(&core);
	if (core.n == 0)
		return false;
	char last = core.p[core.n - 1];
	bool ellipsis = str_ends(core, S("..")) || str_ends(core, S("\u2026"));
	if (last != '.' && last != '!' && last != '?' && !ellipsis)
		return false;
	enum next next = look_ahead(s, i, &word);
	if ((closed || ellipsis) && next == NEXT_SMALL)
		return false;
	if (last != '.' || ellipsis || next == NEXT_END)
		return true;
	core.n--;
	return point_ends(t, core, next, word);
}

static void
end_sentence(struct scan *s, ptrdiff_t to)
{
	struct lix *l = &s->l;
	if (s->now.words == 0)
		return;
	if (l->sentences == s->cap) {
		ptrdiff_t cap = s->cap > 0 ? 2 * s->cap : FIRST_SENTENCES;
		struct lix_sentence *more =
		    arena_new(s->arena, struct lix_sentence, cap);
		if (s->cap > 0)
			memcpy(
			    more, l->sentence, (size_t)s->cap * sizeof *more);
		l->sentence = more;
		s->cap = cap;
	}
	s->now.text = str_trim(str_sub(s->text, s->from, to));
	l->words += s->now.words;
	l->long_words += s->now.long_words;
	l->passive += s->now.s_passive || s->now.blive_passive;
	l->sentence[l->sentences++] = s->now;
	s->now = (struct lix_sentence){0};
	s->from = -1;
	s->reach = 0;
}

static bool
address(struct str lower)
{
	return str_find_byte(lower, '@') > 0 || str_starts(lower, S("www.")) ||
	    (str_find_byte(lower, ':') > 0 && str_find(lower, S("://")) > 0);
}

static void
scan(struct scan *s)
{
	struct str all = s->text;
	for (ptrdiff_t i = 0; i < all.n;) {
		if (all.p[i] == '\n')
			end_sentence(s, i);
		if (space(all.p[i])) {
			i++;
			continue;
		}
		ptrdiff_t from = i;
		while (i < all.n && !space(all.p[i]))
			i++;
		struct token t = {.text = str_sub(all, from, i),
		    .lower = {s->lower + from, i - from}};
		t.address = address(t.lower);
		s->from = s->from < 0 ? from : s->from;
		add_words(s, &t);
		if (ends(s, &t, i))
			end_sentence(s, i);
	}
	end_sentence(s, all.n);
}

/* ---- the whole ---- */

enum lix_band
lix_band_of(int rounded)
{
	static const int above[] = {25, 35, 45, 55};
	int band = LIX_VERY_EASY;
	while (band < LIX_VERY_HARD && rounded >= above[band])
		band++;
	return (enum lix_band)band;
}

static double
value(int64_t words, int64_t sentences, int64_t long_words)
{
	return (double)words / (double)sentences +
	    100 * (double)long_words / (double)words;
}

/* In whole numbers, so that 24.5 is 25 whatever the division does. */
static int
half_up(const struct lix *l)
{
	int64_t under = 2 * l->sentences * l->words;
	int64_t over =
	    2 * (l->words * l->words + 100 * l->long_words * l->sentences) +
	    l->sentences * l->words;
	return (int)(over / under);
}

struct lix
lix_of_prose(struct arena *a, struct str prose)
{
	struct scan s = {.arena = a, .text = prose, .from = -1};
	struct lix *l = &s.l;
	s.lower = lower_copy(a, prose);
	scan(&s);
	lix_count_long(a, s.long_word, l);
	l->sure = l->words >= LIX_SURE_WORDS;
	l->lix = NAN;
	l->band = LIX_NO_BAND;
	if (l->words == 0)
		return *l;
	l->lix = value(l->words, l->sentences, l->long_words);
	l->rounded = half_up(l);
	l->band = lix_band_of(l->rounded);
	return *l;
}

struct lix
lix_of(struct arena *a, struct str text, enum lix_form form)
{
	return lix_of_prose(a, lix_prose(a, text, form));
}

/* How much the value falls without it. */
static double
weight(const struct lix *l, const struct lix_sentence *s)
{
	if (l->sentences < 2)
		return 1;
	return l->lix -
	    value(l->words - s->words, l->sentences - 1,
		l->long_words - s->long_words);
}

ptrdiff_t
lix_hardest(const struct lix *l, ptrdiff_t *at, ptrdiff_t most)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->sentences; i++) {
		double w = weight(l, &l->sentence[i]);
		ptrdiff_t k = n;
		while (k > 0 && w > weight(l, &l->sentence[at[k - 1]]))
			k--;
		if (k == most)
			continue;
		n += n < most;
		for (ptrdiff_t m = n - 1; m > k; m--)
			at[m] = at[m - 1];
		at[k] = i;
	}
	return n;
}
