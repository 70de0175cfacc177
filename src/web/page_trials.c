/* SPDX-License-Identifier: MPL-2.0 */

/* Trials: all of them, and the page of one. */
#include "base/buf.h"
#include "base/utf8.h"
#include "view_trial.h"
#include "view_trials.h"
#include "web/facts.h"
#include "web/faults.h"
#include "web/idea_view.h"
#include "web/line.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/section.h"
#include "web/shell.h"
#include "web/take_off.h"
#include "web/trial_view.h"
#include "web/voice_view.h"

enum { FACTS = 8, MOST_VOICES = 100, MOST_PEOPLE = 500, LABEL = 80 };

static const struct section_spec section = {KIND_TRIAL,
    N_("Trials in the plan"), N_("What is tried, where and with whom."), NULL,
    N_("No trials yet."), false};

/* ---- all of them ---- */

enum err
trials_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	struct trials all;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = trial_list(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_trials v = {
	    .head = trial_head(rq, plan, req_tr(rq, "Trials")),
	    .foot = shell_foot(rq),
	    .section = section_view(rq, plan, edit, &section),
	    .ideas_href = req_network_path(rq, "/ideer"),
	};
	struct view_trials_trials *rows =
	    arena_new(rq->arena, struct view_trials_trials, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct trial *t = &all.list[i];
		rows[i] = (struct view_trials_trials){
		    .href = trial_href(rq, t->record.id, ""),
		    .title = record_value(&t->record, "title"),
		    .stage = req_tr(rq, trial_stages[t->stage].label),
		    .when = trial_when(rq, t),
		    .verdict = choice_label(rq, trial_verdicts,
			record_value(&t->record, "verdict"))};
	}
	v.trials.p = rows;
	v.trials.n = all.n;
	tmpl_trials(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/proever */
enum err
page_trials(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "proever", &edit);
	return e == ERR_OK ? trials_show(rq, &edit, 200) : e;
}

/* ---- one: what it is ---- */

struct look {
	struct req *rq;
	const struct plan *plan;
	const struct trial *t;
	const struct trial_page *page;
	struct trial_saids said;
};

static struct str
value(const struct look *l, const char *field)
{
	return record_value(&l->t->record, field);
}

static struct view_facts
facts_of(const struct look *l)
{
	static const char *const fields[] = {
	    "target_groups", "owner", "outcome", "verdict"};
	const struct record_def *def = record_def(KIND_TRIAL);
	struct facts f = facts_new(l->rq, FACTS);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++) {
		const struct field_def *field =
		    &def->fields[record_field(KIND_TRIAL, fields[i])];
		if (value(l, fields[i]).n > 0)
			facts_add(&f, req_tr(l->rq, field->label),
			    edit_shown(
				l->rq, l->plan, field, value(l, fields[i])));
	}
	return facts_view(&f);
}

/* ---- its goals ---- */

static const struct view_take_off *
off_of(const struct look *l, const struct trial_goal *g)
{
	return take_off_view(l->rq,
	    &(struct take_off){
		trial_href(l->rq, l->t->record.id, "/maal/fjern"), g->goal,
		g->number, l->t->n_goals});
}

static enum err
fill_goals(const struct look *l, struct view_trial *v)
{
	const struct trial *t = l->t;
	struct trial_count count[TRIAL_GOALS];
	enum err e =
	    trial_counts(l->rq->db, l->rq->arena, &l->rq->who, t, count);
	if (e != ERR_OK)
		return e;
	struct view_trial_goals *rows =
	    arena_new(l->rq->arena, struct view_trial_goals, t->n_goals);
	for (ptrdiff_t i = 0; i < t->n_goals; i++) {
		const struct trial_goal *g = &t->goal[i];
		bool typed = l->page->judged.number == g->number;
		rows[i] = (struct view_trial_goals){.number = g->number,
		    .goal = g->goal,
		    .sign = g->sign,
		    .tally = t->stage == TRIAL_START
			? S("")
			: trial_tally(l->rq, &count[i]),
		    .outcome = choice_label(l->rq, trial_outcomes, g->outcome),
		    .why = g->why,
		    .typed = typed ? l->page->judged.why : g->why,
		    .off = v->at_start ? off_of(l, g) : NULL,
		    .key = req_new_key(l->rq)};
		struct str chosen =
		    typed ? l->page->judged.outcome : g->outcome;
		rows[i].hit = str_eq(chosen, S("hit"));
		rows[i].nearly = str_eq(chosen, S("adjust"));
		rows[i].miss = str_eq(chosen, S("miss"));
	}
	v->goals.p = rows;
	v->goals.n = t->n_goals;
	return ERR_OK;
}

