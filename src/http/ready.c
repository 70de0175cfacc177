/* SPDX-License-Identifier: MPL-2.0 */

/* Answers made once: libmicrohttpd counts who is still sending one. */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/clock.h"
#include "http/inner.h"

struct http_ready {
	atomic_int refs;
	int status;
	ptrdiff_t bytes;
	struct MHD_Response *made;
};

struct http_ready *
http_ready_new(struct arena *a, const struct http_response *r)
{
	struct MHD_Response *made =
	    MHD_create_response_from_buffer((size_t)r->body.n,
		(void *)(uintptr_t)r->body.p, MHD_RESPMEM_MUST_COPY);
	if (made == NULL)
		return NULL;
	struct http_ready *ready = malloc(sizeof *ready);
	if (ready == NULL || !answer_headers(a, made, r)) {
		MHD_destroy_response(made);
		free(ready);
		return NULL;
	}
	*ready = (struct http_ready){
	    .refs = 1, .status = r->status, .bytes = r->body.n, .made = made};
	return ready;
}

struct http_ready *
http_ready_ref(struct http_ready *ready)
{
	atomic_fetch_add(&ready->refs, 1);
	return ready;
}

void
http_ready_unref(struct http_ready *ready)
{
	if (ready == NULL || atomic_fetch_sub(&ready->refs, 1) != 1)
		return;
	MHD_destroy_response(ready->made);
	free(ready);
}

int
http_ready_status(const struct http_ready *ready)
{
	return ready->status;
}

ptrdiff_t
http_ready_bytes(const struct http_ready *ready)
{
	return ready->bytes;
}

enum MHD_Result
ready_queue(struct http_exchange *x)
{
	struct http_ready *ready = x->ready;
	x->conn->deadline_us =
	    conn_deadline(x->server, clock_mono_us(), ready->bytes);
	return MHD_queue_response(
	    x->connection, (unsigned)ready->status, ready->made);
}
