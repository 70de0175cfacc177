/* SPDX-License-Identifier: MPL-2.0 */
#include "web/media_give.h"

#include "base/buf.h"
#include "model/captions.h"

enum { ANSWER_BYTES = 4 * 1024 * 1024 };

struct range {
	int64_t from, to; /* to: the byte after the last */
	bool part, wrong;
};

/* "bytes=5-9", "bytes=5-", "bytes=-5"; anything else is all of it. */
static struct range
parse_range(struct str text, int64_t size)
{
	struct range r = {0, size, false, false};
	if (!str_starts(text, S("bytes=")) || str_find_byte(text, ',') >= 0)
		return r;
	struct str last = str_sub(text, 6, text.n);
	struct str first = str_cut(&last, '-');
	int64_t a = 0, b = 0;
	bool has_a = str_int(first, &a), has_b = str_int(last, &b);
	if ((first.n > 0 && (!has_a || a < 0)) ||
	    (last.n > 0 && (!has_b || b < 0)) || (!has_a && !has_b))
		return r;
	r.part = true;
	r.from = has_a ? a : b < size ? size - b : 0;
	if (has_a && has_b && b < size)
		r.to = b + 1;
	r.wrong = r.from >= r.to;
	return r;
}

static struct range
wanted_range(struct req *rq, struct str etag, int64_t size)
{
	struct http_pairs h = rq->http->headers;
	struct str only = http_get(h, S("if-range"));
	if (only.n > 0 && !str_eq(only, etag))
		return (struct range){0, size, false, false};
	struct range r = parse_range(http_get(h, S("range")), size);
	if (r.part && r.to - r.from > ANSWER_BYTES)
		r.to = r.from + ANSWER_BYTES; /* the rest is asked for next */
	return r;
}

static void
add_headers(struct req *rq, struct str etag, struct range r, int64_t size)
{
	struct arena *a = rq->arena;
	struct http_response *out = &rq->response;
	http_header_add(a, out, S("ETag"), etag);
	http_header_add(a, out, S("Accept-Ranges"), S("bytes"));
	http_header_add(a, out, S("Content-Disposition"), S("inline"));
	/* beside the one every answer has: both hold */
	http_header_add(a, out, S("Content-Security-Policy"),
	    S("sandbox; default-src 'none'"));
	if (r.wrong)
		http_header_add(a, out, S("Content-Range"),
		    str_fmt(a, "bytes */%lld", (long long)size));
	else if (r.part)
		http_header_add(a, out, S("Content-Range"),
		    str_fmt(a, "bytes %lld-%lld/%lld", (long long)r.from,
			(long long)r.to - 1, (long long)size));
}

enum err
media_give(
    struct req *rq, const struct media *m, const struct actor *who, bool thumb)
{
	enum err e = ERR_OK;
	struct media_file f = media_bytes(m, who, rq->site->data_dir, thumb);
	if (f.size == 0)
		return ERR_NOT_FOUND;
	struct str etag = STR_JOIN(rq->arena, S("\""),
	    str_sub(hash_hex(rq->arena, f.name), 0, 32), S("\""));
	struct range r = wanted_range(rq, etag, f.size);
	if (!r.wrong)
		e = media_file_read(
		    rq->arena, &f, r.from, r.to, &rq->response.body);
	if (e != ERR_OK)
		return e;
	rq->response.status = r.wrong ? 416 : r.part ? 206 : 200;
	bool poster = thumb && str_eq(m->kind, S("film"));
	rq->response.type = r.wrong ? S("")
	    : poster		    ? S("image/jpeg")
				    : m->type;
	add_headers(rq, etag, r, f.size);
	return ERR_OK;
}

enum err
media_give_captions(struct req *rq, const struct media *m)
{
	bool given =
	    str_eq(m->state, S("clean")) || str_eq(m->state, S("shown"));
	if (!given || captions_of(rq->arena, m->words).n == 0)
		return ERR_NOT_FOUND;
	rq->response.status = 200;
	rq->response.type = S("text/vtt; charset=utf-8");
	rq->response.body = captions_vtt(rq->arena, m->words);
	return ERR_OK;
}
