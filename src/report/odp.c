/* SPDX-License-Identifier: MPL-2.0 */
#include "report/odp.h"

#include "base/clock.h"
#include "report/odt_parts.h"
#include "report/zip.h"

static const char TYPE[] = "application/vnd.oasis.opendocument.presentation";

static const char NAMESPACES[] =
    " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
    " xmlns:presentation=\"urn:oasis:names:tc:opendocument:"
    "xmlns:presentation:1.0\"";

/* ---- slides ---- */

/* At 20 points on a slide of 280 x 157.5 mm. */
enum { SLIDE_LINES = 9, LINE_LETTERS = 50 };

struct slides {
	struct arena *arena;
	struct buf *out;
	struct str above, title; /* headings of level 1, and below it */
	int n; /* slides so far */
	int lines; /* on the one that is open; 0: none is */
	int part; /* of those with this title */
};

static void
add_frame(struct buf *out, const char *class, const char *place)
{
	buf_fmt(out,
	    "<draw:frame presentation:style-name=\"%s\" draw:layer=\"layout\""
	    " presentation:class=\"%s\" presentation:user-transformed=\"true\""
	    " %s><draw:text-box>",
	    class, class, place);
}

static void
end_frame(struct buf *out)
{
	buf_add(out, S("</draw:text-box></draw:frame>\n"));
}

static void
begin_page(struct slides *s)
{
	s->n++;
	buf_fmt(s->out,
	    "<draw:page draw:name=\"page%d\" draw:style-name=\"page\""
	    " draw:master-page-name=\"Default\">\n",
	    s->n);
}

static void
add_title(struct slides *s)
{
	struct str title = s->above.n > 0 && s->title.n > 0
	    ? STR_JOIN(s->arena, s->above, S(" · "), s->title)
	    : STR_JOIN(s->arena, s->above, s->title);
	add_frame(s->out, "title",
	    "svg:x=\"14mm\" svg:y=\"9mm\" svg:width=\"252mm\""
	    " svg:height=\"26mm\"");
	buf_add(s->out, S("<text:p>"));
	xml_add_words(s->out, title);
	if (s->part > 1)
		buf_fmt(s->out, " (%d)", s->part);
	buf_add(s->out, S("</text:p>"));
	end_frame(s->out);
}

static void
begin_slide(struct slides *s)
{
	s->part++;
	begin_page(s);
	add_title(s);
	add_frame(s->out, "outline",
	    "svg:x=\"14mm\" svg:y=\"40mm\" svg:width=\"252mm\""
	    " svg:height=\"106mm\"");
}

static void
end_slide(struct slides *s)
{
	if (s->lines == 0)
		return;
	end_frame(s->out);
	buf_add(s->out, S("</draw:page>\n"));
	s->lines = 0;
}

static void
begin_heading(struct slides *s, const struct doc_block *b)
{
	struct str text = doc_plain(s->arena, &b->text);
	end_slide(s);
	s->part = 0;
	if (b->level == 1)
		s->above = text;
	s->title = b->level == 1 ? S("") : text;
}

/* ---- lines ---- */

static int
lines_of(struct str words)
{
	int n = 1, letters = 0;
	for (ptrdiff_t i = 0; i < words.n; i++) {
		bool begins = ((unsigned char)words.p[i] & 0xC0) != 0x80;
		letters += begins;
		if (words.p[i] == '\n' || letters > LINE_LETTERS) {
			n++;
			letters = 0;
		}
	}
	return n;
}

/* As much of it as a slide holds, to a space; all of it where it fits, and of
 * one word without an end as well. */
static struct str
cut_slide(struct str *words)
{
	int lines = 1, letters = 0;
	ptrdiff_t space = 0, i = 0;
	for (; i < words->n && lines <= SLIDE_LINES; i++) {
		char c = words->p[i];
		letters += ((unsigned char)c & 0xC0) != 0x80;
		if (c == ' ' || c == '\n')
			space = i;
		if (c == '\n' || letters > LINE_LETTERS) {
			lines++;
			letters = 0;
		}
	}
	struct str part = lines <= SLIDE_LINES || space == 0
	    ? *words
	    : str_sub(*words, 0, space);
	*words = str_trim(str_sub(*words, part.n, words->n));
	return part;
}

