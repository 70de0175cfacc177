/* SPDX-License-Identifier: MPL-2.0 */

/* Those who take their time, and those who take every place: cut, without
 * harm to anybody else. */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/http/help.h"

#define HELLO "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
#define UPLOAD "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n"

enum { DRIP_MS = 20 };

/* Sends a byte now and then until it is cut; gives how long that took. */
static int
drip(struct served *s, struct str start, struct str then, int64_t *others_ms)
{
	int64_t from = now_ms();
	int fd = dial(s);
	char byte;
	CHECK(say(fd, start));
	*others_ms = 0;
	for (ptrdiff_t i = 0; now_ms() - from < 6000; i++) {
		if (!say(fd, str_sub(then, i % then.n, i % then.n + 1)) ||
		    recv(fd, &byte, 1, MSG_DONTWAIT) == 0)
			break;
		int64_t asked = now_ms();
		CHECK_INT(ask(s, S(HELLO)).status, 200);
		if (now_ms() - asked > *others_ms)
			*others_ms = now_ms() - asked;
		wait_ms(DRIP_MS);
	}
	hang_up(fd);
	return (int)(now_ms() - from);
}

static void
check_drip(struct served *s, struct str start, struct str then, int least_ms)
{
	int64_t others_ms;
	int took = drip(s, start, then, &others_ms);
	CHECK_MAX(took, least_ms + 1500);
	CHECK_MAX(-took, -least_ms + 200);
	CHECK_MAX(others_ms, 1000);
}

/* Each byte is in time; the whole is not. */
TEST(slow_request_line)
{
	struct http_config config = {.request_seconds = 1};
	struct served *s = serve(arena, &config);
	check_drip(s, S("GET /"), S("a"), 1000);
}

TEST(slow_headers)
{
	struct http_config config = {.request_seconds = 1};
	struct served *s = serve(arena, &config);
	check_drip(
	    s, S("GET /hello HTTP/1.1\r\nHost: a\r\n"), S("X: y\r\n"), 1000);
}

/* A body gets a second more for each 16 KB: here one. */
TEST(slow_body)
{
	struct http_config config = {.request_seconds = 1};
	struct served *s = serve(arena, &config);
	check_drip(s, S(UPLOAD), S("a"), 1000 + 20000 / 16384 * 1000);
	CHECK_INT(s->body_bytes, 0);
}

/* Says nothing at all, before or after a request. */
TEST(slow_silence)
{
	struct http_config config = {.request_seconds = 1, .idle_seconds = 1};
	struct served *s = serve(arena, &config);
	int never = dial(s), once = dial(s);
	int64_t from = now_ms();
	CHECK(say(once, S("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")));
	CHECK_INT(hear_one(arena, once, false).status, 200);
	CHECK(hear(arena, never, 4000).closed);
	CHECK_MAX(now_ms() - from, 2500);
	CHECK(hear(arena, once, 4000).closed);
	CHECK_MAX(now_ms() - from, 4000);
}

/* Reads a large answer a byte at a time.  1 MB gets 64 s more than a small
 * one, so this one is cut by stopping; meanwhile others are served. */
