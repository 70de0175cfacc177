/* SPDX-License-Identifier: MPL-2.0 */

/* Decisions: all of them, and the page of one. */
#include "base/buf.h"
#include "view_decision.h"
#include "view_decisions.h"
#include "web/decision_view.h"
#include "web/facts.h"
#include "web/faults.h"
#include "web/line.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/section.h"
#include "web/shell.h"

enum { FACTS = 10, MOST_LINKS = 100, MOST_VOICES = 40 };

static const struct section_spec section = {KIND_DECISION,
    N_("Decisions in the plan"),
    N_("The question, what can change, and whose voices it has to answer."),
    NULL, N_("No decisions yet."), false};

/* ---- all of them ---- */

enum err
decisions_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	struct decisions all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = decision_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_decisions v = {
	    .head = decision_head(rq, plan, req_tr(rq, "Decisions")),
	    .foot = shell_foot(rq),
	    .section = section_view(rq, plan, edit, &section),
	    .trace_href = req_network_path(rq, "/spor"),
	    .report_href = req_network_path(rq, "/beretning"),
	    .public_href = req_network_path(rq, "/offentlig"),
	    .stories_href = req_network_path(rq, "/fortaellinger"),
	    .evaluation_href = req_network_path(rq, "/evaluering"),
	    .spread_href = req_network_path(rq, "/spredning"),
	};
	struct view_decisions_decisions *rows =
	    arena_new(rq->arena, struct view_decisions_decisions, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct decision *d = &all.list[i];
		bool taken = d->state > DECISION_PREPARED;
		rows[i] = (struct view_decisions_decisions){
		    .href = decision_href(rq, d->record.id, ""),
		    .title = record_value(&d->record, "title"),
		    .state = req_tr(rq, decision_states[d->state].label),
		    .body = record_value(&d->record, "body"),
		    .when = decision_day(rq, d, taken ? "taken" : "due"),
		    .outcome = decision_outcome(rq, d)};
	}
	v.decisions.p = rows;
	v.decisions.n = all.n;
	tmpl_decisions(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/beslutninger */
enum err
page_decisions(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "beslutninger", &edit);
	return e == ERR_OK ? decisions_show(rq, &edit, 200) : e;
}

/* ---- one: what it is ---- */

struct look {
	struct req *rq;
	const struct plan *plan;
	const struct decision *d;
	const struct decision_page *page;
	struct trace trace;
	struct replies replies;
	bool sent; /* somebody has had an answer */
};

static struct str
value(const struct look *l, const char *field)
{
	return record_value(&l->d->record, field);
}

static struct view_facts
facts_of(const struct look *l)
{
	static const char *const fields[] = {"room", "fixed", "options", "cost",
	    "body", "due", "activities", "ideas", "insights", "owner"};
	const struct record_def *def = record_def(KIND_DECISION);
	struct facts f = facts_new(l->rq, FACTS);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++) {
		const struct field_def *field =
		    &def->fields[record_field(KIND_DECISION, fields[i])];
		if (value(l, fields[i]).n > 0)
			facts_add(&f, req_tr(l->rq, field->label),
			    edit_shown(
				l->rq, l->plan, field, value(l, fields[i])));
	}
	return facts_view(&f);
}

/* ---- taking it ---- */

