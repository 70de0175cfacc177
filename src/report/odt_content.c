/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "report/odt_parts.h"

const char ODT_NAMESPACES[] =
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:"
    "xmlns:xsl-fo-compatible:1.0\""
    " xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\""
    " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\""
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
    " office:version=\"1.2\"";

/* ---- text ---- */

void
xml_add_words(struct buf *out, struct str s)
{
	ptrdiff_t from = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		const char *element = NULL;
		bool edge = i == 0 || s.p[i - 1] == '\n' || s.p[i - 1] == ' ';
		if (s.p[i] == '\n')
			element = "<text:line-break/>";
		else if (s.p[i] == '\r')
			element = "";
		else if (s.p[i] == '\t')
			element = "<text:tab/>";
		else if (s.p[i] == ' ' && edge)
			element = "<text:s/>";
		if (element == NULL)
			continue;
		xml_add(out, str_sub(s, from, i));
		buf_add(out, str_c(element));
		from = i + 1;
	}
	xml_add(out, str_sub(s, from, s.n));
}

static void
add_runs(struct buf *out, const struct doc_text *text)
{
	for (const struct doc_run *r = text->first; r; r = r->next) {
		switch (r->style) {
		case DOC_PLAIN:
			xml_add_words(out, r->text);
			break;
		case DOC_BOLD:
		case DOC_EMPHASIS:
			buf_fmt(out, "<text:span text:style-name=\"%s\">",
			    r->style == DOC_BOLD ? "Strong" : "Emphasis");
			xml_add_words(out, r->text);
			buf_add(out, S("</text:span>"));
			break;
		case DOC_LINK:
			buf_add(out,
			    S("<text:a xlink:type=\"simple\" xlink:href=\""));
			xml_add(out, r->url);
			buf_add(
			    out, S("\" text:style-name=\"Internet_20_link\">"));
			xml_add_words(out, r->text);
			buf_add(out, S("</text:a>"));
			break;
		}
	}
}

static void
add_paragraph(struct buf *out, const char *style, const struct doc_text *text)
{
	buf_fmt(out, "<text:p text:style-name=\"%s\">", style);
	add_runs(out, text);
	buf_add(out, S("</text:p>\n"));
}

static void
add_line(struct buf *out, const char *style, struct str words)
{
	struct doc_run run = {DOC_PLAIN, words, {0}, NULL};
	struct doc_text text = {&run, &run};
	if (words.n > 0)
		add_paragraph(out, style, &text);
}

/* ---- tables ---- */

/* Tables are numbered as they come: T1.A is the first column of the first. */
static void
add_columns(struct buf *out, int table, const double *share, int n, double mm)
{
	double sum = 0;
	for (int i = 0; i < n; i++)
		sum += share[i];
	buf_fmt(out,
	    "<style:style style:name=\"T%d\" style:family=\"table\">"
	    "<style:table-properties style:width=\"%dmm\""
	    " table:align=\"left\" fo:margin-bottom=\"5mm\"/>"
	    "</style:style>\n",
	    table, (int)mm);
	for (int i = 0; i < n; i++) {
		/* Hundredths in integers: no locale's decimal sign. */
		int width = (int)(share[i] / sum * mm * 100);
		buf_fmt(out,
		    "<style:style style:name=\"T%d.%c\""
		    " style:family=\"table-column\">"
		    "<style:table-column-properties"
		    " style:column-width=\"%d.%02dmm\"/></style:style>\n",
		    table, 'A' + i, width / 100, width % 100);
	}
}

static const double PAIR_SHARE[] = {0.3, 0.7};

static void
add_table_styles(struct buf *out, const struct doc *d)
{
	int table = 0;
	double mm = odt_text_width(d);
	for (const struct doc_block *b = d->blocks; b; b = b->next) {
		if (b->kind == DOC_TABLE)
			add_columns(out, ++table, b->table->share,
			    b->table->n_columns, mm);
		else if (b->kind == DOC_PAIRS)
			add_columns(out, ++table, PAIR_SHARE, 2, mm);
	}
}

static void
table_begin(struct buf *out, int table, int columns)
{
	buf_fmt(out,
	    "<table:table table:name=\"T%d\" table:style-name=\"T%d\">\n",
	    table, table);
	for (int i = 0; i < columns; i++)
		buf_fmt(out,
		    "<table:table-column table:style-name=\"T%d.%c\"/>\n",
		    table, 'A' + i);
}

static void
add_cell(struct buf *out, const struct doc_text *text, const char *cell,
    const char *paragraph)
{
	buf_fmt(out,
	    "<table:table-cell table:style-name=\"%s\""
	    " office:value-type=\"string\">",
	    cell);
	add_paragraph(out, paragraph, text);
	buf_add(out, S("</table:table-cell>\n"));
}

