/* SPDX-License-Identifier: MPL-2.0 */

/* One idea: its words, what it rests on, where it comes from, how far it is. */
#include "web/handover.h"
#include "web/page_idea.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "model/activity.h"
#include "model/evidence.h"
#include "model/kinds.h"
#include "model/plain.h"
#include "view_idea.h"
#include "web/facts.h"
#include "web/faults.h"
#include "web/gate.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

enum { FACTS = 12, MOST_FEEDBACK = 100, LABEL = 80 };

static const struct choice step_labels[] = {
    {"new", N_("Take it up again")},
    {"matured", N_("It is matured")},
    {"prioritised", N_("Go on with it")},
    {"concrete", N_("It is concrete")},
    {"test", N_("Begin the trial")},
    {"running", N_("It runs from now on")},
    {"adjust", N_("Adjust it")},
    {"stopped", N_("Stop it")},
    {"dropped", N_("Drop it")},
    {0},
};

struct look {
	struct req *rq;
	const struct plan *plan;
	const struct ideas *all;
	const struct idea *idea;
	const struct idea_page *page;
};

static struct str
value(const struct look *l, const char *field)
{
	return record_value(&l->idea->record, field);
}

static struct str
shown(const struct look *l, const char *field)
{
	return edit_shown(l->rq, l->plan,
	    &idea_def.fields[record_field(KIND_IDEA, field)], value(l, field));
}

/* ---- what it says ---- */

static struct view_facts
facts_of(const struct look *l)
{
	static const char *const fields[] = {"kind", "target_groups",
	    "value_hypothesis", "value_tag", "value_tag_also", "citizen_part",
	    "activities", "cost", "owner"};
	static const char *const scores[] = {"value_score", "feasibility"};
	struct facts f = facts_new(l->rq, FACTS);
	for (ptrdiff_t i = 0; i < COUNT_OF(fields); i++) {
		ptrdiff_t at = record_field(KIND_IDEA, fields[i]);
		facts_add(&f, req_tr(l->rq, idea_def.fields[at].label),
		    shown(l, fields[i]));
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(scores); i++) {
		ptrdiff_t at = record_field(KIND_IDEA, scores[i]);
		if (!str_eq(value(l, scores[i]), S("0")))
			facts_add(&f, req_tr(l->rq, idea_def.fields[at].label),
			    value(l, scores[i]));
	}
	return facts_view(&f);
}

/* S8: what the citizens of the plan know, can do and have. */
static void
fill_resources(const struct look *l, struct view_idea *v)
{
	static const char *const fields[] = {
	    "knowledge", "skills", "resources"};
	const struct records *all = &l->plan->of[KIND_ACTOR];
	struct view_idea_resources *rows =
	    arena_new(l->rq->arena, struct view_idea_resources, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct record *r = &all->list[i];
		struct buf b = buf_new(l->rq->arena, 8000);
		if (!str_eq(record_value(r, "kind"), S("citizen")))
			continue;
		for (ptrdiff_t k = 0; k < COUNT_OF(fields); k++) {
			struct str one = record_value(r, fields[k]);
			buf_add(&b, b.n > 0 && one.n > 0 ? S(" ") : S(""));
			buf_add(&b, one);
		}
		if (b.n > 0)
			rows[n++] = (struct view_idea_resources){
			    .name = plan_title(l->plan, l->rq->arena, r),
			    .what = buf_str(&b)};
	}
	v->resources.p = rows;
	v->resources.n = n;
}

static void
fill_words(const struct look *l, struct view_idea *v)
{
	const struct idea *idea = l->idea;
	v->title = idea->title;
	v->state = idea_state(l->rq, idea);
	v->theirs = idea->theirs;
	v->unread = idea->unread;
	v->reword = idea->reword;
	v->nothing = idea_part_is_nothing(idea);
	v->words = idea->words;
	v->reason = value(l, "reason");
	v->reason_lix = lix_of(l->rq->arena, v->reason, LIX_PLAIN).rounded;
	v->rev = str_fmt(l->rq->arena, "%lld", (long long)idea->record.rev);
	v->facts = facts_of(l);
	v->shown = shown(l, "shown");
	v->hidden_why = value(l, "hidden_why");
	v->may_show = !str_eq(value(l, "shown"), S("yes"));
	v->may_hide = !str_eq(value(l, "shown"), S("hidden"));
}

/* ---- what it rests on ---- */

static void
fill_evidence(const struct look *l, const struct evidences *all,
    struct id insight, struct view_idea_insights *v)
{
	struct view_idea_insights_voices *rows =
	    arena_new(l->rq->arena, struct view_idea_insights_voices, all->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct evidence *e = &all->list[i];
		if (id_eq(e->insight, insight))
			rows[n++] = (struct view_idea_insights_voices){
			    .href = voice_href(l->rq, e->contribution, ""),
			    .words = e->words,
			    .against = e->against};
	}
	v->voices.p = rows;
	v->voices.n = n;
}

