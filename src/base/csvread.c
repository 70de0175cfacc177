/* SPDX-License-Identifier: MPL-2.0 */
#include "base/csvread.h"

#include <string.h>

#include "base/lang.h"
#include "base/utf8.h"

enum { FIRST_FIELDS = 16 };

/* Of the first line, outside quotes; a comma when there is none. */
static char
find_separator(struct str text)
{
	static const char candidates[] = {',', ';', '\t'};
	ptrdiff_t count[3] = {0};
	bool quoted = false;
	int best = 0;
	for (ptrdiff_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"')
			quoted = !quoted;
		if (!quoted && (c == '\n' || c == '\r'))
			break;
		for (int k = 0; k < 3 && !quoted; k++)
			count[k] += c == candidates[k];
	}
	for (int k = 1; k < 3; k++) {
		if (count[k] > count[best])
			best = k;
	}
	return candidates[best];
}

void
csv_open(struct csv_reader *r, struct arena *a, struct str text)
{
	if (str_starts(text, S("\xEF\xBB\xBF")))
		text = str_sub(text, 3, text.n);
	*r = (struct csv_reader){.arena = a,
	    .text = text,
	    .separator = find_separator(text),
	    .next_line = 1};
}

static void
fault_at(struct csv_reader *r, int64_t line, ptrdiff_t line_start, ptrdiff_t at,
    const char *expected)
{
	r->expected = expected;
	r->line = line;
	r->column = 1;
	for (ptrdiff_t i = line_start; i < at; i++)
		r->column += ((unsigned char)r->text.p[i] & 0xC0) != 0x80;
}

/* Where the line begins that holds byte `at` of the present row. */
static void
fault(struct csv_reader *r, ptrdiff_t at, const char *expected)
{
	ptrdiff_t start = r->row_at;
	int64_t line = r->line;
	for (ptrdiff_t i = r->row_at; i < at; i++) {
		if (r->text.p[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	fault_at(r, line, start, at, expected);
}

bool
csv_fault(struct csv_reader *r, ptrdiff_t i, const char *expected)
{
	if (i >= r->n)
		i = r->n - 1;
	fault(r, i < 0 ? r->row_at : r->start[i], expected);
	return false;
}

static void
add_field(struct csv_reader *r, struct str field, ptrdiff_t start)
{
	if (r->n == r->cap) {
		ptrdiff_t cap = r->cap > 0 ? 2 * r->cap : FIRST_FIELDS;
		struct str *fields = arena_new(r->arena, struct str, cap);
		ptrdiff_t *starts = arena_new(r->arena, ptrdiff_t, cap);
		if (r->n > 0) {
			memcpy(fields, r->field, (size_t)r->n * sizeof *fields);
			memcpy(starts, r->start, (size_t)r->n * sizeof *starts);
		}
		r->field = fields;
		r->start = starts;
		r->cap = cap;
	}
	r->start[r->n] = start;
	r->field[r->n++] = field;
}

static bool
check_bytes(struct csv_reader *r, struct str field, ptrdiff_t at)
{
	if (utf8_valid(field))
		return true;
	fault(r, at, N_("text in UTF-8, without control characters"));
	return false;
}

/* Up to a separator or the end of the line; a quote in it is a mistake. */
static bool
read_plain(struct csv_reader *r)
{
	const char *p = r->text.p;
	ptrdiff_t i = r->at, n = r->text.n;
	bool odd = false; /* not printable ASCII */
	while (i < n && p[i] != r->separator && p[i] != '\n' && p[i] != '\r' &&
	    p[i] != '"') {
		odd = odd || p[i] < ' ' || p[i] > '~';
		i++;
	}
	if (i < n && p[i] == '"') {
		fault(r, i,
		    N_("no quotation mark here: put the whole in quotes"));
		return false;
	}
	struct str field = str_sub(r->text, r->at, i);
	if (odd && !check_bytes(r, field, r->at))
		return false;
	add_field(r, field, r->at);
	r->at = i;
	return true;
}

/* "" in a quoted field is one quote. */
static struct str
undoubled(struct arena *a, struct str raw)
{
	char *p = arena_new(a, char, raw.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < raw.n; i++) {
		p[n++] = raw.p[i];
		i += raw.p[i] == '"';
	}
	return (struct str){p, n};
}

static bool
read_quoted(struct csv_reader *r)
{
	const char *p = r->text.p;
	ptrdiff_t from = r->at + 1, i = from, n = r->text.n;
	bool doubled = false;
	for (;;) {
		const char *quote =
		    i < n ? memchr(p + i, '"', (size_t)(n - i)) : NULL;
		if (quote == NULL) {
			fault(r, r->at,
			    N_("a quotation mark that ends the text"));
			return false;
		}
		i = quote - p;
		if (i + 1 >= n || p[i + 1] != '"')
			break;
		doubled = true;
		i += 2;
	}
	struct str raw = str_sub(r->text, from, i);
	if (!check_bytes(r, raw, from))
		return false;
	for (ptrdiff_t k = from; k < i; k++)
		r->next_line += p[k] == '\n';
	add_field(r, doubled ? undoubled(r->arena, raw) : raw, r->at);
	r->at = i + 1;
	if (r->at < n && p[r->at] != r->separator && p[r->at] != '\n' &&
	    p[r->at] != '\r') {
		fault(r, r->at, "a separator after the quotation mark");
		return false;
	}
	return true;
}

/* The end of a line, of which there may be several in a row. */
static void
skip_line_ends(struct csv_reader *r)
{
	while (r->at < r->text.n) {
		char c = r->text.p[r->at];
		if (c != '\n' && c != '\r')
			return;
		bool pair = c == '\r' && r->at + 1 < r->text.n &&
		    r->text.p[r->at + 1] == '\n';
		r->at += pair ? 2 : 1;
		r->next_line++;
	}
}

bool
csv_next(struct csv_reader *r)
{
	skip_line_ends(r);
	if (r->expected != NULL || r->at >= r->text.n)
		return false;
	r->n = 0;
	r->line = r->next_line;
	r->row_at = r->at;
	for (;;) {
		bool quoted = r->at < r->text.n && r->text.p[r->at] == '"';
		if (!(quoted ? read_quoted(r) : read_plain(r)))
			return false;
		if (r->at >= r->text.n || r->text.p[r->at] != r->separator)
			return true;
		r->at++;
	}
}

ptrdiff_t
csv_find(const struct csv_reader *r, struct str name)
{
	for (ptrdiff_t i = 0; i < r->n; i++) {
		if (str_eq_nocase(str_trim(r->field[i]), name))
			return i;
	}
	return -1;
}

struct str
csv_plain(struct str cell)
{
	static const char *const runs[] = {
	    "=", "+", "-", "@", "＝", "＋", "－", "＠"};
	struct str rest = str_sub(cell, 1, cell.n);
	if (!str_starts(cell, S("'")))
		return cell;
	for (ptrdiff_t i = 0; i < COUNT_OF(runs); i++) {
		if (str_starts(rest, str_c(runs[i])))
			return rest;
	}
	return cell;
}
