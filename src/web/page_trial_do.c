/* SPDX-License-Identifier: MPL-2.0 */

/* What is done with a trial: its goals, its stages, what people said. */
#include "base/buf.h"
#include "base/utf8.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/reading.h"
#include "web/take_off.h"
#include "web/trial_view.h"

static enum err
back_to(struct req *rq, const struct trial *t, const char *anchor)
{
	struct str path = trial_href(rq, t->record.id, "");
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s?besked=gemt#%s", STR_ARG(path), anchor);
}

/* Back to the page, or the page with what is in the way. */
static enum err
done(struct req *rq, const struct trial *t, struct trial_page *page, enum err e,
    const char *anchor)
{
	if (e == ERR_INVALID)
		return trial_show(rq, t, page, 422);
	if (e == ERR_CONFLICT) {
		page->error = req_tr(rq,
		    "The trial has gone on meanwhile. Look again, and do it "
		    "once more.");
		return trial_show(rq, t, page, 409);
	}
	return e == ERR_OK ? back_to(rq, t, anchor) : e;
}

/* POST /netvaerk/N/proever/ID/maal */
enum err
page_trial_goals(struct req *rq)
{
	struct trial t;
	struct trial_page page = {.lines.text = req_form(rq, S("goals"))};
	enum err e = trial_of(rq, &rq->who, &t);
	if (e != ERR_OK)
		return e;
	e = trial_goals_add(rq->db, rq->arena, &rq->who, &t, &page.lines);
	return done(rq, &t, &page, e, "maal");
}

/* POST /netvaerk/N/proever/ID/maal/fjern */
enum err
page_trial_goal_drop(struct req *rq)
{
	struct trial t;
	struct trial_page page = {0};
	int64_t number;
	enum err e = trial_of(rq, &rq->who, &t);
	if (e != ERR_OK)
		return e;
	if (!take_off_posted(rq, t.n_goals, &number))
		return ERR_INVALID;
	if (number != 0)
		e = trial_goal_drop(rq->db, rq->arena, &rq->who, &t, number);
	return done(rq, &t, &page, e, "maal");
}

/* ---- stages ---- */

static bool
read_stage(struct req *rq, struct trial_step *step)
{
	const struct choice *c =
	    choice_find(trial_stages, req_form(rq, S("stage")));
	if (c != NULL)
		step->to = (enum trial_stage)(c - trial_stages);
	return c != NULL;
}

/* A reason that is hard to read comes back once. */
static bool
is_hard(struct req *rq, struct trial_page *page)
{
	if (page->step.to != TRIAL_NEXT || req_checked(rq, S("hard_ok")))
		return false;
	page->error = reading_hard(rq, page->step.reason);
	page->hard = page->error.n > 0;
	return page->hard;
}

/* POST /netvaerk/N/proever/ID/trin */
enum err
page_trial_step(struct req *rq)
{
	struct trial t;
	struct trial_page page = {
	    .step = {.verdict = req_form(rq, S("verdict")),
		.reason = req_form(rq, S("reason"))}};
	enum err e = trial_of(rq, &rq->who, &t);
	if (e != ERR_OK)
		return e;
	if (!read_stage(rq, &page.step))
		return ERR_INVALID;
	if (is_hard(rq, &page))
		return trial_show(rq, &t, &page, 422);
	e = trial_move(rq->db, rq->arena, &rq->who, &t, &page.step);
	if (e == ERR_INVALID)
		page.error = req_tr(rq, page.step.fault);
	return done(rq, &t, &page, e, "indhold");
}

/* POST /netvaerk/N/proever/ID/bedoem */
enum err
page_trial_judge(struct req *rq)
{
	struct trial t;
	struct trial_page page = {
	    .judged = {.outcome = req_form(rq, S("outcome")),
		.why = req_form(rq, S("why"))}};
	enum err e = trial_of(rq, &rq->who, &t);
	if (e != ERR_OK)
		return e;
	if (!str_int(req_form(rq, S("number")), &page.judged.number))
		return ERR_INVALID;
	e = trial_judge(rq->db, rq->arena, &rq->who, &t, &page.judged);
	if (e == ERR_INVALID)
		page.error = req_tr(rq,
		    "Choose whether it hit, and write what you build that on, "
		    "without CPR numbers.");
	return done(rq, &t, &page, e, "maal");
}

/* ---- what people say ---- */

/* The words that came with the answers; false: something is to be mended. */
static bool
read_words(struct req *rq, struct trial_page *page)
{
	struct citizen_word *w = &page->reply.word;
	w->text = req_form(rq, S("text"));
	w->scope = idea_scope_typed(rq);
	page->reply.way = req_form(rq, S("way"));
	if (!id_parse(req_form(rq, S("word")), &w->id))
		w->id = id_new(rq->http->now_us);
	if (utf8_blank(w->text))
		return true;
	citizen_word_check(w, &page->word);
	if (!req_checked(rq, S("names_ok")))
		page->names = contribution_names(rq->arena, w->text);
	if (page->names.n > 0)
		page->error = req_tr1(rq,
		    "It looks like a name: %1. Leave it out, or tick that it "
		    "names nobody else.",
		    page->names);
	return !page->word.any && page->names.n == 0;
}

/* POST /netvaerk/N/proever/ID/svar: noted for somebody. */
enum err
page_trial_note(struct req *rq)
{
	struct trial t;
	struct trial_page page = {0};
	enum err e = trial_of(rq, &rq->who, &t);
	if (e != ERR_OK)
		return e;
	trial_typed(rq, &t, &page.reply);
	if (!read_words(rq, &page)) {
		(void)!id_parse(req_form(rq, S("person")), &page.reply.person);
		return trial_show(rq, &t, &page, 422);
	}
	if (id_parse(req_form(rq, S("person")), &page.reply.person))
		e = trial_notes(rq->db, rq->arena, &rq->who, &t, &page.reply);
	else
		e = ERR_INVALID;
	page.reply_fault = e == ERR_INVALID || e == ERR_NOT_FOUND;
	return done(rq, &t, &page, page.reply_fault ? ERR_INVALID : e, "maal");
}

/* POST /netvaerk/N/proever/ID/sagt: about the trial, used, or not. */
enum err
page_trial_said(struct req *rq)
{
	struct trial t;
	struct trial_page page = {0};
	struct trial_said s = {.unused = req_form(rq, S("unused"))};
	struct str what = req_form(rq, S("what"));
	enum err e = trial_of(rq, &rq->who, &t);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("contribution")), &s.contribution))
		return ERR_INVALID;
	struct trial_link link = {s.contribution, req_form(rq, S("way"))};
	if (str_eq(what, S("used")))
		e = trial_feedback_used(
		    rq->db, rq->arena, &rq->who, &t, s.contribution);
	else if (str_eq(what, S("unused")))
		e = trial_feedback_unused(rq->db, rq->arena, &rq->who, &t, &s);
	else
		e = trial_feedback_add(rq->db, rq->arena, &rq->who, &t, &link);
	if (e == ERR_INVALID)
		page.error = req_tr(rq,
		    "Write why it changed nothing, in words for the one who "
		    "said it, and without CPR numbers.");
	return done(rq, &t, &page, e, "sagt");
}
