/* SPDX-License-Identifier: MPL-2.0 */
#include "model/words.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/words_fold.h"

/* ---- a text ---- */

/* The forms there are so far, to take each once: a table of places in `forms`,
 * at most half full, 0 for nothing. */
struct seen {
	struct buf *forms;
	ptrdiff_t *at;
	ptrdiff_t mask, n;
};

static uint64_t
hash_word(struct str word)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
	for (ptrdiff_t i = 0; i < word.n; i++)
		h = (h ^ (unsigned char)word.p[i]) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

/* Room for the words of a text of `bytes`. */
static struct seen
seen_new(struct arena *a, struct buf *forms, ptrdiff_t bytes)
{
	enum { LEAST = 64, MOST = 1 << 17 };
	ptrdiff_t size = LEAST;
	while (size < bytes / 2 && size < MOST)
		size *= 2;
	return (struct seen){forms, arena_new(a, ptrdiff_t, size), size - 1, 0};
}

static bool
stands_at(const struct buf *forms, ptrdiff_t at, struct str word)
{
	struct str there = str_sub(buf_str(forms), at, at + word.n + 1);
	return there.n == word.n + 1 && there.p[word.n] == ' ' &&
	    str_starts(there, word);
}

static void
add_form(struct seen *s, struct str word)
{
	uint64_t i = hash_word(word);
	for (;; i++) {
		ptrdiff_t *slot = &s->at[i & (uint64_t)s->mask];
		if (*slot > 0 && stands_at(s->forms, *slot, word))
			return;
		if (*slot > 0)
			continue;
		if (s->n++ < s->mask / 2)
			*slot = s->forms->n;
		break;
	}
	buf_add(s->forms, word);
	buf_byte(s->forms, ' ');
}

static void
add_word(struct seen *seen, struct buf *stems, struct stemmer *stemmer,
    struct str word)
{
	struct str tail;
	struct str stem = stem_of(stemmer, word, &tail);
	buf_add(stems, stem);
	buf_byte(stems, ' ');
	if (!str_eq(stem, word))
		add_form(seen, word);
	if (tail.n > 0)
		add_form(seen, tail);
}

void
words_of(struct arena *a, struct str text, struct words *out)
{
	enum { A_WORD = 3 * WORD_BYTES }; /* stem, form and tail */
	struct arena *scratch = arena_scratch(a);
	struct words_reader r = {.text = utf8_normal(scratch, text)};
	struct buf stems = buf_new(scratch, WORDS_MAX_BYTES);
	struct buf forms = buf_new(scratch, WORDS_MAX_BYTES);
	struct seen seen = seen_new(scratch, &forms, r.text.n);
	struct stemmer *stemmer = stem_open(scratch);
	buf_byte(&stems, ' ');
	buf_byte(&forms, ' ');
	struct str word = words_next(&r);
	while (word.n > 0 && stems.n + forms.n < WORDS_MAX_BYTES - A_WORD) {
		add_word(&seen, &stems, stemmer, word);
		word = words_next(&r);
	}
	out->stems = str_dup(a, buf_str(&stems));
	out->forms = str_dup(a, buf_str(&forms));
	arena_close(scratch);
}

/* ---- a question ---- */

/* What stands between two blanks, or within quotes. */
struct chunk {
	struct str text;
	bool without, quoted, star;
};

/* Hyphen and quote as keyboards and phones write them. */
static ptrdiff_t
mark_at(struct str s, ptrdiff_t at, const struct str *list, ptrdiff_t n)
{
	struct str rest = str_sub(s, at, s.n);
	for (ptrdiff_t i = 0; i < n; i++) {
		if (str_starts(rest, list[i]))
			return list[i].n;
	}
	return 0;
}

static ptrdiff_t
quote_at(struct str s, ptrdiff_t at)
{
	static const struct str quotes[] = {S_INIT("\""), S_INIT("”"),
	    S_INIT("“"), S_INIT("„"), S_INIT("«"), S_INIT("»")};
	return mark_at(s, at, quotes, COUNT_OF(quotes));
}

