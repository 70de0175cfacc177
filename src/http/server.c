/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"
#include "http/forms.h"
#include "http/guard.h"
#include "http/inner.h"

enum {
	POOL_BYTES = 32 * 1024, /* of request line and headers */
	BYTES_A_SECOND = 16 * 1024, /* a body this slow is still let in */
};

static struct conn *
conn_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info != NULL ? info->socket_context : NULL;
}

/* ---- a request begins ---- */

/* The request line is in: the target as it was sent. */
static void *
on_target(void *arg, const char *target, struct MHD_Connection *connection)
{
	struct http_server *server = arg;
	struct arena *a = arena_open(server->config.arena_bytes);
	if (a == NULL)
		return NULL;
	struct http_exchange *x = arena_new(a, struct http_exchange, 1);
	x->server = server;
	x->connection = connection;
	x->conn = conn_of(connection);
	x->request.arena = a;
	x->request.target = str_dup(a, str_c(target));
	return x;
}

static size_t
keep_escaped(void *arg, struct MHD_Connection *connection, char *s)
{
	(void)arg;
	(void)connection;
	return strlen(s);
}

static enum MHD_Result
take_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t n,
    const char *value, size_t value_n)
{
	struct http_exchange *x = arg;
	(void)kind;
	struct http_pair pair = {{name, (ptrdiff_t)n},
	    {value, value != NULL ? (ptrdiff_t)value_n : 0}};
	return form_add_pair(x->request.arena, &x->request.headers, pair) ==
		ERR_OK
	    ? MHD_YES
	    : MHD_NO;
}

static enum http_method
method_of(struct str method)
{
	if (str_eq(method, S("GET")))
		return HTTP_GET;
	if (str_eq(method, S("HEAD")))
		return HTTP_HEAD;
	return str_eq(method, S("POST")) ? HTTP_POST : HTTP_OTHER;
}

/* The last address is the one our own proxy added. */
static struct str
client_address(struct http_exchange *x)
{
	struct http_request *r = &x->request;
	struct str peer = peer_address(r->arena, x->connection);
	struct str forwarded = http_get(r->headers, S("x-forwarded-for"));
	if (!x->server->config.trust_forwarded_for || forwarded.n == 0)
		return peer;
	struct str last = {0};
	while (forwarded.n > 0)
		last = str_trim(str_cut(&forwarded, ','));
	return last.n > 0 && last.n < 64 ? last : peer;
}

/* Reads what the guard let through.  0, or the status to refuse it with. */
static int
read_head(struct http_exchange *x)
{
	struct http_request *r = &x->request;
	struct str query;
	r->method = method_of(x->method);
	if (guard_target(r->arena, r->target, &r->path, &query) != ERR_OK ||
	    form_parse_urlencoded(r->arena, query, &r->query) != ERR_OK)
		return 400;
	for (ptrdiff_t i = 0; i < r->headers.n; i++)
		r->headers.list[i].name =
		    str_lower_ascii(r->arena, r->headers.list[i].name);
	if (form_parse_cookies(r->arena, http_get(r->headers, S("cookie")),
		&r->cookies) != ERR_OK)
		return 400;
	r->address = client_address(x);
	r->now_us = clock_now_us();
	r->mono_us = clock_mono_us();
	if (r->method != HTTP_POST)
		return 0;
	int64_t length = 0;
	(void)!str_int(http_get(r->headers, S("content-length")), &length);
	x->body_limit = x->server->config.body_limit(x->server->config.arg, r);
	ptrdiff_t limit = x->body_limit > 0 ? x->body_limit : 0;
	return length > limit ? 413 : 0;
}

static bool
too_many(struct http_server *server)
{
	return server->open - server->n_streams >
	    server->config.max_connections;
}

static int
begin(struct http_exchange *x)
{
	struct guard_input in = {.method = x->method,
	    .version = x->version,
	    .target = x->request.target};
	if (MHD_get_connection_values_n(
		x->connection, MHD_HEADER_KIND, take_header, x) < 0)
		return 400;
	in.headers = x->request.headers;
	int status = x->server->config.unguarded ? 0 : guard_check(&in);
	if (status == 0 && too_many(x->server))
		status = 503;
	return status != 0 ? status : read_head(x);
}

/* ---- a request's body ---- */

static enum MHD_Result
take_body(struct http_exchange *x, const char *data, size_t *size)
{
	ptrdiff_t n = (ptrdiff_t)*size;
	if (x->body == NULL) {
		x->body = arena_new(x->request.arena, struct buf, 1);
		*x->body = buf_new(
		    x->request.arena, x->body_limit > 0 ? x->body_limit : 0);
	}
	buf_add(x->body, (struct str){data, n});
	if (x->body->full) /* longer than it said, or than it may be */
		return MHD_NO;
	if (x->conn != NULL)
		x->conn->deadline_us = conn_deadline(REQUEST_SECONDS) +
		    n * SECOND_US / BYTES_A_SECOND;
	*size = 0;
	return MHD_YES;
}

