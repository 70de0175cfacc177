/* SPDX-License-Identifier: MPL-2.0 */
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "help.h"

/* ---- what is in the file ---- */

struct seen {
	bool readable, marked, shows_title, tabs;
	char lang[8];
	int pages, artifacts, loose; /* loose: painted outside of any mark */
	struct str links; /* what link boxes say */
};

/* Operators that paint, outside of every BDC/BMC .. EMC. */
static int
count_loose(struct str content)
{
	int depth = 0, loose = 0;
	while (content.n > 0) {
		struct str line = str_trim(str_cut(&content, '\n'));
		if (str_ends(line, S("BDC")) || str_ends(line, S("BMC")))
			depth++;
		else if (str_eq(line, S("EMC")))
			depth--;
		else if (depth == 0 &&
		    (str_ends(line, S("Tj")) || str_ends(line, S("TJ")) ||
			str_ends(line, S(" f")) || str_ends(line, S(" S"))))
			loose++;
	}
	return loose;
}

static void
look_at_page(struct arena *a, qpdf_data pdf, qpdf_oh page, struct seen *seen)
{
	unsigned char *bytes = NULL;
	size_t n = 0;
	CHECK_INT(qpdf_oh_get_page_content_data(pdf, page, &bytes, &n), 0);
	struct str content =
	    str_dup(a, (struct str){(char *)bytes, (ptrdiff_t)n});
	free(bytes);
	seen->artifacts += count_of(content, S("/Artifact BMC")) > 0;
	seen->loose += count_loose(content);
	seen->tabs =
	    strcmp(qpdf_oh_unparse(pdf, qpdf_oh_get_key(pdf, page, "/Tabs")),
		"/S") == 0;
	qpdf_oh boxes = qpdf_oh_get_key(pdf, page, "/Annots");
	int n_boxes = qpdf_oh_is_array(pdf, boxes)
	    ? qpdf_oh_get_array_n_items(pdf, boxes)
	    : 0;
	for (int i = 0; i < n_boxes; i++) {
		qpdf_oh box = qpdf_oh_get_array_item(pdf, boxes, i);
		qpdf_oh says = qpdf_oh_get_key(pdf, box, "/Contents");
		seen->links = str_cat(
		    a, seen->links, str_c(qpdf_oh_get_utf8_value(pdf, says)));
		CHECK(qpdf_oh_has_key(pdf, box, "/StructParent"));
	}
}

static struct seen
look(struct arena *a, struct str file)
{
	struct seen seen = {0};
	qpdf_data pdf = qpdf_init();
	qpdf_silence_errors(pdf);
	qpdf_set_suppress_warnings(pdf, 1);
	seen.readable = qpdf_read_memory(pdf, "test", file.p,
			    (unsigned long long)file.n, NULL) == 0 &&
	    qpdf_check_pdf(pdf) == 0 && !qpdf_more_warnings(pdf);
	if (seen.readable) {
		qpdf_oh root = qpdf_get_root(pdf);
		qpdf_oh view = qpdf_oh_get_key(pdf, root, "/ViewerPreferences");
		qpdf_oh mark = qpdf_oh_get_key(pdf, root, "/MarkInfo");
		snprintf(seen.lang, sizeof seen.lang, "%s",
		    qpdf_oh_get_utf8_value(
			pdf, qpdf_oh_get_key(pdf, root, "/Lang")));
		seen.marked = qpdf_oh_get_bool_value(
		    pdf, qpdf_oh_get_key(pdf, mark, "/Marked"));
		seen.shows_title = qpdf_oh_get_bool_value(
		    pdf, qpdf_oh_get_key(pdf, view, "/DisplayDocTitle"));
		seen.pages = qpdf_get_num_pages(pdf);
		for (int i = 0; i < seen.pages; i++)
			look_at_page(
			    a, pdf, qpdf_get_page_n(pdf, (size_t)i), &seen);
	}
	if (qpdf_has_error(pdf))
		qpdf_get_error(pdf); /* else cleaning up talks about it */
	qpdf_cleanup(&pdf);
	return seen;
}

TEST(a_pdf_says_what_it_is)
{
	struct str file = pdf_of(arena, sample_doc(arena));
	struct seen seen = look(arena, file);
	CHECK(seen.readable && seen.marked && seen.shows_title && seen.tabs);
	CHECK_STR(str_c(seen.lang), S("da"));
	CHECK_INT(seen.pages, 3);
	CHECK_STR(seen.links, S("siden"));
	struct str info = ask(arena, "pdfinfo", file);
	CHECK_HAS(info, S("Plan for Ældre på Ærø\n"));
	CHECK_HAS(info, S("Åby Kommune\n"));
	CHECK_HAS(info, S("Tagged:          yes"));
	CHECK_HAS(info, S("(A4)"));
	CHECK_HAS(info, S("Nov 24 "));
	/* The control: a file with its tail cut off is not readable. */
	CHECK(!look(arena, str_sub(file, 0, file.n - 200)).readable);
}

