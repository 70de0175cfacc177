/* SPDX-License-Identifier: MPL-2.0 */

/* The report of a network (netværksberetning): what it was about, who took
 * part, what was understood, which ideas were carried on, what was decided and
 * what is missing.  Numbers of few are hidden, as it is handed on, and people's
 * own words are left to the stories, which are noted as they leave. */
#include "base/buf.h"
#include "model/evidence.h"
#include "model/idea.h"
#include "model/story.h"
#include "model/trace.h"
#include "web/brief.h"
#include "view_report.h"
#include "web/decision_view.h"
#include "web/doc_view.h"
#include "web/handover.h"
#include "web/edit.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/sheet.h"
#include "web/shell.h"

struct report {
	struct req *rq;
	const struct plan *plan;
	struct heard heard;
	struct str skew;
	struct strengths strengths;
	struct trace_overview trace;
	struct trace_numbers numbers;
	struct doc *doc;
};

static enum err
load(struct report *r)
{
	struct req *rq = r->rq;
	struct skew skew;
	struct rules rules;
	enum err e = plans_get(rq, &r->plan);
	if (e == ERR_OK)
		e = heard_skew(rq, &skew, &rules);
	if (e != ERR_OK)
		return e;
	r->skew = rules.n > 0 ? rule_text(&rules, &rules.hit[0]) : S("");
	e = heard_groups(rq, r->plan, &skew, true, &r->heard);
	if (e == ERR_OK)
		e = evidence_strengths(
		    rq->db, rq->arena, &rq->who, &r->strengths);
	if (e == ERR_OK)
		e = trace_overview(rq->db, rq->arena, &rq->who, &r->trace);
	if (e == ERR_OK)
		r->numbers = trace_numbers(rq->arena, &r->trace, r->heard.k);
	return e;
}

/* ---- the parts ---- */

static void
head(const struct report *r, int level, const char *msgid)
{
	doc_heading(r->doc, level, req_tr(r->rq, msgid));
}

static void
say_if(const struct report *r, const char *label, struct str text)
{
	if (text.n > 0)
		doc_run(r->doc, doc_pair(r->doc, req_tr(r->rq, label)),
		    DOC_PLAIN, text);
}

/* Those parts of the plan that there is one of, where they are written. */
static void
add_singles(const struct report *r, const enum record_kind *kinds, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		const struct record *one = plan_single(r->plan, kinds[i]);
		if (one == NULL)
			continue;
		doc_heading(
		    r->doc, 1, req_tr(r->rq, record_def(kinds[i])->title));
		sheet_record(r->rq, r->doc, r->plan, one);
	}
}

static void
add_frame(const struct report *r)
{
	static const enum record_kind kinds[] = {
	    KIND_PURPOSE, KIND_NEED, KIND_PROMISE, KIND_SCOPE};
	add_singles(r, kinds, COUNT_OF(kinds));
	const struct records *questions = &r->plan->of[KIND_QUESTION];
	if (questions->n > 0)
		head(r, 1, N_("What the network asked"));
	for (ptrdiff_t i = 0; i < questions->n; i++)
		doc_run(r->doc, doc_bullet(r->doc), DOC_PLAIN,
		    plan_title(r->plan, r->rq->arena, &questions->list[i]));
}

/* What was agreed on judging it and on spreading it. */
static void
add_after(const struct report *r)
{
	static const enum record_kind kinds[] = {KIND_EVALUATION, KIND_SPREAD};
	add_singles(r, kinds, COUNT_OF(kinds));
}

static void
add_heard(const struct report *r)
{
	struct req *rq = r->rq;
	head(r, 1, N_("Who was heard"));
	for (ptrdiff_t i = 0; i < r->heard.n; i++)
		doc_run(r->doc, doc_pair(r->doc, r->heard.list[i].name),
		    DOC_PLAIN,
		    req_tr1(rq, "%1 voices", r->heard.list[i].words));
	if (r->heard.n == 0)
		doc_say(r->doc, req_tr(rq, "No target group was chosen."));
	doc_say(r->doc, r->skew);
}

static void
add_activities(const struct report *r)
{
	struct req *rq = r->rq;
	const struct records *all = &r->plan->of[KIND_ACTIVITY];
	if (all->n == 0)
		return;
	head(r, 1, N_("Activities"));
	for (ptrdiff_t i = 0; i < all->n; i++) {
		struct date day;
		const struct record *a = &all->list[i];
		bool dated = date_parse(record_value(a, "day"), &day);
		struct doc_text *text = doc_bullet(r->doc);
		doc_run(
		    r->doc, text, DOC_PLAIN, plan_title(r->plan, rq->arena, a));
		if (dated)
			doc_run(r->doc, text, DOC_PLAIN,
			    str_cat(rq->arena, S(", "),
				lang_date(rq->arena, rq->lang, day)));
	}
}

static void
add_insights(const struct report *r)
{
	struct req *rq = r->rq;
	const struct records *all = &r->plan->of[KIND_INSIGHT];
	head(r, 1, N_("What was understood"));
	if (all->n == 0)
		doc_say(r->doc, req_tr(rq, "No insights were written."));
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *in = &all->list[i];
		struct strength s = evidence_strength(&r->strengths, in->id);
		struct doc_text *text = doc_bullet(r->doc);
		doc_run(r->doc, text, DOC_PLAIN, record_value(in, "statement"));
		doc_run(r->doc, text, DOC_EMPHASIS,
		    str_cat(rq->arena, S(" "),
			brief_strength(rq, s.people, r->heard.k)));
		if (s.against > 0)
			doc_run(r->doc, text, DOC_EMPHASIS,
			    str_cat(rq->arena, S(" "),
				req_tr(rq, "Somebody says otherwise.")));
	}
}

