/* SPDX-License-Identifier: MPL-2.0 */

/* What a file is by its first bytes: one of the kinds and types that are known,
 * by those bytes alone, and never a list of other files or a page. */
#include "model/media.h"

#include "tests/fuzz.h"

static const struct str kinds[] = {
    S_INIT("picture"), S_INIT("sound"), S_INIT("film"), S_INIT("document")};

FUZZ(input)
{
	struct media_sort sort, again;
	(void)arena;
	bool known = false;
	if (!media_sort_of(input, &sort))
		return;
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++)
		known = known || str_eq(kinds[i], sort.kind);
	MUST(known && str_find_byte(sort.type, '/') > 0);
	MUST(input.p[0] != '<');
	MUST(
	    !str_starts(input, S("#EXT")) && !str_starts(input, S("ffconcat")));
	MUST(media_sort_of(str_sub(input, 0, 16), &again));
	MUST(str_eq(again.type, sort.type));
}