static enum err
fill_insights(const struct look *l, struct view_idea *v)
{
	struct evidences all;
	struct id id;
	struct str refs = value(l, "insights");
	enum err e = evidence_list(l->rq->db, l->rq->arena, &l->rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_idea_insights *rows =
	    arena_new(l->rq->arena, struct view_idea_insights, RECORD_REFS);
	ptrdiff_t n = 0;
	while (record_next_ref(&refs, &id)) {
		const struct record *r = plan_find(l->plan, KIND_INSIGHT, id);
		if (r == NULL)
			continue;
		rows[n].statement = record_value(r, "statement");
		fill_evidence(l, &all, id, &rows[n++]);
	}
	v->insights.p = rows;
	v->insights.n = n;
	return ERR_OK;
}

static void
fill_sources(const struct look *l, struct view_idea *v)
{
	struct view_idea_sources *rows = arena_new(
	    l->rq->arena, struct view_idea_sources, l->all->n_sources);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->all->n_sources; i++) {
		const struct idea_source *s = &l->all->source[i];
		bool feedback = str_eq(s->role, S("feedback"));
		if (!id_eq(s->idea, l->idea->record.id))
			continue;
		struct str href = s->readable
		    ? voice_href(l->rq, s->contribution, "")
		    : S("");
		if (l->idea->theirs && !feedback && v->voice_href.n == 0) {
			v->voice_href = href; /* its words stand above */
			v->author = s->alias;
			continue;
		}
		rows[n++] = (struct view_idea_sources){.href = href,
		    .words = s->words,
		    .who = s->alias,
		    .feedback = feedback};
	}
	v->sources.p = rows;
	v->sources.n = n;
}

static struct str
phase_names(const struct look *l)
{
	struct buf b = buf_new(l->rq->arena, 2000);
	for (ptrdiff_t i = 0; i < l->idea->n_phases; i++) {
		const struct record *r =
		    plan_find(l->plan, KIND_PHASE, l->idea->phase[i]);
		if (r == NULL)
			continue;
		buf_add(&b, b.n > 0 ? S(", ") : S(""));
		buf_add(&b, plan_title(l->plan, l->rq->arena, r));
	}
	return buf_str(&b);
}

/* ---- where it comes from ---- */

static const char *
link_label(const struct idea_link *link, bool back)
{
	if (back)
		return link->combined ? N_("Became part of:")
				      : N_("Built on by:");
	return link->combined ? N_("Combined of:") : N_("Builds on:");
}

static void
fill_links(const struct look *l, struct view_idea *v)
{
	struct view_idea_links *rows =
	    arena_new(l->rq->arena, struct view_idea_links, l->all->n_links);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < l->all->n_links; i++) {
		const struct idea_link *link = &l->all->link[i];
		bool back = id_eq(link->made_of, l->idea->record.id);
		if (!back && !id_eq(link->idea, l->idea->record.id))
			continue;
		struct id id = back ? link->idea : link->made_of;
		const struct idea *other = idea_find(l->all, id);
		rows[n++] = (struct view_idea_links){
		    .label = req_tr(l->rq, link_label(link, back)),
		    .href = other == NULL ? S("") : idea_href(l->rq, id, ""),
		    .title = other == NULL
			? req_tr(l->rq, "an idea that was taken back")
			: other->title,
		    .undone = link->reason};
		v->is_whole = v->is_whole ||
		    (!back && link->combined && link->undone_us == 0);
	}
	v->is_whole =
	    v->is_whole && idea_may_move(value(l, "state"), S("dropped"));
	v->links.p = rows;
	v->links.n = n;
}

/* ---- what is done with it ---- */

static void
fill_steps(const struct look *l, struct view_idea *v)
{
	struct view_idea_steps *rows = arena_new(
	    l->rq->arena, struct view_idea_steps, COUNT_OF(step_labels));
	ptrdiff_t n = 0;
	for (const struct choice *s = step_labels; s->key != NULL; s++) {
		struct str key = str_c(s->key);
		bool typed = str_eq(l->page->state, key);
		if (idea_may_move(value(l, "state"), key))
			rows[n++] = (struct view_idea_steps){.value = key,
			    .label = req_tr(l->rq, s->label),
			    .asks_why = idea_wants_reason(key),
			    .typed = typed ? l->page->reason : S(""),
			    .hard = typed && l->page->hard};
	}
	v->steps.p = rows;
	v->steps.n = n;
}

