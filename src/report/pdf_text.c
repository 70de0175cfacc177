/* SPDX-License-Identifier: MPL-2.0 */

#include "base/buf.h"
#include "report/pdf_parts.h"

const struct colour COLOUR_TEXT = {0.102, 0.102, 0.102}; /* #1a1a1a */
const struct colour COLOUR_QUIET = {0.333, 0.333, 0.333}; /* 7.5:1 on white */
const struct colour COLOUR_ACCENT = {0, 0.349, 0.702}; /* #0059b3 */
const struct colour COLOUR_RULE = {0.80, 0.82, 0.84};
const struct colour COLOUR_TINT = {0.925, 0.953, 0.980};
const struct colour COLOUR_PAPER = {1, 1, 1};

enum {
	MAX_HYPHENS = 64, /* a text; a hostile one breaks anywhere */
	MAX_WORD = 60, /* letters; longer is no word */
	LONG_TEXT = 6000, /* bytes */
	LARGER = 6, /* points: body text of 16.5 in large print */
	PIECE = 150, /* bytes, twice that in words without end */
};

/* U+00AD, two bytes in UTF-8. */
#define SOFT_HYPHEN S("\xc2\xad")

struct face_def {
	double size, line; /* points */
	bool strong, slanted;
	const struct colour *ink;
};

static const struct face_def FACES[] = {
    [FACE_TITLE] = {25, 31, true, false, &COLOUR_TEXT},
    [FACE_SUBTITLE] = {12.5, 18, false, false, &COLOUR_QUIET},
    [FACE_H1] = {17, 23, true, false, &COLOUR_TEXT},
    [FACE_H2] = {13, 18, true, false, &COLOUR_TEXT},
    [FACE_H3] = {11, 16, true, false, &COLOUR_TEXT},
    [FACE_H4] = {10.5, 15, true, true, &COLOUR_QUIET},
    [FACE_BODY] = {10.5, 15.5, false, false, &COLOUR_TEXT},
    [FACE_LABEL] = {10, 15.5, true, false, &COLOUR_QUIET},
    [FACE_CAPTION] = {10.5, 15, true, false, &COLOUR_TEXT},
    [FACE_CELL] = {9.5, 13.5, false, false, &COLOUR_TEXT},
    [FACE_CELL_HEAD] = {9.5, 13.5, true, false, &COLOUR_TEXT},
    [FACE_GRID] = {8.5, 11.8, false, false, &COLOUR_TEXT},
    [FACE_GRID_HEAD] = {8.5, 11.8, true, false, &COLOUR_TEXT},
    [FACE_SMALL] = {8.5, 12, false, false, &COLOUR_QUIET},
};

/* ---- text and attributes ---- */

struct str
pdf_words(struct arena *a, struct str s)
{
	struct buf out = buf_new(a, s.n + 1);
	ptrdiff_t from = 0;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char lead = (unsigned char)s.p[i];
		if (lead < 0xef)
			continue;
		gunichar c = g_utf8_get_char(s.p + i);
		if ((c & 0xfffe) != 0xfffe && (c < 0xfdd0 || c > 0xfdef))
			continue;
		buf_add(&out, str_sub(s, from, i));
		buf_add(&out, S("\xef\xbf\xbd"));
		i += lead == 0xef ? 2 : 3;
		from = i + 1;
	}
	if (from == 0)
		return s;
	buf_add(&out, str_sub(s, from, s.n));
	return buf_str(&out);
}

struct draft {
	struct words *words;
	struct buf text;
	PangoAttrList *attrs;
	int hyphens[MAX_HYPHENS]; /* byte offsets in the text without them */
	int n_hyphens;
};

static void
attr_add(PangoAttrList *list, PangoAttribute *attr, int from, int to)
{
	attr->start_index = (guint)from;
	attr->end_index = (guint)to;
	pango_attr_list_insert(list, attr);
}

/* Adds `s`, which begins at byte `at` of the whole, with its soft hyphens. */
static void
add_words(struct draft *d, struct str s, int at)
{
	ptrdiff_t from = 0;
	for (int i = 0; i < d->n_hyphens; i++) {
		ptrdiff_t cut = d->hyphens[i] - at;
		if (cut <= 0 || cut > s.n)
			continue;
		buf_add(&d->text, str_sub(s, from, cut));
		buf_add(&d->text, SOFT_HYPHEN);
		from = cut;
	}
	buf_add(&d->text, str_sub(s, from, s.n));
}