static enum err
parse_body(struct http_request *r, struct str body)
{
	struct str type = http_get(r->headers, S("content-type"));
	struct str kind = str_trim(str_cut(&type, ';'));
	if (body.n == 0)
		return ERR_OK;
	if (str_eq_nocase(kind, S("application/x-www-form-urlencoded")))
		return form_parse_urlencoded(r->arena, body, &r->form);
	if (!str_eq_nocase(kind, S("multipart/form-data"))) {
		r->body = body;
		return ERR_OK;
	}
	struct str boundary = str_trim(type);
	if (!str_starts(boundary, S("boundary=")))
		return ERR_INVALID;
	boundary = str_sub(boundary, 9, boundary.n);
	if (boundary.n >= 2 && boundary.p[0] == '"')
		boundary = str_sub(boundary, 1, boundary.n - 1);
	return form_parse_multipart(
	    r->arena, body, boundary, &r->form, &r->files, &r->n_files);
}

/* ---- answering ---- */

static struct MHD_Response *
make_response(struct http_exchange *x)
{
	const struct http_response *r = &x->response;
	struct MHD_Response *m = x->stream != NULL && r->status == 200
	    ? stream_response(x)
	    : MHD_create_response_from_buffer((size_t)r->body.n,
		  (void *)(uintptr_t)(r->body.n > 0 ? r->body.p : ""),
		  MHD_RESPMEM_PERSISTENT);
	return m;
}

static void
add_header(
    struct http_exchange *x, struct MHD_Response *m, struct http_pair pair)
{
	const char *name = str_cstr(x->request.arena, pair.name);
	const char *value = str_cstr(x->request.arena, pair.value);
	if (name != NULL && value != NULL)
		MHD_add_response_header(m, name, value);
}

static void
fill_headers(void *arg)
{
	struct http_exchange *x = arg;
	const struct http_response *r = &x->response;
	struct MHD_Response *m = x->made;
	for (ptrdiff_t i = 0; i < r->headers.n; i++)
		add_header(x, m, r->headers.list[i]);
	if (r->type.n > 0)
		add_header(
		    x, m, (struct http_pair){S("Content-Type"), r->type});
	if (r->close)
		add_header(
		    x, m, (struct http_pair){S("Connection"), S("close")});
}

static enum MHD_Result
queue(struct http_exchange *x)
{
	x->made = make_response(x);
	if (x->made == NULL)
		return MHD_NO;
	if (!arena_guard(x->request.arena, fill_headers, x))
		MHD_add_response_header(x->made, "Connection", "close");
	atomic_fetch_add(&x->server->requests, 1);
	if (x->conn != NULL)
		x->conn->deadline_us = 0;
	enum MHD_Result result = MHD_queue_response(
	    x->connection, (unsigned)x->response.status, x->made);
	MHD_destroy_response(x->made);
	return result;
}

void
http_answer(struct http_exchange *x, const struct http_response *response)
{
	x->response = *response;
	if (response->keep != NULL)
		x->keep = http_shared_ref(response->keep);
	struct MHD_Connection *connection = x->connection;
	int before = atomic_exchange(&x->state, EX_ANSWERED);
	/* From here on the exchange may be gone. */
	if (before == EX_SUSPENDED)
		MHD_resume_connection(connection);
}

struct refusal {
	struct http_exchange *x;
	int status;
};

static void
fill_refusal(void *arg)
{
	struct refusal *r = arg;
	struct http_exchange *x = r->x;
	x->server->config.refuse(
	    x->server->config.arg, x->request.arena, r->status, &x->response);
}

/* Refused before a page sees it: answered, and the connection closed, so that
 * whatever follows in it is never read. */
static enum MHD_Result
refuse(struct http_exchange *x, int status)
{
	struct refusal r = {x, status};
	atomic_fetch_add(&x->server->refused, 1);
	x->refused = true;
	if (!arena_guard(x->request.arena, fill_refusal, &r))
		x->response = (struct http_response){.status = status};
	x->response.close = true;
	log_event(LOG_INFO, "refused", LOG_INT("status", status));
	return queue(x);
}

/* ---- the handler: MHD calls it several times a request ---- */

static void
set_thread(struct http_exchange *x)
{
	static _Thread_local struct http_server *mine;
	static _Thread_local int index;
	if (mine != x->server) {
		mine = x->server;
		index = atomic_fetch_add(&x->server->n_threads, 1);
	}
	x->thread = index;
}

/* Given to another thread: the connection rests until http_answer(). */
static enum MHD_Result
rest(struct http_exchange *x)
{
	int running = EX_RUNNING;
	MHD_suspend_connection(x->connection);
	if (!atomic_compare_exchange_strong(&x->state, &running, EX_SUSPENDED))
		MHD_resume_connection(x->connection); /* answered just now */
	return MHD_YES;
}

