/* SPDX-License-Identifier: MPL-2.0 */
#include "report/csv.h"

enum { PIECE_BYTES = 32 * 1024 };

struct csv
csv_new(struct arena *a, ptrdiff_t max, char separator, bool bom)
{
	struct csv c = {.out = buf_new(a, max), .separator = separator};
	if (bom)
		buf_add(&c.out, S("\xef\xbb\xbf"));
	return c;
}

struct csv
csv_flow(struct arena *a, char separator,
    void (*put)(void *arg, struct str piece), void *arg)
{
	struct csv c =
	    csv_new(a, PIECE_BYTES + CSV_ROW_BYTES, separator, false);
	c.put = put;
	c.arg = arg;
	return c;
}

static void
put_piece(struct csv *c)
{
	c->put(c->arg, (struct str){c->out.p, c->out.n});
	c->out.n = 0;
}

static bool
is_formula(struct str s)
{
	static const char *const wide[] = {"＝", "＋", "－", "＠"};
	if (s.n > 0 && (s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n'))
		return true;
	s = str_trim(s);
	if (s.n > 0 &&
	    (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@'))
		return true;
	for (ptrdiff_t i = 0; i < COUNT_OF(wide); i++) {
		if (str_starts(s, str_c(wide[i])))
			return true;
	}
	return false;
}

static bool
wants_quotes(const struct csv *c, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char byte = s.p[i];
		if (byte == '"' || byte == '\n' || byte == '\r' ||
		    byte == ';' || byte == ',' || byte == c->separator)
			return true;
	}
	return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void
cell_begin(struct csv *c)
{
	if (c->inside)
		buf_byte(&c->out, c->separator);
	c->inside = true;
}

void
csv_text(struct csv *c, struct str s)
{
	bool formula = is_formula(s);
	bool quotes = wants_quotes(c, s);
	cell_begin(c);
	if (quotes)
		buf_byte(&c->out, '"');
	if (formula)
		buf_byte(&c->out, '\'');
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(&c->out, '"');
		buf_byte(&c->out, s.p[i]);
	}
	if (quotes)
		buf_byte(&c->out, '"');
}

void
csv_int(struct csv *c, int64_t n)
{
	cell_begin(c);
	buf_int(&c->out, n);
}

void
csv_row(struct csv *c)
{
	buf_add(&c->out, S("\r\n"));
	c->inside = false;
	if (c->put != NULL && c->out.n >= PIECE_BYTES)
		put_piece(c);
}

enum err
csv_done(const struct csv *c, struct str *out)
{
	*out = buf_str(&c->out);
	return c->out.full ? ERR_TOO_LARGE : ERR_OK;
}

enum err
csv_end(struct csv *c)
{
	put_piece(c);
	return c->out.full ? ERR_TOO_LARGE : ERR_OK;
}
