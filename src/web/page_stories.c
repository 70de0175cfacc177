/* SPDX-License-Identifier: MPL-2.0 */

/* Stories: all of them, the page of one, and one as a file. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/story.h"
#include "view_stories.h"
#include "view_story.h"
#include "web/brief.h"
#include "web/decision_view.h"
#include "web/faults.h"
#include "web/idea_view.h"
#include "web/leaving.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/reading.h"
#include "web/section.h"
#include "web/sheet.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { LABEL = 90, TEXT_BYTES = 512 * 1024 };

static const struct section_spec section = {KIND_STORY,
    N_("Stories in the plan"), N_("What it is called, and for whom."), NULL,
    N_("No stories yet."), false};

static struct str
story_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/fortaellinger/"),
	    id_text(rq->arena, id), str_c(rest));
}

static struct str
value(const struct story *s, const char *field)
{
	return record_value(&s->record, field);
}

/* ---- all of them ---- */

enum err
stories_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct records *all = &plan->of[KIND_STORY];
	struct view_stories v = {
	    .head = decision_head(rq, plan, req_tr(rq, "Stories")),
	    .foot = shell_foot(rq),
	    .section = section_view(rq, plan, edit, &section),
	};
	struct view_stories_stories *rows =
	    arena_new(rq->arena, struct view_stories_stories, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		rows[i] = (struct view_stories_stories){
		    .href = story_href(rq, all->list[i].id, ""),
		    .title = record_value(&all->list[i], "title"),
		    .readers = choice_label(rq, story_readers,
			record_value(&all->list[i], "readers"))};
	v.stories.p = rows;
	v.stories.n = all->n;
	tmpl_stories(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/fortaellinger */
enum err
page_stories(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "fortaellinger", &edit);
	return e == ERR_OK ? stories_show(rq, &edit, 200) : e;
}

/* ---- one ---- */

struct page {
	struct req *rq;
	const struct plan *plan;
	struct story story;
	struct str error, lead;
};

static enum err
load(struct page *p)
{
	struct id id;
	struct req *rq = p->rq;
	enum err e = plans_get(rq, &p->plan);
	if (e == ERR_OK)
		e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK
	    ? story_get(rq->db, rq->arena, &rq->who, id, &p->story)
	    : e;
}

static struct str
words_of(struct req *rq, const struct story_voice *s)
{
	if (s->quote != NULL)
		return brief_quote(rq, s->quote);
	return s->held ? S("")
		       : req_tr(rq, "Words that are not for you to read");
}

static void
fill_voices(const struct page *p, struct view_story *v)
{
	struct req *rq = p->rq;
	struct view_story_voices *rows =
	    arena_new(rq->arena, struct view_story_voices, p->story.n);
	for (ptrdiff_t i = 0; i < p->story.n; i++) {
		const struct story_voice *s = &p->story.voice[i];
		rows[i] = (struct view_story_voices){.number = s->number,
		    .id = id_text(rq->arena, s->contribution),
		    .href = voice_href(rq, s->contribution, ""),
		    .lead = s->lead,
		    .words = words_of(rq, s),
		    .key = req_new_key(rq)};
	}
	v->voices.p = rows;
	v->voices.n = p->story.n;
}

static void
fill_notes(const struct page *p, struct view_story *v)
{
	struct req *rq = p->rq;
	struct rule_limits limits = rule_limits_default();
	struct rules rules = rules_new(rq->arena, rq->lang, &limits);
	story_rules(&rules, &p->story);
	struct view_story_notes *rows =
	    arena_new(rq->arena, struct view_story_notes, rules.n);
	for (ptrdiff_t i = 0; i < rules.n; i++)
		rows[i] = (struct view_story_notes){
		    .text = rule_text(&rules, &rules.hit[i]),
		    .way = rule_way(&rules, &rules.hit[i])};
	v->notes.p = rows;
	v->notes.n = rules.n;
	v->has_file = story_may_leave(&p->story);
}

/* What may go to its readers, and is not in it. */
static enum err
fill_options(const struct page *p, struct view_story *v)
{
	struct req *rq = p->rq;
	struct quotes all;
	enum err e =
	    quote_all(rq->db, rq->arena, &rq->who, p->story.readers, &all);
	if (e != ERR_OK)
		return e;
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, all.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		bool in = false;
		const struct quote *q = &all.list[i];
		for (ptrdiff_t k = 0; k < p->story.n; k++)
			in = in ||
			    id_eq(p->story.voice[k].contribution,
				q->contribution);
		if (!in)
			rows[n++] = (struct view_option){
			    .value = id_text(rq->arena, q->contribution),
			    .label = utf8_cut(q->words, LABEL)};
	}
	v->options = (struct view_option_array){rows, n};
	const struct input in = {.kind = INPUT_TEXT,
	    .name = "lead",
	    .label = N_("What stands before them, in your words"),
	    .value = p->lead,
	    .optional = true,
	    .rows = 2};
	v->inputs = inputs_view(rq, &in, 1);
	return ERR_OK;
}