static void
style_run(struct draft *d, const struct doc_run *run, int from)
{
	int to = (int)d->text.n;
	struct colour c = COLOUR_ACCENT;
	if (run->style == DOC_BOLD)
		attr_add(d->attrs, pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD),
		    from, to);
	if (run->style == DOC_EMPHASIS)
		attr_add(d->attrs, pango_attr_style_new(PANGO_STYLE_ITALIC),
		    from, to);
	if (run->style != DOC_LINK)
		return;
	/* Only so that pango splits runs here; colour is ours. */
	attr_add(d->attrs,
	    pango_attr_foreground_new((guint16)(c.r * 65535),
		(guint16)(c.g * 65535), (guint16)(c.b * 65535)),
	    from, to);
	struct span *span = arena_new(d->words->arena, struct span, 1);
	*span = (struct span){from, to, run, d->words->links};
	d->words->links = span;
}

/* Pango would put a hyphen wherever it cuts a word, in addresses too; only
 * soft hyphens are to show one. */
static void
hyphens_only_where_soft(struct draft *d)
{
	struct str text = buf_str(&d->text);
	ptrdiff_t from = 0;
	while (from < text.n) {
		struct str rest = str_sub(text, from, text.n);
		ptrdiff_t soft = str_find(rest, SOFT_HYPHEN);
		ptrdiff_t to = soft < 0 ? text.n : from + soft;
		attr_add(d->attrs, pango_attr_insert_hyphens_new(FALSE),
		    (int)from, (int)to);
		from = to + SOFT_HYPHEN.n;
	}
}

/* Pango shapes the rest of a piece again whenever it cuts a word, which in a
 * long piece takes for ever.  A change of language begins a new piece; these two
 * are the same one to a font. */
static void
cut_in_pieces(struct draft *d)
{
	struct str text = buf_str(&d->text);
	PangoContext *context = pango_layout_get_context(d->words->layout);
	PangoLanguage *own = pango_context_get_language(context);
	PangoLanguage *twin = pango_language_from_string(
	    own == pango_language_from_string("da") ? "da-DK" : "en-GB");
	ptrdiff_t from = 0;
	for (bool odd = false; from < text.n; odd = !odd) {
		ptrdiff_t to = from + PIECE;
		while (to < text.n && text.p[to] != ' ' &&
		    (to < from + 2 * PIECE ||
			((unsigned char)text.p[to] & 0xc0) == 0x80))
			to++;
		to = to < text.n ? to : text.n;
		if (odd)
			attr_add(d->attrs, pango_attr_language_new(twin),
			    (int)from, (int)to);
		from = to;
	}
}

static void
set_text(struct draft *d, const struct doc_text *source)
{
	int at = 0;
	d->words->links = NULL;
	d->text.n = 0;
	d->attrs = pango_attr_list_new();
	for (const struct doc_run *r = source->first; r; r = r->next) {
		int from = (int)d->text.n;
		/* The space keeps the words apart for who listens or copies. */
		struct arena *a = d->words->arena;
		struct str words =
		    str_replace(a, pdf_words(a, r->text), S("\n"), S(" \n"));
		add_words(d, words, at);
		style_run(d, r, from);
		at += (int)words.n;
	}
	hyphens_only_where_soft(d);
	cut_in_pieces(d);
	pango_layout_set_text(
	    d->words->layout, d->text.n > 0 ? d->text.p : "", (int)d->text.n);
	pango_layout_set_attributes(d->words->layout, d->attrs);
	pango_attr_list_unref(d->attrs);
}

/* ---- long words ---- */

static bool
is_letter(const char *p)
{
	return g_unichar_isalpha(g_utf8_get_char(p));
}

/* Where the word that line `end` cuts in two had better be cut: a byte offset,
 * or -1 to leave it. */
