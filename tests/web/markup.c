/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/web/markup.h"

#include <string.h>

#include "base/buf.h"

enum { MAX_PIECES = 200 * 1000, MAX_DEPTH = 64, MAX_VALUES = 20 };

struct reader {
	struct arena *arena;
	struct str text;
	ptrdiff_t at;
	bool xml;
	struct piece *piece;
	ptrdiff_t n;
	struct str open[MAX_DEPTH];
	int depth;
	const char *fault;
};

static bool
fail_at(struct reader *r, const char *fault)
{
	if (r->fault == NULL)
		r->fault = fault;
	return false;
}

static char
peek(const struct reader *r)
{
	return r->at < r->text.n ? r->text.p[r->at] : '\0';
}

static struct str
rest(const struct reader *r)
{
	return str_sub(r->text, r->at, r->text.n);
}

static bool
take(struct reader *r, struct str s)
{
	if (!str_starts(rest(r), s))
		return false;
	r->at += s.n;
	return true;
}

static bool
add(struct reader *r, enum piece_kind kind, struct str name, struct str text)
{
	if (r->n == MAX_PIECES)
		return fail_at(r, "more than can be read");
	r->piece[r->n++] = (struct piece){kind, name, text};
	return true;
}

static struct str
read_name(struct reader *r)
{
	ptrdiff_t from = r->at;
	for (char c = peek(r);
	     (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
	     (r->xml && ((c >= 'A' && c <= 'Z') || c == ':'));
	     c = peek(r))
		r->at++;
	return str_sub(r->text, from, r->at);
}

/* Our own five; a browser knows two thousand more. */
static bool
read_reference(struct reader *r, struct buf *out)
{
	static const struct {
		struct str name;
		char byte;
	} known[] = {{S_INIT("&amp;"), '&'}, {S_INIT("&lt;"), '<'},
	    {S_INIT("&gt;"), '>'}, {S_INIT("&quot;"), '"'},
	    {S_INIT("&#39;"), '\''}};
	for (ptrdiff_t i = 0; i < COUNT_OF(known); i++) {
		if (take(r, known[i].name)) {
			buf_byte(out, known[i].byte);
			return true;
		}
	}
	return fail_at(r, "a & that is no reference of ours");
}

static bool
is_control(char c)
{
	unsigned char u = (unsigned char)c;
	return (u < 0x20 && c != '\n' && c != '\t') || u == 0x7f;
}

/* Up to `end`, which stays; resolved. */
static bool
read_chars(struct reader *r, char end, struct str *out)
{
	struct buf b = buf_new(r->arena, r->text.n);
	for (char c = peek(r); r->at < r->text.n && c != end; c = peek(r)) {
		if (c == '&') {
			if (!read_reference(r, &b))
				return false;
			continue;
		}
		if (c == '<' || c == '>')
			return fail_at(r, "a bare < or > in text");
		if (is_control(c))
			return fail_at(r, "a control character");
		buf_byte(&b, c);
		r->at++;
	}
	*out = buf_str(&b);
	return true;
}

static bool
read_value(struct reader *r, ptrdiff_t first)
{
	struct str value = {0};
	struct str name = read_name(r);
	if (name.n == 0)
		return fail_at(r, "no attribute's name");
	for (ptrdiff_t i = first; i < r->n; i++) {
		if (str_eq(r->piece[i].name, name))
			return fail_at(r, "an attribute twice");
	}
	if (take(r, S("=\""))) {
		if (!read_chars(r, '"', &value))
			return false;
		if (!take(r, S("\"")))
			return fail_at(r, "a value that stays open");
	} else if (r->xml) {
		return fail_at(r, "an attribute without a value");
	}
	return add(r, PIECE_VALUE, name, value);
}

static bool
is_void(struct str name)
{
	static const struct str names[] = {S_INIT("meta"), S_INIT("link"),
	    S_INIT("input"), S_INIT("br"), S_INIT("hr"), S_INIT("img")};
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++) {
		if (str_eq(name, names[i]))
			return true;
	}
	return false;
}

static bool
read_open(struct reader *r)
{
	struct str name = read_name(r);
	if (name.n == 0 || !add(r, PIECE_OPEN, name, (struct str){0}))
		return fail_at(r, "a < that begins no element");
	ptrdiff_t first = r->n;
	while (take(r, S(" "))) {
		while (r->xml && take(r, S(" ")))
			;
		if (r->xml && (peek(r) == '/' || peek(r) == '>'))
			break;
		if (!read_value(r, first))
			return false;
	}
	if (r->xml && take(r, S("/>")))
		return add(r, PIECE_CLOSE, name, (struct str){0});
	if (!take(r, S(">")))
		return fail_at(r, "an element that is not closed with >");
	if (!r->xml && is_void(name))
		return true;
	if (r->depth == MAX_DEPTH)
		return fail_at(r, "deeper than can be read");
	r->open[r->depth++] = name;
	/* A browser skips one line end here. */
	if (str_eq(name, S("textarea")))
		(void)take(r, S("\n"));
	return true;
}

static bool
read_close(struct reader *r)
{
	struct str name = read_name(r);
	if (!take(r, S(">")) || r->depth == 0 ||
	    !str_eq(r->open[r->depth - 1], name))
		return fail_at(r, "an end that is not the open element's");
	r->depth--;
	return add(r, PIECE_CLOSE, name, (struct str){0});
}

static bool
read_text(struct reader *r)
{
	struct str text;
	if (!read_chars(r, '<', &text))
		return false;
	return text.n == 0 || add(r, PIECE_TEXT, (struct str){0}, text);
}

static struct markup
read_all(struct arena *a, struct str text, bool xml, struct str head)
{
	struct reader *r = arena_new(a, struct reader, 1);
	*r = (struct reader){.arena = a, .text = text, .xml = xml};
	r->piece = arena_new(a, struct piece, text.n + 1);
	bool ok = take(r, head) || fail_at(r, "not the head that was wanted");
	while (ok && r->at < text.n) {
		if (take(r, S("</")))
			ok = read_close(r);
		else if (take(r, S("<")))
			ok = read_open(r);
		else
			ok = read_text(r);
	}
	if (ok && r->depth > 0)
		(void)fail_at(r, "an element that stays open");
	return (struct markup){r->piece, r->n, r->fault, r->at};
}

struct markup
markup_html(struct arena *a, struct str text)
{
	return read_all(a, text, false, S("<!DOCTYPE html>\n"));
}

struct markup
markup_xml(struct arena *a, struct str text)
{
	return read_all(
	    a, text, true, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
}

/* The value of an attribute of the element that opens at `i`. */
static struct str
value_of(const struct markup *m, ptrdiff_t i, struct str name)
{
	for (i++; i < m->n && m->list[i].kind == PIECE_VALUE; i++) {
		if (str_eq(m->list[i].name, name))
			return m->list[i].text;
	}
	return (struct str){0};
}

struct str
markup_field(const struct markup *m, struct str name)
{
	for (ptrdiff_t i = 0; i < m->n; i++) {
		const struct piece *p = &m->list[i];
		if (p->kind != PIECE_OPEN ||
		    !str_eq(value_of(m, i, S("name")), name))
			continue;
		if (str_eq(p->name, S("input")))
			return value_of(m, i, S("value"));
		if (!str_eq(p->name, S("textarea")))
			continue;
		while (m->list[++i].kind == PIECE_VALUE)
			;
		return m->list[i].text; /* {0} of its end */
	}
	return (struct str){0};
}