static struct view_inputs
taking_inputs(const struct look *l)
{
	struct decision_taking t = l->page->taking;
	bool typed = l->page->taking_typed;
	if (!typed)
		t = (struct decision_taking){.outcome = value(l, "outcome"),
		    .taken = value(l, "taken"),
		    .reason = value(l, "reason"),
		    .next = value(l, "next")};
	const struct input in[] = {{.kind = INPUT_RADIO,
				       .name = "outcome",
				       .label = N_("What was decided?"),
				       .value = t.outcome,
				       .fault = t.fault.outcome,
				       .choices = decision_outcomes},
	    {.kind = INPUT_DATE,
		.name = "taken",
		.label = N_("On which day?"),
		.value = t.taken,
		.fault = t.fault.taken},
	    {.kind = INPUT_TEXT,
		.name = "reason",
		.label = N_("Why? Everybody who said something reads this."),
		.hint = N_("In words that you could say to the person. It may "
			   "come later, but nobody is answered before."),
		.value = t.reason,
		.fault = t.fault.reason,
		.optional = true,
		.rows = 5},
	    {.kind = INPUT_TEXT,
		.name = "next",
		.label = N_("What happens now?"),
		.value = t.next,
		.fault = t.fault.next,
		.optional = true},
	    {.kind = INPUT_TICK,
		.name = "hard_ok",
		.label = N_("Keep it as it is")}};
	return inputs_view(l->rq, in, l->page->hard ? 5 : 4);
}

/* ---- the trace ---- */

/* Two forms stand on the page: their fields have names of their own. */
static struct view_inputs
link_inputs(const struct look *l, bool voices)
{
	bool typed = voices == l->page->voices;
	const struct input in[] = {
	    {.kind = INPUT_RADIO,
		.name = voices ? "voice_grade" : "grade",
		.label = voices ? N_("What did they do to it?")
				: N_("What did it do to it?"),
		.value = typed ? l->page->grade : S(""),
		.choices = trace_grades},
	    {.kind = INPUT_TEXT,
		.name = voices ? "voice_words" : "words",
		.label = N_("In one sentence, to those who said it"),
		.hint = N_("For a no: why. For what you cannot decide: to whom "
			   "you passed it on."),
		.value = typed ? l->page->words : S(""),
		.rows = 2},
	    {.kind = INPUT_TICK,
		.name = voices ? "voice_hard_ok" : "hard_link_ok",
		.label = N_("Keep it as it is")}};
	return inputs_view(l->rq, in, typed && l->page->link_hard ? 3 : 2);
}

static enum err
fill_links(const struct look *l, struct view_decision *v)
{
	struct req *rq = l->rq;
	ptrdiff_t all = l->trace.links.n;
	ptrdiff_t n = all < MOST_LINKS ? all : MOST_LINKS;
	struct view_decision_links *rows =
	    arena_new(rq->arena, struct view_decision_links, n);
	for (ptrdiff_t i = 0; i < n; i++) {
		struct source_name name;
		const struct trace_link *link = &l->trace.links.list[i];
		enum err e = source_name(rq, l->plan, link, &name);
		if (e != ERR_OK)
			return e;
		rows[i] = (struct view_decision_links){.kind = name.kind,
		    .source = name.words,
		    .href = name.href,
		    .id = id_text(rq->arena, link->source),
		    .kind_key = trace_kind_key(link->kind),
		    .grade = grade_name(rq, link->grade),
		    .words = link_words(link, &name),
		    .key = req_new_key(rq)};
	}
	v->links.p = rows;
	v->links.n = n;
	v->more_links = all - n;
	return ERR_OK;
}

static void
add_sources(const struct look *l, enum record_kind kind,
    struct view_option *rows, ptrdiff_t *n)
{
	const struct records *all = &l->plan->of[kind];
	struct str key =
	    trace_kind_key(kind == KIND_IDEA ? TRACE_IDEA : TRACE_INSIGHT);
	struct str name = req_tr(l->rq, record_def(kind)->title);
	for (ptrdiff_t i = 0; i < all->n; i++)
		rows[(*n)++] =
		    (struct view_option){.value = STR_JOIN(l->rq->arena, key,
					     S(":"), all->list[i].id_text),
			.label = STR_JOIN(l->rq->arena, name, S(": "),
			    plan_title(l->plan, l->rq->arena, &all->list[i]))};
}

static void
fill_sources(const struct look *l, struct view_decision *v)
{
	ptrdiff_t n = 0;
	struct view_option *rows = arena_new(l->rq->arena, struct view_option,
	    l->plan->of[KIND_INSIGHT].n + l->plan->of[KIND_IDEA].n);
	add_sources(l, KIND_INSIGHT, rows, &n);
	add_sources(l, KIND_IDEA, rows, &n);
	v->sources = (struct view_option_array){rows, n};
	v->links_open = v->can_link && !l->sent;
}