TEST(page_furniture_is_an_artifact_and_nothing_is_loose)
{
	struct str file = pdf_of(arena, sample_doc(arena));
	struct seen seen = look(arena, file);
	CHECK_INT(seen.artifacts, seen.pages);
	CHECK_INT(seen.loose, 0);
	CHECK_INT(count_loose(S("q\n/P << /MCID 0 >> BDC\n(a) Tj\nEMC\n"
				"1 2 3 4 re f\n(b) Tj\nQ\n")),
	    2);
	/* Footer and page number are seen on the page and not in the tree. */
	struct str text = ask(arena, "pdftotext -layout", file);
	struct str tree = ask(arena, "pdfinfo -struct-text", file);
	CHECK_HAS(text, S("Side 2 af 3"));
	CHECK_HAS(text, S("Velfærdsnetværket"));
	CHECK_LACKS(tree, S("Side 2"));
	CHECK_LACKS(tree, S("Velfærdsnetværket"));
	CHECK_HAS(tree, S("\"Formål\"")); /* so the tree has what it should */
}

/* What stands between the tags, in order; blanks at line starts dropped. */
static struct str
squeeze(struct arena *a, struct str tree)
{
	struct buf out = buf_new(a, 1 << 24);
	while (tree.n > 0) {
		buf_add(&out, str_trim(str_cut(&tree, '\n')));
		buf_byte(&out, '|');
	}
	return buf_str(&out);
}

TEST(the_structure_is_the_documents)
{
	struct str tree = squeeze(arena,
	    ask(arena, "pdfinfo -struct-text",
		pdf_of(arena, sample_doc(arena))));
	CHECK_HAS(tree, S("|H1 (block)|\"Plan for Ældre på Ærø\"|"));
	CHECK_HAS(tree, S("|H2 (block)|\"Formål\"|P (block)|"));
	CHECK_HAS(tree, S("|\"Andet afsnit med to linjer.\"|"));
	CHECK_HAS(tree, S("|Span (inline)|\"Se \"|Link (inline)|\"siden\"|"));
	CHECK_HAS(tree, S("|\", som er vigtig og ny\"|"));
	CHECK_HAS(tree,
	    S("|L (block)|LI (block)|Lbl (block)|\"Leder\"|LBody (block)|"
	      "\"Mette Ærenlund\"|"));
	CHECK_HAS(tree, S("/ListNumbering /Decimal|LI (block)|"));
	CHECK_HAS(tree,
	    S("|Table (block)|Caption|\"Hvem og hvad\"|TR|TH:|/Scope /Column|"
	      "\"Aktør\"|TH:|/Scope /Column|\"Viden\"|TR|TH:|/Scope /Row|"
	      "\"Pårørende\"|TD|\"Hverdagen\"|"));
	CHECK_HAS(tree, S("|H5 (block)|\"Til sidst\"|"));
	/* In the order of the document. */
	static const char *const order[] = {"\"Formål\"",
	    "\"Grundoplysninger\"", "\"punkt to\"", "\"Aktører\"",
	    "\"Til sidst\"", "færdig"};
	ptrdiff_t last = -1;
	for (ptrdiff_t i = 0; i < COUNT_OF(order); i++) {
		ptrdiff_t at = str_find(tree, str_c(order[i]));
		CHECK(at > last);
		last = at;
	}
}

TEST(headings_are_bookmarks)
{
	qpdf_data pdf = qpdf_init();
	struct str file = pdf_of(arena, sample_doc(arena));
	CHECK_INT(qpdf_read_memory(
		      pdf, "test", file.p, (unsigned long long)file.n, NULL),
	    0);
	qpdf_oh outline = qpdf_oh_get_key(pdf, qpdf_get_root(pdf), "/Outlines");
	qpdf_oh one = qpdf_oh_get_key(pdf, outline, "/First");
	CHECK_STR(str_c(qpdf_oh_get_utf8_value(
		      pdf, qpdf_oh_get_key(pdf, one, "/Title"))),
	    S("Formål"));
	qpdf_oh two = qpdf_oh_get_key(pdf, one, "/First");
	CHECK_STR(str_c(qpdf_oh_get_utf8_value(
		      pdf, qpdf_oh_get_key(pdf, two, "/Title"))),
	    S("Grundoplysninger"));
	qpdf_cleanup(&pdf);
}

/* ---- tables and pages ---- */

