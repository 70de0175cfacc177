/* SPDX-License-Identifier: MPL-2.0 */
#ifndef HTTP_INNER_H
#define HTTP_INNER_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/buf.h"
#include "http/http.h"

/* inner.h - what the files of this folder share.  Nobody else includes it.
 *
 * Who runs what: libmicrohttpd's threads (one epoll set each) read requests,
 * call the handler and send; one keeper thread accepts connections, cuts the
 * slow ones and beats the heart of the streams; http_answer() and
 * http_publish() come from anywhere.  doc/http.md has the whole way.
 */
enum {
	DEFAULT_SECONDS = 15, /* for a request, and between heartbeats */
	BYTES_A_SECOND = 16 * 1024, /* a body this slow still gets through */
	TICK_MS = 100, /* how often the keeper looks after connections */
	PEER_BYTES = 48,
};

/* ERR_INVALID above the largest number of pairs. */
enum err form_add_pair(
    struct arena *, struct http_pairs *, struct http_pair) MUST_USE;

/* What a person wrote: valid UTF-8, NFC, lines ended by LF. */
enum err form_text(struct arena *, struct str, struct str *out) MUST_USE;

/* The value of `name` in `type; name=value; name="value"`.  ERR_NOT_FOUND: it
 * is not there.  ERR_INVALID: it is there twice, or the line is broken. */
enum err form_parameter(
    struct str line, struct str name, struct str *value) MUST_USE;

enum exchange_state {
	EX_READING, /* its request is coming in */
	EX_RUNNING, /* with the handler, not answered yet */
	EX_SUSPENDED, /* the handler gave it to another thread */
	EX_ANSWERED, /* the response is in `response` */
};

/* One request under way; lies in its connection, its parts in its arena. */
struct http_exchange {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct conn *conn;
	struct http_request request;
	struct str method, version; /* as sent */
	const char *line; /* the target where libmicrohttpd has it */
	char *body;
	ptrdiff_t body_n, body_length; /* come in; announced */
	bool begun, refused, running;
	_Atomic int state;
	struct http_response response;
	struct http_ready *ready; /* sent instead of `response` */
	struct stream *stream;
	int thread;
};

/* One TCP connection.  `since_us` and `deadline_us` are monotonic. */
struct conn {
	struct conn *next_free;
	int fd; /* under conns.lock: open while `live` */
	char peer[PEER_BYTES]; /* its address as text */
	bool live, linger;
	_Atomic int64_t since_us; /* waiting for a request; 0: serving one */
	_Atomic int64_t deadline_us; /* cut after this; 0: never */
	struct http_exchange exchange;
};

struct conns {
	pthread_mutex_t lock;
	struct conn *all, *free;
	struct pollfd *gone; /* the keeper's own, one a place */
	int n, used; /* places; those that were ever used come first */
	int64_t accepted; /* the keeper's own */
	_Atomic int64_t started, open;
};

/* A refused client that is still sending: what it sends is thrown away for a
 * moment, for a reset would take our answer from it. */
enum { DRAIN_PLACES = 64 };
struct drain {
	pthread_mutex_t lock;
	int n;
	struct {
		int fd;
		int64_t until_us;
	} place[DRAIN_PLACES];
};

struct streams {
	pthread_mutex_t lock;
	struct stream *all, *free, *list;
	_Atomic int64_t n;
};

/* Arenas that the next request of the same thread takes. */
enum { SPARE_ARENAS = 16 };
struct spare {
	int n;
	struct arena *arena[SPARE_ARENAS];
};

struct http_server {
	struct http_config config;
	struct MHD_Daemon *daemon;
	int listen_fd;
	struct str address;
	const char *unix_path;
	bool
	    in_place; /* this libmicrohttpd leaves headers where they came in */
	struct conns conns;
	struct drain drain;
	struct streams streams;
	struct spare *spare; /* one a thread */
	pthread_t keeper;
	atomic_bool stopping; /* no new connections, the others end */
	atomic_bool closed; /* no new requests either */
	atomic_int n_threads; /* that have an index */
	_Atomic int64_t requests, refused, under_way, running;
};

/* ---- server.c ---- */

/* With its callbacks and limits.  `polling`: MHD_USE_EPOLL_INTERNAL_THREAD, or
 * MHD_USE_EPOLL for tests/fuzz/wire.c, which turns the wheel itself. */
struct MHD_Daemon *daemon_start(struct http_server *, unsigned polling);

/* ---- conns.c: connections, from accept() to close() ---- */

enum err conns_open(struct http_server *, struct arena *process) MUST_USE;
void conns_close(struct http_server *); /* after the daemon has stopped */
void *conns_keep(void *server); /* the keeper thread */
void conns_notify(void *server, struct MHD_Connection *, void **context,
    enum MHD_ConnectionNotificationCode);
struct conn *conn_of(struct MHD_Connection *);
int64_t mono_after(int seconds);
/* When a body of so many bytes must have come in or left, from now on. */
int64_t conn_deadline(
    const struct http_server *, int64_t now_us, ptrdiff_t bytes);

/* ---- drain.c ---- */

void drain_add(struct drain *, int fd); /* keeps a copy of the fd */
void drain_tick(struct drain *, bool all);

/* ---- exchange.c: libmicrohttpd's callbacks for one request ---- */

void *exchange_target(
    void *server, const char *target, struct MHD_Connection *);
enum MHD_Result exchange_call(void *server, struct MHD_Connection *,
    const char *url, const char *method, const char *version, const char *data,
    size_t *size, void **context);
void exchange_completed(void *server, struct MHD_Connection *, void **context,
    enum MHD_RequestTerminationCode);

/* ---- shared.c: bytes that many streams send ---- */

struct http_shared;
struct http_shared *http_shared_new(struct str bytes); /* copies, or NULL */
struct str http_shared_bytes(const struct http_shared *);
struct http_shared *http_shared_ref(struct http_shared *);
void http_shared_unref(struct http_shared *); /* NULL is ok; any thread */

/* ---- ready.c ---- */

enum MHD_Result ready_queue(struct http_exchange *);

/* ---- answer.c ---- */

/* The headers and the type.  False: the arena was full, some are missing. */
bool answer_headers(struct arena *, struct MHD_Response *,
    const struct http_response *) MUST_USE;

enum MHD_Result answer_queue(struct http_exchange *);
enum MHD_Result answer_refuse(struct http_exchange *, int status);
/* The product's words for a status; on a full arena the bare status. */
void answer_refusal(struct http_exchange *, int status, struct http_response *);

/* ---- stream.c ---- */

void streams_open(struct http_server *, struct arena *process);
struct MHD_Response *stream_response(struct http_exchange *);
void stream_end(struct http_exchange *); /* the peer is gone */
void streams_tick(struct http_server *); /* a heartbeat to each */
void streams_close(struct http_server *);

/* ---- listen.c ---- */

enum err listen_open(struct arena *, struct str where, int *fd,
    struct str *address, const char **unix_path) MUST_USE;
/* "127.0.0.1", or "local" on a socket in the file system. */
void peer_address(struct MHD_Connection *, char text[PEER_BYTES]);

#endif
