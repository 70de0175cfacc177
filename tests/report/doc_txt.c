/* SPDX-License-Identifier: MPL-2.0 */
#include "report/doc_txt.h"

#include "tests/report/help.h"

static struct str
text_of(struct arena *a, const struct doc *d)
{
	struct str out;
	CHECK_OK(doc_txt(a, d, &out));
	return out;
}

TEST(a_text_has_each_part_on_lines_of_its_own)
{
	struct doc *d = doc_new(arena, LANG_DA, S("Beretning"));
	d->subject = S("Lys i Havneby");
	doc_heading(d, 1, S("Hvem"));
	doc_say(d, S("Mange kom.\n\nFlere blev."));
	doc_run(d, doc_pair(d, S("Naboer")), DOC_PLAIN, S("12"));
	doc_run(d, doc_pair(d, S("Børn")), DOC_BOLD, S("3"));
	doc_run(d, doc_bullet(d), DOC_EMPHASIS, S("Lamper"));
	doc_run(d, doc_number(d), DOC_PLAIN, S("Først"));
	doc_run(d, doc_number(d), DOC_PLAIN, S("Så"));
	doc_link(d, doc_paragraph(d), S("Siden"), S("https://x.test/om"));
	CHECK_STR(text_of(arena, d),
	    S("Beretning\nLys i Havneby\n\nHvem\n\nMange kom.\n\nFlere "
	      "blev.\n\nNaboer: 12\nBørn: 3\n\n- Lamper\n\n1. Først\n2. "
	      "Så\n\nSiden <https://x.test/om>\n"));
}

TEST(a_text_tells_a_table_row_by_row)
{
	struct doc *d = doc_new(arena, LANG_DA, S("Tal"));
	struct doc_table *t = doc_table(d, S("Stemmer"), 2);
	doc_column(d, t, 0, S("Gruppe"), 1);
	doc_column(d, t, 1, S("Antal"), 1);
	struct doc_text *row = doc_row(d, t);
	doc_run(d, &row[0], DOC_PLAIN, S("Naboer"));
	doc_run(d, &row[1], DOC_PLAIN, S("12"));
	row = doc_row(d, t);
	doc_run(d, &row[0], DOC_PLAIN, S("Børn"));
	CHECK_STR(text_of(arena, d),
	    S("Tal\n\nStemmer\n\nGruppe: Naboer\nAntal: 12\n\nGruppe: "
	      "Børn\n"));
}

TEST(a_text_of_what_may_not_be_written_is_refused)
{
	struct str out;
	struct doc *d = doc_new(arena, LANG_DA, S("\xff"));
	CHECK_INT(doc_txt(arena, d, &out), ERR_INVALID);
}

/* Each part of the document that the other writers are tested with is in it. */
TEST(a_text_has_all_of_a_document)
{
	struct doc *d = sample_doc(arena);
	struct str text = text_of(arena, d);
	for (const struct doc_block *b = d->blocks; b != NULL; b = b->next) {
		const struct doc_run *r = b->text.first;
		for (; r != NULL; r = r->next)
			CHECK_HAS(text, r->text);
	}
	CHECK(text.n > 200);
}
