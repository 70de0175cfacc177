/* SPDX-License-Identifier: MPL-2.0 */

/* Media of a contribution: bringing it in, in one form or piece by piece, and
 * giving it out.  The page they are shown on is the contribution's own.  Sound,
 * film and documents are kept and not given out (model/media.h). */
#include "model/media.h"

#include "base/buf.h"
#include "model/contribution.h"
#include "web/pages.h"

enum { ANSWER_BYTES = 4 * 1024 * 1024, JSON_BYTES = 1024 };

/* ---- how far it is ---- */

/* What a program that sends needs to go on. */
static enum err
answer_state(struct req *rq, const struct media *m, int status)
{
	struct buf b = buf_new(rq->arena, JSON_BYTES);
	buf_add(&b, S("{\"id\":"));
	buf_json(&b, id_text(rq->arena, m->id));
	buf_fmt(&b, ",\"got\":%lld,\"size\":%lld,\"piece\":%d,\"state\":",
	    (long long)m->got, (long long)m->size, MEDIA_PIECE);
	buf_json(&b, m->state);
	buf_add(&b, S(",\"fault\":"));
	buf_json(&b, m->fault);
	buf_byte(&b, '}');
	rq->response.status = status;
	rq->response.type = S("application/json");
	rq->response.body = buf_str(&b);
	return ERR_OK;
}

static enum err
find(struct req *rq, struct media *m)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? media_get(rq->db, rq->arena, &rq->who, id, m) : e;
}

/* GET /netvaerk/N/medier/ID/stand */
enum err
page_media_state(struct req *rq)
{
	struct media m;
	enum err e = find(rq, &m);
	return e == ERR_OK ? answer_state(rq, &m, 200) : e;
}

static enum err
back(struct req *rq, struct id contribution)
{
	struct str href = STR_JOIN(rq->arena, req_network_path(rq, "/stemmer/"),
	    id_text(rq->arena, contribution));
	return req_redirect(rq, "%.*s", STR_ARG(href));
}

/* ---- bringing it ---- */

static struct media
announced(struct req *rq, struct id contribution)
{
	struct media m = {
	    .contribution = contribution, .name = req_form(rq, S("name"))};
	if (!id_parse(req_form(rq, S("id")), &m.id))
		m.id = id_new(rq->http->now_us);
	if (!str_int(req_form(rq, S("size")), &m.size))
		m.size = 0;
	return m;
}

/* What it belongs to, which must be there and not be taken back. */
static enum err
find_contribution(struct req *rq, struct id *id)
{
	struct contribution c;
	enum err e = req_param_id(rq, S("id"), id);
	if (e == ERR_OK)
		e = contribution_get(rq->db, rq->arena, &rq->who, *id, &c);
	return e == ERR_OK && c.withdrawn_us > 0 ? ERR_NOT_FOUND : e;
}

/* POST /netvaerk/N/medier/til/CONTRIBUTION/ny: what is to come in pieces. */
enum err
page_media_begin(struct req *rq)
{
	struct id contribution;
	enum err e = find_contribution(rq, &contribution);
	struct media m = announced(rq, contribution);
	if (e == ERR_OK)
		e = media_begin(rq->db, rq->arena, &rq->who, &m);
	if (e == ERR_OK)
		e = media_get(rq->db, rq->arena, &rq->who, m.id, &m);
	return e == ERR_OK ? answer_state(rq, &m, 200) : e;
}

/* POST /netvaerk/N/medier/ID/stykke: the file "stykke" from byte "fra" on.
 * Without a file it only tells how far it is. */
