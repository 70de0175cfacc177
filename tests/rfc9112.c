/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/rfc9112.h"

/* Reads from the left; the first rule that does not hold ends it. */
struct reader {
	struct arena *arena;
	struct str s;
	ptrdiff_t at;
	bool hidden;
};

/* ---- bytes, RFC 9110 section 5.5 and 5.6, RFC 3986 section 2 ---- */

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_tchar(char c)
{
	return is_alpha(c) || is_digit(c) ||
	    str_find_byte(S("!#$%&'*+-.^_`|~"), c) >= 0;
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* VCHAR, obs-text and the blanks between. */
static bool
is_field_char(char c)
{
	unsigned char u = (unsigned char)c;
	return u == '\t' || (u >= 0x20 && u != 0x7f);
}

/* With what browsers leave as it is in a query. */
static bool
is_target_char(char c)
{
	return is_alpha(c) || is_digit(c) ||
	    str_find_byte(S("-._~:/?[]@!$&'()*+,;=%"), c) >= 0 ||
	    str_find_byte(S("\"<>\\^`{|}"), c) >= 0;
}

static bool
all(struct str s, bool (*is)(char))
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (!is(s.p[i]))
			return false;
	}
	return true;
}

/* ---- lines ---- */

/* Where libmicrohttpd 0.9.75 had two NULs in the end, though no CR LF stood
 * there; 0: it shows.  A colon that begins a line becomes a NUL, and what
 * begins with a NUL is an empty line to it. */
static ptrdiff_t
hidden_end(struct str s, ptrdiff_t lf)
{
	static const char *const ends[] = {
	    "\0\r\n", "\0\0\n", ":\r\n", ":\0\n"};
	struct str after = str_sub(s, lf + 1, lf + 4);
	if (lf > 0 && s.p[lf - 1] == 0)
		return lf + 1;
	if (lf == 1 && s.p[0] == ':')
		return lf + 1;
	for (ptrdiff_t i = 0; i < COUNT_OF(ends); i++) {
		if (str_eq(after, (struct str){ends[i], 3}))
			return lf + 2; /* and an empty line follows */
	}
	return 0;
}

static enum strict
line(struct reader *r, struct str *line)
{
	struct str rest = str_sub(r->s, r->at, r->s.n);
	ptrdiff_t lf = str_find_byte(rest, '\n');
	if (lf < 0)
		return STRICT_SHORT;
	bool crlf = lf > 0 && rest.p[lf - 1] == '\r';
	ptrdiff_t n = crlf ? lf + 1 : r->hidden ? hidden_end(rest, lf) : 0;
	if (n == 0)
		return STRICT_BAD;
	*line = str_sub(rest, 0, n - 2);
	r->at += n;
	return STRICT_OK;
}

/* method SP request-target SP HTTP-version */
static enum strict
request_line(struct reader *r, struct strict_request *q)
{
	struct str rest;
	enum strict so = line(r, &rest);
	if (so != STRICT_OK)
		return so;
	q->method = str_cut(&rest, ' ');
	q->target = str_cut(&rest, ' ');
	q->version = rest;
	bool ok = q->method.n > 0 && all(q->method, is_tchar) &&
	    q->target.n > 0 && all(q->target, is_target_char) &&
	    (str_eq(rest, S("HTTP/1.1")) || str_eq(rest, S("HTTP/1.0")));
	return ok ? STRICT_OK : STRICT_BAD;
}

static struct str
without_blanks(struct str s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s = str_sub(s, 0, s.n - 1);
	return s;
}

/* field-name ":" OWS field-value OWS, until an empty line. */
static enum strict
fields(struct reader *r, struct strict_request *q)
{
	q->field = arena_new(r->arena, struct strict_field, STRICT_FIELDS);
	for (;;) {
		struct str value;
		enum strict so = line(r, &value);
		if (so != STRICT_OK || value.n == 0)
			return so;
		ptrdiff_t colon = str_find_byte(value, ':');
		struct str name = str_cut(&value, ':');
		value = without_blanks(value);
		if (colon < 1 || !all(name, is_tchar) ||
		    !all(value, is_field_char) || q->n_fields == STRICT_FIELDS)
			return STRICT_BAD;
		q->field[q->n_fields++] = (struct strict_field){name, value};
	}
}

