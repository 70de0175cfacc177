/* SPDX-License-Identifier: MPL-2.0 */
#include "report/odp.h"

#include <stdlib.h>

#include "base/buf.h"
#include "help.h"

static struct str
slides_of(struct arena *a, const struct doc *d)
{
	struct str out;
	CHECK_OK(odp_write(a, d, &out));
	return zip_part(a, out, "content.xml");
}

static int
pages(struct str xml)
{
	return count_of(xml, S("<draw:page "));
}

TEST(an_odp_begins_with_its_type_as_it_is)
{
	struct str file;
	CHECK_OK(odp_write(arena, sample_doc(arena), &file));
	CHECK_STR(str_sub(file, 30, 85),
	    S("mimetypeapplication/vnd.oasis.opendocument.presentation"));
	CHECK_HAS(zip_part(arena, file, "META-INF/manifest.xml"),
	    S("opendocument.presentation\"/>"));
}

/* A heading begins a slide once something stands below it. */
TEST(slides_are_named_after_their_headings)
{
	struct doc *d = doc_new(arena, LANG_DA, S("Beretning <1>"));
	d->author = S("Fjordby");
	doc_heading(d, 1, S("Hvad der blev besluttet"));
	doc_heading(d, 2, S("Lys & sti"));
	doc_run(d, doc_pair(d, S("Hvorfor")), DOC_PLAIN, S("Den er mørk."));
	doc_run(d, doc_bullet(d), DOC_PLAIN, S("Fire lamper"));
	doc_heading(d, 1, S("Hvad der mangler"));
	doc_say(d, S("En bænk."));
	struct str xml = slides_of(arena, d);
	CHECK_INT(pages(xml), 3); /* the first, and two */
	CHECK_HAS(xml, S("<text:p>Beretning &lt;1&gt;</text:p>"));
	CHECK_HAS(
	    xml, S("<text:p>Hvad der blev besluttet · Lys &amp; sti</text:p>"));
	CHECK_HAS(xml, S("Hvorfor:</text:span> Den er mørk."));
	CHECK_HAS(xml, S("<text:p>Hvad der mangler</text:p>"));
	CHECK_INT(count_of(xml, S("presentation:class=\"title\"")), 3);
}

/* Nothing is lost, however much there is below a heading. */
TEST(slides_go_on_where_one_is_full)
{
	struct doc *d = doc_new(arena, LANG_DA, S("Meget"));
	doc_heading(d, 1, S("Ord"));
	doc_say(d, many_words(arena, "ord", 600));
	struct str xml = slides_of(arena, d);
	CHECK(pages(xml) > 5);
	CHECK(has_in_order(arena, xml, "ord", 599));
	CHECK_HAS(xml, S("<text:p>Ord (2)</text:p>"));
	struct doc *whole = doc_new(arena, LANG_DA, S("Ét ord"));
	char *word = arena_new(arena, char, 5000);
	for (int i = 0; i < 5000; i++)
		word[i] = 'a';
	doc_say(whole, (struct str){word, 5000});
	CHECK_INT(pages(slides_of(arena, whole)), 2);
}

TEST(slides_have_tables_as_lines_with_their_columns)
{
	struct str xml = slides_of(arena, table_doc(arena, 40, 3));
	CHECK_HAS(xml, S("c0-0:</text:span> kolonne1: c0-1; kolonne2: c0-2"));
	CHECK_HAS(xml, S("c39-0:"));
}

TEST(xmllint_takes_the_slides)
{
	static const char *const parts[] = {
	    "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"};
	struct str file;
	if (system("xmllint --version >/dev/null 2>&1") != 0)
		test_skip("xmllint is not installed");
	CHECK_OK(odp_write(arena, sample_doc(arena), &file));
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++)
		ask(arena, "xmllint --noout", zip_part(arena, file, parts[i]));
}

TEST(slides_of_what_is_no_document_are_refused)
{
	struct str out;
	struct doc *d = doc_new(arena, LANG_DA, S("\xff"));
	CHECK_INT(odp_write(arena, d, &out), ERR_INVALID);
}
