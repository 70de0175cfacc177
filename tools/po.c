/* SPDX-License-Identifier: MPL-2.0 */
#include "po.h"

#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "tool.h"

struct reader {
	struct place at;
	struct po_entry now;
	struct str *open; /* the string that a next "..." line goes on with */
	bool has_id, fuzzy_ahead;
	struct po_entry *entry;
	ptrdiff_t n, cap;
};

static char
unescaped(struct reader *r, char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'r':
		return '\r';
	case '"':
	case '\\':
		return c;
	default:
		tool_fail(r->at, "unknown escape \\%c", c);
	}
}

/* "..." with escapes, to the end of the line. */
static struct str
quoted(struct reader *r, struct str s)
{
	s = str_trim(s);
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		tool_fail(r->at, "a string in \"quotes\" is expected");
	char *p = arena_new(tool_arena(), char, s.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 1; i < s.n - 1; i++) {
		if (s.p[i] == '"')
			tool_fail(r->at, "a quote inside the string");
		if (s.p[i] != '\\')
			p[n++] = s.p[i];
		else if (++i == s.n - 1)
			tool_fail(r->at, "the string is not closed");
		else
			p[n++] = unescaped(r, s.p[i]);
	}
	return (struct str){p, n};
}

static void
entry_end(struct reader *r)
{
	if (!r->has_id)
		return;
	if (r->n == r->cap) {
		ptrdiff_t cap = r->cap > 0 ? 2 * r->cap : 64;
		struct po_entry *more =
		    arena_new(tool_arena(), struct po_entry, cap);
		if (r->n > 0)
			memcpy(more, r->entry, (size_t)r->n * sizeof *more);
		r->entry = more;
		r->cap = cap;
	}
	r->entry[r->n++] = r->now;
	r->has_id = false;
	r->open = NULL;
}

static bool
keyword(struct str *line, struct str word)
{
	if (!str_starts(*line, word) || line->n <= word.n ||
	    (line->p[word.n] != ' ' && line->p[word.n] != '"'))
		return false;
	*line = str_sub(*line, word.n, line->n);
	return true;
}

static void
start(struct reader *r, struct str *target, struct str rest)
{
	*target = quoted(r, rest);
	r->open = target;
}

static void
read_words(struct reader *r, struct str line)
{
	if (keyword(&line, S("msgid"))) {
		entry_end(r);
		r->now = (struct po_entry){
		    .line = r->at.line, .fuzzy = r->fuzzy_ahead};
		r->has_id = true;
		r->fuzzy_ahead = false;
		start(r, &r->now.id, line);
	} else if (!r->has_id) {
		tool_fail(r->at, "msgid is expected");
	} else if (keyword(&line, S("msgid_plural"))) {
		start(r, &r->now.many, line);
	} else if (keyword(&line, S("msgstr")) ||
	    keyword(&line, S("msgstr[0]"))) {
		start(r, &r->now.text[0], line);
	} else if (keyword(&line, S("msgstr[1]"))) {
		start(r, &r->now.text[1], line);
	} else if (line.n > 0 && line.p[0] == '"' && r->open != NULL) {
		*r->open = str_cat(tool_arena(), *r->open, quoted(r, line));
	} else {
		tool_fail(r->at, "not understood");
	}
}

static void
read_line(struct reader *r, struct str line)
{
	if (line.n == 0) {
		entry_end(r);
		r->fuzzy_ahead = false;
	} else if (line.p[0] == '#') {
		if (r->has_id && r->open != NULL && line.n > 1 &&
		    line.p[1] != '~')
			entry_end(r);
		if (str_starts(line, S("#,")) &&
		    str_find(line, S("fuzzy")) >= 0)
			r->fuzzy_ahead = true;
	} else {
		read_words(r, line);
	}
}

static int
by_id(const void *x, const void *y)
{
	const struct po_entry *a = x, *b = y;
	return message_cmp(a->id, b->id);
}

/* Sorts, checks that no msgid stands twice, takes the header out. */
static struct po
finished(struct reader *r)
{
	struct po po = {r->at.file, r->entry, r->n};
	if (r->n > 0)
		qsort(r->entry, (size_t)r->n, sizeof *r->entry, by_id);
	for (ptrdiff_t i = 1; i < r->n; i++) {
		if (!str_eq(r->entry[i - 1].id, r->entry[i].id))
			continue;
		r->at.line = r->entry[i].line > r->entry[i - 1].line
		    ? r->entry[i].line
		    : r->entry[i - 1].line;
		tool_fail(r->at, "this msgid stands here a second time");
	}
	if (po.n > 0 && po.entry[0].id.n == 0) {
		po.entry++;
		po.n--;
	}
	return po;
}

struct po
po_read(const char *path)
{
	struct reader r = {.at = {.file = path}};
	struct str rest = tool_read(path);
	while (rest.n > 0) {
		r.at.line++;
		read_line(&r, str_trim(str_cut(&rest, '\n')));
	}
	entry_end(&r);
	return finished(&r);
}

const struct po_entry *
po_find(const struct po *po, struct str id)
{
	struct po_entry key = {.id = id};
	if (po->n == 0)
		return NULL;
	return bsearch(
	    &key, po->entry, (size_t)po->n, sizeof *po->entry, by_id);
}

bool
po_done(const struct po_entry *e)
{
	return e != NULL && !e->fuzzy && e->text[0].n > 0 &&
	    (e->many.n == 0 || e->text[1].n > 0);
}

unsigned
po_placeholders(struct str text)
{
	unsigned bits = 0;
	for (ptrdiff_t i = 0; i + 1 < text.n; i++) {
		char c = text.p[i + 1];
		if (text.p[i] == '%' && c >= '1' && c <= '9')
			bits |= 1u << (c - '0');
	}
	return bits;
}

void
po_string(struct buf *b, struct str s)
{
	buf_byte(b, '"');
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\n' || c == '\t')
			buf_add(b, c == '\n' ? S("\\n") : S("\\t"));
		else if (c == '"' || c == '\\')
			buf_fmt(b, "\\%c", c);
		else
			buf_byte(b, c);
	}
	buf_byte(b, '"');
}
