/* SPDX-License-Identifier: MPL-2.0 */

/* Documents that somebody made to hurt. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "help.h"
#include "report/odt.h"

static struct str
repeat(struct arena *a, struct str part, int n)
{
	struct buf b = buf_new(a, 1 << 24);
	for (int i = 0; i < n; i++)
		buf_add(&b, part);
	return buf_str(&b);
}

TEST(control_characters_are_refused_by_every_writer)
{
	static const char *const bad[] = {"a\x01", "\x1b[2J", "\x7f",
	    "\xc2\x85", "\xff", "\xed\xa0\x80", "\xc3"};
	struct pdf_fonts *fonts = open_fonts();
	struct str out;
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct doc *d = doc_new(arena, LANG_DA, S("t"));
		doc_say(d, str_c(bad[i]));
		CHECK_INT(pdf_write(arena, fonts, d, &out), ERR_INVALID);
		CHECK_INT(odt_write(arena, d, &out), ERR_INVALID);
		CHECK_INT(doc_write_json(arena, d, &out), ERR_INVALID);
	}
	struct doc *d = doc_new(arena, LANG_DA, S("t\x02"));
	CHECK_INT(pdf_write(arena, fonts, d, &out), ERR_INVALID);
}

TEST(an_address_that_runs_something_is_refused)
{
	static const char *const bad[] = {"javascript:alert(1)", "file:///x",
	    "data:text/html,x", "", "//x", "https://x' dest='y", "https://a b",
	    "https://x\\", "HTTPS://x"};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct doc *d = doc_new(arena, LANG_DA, S("t"));
		doc_link(d, doc_paragraph(d), S("x"), str_c(bad[i]));
		CHECK_INT(doc_check(d), ERR_INVALID);
	}
	struct doc *d = doc_new(arena, LANG_DA, S("t"));
	doc_link(d, doc_paragraph(d), S("x"), S("mailto:a@b.dk"));
	CHECK_OK(doc_check(d));
}

TEST(texts_in_any_script_are_drawn)
{
	static const char *const texts[] = {"שלום עולם", "مرحبا بالعالم لا",
	    "😀👩‍👩‍👧‍👦🏳️‍🌈", "漢字かな",
	    "e\u0301\u0301\u0301\u0301\u0301", "\u202eabc\u202c", "\ufeffx",
	    "a\u2028b\u2029c", "\u00ad\u00ad\u00ad", "\uffff\ufffe", "%s%n%x",
	    "</text:p>&amp;", "(\\)<<>>[]/MCID BDC EMC", "\r\r\r", "\t\t\t\t",
	    "\n\n\n\n x"};
	struct pdf_fonts *fonts = open_fonts();
	struct doc *d = doc_new(arena, LANG_EN, S("(\\) EMC <feff> /MCID"));
	d->footer = S("/MCID BDC (\\");
	struct str out;
	for (ptrdiff_t i = 0; i < COUNT_OF(texts); i++) {
		struct str text = str_c(texts[i]);
		doc_heading(d, 1 + (int)i % 4, text);
		doc_run(d, doc_paragraph(d), DOC_PLAIN, text);
		doc_link(d, doc_paragraph(d), text, S("https://x.dk/"));
		doc_run(d, doc_pair(d, text), DOC_BOLD, text);
		doc_run(d, doc_note(d), DOC_EMPHASIS, text);
		struct doc_table *t = doc_table(d, text, 1);
		doc_column(d, t, 0, text, 1);
		doc_run(d, &doc_row(d, t)[0], DOC_PLAIN, text);
	}
	CHECK_OK(pdf_write(arena, fonts, d, &out));
	CHECK_HAS(ask(arena, "pdftotext", out), S("BDC EMC"));
	CHECK_OK(odt_write(arena, d, &out));
}

/* A code point of utf8_valid() text, from any plane, as UTF-8. */
static void
add_any(struct buf *b, uint64_t *seed)
{
	char bytes[8];
	for (;;) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		uint32_t c = (uint32_t)(*seed >> 40);
		c %= c % 3 == 0 ? 0x110000 : c % 3 == 1 ? 0x10000 : 0x800;
		if (c < 0x80)
			bytes[0] = (char)c;
		else if (c < 0x800)
			bytes[0] = (char)(0xc0 | c >> 6);
		else if (c < 0x10000)
			bytes[0] = (char)(0xe0 | c >> 12);
		else
			bytes[0] = (char)(0xf0 | c >> 18);
		int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		for (int i = 1; i < n; i++)
			bytes[i] =
			    (char)(0x80 | (c >> (6 * (n - 1 - i)) & 0x3f));
		struct str s = {bytes, n};
		if (!utf8_valid(s))
			continue;
		buf_add(b, s);
		return;
	}
}