/* `style`: of a paragraph; `label` stands before it in bold. */
static void
add_line(
    struct slides *s, const char *style, struct str label, struct str words)
{
	struct str rest = str_trim(words);
	do {
		struct str part = cut_slide(&rest);
		int lines = lines_of(STR_JOIN(s->arena, label, S(": "), part));
		if (s->lines > 0 && s->lines + lines > SLIDE_LINES)
			end_slide(s);
		if (s->lines == 0)
			begin_slide(s);
		s->lines += lines;
		buf_fmt(s->out, "<text:p text:style-name=\"%s\">", style);
		if (label.n > 0) {
			buf_add(s->out,
			    S("<text:span text:style-name=\"Strong\">"));
			xml_add_words(s->out, label);
			buf_add(s->out,
			    str_ends(label, S("?")) ? S("</text:span> ")
						    : S(":</text:span> "));
		}
		xml_add_words(s->out, part);
		buf_add(s->out, S("</text:p>\n"));
		label = S("");
	} while (rest.n > 0);
}

static void
add_plain(struct slides *s, const char *style, const struct doc_text *text)
{
	struct str words = doc_plain(s->arena, text);
	if (str_trim(words).n > 0)
		add_line(s, style, S(""), words);
}

static void
add_items(struct slides *s, const struct doc_block *b)
{
	for (const struct doc_item *i = b->items; i; i = i->next) {
		if (b->kind == DOC_PAIRS)
			add_line(s, "line", doc_plain(s->arena, &i->label),
			    doc_plain(s->arena, &i->text));
		else
			add_plain(s, "item", &i->text);
	}
}

/* "Karen: Phase: Sam-design. Role: ..." */
static void
add_row(struct slides *s, const struct doc_table *t, const struct doc_row *row)
{
	struct buf b = buf_new(s->arena, DOC_MAX_BYTES);
	for (int i = 1; i < t->n_columns; i++) {
		struct str cell = doc_plain(s->arena, &row->cells[i]);
		if (cell.n == 0)
			continue;
		buf_add(&b, b.n > 0 ? S("; ") : S(""));
		buf_add(&b, doc_plain(s->arena, &t->header[i]));
		buf_add(&b, S(": "));
		buf_add(&b, cell);
	}
	add_line(s, "line", doc_plain(s->arena, &row->cells[0]), buf_str(&b));
}

static void
add_table(struct slides *s, const struct doc_table *t)
{
	if (t->caption.n > 0)
		add_line(s, "note", S(""), t->caption);
	for (const struct doc_row *row = t->rows; row; row = row->next)
		add_row(s, t, row);
}

static void
add_block(struct slides *s, const struct doc_block *b)
{
	switch (b->kind) {
	case DOC_HEADING:
		begin_heading(s, b);
		break;
	case DOC_PAIRS:
	case DOC_BULLETS:
	case DOC_NUMBERS:
		add_items(s, b);
		break;
	case DOC_TABLE:
		add_table(s, b->table);
		break;
	case DOC_QR:
		add_plain(s, "line", &b->text);
		add_line(s, "line", S(""), b->url);
		break;
	case DOC_BREAK:
		end_slide(s);
		break;
	case DOC_PARAGRAPH:
	case DOC_LETTER:
	case DOC_NOTE:
		add_plain(s, b->kind == DOC_NOTE ? "note" : "line", &b->text);
		break;
	}
}

/* ---- the parts ---- */

static void
add_first(struct slides *s, const struct doc *d)
{
	struct str below[] = {d->subject, d->author,
	    lang_date(s->arena, d->lang, date_danish(d->created_us))};
	begin_page(s);
	add_frame(s->out, "title",
	    "svg:x=\"14mm\" svg:y=\"45mm\" svg:width=\"252mm\""
	    " svg:height=\"40mm\"");
	buf_add(s->out, S("<text:p>"));
	xml_add_words(s->out, d->title);
	buf_add(s->out, S("</text:p>"));
	end_frame(s->out);
	add_frame(s->out, "outline",
	    "svg:x=\"14mm\" svg:y=\"90mm\" svg:width=\"252mm\""
	    " svg:height=\"50mm\"");
	for (ptrdiff_t i = 0; i < COUNT_OF(below); i++) {
		if (below[i].n == 0)
			continue;
		buf_add(s->out, S("<text:p text:style-name=\"line\">"));
		xml_add_words(s->out, below[i]);
		buf_add(s->out, S("</text:p>\n"));
	}
	end_frame(s->out);
	buf_add(s->out, S("</draw:page>\n"));
}