TEST(a_long_table_repeats_its_header_and_loses_no_cell)
{
	struct str file = pdf_of(arena, table_doc(arena, 500, 4));
	struct seen seen = look(arena, file);
	struct str text = ask(arena, "pdftotext -layout", file);
	struct str tree = ask(arena, "pdfinfo -struct-text", file);
	CHECK(seen.pages > 10);
	CHECK_INT(count_of(text, S("kolonne0")), seen.pages);
	CHECK_INT(count_of(tree, S("kolonne0")), 1);
	CHECK_INT(count_of(tree, S("TR\n")), 501);
	/* Each once, row by row. */
	for (int i = 0; i < 500 * 4; i++) {
		struct arena *scratch = arena_scratch(arena);
		struct str cell = str_fmt(
		    scratch, "c%d-%d%s", i / 4, i % 4, i % 4 == 3 ? "\n" : " ");
		ptrdiff_t at = str_find(text, cell);
		CHECK(at >= 0);
		text = str_sub(text, at + cell.n - 1, text.n);
		arena_close(scratch);
	}
	CHECK(str_find(text, S("c0-0 ")) < 0);
}

TEST(a_cell_higher_than_pages_goes_on_as_one_cell)
{
	struct doc *d = table_doc(arena, 1, 3);
	struct doc_text *cells = doc_row(d, d->blocks->table);
	doc_run(d, &cells[0], DOC_PLAIN, S("høj"));
	doc_run(d, &cells[1], DOC_PLAIN, many_words(arena, "ord", 2000));
	doc_run(d, &cells[2], DOC_PLAIN, many_words(arena, "tal", 700));
	struct str file = pdf_of(arena, d);
	struct str tree =
	    squeeze(arena, ask(arena, "pdfinfo -struct-text", file));
	CHECK(look(arena, file).pages > 5);
	CHECK_INT(count_of(tree, S("|TR|")), 3);
	CHECK(has_in_order(arena, tree, "ord", 2000));
	CHECK(has_in_order(arena, tree, "tal", 700));
	/* One mark after the other in one TD, nothing between. */
	ptrdiff_t at = str_find(tree, S("\"ord0 "));
	struct str rest = str_sub(tree, at, tree.n);
	CHECK(str_find(rest, S("ord1999")) < str_find(rest, S("|TD|")));
	CHECK(!has_in_order(arena, tree, "ord", 2001)); /* the control */
}

/* Whether a heading ("Overskrift") is the last line of a page, before the
 * page number. */
static bool
heading_stranded(struct str text)
{
	while (text.n > 0) {
		struct str page = str_cut(&text, '\f');
		bool last_is_heading = false;
		while (page.n > 0) {
			struct str line = str_trim(str_cut(&page, '\n'));
			if (line.n > 0 && !str_starts(line, S("Side ")))
				last_is_heading =
				    str_starts(line, S("Overskrift"));
		}
		if (last_is_heading)
			return true;
	}
	return false;
}

TEST(a_heading_stays_with_what_follows)
{
	for (int filler = 30; filler < 46; filler++) {
		struct arena *a = arena_scratch(arena);
		struct doc *d = doc_new(a, LANG_DA, S("T"));
		for (int i = 0; i < filler; i++)
			doc_run(d, doc_bullet(d), DOC_PLAIN, S("linje"));
		doc_heading(d, 1, S("Overskrift et"));
		doc_heading(d, 2, S("Overskrift to"));
		if (filler % 2 == 0)
			doc_say(d, many_words(a, "ord", 60));
		else
			doc_run(d, doc_bullet(d), DOC_PLAIN, S("p"));
		struct doc_table *t = doc_table(d, S("Overskrift tre"), 1);
		doc_column(d, t, 0, S("k"), 1);
		doc_run(d, &doc_row(d, t)[0], DOC_PLAIN, S("v"));
		struct str text = ask(a, "pdftotext -layout", pdf_of(a, d));
		CHECK_HAS(text, S("Overskrift tre"));
		CHECK(!heading_stranded(text));
		arena_close(a);
	}
	CHECK(heading_stranded(S("a\nOverskrift x\n\nSide 1 af 2\n\fb\n")));
}

/* Words of `pdftotext -bbox` that stick out of their page; -1: none seen. */
static int
outside(struct arena *a, struct str boxes)
{
	double w = 0, h = 0, x0, y0, x1, y1;
	int n = 0, words = 0;
	while (boxes.n > 0) {
		struct arena *scratch = arena_scratch(a);
		const char *line =
		    str_cstr(scratch, str_trim(str_cut(&boxes, '\n')));
		sscanf(line, "<page width=\"%lf\" height=\"%lf\">", &w, &h);
		if (sscanf(line,
			"<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\""
			" yMax=\"%lf\">",
			&x0, &y0, &x1, &y1) == 4) {
			words++;
			n += x0 < 0 || y0 < 0 || x1 > w || y1 > h;
		}
		arena_close(scratch);
	}
	return words > 0 ? n : -1;
}

