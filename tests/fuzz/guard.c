/* SPDX-License-Identifier: MPL-2.0 */

/* The guard: bytes are laid out as libmicrohttpd 0.9.75 lays out a head, with
 * all that it forgives.  What the guard lets through is one request by the
 * letter of RFC 9112 (tests/rfc9112.c), with the same parts and the same end;
 * and a plain request is let through.  tests/fuzz/wire.c does the same with
 * the real library. */
#include <string.h>

#include "base/utf8.h"
#include "http/guard.h"
#include "tests/fuzz.h"
#include "tests/rfc9112.h"

enum { MAX_HEADERS = 300 };

/* ---- as libmicrohttpd reads ---- */

struct laid {
	struct guard_input in;
	const char *line;
	char *bytes; /* a copy, with NULs for what was between the parts */
	ptrdiff_t n, at, first; /* where the request line begins */
	struct http_pair header[MAX_HEADERS];
};

/* The next line, ended by CR LF or by LF alone, both of which become NULs;
 * NULL when there is none. */
static char *
next_line(struct laid *l, ptrdiff_t *n)
{
	char *line = l->bytes + l->at;
	char *end = memchr(line, '\n', (size_t)(l->n - l->at));
	if (end == NULL)
		return NULL;
	l->at = end - l->bytes + 1;
	*end = 0;
	if (end > line && end[-1] == '\r')
		*--end = 0;
	*n = end - line;
	return line;
}

/* Blanks are looked for from both ends, so that a target may have some. */
static bool
lay_request_line(struct laid *l)
{
	ptrdiff_t n = 0;
	char *line;
	do {
		l->first = l->at;
		line = next_line(l, &n);
		if (line == NULL)
			return false;
	} while (line[0] == 0);
	char *target = memchr(line, ' ', (size_t)n), *version = line + n - 1;
	if (target == NULL)
		return false;
	*target++ = 0;
	while (target < line + n && *target == ' ')
		target++;
	if (target == line + n)
		return false;
	while (version > target && *version == ' ')
		version--;
	while (version > target && *version != ' ')
		version--;
	if (version == target)
		return false;
	*version = 0;
	l->in.method = str_c(line);
	l->in.target = str_c(target);
	l->in.version = str_c(version + 1);
	l->line = target;
	return true;
}

static bool
lay_header(struct http_pair *h, char *line)
{
	char *colon = strchr(line, ':');
	if (colon == NULL)
		return false;
	*colon++ = 0;
	while (*colon == ' ' || *colon == '\t')
		colon++;
	*h = (struct http_pair){str_c(line), str_c(colon)};
	return true;
}

/* A line that begins with a blank goes on with the name before it, which then
 * lies elsewhere; an empty line, or one that begins with a NUL, is the end, and
 * so is one that begins with a colon, unless it is the first. */
static bool
lay_headers(struct arena *a, struct laid *l)
{
	l->in.headers = (struct http_pairs){l->header, 0};
	for (;;) {
		ptrdiff_t n = 0;
		char *line = next_line(l, &n);
		if (line == NULL)
			return false;
		if (line[0] == 0)
			return true;
		bool folded = line[0] == ' ' || line[0] == '\t';
		if (folded && l->in.headers.n > 0) {
			struct http_pair *h = &l->header[l->in.headers.n - 1];
			while (*line == ' ' || *line == '\t')
				line++;
			h->name = str_c(
			    str_cstr(a, str_cat(a, h->name, str_c(line))));
			continue;
		}
		if (l->in.headers.n == MAX_HEADERS ||
		    !lay_header(&l->header[l->in.headers.n++], line))
			return false;
		if (line[0] == 0 && l->in.headers.n > 1) {
			l->in.headers.n--;
			return true;
		}
	}
}

static bool
lay(struct arena *a, struct str s, struct laid *l)
{
	l->bytes = arena_new(a, char, s.n + 1);
	if (s.n > 0)
		memcpy(l->bytes, s.p, (size_t)s.n);
	l->n = s.n;
	return lay_request_line(l) && lay_headers(a, l);
}

/* ---- what must be so ---- */

static void
check_same(const struct laid *l, const struct strict_request *q)
{
	MUST(str_eq(q->method, l->in.method));
	MUST(str_eq(q->target, l->in.target));
	MUST(str_eq(q->version, l->in.version));
	MUST(q->n_fields == l->in.headers.n);
	for (ptrdiff_t i = 0; i < q->n_fields; i++) {
		MUST(str_eq(q->field[i].name, l->header[i].name));
		MUST(
		    str_eq(q->field[i].value, guard_value(l->header[i].value)));
	}
	MUST(q->bytes - q->body.n == l->at - l->first);
}

static bool
is_word(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-' && c != '.')
			return false;
	}
	return s.n > 0 && s.n <= 255;
}

/* What every browser sends must not be refused. */
static bool
is_plain(const struct strict_request *q)
{
	static const char *const special[] = {
	    "Content-Length", "Transfer-Encoding", "Upgrade", "Expect"};
	bool ok =
	    (str_eq(q->method, S("GET")) || str_eq(q->method, S("HEAD"))) &&
	    (str_eq(q->target, S("/")) ||
		(q->target.p[0] == '/' && q->target.p[1] != '.' &&
		    is_word(str_sub(q->target, 1, q->target.n)))) &&
	    is_word(q->host) && q->n_fields <= 100;
	for (ptrdiff_t i = 0; i < q->n_fields && ok; i++) {
		for (ptrdiff_t s = 0; s < COUNT_OF(special); s++)
			ok = ok &&
			    !str_eq_nocase(q->field[i].name, str_c(special[s]));
		ok = ok && utf8_valid(q->field[i].value);
	}
	return ok;
}

FUZZ(input)
{
	struct laid *l = arena_new(arena, struct laid, 1);
	struct strict_request q;
	if (!lay(arena, input, l))
		return;
	struct str wire = str_sub(input, l->first, input.n), path, query;
	bool ok = guard_check(&l->in) == 0 &&
	    guard_layout(&l->in, l->line, l->at - l->first) &&
	    guard_target(arena, l->in.target, &path, &query) == ERR_OK;
	enum strict so = strict_read(arena, wire, true, &q);
	if (ok) {
		MUST(so != STRICT_BAD);
		MUST(so == STRICT_OK || str_eq(q.method, S("POST")));
		check_same(l, &q);
	}
	if (so == STRICT_OK && is_plain(&q))
		MUST(ok);
}
