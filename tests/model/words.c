/* SPDX-License-Identifier: MPL-2.0 */

/* What a text is found by, and what a question for words means. */
#include "model/words.h"

#include "base/buf.h"
#include "model/words_fold.h"
#include "tests/test.h"

static struct str
stems(struct arena *a, struct str text)
{
	struct words w;
	words_of(a, text, &w);
	return w.stems;
}

static bool
finds(struct arena *a, const char *question, const char *text)
{
	struct words_query q;
	struct words w;
	words_query(a, str_c(question), &q);
	words_of(a, str_c(text), &w);
	return words_match(&q, &w);
}

TEST(words_are_runs_of_letters_and_digits)
{
	CHECK_STR(stems(arena, S("")), S(" "));
	CHECK_STR(stems(arena, S(" -- ,;!\n*\"'/ ")), S(" "));
	CHECK_STR(stems(arena, S("Bus 42, kl.8:30!")), S(" bus 42 kl 8 30 "));
	CHECK_STR(
	    stems(arena, S("by-udvikling")), stems(arena, S("by udvikling")));
	CHECK_STR(stems(arena, S("ind\xc2\xadgang")), S(" indgang "));
	CHECK_STR(stems(arena, S("ÆBLE Østre")), stems(arena, S("æble østre")));
	CHECK_STR(stems(arena, S("日本 Москва")), S(" 日本 москва "));
}

/* One letter has many spellings, and å is none of a's. */
TEST(words_are_the_same_however_letters_are_written)
{
	CHECK_STR(stems(arena, S("Åbenrå Århus")),
	    stems(arena, S("Aabenraa Aarhus")));
	CHECK_STR(stems(arena,
		      S("A\xcc\x8a"
			"benra\xcc\x8a")),
	    stems(arena, S("Åbenrå")));
	CHECK_STR(stems(arena, S("idé café")), stems(arena, S("ide cafe")));
	CHECK_STR(stems(arena, S("Häs Kör")), stems(arena, S("hæs kør")));
	CHECK(!finds(arena, "låne", "en lane"));
	CHECK(!finds(arena, "ror", "at være rør"));
	CHECK(!finds(arena, "haer", "en hær"));
}

TEST(words_of_one_kind_have_one_stem)
{
	static const char *const same[] = {"borger borgere borgerne borgernes",
	    "barn børn børnene barnet børnenes", "mand mænd mændene manden",
	    "fod fødder fødderne foden", "bror broderen brødre brødrene",
	    "mor moderen mødre", "far faderen fædre", "datter døtre døtrene",
	    "søster søsteren søstre", "bog bogen bøger bøgerne",
	    "hånd hånden hænder", "tand tænder", "gås gæs", "ko koen køer",
	    "øje øjet øjne øjnene", "nat nætter", "kraft kræfter",
	    "cykel cyklen cykler cyklerne", "regel reglen regler",
	    "center centret centre centrene", "plads pladsen pladser",
	    "legeplads legepladsen legepladser", "sti stien stier stierne",
	    "skolesti skolestien skolestier", "by byen byer byerne",
	    "sygehusnat sygehusnætter", "skolebarn skolebørn skolebørnene",
	    "formand formænd formændene", "år året årene aar",
	    "teater teatret teatre", "skolevej skoleveje skolevejen"};
	for (ptrdiff_t i = 0; i < COUNT_OF(same); i++) {
		struct str got = stems(arena, str_c(same[i]));
		struct str first = str_sub(got, 1, got.n);
		first = str_cut(&first, ' ');
		struct str rest = got;
		str_cut(&rest, ' ');
		while (rest.n > 0) {
			struct str one = str_cut(&rest, ' ');
			if (!str_eq(one, first))
				fail_msg("%s: %.*s", same[i], STR_ARG(got));
		}
	}
}

TEST(words_that_differ_stay_apart)
{
	CHECK(!finds(arena, "kræft", "alle kræfter"));
	CHECK(!finds(arena, "bøg", "mange bøger"));
	CHECK(!finds(arena, "møder", "mødre"));
	CHECK(!finds(arena, "procent", "et center"));
}

TEST(words_of_some_compounds_are_found_by_their_last_part)
{
	CHECK(finds(arena, "inddragelse", "Borgerinddragelsen kom for sent."));
	CHECK(finds(arena, "skolen", "på friskolen"));
	CHECK(finds(arena, "børn", "skolebørnene"));
	CHECK(!finds(arena, "borgerinddragelse", "inddragelse"));
	/* but not as the word of a phrase */
	CHECK(!finds(
	    arena, "\"tidlig inddragelse\"", "tidlig borgerinddragelse"));
}

