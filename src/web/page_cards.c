/* SPDX-License-Identifier: MPL-2.0 */

/* Theme cards (S52): the theme told to each target group, the page of one card,
 * and the card on paper.  What it is made of: model/theme_card.h. */
#include "model/person.h"
#include "model/sending.h"
#include "model/setting.h"
#include "model/theme_card.h"
#include "view_card.h"
#include "view_cards.h"
#include "web/facts.h"
#include "web/input.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/reading.h"
#include "web/section.h"
#include "web/sheet.h"
#include "web/shell.h"

enum { FACTS = 6 };

static const struct section_spec section = {KIND_CARD, N_("The cards"),
    N_("One card for each group, in words that just they understand."), NULL,
    N_("No theme cards yet."), false};

static struct view_head
head(struct req *rq, const struct plan *plan, struct str title)
{
	return shell_network_head(
	    rq, title, record_value(&plan->network, "name"), "mennesker");
}

static struct str
card_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/temakort/"),
	    id_text(rq->arena, id), str_c(rest));
}

/* ---- all of them ---- */

static struct str
begin_href(struct req *rq, const struct record *group)
{
	if (!actor_may(&rq->who, CAP_EDIT))
		return S("");
	return STR_JOIN(rq->arena,
	    req_network_path(rq, "/temakort?ny=temakort&target_group="),
	    group->id_text, S("#temakort-ny"));
}

static void
fill_card(struct req *rq, const struct plan *plan, const struct record *r,
    struct view_cards_cards *v)
{
	struct theme_card c = theme_card_of(rq->arena, r, plan->today);
	if (c.lang != LANG_DA)
		v->name = STR_JOIN(rq->arena, v->name, S(", "),
		    choice_label(
			rq, person_languages, record_value(r, "lang")));
	v->href = card_href(rq, r->id, "");
	v->gaps = c.gaps;
}

/* A row a card; a chosen group without one has a row of its own. */
static ptrdiff_t
fill_group(struct req *rq, const struct plan *plan, const struct record *group,
    struct view_cards_cards *rows)
{
	ptrdiff_t n = 0;
	const struct records *all = &plan->of[KIND_CARD];
	struct str name = plan_title(plan, rq->arena, group);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (!str_eq(record_value(&all->list[i], "target_group"),
			group->id_text))
			continue;
		rows[n].name = name;
		fill_card(rq, plan, &all->list[i], &rows[n++]);
	}
	if (n == 0 && group_is_chosen(record_value(group, "state")))
		rows[n++] = (struct view_cards_cards){
		    .name = name, .begin_href = begin_href(rq, group)};
	return n;
}

static void
fill_cards(struct req *rq, const struct plan *plan, struct view_cards *v)
{
	const struct records *groups = &plan->of[KIND_GROUP];
	struct view_cards_cards *rows = arena_new(rq->arena,
	    struct view_cards_cards, groups->n + plan->of[KIND_CARD].n);
	v->cards.p = rows;
	for (ptrdiff_t i = 0; i < groups->n; i++)
		v->cards.n +=
		    fill_group(rq, plan, &groups->list[i], &rows[v->cards.n]);
}

enum err
cards_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_cards v = {
	    .head = head(rq, plan, req_tr(rq, "Theme cards")),
	    .foot = shell_foot(rq),
	    .groups_href = req_network_path(rq, "/maalgrupper"),
	    .section = section_view(rq, plan, edit, &section),
	};
	fill_cards(rq, plan, &v);
	tmpl_cards(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* A new card begins with what the plan says. */
static enum err
begin(struct req *rq, struct edit *edit)
{
	const struct plan *plan;
	struct settings_now now;
	if (!edit_is_new(edit, KIND_CARD) ||
	    record_value(&edit->record, "target_group").n == 0)
		return ERR_OK;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = setting_list(rq->db, rq->arena, &rq->who, &now);
	if (e == ERR_OK)
		theme_card_begin(rq->arena, plan,
		    setting_number(&now, S("first_answer_days")),
		    &edit->record);
	return e;
}

/* GET /netvaerk/N/temakort */
enum err
page_cards(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "temakort", &edit);
	if (e == ERR_OK)
		e = begin(rq, &edit);
	return e == ERR_OK ? cards_show(rq, &edit, 200) : e;
}

/* ---- one ---- */

struct look {
	const struct plan *plan;
	const struct record *record, *group; /* group NULL: taken out */
	struct theme_card card;
	struct str title;
};

static enum err
load(struct req *rq, struct look *l)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &l->plan);
	if (e != ERR_OK)
		return e;
	l->record = plan_find(l->plan, KIND_CARD, id);
	if (l->record == NULL)
		return ERR_NOT_FOUND;
	l->group = plan_ref(
	    l->plan, KIND_GROUP, record_value(l->record, "target_group"));
	l->card = theme_card_of(rq->arena, l->record, l->plan->today);
	l->title = plan_title(l->plan, rq->arena, l->record);
	return ERR_OK;
}