/* The network's own words: those of people are theirs. */
static struct view_reading
reading_of(const struct page *p)
{
	struct buf b = buf_new(p->rq->arena, TEXT_BYTES);
	buf_add(&b, value(&p->story, "opening"));
	for (ptrdiff_t i = 0; i < p->story.n; i++) {
		buf_add(&b, S("\n\n"));
		buf_add(&b, p->story.voice[i].lead);
	}
	buf_add(&b, S("\n\n"));
	buf_add(&b, value(&p->story, "ending"));
	struct str text = str_trim(buf_str(&b));
	struct plain plain =
	    plain_check(p->rq->arena, text, LANG_DA, PLAIN_CITIZEN);
	return reading_view(p->rq, text, &plain);
}

static void
fill_about(const struct page *p, struct view_story *v)
{
	struct req *rq = p->rq;
	const struct record *idea =
	    plan_ref(p->plan, KIND_IDEA, value(&p->story, "idea"));
	const struct record *decision =
	    plan_ref(p->plan, KIND_DECISION, value(&p->story, "decision"));
	if (idea != NULL) {
		v->idea = plan_title(p->plan, rq->arena, idea);
		v->idea_href = idea_href(rq, idea->id, "");
	}
	if (decision != NULL) {
		v->decision = plan_title(p->plan, rq->arena, decision);
		v->decision_href = decision_href(rq, decision->id, "");
	}
}

static enum err
show(const struct page *p, int status)
{
	struct req *rq = p->rq;
	struct id id = p->story.record.id;
	bool edits = actor_may(&rq->who, CAP_EDIT);
	struct view_story v = {
	    .head = decision_head(rq, p->plan, value(&p->story, "title")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, p->error),
	    .title = value(&p->story, "title"),
	    .readers =
		choice_label(rq, story_readers, value(&p->story, "readers")),
	    .opening = value(&p->story, "opening"),
	    .ending = value(&p->story, "ending"),
	    .reading = reading_of(p),
	    .can_edit = edits,
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .list_href = req_network_path(rq, "/fortaellinger"),
	    .edit_href = edits
		? edit_href(rq, "fortaellinger", &p->story.record)
		: S(""),
	    .add_action = story_href(rq, id, "/ord"),
	    .drop_action = story_href(rq, id, "/ord/fjern"),
	    .hand_out = {.csrf = req_csrf(rq),
		.pdf = story_href(rq, id, "/fil.pdf"),
		.odt = story_href(rq, id, "/fil.odt"),
		.txt = story_href(rq, id, "/fil.txt")},
	};
	fill_about(p, &v);
	fill_voices(p, &v);
	fill_notes(p, &v);
	enum err e = edits ? fill_options(p, &v) : ERR_OK;
	if (e != ERR_OK)
		return e;
	tmpl_story(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/fortaellinger/ID */
enum err
page_story(struct req *rq)
{
	struct page p = {.rq = rq};
	enum err e = load(&p);
	return e == ERR_OK ? show(&p, 200) : e;
}

/* ---- its words ---- */

static enum err
back_to(const struct page *p)
{
	struct req *rq = p->rq;
	struct str path = story_href(rq, p->story.record.id, "");
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s?besked=gemt#ord", STR_ARG(path));
}

/* POST /netvaerk/N/fortaellinger/ID/ord */
enum err
page_story_add(struct req *rq)
{
	struct page p = {.rq = rq, .lead = req_form(rq, S("lead"))};
	struct story_voice v = {.lead = p.lead};
	enum err e = load(&p);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("contribution")), &v.contribution))
		return ERR_INVALID;
	e = story_add(rq->db, rq->arena, &rq->who, &p.story, &v);
	if (e != ERR_INVALID)
		return e == ERR_OK ? back_to(&p) : e;
	p.error = req_tr(rq,
	    "These words may not go to these readers, the story is full, or "
	    "what you wrote has a CPR number or is too long.");
	return show(&p, 422);
}

