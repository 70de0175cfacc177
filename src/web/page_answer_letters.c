/* SPDX-License-Identifier: MPL-2.0 */

/* Answers on paper, by Digital Post and as text messages: a batch that was made
 * (model/reply_post.h), as files. */
#include "model/reply.h"
#include "web/pages.h"
#include "web/posting.h"

struct batch {
	struct letter_batch codes;
	struct decision d;
	struct trace trace;
	struct replies replies;
	struct posting posting;
};

/* Told by something that is fetched here, so that it may have to be made anew. */
static bool
is_fetched(struct str channel)
{
	return str_eq(channel, S("letter")) || str_eq(channel, S("sms")) ||
	    str_eq(channel, S("digital_post"));
}

static enum err
add_letter(struct req *rq, struct batch *b, const struct letter_code *code)
{
	struct reply_parts parts;
	const struct reply_to *r = reply_find(&b->replies, code->person);
	/* What they said was taken back meanwhile, or they were told another
	 * way; one that was noted as posted may have to be printed anew. */
	if (r == NULL || r->open > 0 ||
	    (!reply_is_owed(r) && !is_fetched(r->channel)))
		return ERR_OK;
	enum err e = reply_parts(rq->db, rq->arena, &rq->who, r, &parts);
	if (e != ERR_OK)
		return e;
	struct str text = reply_text(
	    rq->arena, &b->d, r, &parts, &(struct reply_look){LANG_DA, true});
	return posting_add(rq, &b->posting, code, text);
}

static enum err
load(struct req *rq, struct batch *b)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = letters_open(rq->db, rq->arena, &rq->who, id, &b->codes);
	if (e == ERR_OK)
		e = decision_get(
		    rq->db, rq->arena, &rq->who, b->codes.invitation, &b->d);
	if (e == ERR_OK && b->d.state < DECISION_REASONED)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = trace_load(rq->db, rq->arena, &rq->who, &b->d, &b->trace);
	return e == ERR_OK
	    ? reply_list(rq->db, rq->arena, &rq->who, &b->trace, &b->replies)
	    : e;
}

/* A text message says that there is an answer, and not on what. */
static enum err
fill(struct req *rq, struct batch *b)
{
	enum err e = posting_begin(rq, LANG_DA, &b->posting);
	b->posting.name = "svarbreve";
	b->posting.format = b->codes.format;
	b->posting.sms = tr(LANG_DA, N_("You have an answer from us"));
	b->posting.all.heading = record_value(&b->d.record, "title");
	b->posting.all.help = tr(LANG_DA,
	    N_("Is something wrong, or do you want to ask? Tell us on your "
	       "page, or call us."));
	for (ptrdiff_t i = 0; e == ERR_OK && i < b->codes.n; i++)
		e = add_letter(rq, b, &b->codes.code[i]);
	return e == ERR_OK && b->posting.n == 0 ? ERR_NOT_FOUND : e;
}

/* GET /netvaerk/N/svarbreve/ID */
enum err
page_answer_letters(struct req *rq)
{
	struct batch *b = arena_new(rq->arena, struct batch, 1);
	enum err e = load(rq, b);
	if (e == ERR_OK)
		e = fill(rq, b);
	return e == ERR_OK ? posting_answer(rq, &b->posting) : e;
}
