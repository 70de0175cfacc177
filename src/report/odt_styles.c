/* SPDX-License-Identifier: MPL-2.0 */
#include "report/odt_parts.h"

enum { A4_TEXT_MM = 210 - 2 * 22, A3_TEXT_MM = 420 - 2 * 16 };

double
odt_text_width(const struct doc *d)
{
	return d->paper == DOC_A3 ? A3_TEXT_MM : A4_TEXT_MM;
}

/* Arial is the face that every office has, or has a twin of. */
static const char FONTS[] =
    "<office:font-face-decls>"
    "<style:font-face style:name=\"Sans\" svg:font-family=\"Arial\""
    " style:font-family-generic=\"swiss\""
    " style:font-pitch=\"variable\"/></office:font-face-decls>\n";

struct paragraph_style {
	const char *name, *shown, *parent;
	int level; /* of the outline; 0: none */
	const char *paragraph, *text;
};

static const struct paragraph_style STYLES[] = {
    {"Text_20_body", "Text body", "Standard", 0,
	"fo:margin-bottom=\"3mm\" fo:line-height=\"135%\" fo:orphans=\"2\""
	" fo:widows=\"2\"",
	""},
    {"Sender", "Sender", "Standard", 0, "", "fo:color=\"#555555\""},
    {"Title", "Title", "Standard", 0,
	"fo:margin-bottom=\"1mm\" fo:keep-with-next=\"always\"",
	"fo:font-size=\"24pt\" fo:font-weight=\"bold\""},
    {"Subtitle", "Subtitle", "Standard", 0, "fo:margin-bottom=\"8mm\"",
	"fo:font-size=\"12pt\" fo:color=\"#555555\""},
    {"Heading_20_1", "Heading 1", "Standard", 1,
	"fo:margin-top=\"9mm\" fo:margin-bottom=\"3mm\""
	" fo:keep-with-next=\"always\"",
	"fo:font-size=\"17pt\" fo:font-weight=\"bold\""},
    {"Heading_20_2", "Heading 2", "Standard", 2,
	"fo:margin-top=\"6mm\" fo:margin-bottom=\"2mm\""
	" fo:keep-with-next=\"always\"",
	"fo:font-size=\"13pt\" fo:font-weight=\"bold\""},
    {"Heading_20_3", "Heading 3", "Standard", 3,
	"fo:margin-top=\"4mm\" fo:margin-bottom=\"1mm\""
	" fo:keep-with-next=\"always\"",
	"fo:font-size=\"11pt\" fo:font-weight=\"bold\""},
    {"Heading_20_4", "Heading 4", "Standard", 4,
	"fo:margin-top=\"4mm\" fo:margin-bottom=\"1mm\""
	" fo:keep-with-next=\"always\"",
	"fo:font-weight=\"bold\" fo:font-style=\"italic\""
	" fo:color=\"#555555\""},
    {"Note", "Note", "Standard", 0,
	"fo:margin-top=\"2mm\" fo:margin-bottom=\"4mm\" fo:padding=\"3mm\""
	" fo:background-color=\"#ecf3fa\" fo:border-top=\"none\""
	" fo:border-bottom=\"none\" fo:border-right=\"none\""
	" fo:border-left=\"3pt solid #0059b3\" fo:line-height=\"135%\"",
	""},
    {"Caption", "Caption", "Standard", 0,
	"fo:margin-top=\"3mm\" fo:margin-bottom=\"2mm\""
	" fo:keep-with-next=\"always\"",
	"fo:font-weight=\"bold\""},
    {"Table_20_Contents", "Table Contents", "Standard", 0, "",
	"fo:font-size=\"9.5pt\" fo:hyphenate=\"true\""
	" fo:hyphenation-remain-char-count=\"3\""
	" fo:hyphenation-push-char-count=\"3\""},
    {"Table_20_Heading", "Table Heading", "Table_20_Contents", 0, "",
	"fo:font-weight=\"bold\""},
    {"List_20_Contents", "List Contents", "Standard", 0,
	"fo:margin-bottom=\"1mm\" fo:line-height=\"135%\"", ""},
    {"PageBreak", "Page Break", "Standard", 0, "fo:break-before=\"page\"",
	"fo:font-size=\"2pt\""},
    {"Footer", "Footer", "Standard", 0, "",
	"fo:font-size=\"8.5pt\" fo:color=\"#555555\""},
};

