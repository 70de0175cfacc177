/* SPDX-License-Identifier: MPL-2.0 */

/* Any text, plain and Markdown: the counts agree with the sentences. */
#include <assert.h>
#include <math.h>

#include "base/utf8.h"
#include "engine/lix.h"

#define FUZZ_BYTES ((ptrdiff_t)256 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
check(struct arena *a, struct str text, enum lix_form form)
{
	struct lix l = lix_of(a, text, form);
	int64_t words = 0, long_words = 0, times = 0;
	for (int64_t i = 0; i < l.sentences; i++) {
		assert(l.sentence[i].words > 0 && l.sentence[i].text.n > 0);
		words += l.sentence[i].words;
		long_words += l.sentence[i].long_words;
	}
	for (int64_t i = 0; i < l.different; i++)
		times += l.word[i].times;
	assert(words == l.words && long_words == l.long_words);
	assert(times == long_words && long_words <= words);
	assert(isnan(l.lix) == (words == 0));
}

/* What is not UTF-8 is read too: it must only not crash. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena *a = arena_open(FUZZ_BYTES);
	struct str text = {(const char *)bytes, (ptrdiff_t)n};
	check(a, text, LIX_PLAIN);
	check(a, text, LIX_MARKDOWN);
	arena_close(a);
	return 0;
}
