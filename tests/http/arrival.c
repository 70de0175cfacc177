/* SPDX-License-Identifier: MPL-2.0 */

/* How requests come in: whole, byte by byte, cut anywhere, a thousand at once,
 * from a client that half-closes or leaves.  It is the same request. */
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/http/help.h"

#define HEAD(line) line " HTTP/1.1\r\nHost: a\r\n"
#define LAST "Connection: close\r\n\r\n"

/* Valid ones of every kind; 200 or 404. */
static const struct str good[] = {
    S_INIT(HEAD("GET /hello") LAST),
    S_INIT("\r\n\r\n" HEAD("GET /hello") LAST),
    S_INIT("GET http://a/hello HTTP/1.1\r\nHost: a\r\n" LAST),
    S_INIT("GET /echo%20x?a=b&c=d%26 HTTP/1.1\r\nHost:\ta:80  \r\n"
	   "Cookie: a=b; c=d\r\nX:\r\nY:   \r\n" LAST),
    S_INIT(HEAD(
	"POST /echo") "Content-Length: 12\r\n"
		      "Content-Type: application/x-www-form-urlencoded\r\n" LAST
		      "a=b&c=%C3%A5"),
    S_INIT(
	HEAD("POST /echo") "Content-Length: 61\r\n"
			   "Content-Type: multipart/form-data; charset=utf-8; "
			   "boundary=\"XX\""
			   "\r\n" LAST
			   "--XX\r\nContent-Disposition: form-data; name=\"a\""
			   "\r\n\r\nb\r\n--XX--\r\n"),
    S_INIT(
	HEAD("POST /echo") "Content-Length: 3\r\nContent-Type: text/x\r\n" LAST
			   "abc"),
    S_INIT(HEAD("POST /echo") "Content-Length: 0\r\n" LAST),
    S_INIT(HEAD("POST /echo") LAST),
    S_INIT(HEAD("POST /hello") "Content-Length: 3\r\n" LAST "abc"),
    S_INIT(HEAD("GET /later") LAST),
    S_INIT(HEAD("GET /ready") LAST),
    S_INIT(HEAD("GET /shared") LAST),
    S_INIT(HEAD("HEAD /hello") LAST),
    S_INIT(HEAD("GET /nowhere") LAST),
    S_INIT(HEAD("GET /hello;a") LAST),
    S_INIT(HEAD("GET /..;/smuggled") LAST),
    S_INIT(HEAD("GET /%2E%2E%2E") LAST),
    S_INIT("GET http://a HTTP/1.1\r\nHost: A\r\n" LAST),
    S_INIT("GET /hello HTTP/1.1\r\nHost: [::1]:8080\r\n" LAST),
    S_INIT("GET /hello HTTP/1.0\r\n\r\n"),
    S_INIT("POST /echo HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc"),
    S_INIT(HEAD("GET /hello") "\r\n" HEAD("HEAD /hello") "\r\n" HEAD(
	"POST /echo") "Content-Length: 3\r\n\r\nabc" HEAD("GET /hello") LAST),
};

/* The dates are what may differ; each is 37 bytes with its name. */
static struct str
without_dates(struct arena *a, struct str text)
{
	struct buf b = buf_new(a, 4 << 20);
	for (ptrdiff_t at; (at = str_find(text, S("Date: "))) >= 0;) {
		buf_add(&b, str_sub(text, 0, at));
		text = str_sub(text, at + 37, text.n);
	}
	buf_add(&b, text);
	return buf_str(&b);
}

/* What the server says to `bytes`, said in pieces of `n` or, when `cut` is
 * set, in two. */
static struct str
heard(struct served *s, struct str bytes, ptrdiff_t n, ptrdiff_t cut)
{
	int fd = dial(s);
	while (bytes.n > 0) {
		ptrdiff_t piece = cut > 0 ? cut : n;
		CHECK(say(fd, str_sub(bytes, 0, piece)));
		bytes = str_sub(bytes, piece, bytes.n);
		cut = 0;
		sched_yield();
	}
	struct reply r = hear(s->arena, fd, 3000);
	hang_up(fd);
	return without_dates(s->arena, r.text);
}

TEST(arrival_byte_by_byte)
{
	struct served *s = serve(arena, NULL);
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		struct reply whole = ask(s, good[i]);
		if (whole.status != 200 && whole.status != 404)
			print_error("%td: %d\n", i, whole.status);
		CHECK(whole.status == 200 || whole.status == 404);
		CHECK_STR(
		    heard(s, good[i], 1, 0), without_dates(arena, whole.text));
	}
	CHECK_INT(s->smuggled, 0);
}

