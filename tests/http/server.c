/* SPDX-License-Identifier: MPL-2.0 */

/* The server over a real socket: what is served, and how. */
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/http/help.h"

#define HEAD(line) line " HTTP/1.1\r\nHost: a\r\n"
#define LAST "Connection: close\r\n\r\n"

TEST(server_answers)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s, S(HEAD("GET /hello") LAST));
	CHECK_INT(r.status, 200);
	CHECK(r.closed);
	CHECK_STR(r.body, S("hello"));
	CHECK_HAS(r.text, S("Content-Type: text/plain\r\n"));
	CHECK_HAS(r.text, S("Content-Length: 5\r\n"));
	CHECK_HAS(r.text, S("X-Own: 1\r\n"));
	CHECK_INT(s->threads_bad, 0);
	CHECK_INT(http_counts(s->server).requests, 1);
	CHECK_INT(http_counts(s->server).refused, 0);
}

TEST(server_head_is_get_without_body)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s, S(HEAD("HEAD /hello") LAST));
	CHECK_INT(r.status, 200);
	CHECK_STR(r.body, S(""));
	CHECK_HAS(r.text, S("Content-Length: 5\r\n"));
	r = ask(s, S(HEAD("HEAD /nowhere") LAST));
	CHECK_INT(r.status, 404);
	r = ask(s, S(HEAD("HEAD /events/t") LAST));
	CHECK_INT(r.status, 200);
	CHECK_STR(r.body, S(""));
	CHECK_INT(http_counts(s->server).streams, 0);
}

static int
open_files(void)
{
	int n = 0;
	struct stat about;
	for (int fd = 0; fd < 1000; fd++)
		n += fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
	return n;
}

/* From its start, in whole; and each descriptor is given back. */
TEST(server_sends_a_file)
{
	struct served *s = serve(arena, NULL);
	int before = open_files();
	for (int i = 0; i < 3; i++) {
		struct reply r = ask(s, S(HEAD("GET /file") LAST));
		CHECK_INT(r.status, 200);
		CHECK_HAS(r.text, S("Content-Length: 3145728\r\n"));
		CHECK_INT(r.body.n, 3 * 1024 * 1024);
		CHECK(str_starts(r.body, S("0123456789\n")));
		CHECK(str_ends(r.body, S("end")));
	}
	struct reply r = ask(s, S(HEAD("HEAD /file") LAST));
	CHECK_HAS(r.text, S("Content-Length: 3145728\r\n"));
	CHECK_STR(r.body, S(""));
	int fd = dial(s); /* one who leaves at once */
	CHECK(say(fd, S(HEAD("GET /file") "\r\n")));
	hang_up(fd);
	for (int i = 0; i < 200 && open_files() > before; i++)
		wait_ms(10);
	CHECK_INT(open_files(), before);
}

TEST(server_not_modified_has_no_body)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s, S(HEAD("GET /304") LAST));
	CHECK_INT(r.status, 304);
	CHECK_STR(r.body, S(""));
}

TEST(server_refuses_in_the_products_words)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s, S(HEAD("PUT /hello") "\r\n"));
	CHECK_INT(r.status, 405);
	CHECK(r.closed);
	CHECK_STR(r.body, S("refused 405"));
	CHECK_HAS(r.text, S("Allow: GET, HEAD, POST\r\n"));
	CHECK_HAS(r.text, S("Connection: close\r\n"));
	CHECK_INT(http_counts(s->server).refused, 1);
}

TEST(server_keeps_connections)
{
	struct served *s = serve(arena, NULL);
	int fd = dial(s);
	for (int i = 0; i < 50; i++) {
		CHECK(say(fd, S(HEAD("GET /hello") "\r\n")));
		struct reply r = hear_one(arena, fd, false);
		CHECK_INT(r.status, 200);
		CHECK_STR(r.body, S("hello"));
	}
	CHECK_INT(http_counts(s->server).open, 1);
	hang_up(fd);
}

/* HTTP/1.0 closes unless it asks for the contrary. */
TEST(server_http_10)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s, S("GET /hello HTTP/1.0\r\n\r\n"));
	CHECK_INT(r.status, 200);
	CHECK(r.closed);
	CHECK_STR(r.body, S("hello"));
}

