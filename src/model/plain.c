/* SPDX-License-Identifier: MPL-2.0 */
#include "model/plain.h"

#include "base/utf8.h"
#include "model/catalogue.h"

enum { TARGET_CITIZEN = 34, TARGET_OTHERS = 24, CHILDISH = 20 };

/* ---- words of the office ---- */

/* Bytes of letters beyond ASCII count as letters: no sign of ours has any. */
static bool
in_word(struct str s, ptrdiff_t i)
{
	char c = i >= 0 && i < s.n ? s.p[i] : ' ';
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Where `phrase` stands in `text` from `at` on as words of its own, and where
 * what it means ends; false: nowhere. */
static bool
find_phrase(struct str text, struct str phrase, ptrdiff_t *at, ptrdiff_t *end)
{
	bool open_end = str_ends(phrase, S("*"));
	phrase = str_sub(phrase, 0, phrase.n - open_end);
	for (;;) {
		ptrdiff_t i = str_find(str_sub(text, *at, text.n), phrase);
		if (i < 0)
			return false;
		*at += i;
		*end = *at + phrase.n;
		while (open_end && in_word(text, *end))
			++*end;
		if (!in_word(text, *at - 1) && !in_word(text, *end))
			return true;
		*at += phrase.n;
	}
}

/* Lower case byte for byte, so that places stay where they are.  Beyond ASCII
 * only the Danish letters matter here (U+00C0 to U+00DE). */
static struct str
lower(struct arena *a, struct str s)
{
	char *p = arena_new(a, char, s.n);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool latin = i > 0 && s.p[i - 1] == '\xc3' && c >= 0x80 &&
		    c <= 0x9e && c != 0x97;
		if ((c >= 'A' && c <= 'Z') || latin)
			c += 0x20;
		p[i] = c == '\n' ? ' ' : (char)c;
	}
	return (struct str){p, s.n};
}

static bool
has_word(const struct plain *p, struct str found)
{
	for (ptrdiff_t i = 0; i < p->n_words; i++) {
		if (str_eq_nocase(p->word[i].found, found))
			return true;
	}
	return false;
}

static void
find_words(struct arena *a, struct str text, enum lang lang, struct plain *p)
{
	struct str low = lower(a, text);
	struct catalogue_items all = catalogue_list(S("office_words"));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct catalogue_item *item = &all.list[i];
		ptrdiff_t at = 0, end = 0;
		for (; find_phrase(low, catalogue_name(item, lang), &at, &end);
		     at = end) {
			struct str found = str_sub(text, at, end);
			if (p->n_words == PLAIN_WORDS)
				return;
			if (!has_word(p, found))
				p->word[p->n_words++] = (struct plain_word){
				    found, catalogue_text(item, lang)};
		}
	}
}

/* ---- how hard it is ---- */

static enum plain_finding
finding_of(const struct plain *p, enum plain_reader reader)
{
	if (p->lix.words == 0)
		return PLAIN_EMPTY;
	if (p->lix.rounded > PLAIN_STOPS)
		return PLAIN_TOO_HARD;
	if (p->lix.rounded > p->target)
		return PLAIN_HARD;
	if (reader == PLAIN_CITIZEN && p->lix.rounded < CHILDISH)
		return PLAIN_CHILDISH;
	return PLAIN_GOOD;
}

struct plain
plain_check(
    struct arena *a, struct str text, enum lang lang, enum plain_reader reader)
{
	ptrdiff_t at[PLAIN_HARDEST] = {0};
	struct plain p = {
	    .lix = lix_of(a, text, LIX_PLAIN),
	    .target = reader == PLAIN_CITIZEN ? TARGET_CITIZEN : TARGET_OTHERS,
	};
	p.finding = finding_of(&p, reader);
	if (p.finding >= PLAIN_HARD)
		p.n_hardest = lix_hardest(&p.lix, at, PLAIN_HARDEST);
	for (ptrdiff_t i = 0; i < p.n_hardest; i++)
		p.hardest[i] = p.lix.sentence[at[i]].text;
	find_words(a, text, lang, &p);
	return p;
}