static enum MHD_Result
run(struct http_exchange *x)
{
	struct str body = x->body != NULL ? buf_str(x->body) : S("");
	if (x->conn != NULL)
		x->conn->deadline_us = 0;
	if (parse_body(&x->request, body) != ERR_OK)
		return refuse(x, 400);
	set_thread(x);
	x->state = EX_RUNNING;
	atomic_fetch_add(&x->server->busy, 1);
	x->counted = true;
	x->server->config.handle(x->server->config.arg, x);
	return x->state == EX_ANSWERED ? queue(x) : rest(x);
}

struct call {
	struct http_exchange *x;
	const char *data;
	size_t *size;
	enum MHD_Result result;
};

static void
handle_call(void *arg)
{
	struct call *call = arg;
	struct http_exchange *x = call->x;
	if (!x->begun) {
		x->begun = true;
		int status = begin(x);
		call->result = status != 0 ? refuse(x, status) : MHD_YES;
	} else if (*call->size > 0) {
		call->result = take_body(x, call->data, call->size);
	} else {
		call->result = run(x);
	}
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **context)
{
	struct http_exchange *x = *context;
	struct call call = {x, data, size, MHD_NO};
	(void)arg;
	(void)connection;
	(void)url;
	if (x == NULL)
		return MHD_NO;
	if (x->state == EX_ANSWERED && !x->refused)
		return queue(x);
	x->method = str_c(method);
	x->version = str_c(version);
	if (!arena_guard(x->request.arena, handle_call, &call))
		return refuse(x, 503);
	return call.result;
}

static void
on_completed(void *arg, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode code)
{
	struct http_exchange *x = *context;
	(void)connection;
	(void)code;
	if (x == NULL)
		return;
	stream_end(x);
	http_shared_unref(x->keep);
	if (x->counted)
		atomic_fetch_sub(&((struct http_server *)arg)->busy, 1);
	if (x->conn != NULL)
		x->conn->deadline_us = conn_deadline(
		    x->server->config.idle_seconds + REQUEST_SECONDS);
	*context = NULL;
	arena_close(x->request.arena);
}

/* ---- start and stop ---- */

static void
on_error(void *arg, const char *fmt, va_list args)
{
	/* MHD's own words may quote what a client sent: they are not logged. */
	(void)arg;
	(void)fmt;
	(void)args;
}

static struct MHD_Daemon *
start_daemon(struct http_server *s)
{
	const struct http_config *c = &s->config;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD |
	    MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, s,
	    MHD_OPTION_EXTERNAL_LOGGER, on_error, NULL,
	    MHD_OPTION_LISTEN_SOCKET, s->listen_fd, MHD_OPTION_THREAD_POOL_SIZE,
	    (unsigned)(c->threads > 1 ? c->threads : 0),
	    MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)(c->max_connections + c->max_streams + 16),
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)c->idle_seconds,
	    MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
	    MHD_OPTION_UNESCAPE_CALLBACK, keep_escaped, NULL,
	    MHD_OPTION_NOTIFY_CONNECTION, conns_notify, s,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_END);
}

enum err
http_start(struct arena *process, const struct http_config *config,
    struct http_server **out)
{
	struct http_server *s = arena_new(process, struct http_server, 1);
	s->config = *config;
	pthread_mutex_init(&s->lock, NULL);
	enum err e = listen_open(
	    process, config->listen, &s->listen_fd, &s->address, &s->unix_path);
	if (e != ERR_OK)
		return e;
	s->daemon = start_daemon(s);
	if (s->daemon == NULL) {
		close(s->listen_fd);
		return ERR_UNAVAIL;
	}
	s->ticking = pthread_create(&s->ticker, NULL, conns_tick, s) == 0;
	if (!s->ticking) {
		MHD_stop_daemon(s->daemon);
		return ERR_UNAVAIL;
	}
	*out = s;
	return ERR_OK;
}

struct str
http_address(const struct http_server *s)
{
	return s->address;
}

void
http_stop(struct http_server *s, int seconds)
{
	struct timespec moment = {.tv_nsec = 10 * 1000 * 1000};
	int64_t until = conn_deadline(seconds);
	MHD_socket fd = MHD_quiesce_daemon(s->daemon);
	if (fd != MHD_INVALID_SOCKET)
		close(fd);
	if (s->unix_path != NULL)
		unlink(s->unix_path);
	s->stopping = true;
	streams_close(s);
	while (s->busy > 0 && clock_mono_us() < until)
		nanosleep(&moment, NULL);
	pthread_join(s->ticker, NULL);
	MHD_stop_daemon(s->daemon);
}

struct http_request *
http_request(struct http_exchange *x)
{
	return &x->request;
}

int
http_thread(const struct http_exchange *x)
{
	return x->thread;
}

struct http_counts
http_counts(const struct http_server *s)
{
	return (struct http_counts){
	    .requests = s->requests,
	    .refused = s->refused,
	    .open = s->open,
	    .streams = s->n_streams,
	};
}
