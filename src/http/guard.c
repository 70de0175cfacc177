/* SPDX-License-Identifier: MPL-2.0 */
#include "http/guard.h"

#include <string.h>

#include "base/utf8.h"
#include "http/forms.h"

enum {
	MAX_HEADERS = 100,
	MAX_TARGET = 8000,
	MAX_LENGTH_DIGITS = 15,
};

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define TOKEN_BYTES LETTERS DIGITS "!#$%&'*+-.^_`|~" /* RFC 9110 5.6.2 */
#define HOST_BYTES LETTERS DIGITS "-._"

static bool
is_made_of(struct str s, const char *bytes)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] == 0 || strchr(bytes, s.p[i]) == NULL)
			return false;
	}
	return true;
}

static bool
is_token(struct str s)
{
	return s.n > 0 && is_made_of(s, TOKEN_BYTES);
}

static bool
is_header_value(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return utf8_valid(s);
}

struct seen {
	int hosts, lengths, encodings;
	struct str host, length, encoding;
	bool upgrade, unmet; /* unmet: an expectation that is not ours */
};

struct str
guard_value(struct str value)
{
	while (value.n > 0 &&
	    (value.p[value.n - 1] == ' ' || value.p[value.n - 1] == '\t'))
		value.n--;
	return value;
}

static bool
note(const struct http_pair *h, struct seen *seen)
{
	struct str value = guard_value(h->value);
	if (!is_token(h->name) || !is_header_value(value))
		return false;
	if (str_eq_nocase(h->name, S("host"))) {
		seen->hosts++;
		seen->host = value;
	} else if (str_eq_nocase(h->name, S("content-length"))) {
		seen->lengths++;
		seen->length = value;
	} else if (str_eq_nocase(h->name, S("transfer-encoding"))) {
		seen->encodings++;
		seen->encoding = value;
	} else if (str_eq_nocase(h->name, S("upgrade"))) {
		seen->upgrade |= value.n > 0;
	} else if (str_eq_nocase(h->name, S("expect"))) {
		seen->unmet |=
		    value.n > 0 && !str_eq_nocase(value, S("100-continue"));
	}
	return true;
}

/* RFC 3986 section 3.2: a name or an address, one with colons in brackets,
 * and perhaps a port: nothing that could be read as user, path, or a second
 * host or port. */
static bool
is_host(struct str s)
{
	struct str host, port = s;
	bool ok;
	if (str_starts(s, S("["))) {
		ptrdiff_t close = str_find_byte(s, ']');
		host = str_sub(s, 1, close);
		port = str_sub(s, close + 1, s.n);
		ok = is_made_of(host, "0123456789abcdefABCDEF:.") &&
		    str_cut(&port, ':').n == 0;
	} else {
		host = str_cut(&port, ':');
		ok = is_made_of(host, HOST_BYTES);
	}
	return ok && host.n > 0 && s.n <= 255 && is_made_of(port, DIGITS);
}

static bool
is_length(struct str s)
{
	int64_t n;
	if (s.n == 0 || s.n > MAX_LENGTH_DIGITS || s.p[0] == '-' ||
	    (s.p[0] == '0' && s.n > 1))
		return false;
	return str_int(s, &n);
}

/* Whether it is in doubt where the body ends. */
static bool
is_ambiguous(const struct guard_input *in, const struct seen *seen)
{
	if (seen->lengths > 1 || seen->encodings > 1 ||
	    (seen->lengths > 0 && seen->encodings > 0))
		return true;
	if (seen->lengths > 0 && !is_length(seen->length))
		return true;
	return seen->encodings > 0 && !str_eq(in->version, S("HTTP/1.1"));
}

/* Only a POST has a body, and says how long it is: chunks are the way in for
 * most smuggling, and no browser sends them (RFC 9112 section 6.3: 411). */
static int
check_body(const struct guard_input *in, const struct seen *seen)
{
	if (seen->encodings > 0)
		return str_eq_nocase(seen->encoding, S("chunked")) ? 411 : 501;
	bool body = seen->lengths > 0 && !str_eq(seen->length, S("0"));
	return body && !str_eq(in->method, S("POST")) ? 400 : 0;
}

static int
check_method(struct str method)
{
	static const struct str known[] = {S_INIT("PUT"), S_INIT("DELETE"),
	    S_INIT("OPTIONS"), S_INIT("PATCH"), S_INIT("TRACE"),
	    S_INIT("CONNECT")};
	if (str_eq(method, S("GET")) || str_eq(method, S("HEAD")) ||
	    str_eq(method, S("POST")))
		return 0;
	for (ptrdiff_t i = 0; i < COUNT_OF(known); i++) {
		if (str_eq(method, known[i]))
			return 405;
	}
	return 501;
}