TEST(no_word_leaves_the_page)
{
	struct doc *d = sample_doc(arena);
	doc_say(d,
	    S("Speciallægepraksisplanlægningsstabiliseringsperiodenogså"
	      "lidtlængereenddeterrimeligtatskrivepåengangsålangt"
	      "ordkanstrækkesigoversidenskant"));
	struct doc_table *t = doc_table(d, S("smal"), 24);
	for (int r = 0; r < 3; r++) {
		struct doc_text *cells = doc_row(d, t);
		for (int i = 0; i < 24; i++)
			doc_run(d, &cells[i], DOC_PLAIN,
			    S("Borgerinddragelsesprocesserne"));
	}
	struct str file = pdf_of(arena, d);
	CHECK_INT(outside(arena, ask(arena, "pdftotext -bbox", file)), 0);
	CHECK_INT(outside(arena,
		      S("<page width=\"100.0\" height=\"100.0\">\n"
			"<word xMin=\"90.0\" yMin=\"5.0\" xMax=\"101.0\""
			" yMax=\"9.0\">x</word>\n")),
	    1);
}

TEST(long_danish_words_are_broken_at_a_joint_with_a_hyphen)
{
	struct doc *d = doc_new(arena, LANG_DA, S("T"));
	struct doc_table *t = doc_table(d, S(""), 2);
	doc_column(d, t, 0, S("smal"), 0.16);
	doc_column(d, t, 1, S("bred"), 0.84);
	static const char *const words[] = {"borgerinddragelsesprocesser",
	    "netværksudviklingsgruppen", "sundhedsforvaltningen"};
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++)
		doc_run(d, &doc_row(d, t)[0], DOC_PLAIN, str_c(words[i]));
	struct str file = pdf_of(arena, d);
	struct str text = ask(arena, "pdftotext -raw", file);
	CHECK_HAS(text, S("inddragelses\u00ad\nprocesser"));
	CHECK_HAS(text, S("udviklings\u00ad\ngruppen"));
	CHECK_HAS(text, S("sundheds\u00ad\nforvaltningen"));
	/* Who listens or searches gets the whole word. */
	struct str tree = ask(arena, "pdfinfo -struct-text", file);
	CHECK_HAS(tree, S("\"borgerinddragelsesprocesser\""));
}

TEST(the_grid_lies_on_a3)
{
	struct doc *d = table_doc(arena, 20, 10);
	d->paper = DOC_A3;
	struct str file = pdf_of(arena, d);
	CHECK_HAS(ask(arena, "pdfinfo", file), S("1190.55 x 841.89"));
	CHECK_INT(outside(arena, ask(arena, "pdftotext -bbox", file)), 0);
}

/* ---- the same bytes, without files ---- */

TEST(the_same_document_gives_the_same_bytes)
{
	struct str first = pdf_of(arena, sample_doc(arena));
	struct str second = pdf_of(arena, sample_doc(arena));
	CHECK(str_eq(first, second));
	struct doc *other = sample_doc(arena);
	other->created_us += SECOND_US;
	CHECK(!str_eq(first, pdf_of(arena, other)));
}

TEST(a_long_plan_takes_the_pages_it_needs)
{
	struct doc *d = sample_doc(arena);
	struct pdf_fonts *fonts = open_fonts();
	struct str out;
	for (int i = 0; i < 40; i++) {
		doc_heading(d, 2, S("Aktivitet"));
		doc_say(d, many_words(arena, "hverdag", 60));
	}
	CHECK_OK(pdf_write(arena, fonts, d, &out));
	CHECK(look(arena, out).pages >= 6);
}

TEST(drawing_opens_no_file)
{
	struct rlimit was, none;
	struct pdf_fonts *fonts = open_fonts(), *more;
	struct str out;
	struct doc *d = sample_doc(arena);
	doc_say(d, S("שלום سلام 😀 Жук Ωμ →"));
	CHECK_INT(getrlimit(RLIMIT_NOFILE, &was), 0);
	none = was;
	none.rlim_cur = 3;
	CHECK_INT(setrlimit(RLIMIT_NOFILE, &none), 0);
	enum err drawn = pdf_write(arena, fonts, d, &out);
	enum err opened = pdf_fonts_embedded(arena, &more); /* the control */
	CHECK_INT(setrlimit(RLIMIT_NOFILE, &was), 0);
	CHECK_OK(drawn);
	CHECK(opened != ERR_OK);
	CHECK_HAS(ask(arena, "pdftotext -layout", out), S("Жук"));
}

TEST(what_is_no_font_is_refused)
{
	struct pdf_fonts *fonts;
	struct str bad[] = {S("not a font at all")};
	CHECK_INT(pdf_fonts_open(arena, bad, 1, &fonts), ERR_INVALID);
	CHECK_INT(pdf_fonts_open(arena, bad, 0, &fonts), ERR_INVALID);
}