static struct view_inputs
goal_inputs(const struct look *l)
{
	const struct trial_lines *lines = &l->page->lines;
	const struct input in = {.kind = INPUT_TEXT,
	    .name = "goals",
	    .label = N_("More goals, one a line"),
	    .hint = N_("As the person would say it: I know whom I can call. "
		       "Then perhaps a semicolon, and how you can tell."),
	    .value = lines->text,
	    .fault = lines->fault,
	    .about = lang_int(l->rq->arena, l->rq->lang, lines->line),
	    .rows = 5};
	return inputs_view(l->rq, &in, 1);
}

/* ---- what people said ---- */

static void
fill_said(const struct look *l, struct view_trial *v)
{
	struct view_trial_said *rows =
	    arena_new(l->rq->arena, struct view_trial_said, l->said.n);
	for (ptrdiff_t i = 0; i < l->said.n; i++) {
		const struct trial_said *s = &l->said.list[i];
		rows[i] = (struct view_trial_said){.words = s->words,
		    .href = voice_href(l->rq, s->contribution, ""),
		    .who = s->alias,
		    .way = choice_label(l->rq, trial_ways, s->way),
		    .id = id_text(l->rq->arena, s->contribution),
		    .unused = s->unused,
		    .used = s->version > 0,
		    .version = s->version,
		    .key = req_new_key(l->rq)};
	}
	v->said.p = rows;
	v->said.n = l->said.n;
	v->said_open = l->said.open;
}

static bool
is_linked(const struct look *l, struct id id)
{
	for (ptrdiff_t i = 0; i < l->said.n; i++) {
		if (id_eq(l->said.list[i].contribution, id))
			return true;
	}
	return false;
}

/* Voices of the kind that are about no trial, or another one. */
static enum err
fill_voices(const struct look *l, struct view_trial *v)
{
	struct contribution_page page;
	struct contribution_filter f = {
	    .kind = S("feedback"), .max = MOST_VOICES};
	enum err e =
	    contribution_list(l->rq->db, l->rq->arena, &l->rq->who, &f, &page);
	if (e != ERR_OK)
		return e;
	struct view_option *rows =
	    arena_new(l->rq->arena, struct view_option, page.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < page.n; i++) {
		if (!is_linked(l, page.list[i].id))
			rows[n++] = (struct view_option){
			    .value = id_text(l->rq->arena, page.list[i].id),
			    .label = utf8_cut(
				contribution_words(&page.list[i]), LABEL)};
	}
	v->voices = (struct view_option_array){rows, n};
	struct view_option *ways =
	    arena_new(l->rq->arena, struct view_option, 5);
	for (n = 0; trial_ways[n].key != NULL; n++)
		ways[n] =
		    (struct view_option){.value = str_c(trial_ways[n].key),
			.label = req_tr(l->rq, trial_ways[n].label),
			.chosen = n == 1};
	v->ways = (struct view_option_array){ways, n};
	return ERR_OK;
}

/* ---- noting for somebody what they answered ---- */