static const char LINES[] =
    "<office:automatic-styles>"
    "<style:style style:name=\"page\" style:family=\"drawing-page\"/>"
    "<style:style style:name=\"Strong\" style:family=\"text\">"
    "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"line\" style:family=\"paragraph\">"
    "<style:paragraph-properties fo:margin-bottom=\"3mm\"/></style:style>"
    "<style:style style:name=\"item\" style:family=\"paragraph\">"
    "<style:paragraph-properties fo:margin-bottom=\"3mm\""
    " fo:margin-left=\"6mm\"/></style:style>"
    "<style:style style:name=\"note\" style:family=\"paragraph\">"
    "<style:paragraph-properties fo:margin-bottom=\"3mm\"/>"
    "<style:text-properties fo:font-style=\"italic\"/></style:style>"
    "</office:automatic-styles>\n";

static void
begin_xml(struct buf *out, const char *root)
{
	buf_fmt(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:%s%s%s>\n",
	    root, ODT_NAMESPACES, NAMESPACES);
}

static struct str
content(struct arena *a, const struct doc *d)
{
	struct buf out = buf_new(a, ODT_BYTES);
	struct slides s = {.arena = a, .out = &out, .above = d->title};
	begin_xml(&out, "document-content");
	buf_add(&out, str_c(LINES));
	buf_add(&out, S("<office:body><office:presentation>\n"));
	add_first(&s, d);
	for (const struct doc_block *b = d->blocks; b; b = b->next)
		add_block(&s, b);
	end_slide(&s);
	buf_add(&out,
	    S("</office:presentation></office:body>"
	      "</office:document-content>\n"));
	return out.full ? S("") : buf_str(&out);
}

/* A face, a paper of a slide's shape, and the two places on it. */
static struct str
styles(struct arena *a, const struct doc *d)
{
	struct buf out = buf_new(a, ODT_BYTES);
	bool danish = d->lang == LANG_DA;
	begin_xml(&out, "document-styles");
	buf_fmt(&out,
	    "<office:font-face-decls><style:font-face style:name=\"Sans\""
	    " svg:font-family=\"Arial\" style:font-family-generic=\"swiss\""
	    " style:font-pitch=\"variable\"/></office:font-face-decls>\n"
	    "<office:styles><style:default-style style:family=\"graphic\">"
	    "<style:text-properties style:font-name=\"Sans\""
	    " fo:font-size=\"20pt\" fo:color=\"#1a1a1a\""
	    " fo:language=\"%s\" fo:country=\"%s\"/></style:default-style>\n",
	    danish ? "da" : "en", danish ? "DK" : "GB");
	buf_add(&out,
	    S("<style:style style:name=\"title\" style:family=\"presentation\">"
	      "<style:graphic-properties draw:stroke=\"none\""
	      " draw:fill=\"none\" draw:textarea-vertical-align=\"bottom\"/>"
	      "<style:text-properties style:font-name=\"Sans\""
	      " fo:font-size=\"24pt\" fo:font-weight=\"bold\""
	      " fo:color=\"#1a1a1a\"/></style:style>\n"
	      "<style:style style:name=\"outline\""
	      " style:family=\"presentation\"><style:graphic-properties"
	      " draw:stroke=\"none\" draw:fill=\"none\""
	      " draw:textarea-vertical-align=\"top\"/>"
	      "<style:text-properties style:font-name=\"Sans\""
	      " fo:font-size=\"20pt\" fo:color=\"#1a1a1a\"/></style:style>\n"
	      "</office:styles>\n<office:automatic-styles>"
	      "<style:page-layout style:name=\"slide\">"
	      "<style:page-layout-properties fo:page-width=\"280mm\""
	      " fo:page-height=\"157.5mm\" fo:margin-top=\"0mm\""
	      " fo:margin-bottom=\"0mm\" fo:margin-left=\"0mm\""
	      " fo:margin-right=\"0mm\""
	      " style:print-orientation=\"landscape\"/>"
	      "</style:page-layout></office:automatic-styles>\n"
	      "<office:master-styles><style:master-page"
	      " style:name=\"Default\" style:page-layout-name=\"slide\"/>"
	      "</office:master-styles></office:document-styles>\n"));
	return out.full ? S("") : buf_str(&out);
}

enum err
odp_write(struct arena *a, const struct doc *d, struct str *out)
{
	enum err e = doc_check(d);
	if (e != ERR_OK)
		return e;
	const struct zip_part parts[] = {
	    {"mimetype", str_c(TYPE), true},
	    {"content.xml", content(a, d), false},
	    {"styles.xml", styles(a, d), false},
	    {"meta.xml", odt_meta(a, d), false},
	    {"META-INF/manifest.xml", odt_manifest(a, TYPE), false},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		if (parts[i].bytes.n == 0)
			return ERR_TOO_LARGE;
	}
	return zip_write(a, parts, COUNT_OF(parts), out);
}
