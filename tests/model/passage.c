/* SPDX-License-Identifier: MPL-2.0 */

/* Sentences to choose from, and their places in code points. */
#include "model/passage.h"

#include "tests/test.h"

static void
check_sentences(struct arena *a, const char *text, const char *joined)
{
	struct passages all = passage_sentences(a, str_c(text));
	struct str rest = str_c(joined);
	for (ptrdiff_t i = 0; i < all.n; i++)
		CHECK_STR(passage_words(str_c(text), all.list[i]),
		    str_cut(&rest, '|'));
	CHECK_INT(rest.n, 0);
}

TEST(passage_is_a_sentence)
{
	check_sentences(arena, "", "");
	check_sentences(arena, " \n ", "");
	check_sentences(
	    arena, "Åh.  Æblet er \"surt.\" Ja!", "Åh.|Æblet er \"surt.\"|Ja!");
	check_sentences(arena, "Kl. 8 bl.a. en gang … og så\nNy linje",
	    "Kl. 8 bl.a. en gang … og så|Ny linje");
	check_sentences(arena, "Vent... Nu? Nej", "Vent...|Nu?|Nej");
	check_sentences(arena, "Pris 1.000 kr.", "Pris 1.000 kr.");
}

TEST(passage_is_counted_in_code_points)
{
	struct str text = S("Å😀b");
	CHECK_STR(passage_words(text, (struct passage){1, 3}), S("😀b"));
	CHECK_INT(passage_words(text, (struct passage){1, 4}).n, 0);
	CHECK_INT(passage_words(text, (struct passage){2, 2}).n, 0);
	CHECK_INT(passage_words(text, (struct passage){-1, 2}).n, 0);
	struct passage two[] = {{0, 1}, {2, 3}};
	CHECK_STR(passages_words(arena, text, &(struct passages){two, 2}),
	    S("Å [...] b"));
}