TEST(server_reads_forms)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(
	    s, S(HEAD("GET /echo%20x?a=b&c=d%26") "Cookie: a=b; c=d\r\n" LAST));
	CHECK_STR(
	    r.body, S("?a=b\n?c=d&\n;a=b\n;c=d\nat /echo x from 127.0.0.1\n"));
	r = ask(s,
	    S(HEAD("POST /echo?q=1") "Content-Length: 12\r\nContent-Type: "
				     "application/x-www-form-urlencoded; "
				     "charset=UTF-8\r\n" LAST "a=b&c=%C3%A5"));
	CHECK_STR(
	    r.body, S("a=b\nc=\303\245\n?q=1\nat /echo from 127.0.0.1\n"));
	r = ask(s,
	    S(HEAD("POST /echo") "Content-Length: 74\r\n"
				 "Content-Type: multipart/form-data; "
				 "boundary=XX\r\n" LAST
				 "--XX\r\nContent-Disposition: form-data; "
				 "name=\"f\"; "
				 "filename=\"x\"\r\n\r\n12\r\n--XX--"));
	CHECK_STR(r.body, S("file f x  2\nat /echo from 127.0.0.1\n"));
	r = ask(s,
	    S(HEAD("POST /echo") "Content-Length: 3\r\n"
				 "Content-Type: text/x\r\n" LAST "abc"));
	CHECK_STR(r.body, S("body 3\nat /echo from 127.0.0.1\n"));
}

TEST(server_refuses_broken_forms)
{
	static const struct str broken[] = {
	    S_INIT(HEAD(
		"POST /echo") "Content-Length: 4\r\nContent-Type: "
			      "application/x-www-form-urlencoded\r\n\r\na=%F"),
	    S_INIT(HEAD(
		"POST /echo") "Content-Length: 4\r\nContent-Type: "
			      "multipart/form-data; boundary=X\r\n\r\na=%F"),
	    S_INIT(HEAD("POST /echo") "Content-Length: 4\r\nContent-Type: "
				      "multipart/form-data\r\n\r\na=%F"),
	    S_INIT(HEAD("GET /hello") "Cookie: a=\xc3\r\n\r\n"),
	};
	struct served *s = serve(arena, NULL);
	for (ptrdiff_t i = 0; i < COUNT_OF(broken); i++) {
		struct reply r = ask(s, broken[i]);
		CHECK_INT(r.status, 400);
		CHECK(r.closed);
	}
	CHECK_INT(s->hits, 0);
}

/* The thread that answers is another one, and the next request on the same
 * connection waits for it. */
TEST(server_answer_from_another_thread)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s,
	    S(HEAD("GET /later") "\r\n" HEAD("GET /hello") "\r\n" HEAD(
		"GET /later") LAST));
	CHECK_INT(r.n, 3);
	CHECK_INT(r.status, 200);
	CHECK_STR(str_sub(r.body, 0, 5), S("later"));
	CHECK(str_ends(r.text, S("later")));
}

/* Fifty at once on two threads: none blocks an HTTP thread. */
TEST(server_waiting_answers_block_nobody)
{
	struct served *s = serve(arena, NULL);
	int fd[50];
	for (int i = 0; i < COUNT_OF(fd); i++) {
		fd[i] = dial(s);
		CHECK(say(fd[i], S(HEAD("GET /hold") LAST)));
	}
	int64_t from = now_ms();
	CHECK_INT(ask(s, S(HEAD("GET /hello") LAST)).status, 200);
	CHECK_MAX(now_ms() - from, 1000);
	let_go(s);
	for (int i = 0; i < COUNT_OF(fd); i++) {
		CHECK_STR(hear(arena, fd[i], 3000).body, S("later"));
		hang_up(fd[i]);
	}
}

/* The client is gone when the answer comes: nothing breaks, nothing leaks. */
TEST(server_client_leaves_before_the_answer)
{
	struct served *s = serve(arena, NULL);
	for (int i = 0; i < 20; i++) {
		int fd = dial(s);
		CHECK(say(fd, S(HEAD("GET /hold") "\r\n")));
		wait_ms(2);
		hang_up(fd);
	}
	let_go(s);
	for (int i = 0; i < 200 && http_counts(s->server).open > 0; i++)
		wait_ms(10);
	CHECK_INT(http_counts(s->server).open, 0);
	CHECK_INT(ask(s, S(HEAD("GET /hello") LAST)).status, 200);
}

/* ---- too large ---- */

TEST(server_too_large_before_the_body_comes)
{
	struct served *s = serve(arena, NULL);
	int fd = dial(s);
	CHECK(say(fd, S(HEAD("POST /echo") "Content-Length: 100001\r\n\r\n")));
	struct reply r = hear(arena, fd, 3000); /* not a byte of it was sent */
	CHECK_INT(r.status, 413);
	CHECK_STR(r.body, S("refused 413"));
	CHECK(r.closed);
	CHECK_INT(s->hits, 0);
}

TEST(server_largest_body)
{
	struct served *s = serve(arena, NULL);
	char *zeros = arena_new(arena, char, 100 * 1000);
	int fd = dial(s);
	CHECK(say(fd, S(HEAD("POST /echo") "Content-Length: 100000\r\n" LAST)));
	CHECK(say(fd, (struct str){zeros, 100 * 1000}));
	CHECK_INT(hear(arena, fd, 3000).status, 200);
	CHECK_INT(s->body_bytes, 100 * 1000);
	hang_up(fd);
}

