/* SPDX-License-Identifier: MPL-2.0 */

/* Live updates over real sockets. */
#include <sys/socket.h>

#include "base/buf.h"
#include "tests/http/help.h"

static int
watch(struct served *s, const char *topic)
{
	int fd = dial(s);
	CHECK(say(fd,
	    str_fmt(s->arena, "GET /events/%s HTTP/1.1\r\nHost: a\r\n\r\n",
		topic)));
	return fd;
}

static void
wait_for_streams(struct served *s, int n)
{
	for (int i = 0; i < 300 && http_counts(s->server).streams != n; i++)
		wait_ms(10);
	CHECK_INT(http_counts(s->server).streams, n);
}

TEST(streams_begin)
{
	struct served *s = serve(arena, NULL);
	struct reply r = hear(arena, watch(s, "t"), 200);
	CHECK_INT(r.status, 200);
	CHECK(!r.closed);
	CHECK_HAS(r.text, S("Content-Type: text/event-stream\r\n"));
	CHECK_HAS(r.body, S("retry: 3000\n\n"));
}

TEST(streams_publish_reaches_every_watcher_of_the_topic)
{
	struct served *s = serve(arena, NULL);
	int fd[10], other = watch(s, "other");
	for (int i = 0; i < COUNT_OF(fd); i++)
		fd[i] = watch(s, "t");
	wait_for_streams(s, 11);
	http_publish(s->server, S("t"), S("changed"), S("who"));
	http_publish(s->server, S("t"), S("lines"), S("a\nb"));
	http_publish(s->server, S("nobody"), S("x"), S("y"));
	for (int i = 0; i < COUNT_OF(fd); i++) {
		struct str text = hear(arena, fd[i], 60).body;
		CHECK_HAS(text, S("event: changed\ndata: who\n\n"));
		CHECK_HAS(text, S("event: lines\ndata: a\ndata: b\n\n"));
		CHECK_LACKS(text, S("event: x"));
	}
	CHECK_LACKS(hear(arena, other, 50).body, S("event:"));
}

TEST(streams_come_in_order)
{
	struct served *s = serve(arena, NULL);
	int fd = watch(s, "t");
	wait_for_streams(s, 1);
	struct buf want = buf_new(arena, 1 << 20);
	for (int i = 0; i < 50; i++) {
		struct str n = str_fmt(arena, "%d", i);
		http_publish(s->server, S("t"), S("n"), n);
		buf_fmt(&want, "event: n\ndata: %d\n\n", i);
	}
	struct str text = hear(arena, fd, 200).body;
	ptrdiff_t at = 0;
	for (int i = 0; i < 50; i++) {
		struct str line = str_fmt(arena, "data: %d\n", i);
		ptrdiff_t next = str_find(str_sub(text, at, text.n), line);
		CHECK(next >= 0);
		at += next;
	}
}

TEST(streams_have_a_limit)
{
	struct http_config config = {.max_streams = 3};
	struct served *s = serve(arena, &config);
	int fd[3];
	for (int i = 0; i < 3; i++)
		fd[i] = watch(s, "t");
	wait_for_streams(s, 3);
	struct reply r = hear(arena, watch(s, "t"), 3000);
	CHECK_INT(r.status, 503);
	CHECK(r.closed);
	CHECK_HAS(r.text, S("Retry-After: 30\r\n"));
	CHECK_HAS(r.text, S("refused 503"));
	/* Plain requests have places of their own. */
	CHECK_INT(ask(s,
		      S("GET /hello HTTP/1.1\r\nHost: a\r\n"
			"Connection: close\r\n\r\n"))
		      .status,
	    200);
	/* And a place that is left is free again. */
	hang_up(fd[0]);
	for (int i = 0; i < 200 && http_counts(s->server).streams == 3; i++) {
		http_publish(s->server, S("t"), S("x"), S("y"));
		wait_ms(10);
	}
	r = hear(arena, watch(s, "t"), 200);
	CHECK_INT(r.status, 200);
}

TEST(streams_do_not_count_as_plain_connections)
{
	struct http_config config = {.max_streams = 50, .max_connections = 10};
	struct served *s = serve(arena, &config);
	for (int i = 0; i < 50; i++) {
		(void)watch(s, "t");
		wait_for_streams(s, i + 1);
	}
	CHECK_INT(ask(s,
		      S("GET /hello HTTP/1.1\r\nHost: a\r\n"
			"Connection: close\r\n\r\n"))
		      .status,
	    200);
}

TEST(streams_have_a_heartbeat)
{
	struct http_config config = {.heartbeat_seconds = 1};
	struct served *s = serve(arena, &config);
	int fd = watch(s, "t"), gone = watch(s, "t");
	wait_for_streams(s, 2);
	hang_up(gone); /* noticed by the heartbeat alone */
	wait_ms(2300);
	struct str text = hear(arena, fd, 100).body;
	CHECK_HAS(text, S(":\n\n"));
	wait_for_streams(s, 1);
}

/* Two requests at once on one connection: what comes after the stream waits
 * for ever, and stops nobody. */
TEST(streams_outlive_idle_time)
{
	struct http_config config = {.idle_seconds = 1, .request_seconds = 1};
	struct served *s = serve(arena, &config);
	int fd = watch(s, "t");
	wait_for_streams(s, 1);
	wait_ms(2600);
	http_publish(s->server, S("t"), S("late"), S("x"));
	CHECK_HAS(hear(arena, fd, 200).body, S("event: late"));
}

/* One that does not read is let go; the one beside it misses nothing. */
TEST(streams_slow_reader_is_dropped)
{
	struct served *s = serve(arena, NULL);
	int small = 1024, slow = dial(s), fast = watch(s, "t");
	setsockopt(slow, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	CHECK(say(slow, S("GET /events/t HTTP/1.1\r\nHost: a\r\n\r\n")));
	wait_for_streams(s, 2);
	char *letters = arena_new(arena, char, 30000);
	for (int i = 0; i < 30000; i++)
		letters[i] = 'x';
	int events = 0;
	ptrdiff_t got = 0;
	for (; events < 2000 && http_counts(s->server).streams == 2; events++) {
		http_publish(
		    s->server, S("t"), S("x"), (struct str){letters, 30000});
		got += hear(arena, fast, 5).text.n;
	}
	CHECK_MAX(events, 1999);
	wait_for_streams(s, 1);
	got += hear(arena, fast, 200).text.n;
	CHECK_MAX((int64_t)events * 30000, got);
	hang_up(slow);
}

TEST(streams_large_event_is_not_sent)
{
	struct served *s = serve(arena, NULL);
	int fd = watch(s, "t");
	char *letters = arena_new(arena, char, 70000);
	for (int i = 0; i < 70000; i++)
		letters[i] = 'x';
	wait_for_streams(s, 1);
	http_publish(s->server, S("t"), S("x"), (struct str){letters, 70000});
	http_publish(s->server, S("t"), S("y"), S("z"));
	struct str text = hear(arena, fd, 200).body;
	CHECK_HAS(text, S("event: y"));
	CHECK_LACKS(text, S("xxxx"));
}

TEST(streams_end_when_the_server_stops)
{
	struct served *s = serve(arena, NULL);
	int fd = watch(s, "t");
	wait_for_streams(s, 1);
	int64_t from = now_ms();
	serve_stop(s, 5);
	CHECK_MAX(now_ms() - from, 1000);
	CHECK(hear(arena, fd, 1000).closed);
}