TEST(slow_reader_harms_nobody)
{
	struct served *s = serve(arena, NULL);
	int fd[20], small = 1024;
	for (int i = 0; i < COUNT_OF(fd); i++) {
		fd[i] = dial(s);
		setsockopt(fd[i], SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
		CHECK(say(fd[i], S("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")));
	}
	for (int i = 0; i < 20; i++) {
		int64_t asked = now_ms();
		char byte;
		(void)!recv(fd[i], &byte, 1, 0);
		CHECK_INT(ask(s, S(HELLO)).status, 200);
		CHECK_MAX(now_ms() - asked, 1000);
	}
	for (int i = 0; i < COUNT_OF(fd); i++)
		hang_up(fd[i]);
}

/* Twice as many silent connections as there are places: one that speaks is
 * served within a second all the same. */
TEST(slow_crowd_does_not_keep_others_out)
{
	enum { PLACES = 100, CROWD = 200, ASKED = 20 };
	struct http_config config = {.max_connections = PLACES};
	struct served *s = serve(arena, &config);
	int64_t worst = 0;
	for (int i = 0; i < CROWD; i++)
		CHECK(say(dial(s), S("GET /hello HTTP/1.1\r\nX-")));
	for (int i = 0; i < ASKED; i++) {
		int64_t asked = now_ms();
		CHECK_INT(ask(s, S(HELLO)).status, 200);
		if (now_ms() - asked > worst)
			worst = now_ms() - asked;
	}
	CHECK_MAX(worst, 1000);
	CHECK_MAX(http_counts(s->server).open, PLACES);
}

/* Control: with all places held by requests that are being served nobody can
 * be cut, and one more waits outside until a place is free. */
TEST(slow_served_requests_are_not_cut)
{
	struct http_config config = {.max_connections = 10};
	struct served *s = serve(arena, &config);
	int fd[10];
	for (int i = 0; i < COUNT_OF(fd); i++) {
		fd[i] = dial(s);
		CHECK(say(fd[i],
		    S("GET /hold HTTP/1.1\r\nHost: a\r\n"
		      "Connection: close\r\n\r\n")));
	}
	wait_ms(600);
	int more = dial(s);
	CHECK(say(more, S(HELLO)));
	CHECK(!hear(arena, more, 300).closed);
	CHECK_INT(http_counts(s->server).open, 10);
	let_go(s);
	for (int i = 0; i < COUNT_OF(fd); i++)
		CHECK_STR(hear(arena, fd[i], 3000).body, S("later"));
	CHECK_INT(hear(arena, more, 3000).status, 200);
}

/* ---- no descriptors left ---- */

static int64_t
cpu_ms(void)
{
	struct rusage u;
	CHECK_INT(getrusage(RUSAGE_SELF, &u), 0);
	return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
	    (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

struct taken {
	struct rlimit before;
	int fd[256], n;
};

static void
give_back(void *arg)
{
	struct taken *t = arg;
	while (t->n > 0)
		close(t->fd[--t->n]);
	setrlimit(RLIMIT_NOFILE, &t->before);
}

static struct taken *
take_all_descriptors(struct arena *a)
{
	struct taken *t = arena_new(a, struct taken, 1);
	struct rlimit few;
	CHECK_INT(getrlimit(RLIMIT_NOFILE, &t->before), 0);
	few = t->before;
	few.rlim_cur = 128;
	CHECK_INT(setrlimit(RLIMIT_NOFILE, &few), 0);
	arena_defer(a, give_back, t);
	for (int fd; t->n < 256 && (fd = dup(0)) >= 0;)
		t->fd[t->n++] = fd;
	CHECK(t->n > 0 && t->n < 256);
	return t;
}

/* With no descriptor for a new connection the server neither spins nor dies,
 * and goes on when there is one again. */
TEST(slow_without_descriptors)
{
	struct served *s = serve(arena, NULL);
	int fd = dial(s), waiting = dial(s);
	CHECK(say(fd, S("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")));
	CHECK_INT(hear_one(arena, fd, false).status, 200);
	struct taken *t = take_all_descriptors(arena);
	close(t->fd[--t->n]);
	int late = dial(s); /* the last descriptor is ours */
	CHECK(say(late, S(HELLO)));
	int64_t cpu = cpu_ms();
	CHECK(!hear(arena, late, 600).closed);
	CHECK_MAX(cpu_ms() - cpu, 200);
	CHECK(say(fd, S("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")));
	CHECK_INT(hear_one(arena, fd, false).status, 200);
	give_back(t);
	CHECK_INT(hear(arena, late, 3000).status, 200);
	hang_up(waiting);
}

/* Asked for more connections than there can be descriptors, it takes fewer. */
TEST(slow_limits_fit_the_descriptors)
{
	struct rlimit before, few;
	struct http_config config = {
	    .max_connections = 1000, .max_streams = 1000};
	CHECK_INT(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = (struct rlimit){.rlim_cur = 500, .rlim_max = before.rlim_max};
	CHECK_INT(setrlimit(RLIMIT_NOFILE, &few), 0);
	struct served *s = serve(arena, &config);
	struct rlimit raised;
	CHECK_INT(getrlimit(RLIMIT_NOFILE, &raised), 0);
	CHECK_INT(setrlimit(RLIMIT_NOFILE, &before), 0);
	CHECK_MAX(2000 + 256, (int64_t)raised.rlim_cur);
	CHECK_INT(ask(s, S(HELLO)).status, 200);
}