static void
fill_parts(struct req *rq, const struct look *l, struct view_card *v)
{
	struct view_card_parts *rows =
	    arena_new(rq->arena, struct view_card_parts, THEME_CARD_PARTS);
	struct view_card_gaps *gaps =
	    arena_new(rq->arena, struct view_card_gaps, THEME_CARD_PARTS);
	for (int i = 0; i < THEME_CARD_PARTS; i++) {
		const struct theme_card_part *part = &l->card.part[i];
		rows[i] = (struct view_card_parts){part->heading, part->text};
		if (part->gap)
			gaps[v->gaps.n++].heading = part->heading;
	}
	v->parts = (struct view_card_parts_array){rows, THEME_CARD_PARTS};
	v->gaps.p = gaps;
}

/* What to write from: the plan's words on the group, which are not said to it. */
static struct view_facts
plan_says(struct req *rq, const struct look *l)
{
	static const char *const fields[] = {
	    "stake", "knowledge", "finding", "reason"};
	const struct record_def *def = record_def(KIND_GROUP);
	struct facts f = facts_new(rq, FACTS);
	for (ptrdiff_t i = 0; l->group != NULL && i < COUNT_OF(fields); i++)
		facts_add(&f,
		    req_tr(rq,
			def->fields[record_field(KIND_GROUP, fields[i])].label),
		    record_value(l->group, fields[i]));
	return facts_view(&f);
}

/* GET /netvaerk/N/temakort/ID */
enum err
page_card(struct req *rq)
{
	struct look l = {0};
	enum err e = load(rq, &l);
	if (e != ERR_OK)
		return e;
	struct str prose = theme_card_prose(rq->arena, &l.card);
	struct plain plain = plain_check(rq->arena, prose, l.card.lang,
	    groups_reader(l.plan, record_value(l.record, "target_group")));
	struct view_card v = {
	    .head = head(rq, l.plan, req_tr1(rq, "Theme card for %1", l.title)),
	    .foot = shell_foot(rq),
	    .title = l.title,
	    .lang = lang_code(l.card.lang),
	    .free_to = l.card.free_to,
	    .reading = reading_view(rq, prose, &plain),
	    .facts = plan_says(rq, &l),
	    .list_href = req_network_path(rq, "/temakort"),
	    .edit_href = actor_may(&rq->who, CAP_EDIT)
		? edit_href(rq, "temakort", l.record)
		: S(""),
	    .pdf = card_href(rq, l.record->id, "/fil.pdf"),
	    .odt = card_href(rq, l.record->id, "/fil.odt"),
	    .txt = card_href(rq, l.record->id, "/fil.txt"),
	};
	v.reading.text = S(""); /* it stands above */
	v.has_facts = v.facts.list.n > 0;
	fill_parts(rq, &l, &v);
	tmpl_card(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* ---- on paper ---- */

static const char NAME[] = "temakort";

/* The card in its own language; ERR_CONFLICT: it has gaps. */
static enum err
load_whole(struct req *rq, struct look *l)
{
	enum err e = load(rq, l);
	return e == ERR_OK && l->card.gaps > 0 ? ERR_CONFLICT : e;
}

static enum err
sheet(struct req *rq, bool pdf)
{
	struct look l = {0};
	enum err e = load_whole(rq, &l);
	if (e != ERR_OK)
		return e;
	struct doc *doc =
	    sheet_new(rq, l.plan, record_value(&l.plan->network, "name"));
	doc->lang = l.card.lang;
	doc->subject = S("");
	for (int i = 0; i < THEME_CARD_PARTS; i++) {
		doc_heading(doc, 1, l.card.part[i].heading);
		doc_say(doc, l.card.part[i].text);
	}
	doc_run(doc, doc_note(doc), DOC_PLAIN, l.card.free_to);
	return sheet_answer(rq, doc, NAME, pdf);
}

/* GET /netvaerk/N/temakort/ID/fil.pdf */
enum err
page_card_pdf(struct req *rq)
{
	return sheet(rq, true);
}

/* GET /netvaerk/N/temakort/ID/fil.odt */
enum err
page_card_odt(struct req *rq)
{
	return sheet(rq, false);
}

/* GET /netvaerk/N/temakort/ID/fil.txt */
enum err
page_card_txt(struct req *rq)
{
	struct look l = {0};
	enum err e = load_whole(rq, &l);
	return e == ERR_OK ? req_file(rq, S("text/plain; charset=utf-8"),
				 STR_JOIN(rq->arena, str_c(NAME), S(".txt")),
				 theme_card_text(rq->arena, &l.card))
			   : e;
}
