/* SPDX-License-Identifier: MPL-2.0 */

/* A whole connection, with the real libmicrohttpd and all of src/http but its
 * threads: what was handled must be, one after another, the requests that a
 * reader by the letter of RFC 9112 finds in the bytes; nothing after one that
 * was refused; the same whether they come at once or in pieces; and nothing
 * is left when the client has gone. */
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "http/guard.h"
#include "http/inner.h"
#include "tests/fuzz.h"
#include "tests/rfc9112.h"

enum {
	MOST_BYTES = 32 * 1024, /* of input, so that a socket holds it */
	LOG_BYTES = 1024 * 1024,
	ARENA_BYTES = 1024 * 1024,
	PROCESS_BYTES = 4 * 1024 * 1024,
	BODY_BYTES = 1000,
	PLACES = 4,
	TURNS = 20, /* of the wheel, until a client that left is gone */
};

/* The server, made once, and what it handles in one run. */
static struct wire {
	struct arena *process;
	struct http_server server;
	struct http_exchange *later;
	struct buf log;
	bool refused;
	int active;
} wire;

/* ---- the product's side ---- */

static bool
keeps_body(struct str target)
{
	return !str_starts(target, S("/nowhere"));
}

static void
note(struct wire *w, struct http_exchange *x)
{
	const struct http_request *r = &x->request;
	struct buf *b = &w->log;
	buf_fmt(b, "%.*s %.*s %.*s\n", STR_ARG(x->method), STR_ARG(r->target),
	    STR_ARG(x->version));
	for (ptrdiff_t i = 0; i < r->headers.n; i++)
		buf_fmt(b, "%.*s: %.*s\n", STR_ARG(r->headers.list[i].name),
		    STR_ARG(r->headers.list[i].value));
	buf_fmt(b, "%td\n", x->body_n);
	if (x->body != NULL)
		buf_add(b, (struct str){x->body, x->body_n});
	MUST(x->body_n == x->body_length);
	MUST(x->body == NULL || keeps_body(r->target));
}

static void
handle(void *arg, struct http_exchange *x)
{
	struct wire *w = arg;
	struct http_response r = {.status = 200, .body = S("ok")};
	MUST(!w->refused);
	note(w, x);
	w->active++;
	if (str_eq(x->request.path, S("/later")))
		w->later = x;
	else if (str_eq(x->request.path, S("/events")))
		http_stream(x, S("t"), &r);
	else
		http_answer(x, &r);
}

static ptrdiff_t
body_limit(void *arg, const struct http_request *r)
{
	(void)arg;
	return keeps_body(r->target) ? BODY_BYTES : -1;
}

static void
refuse(void *arg, struct arena *a, int status, struct http_response *r)
{
	struct wire *w = arg;
	(void)a;
	MUST(status >= 400);
	*r = (struct http_response){.status = status, .body = S("no")};
	w->refused = true;
	w->active++;
}

static void
start(struct http_server *s)
{
	struct arena *process = wire.process = arena_open(PROCESS_BYTES);
	MUST(process != NULL);
	log_set_fd(-1); /* a line for each refusal */
	s->config = (struct http_config){.threads = 1,
	    .arena_bytes = ARENA_BYTES,
	    .max_streams = 1,
	    .idle_seconds = 1,
	    .request_seconds = 1,
	    .body_limit = body_limit,
	    .handle = handle,
	    .refuse = refuse,
	    .arg = &wire};
	s->in_place = strcmp(MHD_get_version(), GUARD_LAYOUT_VERSION) == 0;
	s->spare = arena_new(process, struct spare, 1);
	s->conns.n = PLACES;
	s->conns.all = arena_new(process, struct conn, PLACES);
	pthread_mutex_init(&s->conns.lock, NULL);
	pthread_mutex_init(&s->drain.lock, NULL);
	streams_open(s, process);
	s->daemon = daemon_start(s, MHD_USE_EPOLL);
	MUST(s->daemon != NULL);
}

/* ---- the client's side ---- */

