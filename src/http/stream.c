/* SPDX-License-Identifier: MPL-2.0 */

/* Live updates: server-sent events on suspended connections.  An event is
 * written once and shared; a stream holds a short queue of events. */
#include <assert.h>
#include <string.h>

#include "http/inner.h"

enum {
	BEHIND_BYTES = 64 * 1024,
	BEHIND_EVENTS = 64,
	TOPIC_BYTES = 64,
	BLOCK_BYTES = 512, /* of libmicrohttpd's buffer a stream */
};

struct stream {
	struct stream *next, **link; /* in the list, or the free ones */
	struct conn *conn;
	struct MHD_Connection *connection;
	struct http_shared *queue[BEHIND_EVENTS];
	int first, n;
	ptrdiff_t sent; /* bytes of the first event */
	ptrdiff_t waiting; /* bytes of all events */
	int topic_n;
	bool suspended, over;
	char topic[TOPIC_BYTES];
};

void
streams_open(struct http_server *server, struct arena *process)
{
	struct streams *all = &server->streams;
	int n = server->config.max_streams;
	pthread_mutex_init(&all->lock, NULL);
	all->all = arena_new(process, struct stream, n);
	for (int i = n; i-- > 0;) {
		all->all[i].next = all->free;
		all->free = &all->all[i];
	}
}

/* ---- one stream's queue; all under the lock ---- */

static void
drop_first(struct stream *s)
{
	struct http_shared *event = s->queue[s->first];
	s->waiting -= http_shared_bytes(event).n - s->sent;
	s->sent = 0;
	s->first = (s->first + 1) % BEHIND_EVENTS;
	s->n--;
	http_shared_unref(event);
}

static void
drop_all(struct stream *s)
{
	while (s->n > 0)
		drop_first(s);
}

static void
wake(struct stream *s)
{
	if (!s->suspended)
		return;
	s->suspended = false;
	MHD_resume_connection(s->connection);
}

/* A reader that is too far behind is let go: its browser comes back and reads
 * the page anew. */
static void
send_to(struct stream *s, struct http_shared *event)
{
	ptrdiff_t n = http_shared_bytes(event).n;
	if (s->over)
		return;
	if (s->n == BEHIND_EVENTS || s->waiting + n > BEHIND_BYTES) {
		drop_all(s);
		s->over = true;
		s->conn->deadline_us = 1; /* long ago: the keeper cuts it */
	} else {
		s->queue[(s->first + s->n++) % BEHIND_EVENTS] =
		    http_shared_ref(event);
		s->waiting += n;
	}
	wake(s);
}

static ptrdiff_t
take(struct stream *s, char *out, ptrdiff_t max)
{
	ptrdiff_t taken = 0;
	while (s->n > 0 && taken < max) {
		struct str event = http_shared_bytes(s->queue[s->first]);
		ptrdiff_t n = event.n - s->sent;
		if (n > max - taken)
			n = max - taken;
		memcpy(out + taken, event.p + s->sent, (size_t)n);
		taken += n;
		s->sent += n;
		s->waiting -= n;
		if (s->sent == event.n)
			drop_first(s);
	}
	return taken;
}

/* ---- libmicrohttpd's side ---- */

/* Nothing to send: the connection rests until http_publish() or the heartbeat
 * wakes it.  libmicrohttpd holds none of its locks here but the response's. */