static enum err
person_input(const struct look *l, struct input *in)
{
	struct req *rq = l->rq;
	struct person_page people;
	struct person_filter f = {.max = MOST_PEOPLE};
	struct id chosen = l->page->reply.person;
	enum err e = person_list(rq->db, rq->arena, &rq->who, &f, &people);
	if (e != ERR_OK)
		return e;
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options, people.n);
	for (ptrdiff_t i = 0; i < people.n; i++)
		list[i] = (struct view_input_options){
		    .value = id_text(rq->arena, people.list[i].id),
		    .label = STR_JOIN(rq->arena,
			person_code(rq->arena, people.list[i].number), S(" "),
			people.list[i].alias)};
	*in = (struct input){.kind = INPUT_SELECT,
	    .name = "person",
	    .label = N_("Who answers"),
	    .value = id_is_set(chosen) ? id_text(rq->arena, chosen) : S(""),
	    .fault = l->page->reply_fault
		? N_("Choose somebody who has not stopped, and of a child "
		     "one whose parent has said yes.")
		: NULL,
	    .options = {list, people.n}};
	return ERR_OK;
}

/* Nobody's reading is chosen beforehand (trust P02). */
static ptrdiff_t
word_inputs(const struct look *l, struct input *in)
{
	const struct trial_page *page = l->page;
	const struct citizen_word *w = &page->reply.word;
	ptrdiff_t n = 0;
	in[n++] = (struct input){.kind = INPUT_TEXT,
	    .name = "text",
	    .label = N_("What they say, word for word"),
	    .hint = N_("No names of other people, and no CPR number."),
	    .value = w->text,
	    .optional = true,
	    .fault = page->word.text};
	if (page->names.n > 0)
		in[n++] = (struct input){.kind = INPUT_TICK,
		    .name = "names_ok",
		    .label = N_("I have looked: it names nobody else")};
	in[n++] = (struct input){.kind = INPUT_RADIO,
	    .name = "scope",
	    .label = N_("Who may read their words?"),
	    .hint = N_("As they put the cross, or as they said."),
	    .value = idea_scope_key(l->rq, w->scope),
	    .optional = true,
	    .fault = page->word.scope,
	    .choices = idea_readers};
	in[n++] = (struct input){.kind = INPUT_SELECT,
	    .name = "way",
	    .label = N_("How it came"),
	    .value = page->reply.way,
	    .choices = trial_note_ways};
	return n;
}

static enum err
fill_reply(const struct look *l, struct view_trial *v)
{
	const struct trial_page *page = l->page;
	struct input in[TRIAL_GOALS + 5] = {{0}};
	enum err e = person_input(l, &in[0]);
	if (e != ERR_OK)
		return e;
	ptrdiff_t n = 1 + trial_inputs(l->rq, l->t, &page->reply, in + 1);
	n += word_inputs(l, in + n);
	v->reply = inputs_view(l->rq, in, n);
	v->reply_open = page->reply.way.n > 0;
	v->word_id = id_text(l->rq->arena,
	    id_is_set(page->reply.word.id) ? page->reply.word.id
					   : id_new(l->rq->http->now_us));
	return ERR_OK;
}

/* ---- what is done with it ---- */

static struct view_inputs
end_inputs(const struct look *l)
{
	const struct trial_step *s = &l->page->step;
	const struct input in[] = {{.kind = INPUT_RADIO,
				       .name = "verdict",
				       .label = N_("What happens now?"),
				       .value = s->verdict,
				       .choices = trial_verdicts},
	    {.kind = INPUT_TEXT,
		.name = "reason",
		.label = N_("Why? Those who tried it read this."),
		.hint = N_("One or two sentences that you could say to the "
			   "person."),
		.value = s->reason},
	    {.kind = INPUT_TICK,
		.name = "hard_ok",
		.label = N_("Keep it as it is")}};
	return inputs_view(l->rq, in, l->page->hard ? 3 : 2);
}