/* The first voices without a grade, each with what who asks may read of it. */
static enum err
fill_voices(const struct look *l, struct view_decision *v)
{
	struct req *rq = l->rq;
	struct str ticked = req_form_all(rq, S("source"));
	struct view_decision_voices *rows =
	    arena_new(rq->arena, struct view_decision_voices, MOST_VOICES);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->trace.n && n < MOST_VOICES; i++) {
		struct source_name name;
		struct trace_link voice = {
		    .source = l->trace.voice[i].contribution};
		if (l->trace.voice[i].via != NULL)
			continue;
		enum err e = source_name(rq, l->plan, &voice, &name);
		if (e != ERR_OK)
			return e;
		struct str id = id_text(rq->arena, voice.source);
		struct str source = str_cat(rq->arena, S("contribution:"), id);
		rows[n++] = (struct view_decision_voices){.id = id,
		    .source = source,
		    .words = name.words,
		    .chosen = input_has(ticked, source)};
	}
	v->voices.p = rows;
	v->voices.n = n;
	v->more = l->trace.open - n;
	return ERR_OK;
}

static enum err
fill_trace(const struct look *l, struct view_decision *v)
{
	v->has_trace = true;
	v->grades = grades_view(l->rq, l->trace.of, l->trace.open);
	v->open = l->trace.open;
	v->can_link = actor_may(&l->rq->who, CAP_EDIT) &&
	    (l->d->state == DECISION_TAKEN || l->d->state == DECISION_REASONED);
	fill_sources(l, v);
	v->link = link_inputs(l, false);
	v->voice_link = link_inputs(l, true);
	enum err e = fill_links(l, v);
	return e == ERR_OK && v->can_link ? fill_voices(l, v) : e;
}

/* ---- the answers ---- */

static enum err
fill_answers(const struct look *l, struct view_decision *v)
{
	struct date due;
	struct req *rq = l->rq;
	enum err e = reply_due(rq->db, rq->arena, &rq->who, l->d, &due);
	v->people = l->replies.n;
	v->owed = l->replies.owed;
	if (v->owed > 0 && date_is_set(due))
		v->due = lang_date(rq->arena, rq->lang, due);
	if (actor_may(&rq->who, CAP_PEOPLE))
		v->answers_href = decision_href(rq, l->d->record.id, "/svar");
	v->may_close =
	    actor_may(&rq->who, CAP_EDIT) && l->d->state == DECISION_REASONED;
	v->ready = l->trace.open == 0 && l->replies.owed == 0;
	if (l->trace.open > 0)
		v->gate = req_tr1(rq, "%1 voices have no grade.",
		    lang_int(rq->arena, rq->lang, l->trace.open));
	else if (l->replies.owed > 0)
		v->gate = req_tr1(rq, "%1 people have no answer.",
		    lang_int(rq->arena, rq->lang, l->replies.owed));
	return e;
}

static enum err
fill_news(const struct look *l, struct view_decision *v)
{
	struct req *rq = l->rq;
	struct decision_news all;
	enum err e =
	    decision_news(rq->db, rq->arena, &rq->who, l->d->record.id, &all);
	if (e != ERR_OK)
		return e;
	struct view_decision_news *rows =
	    arena_new(rq->arena, struct view_decision_news, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] =
		    (struct view_decision_news){.words = all.list[i].words,
			.when = lang_date(rq->arena, rq->lang,
			    date_danish(all.list[i].at_us))};
	v->news.p = rows;
	v->news.n = all.n;
	v->has_news = true;
	v->may_tell = actor_may(&rq->who, CAP_EDIT);
	v->may_follow = v->may_tell && l->d->state >= DECISION_ANSWERED;
	const struct input told = {.kind = INPUT_TEXT,
	    .name = "told",
	    .label = N_("What is there to tell?"),
	    .hint = N_("Everybody who had an answer sees it on their page."),
	    .value = l->page->told};
	const struct input result = {.kind = INPUT_TEXT,
	    .name = "result",
	    .label = N_("What came of it, in the end?"),
	    .value =
		l->page->result.n > 0 ? l->page->result : value(l, "result")};
	v->telling = inputs_view(rq, &told, 1);
	v->following = inputs_view(rq, &result, 1);
	return ERR_OK;
}

