/* SPDX-License-Identifier: MPL-2.0 */

/* Three texts: who changed nothing gets what the other wrote, two who wrote the
 * same get that, it does not matter who is `mine`, and no word is lost or comes
 * back. */
#include "base/diff.h"
#include "base/utf8.h"
#include "tests/fuzz.h"

static void
must_merge(struct arena *a, struct str base, struct str mine, struct str theirs,
    struct str want)
{
	struct str merged;
	MUST(merge3(a, base, mine, theirs, &merged));
	MUST(str_eq(merged, want));
}

/* The next word of `*rest`, "" when there is none. */
static struct str
cut_word(struct str *rest)
{
	struct str blanks = S(" \t\r\n");
	ptrdiff_t from = 0;
	while (from < rest->n && str_find_byte(blanks, rest->p[from]) >= 0)
		from++;
	ptrdiff_t to = from;
	while (to < rest->n && str_find_byte(blanks, rest->p[to]) < 0)
		to++;
	struct str word = str_sub(*rest, from, to);
	*rest = str_sub(*rest, to, rest->n);
	return word;
}

static ptrdiff_t
count(struct str text, struct str word)
{
	ptrdiff_t n = 0;
	for (struct str w; (w = cut_word(&text)).n > 0;)
		n += str_eq(w, word);
	return n;
}

/* A word that stands in one of the texts alone must stand in `merged` as often
 * as there, or, when that text is the base, not at all. */
static void
check_words(
    struct str one, const struct str others[2], struct str merged, bool kept)
{
	struct str rest = one;
	for (struct str w; (w = cut_word(&rest)).n > 0;) {
		if (count(others[0], w) == 0 && count(others[1], w) == 0)
			MUST(count(merged, w) == (kept ? count(one, w) : 0));
	}
}

FUZZ(input)
{
	struct str theirs = input, untouched = S("?"), merged = untouched;
	struct str base = fuzz_part(&theirs), mine = fuzz_part(&theirs), other;
	must_merge(arena, base, mine, base, mine);
	must_merge(arena, base, base, theirs, theirs);
	must_merge(arena, base, mine, mine, mine);
	bool clean = merge3(arena, base, mine, theirs, &merged);
	MUST(clean == merge3(arena, base, theirs, mine, &other));
	MUST(clean ? str_eq(merged, other) : str_eq(merged, untouched));
	if (!clean)
		return;
	check_words(mine, (struct str[]){base, theirs}, merged, true);
	check_words(theirs, (struct str[]){base, mine}, merged, true);
	check_words(base, (struct str[]){mine, theirs}, merged, false);
	if (utf8_valid(base) && utf8_valid(mine) && utf8_valid(theirs))
		MUST(utf8_valid(merged));
}
