/* SPDX-License-Identifier: MPL-2.0 */

/* What is done with an idea: a step, whether citizens see it, what a version
 * builds on, and a voice that becomes one. */
#include "base/buf.h"
#include "web/idea_view.h"
#include "web/page_idea.h"
#include "web/pages.h"
#include "web/reading.h"

/* The one that the form is about, and what was typed. */
static enum err
load(struct req *rq, struct ideas *all, const struct idea **idea,
    struct idea_step *step)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = ideas_get(rq, all);
	if (e != ERR_OK)
		return e;
	*idea = idea_find(all, id);
	*step = (struct idea_step){.state = req_form(rq, S("state")),
	    .reason = str_trim(req_form(rq, S("reason")))};
	if (!str_int(req_form(rq, S("rev")), &step->rev))
		step->rev = 0;
	return *idea == NULL ? ERR_NOT_FOUND : ERR_OK;
}

static enum err
again(struct req *rq, struct id id, const struct idea_step *step,
    struct str error, int status)
{
	struct idea_page page = {.id = id,
	    .error = error,
	    .state = step->state,
	    .reason = step->reason};
	return idea_page(rq, &page, status);
}

/* Back to its page, or the page with what is in the way. */
static enum err
done(struct req *rq, struct id id, const struct idea_step *step, enum err e,
    const char *invalid)
{
	if (e == ERR_INVALID)
		return again(rq, id, step, req_tr(rq, invalid), 422);
	if (e == ERR_CONFLICT)
		return again(rq, id, step,
		    req_tr(rq,
			"Somebody else changed it while you looked. "
			"Look again, and do it once more."),
		    409);
	if (e != ERR_OK)
		return e;
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	struct str href = idea_href(rq, id, "");
	return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(href));
}

/* A reason that is hard to read comes back once. */
static bool
is_hard(struct req *rq, const struct idea_step *step, struct idea_page *page)
{
	if (!idea_wants_reason(step->state) || req_checked(rq, S("hard_ok")))
		return false;
	page->error = reading_hard(rq, step->reason);
	page->hard = page->error.n > 0;
	page->state = step->state;
	page->reason = step->reason;
	return page->hard;
}

/* POST /netvaerk/N/ideer/ID/trin */
enum err
page_idea_step(struct req *rq)
{
	struct ideas all;
	const struct idea *idea;
	struct idea_step step;
	enum err e = load(rq, &all, &idea, &step);
	if (e != ERR_OK)
		return e;
	struct idea_page page = {.id = idea->record.id};
	if (is_hard(rq, &step, &page))
		return idea_page(rq, &page, 422);
	e = idea_move(rq->db, rq->arena, &rq->who, idea, &step);
	return done(rq, idea->record.id, &step, e,
	    str_eq(step.state, S("running"))
		? N_("It does not run yet (R14). Change the idea, and name "
		     "what people said that the change builds on.")
		: N_("It was not saved. Write why, in words for the one "
		     "whose idea it is, and without CPR numbers."));
}

/* POST /netvaerk/N/ideer/ID/vis */
enum err
page_idea_show(struct req *rq)
{
	struct ideas all;
	const struct idea *idea;
	struct idea_step step;
	enum err e = load(rq, &all, &idea, &step);
	if (e == ERR_OK)
		e = idea_show(rq->db, rq->arena, &rq->who, idea, &step);
	else
		return e;
	return done(rq, idea->record.id, &step, e,
	    N_("It was not hidden. Write why: the one whose idea it is reads "
	       "it."));
}

/* POST /netvaerk/N/ideer/ID/skil */
enum err
page_idea_apart(struct req *rq)
{
	struct ideas all;
	const struct idea *idea;
	struct idea_step step;
	enum err e = load(rq, &all, &idea, &step);
	if (e == ERR_OK)
		e = idea_take_apart(rq->db, rq->arena, &rq->who, idea, &step);
	else
		return e;
	return done(rq, idea->record.id, &step, e,
	    N_("It was not taken apart. Write why, without CPR numbers."));
}

/* POST /netvaerk/N/ideer/ID/svar: the feedback that this version builds on. */
enum err
page_idea_feedback(struct req *rq)
{
	struct ideas all;
	const struct idea *idea;
	struct idea_step step;
	struct id said;
	enum err e = load(rq, &all, &idea, &step);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("contribution")), &said))
		return ERR_INVALID;
	e = idea_name_feedback(rq->db, rq->arena, &rq->who, idea, said);
	return done(rq, idea->record.id, &step, e, "");
}

/* POST /netvaerk/N/ideer/ID/omskrevet */
enum err
page_idea_reworded(struct req *rq)
{
	struct ideas all;
	const struct idea *idea;
	struct idea_step step;
	enum err e = load(rq, &all, &idea, &step);
	if (e != ERR_OK)
		return e;
	e = idea_reworded(rq->db, rq->arena, &rq->who, idea);
	return done(rq, idea->record.id, &step, e, "");
}

/* POST /netvaerk/N/stemmer/ID/ide: other citizens see it only if it was meant
 * for everybody. */
enum err
page_voice_idea(struct req *rq)
{
	struct idea_birth birth = {.shown = S("yes")};
	enum err e = req_param_id(rq, S("id"), &birth.contribution);
	if (e == ERR_OK)
		e = idea_from_words(rq->db, rq->arena, &rq->who, &birth);
	if (e != ERR_OK)
		return e;
	struct str href = idea_href(rq, birth.contribution, "");
	struct str id = id_text(rq->arena, birth.contribution);
	return req_redirect(rq, "%.*s?ret=ide.%.*s#ide-%.*s", STR_ARG(href),
	    STR_ARG(id), STR_ARG(id));
}
