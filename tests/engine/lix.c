/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/lix.h"

#include <math.h>

#include "base/buf.h"
#include "engine/lix_parts.h"
#include "tests/test.h"

/* Ten texts counted by hand, on paper: words, sentences, long words (those of
 * seven letters or more are named behind each). */
static const struct counted {
	struct str text;
	int words, sentences, long_words;
} by_hand[] = {
    /* velkommen, tirsdag, medborgerhuset, tilmelding */
    {S_INIT("Du er velkommen på tirsdag. Vi mødes i medborgerhuset kl. 17. "
	    "Kom, som du er! Ring, hvis du vil med, eller brug den her "
	    "tilmelding."),
	25, 4, 4},
    /* bl.a. and f.eks. inside, osv. last: spurgte, pårørende, personale,
     * forslag, længere, besøgstider, blomster, fællesrum */
    {S_INIT("Vi spurgte bl.a. pårørende og personale. De kom med mange "
	    "forslag, f.eks. længere besøgstider, blomster osv. Nu har vi et "
	    "fællesrum."),
	21, 3, 8},
    /* dates, thousands, times and percent: november, indbyggere, halvdelen,
     * svarede, december; Resten has six */
    {S_INIT("Den 17. november skrev vi til 5.678 indbyggere. Over halvdelen, "
	    "52,5 pct., svarede inden kl. 12.30 den 3. december. Resten fik "
	    "et nyt brev."),
	24, 3, 5},
    /* Three questions and a quotation that goes on: spørgsmål, Hvornår,
     * betaler, Hvorfor, spurgte, stationen */
    {S_INIT("Der kom tre spørgsmål. Hvornår kører bussen? Hvem betaler? "
	    "\"Hvorfor så sent?\" spurgte en mand ved stationen."),
	17, 4, 6},
    /* Letters of two bytes count once: køkken and hårdt are no long words,
     * rødgrød is (seven), smørrebrød and æblekage are */
    {S_INIT("Et køkken er hårdt nok. Vi fik rødgrød, smørrebrød og æblekage. "
	    "Så gik vi hjem på græsset."),
	17, 3, 4},
    /* Initials and titles: Andersen, direktør, hospitalet; Jensen is six */
    {S_INIT("H.C. Andersen boede her. Det sagde direktør A. B. Jensen og dr. "
	    "Holm fra hospitalet. De er enige."),
	18, 3, 3},
    /* A colon and a semicolon end nothing; hyphen, slash and long dash:
     * sam-design, betyder, borgere, kommune, plejehjem */
    {S_INIT("Sam-design betyder: borgere og kommune finder på; de går i gang "
	    "og/eller venter. Det gælder hjem – og plejehjem."),
	19, 2, 5},
    /* One hard sentence: Kommunalbestyrelsen, vedtager, efterfølgende,
     * retningslinjerne, brugerinddragelse, forbindelse, udarbejdelsen,
     * sundhedspolitikken */
    {S_INIT("Kommunalbestyrelsen vedtager efterfølgende retningslinjerne for "
	    "brugerinddragelse i forbindelse med udarbejdelsen af "
	    "sundhedspolitikken."),
	12, 1, 8},
    /* Two paragraphs, the first without a point; an ellipsis that goes on and
     * one that ends: hyggeligt, længere, derhjemme */
    {S_INIT("Det var ... ja, hyggeligt, og vi kunne blive lidt længere, sagde "
	    "de\nhelt til sidst, da døren gik...\n\nMen så skulle vi hjem. "
	    "Hvem ser vi derhjemme?!"),
	27, 3, 3},
    /* Numbers that do end one, and a month with a capital: personer,
     * bagefter */
    {S_INIT("I alt kom 12. Året før var vi 9 personer. Den 1. Maj spiste vi "
	    "pølser bagefter (det gør vi altid). Prisen er 50 kr. Kom glad."),
	27, 5, 2},
};

TEST(lix_counts_ten_texts_as_by_hand)
{
	for (int i = 0; i < (int)COUNT_OF(by_hand); i++) {
		const struct counted *c = &by_hand[i];
		struct lix l = lix_of(arena, c->text, LIX_PLAIN);
		if (l.words != c->words || l.sentences != c->sentences ||
		    l.long_words != c->long_words)
			print_error("text %d\n", i + 1);
		CHECK_INT(l.words, c->words);
		CHECK_INT(l.sentences, c->sentences);
		CHECK_INT(l.long_words, c->long_words);
		double want = (double)c->words / c->sentences +
		    100.0 * c->long_words / c->words;
		CHECK(fabs(l.lix - want) < 1e-12);
		CHECK(!l.sure);
	}
}

static struct lix
plain(struct arena *a, struct str text)
{
	return lix_of(a, text, LIX_PLAIN);
}

