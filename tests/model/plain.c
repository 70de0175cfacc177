/* SPDX-License-Identifier: MPL-2.0 */
#include "model/plain.h"

#include "model/catalogue.h"
#include "tests/test.h"

static struct plain
check(struct arena *arena, struct str text, enum plain_reader reader)
{
	return plain_check(arena, text, LANG_DA, reader);
}

/* 15 words, 2 of them long, one sentence: 15 + 13.3 */
#define EASY                                                                  \
	S("Vi vil gerne høre, hvordan du har det, når du besøger din mor " \
	  "hver dag.")
/* 8 words, 7 long: 8 + 87.5 */
#define HARD                                                            \
	S("Kommunens handleplaner forudsætter løbende evaluering af " \
	  "borgernes situation.")

/* guide:S51: citizens are spoken to at eye level. */
TEST(plain_text_for_citizens_is_good)
{
	struct plain p = check(arena, EASY, PLAIN_CITIZEN);
	CHECK_INT(p.target, 34);
	CHECK_INT(p.lix.words, 15);
	CHECK_INT(p.lix.rounded, 28);
	CHECK_INT(p.finding, PLAIN_GOOD);
	CHECK_INT(p.n_hardest, 0);
	CHECK_INT(p.n_words, 0);
	CHECK(!p.lix.sure);
}

TEST(plain_hard_text_shows_its_hardest_sentences)
{
	/* 76 words, 6 sentences, 22 long: 12.7 + 28.9 */
	struct str text = STR_JOIN(arena, EASY, S(" "), HARD, S(" "), EASY,
	    S(" "), HARD, S(" "), EASY, S(" "), EASY);
	struct plain p = check(arena, text, PLAIN_CITIZEN);
	CHECK_INT(p.finding, PLAIN_HARD);
	CHECK_INT(p.n_hardest, 3);
	CHECK_STR(p.hardest[0], HARD);
	CHECK_STR(p.hardest[1], HARD);
	CHECK_INT(check(arena, HARD, PLAIN_CITIZEN).finding, PLAIN_TOO_HARD);
}

TEST(plain_says_when_there_is_nothing_to_count)
{
	CHECK_INT(check(arena, S(""), PLAIN_CITIZEN).finding, PLAIN_EMPTY);
	CHECK_INT(check(arena, S("-- ..."), PLAIN_GENTLE).finding, PLAIN_EMPTY);
}

/* 4 words a sentence, none long: 4. */
TEST(plain_under_20_sounds_childish_to_grown_ups_only)
{
	struct str text = S("Kom og vær med. Vi er her nu.");
	CHECK_INT(check(arena, text, PLAIN_CITIZEN).finding, PLAIN_CHILDISH);
	CHECK_INT(check(arena, text, PLAIN_GENTLE).finding, PLAIN_GOOD);
	CHECK_INT(check(arena, text, PLAIN_YOUNG).finding, PLAIN_GOOD);
}

TEST(plain_asks_more_of_a_text_for_the_vulnerable_and_the_young)
{
	struct plain gentle = check(arena, EASY, PLAIN_GENTLE);
	CHECK_INT(gentle.target, 24);
	CHECK_INT(gentle.finding, PLAIN_HARD);
	CHECK_INT(check(arena, EASY, PLAIN_YOUNG).finding, PLAIN_HARD);
	CHECK_INT(check(arena, EASY, PLAIN_CITIZEN).finding, PLAIN_GOOD);
}

TEST(plain_finds_words_of_the_office_as_they_stand)
{
	struct plain p = check(arena,
	    S("Vedrørende dit brev. Vi IVÆRKSÆTTER arbejdet med\nhenblik på "
	      "svar, samt iværksætter mere. Vi iværksætter igen."),
	    PLAIN_CITIZEN);
	CHECK_INT(p.n_words, 5);
	CHECK_STR(p.word[0].found, S("Vedrørende"));
	CHECK_STR(p.word[0].better, S("om"));
	CHECK_STR(p.word[1].found, S("med\nhenblik på"));
	CHECK_STR(p.word[2].found, S("IVÆRKSÆTTER"));
	CHECK_STR(p.word[3].found, S("iværksætter"));
	CHECK_STR(p.word[4].found, S("samt"));
}

/* "samtale" is no "samt", "sjældent" is no office word. */
TEST(plain_takes_no_part_of_a_word_for_one)
{
	struct plain p = check(arena,
	    S("En samtale om tilsamt og særprocesser er ikke så nær."),
	    PLAIN_CITIZEN);
	CHECK_INT(p.n_words, 0);
}

TEST(plain_reads_english_by_english_words)
{
	struct plain p = plain_check(arena,
	    S("We implement it prior to the visit."), LANG_EN, PLAIN_CITIZEN);
	CHECK_INT(p.n_words, 2);
	CHECK_STR(p.word[0].found, S("implement"));
	CHECK_STR(p.word[1].better, S("before"));
}

TEST(plain_shows_no_more_words_than_it_says)
{
	struct str text = {0};
	struct catalogue_items all = catalogue_list(S("office_words"));
	CHECK(all.n > 60);
	for (ptrdiff_t i = 0; i < all.n; i++)
		text = STR_JOIN(arena, text, S(" "),
		    str_replace(arena, catalogue_name(&all.list[i], LANG_DA),
			S("*"), S("")));
	CHECK_INT(check(arena, text, PLAIN_CITIZEN).n_words, PLAIN_WORDS);
}

/* Each word is found where it stands, and what to say instead is plain. */
TEST(plain_every_office_word_is_found_and_has_a_plain_one)
{
	struct catalogue_items all = catalogue_list(S("office_words"));
	for (ptrdiff_t i = 0; i < all.n; i++) {
		for (enum lang l = 0; l < LANG_COUNT; l++) {
			struct str word = str_replace(arena,
			    catalogue_name(&all.list[i], l), S("*"), S("x"));
			struct plain p =
			    plain_check(arena, word, l, PLAIN_CITIZEN);
			CHECK_INT(p.n_words, 1);
			CHECK_STR(p.word[0].found, word);
			p = plain_check(
			    arena, p.word[0].better, l, PLAIN_CITIZEN);
			CHECK_INT(p.n_words, 0);
		}
	}
}