/* POST /netvaerk/N/fortaellinger/ID/ord/fjern */
enum err
page_story_drop(struct req *rq)
{
	struct id voice;
	struct page p = {.rq = rq};
	enum err e = load(&p);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("contribution")), &voice))
		return ERR_INVALID;
	e = story_drop(rq->db, rq->arena, &rq->who, &p.story, voice);
	return e == ERR_OK ? back_to(&p) : e;
}

/* ---- as a file ---- */

static struct doc *
story_doc(const struct page *p)
{
	struct req *rq = p->rq;
	struct doc *doc = sheet_new(rq, p->plan, value(&p->story, "title"));
	doc_say(doc, value(&p->story, "opening"));
	for (ptrdiff_t i = 0; i < p->story.n; i++) {
		const struct story_voice *s = &p->story.voice[i];
		doc_say(doc, s->lead);
		doc_run(doc, doc_note(doc), DOC_EMPHASIS,
		    brief_quote(rq, s->quote));
	}
	doc_say(doc, value(&p->story, "ending"));
	return doc;
}

static struct str
story_text(const struct page *p)
{
	struct buf b = buf_new(p->rq->arena, TEXT_BYTES);
	buf_add(&b, value(&p->story, "title"));
	buf_add(&b, S("\n\n"));
	buf_add(&b, value(&p->story, "opening"));
	for (ptrdiff_t i = 0; i < p->story.n; i++) {
		const struct story_voice *s = &p->story.voice[i];
		buf_add(&b, S("\n\n"));
		buf_add(&b, s->lead);
		buf_add(&b, s->lead.n > 0 ? S("\n\n") : S(""));
		buf_add(&b, brief_quote(p->rq, s->quote));
	}
	buf_add(&b, S("\n\n"));
	buf_add(&b, value(&p->story, "ending"));
	buf_byte(&b, '\n');
	return buf_str(&b);
}

enum format { PDF, ODT, TXT };

static void
note_leaving(const struct page *p)
{
	const struct story *s = &p->story;
	struct ids held = {arena_new(p->rq->arena, struct id, s->n), 0};
	for (ptrdiff_t i = 0; i < s->n; i++)
		held.list[held.n++] = s->voice[i].contribution;
	leaving_note(p->rq, s->readers, S("story"), &held);
}

/* Each time as it may be at that moment, and noted. */
static enum err
file_of(struct req *rq, enum format format)
{
	struct page p = {.rq = rq};
	enum err e = load(&p);
	if (e != ERR_OK)
		return e;
	if (!story_may_leave(&p.story))
		return show(&p, 409);
	note_leaving(&p);
	return format == TXT
	    ? req_file(rq, S("text/plain; charset=utf-8"), S("fortaelling.txt"),
		  story_text(&p))
	    : sheet_answer(rq, story_doc(&p), "fortaelling", format == PDF);
}

/* POST /netvaerk/N/fortaellinger/ID/fil.pdf */
enum err
page_story_pdf(struct req *rq)
{
	return file_of(rq, PDF);
}

/* POST /netvaerk/N/fortaellinger/ID/fil.odt */
enum err
page_story_odt(struct req *rq)
{
	return file_of(rq, ODT);
}

/* POST /netvaerk/N/fortaellinger/ID/fil.txt */
enum err
page_story_txt(struct req *rq)
{
	return file_of(rq, TXT);
}
