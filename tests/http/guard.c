/* SPDX-License-Identifier: MPL-2.0 */
#include "http/guard.h"

#include <string.h>

#include "tests/test.h"

/* A head as it lies in libmicrohttpd's buffer: blanks, colons and line ends
 * are NULs, the parts point into it. */
struct laid {
	struct guard_input in;
	const char *line;
	ptrdiff_t bytes; /* with the empty line */
	struct http_pair header[4];
};

static struct str
part(const char **at)
{
	struct str s = str_c(*at);
	*at += s.n + 1;
	return s;
}

/* `bytes`: "GET", "/", "HTTP/1.1", 0, then "Name", " value", 0 and so on. */
static struct laid
lay(const char *bytes, int headers)
{
	struct laid l = {.in.headers.n = headers};
	const char *at = bytes;
	l.in.method = part(&at);
	l.in.target = part(&at);
	l.line = l.in.target.p;
	l.in.version = part(&at);
	for (int i = 0; i < headers; i++) {
		at++;
		l.header[i].name = part(&at);
		while (*at == ' ')
			at++;
		l.header[i].value = part(&at);
	}
	l.bytes = at + 3 - bytes;
	return l;
}

static bool
is_laid_well(const char *bytes, int headers)
{
	struct laid l = lay(bytes, headers);
	l.in.headers.list = l.header;
	return guard_layout(&l.in, l.line, l.bytes);
}

#define REQUEST "GET\0/\0HTTP/1.1\0\0"

TEST(guard_layout_as_it_should_be)
{
	CHECK(is_laid_well(REQUEST "\0\0", 0));
	CHECK(is_laid_well(REQUEST "Host\0a\0\0\0\0", 1));
	CHECK(is_laid_well(REQUEST "Host\0  a\0\0X\0\0\0\0\0", 2));
}

TEST(guard_layout_shows_what_was_forgiven)
{
	/* Two blanks in the request line. */
	struct laid l = lay("GET\0/\0HTTP/1.1\0\0\0\0", 0);
	CHECK(guard_layout(&l.in, l.line, l.bytes));
	CHECK(!guard_layout(&l.in, l.line + 1, l.bytes));
	/* A line that ended in LF alone: the next begins a byte early. */
	CHECK(!is_laid_well("GET\0/\0HTTP/1.1\0Host\0a\0\0\0\0\0", 0));
	/* A NUL in a value: the next begins late. */
	struct laid nul = lay(REQUEST "X\0a\0b\0\0\0\0\0", 1);
	nul.in.headers.list = nul.header;
	CHECK(!guard_layout(&nul.in, nul.line, nul.bytes));
	/* A folded line: the name was moved elsewhere. */
	struct laid fold = lay(REQUEST "Host\0a\0\0\0\0", 1);
	char moved[] = "Host";
	fold.header[0].name.p = moved;
	fold.in.headers.list = fold.header;
	CHECK(!guard_layout(&fold.in, fold.line, fold.bytes));
	/* Something between the colon and the value. */
	struct laid gap = lay(REQUEST "Host\0xa\0\0\0\0", 1);
	gap.header[0].value = str_sub(gap.header[0].value, 1, 2);
	gap.in.headers.list = gap.header;
	CHECK(!guard_layout(&gap.in, gap.line, gap.bytes));
	/* A NUL where the empty line should be. */
	CHECK(!is_laid_well(REQUEST "Host\0a\0\0\0X: b\0\0\0\0", 1));
	/* Two of them, and more on that line: it ended later than it seems. */
	struct laid late = lay(REQUEST "Host\0a\0\0\0\0X: b\0\0", 1);
	late.in.headers.list = late.header;
	CHECK(guard_layout(&late.in, late.line, late.bytes));
	CHECK(!guard_layout(&late.in, late.line, late.bytes + 6));
}

struct head {
	const char *method, *target, *version;
	struct http_pair header[3];
	int status;
};

#define H(name, value)                      \
	{                                   \
		S_INIT(name), S_INIT(value) \
	}

