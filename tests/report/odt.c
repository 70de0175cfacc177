/* SPDX-License-Identifier: MPL-2.0 */
#include "report/odt.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "help.h"

static struct str
odt_of(struct arena *a, const struct doc *d)
{
	struct str out;
	CHECK_OK(odt_write(a, d, &out));
	return out;
}

static bool
has_name_chars(struct str name)
{
	for (ptrdiff_t i = 0; i < name.n; i++) {
		if (strchr("<>&\"'", name.p[i]) != NULL)
			return false;
	}
	return name.n > 0;
}

/* Whether every tag is closed in its order, and text and values hold no bare
 * markup: a small reader for what we write. */
static bool
well_formed(struct arena *a, struct str xml)
{
	struct str open[64];
	int depth = 0;
	(void)a;
	while (xml.n > 0) {
		ptrdiff_t at = str_find_byte(xml, '<');
		struct str text = str_sub(xml, 0, at < 0 ? xml.n : at);
		if (str_find_byte(text, '>') >= 0)
			return false;
		for (ptrdiff_t i = 0; i < text.n; i++) {
			if (text.p[i] == '&' &&
			    str_find_byte(str_sub(text, i, i + 6), ';') < 0)
				return false;
		}
		if (at < 0)
			break;
		xml = str_sub(xml, at + 1, xml.n);
		struct str tag = str_cut(&xml, '>');
		struct str rest = tag;
		struct str name = str_cut(&rest, ' ');
		if (str_starts(tag, S("?")))
			continue;
		if (str_find_byte(tag, '<') >= 0)
			return false;
		if (str_starts(tag, S("/"))) {
			name = str_sub(tag, 1, tag.n);
			if (depth == 0 || !str_eq(open[--depth], name))
				return false;
		} else if (!str_ends(tag, S("/"))) {
			if (depth == 64 || !has_name_chars(name))
				return false;
			open[depth++] = name;
		}
	}
	return depth == 0;
}

TEST(an_odt_begins_with_its_type_as_it_is)
{
	struct str file = odt_of(arena, sample_doc(arena));
	/* Bytes 30 on: the name, then the type, unpacked (OpenDocument 1.2,
	 * part 3, 3.3), so that `file` knows it. */
	CHECK_STR(str_sub(file, 30, 77),
	    S("mimetypeapplication/vnd.oasis.opendocument.text"));
	CHECK_INT(file.p[8] | file.p[9] | file.p[28] | file.p[29], 0);
	struct str manifest = zip_part(arena, file, "META-INF/manifest.xml");
	CHECK_HAS(manifest, S("full-path=\"content.xml\""));
	CHECK_HAS(manifest, S("full-path=\"styles.xml\""));
	CHECK_HAS(manifest, S("full-path=\"meta.xml\""));
}

TEST(the_parts_are_xml)
{
	static const char *const parts[] = {
	    "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"};
	struct doc *d = sample_doc(arena);
	d->title = S("<&>\"'\uffff");
	d->footer = S("a < b & c");
	d->author = S("&amp;");
	struct str file = odt_of(arena, d);
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++)
		CHECK(well_formed(arena, zip_part(arena, file, parts[i])));
	CHECK_HAS(zip_part(arena, file, "meta.xml"),
	    S("<dc:title>&lt;&amp;&gt;&quot;'\ufffd</dc:title>"));
	/* The controls. */
	CHECK(!well_formed(arena, S("<a><b></a></b>")));
	CHECK(!well_formed(arena, S("<a>x & y</a>")));
	CHECK(!well_formed(arena, S("<a>")));
	CHECK(well_formed(arena, S("<a><b c=\"d\"/>&amp;</a>")));
}

