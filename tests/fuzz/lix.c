/* SPDX-License-Identifier: MPL-2.0 */

/* Any text, plain and Markdown: the counts agree with the sentences. */
#include <math.h>

#include "base/utf8.h"
#include "engine/lix.h"
#include "tests/fuzz.h"

static void
check(struct arena *a, struct str text, enum lix_form form)
{
	struct lix l = lix_of(a, text, form);
	int64_t words = 0, long_words = 0, times = 0;
	for (int64_t i = 0; i < l.sentences; i++) {
		MUST(l.sentence[i].words > 0 && l.sentence[i].text.n > 0);
		words += l.sentence[i].words;
		long_words += l.sentence[i].long_words;
	}
	for (int64_t i = 0; i < l.different; i++)
		times += l.word[i].times;
	MUST(words == l.words && long_words == l.long_words);
	MUST(times == long_words && long_words <= words);
	MUST(isnan(l.lix) == (words == 0));
}

/* What is not UTF-8 is read too: it must only not crash. */
FUZZ(input)
{
	check(arena, input, LIX_PLAIN);
	check(arena, input, LIX_MARKDOWN);
}
