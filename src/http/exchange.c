/* SPDX-License-Identifier: MPL-2.0 */

/* One request, as libmicrohttpd brings it: the target, the headers, the body
 * piece by piece, the end.  It is given to the handler when it is whole. */
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "http/forms.h"
#include "http/guard.h"
#include "http/inner.h"

enum { THROWN_AWAY = 64 * 1024 }; /* bytes of a body that nobody wants */

/* ---- it begins ---- */

/* The same number for the same thread, as long as the server lives. */
static int
thread_index(struct http_server *server)
{
	static _Thread_local struct http_server *mine;
	static _Thread_local int index;
	if (mine != server) {
		mine = server;
		index = atomic_fetch_add(&server->n_threads, 1);
	}
	return index;
}

static struct arena *
take_arena(struct http_server *server, int thread)
{
	struct spare *spare = &server->spare[thread];
	if (spare->n > 0)
		return spare->arena[--spare->n];
	return arena_open(server->config.arena_bytes);
}

static void
give_arena(struct http_server *server, int thread, struct arena *a)
{
	struct spare *spare = &server->spare[thread];
	if (spare->n < SPARE_ARENAS) {
		arena_reset(a);
		spare->arena[spare->n++] = a;
	} else {
		arena_close(a);
	}
}

static void
keep_target(void *arg)
{
	struct http_exchange *x = arg;
	x->request.target = str_dup(x->request.arena, str_c(x->line));
}

/* The request line is in.  libmicrohttpd cuts the target up after this. */
void *
exchange_target(
    void *arg, const char *target, struct MHD_Connection *connection)
{
	struct http_server *server = arg;
	struct conn *conn = conn_of(connection);
	if (conn == NULL)
		return NULL;
	struct http_exchange *x = &conn->exchange;
	int64_t now_us = clock_mono_us();
	*x = (struct http_exchange){.server = server,
	    .connection = connection,
	    .conn = conn,
	    .line = target,
	    .thread = thread_index(server)};
	atomic_fetch_add(&server->under_way, 1);
	conn->since_us = now_us;
	conn->deadline_us = conn_deadline(server, now_us, 0);
	struct arena *a = take_arena(server, x->thread);
	x->request.arena = a;
	if (a != NULL && !arena_guard(a, keep_target, x)) {
		give_arena(server, x->thread, a);
		x->request.arena = NULL;
	}
	return x;
}

/* ---- its head ---- */

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
	struct str peer = str_c(x->conn->peer);
	struct str forwarded = http_get(r->headers, S("x-forwarded-for"));
	if (!x->server->config.trust_forwarded_for || forwarded.n == 0)
		return peer;
	struct str last = {0};
	while (forwarded.n > 0)
		last = str_trim(str_cut(&forwarded, ','));
	return last.n > 0 && last.n < 64 ? last : peer;
}

/* Room for the body that was announced, or the status to refuse it with. */
static int
expect_body(struct http_exchange *x)
{
	struct http_request *r = &x->request;
	const struct http_config *c = &x->server->config;
	int64_t length = 0;
	struct str announced = http_get(r->headers, S("content-length"));
	if (r->method != HTTP_POST)
		return 0;
	if (announced.n > 0 && !str_int(announced, &length))
		return 400;
	ptrdiff_t limit = c->body_limit(c->arg, r);
	if (length > (limit < 0 ? THROWN_AWAY : limit))
		return limit == -2 ? 401 : 413;
	x->body_length = (ptrdiff_t)length;
	if (limit >= 0 && length > 0)
		x->body = arena_new(r->arena, char, x->body_length);
	x->conn->deadline_us =
	    conn_deadline(x->server, r->mono_us, x->body_length);
	return 0;
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
	for (ptrdiff_t i = 0; i < r->headers.n; i++) {
		struct http_pair *h = &r->headers.list[i];
		h->name = str_lower_ascii(r->arena, h->name);
		h->value = guard_value(h->value);
	}
	if (form_parse_cookies(r->arena, http_get(r->headers, S("cookie")),
		&r->cookies) != ERR_OK)
		return 400;
	r->address = client_address(x);
	r->now_us = clock_now_us();
	r->mono_us = clock_mono_us();
	return expect_body(x);
}

static ptrdiff_t
head_bytes(const struct http_exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	return info != NULL ? (ptrdiff_t)info->header_size : 0;
}

static int
read_request(struct http_exchange *x)
{
	const struct http_server *server = x->server;
	struct guard_input in = {.method = x->method,
	    .version = x->version,
	    .target = x->request.target};
	if (MHD_get_connection_values_n(
		x->connection, MHD_HEADER_KIND, take_header, x) < 0)
		return 400;
	in.headers = x->request.headers;
	int status = server->config.unguarded ? 0 : guard_check(&in);
	if (status == 0 && server->in_place && !server->config.unguarded &&
	    !guard_layout(&in, x->line, head_bytes(x)))
		status = 400;
	return status != 0 ? status : read_head(x);
}