/* "http://host/path" must name the host that Host names. */
static int
check_target(const struct guard_input *in, const struct seen *seen)
{
	if (in->target.n > MAX_TARGET)
		return 414;
	if (in->target.n > 0 && in->target.p[0] == '/')
		return 0;
	struct str rest = in->target;
	if (!str_starts(rest, S("http://")))
		return 400;
	rest = str_sub(rest, 7, rest.n);
	return str_eq_nocase(str_cut(&rest, '/'), seen->host) ? 0 : 400;
}

int
guard_check(const struct guard_input *in)
{
	struct seen seen = {0};
	bool is_11 = str_eq(in->version, S("HTTP/1.1"));
	if (!is_11 && !str_eq(in->version, S("HTTP/1.0")))
		return 505;
	if (in->headers.n > MAX_HEADERS)
		return 431;
	for (ptrdiff_t i = 0; i < in->headers.n; i++) {
		if (!note(&in->headers.list[i], &seen))
			return 400;
	}
	if (seen.hosts > 1 || (is_11 && seen.hosts == 0) ||
	    (seen.hosts > 0 && !is_host(seen.host)))
		return 400;
	if (is_ambiguous(in, &seen))
		return 400;
	int status = check_method(in->method);
	if (status == 0)
		status = check_target(in, &seen);
	if (status == 0)
		status = check_body(in, &seen);
	if (status == 0 && seen.upgrade)
		status = 501;
	if (status == 0 && seen.unmet)
		status = 417;
	return status;
}

/* ---- where the parts lie ---- */

static const char *
end_of(struct str s)
{
	return s.p + s.n;
}

/* "name:", blanks, value; gives where the next line begins, NULL for a line
 * that was not like that. */
static const char *
header_line(const char *at, const struct http_pair *h)
{
	if (h->name.p != at || h->value.p <= end_of(h->name))
		return NULL;
	for (const char *p = end_of(h->name) + 1; p < h->value.p; p++) {
		if (*p != ' ' && *p != '\t')
			return NULL;
	}
	/* CR and LF have become NULs. */
	return end_of(h->value) + 2;
}

bool
guard_layout(const struct guard_input *in, const char *line, ptrdiff_t bytes)
{
	if (line != end_of(in->method) + 1 ||
	    in->version.p != line + in->target.n + 1)
		return false;
	const char *at = end_of(in->version) + 2;
	for (ptrdiff_t i = 0; i < in->headers.n && at != NULL; i++)
		at = header_line(at, &in->headers.list[i]);
	/* And the empty line, with which the head ends: one that begins with a
	 * NUL looks empty too. */
	return at != NULL && at + 2 == in->method.p + bytes && at[-2] == 0 &&
	    at[-1] == 0 && at[0] == 0 && at[1] == 0;
}

/* ---- the path ---- */

/* No "." or ".." segment, no empty one, no backslash, no line end. */
static bool
is_plain_path(struct str path)
{
	if (path.n == 0 || path.p[0] != '/' || str_find_byte(path, '\\') >= 0 ||
	    str_find(path, S("//")) >= 0)
		return false;
	for (ptrdiff_t i = 0; i < path.n; i++) {
		if ((unsigned char)path.p[i] < 0x20)
			return false;
	}
	while (path.n > 0) {
		struct str segment = str_cut(&path, '/');
		if (str_eq(segment, S(".")) || str_eq(segment, S("..")))
			return false;
	}
	return true;
}

/* An escaped slash, backslash or NUL would be read differently by a server
 * that unescapes before it splits. */
static bool
hides_slash(struct str raw)
{
	static const struct str bad[] = {S_INIT("%2f"), S_INIT("%2F"),
	    S_INIT("%5c"), S_INIT("%5C"), S_INIT("%00"), S_INIT("%25")};
	bool escapes = str_find_byte(raw, '%') >= 0;
	for (ptrdiff_t i = 0; escapes && i < COUNT_OF(bad); i++) {
		if (str_find(raw, bad[i]) >= 0)
			return true;
	}
	return false;
}

enum err
guard_target(
    struct arena *a, struct str target, struct str *path, struct str *query)
{
	for (ptrdiff_t i = 0; i < target.n; i++) {
		unsigned char c = (unsigned char)target.p[i];
		if (c <= 0x20 || c >= 0x7f || c == '#')
			return ERR_INVALID;
	}
	if (str_starts(target, S("http://"))) {
		struct str rest = str_sub(target, 7, target.n);
		ptrdiff_t at = str_find_byte(rest, '/');
		if (str_find_byte(str_cut(&rest, '/'), '?') >= 0)
			return ERR_INVALID; /* a query without a path */
		target = at < 0 ? S("/") : str_sub(target, 7 + at, target.n);
	}
	*query = target;
	struct str raw = str_cut(query, '?');
	if (hides_slash(raw))
		return ERR_INVALID;
	enum err e = form_unescape(a, raw, false, path);
	return e == ERR_OK && !is_plain_path(*path) ? ERR_INVALID : e;
}
