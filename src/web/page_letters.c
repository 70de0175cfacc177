/* SPDX-License-Identifier: MPL-2.0 */

/* Invitations on paper: a batch that was made, as letters, as files for
 * Digital Post, or as text messages. */
#include "model/invite.h"
#include "model/pause.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/posting.h"

struct batch {
	struct letter_batch codes;
	const struct plan *plan;
	const struct record *invitation;
	struct posting posting;
};

/* The words, and before them, to who is reminded, that it is a reminder. */
static struct str
letter_text(
    struct req *rq, const struct batch *b, const struct letter_code *code)
{
	struct str text = invitation_text(rq->arena, b->plan, b->invitation);
	if (code->reminds_us == 0)
		return text;
	return STR_JOIN(rq->arena,
	    invitation_reminder(rq->arena, b->invitation, code->reminds_us),
	    S("\n\n"), text);
}

static enum err
fill(struct req *rq, struct batch *b)
{
	const struct record *activity = plan_ref(
	    b->plan, KIND_ACTIVITY, record_value(b->invitation, "activity"));
	enum err e =
	    posting_begin(rq, invitation_lang(b->invitation), &b->posting);
	if (e != ERR_OK)
		return e;
	b->posting.format = b->codes.format;
	b->posting.all.large = str_eq(b->codes.format, S("large"));
	b->posting.all.help = record_value(b->invitation, "contact");
	if (activity != NULL)
		b->posting.all.heading = record_value(activity, "title");
	if (str_eq(b->codes.format, S("own")))
		b->posting.name = "invitationer";
	for (ptrdiff_t i = 0; e == ERR_OK && i < b->codes.n; i++)
		e = posting_add(rq, &b->posting, &b->codes.code[i],
		    letter_text(rq, b, &b->codes.code[i]));
	return e;
}

/* Nobody is invited to what waits: the page of the invitation says why. */
static enum err
look_at_pause(struct req *rq, const struct batch *b, bool *waits)
{
	struct id activity;
	struct pause pause = {0};
	struct str id = record_value(b->invitation, "activity");
	enum err e = id_parse(id, &activity)
	    ? pause_get(rq->db, rq->arena, &rq->who, activity, &pause)
	    : ERR_OK;
	*waits = pause.reason.n > 0;
	if (e != ERR_OK || !*waits)
		return e;
	struct str path = req_network_path(rq, "/aktiviteter/");
	return req_redirect(
	    rq, "%.*s%.*s/invitation", STR_ARG(path), STR_ARG(id));
}

/* GET /netvaerk/N/breve/ID */
enum err
page_letters(struct req *rq)
{
	struct id id;
	struct batch *b = arena_new(rq->arena, struct batch, 1);
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &b->plan);
	if (e == ERR_OK)
		e = letters_open(rq->db, rq->arena, &rq->who, id, &b->codes);
	if (e != ERR_OK)
		return e;
	b->invitation =
	    plan_find(b->plan, KIND_INVITATION, b->codes.invitation);
	if (b->invitation == NULL)
		return ERR_NOT_FOUND;
	bool waits;
	e = look_at_pause(rq, b, &waits);
	if (e != ERR_OK || waits)
		return e;
	e = fill(rq, b);
	return e == ERR_OK ? posting_answer(rq, &b->posting) : e;
}
