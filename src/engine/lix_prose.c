/* SPDX-License-Identifier: MPL-2.0 */

/* From a text to its running text: what a line is, and what is left out. */
#include <string.h>

#include "engine/lix.h"
#include "engine/lix_parts.h"

struct prose {
	enum lix_form form;
	char *out; /* as long as the text, and one more */
	ptrdiff_t n;
	ptrdiff_t start; /* of the paragraph being made, in `out` */
	int lines; /* of it */
	bool stopped; /* the last line kept ends as a sentence does */
	bool in_item; /* since a list item, and no paragraph yet */
	bool blank; /* the line before was blank */
	const char *until; /* code, comment or front matter up to this line */
	struct str rest;
};

/* ---- lines ---- */

static struct str
take_line(struct str *rest)
{
	ptrdiff_t n = 0;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	struct str line = str_sub(*rest, 0, n);
	bool pair =
	    n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n';
	*rest = str_sub(*rest, n + (pair ? 2 : 1), rest->n);
	return line;
}

/* The next line is blank, and something comes after it. */
static bool
blank_follows(struct str rest)
{
	return rest.n > 0 && str_trim(take_line(&rest)).n == 0;
}

static ptrdiff_t
indent(struct str line)
{
	enum { TAB = 4 };
	ptrdiff_t columns = 0;
	for (ptrdiff_t i = 0; i < line.n; i++) {
		if (line.p[i] != ' ' && line.p[i] != '\t')
			break;
		columns += line.p[i] == '\t' ? TAB : 1;
	}
	return columns;
}

/* Ends with . ! ? : or an ellipsis, quotes and brackets behind it aside. */
static bool
ends_sentence(struct str line)
{
	static const char *const closers[] = {"\"", "'", ")", "]", "*", "_",
	    "\u201D", "\u201C", "\u2019", "\u00BB", "\u00AB"};
	for (ptrdiff_t i = 0; i < COUNT_OF(closers);) {
		struct str closer = str_c(closers[i++]);
		if (str_ends(line, closer)) {
			line.n -= closer.n;
			i = 0;
		}
	}
	return line.n > 0 &&
	    (strchr(".!?:", line.p[line.n - 1]) != NULL ||
		str_ends(line, S("\u2026")));
}

/* ---- list items ---- */

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "1. " or "1) "; "17. juni" is a date. */
static bool
numbered(struct str line)
{
	enum { MOST_DIGITS = 3 };
	ptrdiff_t n = 0;
	while (n < line.n && n < MOST_DIGITS && digit(line.p[n]))
		n++;
	if (n == 0 || n + 1 >= line.n ||
	    (line.p[n] != '.' && line.p[n] != ')') || line.p[n + 1] != ' ')
		return false;
	struct str next = str_trim(str_sub(line, n + 2, line.n));
	ptrdiff_t letters = 0;
	while (letters < next.n && next.p[letters] >= 'a' &&
	    next.p[letters] <= 'z')
		letters++;
	return !lix_month(str_sub(next, 0, letters));
}

static bool
bulleted(struct str line)
{
	static const char *const bullets[] = {"- ", "* ", "+ ", "\u2022",
	    "\u00B7", "\u25AA", "\u25E6", "\u25CF", "\u25CB", "\u25A0"};
	for (ptrdiff_t i = 0; i < COUNT_OF(bullets); i++) {
		if (str_starts(line, str_c(bullets[i])))
			return true;
	}
	return str_eq(line, S("-")) || str_eq(line, S("*"));
}

/* In the middle of a sentence a number is only a number, and a dash a dash;
 * a dash that begins a paragraph is somebody speaking. */
static bool
list_item(const struct prose *p, struct str line)
{
	bool fresh = p->lines == 0 || p->stopped;
	bool lettered = line.n > 2 && line.p[0] >= 'a' && line.p[0] <= 'z' &&
	    line.p[1] == ')' && line.p[2] == ' ';
	if (bulleted(line))
		return true;
	if (str_starts(line, S("\u2013 ")))
		return p->in_item ||
		    (p->n > 0 && p->stopped && p->out[p->n - 1] == ':');
	return fresh && (numbered(line) || lettered);
}

/* ---- paragraphs ---- */

static void
end_paragraph(struct prose *p)
{
	if (p->lines == 0)
		return;
	if (p->form == LIX_MARKDOWN)
		p->n =
		    p->start + lix_unmark(p->out + p->start, p->n - p->start);
	p->out[p->n++] = '\n';
	p->start = p->n;
	p->lines = 0;
}

/* Any other space than the usual one becomes as many of that as it has bytes:
 * U+00A0, U+2000 to U+200A, U+2028, U+2029, U+202F, U+3000. */
static void
plain_spaces(char *p, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i + 1 < n; i++) {
		unsigned char a = (unsigned char)p[i];
		unsigned char b = (unsigned char)p[i + 1];
		unsigned char c = i + 2 < n ? (unsigned char)p[i + 2] : 0;
		if (a < 0xC2)
			continue;
		if (a == 0xC2 && b == 0xA0)
			memset(p + i, ' ', 2);
		else if ((a == 0xE2 && b == 0x80 &&
			     ((c >= 0x80 && c <= 0x8A) || c == 0xA8 ||
				 c == 0xA9 || c == 0xAF)) ||
		    (a == 0xE3 && b == 0x80 && c == 0x80))
			memset(p + i, ' ', 3);
	}
}

