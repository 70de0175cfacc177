/* SPDX-License-Identifier: MPL-2.0 */

/* The idea board: by how far each is, with what it rests on. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/kinds.h"
#include "view_ideas.h"
#include "web/idea_view.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

enum { PER_COLUMN = 100, SNIPPET = 160, STATES = 9 };

static const struct choice only[] = {
    {"uden-grund", N_("are without citizens' ground")},
    {"spoerg", N_("nobody asked what the citizen can do in")},
    {"venter", N_("wait to be looked through")},
    {0},
};

struct filter {
	struct str kind, only;
	struct id group;
};

static struct filter
read_filter(struct req *rq)
{
	struct filter f = {
	    .kind = req_query(rq, S("slags")), .only = req_query(rq, S("vis"))};
	if (!id_parse(req_query(rq, S("gruppe")), &f.group))
		f.group = (struct id){0};
	return f;
}

static bool
is(const struct idea *idea, const char *field, const char *value)
{
	return str_eq(record_value(&idea->record, field), str_c(value));
}

static bool
has_group(const struct idea *idea, struct id group)
{
	struct id one;
	struct str refs = record_value(&idea->record, "target_groups");
	while (record_next_ref(&refs, &one)) {
		if (id_eq(one, group))
			return true;
	}
	return false;
}

static bool
fits(const struct idea *idea, const struct filter *f)
{
	if (f->kind.n > 0 &&
	    !str_eq(record_value(&idea->record, "kind"), f->kind))
		return false;
	if (id_is_set(f->group) && !has_group(idea, f->group))
		return false;
	if (str_eq(f->only, S("uden-grund")))
		return idea_without_ground(idea);
	if (str_eq(f->only, S("spoerg")))
		return !idea_part_is_asked(idea);
	return !str_eq(f->only, S("venter")) || is(idea, "shown", "waiting");
}

static struct str
snippet(struct req *rq, struct str words)
{
	struct str cut = utf8_cut(words, SNIPPET);
	return cut.n < words.n ? str_cat(rq->arena, str_trim(cut), S(" …"))
			       : words;
}

/* The one that it became part of, or "". */
static struct str
part_of(const struct ideas *all, const struct idea *idea)
{
	for (ptrdiff_t i = 0; idea->combined && i < all->n_links; i++) {
		const struct idea_link *link = &all->link[i];
		const struct idea *whole = idea_find(all, link->idea);
		if (link->combined && link->undone_us == 0 && whole != NULL &&
		    id_eq(link->made_of, idea->record.id))
			return whole->title;
	}
	return S("");
}

static const struct field_def *
field_of(const char *name)
{
	return &idea_def.fields[record_field(KIND_IDEA, name)];
}

static struct view_ideas_columns_cards
card_of(struct req *rq, const struct plan *plan, const struct ideas *all,
    const struct idea *idea)
{
	const struct record *r = &idea->record;
	return (struct view_ideas_columns_cards){
	    .href = idea_href(rq, r->id, ""),
	    .title = idea->title,
	    .words = str_eq(idea->title, idea->words)
		? S("")
		: snippet(rq, idea->words),
	    .reason = snippet(rq, record_value(r, "reason")),
	    .kind =
		edit_shown(rq, plan, field_of("kind"), record_value(r, "kind")),
	    .owner = edit_shown(
		rq, plan, field_of("owner"), record_value(r, "owner")),
	    .voices = idea->voices,
	    .needs = idea->needs,
	    .theirs = idea->theirs,
	    .ungrounded = idea_without_ground(idea),
	    .ask_part = !idea_part_is_asked(idea),
	    .nothing = idea_part_is_nothing(idea),
	    .reword = idea->reword,
	    .waits = is(idea, "shown", "waiting"),
	    .hidden = is(idea, "shown", "hidden"),
	    .part_of = part_of(all, idea)};
}

