/* SPDX-License-Identifier: MPL-2.0 */

/* A response on its way out. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/inner.h"

enum { ON_STACK = 512 }; /* a header's value; longer ones go on the arena */

static void
add_header(struct arena *a, struct MHD_Response *m, struct http_pair pair)
{
	char name[64], text[ON_STACK];
	const char *value = text;
	if (pair.name.n >= (ptrdiff_t)sizeof name)
		return;
	memcpy(name, pair.name.p, (size_t)pair.name.n);
	name[pair.name.n] = 0;
	if (pair.value.n >= ON_STACK) {
		value = str_cstr(a, pair.value);
	} else if (pair.value.n > 0) {
		memcpy(text, pair.value.p, (size_t)pair.value.n);
		text[pair.value.n] = 0;
	}
	/* A NUL or line end in it is refused by libmicrohttpd. */
	if (value != NULL && pair.value.n > 0)
		(void)MHD_add_response_header(m, name, value);
}

struct heading {
	struct arena *arena;
	struct MHD_Response *made;
	const struct http_response *response;
};

static void
fill_headers(void *arg)
{
	struct heading *h = arg;
	const struct http_response *r = h->response;
	struct http_pair type = {S("Content-Type"), r->type};
	for (ptrdiff_t i = 0; i < r->headers.n; i++)
		add_header(h->arena, h->made, r->headers.list[i]);
	add_header(h->arena, h->made, type);
}

bool
answer_headers(
    struct arena *a, struct MHD_Response *made, const struct http_response *r)
{
	struct heading h = {a, made, r};
	return arena_guard(a, fill_headers, &h);
}

int64_t
http_bytes(const struct http_response *r)
{
	return r->file.bytes > 0 ? r->file.bytes : r->body.n;
}

/* libmicrohttpd closes what it is given: a descriptor of its own. */
static struct MHD_Response *
file_response(const struct http_response *r)
{
	int fd = fcntl(r->file.fd, F_DUPFD_CLOEXEC, 0);
	if (fd < 0)
		return NULL;
	struct MHD_Response *made =
	    MHD_create_response_from_fd64((uint64_t)r->file.bytes, fd);
	if (made == NULL)
		(void)close(fd);
	return made;
}

static struct MHD_Response *
make_response(struct http_exchange *x)
{
	const struct http_response *r = &x->response;
	if (x->stream != NULL)
		return stream_response(x);
	if (r->file.bytes > 0)
		return file_response(r);
	/* The bytes stay where they are, on the arena. */
	return MHD_create_response_from_buffer((size_t)r->body.n,
	    (void *)(uintptr_t)(r->body.n > 0 ? r->body.p : ""),
	    MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result
answer_queue(struct http_exchange *x)
{
	struct http_server *server = x->server;
	const struct http_response *r = &x->response;
	if (x->running)
		atomic_fetch_sub(&server->running, 1);
	x->running = false;
	atomic_fetch_add(&server->requests, 1);
	if (x->ready != NULL)
		return ready_queue(x);
	struct MHD_Response *made = make_response(x);
	if (made == NULL)
		return MHD_NO;
	bool whole = answer_headers(x->request.arena, made, r);
	if (!whole || r->close || server->stopping)
		(void)MHD_add_response_header(made, "Connection", "close");
	x->conn->deadline_us = x->stream != NULL
	    ? 0
	    : conn_deadline(server, clock_mono_us(), (ptrdiff_t)http_bytes(r));
	enum MHD_Result result = MHD_queue_response(
	    x->connection, (unsigned)(whole ? r->status : 503), made);
	MHD_destroy_response(made);
	if (x->stream != NULL) { /* it may rest for hours */
		arena_close(x->request.arena);
		x->request.arena = NULL;
	}
	return result;
}

static void
answered(struct http_exchange *x)
{
	struct MHD_Connection *connection = x->connection;
	int before = atomic_exchange(&x->state, EX_ANSWERED);
	/* From here on the exchange may be gone. */
	if (before == EX_SUSPENDED)
		MHD_resume_connection(connection);
}

void
http_answer(struct http_exchange *x, const struct http_response *response)
{
	x->response = *response;
	answered(x);
}

void
http_answer_ready(struct http_exchange *x, struct http_ready *ready)
{
	x->ready = http_ready_ref(ready);
	answered(x);
}

/* ---- what is refused here ---- */

struct refusal {
	struct http_exchange *x;
	int status;
	struct http_response *response;
};

static void
fill_refusal(void *arg)
{
	struct refusal *r = arg;
	struct http_exchange *x = r->x;
	const struct http_config *c = &x->server->config;
	struct arena *a = x->request.arena;
	c->refuse(c->arg, a, r->status, r->response);
	if (r->status == 405 && !http_has(r->response->headers, S("Allow")))
		http_header_add(
		    a, r->response, S("Allow"), S("GET, HEAD, POST"));
	if (r->status == 503 &&
	    !http_has(r->response->headers, S("Retry-After")))
		http_header_add(a, r->response, S("Retry-After"), S("30"));
}

void
answer_refusal(
    struct http_exchange *x, int status, struct http_response *response)
{
	struct refusal r = {x, status, response};
	*response = (struct http_response){0};
	if (!arena_guard(x->request.arena, fill_refusal, &r))
		*response = (struct http_response){.status = status};
	response->status = status;
	response->close = true;
}

/* Answered, and the connection closed, so that whatever follows in it is
 * never read as a request. */
enum MHD_Result
answer_refuse(struct http_exchange *x, int status)
{
	atomic_fetch_add(&x->server->refused, 1);
	x->refused = true;
	x->conn->linger = true;
	answer_refusal(x, status, &x->response);
	log_event(LOG_INFO, "refused", LOG_INT("status", status));
	return answer_queue(x);
}