static const struct head heads[] = {
    {"GET", "/", "HTTP/1.1", {H("Host", "a")}, 0},
    {"GET", "/", "HTTP/1.1", {H("hOST", "a.b-c_d:80")}, 0},
    {"GET", "/", "HTTP/1.1", {H("Host", "[::1]:80")}, 0},
    {"GET", "/", "HTTP/1.0", {{{0}, {0}}}, 0},
    {"POST", "/", "HTTP/1.1", {H("Host", "a"), H("Content-Length", "12")}, 0},
    {"POST", "/", "HTTP/1.1", {H("Host", "a"), H("Content-Length", "0")}, 0},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("Content-Length", "0")}, 0},
    {"HEAD", "/?a=b", "HTTP/1.1", {H("Host", "a")}, 0},
    {"GET", "http://a/b", "HTTP/1.1", {H("Host", "A")}, 0},
    {"GET", "http://a", "HTTP/1.1", {H("Host", "a")}, 0},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("X", "bl\303\245b\303\246r")},
	0},
    {"POST", "/", "HTTP/1.1",
	{H("Host", "a"), H("Expect", "100-Continue"), H("Content-Length", "1")},
	0},
    {"GET", "/", "HTTP/1.1", {H("Host", "a:")}, 0},
    {"GET", "/", "HTTP/1.1", {H("Host", "[2001:db8::1]")}, 0},
    {"GET", "/", "HTTP/1.1", {H("Host", "[::ffff:1.2.3.4]:8080")}, 0},
    {"GET", "/", "HTTP/1.1", {H("Host", "a:1:2")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a:b")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", ":80")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "::1")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "[::1")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "[::1]a")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "[]")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "[x]")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a]b[")}, 400},
    {"GET", "/", "HTTP/1.1", {{{0}, {0}}}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("Host", "a")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("", "a")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("X Y", "a")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("X", "a\nb")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("X", "a\0b")}, 400},
    {"GET", "https://a/b", "HTTP/1.1", {H("Host", "a")}, 400},
    {"GET", "http://b/", "HTTP/1.1", {H("Host", "a")}, 400},
    {"GET", "", "HTTP/1.1", {H("Host", "a")}, 400},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("Content-Length", "1")}, 400},
    {"POST", "/", "HTTP/1.1",
	{H("Host", "a"), H("Content-Length", "9999999999999999")}, 400},
    {"PUT", "/", "HTTP/1.1", {H("Host", "a"), H("Content-Length", "1")}, 405},
    {"POST", "/", "HTTP/1.1",
	{H("Host", "a"), H("Transfer-Encoding", "chunked")}, 411},
    {"POST", "/", "HTTP/1.1", {H("Host", "a"), H("Expect", "x")}, 417},
    {"POST", "/", "HTTP/1.1",
	{H("Host", "a"), H("Expect", "x"), H("Expect", "100-continue")}, 417},
    {"GET", "/", "HTTP/1.1",
	{H("Host", "a"), H("Upgrade", "h2c"), H("Upgrade", "")}, 501},
    {"POST", "/", "HTTP/1.1", {H("Host", "a"), H("Transfer-Encoding", "gzip")},
	501},
    {"GET", "/", "HTTP/1.1", {H("Host", "a"), H("Upgrade", "h2c")}, 501},
    {"FOO", "/", "HTTP/1.1", {H("Host", "a")}, 501},
    {"GET", "/", "HTTP/1.2", {H("Host", "a")}, 505},
};

TEST(guard_heads)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(heads); i++) {
		const struct head *h = &heads[i];
		struct http_pairs pairs = {(struct http_pair *)h->header, 0};
		while (pairs.n < COUNT_OF(h->header) &&
		    h->header[pairs.n].name.p != NULL)
			pairs.n++;
		struct guard_input in = {str_c(h->method), str_c(h->version),
		    str_c(h->target), pairs};
		int status = guard_check(&in);
		if (status != h->status)
			print_error("head %td: ", i);
		CHECK_INT(status, h->status);
	}
}

TEST(guard_counts)
{
	struct http_pair many[101];
	for (int i = 0; i < 101; i++)
		many[i] = (struct http_pair){S("X"), S("y")};
	many[0] = (struct http_pair){S("Host"), S("a")};
	struct guard_input in = {S("GET"), S("HTTP/1.1"), S("/"), {many, 100}};
	CHECK_INT(guard_check(&in), 0);
	in.headers.n = 101;
	CHECK_INT(guard_check(&in), 431);
	in.headers.n = 1;
	char *long_target = arena_new(arena, char, 8001);
	memset(long_target, '/', 8001);
	in.target = (struct str){long_target, 8001};
	CHECK_INT(guard_check(&in), 414);
	in.target.n = 8000;
	CHECK_INT(guard_check(&in), 0);
}

static const struct {
	const char *target, *path, *query; /* path NULL: refused */
} targets[] = {
    {"/", "/", ""},
    {"/a/b;c", "/a/b;c", ""},
    {"/a?b=c?d", "/a", "b=c?d"},
    {"/a%20b", "/a b", ""},
    {"/bl%C3%A5b%c3%a6r", "/bl\303\245b\303\246r", ""},
    {"/a+b", "/a+b", ""},
    {"/a?%2e%2e%2f", "/a", "%2e%2e%2f"},
    {"http://a/b?c", "/b", "c"},
    {"http://a", "/", ""},
    {"/a/...", "/a/...", ""},
    {"http://a?b", NULL, NULL},
    {"http://a?b/c", NULL, NULL},
    {"http://a\xff/", NULL, NULL},
    {"/a/", "/a/", ""},
    {"/a%2Fb", NULL, NULL},
    {"/a%5Cb", NULL, NULL},
    {"/a%00", NULL, NULL},
    {"/a%25", NULL, NULL},
    {"/a%0a", NULL, NULL},
    {"/a%09", NULL, NULL},
    {"/a%7f", NULL, NULL},
    {"/a/%2e%2e/b", NULL, NULL},
    {"/a/..", NULL, NULL},
    {"/.", NULL, NULL},
    {"//", NULL, NULL},
    {"/a\\b", NULL, NULL},
    {"/a%f0%80%80%af", NULL, NULL},
    {"/a b", NULL, NULL},
    {"/a#b", NULL, NULL},
    {"a", NULL, NULL},
    {"", NULL, NULL},
};

TEST(guard_targets)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(targets); i++) {
		struct str path, query;
		enum err e = guard_target(
		    arena, str_c(targets[i].target), &path, &query);
		if ((e == ERR_OK) != (targets[i].path != NULL))
			print_error("target %s: ", targets[i].target);
		CHECK_INT(e, targets[i].path != NULL ? ERR_OK : ERR_INVALID);
		if (e != ERR_OK)
			continue;
		CHECK_STR(path, str_c(targets[i].path));
		CHECK_STR(query, str_c(targets[i].query));
	}
}