/* ---- what the fields mean ---- */

static ptrdiff_t
count(const struct strict_request *q, struct str name, struct str *value)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < q->n_fields; i++) {
		if (!str_eq_nocase(q->field[i].name, name))
			continue;
		*value = q->field[i].value;
		n++;
	}
	return n;
}

/* RFC 3986 section 3.2: "[" address "]" or a name, then ":" and a port. */
static bool
is_host(struct str s)
{
	ptrdiff_t close = str_find_byte(s, ']');
	struct str host = s, port = {0};
	if (str_starts(s, S("["))) {
		if (close < 2)
			return false;
		host = str_sub(s, 1, close);
		port = str_sub(s, close + 1, s.n);
		for (ptrdiff_t i = 0; i < host.n; i++) {
			if (!is_hex(host.p[i]) && host.p[i] != ':' &&
			    host.p[i] != '.')
				return false;
		}
		return port.n == 0 ||
		    (port.p[0] == ':' &&
			all(str_sub(port, 1, port.n), is_digit));
	}
	port = s;
	host = str_cut(&port, ':');
	for (ptrdiff_t i = 0; i < host.n; i++) {
		if (!is_alpha(host.p[i]) && !is_digit(host.p[i]) &&
		    str_find_byte(S("-._~%!$&'()*+,;="), host.p[i]) < 0)
			return false;
	}
	return host.n > 0 && all(port, is_digit);
}

/* RFC 9112 section 3.2: a path, or "http://" and the host that Host names. */
static bool
is_target(const struct strict_request *q)
{
	struct str rest = q->target;
	if (rest.p[0] == '/')
		return true;
	if (!str_starts(rest, S("http://")))
		return false;
	rest = str_sub(rest, 7, rest.n);
	ptrdiff_t end = 0;
	while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
		end++;
	struct str authority = str_sub(rest, 0, end);
	return authority.n > 0 && str_eq_nocase(authority, q->host);
}

/* RFC 9112 section 6.3, without chunks: exactly one length, in digits. */
static enum strict
body(struct reader *r, struct strict_request *q)
{
	struct str text = {0}, coding;
	ptrdiff_t n = count(q, S("Content-Length"), &text), length = 0;
	if (count(q, S("Transfer-Encoding"), &coding) > 0 || n > 1)
		return STRICT_BAD;
	if (n == 0)
		return STRICT_OK;
	if (text.n == 0 || !all(text, is_digit))
		return STRICT_BAD;
	for (ptrdiff_t i = 0; i < text.n; i++) {
		if (length > PTRDIFF_MAX / 100)
			return STRICT_BAD;
		length = length * 10 + (text.p[i] - '0');
	}
	if (r->s.n - r->at < length)
		return STRICT_SHORT;
	q->body = str_sub(r->s, r->at, r->at + length);
	r->at += length;
	return STRICT_OK;
}

/* Everything that is expected of us is to go on; RFC 9110 section 10.1.1. */
static bool
expects_the_usual(const struct strict_request *q)
{
	for (ptrdiff_t i = 0; i < q->n_fields; i++) {
		if (str_eq_nocase(q->field[i].name, S("Expect")) &&
		    q->field[i].value.n > 0 &&
		    !str_eq_nocase(q->field[i].value, S("100-continue")))
			return false;
	}
	return true;
}

enum strict
strict_read(
    struct arena *a, struct str s, bool hidden, struct strict_request *q)
{
	struct reader r = {a, s, 0, hidden};
	*q = (struct strict_request){0};
	enum strict so = request_line(&r, q);
	if (so == STRICT_OK)
		so = fields(&r, q);
	if (so != STRICT_OK)
		return so;
	ptrdiff_t hosts = count(q, S("Host"), &q->host);
	bool is_11 = str_eq(q->version, S("HTTP/1.1"));
	if (hosts > 1 || (is_11 && hosts == 0) ||
	    (hosts > 0 && !is_host(q->host)) || !is_target(q) ||
	    !expects_the_usual(q))
		return STRICT_BAD;
	so = body(&r, q);
	q->bytes = r.at;
	return so;
}
