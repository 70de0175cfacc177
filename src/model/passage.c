/* SPDX-License-Identifier: MPL-2.0 */
#include "model/passage.h"

#include "base/buf.h"
#include "base/macros.h"
#include "base/utf8.h"

/* ---- a place in the text ---- */

static bool
is_start(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

/* The byte where code point `at` begins; -1: it is past the end. */
static ptrdiff_t
byte_of(struct str text, int64_t at)
{
	int64_t seen = 0;
	for (ptrdiff_t i = 0; i < text.n; i++) {
		if (!is_start(text.p[i]))
			continue;
		if (seen == at)
			return i;
		seen++;
	}
	return seen == at ? text.n : -1;
}

struct str
passage_words(struct str text, struct passage p)
{
	if (p.from < 0 || p.to <= p.from)
		return (struct str){0};
	ptrdiff_t from = byte_of(text, p.from), to = byte_of(text, p.to);
	if (from < 0 || to < 0)
		return (struct str){0};
	return str_sub(text, from, to);
}

struct str
passages_words(struct arena *a, struct str text, const struct passages *all)
{
	struct buf b = buf_new(a, 2 * text.n + 8 * all->n + 1);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct passage between = {
		    i > 0 ? all->list[i - 1].to : 0, all->list[i].from};
		if (i > 0)
			buf_add(&b,
			    utf8_blank(passage_words(text, between))
				? S(" ")
				: S(" [...] "));
		buf_add(&b, passage_words(text, all->list[i]));
	}
	return buf_str(&b);
}

/* ---- sentences ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* "." or "..." or the one character, then quotation marks. */
static ptrdiff_t
ending_at(struct str rest)
{
	static const char *const closers[] = {"\"", "'", "”", "“", "»", ")"};
	ptrdiff_t n = 0;
	while (n < rest.n &&
	    (rest.p[n] == '.' || rest.p[n] == '!' || rest.p[n] == '?'))
		n++;
	if (n == 0 && str_starts(rest, S("…")))
		n = S("…").n;
	for (ptrdiff_t i = 0; n > 0 && i < COUNT_OF(closers); i++) {
		struct str closer = str_c(closers[i]);
		if (str_starts(str_sub(rest, n, rest.n), closer)) {
			n += closer.n;
			i = -1;
		}
	}
	return n;
}

/* "bl.a. en", "kl. 8": what goes on in lower case or with a number is the same
 * one. */
static bool
goes_on(struct str rest)
{
	ptrdiff_t i = 0;
	while (i < rest.n && (rest.p[i] == ' ' || rest.p[i] == '\t'))
		i++;
	if (i == 0 && i < rest.n)
		return rest.p[i] != '\n';
	struct str next = str_sub(rest, i, rest.n);
	return next.n > 0 &&
	    ((next.p[0] >= 'a' && next.p[0] <= 'z') ||
		(next.p[0] >= '0' && next.p[0] <= '9') ||
		str_starts(next, S("æ")) || str_starts(next, S("ø")) ||
		str_starts(next, S("å")));
}

/* The byte after the sentence that begins at `from`. */
static ptrdiff_t
sentence_end(struct str text, ptrdiff_t from)
{
	for (ptrdiff_t i = from; i < text.n;) {
		struct str rest = str_sub(text, i, text.n);
		ptrdiff_t n = ending_at(rest);
		if (text.p[i] == '\n' ||
		    (n > 0 && !goes_on(str_sub(rest, n, rest.n))))
			return i + n;
		i += n > 0 ? n : 1;
	}
	return text.n;
}

struct passages
passage_sentences(struct arena *a, struct str text)
{
	struct passages out = {arena_new(a, struct passage, PASSAGES_MAX), 0};
	int64_t at = 0; /* code points before byte i */
	for (ptrdiff_t i = 0; i < text.n;) {
		if (is_blank(text.p[i])) {
			i++;
			at++;
			continue;
		}
		ptrdiff_t end =
		    out.n == PASSAGES_MAX - 1 ? text.n : sentence_end(text, i);
		struct str words = str_trim(str_sub(text, i, end));
		int64_t length = utf8_length(words);
		if (words.n == 0) { /* only NBSP */
			at += utf8_length(str_sub(text, i, end));
			i = end;
			continue;
		}
		ptrdiff_t before = words.p - (text.p + i);
		at += utf8_length(str_sub(text, i, i + before));
		out.list[out.n++] = (struct passage){at, at + length};
		at += length;
		i += before + words.n;
	}
	return out;
}