TEST(words_query_asks_for_all_words)
{
	CHECK(finds(arena, "legeplads børn", "Et barn på legepladsen"));
	CHECK(!finds(arena, "legeplads hund", "Et barn på legepladsen"));
	CHECK(finds(arena, "", "noget"));
	CHECK(finds(arena, "  !? ", "noget"));
	CHECK(finds(arena, "børn og unge", "unge børn"));
	CHECK(!finds(arena, "og", "unge børn"));
	CHECK(finds(arena, "og", "unge og børn"));
}

TEST(words_query_knows_prefixes)
{
	CHECK(finds(arena, "borgerind*", "mere borgerinddragelse"));
	CHECK(finds(arena, "borgern*", "hos borgerne"));
	CHECK(finds(arena, "data*", "gode dataark"));
	CHECK(finds(arena, "åben*", "Aabenraa"));
	CHECK(!finds(arena, "inddrag*", "mere borgermøde"));
	CHECK(!finds(arena, "b*", "borger")); /* one letter is a word */
}

TEST(words_query_knows_phrases)
{
	const char *text = "Der er langt til den nærmeste bus.";
	CHECK(finds(arena, "\"langt til\"", text));
	CHECK(finds(arena, "„nærmeste busser“", text));
	CHECK(!finds(arena, "\"til langt\"", text));
	CHECK(!finds(arena, "\"langt bus\"", text));
	CHECK(finds(arena, "\"langt til", text));
	CHECK(finds(arena, "\"bus\"", text));
	CHECK(finds(arena, "\"\" bus", text));
	CHECK(finds(arena, "by-udvikling", "vores by-udvikling"));
	CHECK(!finds(arena, "by-udvikling", "udvikling af en by"));
	CHECK(!finds(arena, "\"a b\"", "aa b a bb"));
}

TEST(words_query_knows_what_may_not_be_there)
{
	CHECK(finds(arena, "bus -tog", "en bus"));
	CHECK(!finds(arena, "bus -tog", "bus og tog"));
	CHECK(finds(arena, "-tog", "en bus"));
	CHECK(!finds(arena, "-tog", "et tog"));
	CHECK(!finds(arena, "bus -\"og tog\"", "bus og tog"));
	CHECK(finds(arena, "bus -\"tog og\"", "bus og tog"));
	CHECK(!finds(arena, "-tog*", "i togene"));
	CHECK(!finds(arena, "-og", "bus og tog"));
	CHECK(finds(arena, "bus - tog", "bus tog"));
	CHECK(!finds(arena, "bus - tog", "bus"));
}

TEST(words_query_takes_any_syntax_of_others_as_words)
{
	static const char *const odd[] = {"NEAR(bus, 2)", "bus AND", "(bus",
	    "bus:*", "stems:bus", "bus^", "{bus}", "bus' OR 1=1", "bus & !",
	    "\\", "%", "bus_", "----bus", "***", "\"\"\"", "-\"", "-*", "-"};
	struct words_query q;
	for (ptrdiff_t i = 0; i < COUNT_OF(odd); i++) {
		words_query(arena, str_c(odd[i]), &q);
		for (ptrdiff_t t = 0; t < q.n; t++) {
			CHECK(q.term[t].text.n > 0);
			for (ptrdiff_t b = 0; b < q.term[t].text.n; b++)
				CHECK(strchr("\"'*:-^(){}&|!\\%_<>,",
					  q.term[t].text.p[b]) == NULL);
		}
	}
}

TEST(words_are_bounded)
{
	struct words_query q;
	struct words w;
	struct buf b = buf_new(arena, 4 * 1000 * 1000);
	for (int i = 0; i < 200000; i++)
		buf_fmt(&b, "ordet%d ", i);
	words_of(arena, buf_str(&b), &w);
	CHECK_MAX(w.stems.n + w.forms.n, WORDS_MAX_BYTES);
	words_query(arena, buf_str(&b), &q);
	CHECK_INT(q.n, QUERY_TERMS);
	struct buf c = buf_new(arena, 10000);
	buf_byte(&c, '"');
	for (int i = 0; i < 50; i++)
		buf_fmt(&c, "a%d ", i);
	words_query(arena, buf_str(&c), &q);
	CHECK_INT(q.n, 1);
	struct buf d = buf_new(arena, 10000);
	for (int i = 0; i < 300; i++)
		buf_add(&d, S("å"));
	words_of(arena, buf_str(&d), &w);
	CHECK_MAX(w.stems.n, WORD_BYTES + 2);
	words_query(arena, buf_str(&d), &q);
	CHECK_INT(q.n, 1);
	CHECK(words_match(&q, &w));
}

static void
both(struct arena *a, void *arg)
{
	struct words w;
	struct words_query q;
	(void)arg;
	words_of(a, S("Cafe\xcc\x81 for børn på biblioteket"), &w);
	words_query(a, S("caf* \"børn på\""), &q);
	CHECK(words_match(&q, &w));
}

TEST(words_give_back_what_they_hold_when_memory_runs_out)
{
	CHECK(test_allocations(both, NULL) > 5);
}