static ssize_t
read_stream(void *arg, uint64_t at, char *out, size_t max)
{
	struct http_exchange *x = arg;
	struct streams *all = &x->server->streams;
	struct stream *s = x->stream;
	(void)at;
	pthread_mutex_lock(&all->lock);
	ptrdiff_t n = take(s, out, (ptrdiff_t)max);
	bool over = n == 0 && s->over;
	if (n == 0 && !over) {
		MHD_suspend_connection(s->connection);
		s->suspended = true;
	}
	pthread_mutex_unlock(&all->lock);
	return over ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

struct MHD_Response *
stream_response(struct http_exchange *x)
{
	return MHD_create_response_from_callback(
	    MHD_SIZE_UNKNOWN, BLOCK_BYTES, read_stream, x, NULL);
}

void
stream_end(struct http_exchange *x)
{
	struct stream *s = x->stream;
	struct streams *all = &x->server->streams;
	if (s == NULL)
		return;
	x->stream = NULL;
	pthread_mutex_lock(&all->lock);
	drop_all(s);
	*s->link = s->next;
	if (s->next != NULL)
		s->next->link = s->link;
	s->next = all->free;
	all->free = s;
	pthread_mutex_unlock(&all->lock);
	atomic_fetch_sub(&all->n, 1);
}

/* ---- everybody's side ---- */

/* A stream for `x`, in the list; NULL when there are too many. */
static struct stream *
new_stream(struct http_exchange *x, struct str topic, struct http_shared *hello)
{
	struct streams *all = &x->server->streams;
	pthread_mutex_lock(&all->lock);
	struct stream *s = x->server->stopping ? NULL : all->free;
	if (s != NULL) {
		all->free = s->next;
		*s = (struct stream){.conn = x->conn,
		    .connection = x->connection,
		    .next = all->list,
		    .link = &all->list,
		    .topic_n = (int)topic.n};
		memcpy(s->topic, topic.p, (size_t)topic.n);
		if (s->next != NULL)
			s->next->link = &s->next;
		all->list = s;
		atomic_fetch_add(&all->n, 1);
		send_to(s, hello);
	}
	pthread_mutex_unlock(&all->lock);
	return s;
}

void
http_stream(
    struct http_exchange *x, struct str topic, const struct http_response *head)
{
	struct http_response response = *head;
	assert(topic.n > 0 && topic.n <= TOPIC_BYTES);
	if (x->request.method == HTTP_HEAD) {
		http_answer(x, &response);
		return;
	}
	struct http_shared *hello = http_shared_new(S("retry: 3000\n\n"));
	if (hello != NULL)
		x->stream = new_stream(x, topic, hello);
	http_shared_unref(hello);
	if (x->stream == NULL)
		answer_refusal(x, 503, &response);
	http_answer(x, &response);
}

static void
send_to_all(
    struct http_server *server, const struct str *topic, struct http_shared *e)
{
	struct streams *all = &server->streams;
	pthread_mutex_lock(&all->lock);
	for (struct stream *s = all->list; s != NULL; s = s->next) {
		struct str of = {s->topic, s->topic_n};
		if (topic == NULL || str_eq(of, *topic))
			send_to(s, e);
	}
	pthread_mutex_unlock(&all->lock);
}

void
streams_tick(struct http_server *server)
{
	struct http_shared *beat = http_shared_new(S(":\n\n"));
	if (beat != NULL)
		send_to_all(server, NULL, beat);
	http_shared_unref(beat);
}

void
streams_close(struct http_server *server)
{
	struct streams *all = &server->streams;
	pthread_mutex_lock(&all->lock);
	for (struct stream *s = all->list; s != NULL; s = s->next) {
		drop_all(s);
		s->over = true;
		wake(s);
	}
	pthread_mutex_unlock(&all->lock);
}

/* A line end in the data begins a new "data:" line. */
static void
add_data(struct buf *b, struct str data)
{
	do {
		buf_add(b, S("data: "));
		buf_add(b, str_cut(&data, '\n'));
		buf_byte(b, '\n');
	} while (data.n > 0);
	buf_byte(b, '\n');
}

struct publication {
	struct arena *arena;
	struct str event, data;
	struct http_shared *shared;
};

static void
write_event(void *arg)
{
	struct publication *p = arg;
	struct buf b = buf_new(p->arena, BEHIND_BYTES);
	buf_add(&b, S("event: "));
	buf_add(&b, p->event);
	buf_byte(&b, '\n');
	add_data(&b, p->data);
	if (!b.full)
		p->shared = http_shared_new(buf_str(&b));
}

void
http_publish(struct http_server *server, struct str topic, struct str event,
    struct str data)
{
	struct publication p = {.event = event, .data = data};
	if (server->streams.n == 0)
		return;
	p.arena = arena_open(4 * BEHIND_BYTES);
	if (p.arena != NULL && arena_guard(p.arena, write_event, &p) &&
	    p.shared != NULL)
		send_to_all(server, &topic, p.shared);
	http_shared_unref(p.shared);
	arena_close(p.arena);
}