/* Who sends on regardless still reads the answer: no reset takes it away. */
TEST(server_too_large_is_told_to_who_sends_on)
{
	struct served *s = serve(arena, NULL);
	char *zeros = arena_new(arena, char, 4 * 1024 * 1024);
	for (int i = 0; i < 5; i++) {
		int fd = dial(s);
		CHECK(say(fd,
		    S(HEAD("POST /echo") "Content-Length: 1000000000"
					 "\r\n\r\n")));
		(void)say(fd, (struct str){zeros, 4 * 1024 * 1024});
		struct reply r = hear(arena, fd, 3000);
		CHECK_INT(r.status, 413);
		hang_up(fd);
	}
	CHECK_INT(s->hits, 0);
}

/* A page that expects no body says itself what is wrong; what came is not
 * kept. */
TEST(server_unwanted_body_is_thrown_away)
{
	struct served *s = serve(arena, NULL);
	struct reply r = ask(s,
	    S(HEAD("POST /nowhere") "Content-Length: 5\r\n\r\nhello" HEAD(
		"GET /hello") LAST));
	CHECK_INT(r.status, 404);
	CHECK_INT(r.n, 2);
	CHECK_INT(s->body_bytes, 0);
	r = ask(s, S(HEAD("POST /nowhere") "Content-Length: 65537\r\n\r\n"));
	CHECK_INT(r.status, 413);
}

TEST(server_expect_continue)
{
	struct served *s = serve(arena, NULL);
	int fd = dial(s);
	CHECK(say(fd,
	    S(HEAD("POST /echo") "Content-Length: 5\r\n"
				 "Expect: 100-continue\r\n" LAST)));
	struct reply r = hear(arena, fd, 200);
	CHECK_INT(r.status, 100);
	CHECK(!r.closed);
	CHECK(say(fd, S("hello")));
	CHECK_INT(hear(arena, fd, 3000).status, 200);
	r = ask(s,
	    S(HEAD("POST /echo") "Content-Length: 500000\r\n"
				 "Expect: 100-continue\r\n\r\n"));
	CHECK_INT(r.status, 413);
	CHECK_LACKS(r.text, S("100 Continue"));
}

