/* SPDX-License-Identifier: MPL-2.0 */

/* A transcript with times: what is made of it is read as the same captions,
 * and no text ends its caption or begins a tag. */
#include "model/captions.h"

#include "tests/fuzz.h"

static ptrdiff_t
count(struct str s, struct str what)
{
	ptrdiff_t n = 0, at;
	while ((at = str_find(s, what)) >= 0) {
		n++;
		s = str_sub(s, at + what.n, s.n);
	}
	return n;
}

FUZZ(input)
{
	struct captions all = captions_of(arena, input);
	struct str vtt = captions_vtt(arena, input), words;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		MUST(all.list[i].from_ms >= 0);
		MUST(all.list[i].to_ms > all.list[i].from_ms);
		MUST(str_trim(all.list[i].text).n > 0);
	}
	MUST(str_starts(vtt, S("WEBVTT\n")));
	MUST(count(vtt, S("-->")) == all.n);
	MUST(count(vtt, S("<")) == 0);
	MUST(count(vtt, S("\n\n")) == all.n);
	if (captions_read(arena, vtt, &words) == ERR_OK)
		MUST(captions_of(arena, words).n <= all.n);
	if (captions_read(arena, input, &words) == ERR_OK)
		(void)captions_vtt(arena, words);
}
