/* SPDX-License-Identifier: MPL-2.0 */

/* Putting codes on passages of a voice, by its sentences or by what was marked
 * with the mouse. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/coding.h"
#include "web/coding_view.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/voice_view.h"

/* Sentences that follow each other are one passage. */
static struct passages
read_passages(struct req *rq, const struct contribution *c)
{
	struct passages all =
	    passage_sentences(rq->arena, contribution_words(c));
	struct passages out = {
	    arena_new(rq->arena, struct passage, all.n + 1), 0};
	struct str chosen = req_form_all(rq, S("s"));
	bool before = false;
	struct passage marked;
	if (str_int(req_form(rq, S("from")), &marked.from) &&
	    str_int(req_form(rq, S("to")), &marked.to)) {
		out.list[out.n++] = marked;
		return out;
	}
	for (ptrdiff_t i = 0; i < all.n; i++) {
		bool now = input_has(chosen, str_fmt(rq->arena, "%td", i + 1));
		if (now && before)
			out.list[out.n - 1].to = all.list[i].to;
		else if (now)
			out.list[out.n++] = all.list[i];
		before = now;
	}
	return out;
}

/* The form has one id; each passage and code of it gets one of its own, the
 * same when the form comes twice. */
static struct id
nth_id(struct id id, int64_t n)
{
	id.b[15] ^= (unsigned char)(n & 0xff);
	id.b[14] ^= (unsigned char)(n >> 8 & 0xff);
	return id;
}

static enum err
add_all(struct req *rq, const struct contribution *c, struct id id)
{
	struct passages at = read_passages(rq, c);
	struct str codes = req_form_all(rq, S("kode"));
	struct coding k = {.memo = req_form(rq, S("memo"))};
	int64_t n = 0;
	enum err e = ERR_OK;
	if (at.n == 0 || codes.n == 0)
		return ERR_INVALID;
	while (e == ERR_OK && codes.n > 0) {
		if (!id_parse(str_cut(&codes, ' '), &k.code))
			return ERR_INVALID;
		for (ptrdiff_t i = 0; e == ERR_OK && i < at.n; i++) {
			k.id = nth_id(id, n++);
			k.at = at.list[i];
			e = coding_add(rq->db, rq->arena, &rq->who, c, &k);
		}
	}
	return e;
}

/* POST /netvaerk/N/stemmer/ID/koder */
enum err
page_coding_add(struct req *rq)
{
	struct contribution c;
	struct id id, base;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = contribution_get(rq->db, rq->arena, &rq->who, id, &c);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("id")), &base))
		return ERR_INVALID;
	if (!str_int(req_form(rq, S("rev")), &c.rev))
		c.rev = 0;
	e = add_all(rq, &c, base);
	return voice_done(rq, id, e,
	    N_("It was not saved. Choose sentences and codes. No CPR number "
	       "in the note, and at most 200 codes on one voice."));
}

/* POST /netvaerk/N/stemmer/ID/koder/slet */
enum err
page_coding_drop(struct req *rq)
{
	struct id id, coding;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("coding")), &coding))
		return ERR_INVALID;
	e = coding_drop(rq->db, rq->arena, &rq->who, id, coding);
	return voice_done(rq, id, e, "");
}
