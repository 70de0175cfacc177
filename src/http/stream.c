/* SPDX-License-Identifier: MPL-2.0 */

/* Live updates: server-sent events on suspended connections. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "http/inner.h"

enum { BEHIND_BYTES = 64 * 1024 };

struct stream {
	struct stream *next, **link; /* in the server's list, under its lock */
	struct http_exchange *exchange;
	struct MHD_Connection *connection;
	struct str topic;
	char *bytes; /* waiting to be sent; malloc, grows to BEHIND_BYTES */
	ptrdiff_t n, cap;
	bool suspended, over;
};

/* MHD asks for more.  Nothing to send: the connection rests until
 * http_publish() or the heartbeat wakes it.  Runs under no lock of MHD's. */
static ssize_t
read_stream(void *arg, uint64_t at, char *out, size_t max)
{
	struct stream *s = arg;
	struct http_server *server = s->exchange->server;
	(void)at;
	pthread_mutex_lock(&server->lock);
	ptrdiff_t n = s->n < (ptrdiff_t)max ? s->n : (ptrdiff_t)max;
	if (n > 0) {
		memcpy(out, s->bytes, (size_t)n);
		memmove(s->bytes, s->bytes + n, (size_t)(s->n - n));
		s->n -= n;
	} else if (!s->over) {
		MHD_suspend_connection(s->connection);
		s->suspended = true;
	}
	bool over = s->over && n == 0;
	pthread_mutex_unlock(&server->lock);
	return over ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

/* Under the server's lock. */
static void
wake(struct stream *s)
{
	if (!s->suspended)
		return;
	s->suspended = false;
	MHD_resume_connection(s->connection);
}

/* Under the server's lock.  A reader that is too far behind is let go: its
 * browser comes back and reads the page anew. */
static void
send_to(struct stream *s, struct str text)
{
	if (s->n + text.n > BEHIND_BYTES) {
		s->over = true;
		s->n = 0;
	} else if (s->n + text.n > s->cap) {
		ptrdiff_t cap = 2 * (s->n + text.n);
		char *bytes = realloc(s->bytes, (size_t)cap);
		if (bytes == NULL)
			return;
		s->bytes = bytes;
		s->cap = cap;
	}
	if (!s->over) {
		memcpy(s->bytes + s->n, text.p, (size_t)text.n);
		s->n += text.n;
	}
	wake(s);
}

void
http_stream(
    struct http_exchange *x, struct str topic, const struct http_response *head)
{
	struct http_server *server = x->server;
	static const struct http_response full = {.status = 503, .close = true};
	struct http_response response = *head;
	if (atomic_fetch_add(&server->n_streams, 1) >=
		server->config.max_streams ||
	    server->stopping) {
		atomic_fetch_sub(&server->n_streams, 1);
		response = full;
		http_header_add(
		    x->request.arena, &response, S("Retry-After"), S("30"));
		http_answer(x, &response);
		return;
	}
	struct stream *s = arena_new(x->request.arena, struct stream, 1);
	*s = (struct stream){
	    .exchange = x, .connection = x->connection, .topic = topic};
	x->stream = s;
	pthread_mutex_lock(&server->lock);
	s->next = server->streams;
	s->link = &server->streams;
	if (s->next != NULL)
		s->next->link = &s->next;
	server->streams = s;
	send_to(s, S("retry: 3000\n\n"));
	pthread_mutex_unlock(&server->lock);
	http_answer(x, &response);
}

struct MHD_Response *
stream_response(struct http_exchange *x)
{
	return MHD_create_response_from_callback(
	    MHD_SIZE_UNKNOWN, 4096, read_stream, x->stream, NULL);
}

void
stream_end(struct http_exchange *x)
{
	struct stream *s = x->stream;
	struct http_server *server = x->server;
	if (s == NULL)
		return;
	pthread_mutex_lock(&server->lock);
	*s->link = s->next;
	if (s->next != NULL)
		s->next->link = s->link;
	pthread_mutex_unlock(&server->lock);
	free(s->bytes);
	atomic_fetch_sub(&server->n_streams, 1);
}

static void
send_to_all(
    struct http_server *server, const struct str *topic, struct str text)
{
	pthread_mutex_lock(&server->lock);
	for (struct stream *s = server->streams; s != NULL; s = s->next) {
		if (topic == NULL || str_eq(s->topic, *topic))
			send_to(s, text);
	}
	pthread_mutex_unlock(&server->lock);
}

void
streams_tick(struct http_server *server)
{
	send_to_all(server, NULL, S(":\n\n"));
}

void
streams_close(struct http_server *server)
{
	pthread_mutex_lock(&server->lock);
	for (struct stream *s = server->streams; s != NULL; s = s->next) {
		s->over = true;
		s->n = 0;
		wake(s);
	}
	pthread_mutex_unlock(&server->lock);
}

void
http_publish(struct http_server *server, struct str topic, struct str event,
    struct str data)
{
	struct arena *a = arena_open(1024 * 1024);
	if (a == NULL)
		return;
	struct str text = str_fmt(
	    a, "event: %.*s\ndata: %.*s\n\n", STR_ARG(event), STR_ARG(data));
	send_to_all(server, &topic, text);
	arena_close(a);
}