/* The newest first. */
static void
fill_column(struct req *rq, const struct plan *plan, const struct ideas *all,
    const struct filter *f, struct view_ideas_columns *column)
{
	struct view_ideas_columns_cards *cards =
	    arena_new(rq->arena, struct view_ideas_columns_cards, PER_COLUMN);
	for (ptrdiff_t i = all->n - 1; i >= 0; i--) {
		const struct idea *idea = &all->list[i];
		if (!str_eq(
			record_value(&idea->record, "state"), column->key) ||
		    !fits(idea, f))
			continue;
		column->count++;
		if (column->cards.n == PER_COLUMN)
			column->more++;
		else
			cards[column->cards.n++] = card_of(rq, plan, all, idea);
	}
	column->cards.p = cards;
}

static void
fill_columns(struct req *rq, const struct plan *plan, const struct ideas *all,
    const struct filter *f, struct view_ideas *v)
{
	struct view_ideas_columns *columns =
	    arena_new(rq->arena, struct view_ideas_columns, STATES);
	ptrdiff_t n = 0;
	for (const struct choice *s = idea_states; s->key != NULL; s++) {
		struct view_ideas_columns column = {
		    .key = str_c(s->key), .label = req_tr(rq, s->label)};
		fill_column(rq, plan, all, f, &column);
		v->total += column.count;
		if (column.count > 0)
			columns[n++] = column;
	}
	v->columns.p = columns;
	v->columns.n = n;
	v->is_empty = n == 0;
}

static struct view_option_array
choices_of(struct req *rq, const struct choice *list, struct str now)
{
	ptrdiff_t n = 0;
	while (list[n].key != NULL)
		n++;
	struct view_option *rows = arena_new(rq->arena, struct view_option, n);
	for (ptrdiff_t i = 0; i < n; i++)
		rows[i] = (struct view_option){.value = str_c(list[i].key),
		    .label = req_tr(rq, list[i].label),
		    .chosen = str_eq(str_c(list[i].key), now)};
	return (struct view_option_array){rows, n};
}

static struct view_option_array
groups_of(struct req *rq, const struct plan *plan, struct id now)
{
	const struct records *all = &plan->of[KIND_GROUP];
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		rows[i] = (struct view_option){.value = all->list[i].id_text,
		    .label = plan_title(plan, rq->arena, &all->list[i]),
		    .chosen = id_eq(all->list[i].id, now)};
	return (struct view_option_array){rows, all->n};
}

enum err
ideas_show(struct req *rq, const struct edit *edit, int status)
{
	const struct plan *plan;
	struct ideas all;
	struct view_form form;
	struct filter f = read_filter(rq);
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = ideas_get(rq, &all);
	if (e != ERR_OK)
		return e;
	struct view_ideas v = {
	    .head = idea_head(rq, plan, req_tr(rq, "Ideas")),
	    .foot = shell_foot(rq),
	    .action = req_network_path(rq, "/ideer"),
	    .can_edit = actor_may(&rq->who, CAP_EDIT),
	    .new_href = edit_new_href(rq, "ideer", KIND_IDEA),
	    .quick_href = req_network_path(rq, "/ideer/hurtig"),
	    .derive_href = req_network_path(rq, "/ideer/saml"),
	    .dialogues_href = req_network_path(rq, "/dialoger"),
	    .rounds_href = req_network_path(rq, "/prioritering"),
	    .trials_href = req_network_path(rq, "/proever"),
	    .measures_href = req_network_path(rq, "/maalinger"),
	    .bank_href = req_network_path(rq, "/ideer/link"),
	    .pdf_href = req_network_path(rq, "/ideer/ark.pdf"),
	    .odt_href = req_network_path(rq, "/ideer/ark.odt"),
	    .kinds = choices_of(rq, field_of("kind")->choices, f.kind),
	    .groups = groups_of(rq, plan, f.group),
	    .only = choices_of(rq, only, f.only),
	};
	for (ptrdiff_t i = 0; i < all.n; i++) {
		v.waiting += is(&all.list[i], "shown", "waiting");
		v.rewords += all.list[i].reword;
	}
	if (edit->on && edit->record.kind == KIND_IDEA) {
		form = edit_view(rq, plan, edit);
		v.forms = (struct view_form_array){&form, 1};
	}
	fill_columns(rq, plan, &all, &f, &v);
	tmpl_ideas(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/ideer */
enum err
page_ideas(struct req *rq)
{
	struct edit edit;
	enum err e = edit_from_query(rq, "ideer", &edit);
	return e == ERR_OK ? ideas_show(rq, &edit, 200) : e;
}