/* What people said of anything, to name what a version builds on. */
static enum err
fill_feedback(const struct look *l, struct view_idea *v)
{
	struct contribution_page page;
	struct contribution_filter f = {
	    .kind = S("feedback"), .max = MOST_FEEDBACK};
	v->in_trial = str_eq(value(l, "state"), S("test")) ||
	    str_eq(value(l, "state"), S("adjust"));
	if (!v->in_trial)
		return ERR_OK;
	enum err e =
	    contribution_list(l->rq->db, l->rq->arena, &l->rq->who, &f, &page);
	if (e != ERR_OK)
		return e;
	struct view_option *rows =
	    arena_new(l->rq->arena, struct view_option, page.n);
	for (ptrdiff_t i = 0; i < page.n; i++)
		rows[i] = (struct view_option){
		    .value = id_text(l->rq->arena, page.list[i].id),
		    .label =
			utf8_cut(contribution_words(&page.list[i]), LABEL)};
	v->feedback = (struct view_option_array){rows, page.n};
	return ERR_OK;
}

/* R14, R16 and R18, told before anybody runs into them. */
static enum err
fill_rules(const struct look *l, struct view_idea *v)
{
	struct rule_limits limits;
	bool learned = true;
	enum err e =
	    activity_limits(l->rq->db, l->rq->arena, &l->rq->who, &limits);
	if (e == ERR_OK && str_eq(value(l, "state"), S("test")))
		e = idea_has_learned(
		    l->rq->db, l->rq->arena, &l->rq->who, l->idea, &learned);
	if (e != ERR_OK)
		return e;
	struct rules rules = rules_new(l->rq->arena, l->rq->lang, &limits);
	rule_not_learned(&rules, l->idea, learned);
	rule_without_ground(&rules, l->idea);
	rule_part_not_asked(&rules, l->idea);
	v->notes = gate_notes(l->rq, &rules);
	return ERR_OK;
}

static void
fill_forms(const struct look *l, struct view_idea *v)
{
	struct req *rq = l->rq;
	struct id id = l->idea->record.id;
	const struct edit *edit = l->page->edit;
	v->list_href = req_network_path(rq, "/ideer");
	v->step_action = idea_href(rq, id, "/trin");
	v->show_action = idea_href(rq, id, "/vis");
	v->apart_action = idea_href(rq, id, "/skil");
	v->feedback_action = idea_href(rq, id, "/svar");
	v->reworded_action = idea_href(rq, id, "/omskrevet");
	v->history_href = edit_history_href(rq, &l->idea->record);
	v->edit_href =
	    edit_href(rq, edit_side_of(rq, &l->idea->record), &l->idea->record);
	if (handover_has(&l->idea->record)) {
		v->handover_pdf =
		    idea_href(rq, l->idea->record.id, "/leverance.pdf");
		v->handover_odt =
		    idea_href(rq, l->idea->record.id, "/leverance.odt");
	}
	v->build_href = STR_JOIN(rq->arena,
	    req_network_path(rq, "/ideer/saml?af="), id_text(rq->arena, id));
	if (actor_may(&rq->who, CAP_EDIT))
		v->task_href = STR_JOIN(rq->arena,
		    req_network_path(rq, "/korps/ny/opgave?baerer=idea+"),
		    id_text(rq->arena, id));
	if (edit != NULL && edit_is_at(edit, KIND_IDEA, id)) {
		struct view_form *form =
		    arena_new(rq->arena, struct view_form, 1);
		*form = edit_view(rq, l->plan, edit);
		v->forms = (struct view_form_array){form, 1};
	}
}

enum err
idea_page(struct req *rq, const struct idea_page *page, int status)
{
	struct ideas all;
	struct look l = {.rq = rq, .all = &all, .page = page};
	enum err e = plans_get(rq, &l.plan);
	if (e == ERR_OK)
		e = ideas_get(rq, &all);
	if (e != ERR_OK)
		return e;
	l.idea = idea_find(&all, page->id);
	if (l.idea == NULL)
		return ERR_NOT_FOUND;
	struct view_idea v = {
	    .head = idea_head(rq, l.plan, l.idea->title),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .can_edit = actor_may(&rq->who, CAP_EDIT),
	    .faults = faults_sentence(rq, page->error),
	    .voices = l.idea->voices,
	    .needs = l.idea->needs,
	    .phases = phase_names(&l),
	};
	fill_words(&l, &v);
	fill_resources(&l, &v);
	fill_sources(&l, &v);
	fill_links(&l, &v);
	fill_steps(&l, &v);
	fill_forms(&l, &v);
	e = fill_insights(&l, &v);
	if (e == ERR_OK)
		e = fill_feedback(&l, &v);
	if (e == ERR_OK)
		e = fill_rules(&l, &v);
	if (e != ERR_OK)
		return e;
	tmpl_idea(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/ideer/ID */
enum err
page_idea(struct req *rq)
{
	struct edit edit;
	struct idea_page page = {.edit = &edit};
	enum err e = req_param_id(rq, S("id"), &page.id);
	if (e == ERR_OK)
		e = edit_from_query(rq, "ideer", &edit);
	edit.side =
	    STR_JOIN(rq->arena, S("ideer/"), id_text(rq->arena, page.id));
	return e == ERR_OK ? idea_page(rq, &page, 200) : e;
}