static void
add_row(
    struct buf *out, const struct doc_table *t, const struct doc_text *cells)
{
	bool head = cells == t->header;
	buf_add(out, S("<table:table-row>\n"));
	for (int i = 0; i < t->n_columns; i++) {
		bool strong = head || (i == 0 && t->row_headers);
		add_cell(out, &cells[i], head ? "HeadCell" : "Cell",
		    strong ? "Table_20_Heading" : "Table_20_Contents");
	}
	buf_add(out, S("</table:table-row>\n"));
}

static void
add_table(struct buf *out, const struct doc_table *t, int number)
{
	add_line(out, "Caption", t->caption);
	table_begin(out, number, t->n_columns);
	buf_add(out, S("<table:table-header-rows>\n"));
	add_row(out, t, t->header);
	buf_add(out, S("</table:table-header-rows>\n"));
	for (const struct doc_row *r = t->rows; r; r = r->next)
		add_row(out, t, r->cells);
	buf_add(out, S("</table:table>\n"));
}

static void
add_pairs(struct buf *out, const struct doc_block *b, int number)
{
	table_begin(out, number, 2);
	for (const struct doc_item *i = b->items; i; i = i->next) {
		buf_add(out, S("<table:table-row>\n"));
		add_cell(out, &i->label, "Cell", "Table_20_Heading");
		add_cell(out, &i->text, "Cell", "Table_20_Contents");
		buf_add(out, S("</table:table-row>\n"));
	}
	buf_add(out, S("</table:table>\n"));
}

static void
add_list(struct buf *out, const struct doc_block *b)
{
	buf_fmt(out, "<text:list text:style-name=\"%s\">\n",
	    b->kind == DOC_NUMBERS ? "Numbers" : "Bullets");
	for (const struct doc_item *i = b->items; i; i = i->next) {
		buf_add(out, S("<text:list-item>"));
		add_paragraph(out, "List_20_Contents", &i->text);
		buf_add(out, S("</text:list-item>\n"));
	}
	buf_add(out, S("</text:list>\n"));
}

/* ---- blocks ---- */

static void
add_block(struct buf *out, const struct doc_block *b, int *tables)
{
	switch (b->kind) {
	case DOC_HEADING:
		buf_fmt(out,
		    "<text:h text:style-name=\"Heading_20_%d\""
		    " text:outline-level=\"%d\">",
		    b->level, b->level);
		add_runs(out, &b->text);
		buf_add(out, S("</text:h>\n"));
		break;
	case DOC_PARAGRAPH:
		add_paragraph(out, "Text_20_body", &b->text);
		break;
	case DOC_NOTE:
		add_paragraph(out, "Note", &b->text);
		break;
	case DOC_PAIRS:
		add_pairs(out, b, ++*tables);
		break;
	case DOC_BULLETS:
	case DOC_NUMBERS:
		add_list(out, b);
		break;
	case DOC_TABLE:
		add_table(out, b->table, ++*tables);
		break;
	case DOC_BREAK:
		buf_add(out, S("<text:p text:style-name=\"PageBreak\"/>\n"));
		break;
	case DOC_LETTER:
		add_paragraph(out, "Sender", &b->sender);
		add_paragraph(out, "Text_20_body", &b->text);
		break;
	case DOC_QR:
		add_paragraph(out, "Note", &b->text);
		break;
	}
}

/* Styles of cells belong to the content, by OpenDocument's rules. */
static const char CELL_STYLES[] =
    "<style:style style:name=\"Cell\" style:family=\"table-cell\">"
    "<style:table-cell-properties fo:padding=\"1.5mm\""
    " fo:border-bottom=\"0.5pt solid #ccd1d6\" fo:border-top=\"none\""
    " fo:border-left=\"none\" fo:border-right=\"none\"/></style:style>\n"
    "<style:style style:name=\"HeadCell\" style:family=\"table-cell\">"
    "<style:table-cell-properties fo:padding=\"1.5mm\""
    " fo:background-color=\"#ecf3fa\""
    " fo:border-bottom=\"1.25pt solid #0059b3\" fo:border-top=\"none\""
    " fo:border-left=\"none\" fo:border-right=\"none\"/></style:style>\n";

struct str
odt_content(struct arena *a, const struct doc *d)
{
	struct buf out = buf_new(a, ODT_BYTES);
	int tables = 0;
	buf_add(&out,
	    S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<office:document-content"));
	buf_add(&out, str_c(ODT_NAMESPACES));
	buf_add(&out, S(">\n<office:automatic-styles>\n"));
	buf_add(&out, str_c(CELL_STYLES));
	add_table_styles(&out, d);
	buf_add(&out,
	    S("</office:automatic-styles>\n<office:body><office:text>\n"));
	add_line(&out, "Sender", d->author);
	add_line(&out, "Title", d->title);
	add_line(&out, "Subtitle", d->subject);
	for (const struct doc_block *b = d->blocks; b; b = b->next)
		add_block(&out, b, &tables);
	buf_add(&out,
	    S("</office:text></office:body></office:document-content>\n"));
	return out.full ? S("") : buf_str(&out);
}
