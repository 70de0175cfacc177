/* SPDX-License-Identifier: MPL-2.0 */
#include "report/letter.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "help.h"
#include "report/zip.h"

#define CODE S("FJ7K-0123-4567-89AB-CDEF-GHJK-MNPQ-RS")

static struct letters
sending(void)
{
	return (struct letters){
	    .lang = LANG_DA,
	    .sender = S("Fjordby Kommune\nTorvet 1\n9999 Fjordby"),
	    .org = S("Fjordby Kommune"),
	    .heading = S("Vil du fortælle os om din hverdag?"),
	    .page = S("https://samskab.fjordby.dk/c"),
	    .help = S("Ring til Mette på 12 34 56 78, hvis du vil."),
	    .facts = {{S("Hvem er vi?"), S("Fjordby Kommune.")},
		{S("Hvor længe?"), S("Til den 1. juni 2027.")}},
	    .n_facts = 2,
	    .created_us = INT64_C(1795500000000000),
	};
}

static struct letter
to_karen(void)
{
	return (struct letter){
	    .reference = S("K-1842"),
	    .name = S("Karen Ærenlund"),
	    .address = S("Bøgevej 7, 2. th\n9999 Fjordby"),
	    .text = S("Kære Karen\n\nVi vil gerne blive klogere på, hvordan "
		      "det er at passe en, man holder af."),
	    .code = CODE,
	};
}

static struct str
pdf_text(struct arena *a, const struct doc *d)
{
	return ask(a, "pdftotext -layout", pdf_of(a, d));
}

TEST(a_letter_says_who_what_and_how_to_answer)
{
	struct letters all = sending();
	struct letter karen = to_karen();
	struct str text = pdf_text(arena, letters_doc(arena, &all, &karen, 1));
	CHECK_HAS(text, S("Karen Ærenlund"));
	CHECK_HAS(text, S("Bøgevej 7, 2. th"));
	CHECK_HAS(text, S("samskab.fjordby.dk/c"));
	CHECK_HAS(text, CODE);
	CHECK_HAS(text, S("12 34 56 78"));
	CHECK_HAS(text, S("Hvem er vi?"));
	CHECK_INT(count_of(text, S("\f")), 2);
	/* The heading stands once: no title above the letter. */
	CHECK_INT(count_of(text, all.heading), 1);
}

static double
number_after(struct arena *a, struct str line, const char *name)
{
	struct str key = str_fmt(a, "%s=\"", name);
	ptrdiff_t at = str_find(line, key);
	CHECK(at >= 0);
	return strtod(line.p + at + key.n, NULL);
}

/* Where a word stands: xMin, yMin, xMax, yMax in millimetres. */
static void
place_of(struct arena *a, struct str boxes, const char *word, double box[4])
{
	static const char *const name[] = {"xMin", "yMin", "xMax", "yMax"};
	struct str end = str_fmt(a, ">%s</word>", word);
	ptrdiff_t at = str_find(boxes, end);
	CHECK(at >= 0);
	ptrdiff_t from = at;
	while (boxes.p[from] != '<')
		from--;
	struct str line = str_sub(boxes, from, at + 1);
	for (int i = 0; i < 4; i++)
		box[i] = number_after(a, line, name[i]) * 25.4 / 72;
}

/* DIN 5008 form B: what a window shows lies 20 to 105 mm from the left and 45
 * to 90 mm from the top, and only the address does. */
static void
check_window(struct arena *a, bool large)
{
	struct letters all = sending();
	struct letter karen = to_karen();
	double box[4];
	all.large = large;
	struct str boxes = ask(
	    a, "pdftotext -bbox", pdf_of(a, letters_doc(a, &all, &karen, 1)));
	place_of(a, boxes, "Karen", box);
	CHECK(box[0] > 20 && box[1] > 45);
	place_of(a, boxes, "2.", box);
	CHECK(box[2] < 105);
	struct str address =
	    str_sub(boxes, str_find(boxes, S(">Karen<")), boxes.n);
	place_of(a, address, "9999", box);
	CHECK(box[3] < 90);
	place_of(a, boxes, "Torvet", box);
	CHECK(box[0] > 105 || box[3] < 45);
	place_of(a, boxes, "2026", box); /* the date begins the letter */
	CHECK(box[1] > 90);
}

TEST(the_address_stands_in_the_window)
{
	check_window(arena, false);
	check_window(arena, true);
}