TEST(any_code_points_can_be_drawn)
{
	uint64_t seed = 20261124;
	struct pdf_fonts *fonts = open_fonts();
	struct str out;
	struct doc *d = doc_new(arena, LANG_DA, S("t"));
	for (int i = 0; i < 400; i++) {
		struct buf b = buf_new(arena, 1000);
		for (int k = 0; k < 12; k++)
			add_any(&b, &seed);
		struct str text = buf_str(&b);
		if (i % 20 == 0)
			doc_heading(d, 1, text);
		else if (i % 7 == 0)
			doc_link(d, doc_paragraph(d), text, S("https://x.dk/"));
		else
			doc_run(d, doc_paragraph(d), DOC_PLAIN, text);
	}
	d->title = doc_plain(arena, &d->blocks->text);
	CHECK_OK(pdf_write(arena, fonts, d, &out));
	CHECK_OK(odt_write(arena, d, &out));
}

static int
pages_of(struct arena *a, struct str file)
{
	struct str info = ask(a, "pdfinfo", file);
	int64_t n = 0;
	struct str rest =
	    str_trim(str_sub(info, str_find(info, S("Pages:")) + 6, info.n));
	CHECK(str_int(str_cut(&rest, '\n'), &n));
	return (int)n;
}

TEST(a_paragraph_of_100_kb_is_drawn_whole)
{
	struct str words = many_words(arena, "ord", 14000);
	struct doc *d = doc_new(arena, LANG_DA, S("t"));
	doc_say(d, words);
	CHECK(words.n > 100000);
	int64_t start = clock_mono_us();
	struct str file = pdf_of(arena, d);
	CHECK_MAX(clock_mono_us() - start, 10 * SECOND_US);
	CHECK(has_in_order(
	    arena, ask(arena, "pdftotext -raw", file), "ord", 14000));
	CHECK(pages_of(arena, file) > 20);
}

TEST(a_word_of_100_kb_is_drawn_whole)
{
	struct doc *d = doc_new(arena, LANG_DA, S("t"));
	doc_say(d, repeat(arena, S("bøvs"), 20000));
	struct str text = ask(arena, "pdftotext -raw", pdf_of(arena, d));
	CHECK_INT(
	    count_of(str_replace(arena, text, S("\n"), S("")), S("ø")), 20000);
}

TEST(lines_without_words_are_pages_without_end_to_end_loops)
{
	struct doc *d = doc_new(arena, LANG_DA, repeat(arena, S("T "), 1000));
	d->footer = repeat(arena, S("lang "), 100);
	doc_run(d, doc_paragraph(d), DOC_PLAIN, repeat(arena, S("\n"), 2000));
	struct doc_table *t = doc_table(d, repeat(arena, S("c "), 1000), 24);
	for (int i = 0; i < 24; i++) /* a header higher than a page */
		doc_column(d, t, i, repeat(arena, S("hoved "), 150),
		    i == 0 ? 1000 : 0.001);
	for (int r = 0; r < 3; r++)
		doc_run(d, &doc_row(d, t)[23], DOC_PLAIN,
		    repeat(arena, S("smal "), 200));
	doc_heading(d, 1, repeat(arena, S("H "), 2000));
	for (int i = 0; i < 60; i++)
		doc_heading(d, 1 + i % 4, S("overskrift"));
	struct str file = pdf_of(arena, d);
	CHECK_INT(
	    count_of(ask(arena, "pdftotext -raw", file), S("overskrift")), 60);
}

TEST(an_empty_document_is_a_page)
{
	struct doc *d = doc_new(arena, LANG_EN, (struct str){0});
	struct str file = pdf_of(arena, d);
	CHECK_INT(pages_of(arena, file), 1);
	CHECK_HAS(ask(arena, "pdftotext", file), S("Page 1 of 1"));
	doc_page_break(d);
	doc_page_break(d);
	doc_table(d, S(""), 3);
	doc_paragraph(d);
	CHECK_INT(pages_of(arena, pdf_of(arena, d)), 2);
}
