/* SPDX-License-Identifier: MPL-2.0 */

/* Media of a contribution: bringing it in, in one form or piece by piece, and
 * giving it out.  The page they are shown on is the contribution's own. */
#include "model/media.h"

#include "base/buf.h"
#include "model/captions.h"
#include "model/contribution.h"
#include "web/media_give.h"
#include "web/pages.h"
#include "web/voice_view.h"

enum { JSON_BYTES = 1024 };

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
	if (e == ERR_OK && c.withdrawn_us > 0)
		e = ERR_NOT_FOUND;
	return e == ERR_OK ? media_may_tend(rq->db, rq->arena, &rq->who, *id)
			   : e;
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

/* POST /netvaerk/N/medier/ID/ord: words, or a file of captions in their place,
 * faces, and whether it is shown. */
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
	if (rq->http->n_files > 0 && rq->http->files[0].bytes.n > 0)
		e = captions_read(
		    rq->arena, rq->http->files[0].bytes, &say.words);
	if (e == ERR_INVALID) /* media_view() says what is wrong */
		return voice_show(rq, m.contribution, 422);
	if (e == ERR_OK)
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

static enum err
answer_file(struct req *rq, bool thumb)
{
	struct media m;
	enum err e = find(rq, &m);
	return e == ERR_OK ? media_give(rq, &m, &rq->who, thumb) : e;
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

/* GET /netvaerk/N/medier/ID/undertekster */
enum err
page_media_captions(struct req *rq)
{
	struct media m;
	enum err e = find(rq, &m);
	return e == ERR_OK ? media_give_captions(rq, &m) : e;
}
