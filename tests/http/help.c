/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/http/help.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/nameless.h"

enum { BIG = 1024 * 1024, FILE_BYTES = 3 * BIG };

/* ---- the pages ---- */

static void
add_files(struct buf *b, const struct http_request *rq)
{
	for (ptrdiff_t i = 0; i < rq->n_files; i++)
		buf_fmt(b, "file %.*s %.*s %.*s %td\n",
		    STR_ARG(rq->files[i].field), STR_ARG(rq->files[i].name),
		    STR_ARG(rq->files[i].type), rq->files[i].bytes.n);
}

static struct str
echo(struct http_request *rq)
{
	struct buf b = buf_new(rq->arena, BIG);
	for (ptrdiff_t i = 0; i < rq->form.n; i++)
		buf_fmt(&b, "%.*s=%.*s\n", STR_ARG(rq->form.list[i].name),
		    STR_ARG(rq->form.list[i].value));
	add_files(&b, rq);
	if (rq->body.n > 0)
		buf_fmt(&b, "body %td\n", rq->body.n);
	for (ptrdiff_t i = 0; i < rq->query.n; i++)
		buf_fmt(&b, "?%.*s=%.*s\n", STR_ARG(rq->query.list[i].name),
		    STR_ARG(rq->query.list[i].value));
	for (ptrdiff_t i = 0; i < rq->cookies.n; i++)
		buf_fmt(&b, ";%.*s=%.*s\n", STR_ARG(rq->cookies.list[i].name),
		    STR_ARG(rq->cookies.list[i].value));
	buf_fmt(
	    &b, "at %.*s from %.*s\n", STR_ARG(rq->path), STR_ARG(rq->address));
	return buf_str(&b);
}

static void
close_it(void *fd)
{
	(void)close(*(int *)fd);
}

static void
fill_file(struct http_request *rq, struct http_response *r)
{
	static const char end[] = "end";
	int *fd = arena_new(rq->arena, int, 1);
	*fd = nameless_open(rq->arena, S("/nowhere"));
	arena_defer(rq->arena, close_it, fd);
	r->file.fd = *fd;
	r->file.bytes = FILE_BYTES;
	CHECK_INT(ftruncate(*fd, FILE_BYTES), 0);
	CHECK_INT(pwrite(*fd, "0123456789\n", 11, 0), 11);
	CHECK_INT(pwrite(*fd, end, 3, FILE_BYTES - 3), 3);
}

static struct http_response
page(struct served *s, struct http_request *rq)
{
	struct http_response r = {.status = 200, .type = S("text/plain")};
	if (str_eq(rq->path, S("/hello"))) {
		r.body = S("hello");
	} else if (str_eq(rq->path, S("/big"))) {
		r.body = (struct str){arena_new(rq->arena, char, BIG), BIG};
	} else if (str_eq(rq->path, S("/file"))) {
		fill_file(rq, &r);
	} else if (str_starts(rq->path, S("/echo"))) {
		r.body = echo(rq);
	} else if (str_eq(rq->path, S("/smuggled"))) {
		s->smuggled++;
	} else if (str_eq(rq->path, S("/304"))) {
		r = (struct http_response){.status = 304};
	} else {
		r.status = 404;
	}
	if (s->body_bytes < rq->body.n)
		s->body_bytes = rq->body.n;
	return r;
}

struct later {
	struct served *s;
	struct http_exchange *x;
	bool held;
};

static void *
answer_later(void *arg)
{
	struct later *l = arg;
	struct served *s = l->s;
	struct http_response r = {.status = 200, .body = S("later")};
	for (int i = 0; l->held ? !s->go : i < 4; i++)
		wait_ms(5);
	http_answer(l->x, &r);
	return NULL;
}

static void
hand_over(struct served *s, struct http_exchange *x, bool held)
{
	pthread_t thread;
	struct later *l = arena_new(http_request(x)->arena, struct later, 1);
	*l = (struct later){s, x, held};
	if (pthread_create(&thread, NULL, answer_later, l) != 0)
		fail_msg("no thread");
	pthread_detach(thread);
}

static void
handle(void *arg, struct http_exchange *x)
{
	struct served *s = arg;
	struct http_request *rq = http_request(x);
	s->hits++;
	if (http_thread(x) < 0 || http_thread(x) >= s->config.threads)
		s->threads_bad++;
	if (str_eq(rq->path, S("/later")) || str_eq(rq->path, S("/hold"))) {
		hand_over(s, x, str_eq(rq->path, S("/hold")));
		return;
	}
	if (str_eq(rq->path, S("/ready"))) {
		http_answer_ready(x, s->ready);
		return;
	}
	struct http_response r = page(s, rq);
	if (str_starts(rq->path, S("/events/"))) {
		r = (struct http_response){
		    .status = 200, .type = S("text/event-stream")};
		http_stream(x, str_sub(rq->path, 8, rq->path.n), &r);
		return;
	}
	http_header_add(rq->arena, &r, S("X-Own"), S("1"));
	http_answer(x, &r);
}

static ptrdiff_t
body_limit(void *arg, const struct http_request *rq)
{
	(void)arg;
	return str_starts(rq->path, S("/echo")) ? 100 * 1000 : -1;
}

static void
refuse(void *arg, struct arena *a, int status, struct http_response *r)
{
	(void)arg;
	*r = (struct http_response){.status = status,
	    .type = S("text/plain"),
	    .body = str_fmt(a, "refused %d", status)};
}

/* ---- start and stop ---- */

void
let_go(struct served *s)
{
	s->go = true;
}

void
serve_stop(struct served *s, int seconds)
{
	let_go(s);
	if (!s->stopped)
		http_stop(s->server, seconds);
	s->stopped = true;
}