static void
fill_forms(const struct look *l, struct view_trial *v)
{
	struct req *rq = l->rq;
	struct id id = l->t->record.id;
	bool edits = actor_may(&rq->who, CAP_EDIT);
	v->csrf = req_csrf(rq);
	v->goals_key = req_new_key(rq);
	v->add_key = req_new_key(rq);
	v->reply_key = req_new_key(rq);
	v->step_key = req_new_key(rq);
	v->list_href = req_network_path(rq, "/proever");
	v->edit_href = edits ? edit_href(rq, "proever", &l->t->record) : S("");
	v->note_href = actor_may(&rq->who, CAP_AGENDA)
	    ? req_network_path(rq, "/stemmer/ny?slags=tilbagemelding")
	    : S("");
	v->goals_action = trial_href(rq, id, "/maal");
	v->judge_action = trial_href(rq, id, "/bedoem");
	v->step_action = trial_href(rq, id, "/trin");
	v->reply_action = trial_href(rq, id, "/svar");
	v->said_action = trial_href(rq, id, "/sagt");
	v->at_start = edits && l->t->stage == TRIAL_START;
	v->at_test = edits && l->t->stage == TRIAL_TEST;
	v->at_analysis = edits && l->t->stage == TRIAL_ANALYSE;
	v->listens = edits && trial_listens(l->t);
	v->has_begun = l->t->stage != TRIAL_START;
	if (l->t->n_goals > 0 && l->t->stage != TRIAL_NEXT) {
		v->paper_href = trial_href(rq, id, "/skema.pdf");
		v->odt_href = trial_href(rq, id, "/skema.odt");
	}
	v->goal_inputs = goal_inputs(l);
	v->end_inputs = end_inputs(l);
}

static void
fill_idea(const struct look *l, struct view_trial *v)
{
	const struct record *idea = plan_find(l->plan, KIND_IDEA, l->t->idea);
	v->idea_href = idea_href(l->rq, l->t->idea, "");
	v->idea_title =
	    idea == NULL ? S("") : plan_title(l->plan, l->rq->arena, idea);
	if (idea != NULL)
		v->versions_href = edit_history_href(l->rq, idea);
}

enum err
trial_show(struct req *rq, const struct trial *t, const struct trial_page *page,
    int status)
{
	struct look l = {.rq = rq, .t = t, .page = page};
	enum err e = plans_get(rq, &l.plan);
	if (e == ERR_OK)
		e = trial_feedback(rq->db, rq->arena, &rq->who, t, &l.said);
	if (e != ERR_OK)
		return e;
	struct view_trial v = {
	    .head = trial_head(rq, l.plan, value(&l, "title")),
	    .foot = shell_foot(rq),
	    .faults = faults_sentence(rq, page->error),
	    .title = value(&l, "title"),
	    .what = value(&l, "what"),
	    .part = value(&l, "part"),
	    .when = trial_when(rq, t),
	    .learned = value(&l, "learned"),
	    .reason = value(&l, "reason"),
	    .facts = facts_of(&l),
	    .stages = line_view(rq, trial_stages, (int)t->stage),
	};
	v.may_note = trial_listens(t) && actor_may(&rq->who, CAP_ASK);
	fill_idea(&l, &v);
	fill_forms(&l, &v);
	fill_said(&l, &v);
	e = fill_goals(&l, &v);
	if (e == ERR_OK && v.listens)
		e = fill_voices(&l, &v);
	if (e == ERR_OK && v.may_note)
		e = fill_reply(&l, &v);
	if (e != ERR_OK)
		return e;
	tmpl_trial(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/proever/ID; ?vej=papir&person=ID comes from a form on paper,
 * and is ready to type it in. */
enum err
page_trial(struct req *rq)
{
	struct trial t;
	struct trial_page page = {.reply.word.scope = -1};
	if (str_eq(req_query(rq, S("vej")), S("papir")))
		page.reply.way = S("paper");
	if (!id_parse(req_query(rq, S("person")), &page.reply.person))
		page.reply.person = (struct id){0};
	enum err e = trial_of(rq, &rq->who, &t);
	return e == ERR_OK ? trial_show(rq, &t, &page, 200) : e;
}