static void
keep(struct prose *p, struct str line)
{
	if (p->lines > 0)
		p->out[p->n++] = ' ';
	memcpy(p->out + p->n, line.p, (size_t)line.n);
	plain_spaces(p->out + p->n, line.n);
	p->n += line.n;
	p->lines++;
	p->in_item = false;
	p->stopped = ends_sentence(line);
}

/* ---- what a line is ---- */

/* Only `c` and spaces, at least `least` of them. */
static bool
only(struct str line, char c, int least)
{
	int n = 0;
	for (ptrdiff_t i = 0; i < line.n; i++) {
		n += line.p[i] == c;
		if (line.p[i] != c && line.p[i] != ' ' && line.p[i] != '\t')
			return false;
	}
	return n >= least;
}

/* "===" or "---" beneath makes what stands above a heading. */
static bool
underline(struct prose *p, struct str line)
{
	if (!only(line, '=', 2) && !only(line, '-', 2) && !only(line, '*', 3) &&
	    !only(line, '_', 3))
		return false;
	bool heading = line.p[0] == '=' || line.p[0] == '-';
	if (heading && p->lines > 0) {
		p->n = p->start;
		p->lines = 0;
	}
	end_paragraph(p);
	p->in_item = false;
	return true;
}

static bool
atx_heading(struct str line)
{
	ptrdiff_t n = 0;
	while (n < line.n && line.p[n] == '#')
		n++;
	return n > 0 && n <= 6 &&
	    (n == line.n || line.p[n] == ' ' || line.p[n] == '\t');
}

/* "[name]: address" */
static bool
link_definition(struct str line)
{
	ptrdiff_t at = str_find(line, S("]:"));
	return line.p[0] == '[' && at > 0;
}

/* A block of Markdown that is no running text; fences remember their end. */
static bool
markdown_block(struct prose *p, struct str raw, struct str line)
{
	enum { CODE = 4 };
	if (str_starts(line, S("```")) || str_starts(line, S("~~~")))
		p->until = line.p[0] == '`' ? "```" : "~~~";
	else if (str_starts(line, S("<!--")))
		p->until = str_find(line, S("-->")) < 0 ? "-->" : NULL;
	else if (!(p->lines == 0 && !p->in_item && indent(raw) >= CODE) &&
	    !atx_heading(line) && line.p[0] != '|' && !link_definition(line))
		return false;
	end_paragraph(p);
	p->in_item = p->in_item && indent(raw) > 0;
	return true;
}

/* Inside code, a comment or front matter: whether the line ends it. */
static void
inside(struct prose *p, struct str line)
{
	struct str end = str_c(p->until);
	bool comment = str_eq(end, S("-->"));
	if (comment ? str_find(line, end) >= 0 : str_starts(line, end))
		p->until = NULL;
}

static struct str
unquoted(struct str line)
{
	while (line.n > 0 && line.p[0] == '>')
		line = str_trim(str_sub(line, 1, line.n));
	return line;
}

/* What goes on with the item before it. */
static bool
item_goes_on(const struct prose *p, struct str raw)
{
	bool lazy = p->form == LIX_MARKDOWN && !p->blank;
	return p->in_item && (lazy || indent(raw) > 1);
}

static void
text_line(struct prose *p, struct str raw, struct str line)
{
	bool item = list_item(p, line);
	if (item || item_goes_on(p, raw)) {
		end_paragraph(p);
		p->in_item = true;
		return;
	}
	if (p->form == LIX_PLAIN && !ends_sentence(line) &&
	    blank_follows(p->rest)) {
		end_paragraph(p);
		p->in_item = false;
		return;
	}
	keep(p, line);
}

static void
take(struct prose *p, struct str raw)
{
	struct str line = str_trim(raw);
	if (p->until != NULL) {
		inside(p, line);
		return;
	}
	if (p->form == LIX_MARKDOWN)
		line = unquoted(line);
	if (line.n == 0)
		end_paragraph(p);
	else if (!underline(p, line) &&
	    !(p->form == LIX_MARKDOWN && markdown_block(p, raw, line)))
		text_line(p, raw, line);
	p->blank = line.n == 0;
}

struct str
lix_prose(struct arena *a, struct str text, enum lix_form form)
{
	if (str_starts(text, S("\xEF\xBB\xBF")))
		text = str_sub(text, 3, text.n);
	struct prose p = {.form = form,
	    .rest = str_trim(text),
	    .out = arena_new(a, char, text.n + 2),
	    .blank = true};
	if (form == LIX_MARKDOWN && str_starts(p.rest, S("---\n"))) {
		take_line(&p.rest);
		p.until = "---";
	}
	while (p.rest.n > 0)
		take(&p, take_line(&p.rest));
	end_paragraph(&p);
	return (struct str){p.out, p.n};
}