static void
end(void *arg)
{
	struct served *s = arg;
	serve_stop(s, 0);
	http_ready_unref(s->ready);
}

struct served *
serve(struct arena *a, const struct http_config *config)
{
	struct served *s = arena_new(a, struct served, 1);
	struct http_config c = {0};
	if (config != NULL)
		c = *config;
	if (c.listen.n == 0)
		c.listen = S("127.0.0.1:0");
	c.threads = c.threads != 0 ? c.threads : 2;
	c.arena_bytes = c.arena_bytes != 0 ? c.arena_bytes : 8 * BIG;
	c.max_connections = c.max_connections != 0 ? c.max_connections : 200;
	c.max_streams = c.max_streams != 0 ? c.max_streams : 20;
	c.idle_seconds = c.idle_seconds != 0 ? c.idle_seconds : 5;
	c.handle = handle;
	c.body_limit = body_limit;
	c.refuse = refuse;
	c.arg = s;
	s->config = c;
	s->arena = a;
	s->ready = http_ready_new(a,
	    &(struct http_response){
		.status = 200, .type = S("text/plain"), .body = S("ready")});
	CHECK_OK(http_start(a, &c, &s->server));
	arena_defer(a, end, s);
	return s;
}

/* ---- the client ---- */

static void
close_fd(void *fd)
{
	close((int)(intptr_t)fd);
}

static socklen_t
address_of(struct served *s, struct sockaddr_storage *at)
{
	struct str text = http_address(s->server);
	int64_t port = 0;
	if (str_starts(text, S("unix:"))) {
		struct sockaddr_un un = {.sun_family = AF_UNIX};
		memcpy(un.sun_path, text.p + 5, (size_t)text.n - 5);
		memcpy(at, &un, sizeof un);
		return sizeof un;
	}
	struct sockaddr_in in = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	CHECK(str_int(str_sub(text, 10, text.n), &port));
	in.sin_port = htons((uint16_t)port);
	memcpy(at, &in, sizeof in);
	return sizeof in;
}

int
dial(struct served *s)
{
	struct sockaddr_storage at = {0};
	socklen_t n = address_of(s, &at);
	int on = 1, fd = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(fd >= 0);
	arena_defer(s->arena, close_fd, (void *)(intptr_t)fd);
	CHECK_INT(connect(fd, (struct sockaddr *)&at, n), 0);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return fd;
}

/* The number stays taken until the arena closes, so that it is not closed
 * twice. */
void
hang_up(int fd)
{
	shutdown(fd, SHUT_RDWR);
}

bool
say(int fd, struct str bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL);
		if (n < 0)
			return false;
		bytes = str_sub(bytes, n, bytes.n);
	}
	return true;
}

bool
say_slowly(int fd, struct str bytes)
{
	for (ptrdiff_t i = 0; i < bytes.n; i++) {
		if (!say(fd, str_sub(bytes, i, i + 1)))
			return false;
		sched_yield();
	}
	return true;
}

static int
count_answers(struct str text)
{
	int n = 0;
	for (ptrdiff_t at; (at = str_find(text, S("HTTP/1.1 "))) >= 0; n++)
		text = str_sub(text, at + 9, text.n);
	return n;
}

static struct reply
parse(struct str text, bool closed)
{
	struct reply r = {.text = text, .closed = closed};
	int64_t status = 0;
	r.n = count_answers(text);
	if (!str_starts(text, S("HTTP/1.")))
		return r;
	CHECK(str_int(str_sub(text, 9, 12), &status));
	r.status = (int)status;
	ptrdiff_t head = str_find(text, S("\r\n\r\n"));
	if (head >= 0)
		r.body = str_sub(text, head + 4, text.n);
	return r;
}

/* Adds what comes within `ms`; false at the end or in silence. */
static bool
hear_more(int fd, struct buf *b, int ms, bool *closed)
{
	char bytes[16 * 1024];
	struct pollfd p = {.fd = fd, .events = POLLIN};
	if (poll(&p, 1, ms) <= 0)
		return false;
	ssize_t n = recv(fd, bytes, sizeof bytes, 0);
	if (n > 0)
		buf_add(b, (struct str){bytes, n});
	*closed = n <= 0;
	return n > 0;
}

struct reply
hear(struct arena *a, int fd, int ms)
{
	struct buf b = buf_new(a, 64 * BIG);
	bool closed = false;
	while (hear_more(fd, &b, ms, &closed)) {
	}
	return parse(buf_str(&b), closed);
}

static ptrdiff_t
length_of(struct str text)
{
	int64_t n = 0;
	ptrdiff_t at = str_find(text, S("Content-Length: "));
	if (at >= 0) {
		struct str rest = str_sub(text, at + 16, text.n);
		CHECK(str_int(str_trim(str_cut(&rest, '\r')), &n));
	}
	return (ptrdiff_t)n;
}

struct reply
hear_one(struct arena *a, int fd, bool head)
{
	struct buf b = buf_new(a, 64 * BIG);
	bool closed = false;
	for (;;) {
		ptrdiff_t end = str_find(buf_str(&b), S("\r\n\r\n"));
		if (end >= 0 &&
		    b.n >= end + 4 + (head ? 0 : length_of(buf_str(&b))))
			break;
		if (!hear_more(fd, &b, 5000, &closed))
			break;
	}
	return parse(buf_str(&b), closed);
}

struct reply
ask(struct served *s, struct str bytes)
{
	int fd = dial(s);
	(void)say(fd, bytes);
	struct reply r = hear(s->arena, fd, 3000);
	hang_up(fd);
	return r;
}

int64_t
now_ms(void)
{
	return clock_mono_us() / 1000;
}

void
wait_ms(int ms)
{
	struct timespec t = {
	    .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
	nanosleep(&t, NULL);
}
