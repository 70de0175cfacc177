/* SPDX-License-Identifier: MPL-2.0 */

/* Ideas of those who have a code: their own, the others', and what became of
 * each. */
#include "base/buf.h"
#include "model/idea_bank.h"
#include "view_citizen_ideas.h"
#include "web/idea_view.h"
#include "web/pages.h"
#include "web/shell.h"
#include "web/visit.h"

enum { SHOWN = 200, LINKS = 6 };

struct page {
	struct req *rq;
	struct visit visit;
	struct idea_bank bank;
	struct ideas all;
	struct idea_given given;
	struct idea_given_faults faults;
};

static enum err
load(struct page *p)
{
	struct req *rq = p->rq;
	const struct citizen *c = &p->visit.citizen;
	struct idea_view view = {IDEA_CITIZEN, c->person.id};
	enum err e = idea_bank_get(rq->db, rq->arena, &c->in, &p->bank);
	return e == ERR_OK
	    ? idea_list(rq->db, rq->arena, &c->in, &view, &p->all)
	    : e;
}

static struct view_inputs
form_inputs(const struct page *p)
{
	const struct input in[] = {
	    {.kind = INPUT_TEXT,
		.name = "text",
		.label = N_("Your idea"),
		.hint = N_("A few words are enough. Please name nobody."),
		.value = p->given.text,
		.fault = p->faults.text},
	    {.kind = INPUT_RADIO,
		.name = "scope",
		.label = N_("Who may read your idea?"),
		.value = idea_scope_key(p->rq, p->given.scope),
		.fault = p->faults.scope,
		.choices = idea_readers}};
	return inputs_view(p->rq, in, COUNT_OF(in));
}

/* ---- where each comes from ---- */

static const char *
link_label(const struct idea_link *link, bool back)
{
	if (back)
		return link->combined ? N_("Became part of:")
				      : N_("Built on by:");
	return link->combined ? N_("Combined of:") : N_("Builds on:");
}

static void
fill_links(
    const struct page *p, struct id id, struct view_citizen_ideas_ideas *v)
{
	struct view_citizen_ideas_ideas_links *rows = arena_new(
	    p->rq->arena, struct view_citizen_ideas_ideas_links, LINKS);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < p->all.n_links && n < LINKS; i++) {
		const struct idea_link *link = &p->all.link[i];
		bool back = id_eq(link->made_of, id);
		if (link->undone_us != 0 || (!back && !id_eq(link->idea, id)))
			continue;
		const struct idea *other =
		    idea_find(&p->all, back ? link->idea : link->made_of);
		if (other != NULL)
			rows[n++] = (struct view_citizen_ideas_ideas_links){
			    .label = req_tr(p->rq, link_label(link, back)),
			    .title = other->title};
	}
	v->links.p = rows;
	v->links.n = n;
}

static struct str
at(const struct page *p, const char *rest, struct id id)
{
	return STR_JOIN(p->rq->arena, visit_href(p->rq, &p->visit, rest),
	    str_eq(str_c(rest), S("/ord")) ? S("&valgt=") : S("&byg="),
	    id_text(p->rq->arena, id));
}

static struct view_citizen_ideas_ideas
row_of(const struct page *p, const struct idea *idea)
{
	const struct record *r = &idea->record;
	bool mine = id_is_set(idea->person) && idea->theirs &&
	    id_eq(idea->person, p->visit.citizen.person.id);
	struct view_citizen_ideas_ideas row = {.id = r->id_text,
	    .mine = mine,
	    .title = idea->theirs ? S("") : idea->title,
	    .words = idea->words.n > 0 ? idea->words : idea->title,
	    .state = idea_state_plain(p->rq, idea),
	    .reason = record_value(r, "reason"),
	    .waits = str_eq(record_value(r, "shown"), S("waiting")),
	    .hidden_why = mine ? record_value(r, "hidden_why") : S(""),
	    .change_href = mine ? at(p, "/ord", r->id) : S(""),
	    .build_href = at(p, "/ideer", r->id)};
	fill_links(p, r->id, &row);
	return row;
}