static void
add_style(struct buf *out, const struct paragraph_style *s)
{
	buf_fmt(out,
	    "<style:style style:name=\"%s\" style:display-name=\"%s\""
	    " style:family=\"paragraph\" style:parent-style-name=\"%s\"",
	    s->name, s->shown, s->parent);
	if (s->level > 0)
		buf_fmt(out,
		    " style:default-outline-level=\"%d\""
		    " style:next-style-name=\"Text_20_body\"",
		    s->level);
	buf_fmt(out,
	    "><style:paragraph-properties %s/>"
	    "<style:text-properties %s/></style:style>\n",
	    s->paragraph, s->text);
}

static const char TEXT_STYLES[] =
    "<style:style style:name=\"Strong\" style:family=\"text\">"
    "<style:text-properties fo:font-weight=\"bold\"/></style:style>\n"
    "<style:style style:name=\"Emphasis\" style:family=\"text\">"
    "<style:text-properties fo:font-style=\"italic\"/></style:style>\n"
    "<style:style style:name=\"Internet_20_link\""
    " style:display-name=\"Internet link\" style:family=\"text\">"
    "<style:text-properties fo:color=\"#0059b3\""
    " style:text-underline-style=\"solid\""
    " style:text-underline-width=\"auto\""
    " style:text-underline-color=\"font-color\"/></style:style>\n";

#define LIST_LABEL                                                      \
	"<style:list-level-properties"                                  \
	" text:list-level-position-and-space-mode=\"label-alignment\">" \
	"<style:list-level-label-alignment text:label-followed-by="     \
	"\"listtab\" text:list-tab-stop-position=\"7mm\""               \
	" fo:text-indent=\"-7mm\" fo:margin-left=\"7mm\"/>"             \
	"</style:list-level-properties>"

static const char LIST_STYLES[] =
    "<text:list-style style:name=\"Bullets\">"
    "<text:list-level-style-bullet text:level=\"1\""
    " text:bullet-char=\"•\">" LIST_LABEL
    "</text:list-level-style-bullet></text:list-style>\n"
    "<text:list-style style:name=\"Numbers\">"
    "<text:list-level-style-number text:level=\"1\""
    " style:num-suffix=\".\" style:num-format=\"1\">" LIST_LABEL
    "</text:list-level-style-number></text:list-style>\n";

static void
add_defaults(struct buf *out, const struct doc *d)
{
	bool danish = d->lang == LANG_DA;
	buf_fmt(out,
	    "<style:default-style style:family=\"paragraph\">"
	    "<style:paragraph-properties style:tab-stop-distance=\"10mm\"/>"
	    "<style:text-properties style:font-name=\"Sans\""
	    " fo:font-size=\"10.5pt\" fo:color=\"#1a1a1a\""
	    " fo:language=\"%s\" fo:country=\"%s\" fo:hyphenate=\"false\"/>"
	    "</style:default-style>\n"
	    "<style:style style:name=\"Standard\""
	    " style:family=\"paragraph\" style:class=\"text\"/>\n",
	    danish ? "da" : "en", danish ? "DK" : "GB");
}

static void
add_outline(struct buf *out)
{
	buf_add(out, S("<text:outline-style style:name=\"Outline\">"));
	for (int i = 1; i <= DOC_LEVELS; i++)
		buf_fmt(out,
		    "<text:outline-level-style text:level=\"%d\""
		    " style:num-format=\"\"/>",
		    i);
	buf_add(out, S("</text:outline-style>\n"));
}

