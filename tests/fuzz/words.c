/* SPDX-License-Identifier: MPL-2.0 */

/* Words: what a text is found by and what a question means hold no sign of a
 * query language, within their limits; a text is found by itself. */
#include "model/words.h"

#include "base/utf8.h"
#include "tests/fuzz.h"

static void
check_plain(struct str s)
{
	MUST(utf8_valid(s));
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		MUST(c == ' ' || c >= 0x80 || (c >= '0' && c <= '9') ||
		    (c >= 'a' && c <= 'z'));
	}
}

static void
check_list(struct str s)
{
	MUST(s.n >= 1 && s.p[0] == ' ' && s.p[s.n - 1] == ' ');
	MUST(s.n <= WORDS_MAX_BYTES && str_find(s, S("  ")) < 0);
	check_plain(s);
}

static void
check_query(const struct words_query *q)
{
	MUST(q->n >= 0 && q->n <= QUERY_TERMS);
	for (ptrdiff_t i = 0; i < q->n; i++) {
		const struct term *t = &q->term[i];
		MUST(t->text.n > 0 && t->text.p[0] != ' ' &&
		    t->text.p[t->text.n - 1] != ' ');
		MUST((str_find_byte(t->text, ' ') >= 0) ==
		    (t->kind == TERM_PHRASE));
		check_plain(t->text);
	}
}

static bool
asks_to_leave_out(const struct words_query *q)
{
	for (ptrdiff_t i = 0; i < q->n; i++) {
		if (q->term[i].without)
			return true;
	}
	return false;
}

FUZZ(input)
{
	struct words w;
	struct words_query q, again;
	if (!utf8_valid(input))
		return;
	words_of(arena, input, &w);
	check_list(w.stems);
	check_list(w.forms);
	words_query(arena, input, &q);
	check_query(&q);
	if (input.n <= QUERY_BYTES && !asks_to_leave_out(&q))
		MUST(words_match(&q, &w));
	words_query(arena, utf8_normal(arena, input), &again);
	if (input.n <= QUERY_BYTES)
		MUST(q.n == again.n);
}