enum err
page_media_piece(struct req *rq)
{
	struct media m;
	struct media_piece piece = {.dir = rq->site->data_dir};
	enum err e = find(rq, &m);
	if (e != ERR_OK || rq->http->n_files == 0)
		return e == ERR_OK ? answer_state(rq, &m, 200) : e;
	piece.id = m.id;
	piece.bytes = rq->http->files[0].bytes;
	if (!str_int(req_form(rq, S("fra")), &piece.from))
		piece.from = -1;
	e = media_add(rq->db, rq->arena, &rq->who, &piece, &m);
	rq->kick = e == ERR_OK && str_eq(m.state, S("raw"));
	if (e == ERR_OK || e == ERR_CONFLICT)
		return answer_state(rq, &m, e == ERR_OK ? 200 : 409);
	return e;
}

static enum err
add_whole(struct req *rq, struct media *m, struct str bytes)
{
	enum err e = ERR_OK;
	for (int64_t at = 0; e == ERR_OK && at < bytes.n; at += MEDIA_PIECE) {
		struct media_piece piece = {m->id, rq->site->data_dir, at,
		    str_sub(bytes, at, at + MEDIA_PIECE)};
		e = media_add(rq->db, rq->arena, &rq->who, &piece, m);
		if (str_eq(m->state, S("refused")))
			break;
	}
	return e;
}

/* POST /netvaerk/N/medier/til/CONTRIBUTION: one form, without a program. */
enum err
page_media_send(struct req *rq)
{
	struct id contribution;
	enum err e = find_contribution(rq, &contribution);
	struct media m = announced(rq, contribution);
	if (e != ERR_OK || rq->http->n_files == 0 ||
	    rq->http->files[0].bytes.n == 0)
		return e == ERR_OK ? back(rq, contribution) : e;
	m.name = rq->http->files[0].name;
	m.size = rq->http->files[0].bytes.n;
	e = media_begin(rq->db, rq->arena, &rq->who, &m);
	if (e == ERR_OK)
		e = add_whole(rq, &m, rq->http->files[0].bytes);
	rq->kick = e == ERR_OK;
	return e == ERR_OK ? back(rq, contribution) : e;
}

/* ---- what is said of it ---- */

/* POST /netvaerk/N/medier/ID/ord: words, faces, and whether it is shown. */
enum err
page_media_say(struct req *rq)
{
	struct media m;
	enum err e = find(rq, &m);
	if (e != ERR_OK)
		return e;
	struct media_say say = {
	    m.id, req_form(rq, S("words")), req_form(rq, S("faces"))};
	if (say.faces.n == 0)
		say.faces = m.faces;
	e = media_describe(rq->db, rq->arena, &rq->who, &say);
	if (e == ERR_OK &&
	    (req_checked(rq, S("shown")) || str_eq(m.state, S("shown"))))
		e = media_show(rq->db, rq->arena, &rq->who, m.id,
		    req_checked(rq, S("shown")));
	return e == ERR_OK ? back(rq, m.contribution) : e;
}

/* POST /netvaerk/N/medier/ID/slet */
enum err
page_media_drop(struct req *rq)
{
	struct media m;
	enum err e = find(rq, &m);
	if (e == ERR_OK)
		e = media_erase(
		    rq->db, rq->arena, &rq->who, m.id, rq->site->data_dir);
	return e == ERR_OK ? back(rq, m.contribution) : e;
}

/* ---- giving it out ---- */

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

static enum err
answer_file(struct req *rq, bool thumb)
{
	struct media m;
	enum err e = find(rq, &m);
	if (e != ERR_OK)
		return e;
	struct media_file f =
	    media_bytes(&m, &rq->who, rq->site->data_dir, thumb);
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
	bool poster = thumb && str_eq(m.kind, S("film"));
	rq->response.type = r.wrong ? S("") : poster ? S("image/jpeg") : m.type;
	add_headers(rq, etag, r, f.size);
	return ERR_OK;
}

/* GET /netvaerk/N/medier/ID/fil */
enum err
page_media_file(struct req *rq)
{
	return answer_file(rq, false);
}

/* GET /netvaerk/N/medier/ID/lille */
enum err
page_media_thumb(struct req *rq)
{
	return answer_file(rq, true);
}