static struct str
request_with(struct arena *a, const char *start, ptrdiff_t n, const char *end)
{
	struct buf b = buf_new(a, 4 << 20);
	buf_add(&b, str_c(start));
	while (b.n < n)
		buf_add(&b, S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	buf_add(&b, str_c(end));
	return buf_str(&b);
}

static void
check_refused(struct served *s, struct str bytes, int status, int or_status)
{
	struct reply r = ask(s, bytes);
	if (r.status != status && r.status != or_status)
		print_error("%d came\n", r.status);
	CHECK(r.status == status || r.status == or_status);
	CHECK(r.closed);
}

TEST(server_long_heads)
{
	struct served *s = serve(arena, NULL);
	const char *end = " HTTP/1.1\r\nHost: a\r\n" LAST;
	const char *header = HEAD("GET /hello") "X: ";
	const char *cookie = HEAD("GET /hello") "Cookie: a=";
	struct reply r = ask(s, request_with(arena, "GET /", 7000, end));
	CHECK_INT(r.status, 404); /* long, and served */
	r = ask(s, request_with(arena, header, 14000, "\r\n" LAST));
	CHECK_INT(r.status, 200);
	check_refused(s, request_with(arena, "GET /", 9000, end), 414, 414);
	check_refused(s, request_with(arena, "GET /", 65536, end), 414, 431);
	check_refused(
	    s, request_with(arena, header, 20000, "\r\n" LAST), 431, 431);
	check_refused(
	    s, request_with(arena, header, 40000, "\r\n" LAST), 431, 431);
	check_refused(
	    s, request_with(arena, header, 1 << 20, "\r\n" LAST), 431, 431);
	check_refused(
	    s, request_with(arena, cookie, 1 << 20, "\r\n" LAST), 431, 431);
}

TEST(server_many_headers)
{
	struct served *s = serve(arena, NULL);
	struct buf b = buf_new(arena, 1 << 20);
	buf_add(&b, S(HEAD("GET /hello")));
	for (int i = 0; i < 98; i++)
		buf_add(&b, S("X: y\r\n"));
	struct str most = str_cat(arena, buf_str(&b), S(LAST));
	CHECK_INT(ask(s, most).status, 200);
	buf_add(&b, S("X: y\r\n"));
	struct str more = str_cat(arena, buf_str(&b), S(LAST));
	CHECK_INT(ask(s, more).status, 431);
	for (int i = 0; i < 10000; i++)
		buf_add(&b, S("X: y\r\n"));
	CHECK_INT(ask(s, buf_str(&b)).status, 431);
}

/* Whole, whatever is asked for, and without work. */
TEST(server_ranges_are_not_served)
{
	struct served *s = serve(arena, NULL);
	struct buf b = buf_new(arena, 1 << 20);
	buf_add(&b, S(HEAD("GET /hello") "Range: bytes=0-"));
	for (int i = 0; i < 1000; i++)
		buf_fmt(&b, ",0-%d", i);
	buf_add(&b, S("\r\n" LAST));
	struct str ranges[] = {buf_str(&b),
	    S(HEAD("GET /hello") "Range: bytes=4-1\r\n" LAST),
	    S(HEAD("GET /hello") "Range: bytes=99999999999999999999-\r\n" LAST),
	    S(HEAD("GET /hello") "Range: bytes=-0\r\nIf-Range: x\r\n" LAST)};
	for (int i = 0; i < COUNT_OF(ranges); i++) {
		struct reply r = ask(s, ranges[i]);
		CHECK_INT(r.status, 200);
		CHECK_STR(r.body, S("hello"));
	}
}

/* ---- listening, stopping ---- */

TEST(server_on_a_unix_socket)
{
	struct http_config config = {
	    .listen = str_cat(arena, S("unix:"),
		str_cat(arena, test_dir(arena), S("/http")))};
	struct served *s = serve(arena, &config);
	struct reply r = ask(s, S(HEAD("GET /echo") LAST));
	CHECK_STR(r.body, S("at /echo from local\n"));
	const char *path =
	    str_cstr(arena, str_sub(config.listen, 5, config.listen.n));
	CHECK_INT(access(path, F_OK), 0);
	serve_stop(s, 1);
	CHECK(access(path, F_OK) != 0);
}

TEST(server_address_in_use_or_wrong)
{
	static const struct str wrong[] = {S_INIT(""), S_INIT("127.0.0.1"),
	    S_INIT("localhost:0"), S_INIT("127.0.0.1:x"), S_INIT("unix:"),
	    S_INIT(":80"), S_INIT("127.0.0.1:99999")};
	struct served *s = serve(arena, NULL);
	struct http_config config = s->config;
	struct http_server *other;
	config.listen = http_address(s->server);
	CHECK_INT(http_start(arena, &config, &other), ERR_UNAVAIL);
	for (ptrdiff_t i = 0; i < COUNT_OF(wrong); i++) {
		config.listen = wrong[i];
		CHECK_INT(http_start(arena, &config, &other), ERR_INVALID);
	}
}

TEST(server_behind_a_proxy)
{
	struct http_config config = {.trust_forwarded_for = true};
	struct served *trusting = serve(arena, &config);
	struct served *other = serve(arena, NULL);
	struct str request =
	    S(HEAD("GET /echo") "X-Forwarded-For: 1.2.3.4, 10.0.0.7\r\n" LAST);
	CHECK_STR(ask(trusting, request).body, S("at /echo from 10.0.0.7\n"));
	CHECK_STR(ask(other, request).body, S("at /echo from 127.0.0.1\n"));
}

static void *
go_soon(void *arg)
{
	wait_ms(150);
	let_go(arg);
	return NULL;
}

/* What is under way ends, with its answer; what is idle is closed. */
TEST(server_stop_lets_answers_out)
{
	struct served *s = serve(arena, NULL);
	int idle = dial(s), held = dial(s), half = dial(s);
	pthread_t thread;
	CHECK(say(idle, S(HEAD("GET /hello") "\r\n")));
	CHECK_INT(hear_one(arena, idle, false).status, 200);
	CHECK(say(held, S(HEAD("GET /hold") "\r\n")));
	CHECK(say(half, S(HEAD("GET /hello"))));
	wait_ms(50);
	CHECK_INT(pthread_create(&thread, NULL, go_soon, s), 0);
	int64_t from = now_ms();
	http_stop(s->server, 1);
	s->stopped = true;
	CHECK_MAX(now_ms() - from, 1500);
	pthread_join(thread, NULL);
	struct reply r = hear(arena, held, 1000);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.text, S("Connection: close\r\n"));
	CHECK(hear(arena, idle, 1000).closed);
	CHECK_INT(hear(arena, half, 1000).status, 0);
}

/* A thousand requests by many threads' worth of connections, then nothing is
 * left behind. */
TEST(server_counts_come_back_to_zero)
{
	struct served *s = serve(arena, NULL);
	for (int i = 0; i < 300; i++)
		CHECK_INT(ask(s, S(HEAD("GET /hello") LAST)).status, 200);
	for (int i = 0; i < 200 && http_counts(s->server).open > 0; i++)
		wait_ms(5);
	struct http_counts c = http_counts(s->server);
	CHECK_INT(c.open, 0);
	CHECK_INT(c.requests, 300);
	CHECK_INT(c.streams, 0);
}
