/* SPDX-License-Identifier: MPL-2.0 */
#include "web/pack.h"

#include <zlib.h>

enum {
	SMALL_BYTES = 1400, /* fits one packet anyway */
	LEVEL = 5,
	GZIP_WINDOW = 15 + 16,
};

bool
pack_wanted(const struct req *rq)
{
	struct str accepts = http_get(rq->http->headers, S("accept-encoding"));
	return rq->http->method != HTTP_POST && rq->http->query.n == 0 &&
	    str_find(accepts, S("gzip")) >= 0;
}

bool
pack_is_packed(struct str s)
{
	return str_starts(s, S("\x1f\x8b"));
}

void
pack_headers(struct req *rq)
{
	http_header_add(
	    rq->arena, &rq->response, S("Content-Encoding"), S("gzip"));
	http_header_add(
	    rq->arena, &rq->response, S("Vary"), S("Accept-Encoding, Cookie"));
}

/* A fresh encoder costs twenty times what a reset one does. */
static z_stream *
encoder(void)
{
	static _Thread_local z_stream stream;
	static _Thread_local bool made;
	if (made)
		return deflateReset(&stream) == Z_OK ? &stream : NULL;
	made = deflateInit2(&stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, 8,
		   Z_DEFAULT_STRATEGY) == Z_OK;
	return made ? &stream : NULL;
}

void
pack_response(struct req *rq)
{
	struct str body = rq->response.body;
	z_stream *z = NULL;
	if (body.n < SMALL_BYTES || !pack_wanted(rq) ||
	    !str_starts(rq->response.type, S("text/html")))
		return;
	z = encoder();
	if (z == NULL)
		return;
	ptrdiff_t size = (ptrdiff_t)deflateBound(z, (uLong)body.n);
	char *out = arena_new(rq->arena, char, size);
	z->next_in = (Bytef *)(uintptr_t)body.p;
	z->avail_in = (uInt)body.n;
	z->next_out = (Bytef *)out;
	z->avail_out = (uInt)size;
	if (deflate(z, Z_FINISH) != Z_STREAM_END)
		return;
	rq->response.body = (struct str){out, size - (ptrdiff_t)z->avail_out};
	pack_headers(rq);
}
