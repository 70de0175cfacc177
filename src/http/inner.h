/* SPDX-License-Identifier: MPL-2.0 */
#ifndef HTTP_INNER_H
#define HTTP_INNER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/buf.h"
#include "http/http.h"

/* inner.h - what the files of this folder share.  Nobody else includes it. */

/* ERR_INVALID above the largest number of pairs. */
enum err form_add_pair(
    struct arena *, struct http_pairs *, struct http_pair) MUST_USE;

enum exchange_state {
	EX_READING, /* its request is coming in */
	EX_RUNNING, /* with the handler, not answered yet */
	EX_SUSPENDED, /* the handler gave it to another thread */
	EX_ANSWERED, /* the response is in `response` */
};

struct http_exchange {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct conn *conn;
	struct http_request request;
	struct str version, method; /* as sent */
	struct buf *body;
	ptrdiff_t body_limit;
	bool begun, refused, counted;
	_Atomic int state;
	struct http_response response;
	struct http_shared *keep;
	struct stream *stream;
	struct MHD_Response *made;
	int thread;
};

/* One TCP connection: when it must have sent a whole request. */
struct conn {
	struct conn *next, **link; /* in the server's list */
	int fd;
	_Atomic int64_t deadline_us; /* monotonic; 0 while it is served */
};

struct http_server {
	struct http_config config;
	struct MHD_Daemon *daemon;
	int listen_fd;
	struct str address;
	const char *unix_path;
	pthread_mutex_t lock; /* of the two lists */
	struct conn *conns;
	struct stream *streams;
	pthread_t ticker;
	bool ticking;
	atomic_bool stopping;
	atomic_int n_threads; /* that have an index */
	_Atomic int64_t requests, refused, open, n_streams, busy;
};

/* conns.c */
enum { REQUEST_SECONDS = 15 }; /* for a whole request to come in */
int64_t conn_deadline(int seconds); /* that many from now, monotonic */
void conns_notify(void *server, struct MHD_Connection *, void **context,
    enum MHD_ConnectionNotificationCode);
void *conns_tick(void *server); /* a thread: cuts the slow, beats the heart */

/* stream.c */
struct MHD_Response *stream_response(struct http_exchange *);
void stream_end(struct http_exchange *); /* the peer is gone */
void streams_tick(struct http_server *); /* a heartbeat to each */
void streams_close(struct http_server *);

/* listen.c */
enum err listen_open(struct arena *, struct str where, int *fd,
    struct str *address, const char **unix_path) MUST_USE;
struct str peer_address(struct arena *, struct MHD_Connection *);

#endif