/* The faults that a careless count makes, each of which must be seen. */
TEST(lix_is_not_the_careless_count)
{
	/* By bytes "køkken" has seven. */
	CHECK_INT(plain(arena, S("Et køkken.")).long_words, 0);
	CHECK_INT(plain(arena, S("Et rødgrød.")).long_words, 1);
	/* A ring put on an a is no letter of its own. */
	CHECK_INT(plain(arena, S("Tra\u030Aden.")).long_words, 0);
	CHECK_INT(plain(arena, S("Den 3. maj kl. 5. Så gik vi.")).sentences, 2);
	CHECK_INT(plain(arena, S("Kl. er 5. Så gik vi.")).sentences, 2);
	CHECK_INT(plain(arena, S("Se s. 5 og d. 3. maj.")).sentences, 1);
	CHECK_INT(plain(arena, S("Jeg bor på en ø. Den er god.")).sentences, 2);
	CHECK_INT(plain(arena, S("Jeg bor på Ø. Brogade.")).sentences, 1);
	CHECK_INT(plain(arena, S("Det er mht. Huset.")).sentences, 1);
	CHECK_INT(plain(arena, S("Mad m.m. Så gik vi.")).sentences, 2);
	CHECK_INT(plain(arena, S("Mad m.m. til os.")).sentences, 1);
	CHECK_INT(plain(arena, S("hej. så gik vi. og kom")).sentences, 3);
	CHECK_INT(plain(arena, S("Hvad?! Nej!!! Jo .")).sentences, 3);
	CHECK_INT(plain(arena, S("Se www.fjordby.dk/nyt/her. Ring.")).words, 3);
	CHECK_INT(plain(arena, S("en - to \u2013 tre")).words, 3);
	CHECK_INT(plain(arena, S("to\u00A0ord, eet\u202Ford")).words, 4);
}

TEST(lix_leaves_headings_and_lists_out_of_plain_text)
{
	struct lix l = plain(arena,
	    S("Velkommen til os\n\nVi ses i dag.\nDu kan:\n"
	      "- komme\n- gå\n  hjem\n* danse\n\n1. et\n2) to\na) tre\n"
	      "Det var det.\n17. juni er det slut.\n"));
	CHECK_INT(l.words, 14);
	CHECK_INT(l.sentences, 4);
	CHECK_STR(l.sentence[0].text, S("Vi ses i dag."));
	CHECK_STR(l.sentence[1].text, S("Du kan:"));
	/* The last line is none: no blank line follows it. */
	CHECK_INT(plain(arena, S("Vi ses\n\n")).words, 2);
	CHECK_INT(plain(arena, S("Overskrift\n  \nVi ses")).words, 2);
	CHECK_INT(plain(arena, S("Ikke mere.\n\nVi ses")).words, 4);
	CHECK_INT(plain(arena, S("\"Nej!\"\n\nVi ses")).words, 3);
	/* A number in the middle of a sentence begins no item. */
	CHECK_INT(plain(arena, S("Vi bor på\n4. sal nu.")).words, 6);
	CHECK_INT(plain(arena, S("\u2013 Hej, sagde han.")).words, 3);
	CHECK_INT(plain(arena, S("Tag:\n\u2013 mad\n\u2013 vand")).words, 1);
	CHECK_INT(plain(arena, S("Titel\n=====\nVi ses.")).words, 2);
	CHECK_INT(plain(arena, S("# Vi ses.")).words, 2);
}

TEST(lix_reads_markdown)
{
	struct lix l = lix_of(arena,
	    S("---\ntitle: Nej\n---\n# Nej nej.\n\nVi **skal** "
	      "[her hen](https://x.dk/a_b) og\nse ![nej](n.png) på `det`.\n\n"
	      "Nej\n---\n\n- nej.\n  nej.\n\n  nej.\n\n```\nnej.\n```\n\n"
	      "    nej nej.\n\n| nej | nej |\n\n<!-- nej\nnej -->\n"
	      "> En\\* <b>fin</b>&nbsp;dag uden punktum\n\n"
	      "[1]: https://nej.dk\nSlut"),
	    LIX_MARKDOWN);
	CHECK_INT(l.sentences, 3);
	CHECK_STR(l.sentence[0].text, S("Vi skal her hen og se  på det."));
	CHECK_STR(l.sentence[1].text, S("En* fin dag uden punktum"));
	CHECK_STR(l.sentence[2].text, S("Slut"));
	CHECK_INT(l.words, 14);
}