TEST(xmllint_takes_the_parts)
{
	static const char *const parts[] = {
	    "content.xml", "styles.xml", "meta.xml"};
	if (system("xmllint --version >/dev/null 2>&1") != 0)
		test_skip("xmllint is not installed");
	struct str file = odt_of(arena, sample_doc(arena));
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++)
		ask(arena, "xmllint --noout", zip_part(arena, file, parts[i]));
	CHECK(system("printf '<a>' | xmllint --noout - 2>/dev/null") != 0);
}

TEST(the_content_has_headings_tables_lists_and_links)
{
	struct str file = odt_of(arena, sample_doc(arena));
	struct str xml = zip_part(arena, file, "content.xml");
	CHECK_HAS(xml,
	    S("<text:h text:style-name=\"Heading_20_1\""
	      " text:outline-level=\"1\">Formål</text:h>"));
	CHECK_HAS(xml, S("text:outline-level=\"4\">Til sidst</text:h>"));
	CHECK_HAS(xml, S("Andet afsnit<text:line-break/>med to linjer."));
	CHECK_HAS(xml, S("xlink:href=\"https://example.dk/a?b=1&amp;c=2\""));
	CHECK_HAS(xml, S("style-name=\"Strong\">vigtig</text:span>"));
	CHECK_HAS(xml, S("style-name=\"Emphasis\"><text:s/>og ny</text:span>"));
	CHECK_HAS(xml, S("<table:table-header-rows>"));
	CHECK_HAS(xml, S("Pårørende"));
	CHECK_HAS(xml, S("<text:list text:style-name=\"Numbers\">"));
	CHECK_HAS(xml, S("<text:p text:style-name=\"PageBreak\"/>"));
	CHECK_HAS(xml, S("Slut &amp; &lt;færdig&gt; &quot;nu&quot;."));
}

TEST(language_paper_and_page_numbers_are_set)
{
	struct doc *d = sample_doc(arena);
	struct str xml = zip_part(arena, odt_of(arena, d), "styles.xml");
	CHECK_HAS(xml, S("fo:language=\"da\" fo:country=\"DK\""));
	CHECK_HAS(xml, S("fo:page-width=\"210mm\""));
	CHECK_HAS(xml, S("Side <text:page-number"));
	CHECK_HAS(xml, S(" af <text:page-count>"));
	CHECK_HAS(xml, S("style:default-outline-level=\"4\""));
	d->lang = LANG_EN;
	d->paper = DOC_A3;
	xml = zip_part(arena, odt_of(arena, d), "styles.xml");
	CHECK_HAS(xml, S("fo:language=\"en\" fo:country=\"GB\""));
	CHECK_HAS(xml, S("fo:page-width=\"420mm\""));
	CHECK_HAS(xml, S("style:print-orientation=\"landscape\""));
	CHECK_HAS(xml, S("Page <text:page-number"));
}

TEST(every_cell_of_a_large_table_is_there)
{
	struct str file = odt_of(arena, table_doc(arena, 300, 5));
	struct str xml = zip_part(arena, file, "content.xml");
	for (int r = 0; r < 300; r++) {
		struct arena *scratch = arena_scratch(arena);
		for (int c = 0; c < 5; c++)
			CHECK_INT(
			    count_of(xml, str_fmt(scratch, ">c%d-%d<", r, c)),
			    1);
		arena_close(scratch);
	}
	CHECK_INT(count_of(xml, S("<table:table-row>")), 301);
}

TEST(the_same_document_gives_the_same_odt)
{
	struct str first = odt_of(arena, sample_doc(arena));
	CHECK(str_eq(first, odt_of(arena, sample_doc(arena))));
	struct doc *other = sample_doc(arena);
	doc_say(other, S("mere"));
	CHECK(!str_eq(first, odt_of(arena, other)));
}

static void
write_sample(struct arena *a, void *arg)
{
	CHECK(odt_of(a, arg).n > 0);
}

/* What libzip holds is given back also then. */
TEST(odt_that_finds_the_arena_full_loses_nothing)
{
	CHECK(test_allocations(write_sample, sample_doc(arena)) > 5);
}