static ptrdiff_t
minus_at(struct str s, ptrdiff_t at)
{
	static const struct str minus[] = {
	    S_INIT("-"), S_INIT("−"), S_INIT("–")};
	return mark_at(s, at, minus, COUNT_OF(minus));
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static ptrdiff_t
end_of_quoted(struct str s, ptrdiff_t at)
{
	while (at < s.n && quote_at(s, at) == 0)
		at++;
	return at;
}

static ptrdiff_t
end_of_plain(struct str s, ptrdiff_t at)
{
	while (at < s.n && !is_blank(s.p[at]) && quote_at(s, at) == 0)
		at++;
	return at;
}

static bool
next_chunk(struct str s, ptrdiff_t *at, struct chunk *out)
{
	*out = (struct chunk){0};
	while (*at < s.n && is_blank(s.p[*at]))
		++*at;
	ptrdiff_t minus = minus_at(s, *at);
	if (minus > 0 &&
	    (words_begin(s, *at + minus) || quote_at(s, *at + minus) > 0)) {
		out->without = true;
		*at += minus;
	}
	ptrdiff_t quote = quote_at(s, *at);
	out->quoted = quote > 0;
	*at += quote;
	ptrdiff_t end =
	    out->quoted ? end_of_quoted(s, *at) : end_of_plain(s, *at);
	out->text = str_sub(s, *at, end);
	out->star = !out->quoted && str_ends(out->text, S("*"));
	*at = end + (out->quoted ? quote_at(s, end) : 0);
	return *at < s.n || out->text.n > 0;
}

static bool
is_long_enough(struct str prefix)
{
	return utf8_length(prefix) >= 2;
}

/* The term that a chunk stands for; false when there is no word in it. */
static bool
read_term(struct arena *a, struct stemmer *stemmer, const struct chunk *c,
    struct term *out, bool *frequent)
{
	struct words_reader r = {.text = c->text};
	struct buf b = buf_new(a, QUERY_PHRASE * (WORD_BYTES + 1));
	struct str tail, word = words_next(&r);
	struct str first = str_dup(a, word);
	ptrdiff_t n = 0;
	for (; word.n > 0 && n < QUERY_PHRASE; n++) {
		if (n > 0)
			buf_byte(&b, ' ');
		buf_add(&b, stem_of(stemmer, word, &tail));
		word = words_next(&r);
	}
	*out = (struct term){.without = c->without, .text = buf_str(&b)};
	out->kind = n > 1 ? TERM_PHRASE : TERM_WORD;
	*frequent = n == 1 && stem_is_frequent(first);
	if (n == 1 && c->star && is_long_enough(first)) {
		*out = (struct term){TERM_PREFIX, c->without, first};
		*frequent = false;
	}
	return n > 0;
}

/* Frequent words stay only where nothing else is asked for. */
static void
drop_frequent(struct words_query *q, const bool *frequent)
{
	ptrdiff_t kept = 0;
	bool other = false;
	for (ptrdiff_t i = 0; i < q->n; i++)
		other = other || (!frequent[i] && !q->term[i].without);
	for (ptrdiff_t i = 0; i < q->n; i++) {
		if (!other || !frequent[i] || q->term[i].without)
			q->term[kept++] = q->term[i];
	}
	q->n = kept;
}

void
words_query(struct arena *a, struct str text, struct words_query *out)
{
	bool frequent[QUERY_TERMS] = {0};
	struct chunk chunk;
	ptrdiff_t at = 0;
	struct str s = str_sub(text, 0, QUERY_BYTES);
	while (s.n < text.n && s.n > 0 &&
	    ((unsigned char)text.p[s.n] & 0xc0) == 0x80)
		s.n--; /* not within a letter */
	s = utf8_normal(a, s);
	struct stemmer *stemmer = stem_open(a);
	*out = (struct words_query){0};
	while (out->n < QUERY_TERMS && next_chunk(s, &at, &chunk))
		out->n += read_term(
		    a, stemmer, &chunk, &out->term[out->n], &frequent[out->n]);
	drop_frequent(out, frequent);
}

/* ---- one against the other ---- */

static bool
has(struct str list, struct str what, bool whole)
{
	while (list.n > what.n) {
		ptrdiff_t at = str_find(list, what);
		if (at < 0)
			return false;
		ptrdiff_t end = at + what.n;
		if (list.p[at - 1] == ' ' && (!whole || list.p[end] == ' '))
			return true;
		list = str_sub(list, at + 1, list.n);
	}
	return false;
}

static bool
has_term(const struct term *t, const struct words *w)
{
	bool whole = t->kind != TERM_PREFIX;
	return has(w->stems, t->text, whole) ||
	    (t->kind != TERM_PHRASE && has(w->forms, t->text, whole));
}

bool
words_match(const struct words_query *q, const struct words *w)
{
	for (ptrdiff_t i = 0; i < q->n; i++) {
		if (has_term(&q->term[i], w) == q->term[i].without)
			return false;
	}
	return true;
}