/* The newest first. */
static void
fill_ideas(const struct page *p, struct view_citizen_ideas *v)
{
	struct view_citizen_ideas_ideas *rows =
	    arena_new(p->rq->arena, struct view_citizen_ideas_ideas, SHOWN);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = p->all.n - 1; i >= 0 && n < SHOWN; i--)
		rows[n++] = row_of(p, &p->all.list[i]);
	v->ideas.p = rows;
	v->ideas.n = n;
	v->is_empty = n == 0;
}

static enum err
show(struct page *p)
{
	struct req *rq = p->rq;
	const struct idea *on = idea_find(&p->all, p->given.built_on);
	struct view_citizen_ideas v = {
	    .head = visit_head(rq, &p->visit, req_tr(rq, "Ideas")),
	    .foot = shell_foot(rq),
	    .thanks = req_query(rq, S("tak")).n > 0 && !p->faults.any,
	    .waits = p->bank.look_first,
	    .about = p->bank.about,
	    .action = visit_href(rq, &p->visit, "/ideer"),
	    .back = visit_href(rq, &p->visit, ""),
	    .id = id_text(rq->arena, p->given.id),
	    .built_on = on == NULL ? S("") : on->record.id_text,
	    .built_title = on == NULL ? S("") : on->title,
	    .inputs = form_inputs(p),
	};
	fill_ideas(p, &v);
	tmpl_citizen_ideas(&rq->out, rq->lang, &v);
	return req_html_status(rq, p->faults.any ? 422 : 200);
}

/* GET /c/CODE/ideer */
enum err
page_citizen_ideas(struct req *rq)
{
	struct page p = {
	    .rq = rq, .given = {.id = id_new(rq->http->now_us), .scope = -1}};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &p.visit);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e == ERR_OK)
		e = load(&p);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_query(rq, S("byg")), &p.given.built_on))
		p.given.built_on = (struct id){0};
	return show(&p);
}

static enum err
read_given(struct page *p)
{
	struct req *rq = p->rq;
	p->given = (struct idea_given){
	    .text = req_form(rq, S("text")), .scope = idea_scope_typed(rq)};
	if (!id_parse(req_form(rq, S("id")), &p->given.id))
		return ERR_INVALID;
	if (!id_parse(req_form(rq, S("byg")), &p->given.built_on))
		p->given.built_on = (struct id){0};
	p->given.told = idea_told(rq, p->given.scope);
	idea_given_check(&p->given, &p->faults);
	bool restricted;
	enum err e = contribution_person_restricted(rq->db, rq->arena,
	    &p->visit.citizen.in, p->visit.citizen.person.id, &restricted);
	if (restricted)
		p->faults.text = N_("We keep what you said, and use nothing "
				    "of it. So we cannot take an idea.");
	else if (!p->faults.any && p->visit.citizen.needs_guardian)
		p->faults.text = N_("A parent must say yes first. We will help "
				    "you ask them.");
	p->faults.any = p->faults.any || p->faults.text != NULL;
	return e;
}

/* POST /c/CODE/ideer: of somebody under 15 once a guardian has said yes. */
enum err
page_citizen_idea(struct req *rq)
{
	struct page p = {.rq = rq};
	enum err e = visit_enter(rq, req_param(rq, S("token")), &p.visit);
	if (e == ERR_NOT_FOUND)
		return visit_code(rq, true, 404);
	if (e == ERR_OK)
		e = read_given(&p);
	if (e != ERR_OK)
		return e;
	if (p.faults.any) {
		e = load(&p);
		return e == ERR_OK ? show(&p) : e;
	}
	e = citizen_gives_idea(rq->db, rq->arena, &p.visit.citizen, &p.given);
	struct str back = visit_href(rq, &p.visit, "/ideer");
	return e == ERR_OK ? req_redirect(rq, "%.*s&tak=1", STR_ARG(back)) : e;
}