/* Turns the wheel until nothing moves; the answers are thrown away. */
static void
turn(struct wire *w, int fd)
{
	char waste[16 * 1024];
	int before;
	do {
		before = w->active;
		MUST(MHD_run(w->server.daemon) == MHD_YES);
		while (
		    fd >= 0 && recv(fd, waste, sizeof waste, MSG_DONTWAIT) > 0)
			w->active++;
		if (w->later != NULL) {
			struct http_response r = {.status = 200};
			struct http_exchange *x = w->later;
			w->later = NULL;
			http_answer(x, &r);
			w->active++;
		}
	} while (w->active != before);
}

/* The daemon is told once that a client has gone, and may miss it; then the
 * keeper thread cuts the connection, here we. */
static void
let_go(struct wire *w)
{
	struct conns *conns = &w->server.conns;
	for (int i = 0; i < TURNS && conns->open > 0; i++) {
		turn(w, -1);
		for (int c = 0; c < conns->used && i == TURNS / 2; c++) {
			if (conns->all[c].live)
				shutdown(conns->all[c].fd, SHUT_RDWR);
		}
	}
	drain_tick(&w->server.drain, true);
	MUST(conns->open == 0 && w->server.under_way == 0);
	MUST(w->server.running == 0 && w->server.streams.n == 0);
}

/* Sends `s` in pieces of `n` bytes; what was handled. */
static struct str
deliver(struct arena *a, struct str s, ptrdiff_t n)
{
	struct wire *w = &wire;
	struct sockaddr_un peer = {.sun_family = AF_UNIX};
	int ends[2];
	w->log = buf_new(a, LOG_BYTES);
	w->refused = false;
	MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0,
		 ends) == 0);
	MUST(MHD_add_connection(w->server.daemon, ends[1],
		 (struct sockaddr *)&peer, sizeof peer) == MHD_YES);
	turn(w, ends[0]);
	while (s.n > 0) {
		struct str piece = str_sub(s, 0, n);
		if (send(ends[0], piece.p, (size_t)piece.n, MSG_NOSIGNAL) !=
		    piece.n)
			break; /* closed on us */
		turn(w, ends[0]);
		s = str_sub(s, n, s.n);
	}
	http_publish(&w->server, S("t"), S("e"), S("x"));
	turn(w, ends[0]);
	close(ends[0]);
	let_go(w);
	MUST(!w->log.full);
	return buf_str(&w->log);
}

/* ---- by the letter ---- */

/* Lines before a request that are empty, or begin with a NUL, are skipped. */
static struct str
without_noise(struct str s)
{
	while (s.n > 0) {
		ptrdiff_t end = str_find_byte(s, '\n');
		bool noise =
		    s.p[0] == 0 || s.p[0] == '\n' || str_starts(s, S("\r\n"));
		if (!noise || end < 0)
			break;
		s = str_sub(s, end + 1, s.n);
	}
	return s;
}

static struct str
by_the_letter(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, LOG_BYTES);
	struct strict_request q;
	s = without_noise(s);
	while (strict_read(a, s, wire.server.in_place, &q) == STRICT_OK) {
		buf_fmt(&b, "%.*s %.*s %.*s\n", STR_ARG(q.method),
		    STR_ARG(q.target), STR_ARG(q.version));
		for (ptrdiff_t i = 0; i < q.n_fields; i++)
			buf_fmt(&b, "%.*s: %.*s\n",
			    STR_ARG(str_lower_ascii(a, q.field[i].name)),
			    STR_ARG(q.field[i].value));
		buf_fmt(&b, "%td\n", q.body.n);
		if (keeps_body(q.target))
			buf_add(&b, q.body);
		s = without_noise(str_sub(s, q.bytes, s.n));
	}
	return buf_str(&b);
}

FUZZ(input)
{
	if (input.n > MOST_BYTES)
		return;
	if (wire.server.daemon == NULL)
		start(&wire.server);
	struct str whole = deliver(arena, input, MOST_BYTES);
	MUST(str_starts(by_the_letter(arena, input), whole));
	struct str pieces = deliver(arena, input, 1 + input.n % 5);
	MUST(str_eq(whole, pieces));
}