TEST(arrival_cut_anywhere)
{
	struct served *s = serve(arena, NULL);
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		struct str whole = heard(s, good[i], good[i].n, 0);
		for (ptrdiff_t cut = 1; cut < good[i].n; cut++)
			CHECK_STR(heard(s, good[i], good[i].n, cut), whole);
	}
}

/* ---- many ---- */

static struct str
many(struct arena *a, int n)
{
	struct buf b = buf_new(a, 1 << 20);
	for (int i = 1; i < n; i++)
		buf_add(&b, S(HEAD("GET /hello") "\r\n"));
	buf_add(&b, S(HEAD("GET /hello") LAST));
	return buf_str(&b);
}

TEST(arrival_a_thousand_at_once)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s, many(arena, 1000));
	CHECK_INT(r.n, 1000);
	CHECK(r.closed);
	CHECK_INT(s->hits, 1000);
	CHECK_MAX(http_counts(s->server).open, 1);
}

/* Heads of 31 bytes in pieces of 7: each is cut in another place. */
TEST(arrival_a_thousand_in_pieces)
{
	struct served *s = serve(arena, NULL);
	struct str text = heard(s, many(arena, 1000), 7, 0);
	CHECK_INT(s->hits, 1000);
	CHECK(str_ends(text, S("hello")));
}

/* Who says nothing more may still listen. */
TEST(arrival_a_hundred_and_half_closed)
{
	struct served *s = serve(arena, NULL);
	struct buf b = buf_new(arena, 1 << 20);
	for (int i = 0; i < 50; i++)
		buf_add(
		    &b, S(HEAD("GET /hello") "\r\n" HEAD("GET /later") "\r\n"));
	int fd = dial(s);
	CHECK(say(fd, buf_str(&b)));
	CHECK_INT(shutdown(fd, SHUT_WR), 0);
	struct reply r = hear(arena, fd, 3000);
	CHECK_INT(r.n, 100);
	CHECK(str_ends(r.text, S("later")));
	CHECK(r.closed);
}

/* ---- cut short ---- */

TEST(arrival_half_closed)
{
	struct served *s = serve(arena, NULL);
	int fd = dial(s);
	CHECK(say(fd, S(HEAD("GET /later") "\r\n")));
	CHECK_INT(shutdown(fd, SHUT_WR), 0);
	struct reply r = hear(arena, fd, 3000);
	CHECK_INT(r.status, 200);
	CHECK(r.closed);
	/* One that never finishes its request is let go. */
	fd = dial(s);
	CHECK(say(fd, S(HEAD("GET /hello"))));
	CHECK_INT(shutdown(fd, SHUT_WR), 0);
	int64_t from = now_ms();
	CHECK(hear(arena, fd, 5000).closed);
	CHECK_MAX(now_ms() - from, 4000);
}

/* A byte of the body is missing and will not come: nothing is handled. */
TEST(arrival_body_cut_short)
{
	struct served *s = serve(arena, NULL);
	int fd = dial(s);
	CHECK(say(fd, S(HEAD("POST /echo") "Content-Length: 6\r\n\r\nhello")));
	CHECK_INT(shutdown(fd, SHUT_WR), 0);
	int64_t from = now_ms();
	struct reply r = hear(arena, fd, 5000);
	CHECK(r.closed);
	CHECK_INT(r.status, 0);
	CHECK_MAX(now_ms() - from, 4000);
	CHECK_INT(s->hits, 0);
}

static void
reset(int fd)
{
	struct linger now = {.l_onoff = 1};
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	int null =
	    dup(0); /* takes the number, so that the arena may close it */
	dup2(null, fd);
	close(null);
}

TEST(arrival_reset_in_a_response)
{
	struct served *s = serve(arena, NULL);
	for (int i = 0; i < 20; i++) {
		int fd = dial(s);
		char some[100];
		CHECK(say(fd, S(HEAD("GET /big") "\r\n")));
		CHECK(recv(fd, some, sizeof some, 0) > 0);
		reset(fd);
	}
	for (int i = 0; i < 200 && http_counts(s->server).open > 0; i++)
		wait_ms(10);
	CHECK_INT(http_counts(s->server).open, 0);
	struct reply r = ask(s, S(HEAD("GET /big") LAST));
	CHECK_INT(r.body.n, 1024 * 1024);
}