static int
better_cut(const char *text, int start, int end)
{
	gunichar word[MAX_WORD] = {0};
	int n = 0, fit = 0;
	const char *p = text + end, *first = p;
	if (text[end] == '\0' || !is_letter(p))
		return -1;
	while (first > text + start && is_letter(g_utf8_prev_char(first)))
		first = g_utf8_prev_char(first);
	if (first == p)
		return -1;
	for (p = first; *p != '\0' && is_letter(p); p = g_utf8_next_char(p)) {
		if (n == MAX_WORD)
			return -1;
		if (p < text + end)
			fit++;
		word[n++] = g_unichar_tolower(g_utf8_get_char(p));
	}
	int keep = hyphen_place(word, n, fit - 1);
	if (keep == 0 || word[0] >= 0x250) /* Latin letters only */
		return -1;
	return (int)(g_utf8_offset_to_pointer(first, keep) - text);
}

/* The offset in the text without soft hyphens; they are kept in order. */
static int
plain_offset(const struct draft *d, int offset)
{
	int before = 0;
	while (
	    before < d->n_hyphens && d->hyphens[before] + 2 * before < offset)
		before++;
	return offset - 2 * before;
}

/* Puts a soft hyphen into the first word that is cut badly; false when there
 * is none.  One a call, since it moves all that follows. */
static bool
hyphenate_one(struct draft *d)
{
	const char *text = pango_layout_get_text(d->words->layout);
	GSList *line = pango_layout_get_lines_readonly(d->words->layout);
	for (; line != NULL && line->next != NULL; line = line->next) {
		const PangoLayoutLine *one = line->data;
		const PangoLayoutLine *next = line->next->data;
		int end = one->start_index + one->length;
		if (end != next->start_index)
			continue; /* a paragraph ended */
		int cut = better_cut(text, one->start_index, end);
		if (cut < 0)
			continue;
		int at = plain_offset(d, cut);
		if (d->n_hyphens > 0 && at <= d->hyphens[d->n_hyphens - 1])
			continue;
		d->hyphens[d->n_hyphens++] = at;
		return true;
	}
	return false;
}

/* ---- lines ---- */

static void
drop_layout(void *layout)
{
	g_object_unref(layout);
}

static void
set_face(PangoLayout *layout, const struct face_def *face)
{
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family(font, PDF_FAMILY);
	pango_font_description_set_absolute_size(
	    font, face->size * PANGO_SCALE);
	if (face->strong)
		pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
	if (face->slanted)
		pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
}

static void
take_lines(struct words *w)
{
	GSList *list = pango_layout_get_lines_readonly(w->layout);
	w->n_lines = (int)g_slist_length(list);
	w->lines = arena_new(w->arena, PangoLayoutLine *, w->n_lines);
	for (int i = 0; list != NULL; list = list->next)
		w->lines[i++] = list->data;
	w->text = pango_layout_get_text(w->layout);
}

/* Large print adds to every size, so that headings stay larger than text. */
static struct face_def
face_of(const struct pdf_fonts *fonts, enum face face)
{
	struct face_def def = FACES[face];
	if (fonts->large) {
		def.size += LARGER;
		def.line += LARGER * 1.4;
	}
	return def;
}

struct words *
words_new(struct arena *a, struct pdf_fonts *fonts,
    const struct doc_text *source, enum face face, double width)
{
	struct face_def def = face_of(fonts, face);
	struct words *w = arena_new(a, struct words, 1);
	struct draft d = {.words = w, .text = buf_new(a, DOC_MAX_BYTES * 2)};
	w->arena = a;
	w->width = width;
	w->line = def.line;
	w->rise = (def.line - def.size) / 2 + def.size * 0.86;
	w->ink = *def.ink;
	w->layout = pango_layout_new(fonts->context);
	arena_defer(a, drop_layout, w->layout);
	set_face(w->layout, &def);
	pango_layout_set_width(w->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(w->layout, PANGO_WRAP_WORD_CHAR);
	set_text(&d, source);
	/* Each one lays everything out again: few in a text of pages. */
	int most = d.text.n > LONG_TEXT ? MAX_HYPHENS / 16 : MAX_HYPHENS;
	while (d.n_hyphens < most && hyphenate_one(&d))
		set_text(&d, source);
	take_lines(w);
	return w;
}

double
words_height(const struct words *w)
{
	return w->n_lines * w->line;
}