/* ---- its body ---- */

static int
parse_body(struct http_request *r, struct str body)
{
	struct str type = http_get(r->headers, S("content-type"));
	struct str boundary, rest = type;
	struct str kind = str_trim(str_cut(&rest, ';'));
	if (body.n == 0)
		return 0;
	enum err e = ERR_OK;
	if (str_eq_nocase(kind, S("application/x-www-form-urlencoded")))
		e = form_parse_urlencoded(r->arena, body, &r->form);
	else if (!str_eq_nocase(kind, S("multipart/form-data")))
		r->body = body;
	else if (form_parameter(type, S("boundary"), &boundary) != ERR_OK)
		e = ERR_INVALID;
	else
		e = form_parse_multipart(
		    r->arena, body, boundary, &r->form, &r->files, &r->n_files);
	return e == ERR_OK ? 0 : 400;
}

static void
take_body(struct http_exchange *x, const char *data, size_t *size)
{
	ptrdiff_t n = (ptrdiff_t)*size, room = x->body_length - x->body_n;
	if (n > room)
		n = room;
	if (x->body != NULL && n > 0)
		memcpy(x->body + x->body_n, data, (size_t)n);
	x->body_n += n;
	*size = 0;
}

/* ---- to the handler ---- */

/* Given to another thread: the connection rests until http_answer(). */
static enum MHD_Result
rest(struct http_exchange *x)
{
	int running = EX_RUNNING;
	struct MHD_Connection *connection = x->connection;
	MHD_suspend_connection(connection);
	if (!atomic_compare_exchange_strong(&x->state, &running, EX_SUSPENDED))
		MHD_resume_connection(connection); /* answered just now */
	return MHD_YES;
}

/* No guard of ours is on the arena here: another thread may have it. */
static enum MHD_Result
run(struct http_exchange *x)
{
	struct http_server *server = x->server;
	/* Counted before `closed` is looked at: http_stop() does it the other
	 * way round, so one of the two sees the other. */
	x->running = true;
	atomic_fetch_add(&server->running, 1);
	if (server->closed)
		return answer_refuse(x, 503);
	x->conn->since_us = 0;
	x->conn->deadline_us = 0;
	x->state = EX_RUNNING;
	server->config.handle(server->config.arg, x);
	return x->state == EX_ANSWERED ? answer_queue(x) : rest(x);
}

struct step {
	struct http_exchange *x;
	int status; /* not 0: refused with it */
};

static void
begin(void *arg)
{
	struct step *step = arg;
	step->status = read_request(step->x);
}

static void
end(void *arg)
{
	struct step *step = arg;
	struct http_exchange *x = step->x;
	struct str body = {x->body, x->body != NULL ? x->body_n : 0};
	step->status = parse_body(&x->request, body);
}

/* libmicrohttpd calls this with the headers, with each piece of the body, at
 * the end of it, and once more when a resting connection was woken. */
enum MHD_Result
exchange_call(void *arg, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **context)
{
	struct http_exchange *x = *context;
	struct step step = {x, 0};
	(void)arg;
	(void)connection;
	(void)url;
	if (x == NULL || x->request.arena == NULL)
		return MHD_NO;
	if (x->state == EX_ANSWERED && !x->refused)
		return answer_queue(x);
	if (*size > 0) {
		take_body(x, data, size);
		return MHD_YES;
	}
	bool first = !x->begun;
	x->begun = true;
	x->method = str_c(method);
	x->version = str_c(version);
	if (!arena_guard(x->request.arena, first ? begin : end, &step))
		step.status = 503;
	if (step.status != 0)
		return answer_refuse(x, step.status);
	return first ? MHD_YES : run(x);
}

void
exchange_completed(void *arg, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode code)
{
	struct http_exchange *x = *context;
	struct http_server *server = arg;
	(void)connection;
	(void)code;
	if (x == NULL)
		return;
	*context = NULL;
	stream_end(x);
	http_ready_unref(x->ready);
	if (x->request.arena != NULL)
		give_arena(server, x->thread, x->request.arena);
	if (x->running)
		atomic_fetch_sub(&server->running, 1);
	atomic_fetch_sub(&server->under_way, 1);
	int64_t now_us = clock_mono_us();
	x->conn->since_us = now_us;
	x->conn->deadline_us =
	    now_us + (server->config.idle_seconds + 1) * SECOND_US;
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
