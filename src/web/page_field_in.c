/* SPDX-License-Identifier: MPL-2.0 */

/* What the field page sends when the line is back.  A program reads the
 * answers, so what a person would be told stands in them as a state:
 *
 *	part      one part is here
 *	parts     some are missing: send them all again
 *	more      ask again, it is large
 *	received  it is in
 *	draft     it is here, and its sender has to put it right
 *	dropped   what it belongs to was taken back
 *	refused   it is not taken; text says why
 */
#include "base/buf.h"
#include "model/media.h"
#include "web/field_form.h"
#include "web/pages.h"

enum { ANSWER_BYTES = 4096 };

static enum err
answer(struct req *rq, const char *state, const char *text)
{
	struct buf b = buf_new(rq->arena, ANSWER_BYTES);
	buf_add(&b, S("{\"state\":"));
	buf_json(&b, str_c(state));
	buf_add(&b, S(",\"text\":"));
	buf_json(&b, text != NULL ? req_tr(rq, text) : S(""));
	buf_byte(&b, '}');
	rq->response.status = 200;
	rq->response.type = S("application/json");
	rq->response.body = buf_str(&b);
	return ERR_OK;
}

static enum err
answer_item(struct req *rq, const struct field_item *item)
{
	struct str state = item->state;
	return answer(rq, str_cstr(rq->arena, state), NULL);
}

static struct id
form_id(struct req *rq, const char *name)
{
	struct id id;
	return id_parse(req_form(rq, str_c(name)), &id) ? id : (struct id){0};
}

/* POST /netvaerk/N/felt/ITEM/del: the file "del" is part `nr` of the item. */
enum err
page_field_part(struct req *rq)
{
	struct field_part p = {.day = form_id(rq, "dag"),
	    .of = form_id(rq, "til"),
	    .kind = req_form(rq, S("slags"))};
	enum err e = req_param_id(rq, S("id"), &p.id);
	if (e != ERR_OK)
		return e;
	if (rq->http->n_files == 0)
		return answer(rq, "parts", NULL);
	p.box = rq->http->files[0].bytes;
	if (!str_int(req_form(rq, S("nr")), &p.nr))
		p.nr = -1;
	e = field_put(rq->db, rq->arena, &rq->who, &p);
	if (e == ERR_INVALID)
		return answer(rq, "refused",
		    N_("It cannot be opened any more: the day is closed."));
	return e == ERR_OK ? answer(rq, "part", NULL) : e;
}

/* ---- all parts are here ---- */

static enum err
keep_draft(struct req *rq, struct field_item *item, const struct field_form *f)
{
	item->state = S("draft");
	item->person = f->c.person;
	item->allows = f->allows;
	enum err e = field_settle(rq->db, rq->arena, &rq->who, item);
	return e == ERR_OK ? answer_item(rq, item) : e;
}

static enum err
take_words(struct req *rq, struct field_item *item)
{
	struct field_form f;
	enum err e = field_form_read(rq, item, item->words, &f);
	if (e == ERR_INVALID)
		return answer(rq, "refused", N_("It cannot be read."));
	if (e != ERR_OK)
		return e;
	if (!field_form_is_whole(&f))
		return keep_draft(rq, item, &f);
	e = contribution_add(rq->db, rq->arena, &rq->who, &f.c, f.told);
	item->state = S("received");
	item->allows = f.allows;
	if (e == ERR_OK)
		e = field_settle(rq->db, rq->arena, &rq->who, item);
	return e == ERR_OK ? answer_item(rq, item) : e;
}

static const char *
media_fault(enum err e)
{
	switch (e) {
	case ERR_DENIED:
		return N_("Nobody said yes to it, so it is not taken.");
	case ERR_LIMITED:
		return N_("There are too many recordings for one person.");
	case ERR_TOO_LARGE:
		return N_("It is too large.");
	case ERR_INVALID:
		return N_("It cannot be opened any more: the day is closed.");
	default:
		return NULL;
	}
}

static enum err
take_media(struct req *rq, const struct field_item *item)
{
	bool sound = str_eq(item->kind, S("sound"));
	struct field_media f = {.item = *item,
	    .dir = rq->site->data_dir,
	    .name = sound ? req_tr(rq, "Sound from the field")
			  : req_tr(rq, "Photo from the field")};
	enum err e = field_hand_on(rq->db, rq->arena, &rq->who, &f);
	if (e == ERR_CONFLICT)
		return answer(rq, "parts", NULL);
	if (media_fault(e) != NULL)
		return answer(rq, "refused", media_fault(e));
	if (e != ERR_OK)
		return e;
	rq->kick = f.whole;
	return f.whole ? answer_item(rq, &f.item) : answer(rq, "more", NULL);
}

/* POST /netvaerk/N/felt/ITEM/ind: it has `dele` parts, and all were sent. */
enum err
page_field_take(struct req *rq)
{
	struct id id;
	struct field_item item;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = field_get(rq->db, rq->arena, &rq->who, id, &item);
	if (e == ERR_NOT_FOUND)
		return answer(rq, "parts", NULL);
	if (e != ERR_OK)
		return e;
	if (!str_eq(item.state, S("coming")))
		return answer_item(rq, &item);
	if (!str_int(req_form(rq, S("dele")), &item.parts) ||
	    item.parts > FIELD_PARTS)
		item.parts = 0;
	if (!str_eq(item.kind, S("voice")))
		return take_media(rq, &item);
	e = field_open(rq->db, rq->arena, &rq->who, &item, &item.words);
	if (e == ERR_CONFLICT)
		return answer(rq, "parts", NULL);
	if (e == ERR_INVALID)
		return answer(rq, "refused", media_fault(e));
	return e == ERR_OK ? take_words(rq, &item) : e;
}

/* POST /netvaerk/N/felt/dag/ID/slut: everything is in. */
enum err
page_field_end(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = field_day_end(rq->db, rq->arena, &rq->who, id);
	return e == ERR_OK ? answer(rq, "ended", NULL) : e;
}
