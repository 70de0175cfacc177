/* SPDX-License-Identifier: MPL-2.0 */

/* What is done with a decision: noting what was decided, linking voices to it,
 * closing and following it up. */
#include "base/buf.h"
#include "web/decision_view.h"
#include "web/pages.h"
#include "web/reading.h"

enum { MOST_TICKED = 100 };

static enum err
back_to(struct req *rq, const struct decision *d, const char *anchor)
{
	struct str path = decision_href(rq, d->record.id, "");
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s?besked=gemt#%s", STR_ARG(path), anchor);
}

/* Back to the page, or the page with what is in the way. */
static enum err
done(struct req *rq, const struct decision *d, struct decision_page *page,
    enum err e, const char *anchor)
{
	if (e == ERR_INVALID)
		return decision_show(rq, d, page, 422);
	struct decision now;
	if (e == ERR_CONFLICT) {
		e = decision_at(rq, &rq->who, &now);
		if (e != ERR_OK)
			return e;
		page->error = req_tr(rq,
		    "It has gone on meanwhile, or somebody has had an answer. "
		    "Look again.");
		return decision_show(rq, &now, page, 409);
	}
	return e == ERR_OK ? back_to(rq, d, anchor) : e;
}

/* ---- what was decided ---- */

/* POST /netvaerk/N/beslutninger/ID/afgoer: `rev` as the page had it. */
enum err
page_decision_take(struct req *rq)
{
	struct decision d;
	struct decision_page page = {.taking_typed = true,
	    .taking = {.outcome = req_form(rq, S("outcome")),
		.taken = req_form(rq, S("taken")),
		.reason = req_form(rq, S("reason")),
		.next = req_form(rq, S("next"))}};
	enum err e = decision_at(rq, &rq->who, &d);
	if (e != ERR_OK)
		return e;
	if (!str_int(req_form(rq, S("rev")), &d.record.rev))
		return ERR_INVALID;
	if (page.taking.reason.n > 0 && !req_checked(rq, S("hard_ok")))
		page.error = reading_hard(rq, page.taking.reason);
	page.hard = page.error.n > 0;
	if (page.hard)
		return decision_show(rq, &d, &page, 422);
	e = decision_take(rq->db, rq->arena, &rq->who, &d, &page.taking);
	return done(rq, &d, &page, e, "indhold");
}

/* ---- the trace ---- */

/* "insight:ID" */
static bool
read_source(struct str text, struct trace_link *out)
{
	struct str kind = str_cut(&text, ':');
	return trace_kind_parse(kind, &out->kind) &&
	    id_parse(text, &out->source);
}

/* A link a tick; false: one of them is none, or there are none or too many. */
static bool
read_ticked(struct req *rq, struct trace_link link, struct trace_links *out)
{
	struct str ticked = req_form_all(rq, S("source"));
	struct trace_link *list =
	    arena_new(rq->arena, struct trace_link, MOST_TICKED);
	*out = (struct trace_links){list, 0};
	while (ticked.n > 0) {
		struct str one = str_cut(&ticked, ' ');
		if (one.n == 0)
			continue;
		if (out->n == MOST_TICKED || !read_source(one, &link))
			return false;
		list[out->n++] = link;
	}
	return out->n > 0;
}

/* Which of the two forms of the page it is. */
static bool
is_of_voices(struct req *rq)
{
	return req_form(rq, S("voice_words")).n > 0 ||
	    req_form(rq, S("voice_grade")).n > 0;
}

/* POST /netvaerk/N/beslutninger/ID/spor: an insight or idea, or many voices. */
enum err
page_decision_link(struct req *rq)
{
	struct decision d;
	struct trace_links links;
	struct decision_page page = {.voices = is_of_voices(rq)};
	bool keep = req_checked(
	    rq, page.voices ? S("voice_hard_ok") : S("hard_link_ok"));
	page.words = req_form(rq, page.voices ? S("voice_words") : S("words"));
	page.grade = req_form(rq, page.voices ? S("voice_grade") : S("grade"));
	const struct choice *grade = choice_find(trace_grades, page.grade);
	enum err e = decision_at(rq, &rq->who, &d);
	if (e != ERR_OK)
		return e;
	if (!keep)
		page.error = reading_hard(rq, page.words);
	page.link_hard = page.error.n > 0;
	if (page.link_hard)
		return decision_show(rq, &d, &page, 422);
	struct trace_link link = {.words = page.words,
	    .grade =
		grade == NULL ? GRADES : (enum grade)(grade - trace_grades)};
	e = read_ticked(rq, link, &links)
	    ? trace_put(rq->db, rq->arena, &rq->who, &d, &links)
	    : ERR_INVALID;
	if (e == ERR_INVALID)
		page.error = req_tr(rq,
		    "Choose what it is about and a grade, and write a sentence "
		    "to those who said it, without CPR numbers.");
	return done(rq, &d, &page, e, "spor");
}

/* POST /netvaerk/N/beslutninger/ID/spor/fjern */
enum err
page_decision_unlink(struct req *rq)
{
	struct decision d;
	struct decision_page page = {0};
	struct trace_link link = {0};
	enum err e = decision_at(rq, &rq->who, &d);
	if (e != ERR_OK)
		return e;
	if (!trace_kind_parse(req_form(rq, S("kind")), &link.kind) ||
	    !id_parse(req_form(rq, S("source")), &link.source))
		return ERR_INVALID;
	e = trace_drop(rq->db, rq->arena, &rq->who, &d, &link);
	return done(rq, &d, &page, e, "spor");
}

/* ---- its end ---- */

/* POST /netvaerk/N/beslutninger/ID/besvaret */
enum err
page_decision_close(struct req *rq)
{
	struct decision d;
	struct decision_gate gate;
	struct decision_page page = {0};
	enum err e = decision_at(rq, &rq->who, &d);
	if (e != ERR_OK)
		return e;
	e = decision_close(rq->db, rq->arena, &rq->who, &d, &gate);
	if (e == ERR_INVALID)
		page.error = req_tr(rq,
		    "It is not answered yet. The page says who and what is "
		    "missing.");
	return done(rq, &d, &page, e, "svar");
}

static struct str
words_fault(struct req *rq)
{
	return req_tr(rq,
	    "Write what there is to tell, in not too many words and without "
	    "CPR numbers.");
}

/* POST /netvaerk/N/beslutninger/ID/nyt */
enum err
page_decision_tell(struct req *rq)
{
	struct decision d;
	struct decision_page page = {.told = req_form(rq, S("told"))};
	struct decision_told told = {.id = id_is_set(rq->form_key)
		? rq->form_key
		: id_new(rq->http->now_us),
	    .words = page.told};
	enum err e = decision_at(rq, &rq->who, &d);
	if (e != ERR_OK)
		return e;
	e = decision_tell(rq->db, rq->arena, &rq->who, &d, &told);
	if (e == ERR_INVALID)
		page.error = words_fault(rq);
	return done(rq, &d, &page, e, "nyt");
}

/* POST /netvaerk/N/beslutninger/ID/opfoelgning */
enum err
page_decision_follow(struct req *rq)
{
	struct decision d;
	struct decision_page page = {.result = req_form(rq, S("result"))};
	enum err e = decision_at(rq, &rq->who, &d);
	if (e != ERR_OK)
		return e;
	e = decision_follow(rq->db, rq->arena, &rq->who, &d, page.result);
	if (e == ERR_INVALID)
		page.error = words_fault(rq);
	return done(rq, &d, &page, e, "nyt");
}