static void
add_ideas(const struct report *r)
{
	ptrdiff_t left = 0;
	const struct records *all = &r->plan->of[KIND_IDEA];
	head(r, 1, N_("Ideas that were carried on"));
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *idea = &all->list[i];
		if (handover_has(idea)) {
			doc_heading(r->doc, 2, record_value(idea, "title"));
			handover_add(r->rq, r->doc, r->plan, idea);
		} else {
			left++;
		}
	}
	doc_say(r->doc,
	    req_tr1(r->rq, "Other ideas on the board: %1.",
		lang_int(r->rq->arena, r->rq->lang, left)));
}

static void
add_grades(const struct report *r, const struct trace_sum *sum)
{
	struct req *rq = r->rq;
	for (int g = 0; g <= GRADES; g++) {
		int64_t n = g < GRADES ? sum->of[g] : sum->open;
		struct str said = n < 0 ? req_tr(rq, "hidden")
					: req_tr1(rq, "%1 voices",
					      lang_int(rq->arena, rq->lang, n));
		if (n != 0)
			doc_run(r->doc,
			    doc_pair(r->doc, grade_name(rq, (enum grade)g)),
			    DOC_PLAIN, said);
	}
}

static void
add_decisions(const struct report *r)
{
	struct req *rq = r->rq;
	head(r, 1, N_("What was decided"));
	if (r->trace.decisions.n == 0)
		doc_say(r->doc, req_tr(rq, "Nothing is decided yet."));
	for (ptrdiff_t i = 0; i < r->trace.decisions.n; i++) {
		const struct decision *d = &r->trace.decisions.list[i];
		const struct record *rec = &d->record;
		doc_heading(r->doc, 2, record_value(rec, "title"));
		say_if(r, N_("State"),
		    req_tr(rq, decision_states[d->state].label));
		say_if(r, N_("What was decided"), decision_outcome(rq, d));
		say_if(r, N_("When"), decision_day(rq, d, "taken"));
		say_if(r, N_("Why"), record_value(rec, "reason"));
		say_if(r, N_("What happens now"), record_value(rec, "next"));
		say_if(r, N_("What came of it"), record_value(rec, "result"));
		if (d->state > DECISION_PREPARED)
			add_grades(r, &r->numbers.sum[i]);
	}
}

/* How many voices no decision took up. */
static struct str
orphans_words(const struct report *r)
{
	struct req *rq = r->rq;
	const struct trace_numbers *n = &r->numbers;
	struct str voices = lang_int(rq->arena, rq->lang, n->voices);
	if (n->voices < 0)
		return req_tr(
		    rq, "So few have spoken that the numbers are hidden.");
	if (n->orphans < 0)
		return req_tr1(rq,
		    "Some of %1 voices have led to no decision that was taken. "
		    "How many is hidden, since one side of it is few.",
		    voices);
	return req_tr2(rq,
	    "Of %1 voices %2 have led to no decision that was taken.", voices,
	    lang_int(rq->arena, rq->lang, n->orphans));
}

/* Those that are for the network alone are not named where others read. */
static void
add_stories(const struct report *r)
{
	ptrdiff_t n = 0;
	const struct records *stories = &r->plan->of[KIND_STORY];
	for (ptrdiff_t i = 0; i < stories->n; i++) {
		const struct record *story = &stories->list[i];
		if (story_readers_of(story) < SCOPE_DECISION)
			continue;
		if (n++ == 0) {
			head(r, 1, N_("Stories"));
			doc_say(r->doc,
			    req_tr(r->rq,
				"People's own words stand in these, which are "
				"fetched one by one."));
		}
		doc_run(r->doc, doc_bullet(r->doc), DOC_PLAIN,
		    record_value(story, "title"));
	}
}

static void
add_missing(const struct report *r)
{
	head(r, 1, N_("What is missing"));
	doc_say(r->doc, orphans_words(r));
	add_stories(r);
}

static enum err
make(struct req *rq, struct doc **out)
{
	struct report *r = arena_new(rq->arena, struct report, 1);
	r->rq = rq;
	enum err e = load(r);
	if (e != ERR_OK)
		return e;
	r->doc = sheet_new(rq, r->plan,
	    req_tr1(rq, "The report of %1",
		record_value(&r->plan->network, "name")));
	doc_run(r->doc, doc_note(r->doc), DOC_PLAIN,
	    req_tr1(rq, "As it stood on %1. Numbers of few people are hidden.",
		lang_date(rq->arena, rq->lang, r->plan->today)));
	add_frame(r);
	add_heard(r);
	add_activities(r);
	add_insights(r);
	add_ideas(r);
	add_decisions(r);
	add_after(r);
	add_missing(r);
	*out = r->doc;
	return ERR_OK;
}

/* GET /netvaerk/N/beretning: as it is handed on. */
enum err
page_report(struct req *rq)
{
	struct doc *doc;
	const struct plan *plan;
	enum err e = make(rq, &doc);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_report v = {
	    .head = decision_head(rq, plan, doc->title),
	    .foot = shell_foot(rq),
	    .title = doc->title,
	    .list_href = req_network_path(rq, "/beslutninger"),
	    .pdf = req_network_path(rq, "/beretning.pdf"),
	    .odt = req_network_path(rq, "/beretning.odt"),
	    .odp = req_network_path(rq, "/beretning.odp"),
	    .txt = req_network_path(rq, "/beretning.txt"),
	    .document = doc_view(rq, doc),
	};
	tmpl_report(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /netvaerk/N/beretning.pdf, .odt, .odp, .txt */
enum err
page_report_file(struct req *rq)
{
	struct doc *doc;
	enum err e = make(rq, &doc);
	return e == ERR_OK ? sheet_file(rq, doc, "netvaerksberetning") : e;
}
