/* SPDX-License-Identifier: MPL-2.0 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/err.h"
#include "base/str.h"

/* http.h - bytes to a request, a response to bytes.
 *
 * The only room that knows libmicrohttpd.  It hands a request on only when it
 * is complete, within its limits, unambiguous (http/guard.h) and valid UTF-8;
 * everything else is answered here.
 *
 * A request and all that hangs on it live in its arena, which is closed after
 * the response has left.  doc/http.md says how.  Tests: tests/http/
 */
enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_pair {
	struct str name, value;
};

struct http_pairs {
	struct http_pair *list;
	ptrdiff_t n;
};

/* An uploaded file: whole, in memory, at most the route's body limit. */
struct http_file {
	struct str field, name, type, bytes;
};

struct http_request {
	struct arena *arena;
	enum http_method method; /* HEAD is served as GET without its body */
	struct str path; /* unescaped once, starts with '/' */
	struct str target; /* the path as it was sent, for logs */
	struct http_pairs query, form, cookies;
	struct http_pairs headers; /* names in lower case */
	struct http_file *files;
	ptrdiff_t n_files;
	struct str body; /* raw; empty when it was parsed as a form */
	struct str address; /* the peer's, "127.0.0.1"; behind a trusted proxy
	                       the client's */
	int64_t now_us; /* wall clock at its start */
	int64_t mono_us;
};

/* The first of that name; {0} when there is none. */
struct str http_get(struct http_pairs, struct str name);
bool http_has(struct http_pairs, struct str name);

struct http_response {
	int status;
	struct str type; /* Content-Type; "" with no body */
	struct str body; /* lives as long as the request's arena */
	/* Sent in its place when it has bytes: from the start of an open file,
	 * which whoever opened it closes with the request's arena. */
	struct {
		int fd;
		int64_t bytes;
	} file;
	struct http_pairs headers; /* http_header_add() */
	bool close; /* and the connection with it */
};

/* How many bytes its body has. */
int64_t http_bytes(const struct http_response *);

void http_header_add(
    struct arena *, struct http_response *, struct str name, struct str value);
/* In place of the one of that name, if there is one. */
void http_header_set(
    struct arena *, struct http_response *, struct str name, struct str value);

/* ---- the server ---- */

struct http_server;
struct http_exchange; /* one request under way */

struct http_config {
	struct str listen; /* "127.0.0.1:8080", "[::1]:8080", "unix:PATH" */
	int threads;
	ptrdiff_t arena_bytes; /* the limit of one request */
	int max_connections; /* plain ones; more wait outside */
	int max_streams; /* above it: 503 with Retry-After */
	int idle_seconds; /* a silent connection is closed */
	int request_seconds; /* for a request to come in whole, and for its
	                        answer to leave; more for a large body;
	                        0: 15 */
	int heartbeat_seconds; /* of a stream; 0: 15 */
	bool trust_forwarded_for; /* the peer is our own reverse proxy */
	/* The largest body this POST may have, asked before any of it is read;
	 * above it: 413.  -1: none is expected; a small one is thrown away, so
	 * that the page may say what is wrong.  -2: the same, and a large one
	 * is of somebody who must sign in first: 401.  Runs on an HTTP thread. */
	ptrdiff_t (*body_limit)(void *arg, const struct http_request *);
	/* A complete request.  Runs on an HTTP thread and must not block: it
	 * calls http_answer() now, or hands the exchange to another thread
	 * that does. */
	void (*handle)(void *arg, struct http_exchange *);
	/* Answers what was refused here (400, 413, 414, 431, ...) in the
	 * product's own words and headers. */
	void (*refuse)(
	    void *arg, struct arena *, int status, struct http_response *);
	void *arg;
	bool unguarded; /* tests only: shows that the guard is needed */
};

enum err http_start(struct arena *process, const struct http_config *,
    struct http_server **out) MUST_USE;
struct str http_address(const struct http_server *); /* "127.0.0.1:43210" */

/* No new connections; those under way get `seconds` to end, streams end at
 * once.  Whoever has an exchange must answer it by then. */
void http_stop(struct http_server *, int seconds);

struct http_request *http_request(struct http_exchange *);

/* The same index for the same thread, 0 .. threads-1: which of the
 * per-thread connections and caches to use.  Only inside `handle`. */
int http_thread(const struct http_exchange *);

/* Sends the response, once, from any thread.  The exchange and its arena are
 * gone after. */
void http_answer(struct http_exchange *, const struct http_response *);

/* ---- an answer made once, for many requests (the page cache) ---- */

/* Sent as it was made, so without "Connection: close" when the server stops:
 * whoever answers then makes another. */
struct http_ready;
/* Copies all of it; NULL when there is no memory.  `a` may be used. */
struct http_ready *http_ready_new(
    struct arena *a, const struct http_response *);
struct http_ready *http_ready_ref(struct http_ready *);
void http_ready_unref(struct http_ready *); /* NULL is ok; any thread */
int http_ready_status(const struct http_ready *);
ptrdiff_t http_ready_bytes(const struct http_ready *); /* of its body */

/* In place of http_answer(); takes a reference of its own. */
void http_answer_ready(struct http_exchange *, struct http_ready *);

/* ---- live updates: server-sent events ---- */

/* Answers with a stream of topic `topic` (at most 64 bytes) in place of
 * http_answer(); http_publish() reaches it.  `head` is its status and headers.
 * 503 when there are too many.  Each stream gets a heartbeat comment every
 * 15 s. */
void http_stream(
    struct http_exchange *, struct str topic, const struct http_response *head);

/* Sends one event to every stream of the topic.  Any thread; never blocks on
 * a slow reader (one that is 64 KB or 64 events behind is closed; it
 * reconnects).  An event of more than 64 KB is not sent at all. */
void http_publish(
    struct http_server *, struct str topic, struct str event, struct str data);

struct http_counts {
	int64_t requests, refused, open, streams;
};
struct http_counts http_counts(const struct http_server *);

#endif
