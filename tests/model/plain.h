/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_MODEL_PLAIN_H
#define TESTS_MODEL_PLAIN_H

#include "base/utf8.h"
#include "tests/test.h"

/* plain.h - whether a text is plain enough for citizens: a LIX of its own, so
 * that the program's is not checked by itself.  Tried on sentences counted by
 * hand in tests/model/catalogue.c. */
enum { LIX_CITIZEN = 34 };

static inline bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static inline bool
ends_sentence(struct str s, ptrdiff_t i)
{
	bool last = i + 1 == s.n;
	bool number = i > 0 && s.p[i - 1] >= '0' && s.p[i - 1] <= '9';
	return str_find(S(".!?:"), str_sub(s, i, i + 1)) >= 0 &&
	    (last || (s.p[i + 1] == ' ' && !number) || s.p[i + 1] == '\n');
}

/* Words a sentence, and 100 times the share of words over 6 letters. */
static inline int64_t
lix(struct str s)
{
	int64_t words = 0, sentences = 0, long_words = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		ptrdiff_t end = i;
		while (end < s.n &&
		    (is_letter(s.p[end]) || (end > i && s.p[end] == '-')))
			end++;
		if (end > i) {
			words++;
			long_words += utf8_length(str_sub(s, i, end)) > 6;
			i = end - 1;
		} else if (ends_sentence(s, i)) {
			sentences++;
		}
	}
	if (sentences == 0 || !ends_sentence(s, s.n - 1))
		sentences++;
	return words == 0 ? 0 : words / sentences + 100 * long_words / words;
}

static inline void
check_lix(struct str where, struct str s)
{
	if (lix(s) > LIX_CITIZEN)
		print_error("%.*s: lix %d: %.*s\n", STR_ARG(where), (int)lix(s),
		    STR_ARG(s));
	CHECK_MAX(lix(s), LIX_CITIZEN);
}

#endif