TEST(lix_bands_are_of_the_value_rounded_half_up)
{
	static const int edge[] = {24, 25, 34, 35, 44, 45, 54, 55};
	for (int i = 0; i < 8; i++)
		CHECK_INT(lix_band_of(edge[i]), (i + 1) / 2);
	/* Two sentences of 49 short words: 24.5, which is 25. */
	struct buf b = buf_new(arena, 1000);
	for (int i = 0; i < 49; i++)
		buf_add(&b, i == 20 || i == 48 ? S("hej. ") : S("hej "));
	struct lix l = plain(arena, buf_str(&b));
	CHECK(l.lix == 24.5);
	CHECK_INT(l.rounded, 25);
	CHECK_INT(l.band, LIX_EASY);
	/* domain: 20 words a sentence and 20 % long is 40. */
	b.n = 0;
	for (int i = 0; i < 100; i++)
		buf_add(&b,
		    i % 20 == 19     ? S("hej. ")
			: i % 5 == 0 ? S("velkommen ")
				     : S("hej "));
	l = plain(arena, buf_str(&b));
	CHECK(l.lix == 40 && l.sure && l.band == LIX_MEDIUM);
	buf_add(&b, S("hej"));
	b.n -= 8; /* "hej. hej": 99 words are left */
	CHECK(!plain(arena, buf_str(&b)).sure);
}

TEST(lix_without_words)
{
	static const char *const none[] = {
	    "", "\n", "...", "- - -", "\xEF\xBB\xBF"};
	for (int i = 0; i < (int)COUNT_OF(none); i++) {
		struct lix l = plain(arena, str_c(none[i]));
		CHECK(isnan(l.lix) && l.band == LIX_NO_BAND && !l.sure);
		CHECK_INT(l.words + l.sentences + l.different, 0);
	}
}

TEST(lix_names_the_hardest_sentences_and_the_long_words)
{
	struct lix l = plain(arena,
	    S("Vi ses. Kommunen behandler ansøgningen om boligstøtte, og "
	      "kommunen svarer. Kom nu. Det er godt. KOMMUNEN ønsker "
	      "velkommen til øens beboere i dag."));
	ptrdiff_t at[3];
	CHECK_INT(lix_hardest(&l, at, 3), 3);
	CHECK_INT(at[0], 1);
	CHECK_INT(at[1], 4);
	CHECK_INT(lix_hardest(&l, at, 1), 1);
	CHECK_INT(at[0], 1);
	CHECK_STR(l.word[0].word, S("kommunen"));
	CHECK_INT(l.word[0].times, 3);
	CHECK_STR(l.word[1].word, S("ansøgningen"));
	CHECK_INT(l.word[1].times, 1);
	CHECK_INT(l.different, 6);
	l = plain(arena, S("Hej."));
	CHECK_INT(lix_hardest(&l, at, 3), 1);
}

TEST(lix_finds_passive_forms)
{
	static const char *const passive[] = {"Brevet sendes i dag.",
	    "Huset bliver solgt.", "Det blev hurtigt besluttet.",
	    "Mødet er blevet aflyst.", "Der kan søges om det.",
	    "Ønsket opnås nu.", "Alle blev inviteret.", "Pengene brugtes."};
	static const char *const active[] = {"Vi sender brevet i dag.",
	    "Det findes deres.", "Borgernes ønsker bliver store.",
	    "Jeg blev glad.", "Kommunens hus synes stort.",
	    "Spørg Johannes og Mercedes.", "Vi mødes alles fælles."};
	CHECK(lix_lists_sorted());
	for (int i = 0; i < (int)COUNT_OF(passive); i++) {
		if (plain(arena, str_c(passive[i])).passive != 1)
			fail_msg("not seen: %s", passive[i]);
	}
	for (int i = 0; i < (int)COUNT_OF(active); i++) {
		if (plain(arena, str_c(active[i])).passive != 0)
			fail_msg("no passive: %s", active[i]);
	}
	struct lix l = plain(arena, S("Det sendes. Det bliver sendt. Vi gik."));
	CHECK(l.sentence[0].s_passive && !l.sentence[0].blive_passive);
	CHECK(!l.sentence[1].s_passive && l.sentence[1].blive_passive);
	CHECK_INT(l.passive, 2);
}

/* A text twice over has the same value; an order of paragraphs means nothing. */
TEST(lix_does_not_depend_on_length_or_order)
{
	struct str a = S("Vi ses på tirsdag. Kom i god tid.\n\n");
	struct str b = S("Kommunen sender en invitation til alle.\n\n");
	struct lix one = plain(arena, str_cat(arena, a, b));
	struct lix turned = plain(arena, str_cat(arena, b, a));
	struct str both = str_cat(arena, a, b);
	struct lix twice = plain(arena, str_cat(arena, both, both));
	CHECK(one.lix == turned.lix && one.lix == twice.lix);
	CHECK_INT(twice.words, 2 * one.words);
	CHECK_INT(twice.different, one.different);
}