TEST(letters_do_not_share_a_sheet_of_paper)
{
	struct letters all = sending();
	struct letter list[3];
	for (int i = 0; i < 3; i++)
		list[i] = to_karen();
	list[1].text = many_words(arena, "langt", 900);
	struct doc *d = letters_doc(arena, &all, list, 3);
	struct str info = ask(arena, "pdfinfo", pdf_of(arena, d));
	/* 2 + 4 (three of text and the back) + 2 */
	struct str text = ask(arena, "pdftotext -layout", pdf_of(arena, d));
	int page = 0, begins = 0;
	for (struct str rest = text; rest.n > 0; page++) {
		struct str one = str_cut(&rest, '\f');
		if (str_find(one, S("Karen Ærenlund")) < 0)
			continue;
		begins++;
		CHECK_INT(page % 2, 0);
		CHECK_HAS(one, S("Side 1"));
	}
	CHECK_INT(begins, 3);
	CHECK(str_find(text, S("Side 7")) < 0);
	CHECK_HAS(info, S("Tagged:"));
}

TEST(a_letter_in_large_print_is_larger)
{
	struct letters all = sending();
	struct letter karen = to_karen();
	double small[4], large[4];
	struct doc *d = letters_doc(arena, &all, &karen, 1);
	place_of(arena, ask(arena, "pdftotext -bbox", pdf_of(arena, d)),
	    "klogere", small);
	d->large = true;
	place_of(arena, ask(arena, "pdftotext -bbox", pdf_of(arena, d)),
	    "klogere", large);
	CHECK(large[2] - large[0] > 1.5 * (small[2] - small[0]));
	/* What comes after is in plain print again. */
	d->large = false;
	place_of(arena, ask(arena, "pdftotext -bbox", pdf_of(arena, d)),
	    "klogere", large);
	CHECK(large[0] >= small[0] - 0.01 && large[0] <= small[0] + 0.01);
}

TEST(a_letter_without_a_code_has_no_square)
{
	struct letters all = sending();
	struct letter karen = to_karen();
	karen.code = S("");
	struct doc *d = letters_doc(arena, &all, &karen, 1);
	for (const struct doc_block *b = d->blocks; b; b = b->next)
		CHECK(b->kind != DOC_QR);
	CHECK_HAS(pdf_text(arena, d), S("12 34 56 78"));
}

TEST(an_address_too_long_for_a_code_is_refused)
{
	struct doc *d = doc_new(arena, LANG_DA, S("t"));
	struct str url = S("https://a.dk/");
	while (url.n < DOC_MAX_QR)
		url = str_cat(arena, url, S("x"));
	doc_qr(d, url);
	CHECK_OK(doc_check(d));
	CHECK_INT(pdf_of(arena, d).n > 0, 1);
	d->blocks->url = str_cat(arena, url, S("x"));
	CHECK_INT(doc_check(d), ERR_INVALID);
	d->blocks->url = S("javascript:1");
	CHECK_INT(doc_check(d), ERR_INVALID);
}

/* A reader of its own would be best; the modules are libqrencode's, and what
 * is checked is that they are drawn. */
TEST(the_square_is_drawn_as_vectors)
{
	struct letters all = sending();
	struct letter karen = to_karen();
	struct doc *d = letters_doc(arena, &all, &karen, 1);
	struct str with = pdf_of(arena, d);
	CHECK(str_find(ask(arena, "pdfimages -list", with), S("image")) < 0);
	karen.code = S("");
	struct str without = pdf_of(arena, letters_doc(arena, &all, &karen, 1));
	CHECK(with.n > without.n + 1000);
}

TEST(digital_post_has_a_row_a_letter)
{
	struct letters all = sending();
	struct letter list[2] = {to_karen(), to_karen()};
	struct str csv;
	list[1].reference = S("K/19 æ");
	CHECK_OK(letters_csv(arena, &all, list, 2, &csv));
	CHECK_HAS(csv, S("fil;reference;navn;adresse;emne;tekst\r\n"));
	CHECK_HAS(csv,
	    S("K-1842.pdf;K-1842;Karen Ærenlund;\"Bøgevej 7, 2. th, 9999 "
	      "Fjordby\";"));
	CHECK_HAS(csv, S("K_19___.pdf;"));
	CHECK_INT(count_of(csv, S("\r\n")), 3);
	/* Codes are in the letters alone. */
	CHECK(str_find(csv, CODE) < 0);
}

TEST(an_sms_has_the_link_whole_and_160_letters_at_most)
{
	struct letters all = sending();
	struct letter karen = to_karen();
	struct str sms = letter_sms(arena, &all, &karen);
	CHECK_STR(sms,
	    S("Vil du fortælle os om din hverdag? "
	      "https://samskab.fjordby.dk/c/FJ7K-0123-4567-89AB-CDEF-GHJK-"
	      "MNPQ-RS"));
	all.heading = many_words(arena, "æøå", 40);
	sms = letter_sms(arena, &all, &karen);
	CHECK_INT(utf8_length(sms), SMS_LETTERS);
	CHECK(str_ends(sms, S("-MNPQ-RS")));
	all.page = many_words(arena, "x", 60);
	CHECK_INT(letter_sms(arena, &all, &karen).n, 0);
}
