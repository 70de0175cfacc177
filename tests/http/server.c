/* SPDX-License-Identifier: MPL-2.0 */

/* Real sockets: what is refused, what is never run, who does not hold up
 * whom. */
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "tests/http/raw.h"

#define SECOND_REQUEST "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"

/* Requests that two servers could read in two ways.  The second one that
 * hides in each must never run. */
static const struct {
	const char *what;
	struct str bytes;
	int status;
} smuggling[] = {
    {"two lengths",
	S_INIT("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
	       "Content-Length: 41\r\n\r\nabcd" SECOND_REQUEST),
	400},
    {"length and chunked",
	S_INIT("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 41\r\n"
	       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND_REQUEST),
	400},
    {"chunked twice",
	S_INIT("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
	       "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND_REQUEST),
	400},
    {"another encoding",
	S_INIT("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n"
	       "\r\n0\r\n\r\n" SECOND_REQUEST),
	501},
    {"chunked in 1.0",
	S_INIT("POST /a HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
	       "\r\n0\r\n\r\n" SECOND_REQUEST),
	400},
    {"a plus",
	S_INIT("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n"
	       "\r\nabcd" SECOND_REQUEST),
	400},
    {"a list",
	S_INIT("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 4\r\n"
	       "\r\nabcd" SECOND_REQUEST),
	400},
    {"a GET with a body",
	S_INIT("GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 36\r\n"
	       "\r\n" SECOND_REQUEST),
	400},
    {"two hosts",
	S_INIT("GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" SECOND_REQUEST),
	400},
    {"no host", S_INIT("GET /a HTTP/1.1\r\n\r\n" SECOND_REQUEST), 400},
    {"a host with a user",
	S_INIT("GET /a HTTP/1.1\r\nHost: a@b\r\n\r\n" SECOND_REQUEST), 400},
    {"another host in the target",
	S_INIT("GET http://y/a HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST),
	400},
    {"a NUL in the path",
	S_INIT("GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST), 400},
    {"a way up",
	S_INIT("GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST),
	400},
    {"a hidden slash",
	S_INIT("GET /a%2fb HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST), 400},
    {"escaped twice",
	S_INIT("GET /a%252fb HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST), 400},
    {"bad UTF-8",
	S_INIT("GET /%c3%28 HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST), 400},
    {"TRACE", S_INIT("TRACE /a HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST),
	405},
    {"no such method",
	S_INIT("BREW /a HTTP/1.1\r\nHost: x\r\n\r\n" SECOND_REQUEST), 501},
    {"an upgrade",
	S_INIT("GET /a HTTP/1.1\r\nHost: x\r\nUpgrade: "
	       "h2c\r\n\r\n" SECOND_REQUEST),
	501},
    {"too large",
	S_INIT("POST /a HTTP/1.1\r\nHost: x\r\n"
	       "Content-Length: 1001\r\n\r\n" SECOND_REQUEST),
	413},
};

TEST(a_smuggled_request_never_runs)
{
	static struct raw raw;
	raw_start(&raw, arena, false);
	for (ptrdiff_t i = 0; i < COUNT_OF(smuggling); i++) {
		struct str answer =
		    raw_talk(&raw, arena, smuggling[i].bytes, 300);
		if (raw_status(answer) != smuggling[i].status)
			print_error("%s\n", smuggling[i].what);
		CHECK_INT(raw_status(answer), smuggling[i].status);
		/* libmicrohttpd's own refusals come twice at times. */
		CHECK_LACKS(answer, S("200 OK"));
	}
	CHECK_INT(raw.smuggled, 0);
	CHECK_INT(raw.handled, 0);
	raw_stop(&raw);
}

/* The control: without the guard the same requests do run a second one. */
TEST(without_the_guard_a_smuggled_request_runs)
{
	static struct raw raw;
	raw_start(&raw, arena, true);
	for (ptrdiff_t i = 0; i < COUNT_OF(smuggling); i++)
		(void)raw_talk(&raw, arena, smuggling[i].bytes, 100);
	CHECK(raw.smuggled > 0);
	raw_stop(&raw);
}

static const struct str plain_get =
    S_INIT("GET /hej HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
static const struct str form_post =
    S_INIT("POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
	   "Content-Type: application/x-www-form-urlencoded\r\n"
	   "Content-Length: 13\r\n\r\na=%C3%A5+b&c=");

TEST(a_request_in_pieces_is_the_same_request)
{
	static const struct str *const requests[] = {&plain_get, &form_post};
	static struct raw raw;
	raw_start(&raw, arena, false);
	for (ptrdiff_t r = 0; r < COUNT_OF(requests); r++) {
		struct str bytes = *requests[r];
		struct str whole = raw_talk(&raw, arena, bytes, 1000);
		int fd = raw_connect(&raw);
		for (ptrdiff_t i = 0; i < bytes.n; i++) {
			CHECK(send(fd, bytes.p + i, 1, MSG_NOSIGNAL) == 1);
			usleep(200);
		}
		struct str pieces = raw_read(fd, arena, 1000);
		close(fd);
		CHECK_INT(raw_status(whole), 200);
		CHECK_INT(raw_status(pieces), 200);
		CHECK_INT(whole.n, pieces.n);
	}
	CHECK_HAS(raw_talk(&raw, arena, form_post, 1000), S("å b"));
	raw_stop(&raw);
}

TEST(many_requests_in_a_row_are_all_answered)
{
	static struct raw raw;
	struct buf b = buf_new(arena, 100 * 1000);
	raw_start(&raw, arena, false);
	for (int i = 0; i < 1000; i++)
		buf_add(&b, S("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	struct str answer = raw_talk(&raw, arena, buf_str(&b), 1000);
	CHECK_INT(raw_count(answer), 1000);
	CHECK_INT(raw.handled, 1000);
	raw_stop(&raw);
}

TEST(a_head_has_no_body_and_an_answer_may_come_from_another_thread)
{
	static struct raw raw;
	raw_start(&raw, arena, false);
	struct str head = raw_talk(&raw, arena,
	    S("HEAD /hej HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
	    1000);
	CHECK_INT(raw_status(head), 200);
	CHECK_HAS(head, S("Content-Length: 4"));
	CHECK(str_ends(head, S("\r\n\r\n")));
	raw.later = true;
	for (int i = 0; i < 20; i++)
		CHECK_HAS(raw_talk(&raw, arena, plain_get, 1000), S("later"));
	raw_stop(&raw);
}

/* Forty who never finish their request; one who does, meanwhile. */
TEST(the_slow_do_not_hold_up_the_others)
{
	static struct raw raw;
	int slow[40];
	raw_start(&raw, arena, false);
	for (ptrdiff_t i = 0; i < COUNT_OF(slow); i++) {
		slow[i] = raw_connect(&raw);
		CHECK(send(slow[i], "GET /a HT", 9, MSG_NOSIGNAL) == 9);
	}
	int64_t from = clock_mono_us();
	CHECK_INT(raw_status(raw_talk(&raw, arena, plain_get, 1000)), 200);
	CHECK_MAX(clock_mono_us() - from, SECOND_US);
	/* Silent for the idle time: closed. */
	struct str rest = raw_read(slow[0], arena, 8000);
	CHECK(raw_status(rest) == 0 || raw_status(rest) == 408);
	CHECK_MAX(clock_mono_us() - from, 8 * SECOND_US);
	for (ptrdiff_t i = 0; i < COUNT_OF(slow); i++)
		close(slow[i]);
	raw_stop(&raw);
}

TEST(watchers_are_told_and_are_limited)
{
	static const struct str live =
	    S_INIT("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
	static struct raw raw;
	int fd[6];
	raw_start(&raw, arena, false);
	for (int i = 0; i < 6; i++) {
		fd[i] = raw_connect(&raw);
		CHECK(send(fd[i], live.p, (size_t)live.n, 0) == live.n);
		struct str first = raw_read(fd[i], arena, 200);
		CHECK_INT(raw_status(first), i < 5 ? 200 : 503);
		if (i == 5)
			CHECK_HAS(first, S("Retry-After"));
	}
	http_publish(raw.server, S("topic"), S("changed"), S("who"));
	http_publish(raw.server, S("other"), S("changed"), S("nobody"));
	for (int i = 0; i < 5; i++) {
		struct str told = raw_read(fd[i], arena, 200);
		CHECK_HAS(told, S("event: changed\ndata: who\n\n"));
		CHECK_LACKS(told, S("nobody"));
	}
	for (int i = 0; i < 6; i++)
		close(fd[i]);
	CHECK_INT(raw_status(raw_talk(&raw, arena, plain_get, 1000)), 200);
	raw_stop(&raw);
}

TEST(a_reader_that_goes_away_costs_nobody)
{
	static struct raw raw;
	struct linger cut = {.l_onoff = 1};
	raw_start(&raw, arena, false);
	raw.later = true;
	for (int i = 0; i < 50; i++) {
		int fd = raw_connect(&raw);
		CHECK(send(fd, plain_get.p, (size_t)plain_get.n, 0) > 0);
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &cut, sizeof cut);
		close(fd); /* with a reset, before the answer */
	}
	CHECK_INT(raw_status(raw_talk(&raw, arena, plain_get, 1000)), 200);
	raw_stop(&raw);
}
