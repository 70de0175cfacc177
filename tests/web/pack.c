/* SPDX-License-Identifier: MPL-2.0 */
#include "web/pack.h"

#include <zlib.h>

#include "base/buf.h"
#include "tests/test.h"

static struct req *
request(struct arena *a, struct str accepts, ptrdiff_t queries)
{
	struct req *rq = arena_new(a, struct req, 1);
	struct http_pair *header = arena_new(a, struct http_pair, 1);
	*header = (struct http_pair){S("accept-encoding"), accepts};
	rq->arena = a;
	rq->http = arena_new(a, struct http_request, 1);
	rq->http->headers = (struct http_pairs){header, 1};
	rq->http->query.n = queries;
	struct buf b = buf_new(a, 100 * 1000);
	for (int i = 0; i < 1000; i++)
		buf_fmt(&b, "<p>Række %d af tusind</p>\n", i);
	rq->response.type = S("text/html; charset=utf-8");
	rq->response.body = buf_str(&b);
	return rq;
}

TEST(a_packed_page_is_the_same_page)
{
	for (int i = 0; i < 3; i++) { /* the encoder is used again */
		struct req *rq = request(arena, S("br, gzip"), 0);
		struct str page = rq->response.body;
		char *out = arena_new(arena, char, page.n);
		z_stream z = {0};
		pack_response(rq);
		CHECK(pack_is_packed(rq->response.body));
		CHECK_MAX(rq->response.body.n, page.n / 4);
		CHECK_STR(http_get(rq->response.headers, S("Content-Encoding")),
		    S("gzip"));
		CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
		z.next_in = (Bytef *)(uintptr_t)rq->response.body.p;
		z.avail_in = (uInt)rq->response.body.n;
		z.next_out = (Bytef *)out;
		z.avail_out = (uInt)page.n;
		CHECK(inflate(&z, Z_FINISH) == Z_STREAM_END);
		inflateEnd(&z);
		CHECK_STR(((struct str){out, page.n}), page);
	}
}

TEST(what_echoes_the_request_is_never_packed)
{
	struct req *rq = request(arena, S("gzip"), 1);
	pack_response(rq);
	CHECK(!pack_is_packed(rq->response.body));
	rq = request(arena, S("gzip"), 0);
	rq->http->method = HTTP_POST;
	pack_response(rq);
	CHECK(!pack_is_packed(rq->response.body));
	rq = request(arena, S("identity"), 0);
	pack_response(rq);
	CHECK(!pack_is_packed(rq->response.body));
}