/* ---- the page ---- */

static void
fill_forms(const struct look *l, struct view_decision *v)
{
	struct req *rq = l->rq;
	struct id id = l->d->record.id;
	v->csrf = req_csrf(rq);
	v->rev = l->d->record.rev;
	v->take_key = req_new_key(rq);
	v->link_key = req_new_key(rq);
	v->voices_key = req_new_key(rq);
	v->close_key = req_new_key(rq);
	v->tell_key = req_new_key(rq);
	v->follow_key = req_new_key(rq);
	v->list_href = req_network_path(rq, "/beslutninger");
	v->brief_href = decision_href(rq, id, "/oplaeg");
	v->take_action = decision_href(rq, id, "/afgoer");
	v->link_action = decision_href(rq, id, "/spor");
	v->drop_action = decision_href(rq, id, "/spor/fjern");
	v->close_action = decision_href(rq, id, "/besvaret");
	v->tell_action = decision_href(rq, id, "/nyt");
	v->follow_action = decision_href(rq, id, "/opfoelgning");
	v->edit_href = actor_may(&rq->who, CAP_EDIT)
	    ? edit_href(rq, "beslutninger", &l->d->record)
	    : S("");
	v->takes = actor_may(&rq->who, CAP_DECIDE) && !l->sent &&
	    l->d->state <= DECISION_REASONED;
	if (v->takes)
		v->taking = taking_inputs(l);
}

static enum err
load(struct look *l)
{
	struct req *rq = l->rq;
	enum err e = plans_get(rq, &l->plan);
	if (e == ERR_OK)
		e = trace_load(rq->db, rq->arena, &rq->who, l->d, &l->trace);
	if (e == ERR_OK)
		e = reply_list(
		    rq->db, rq->arena, &rq->who, &l->trace, &l->replies);
	for (ptrdiff_t i = 0; e == ERR_OK && i < l->replies.n; i++)
		l->sent = l->sent || l->replies.list[i].sent_us > 0;
	return e;
}

enum err
decision_show(struct req *rq, const struct decision *d,
    const struct decision_page *page, int status)
{
	struct look l = {.rq = rq, .d = d, .page = page};
	enum err e = load(&l);
	if (e != ERR_OK)
		return e;
	struct view_decision v = {
	    .head = decision_head(rq, l.plan, value(&l, "title")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, page->error),
	    .title = value(&l, "title"),
	    .question = value(&l, "question"),
	    .outcome = decision_outcome(rq, d),
	    .taken = decision_day(rq, d, "taken"),
	    .body = value(&l, "body"),
	    .reason = value(&l, "reason"),
	    .next = value(&l, "next"),
	    .result = value(&l, "result"),
	    .facts = facts_of(&l),
	    .stages = line_view(rq, decision_states, (int)d->state),
	};
	fill_forms(&l, &v);
	if (d->state > DECISION_PREPARED)
		e = fill_trace(&l, &v);
	if (e == ERR_OK && d->state > DECISION_PREPARED)
		e = fill_answers(&l, &v);
	if (e == ERR_OK && d->state >= DECISION_REASONED)
		e = fill_news(&l, &v);
	if (e != ERR_OK)
		return e;
	tmpl_decision(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/beslutninger/ID */
enum err
page_decision(struct req *rq)
{
	struct decision d;
	enum err e = decision_at(rq, &rq->who, &d);
	return e == ERR_OK
	    ? decision_show(rq, &d, &(struct decision_page){0}, 200)
	    : e;
}