static void
add_page(struct buf *out, const struct doc *d)
{
	bool a3 = d->paper == DOC_A3;
	buf_fmt(out,
	    "<style:page-layout style:name=\"%s\">"
	    "<style:page-layout-properties fo:page-width=\"%dmm\""
	    " fo:page-height=\"297mm\" style:print-orientation=\"%s\""
	    " fo:margin-top=\"20mm\" fo:margin-bottom=\"12mm\""
	    " fo:margin-left=\"%dmm\" fo:margin-right=\"%dmm\"/>"
	    "<style:header-style/><style:footer-style>"
	    "<style:header-footer-properties fo:min-height=\"8mm\""
	    " fo:margin-top=\"4mm\"/></style:footer-style>"
	    "</style:page-layout>\n",
	    a3 ? "A3Landscape" : "A4Portrait", a3 ? 420 : 210,
	    a3 ? "landscape" : "portrait", a3 ? 16 : 22, a3 ? 16 : 22);
	buf_fmt(out,
	    "<style:style style:name=\"FooterTab\""
	    " style:family=\"paragraph\""
	    " style:parent-style-name=\"Footer\">"
	    "<style:paragraph-properties><style:tab-stops>"
	    "<style:tab-stop style:position=\"%dmm\""
	    " style:type=\"right\"/></style:tab-stops>"
	    "</style:paragraph-properties></style:style>\n",
	    (int)odt_text_width(d));
}

/* "Page %1 of %2" with fields for the numbers. */
static void
add_footer(struct buf *out, const struct doc *d)
{
	struct str page = tr(d->lang, "Page %1 of %2");
	buf_add(out, S("<style:footer><text:p text:style-name=\"FooterTab\">"));
	xml_add_words(out, d->footer);
	buf_add(out, S("<text:tab/>"));
	for (ptrdiff_t i = 0; i < page.n; i++) {
		struct str two = str_sub(page, i, i + 2);
		bool number = str_eq(two, S("%1"));
		if (number || str_eq(two, S("%2"))) {
			buf_add(out,
			    number ? S("<text:page-number"
				       " text:select-page=\"current\">1"
				       "</text:page-number>")
				   : S("<text:page-count>1"
				       "</text:page-count>"));
			i++;
		} else {
			xml_add(out, str_sub(page, i, i + 1));
		}
	}
	buf_add(out, S("</text:p></style:footer>"));
}

struct str
odt_styles(struct arena *a, const struct doc *d)
{
	struct buf out = buf_new(a, ODT_BYTES);
	buf_add(&out,
	    S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<office:document-styles"));
	buf_add(&out, str_c(ODT_NAMESPACES));
	buf_add(&out, S(">\n"));
	buf_add(&out, str_c(FONTS));
	buf_add(&out, S("<office:styles>\n"));
	add_defaults(&out, d);
	for (ptrdiff_t i = 0; i < COUNT_OF(STYLES); i++)
		add_style(&out, &STYLES[i]);
	buf_add(&out, str_c(TEXT_STYLES));
	add_outline(&out);
	buf_add(&out, str_c(LIST_STYLES));
	buf_add(&out, S("</office:styles>\n<office:automatic-styles>\n"));
	add_page(&out, d);
	buf_add(&out, S("</office:automatic-styles>\n<office:master-styles>"));
	buf_fmt(&out,
	    "<style:master-page style:name=\"Standard\""
	    " style:page-layout-name=\"%s\">",
	    d->paper == DOC_A3 ? "A3Landscape" : "A4Portrait");
	add_footer(&out, d);
	buf_add(&out,
	    S("</style:master-page></office:master-styles>\n"
	      "</office:document-styles>\n"));
	return out.full ? S("") : buf_str(&out);
}

static void
add_element(struct buf *out, const char *name, struct str text)
{
	if (text.n == 0)
		return;
	buf_fmt(out, "<%s>", name);
	xml_add(out, text);
	buf_fmt(out, "</%s>\n", name);
}

struct str
odt_meta(struct arena *a, const struct doc *d)
{
	struct buf out = buf_new(a, ODT_BYTES);
	struct str when = time_iso(a, d->created_us);
	buf_add(&out,
	    S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<office:document-meta"));
	buf_add(&out, str_c(ODT_NAMESPACES));
	buf_add(&out, S(">\n<office:meta>\n"));
	add_element(&out, "meta:generator", S("Samskab"));
	add_element(&out, "dc:title", d->title);
	add_element(&out, "dc:subject", d->subject);
	add_element(&out, "meta:initial-creator", d->author);
	add_element(&out, "dc:creator", d->author);
	add_element(&out, "meta:creation-date", when);
	add_element(&out, "dc:date", when);
	add_element(
	    &out, "dc:language", d->lang == LANG_DA ? S("da-DK") : S("en-GB"));
	buf_add(&out, S("</office:meta></office:document-meta>\n"));
	return out.full ? S("") : buf_str(&out);
}
