/* SPDX-License-Identifier: MPL-2.0 */

/* Requests that two servers could read in two ways (trust.md section b, 1 to
 * 20), as bytes on a socket.  Each is refused and its connection closed, so
 * that the second request in it, GET /smuggled, never runs. */
#include "base/buf.h"
#include "tests/http/help.h"

#define GET "GET /hello HTTP/1.1\r\nHost: a\r\n"
#define POST "POST /echo HTTP/1.1\r\nHost: a\r\n"
#define NEXT "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
#define LENGTH(value) POST "Content-Length:" value "\r\n\r\nhello" NEXT
#define CODING(value) POST "Transfer-Encoding:" value "\r\n\r\n0\r\n\r\n" NEXT
#define CHUNKS(body) POST "Transfer-Encoding: chunked\r\n\r\n" body NEXT
#define HOST(value) "GET /hello HTTP/1.1\r\nHost:" value "\r\n\r\n" NEXT
#define PATH(target) "GET " target " HTTP/1.1\r\nHost: a\r\n\r\n" NEXT
#define LINE(header) GET header "\r\n\r\n" NEXT

struct attack {
	const char *name;
	struct str bytes;
	int status, or_status; /* 0: closed without an answer */
};

#define ATTACK(name, bytes, status)                 \
	{                                           \
		name, S_INIT(bytes), status, status \
	}
#define EITHER(name, bytes, x, y)         \
	{                                 \
		name, S_INIT(bytes), x, y \
	}

static const struct attack framing[] = {
    ATTACK("length and coding",
	POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
	     "0\r\n\r\n" NEXT,
	400),
    ATTACK("coding and length",
	POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
	     "0\r\n\r\n" NEXT,
	400),
    ATTACK("two lengths",
	POST "Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello" NEXT, 400),
    ATTACK("two lengths that agree",
	POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" NEXT, 400),
    ATTACK("length list", LENGTH(" 5, 6"), 400),
    ATTACK("length list that agrees", LENGTH(" 5, 5"), 400),
    ATTACK("length +5", LENGTH(" +5"), 400),
    ATTACK("length -1", LENGTH(" -1"), 400),
    ATTACK("length -0", LENGTH(" -0"), 400),
    ATTACK("length 0x5", LENGTH(" 0x5"), 400),
    ATTACK("length with blank", LENGTH(" 5 "), 400),
    ATTACK("length 5;a", LENGTH(" 5;a"), 400),
    ATTACK("length 00005", LENGTH(" 00005"), 400),
    ATTACK("length empty", LENGTH(""), 400),
    EITHER("length 2^64", LENGTH(" 18446744073709551616"), 400, 413),
    EITHER("length 2^64 + 5", LENGTH(" 18446744073709551621"), 400, 413),
    EITHER("length 2^63", LENGTH(" 9223372036854775808"), 400, 413),
    ATTACK("length in wide digits", LENGTH(" \357\274\225"), 400),
    ATTACK("length, NUL, more", LENGTH(" 5\0000"), 400),
    ATTACK("length behind a blank", POST "Content-Length : 5\r\n\r\nhello" NEXT,
	400),
    ATTACK("coding behind a blank",
	POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" NEXT, 400),
    ATTACK("coding, tab", CODING("\tchunked"), 411),
    ATTACK("coding, vertical tab", CODING(" \vchunked"), 400),
    EITHER("coding, NUL", CODING(" \0chunked"), 400, 501),
    EITHER("coding, NUL after", CODING(" chunked\0"), 400, 411),
    ATTACK("xchunked", CODING(" xchunked"), 501),
    ATTACK("chunked, chunked", CODING(" chunked, chunked"), 501),
    ATTACK("chunked, identity", CODING(" chunked, identity"), 501),
    ATTACK("identity", CODING(" identity"), 501),
    ATTACK("chunked;q=1", CODING(" chunked;q=1"), 501),
    ATTACK("\"chunked\"", CODING(" \"chunked\""), 501),
    ATTACK("two codings",
	POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"
	     "\r\n0\r\n\r\n" NEXT,
	400),
    ATTACK("coding in HTTP/1.0",
	"POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
	"\r\n0\r\n\r\n" NEXT,
	400),
    ATTACK("chunks", CHUNKS("5\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk size 0x5", CHUNKS("0x5\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk size 5_0", CHUNKS("5_0\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk size +5", CHUNKS("+5\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk size blank", CHUNKS(" 5\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk size 17 digits",
	CHUNKS("00000000000000005\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk size overflow",
	CHUNKS("10000000000000005\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk line LF", CHUNKS("5\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk line CR", CHUNKS("5\rhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk extension LF", CHUNKS("5;a\nb\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk extension NUL", CHUNKS("5;a\0b\r\nhello\r\n0\r\n\r\n"), 411),
    ATTACK("chunk without CRLF", CHUNKS("5\r\nhello0\r\n\r\n"), 411),
    ATTACK("trailers",
	CHUNKS("0\r\nContent-Length: 50\r\nHost: b\r\n"
	       "Authorization: x\r\n\r\n"),
	411),
    ATTACK("GET with body", GET "Content-Length: 35\r\n\r\n" NEXT, 400),
    ATTACK("GET with chunks",
	GET "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT, 411),
    ATTACK("HEAD with body",
	"HEAD /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n\r\n" NEXT,
	400),
    ATTACK("OPTIONS with body",
	"OPTIONS /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n\r\n" NEXT,
	405),
    ATTACK("Expect with coding and length",
	POST "Expect: 100-continue\r\nContent-Length: 5\r\n"
	     "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT,
	400),
    ATTACK("Expect something else",
	POST "Expect: 200-ok\r\nContent-Length: 5\r\n\r\nhello" NEXT, 417),
};

static const struct attack heads[] = {
    ATTACK("bare CR in a value", LINE("X: a\rb"), 400),
    ATTACK("NUL in a value", LINE("X: a\0b"), 400),
    ATTACK("NUL in a name", LINE("X\0Y: b"), 400),
    ATTACK("NUL before a name", LINE("\0X: b"), 400),
    ATTACK("two NULs before a name", LINE("\0\0X: b"), 400),
    ATTACK("five NULs in a value", LINE("X: a\0\0\0\0\0b"), 400),
    ATTACK("NULs in the last value", GET "X: a\0\0\0\0\r\n\r\n" NEXT, 400),
    ATTACK("DEL in a value", LINE("X: \177"), 400),
    ATTACK("not UTF-8", LINE("X: \377"), 400),
    ATTACK("overlong UTF-8", LINE("X: \300\257"), 400),
    ATTACK("blank before the colon", LINE("X : a"), 400),
    ATTACK("tab before the colon", LINE("X\t: a"), 400),
    ATTACK("name not ASCII", LINE("X\303\245: a"), 400),
    ATTACK("name empty", LINE(": a"), 400),
    ATTACK("no colon", LINE("Xa"), 400),
    ATTACK("folded line", LINE("X: a\r\n b"), 400),
    ATTACK("folded with a tab", LINE("X: a\r\n\tb"), 400),
    ATTACK("folded empty line", LINE("X: a\r\n \r\nY: b"), 400),
    ATTACK("folded name of a length",
	POST "Content-Le: 5\r\n ngth\r\n\r\nhello" NEXT, 400),
    ATTACK("folded last line", GET "X: a\r\n b\r\n\r\n" NEXT, 400),
    ATTACK("first line folded",
	"GET /hello HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n" NEXT, 400),
    ATTACK("bare LF in the head", GET "X: a\nY: b\r\n\r\n" NEXT, 400),
    ATTACK("bare LF after the request line",
	"GET /hello HTTP/1.1\nHost: a\r\n\r\n" NEXT, 400),
    ATTACK("bare LF for the empty line", GET "\n" NEXT, 400),
    ATTACK("bare LF everywhere",
	"GET /hello HTTP/1.1\nHost: a\n\nGET /smuggled HTTP/1.1\n"
	"Host: a\n\n",
	400),
    ATTACK("no Host", "GET /hello HTTP/1.1\r\n\r\n" NEXT, 400),
    ATTACK("two Hosts",
	"GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n" NEXT, 400),
    ATTACK("Host empty", HOST(""), 400),
    ATTACK("Host with comma", HOST(" a,b"), 400),
    ATTACK("Host with user", HOST(" b@a"), 400),
    ATTACK("Host with path", HOST(" a/b"), 400),
    ATTACK("Host with blank", HOST(" a b"), 400),
    ATTACK("Host with backslash", HOST(" a\\b"), 400),
    ATTACK("Host with question", HOST(" a?b"), 400),
    ATTACK("Host with hash", HOST(" a#b"), 400),
    ATTACK("Host of another",
	"GET http://b/hello HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 400),
    ATTACK("Host with user in the target",
	"GET http://a@b/hello HTTP/1.1\r\nHost: b\r\n\r\n" NEXT, 400),
    ATTACK("HTTP/0.9", "GET /smuggled\r\n\r\n" NEXT, 400),
    EITHER("HTTP/0.9 without a target", "GET\r\n\r\n" NEXT, 0, 400),
    EITHER("HTTP/1.2", "GET /hello HTTP/1.2\r\nHost: a\r\n\r\n" NEXT, 505, 400),
    ATTACK("HTTP/2.0", "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n" NEXT, 505),
    ATTACK("http/1.1", "GET /hello http/1.1\r\nHost: a\r\n\r\n" NEXT, 400),
    ATTACK("HTTP/1.1 and a blank",
	"GET /hello HTTP/1.1 \r\nHost: a\r\n\r\n" NEXT, 400),
    ATTACK("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    EITHER("TLS",
	"\026\003\001\002\000\001\000\001\374\003\003abcdef\000\012\r\n\r"
	"\n" NEXT,
	0, 400),
    EITHER("noise", "\200\001\377\376 \r\n\r\n\r\n" NEXT, 0, 400),
    ATTACK("two blanks before the target",
	"GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 400),
    ATTACK("two blanks after the target",
	"GET /hello  HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 400),
    EITHER("tab for a blank", "GET\t/hello\tHTTP/1.1\r\nHost: a\r\n\r\n" NEXT,
	0, 400),
    EITHER("blank before the method",
	" GET /hello HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 0, 501),
    ATTACK("TRACE", "TRACE /hello HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 405),
    ATTACK("CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 405),
    ATTACK("PUT", "PUT /hello HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 405),
    ATTACK("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 405),
    ATTACK("get", "get /hello HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 501),
    ATTACK("BREW", "BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n" NEXT, 501),
    ATTACK("Upgrade to h2c",
	LINE("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
	     "HTTP2-Settings: AAMAAABkAAQAAP__"),
	501),
    ATTACK("Upgrade to websocket",
	LINE("Connection: Upgrade\r\nUpgrade: websocket"), 501),
};

static const struct attack paths[] = {
    ATTACK("NUL", PATH("/hello%00.txt"), 400),
    ATTACK("NUL in the query", PATH("/hello?a=%00"), 400),
    ATTACK("raw NUL", PATH("/hello\0a"), 400),
    ATTACK("up", PATH("/../smuggled"), 400),
    ATTACK("up, escaped", PATH("/%2e%2e/smuggled"), 400),
    ATTACK("up, escaped with slash", PATH("/%2e%2e%2fsmuggled"), 400),
    ATTACK("up, half escaped", PATH("/.%2E/smuggled"), 400),
    ATTACK("here", PATH("/./hello"), 400),
    ATTACK("escaped twice", PATH("/%252e%252e/smuggled"), 400),
    ATTACK("overlong slash", PATH("/a%c0%afb"), 400),
    ATTACK("overlong dot", PATH("/%c0%ae%c0%ae/smuggled"), 400),
    ATTACK("surrogate", PATH("/%ed%a0%80"), 400),
    ATTACK("backslash", PATH("/\\hello"), 400),
    ATTACK("escaped backslash", PATH("/a%5cb"), 400),
    ATTACK("two slashes", PATH("//hello"), 400),
    ATTACK("two slashes inside", PATH("/a//b"), 400),
    ATTACK("escaped slash", PATH("/a%2fb"), 400),
    ATTACK("broken escape", PATH("/a%2"), 400),
    ATTACK("no escape", PATH("/a%zz"), 400),
    ATTACK("IIS escape", PATH("/a%u0041"), 400),
    ATTACK("escaped line end", PATH("/a%0d%0aX:%20b"), 400),
    ATTACK("blank", PATH("/hello a"), 400),
    ATTACK("hash", PATH("/hello#a"), 400),
    ATTACK("not ASCII", PATH("/h\303\245"), 400),
    ATTACK("no slash", PATH("hello"), 400),
    ATTACK("star", PATH("*"), 400),
    ATTACK("another scheme", PATH("ftp://a/hello"), 400),
    ATTACK("query not UTF-8", PATH("/hello?a=%ff"), 400),
};

/* Two answers: libmicrohttpd sends the head of its own 400 twice when it does
 * not understand a Content-Length.  Both say close. */
static void
strike(struct served *s, const struct attack *at, bool slowly)
{
	int64_t from = now_ms();
	int fd = dial(s);
	if (slowly)
		(void)say_slowly(fd, at->bytes);
	else
		(void)say(fd, at->bytes);
	struct reply r = hear(s->arena, fd, 3000);
	bool ok = (r.status == at->status || r.status == at->or_status) &&
	    r.closed && r.n <= 2 && s->smuggled == 0 && now_ms() - from < 2000;
	if (!ok)
		print_error("%s: %d (or %d) wanted, %d came; %s, %d answers, "
			    "%d smuggled, %d ms\n",
		    at->name, at->status, at->or_status, r.status,
		    r.closed ? "closed" : "open", r.n, s->smuggled,
		    (int)(now_ms() - from));
	CHECK(ok);
	CHECK_LACKS(r.text, S("200 OK"));
	hang_up(fd);
}

/* In one piece, byte by byte, and then somebody else, who must be served. */
static void
strike_all(struct arena *a, const struct attack *list, ptrdiff_t n)
{
	struct served *s = serve(a, NULL);
	for (ptrdiff_t i = 0; i < n; i++) {
		strike(s, &list[i], false);
		strike(s, &list[i], true);
	}
	struct reply r = ask(s, S(GET "Connection: close\r\n\r\n"));
	CHECK_INT(r.status, 200);
	CHECK_INT(s->smuggled, 0);
	CHECK_INT(s->hits, 1); /* that one; nothing of the attacks ran */
}

TEST(smuggle_framing)
{
	strike_all(arena, framing, COUNT_OF(framing));
}

TEST(smuggle_heads)
{
	strike_all(arena, heads, COUNT_OF(heads));
}

TEST(smuggle_paths)
{
	strike_all(arena, paths, COUNT_OF(paths));
}

/* Without the guard the second request does run, so the tests above would see
 * it. */
TEST(smuggle_control_without_guard)
{
	static const struct str fatal[] = {
	    S_INIT(POST "Content-Length: 0\r\nContent-Length: 35\r\n\r\n" NEXT),
	    S_INIT(POST "Content-Length: 40\r\nTransfer-Encoding: chunked\r\n"
			"\r\n0\r\n\r\n" NEXT),
	    S_INIT(POST "Content-Length : 35\r\n\r\n" NEXT),
	    S_INIT(GET "\0X: b\r\n" NEXT),
	    S_INIT(POST "Content-Le: 0\r\n ngth\r\nContent-Length: 35\r\n"
			"\r\n" NEXT),
	};
	for (int i = 0; i < COUNT_OF(fatal); i++) {
		struct http_config open = {.unguarded = true};
		struct served *s = serve(arena, &open);
		int fd = dial(s);
		CHECK(say(fd, fatal[i]));
		(void)hear(arena, fd, 60);
		hang_up(fd);
		CHECK_INT(s->smuggled, 1);
	}
}

/* Refused at its head, whatever comes behind it. */
TEST(smuggle_behind_a_long_chunk_extension)
{
	struct served *s = serve(arena, NULL);
	struct buf b = buf_new(arena, 1 << 20);
	buf_add(&b, S(POST "Transfer-Encoding: chunked\r\n\r\n5;"));
	while (b.n < 64 * 1024)
		buf_add(&b, S("aaaaaaaaaaaaaaaa"));
	buf_add(&b, S("\r\nhello\r\n0\r\n\r\n" NEXT));
	struct reply r = ask(s, buf_str(&b));
	CHECK_INT(r.status, 411);
	CHECK(r.closed);
	CHECK_INT(s->hits + s->smuggled, 0);
}

/* Nor on a page that looks at no body, or answers before it has come. */
TEST(smuggle_body_of_every_page_is_taken)
{
	static const char *const pages[] = {"/hello", "/shared", "/big",
	    "/later", "/304", "/nowhere", "/events/t"};
	struct served *s = serve(arena, NULL);
	for (ptrdiff_t i = 0; i < COUNT_OF(pages); i++) {
		int fd = dial(s);
		CHECK(say(fd,
		    str_fmt(arena,
			"POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n"
			"\r\n%s",
			pages[i], NEXT)));
		CHECK_MAX(hear(arena, fd, 100).n, 1);
		hang_up(fd);
		CHECK_INT(s->hits, i + 1);
	}
	CHECK_INT(s->smuggled, 0);
}

/* The body is taken, so what looks like a request in it is none. */
TEST(smuggle_body_is_no_request)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(
	    s, S(POST "Content-Length: 35\r\nConnection: close\r\n\r\n" NEXT));
	CHECK_INT(r.status, 200);
	CHECK_INT(r.n, 1);
	CHECK_INT(s->smuggled, 0);
	CHECK_INT(s->hits, 1);
}
