/* SPDX-License-Identifier: MPL-2.0 */

/* Inviting to an activity: the words, how they read, what is in the way, to
 * whom, and in which form. */
#include "base/buf.h"
#include "model/invite.h"
#include "model/theme_card.h"
#include "view_invite.h"
#include "web/gate.h"
#include "web/invite.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/reading.h"
#include "web/section.h"
#include "web/shell.h"

enum { MOST_TEXTS = 12 };

static const struct choice formats[] = {
    {"own", N_("Each in the way they want to be reached")},
    {"letters", N_("Letters to print (PDF)")},
    {"large", N_("Letters in large print (PDF)")},
    {"post", N_("For Digital Post (ZIP with a PDF each and a CSV)")},
    {"sms", N_("Text messages (CSV with phone and text)")},
    {"mail", N_("Mail from here, with a link and nothing else")},
    {0},
};

static const struct choice sent_states[] = {
    {"made", N_("Made")},
    {"sent", N_("Sent")},
    {"bounced", N_("Came back")},
    {"opened", N_("Opened")},
    {"answered", N_("Answered")},
    {0},
};

static const struct choice answers[] = {
    {"yes", N_("Yes")},
    {"no", N_("No")},
    {"other", N_("Another way")},
    {"phone", N_("Wants a call")},
    {"visit", N_("Wants a visit")},
    {"later", N_("Ask later")},
    {0},
};

struct page {
	const struct plan *plan;
	const struct record *activity;
	struct sendings sendings;
	bool remind; /* those who have not answered are ticked */
	struct view_invite *view;
};

static struct str
activity_path(struct req *rq, const struct record *r, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/aktiviteter/"),
	    r->id_text, str_c(rest));
}

/* ---- to whom ---- */

/* "Opened, reminded on 3 November 2026" */
static struct str
sent_words(struct req *rq, const struct sending *s)
{
	struct str state = person_choice(rq, sent_states, s->state);
	if (s->reminded_us == 0)
		return state;
	return req_tr2(rq, N_("%1, reminded on %2"), state,
	    lang_date(rq->arena, rq->lang, date_danish(s->reminded_us)));
}

static struct view_invite_texts_people
person_row(struct req *rq, const struct page *page,
    const struct record *invitation, const struct person *p)
{
	const struct sending *s =
	    sending_find(&page->sendings, invitation->id, p->id);
	struct view_invite_texts_people row = {
	    .id = id_text(rq->arena, p->id),
	    .code = person_code(rq->arena, p->number),
	    .alias = p->alias,
	    .state = person_choice(rq, person_states, p->state),
	    .channel = person_choice(rq, person_channels, p->channel),
	    .ticked = page->remind
		? s != NULL && sending_is_due(s)
		: s == NULL && str_eq(p->state, S("proposed")),
	};
	if (s == NULL)
		return row;
	row.sent = sent_words(rq, s);
	if (s->answer.n > 0)
		row.answer = person_choice(
		    rq, answers, s->way.n > 0 ? s->way : s->answer);
	return row;
}

static int64_t
count_due(const struct page *page, const struct record *invitation)
{
	int64_t n = 0;
	for (ptrdiff_t i = 0; i < page->sendings.n; i++) {
		const struct sending *s = &page->sendings.list[i];
		n += id_eq(s->invitation, invitation->id) && sending_is_due(s);
	}
	return n;
}

/* Those of the invitation's group, or else of the activity's. */
static enum err
fill_people(struct req *rq, const struct page *page,
    const struct record *invitation, struct view_invite_texts *v)
{
	struct str groups = record_value(invitation, "target_group");
	struct person_filter filter = {.max = LETTERS_MOST};
	struct view_invite_texts_people *list =
	    arena_new(rq->arena, struct view_invite_texts_people, LETTERS_MOST);
	if (groups.n == 0)
		groups = record_value(page->activity, "groups");
	while (record_next_ref(&groups, &filter.group)) {
		struct person_page people;
		enum err e =
		    person_list(rq->db, rq->arena, &rq->who, &filter, &people);
		if (e != ERR_OK)
			return e;
		for (ptrdiff_t i = 0;
		     i < people.n && v->people.n < LETTERS_MOST; i++)
			list[v->people.n++] =
			    person_row(rq, page, invitation, &people.list[i]);
	}
	v->people.p = list;
	v->has_people = v->people.n > 0;
	v->due = count_due(page, invitation);
	return ERR_OK;
}

static void
fill_formats(struct req *rq, struct view_invite_texts *v)
{
	struct view_invite_texts_formats *list =
	    arena_new(rq->arena, struct view_invite_texts_formats, 8);
	ptrdiff_t n = 0;
	for (const struct choice *c = formats; c->key != NULL; c++) {
		if (str_eq(str_c(c->key), S("mail")) && !rq->site->smtp)
			continue;
		list[n] =
		    (struct view_invite_texts_formats){.value = str_c(c->key),
			.label = req_tr(rq, c->label),
			.chosen = str_eq(str_c(c->key), S("letters"))};
		n++;
	}
	v->formats.p = list;
	v->formats.n = n;
}

static struct str
group_name(struct req *rq, const struct page *page, const struct record *r)
{
	const struct record *group =
	    plan_ref(page->plan, KIND_GROUP, record_value(r, "target_group"));
	return group == NULL ? req_tr(rq, "all groups")
			     : plan_title(page->plan, rq->arena, group);
}

static enum err
text_view(struct req *rq, const struct page *page, const struct record *r,
    struct view_invite_texts *v)
{
	struct invite_gate look;
	enum err e =
	    invite_look(rq->db, rq->arena, &rq->who, page->plan, r, &look);
	if (e != ERR_OK)
		return e;
	struct activity then = look.activity;
	*v = (struct view_invite_texts){
	    .id = r->id_text,
	    .group = group_name(rq, page, r),
	    .too_late = look.too_late,
	    .can_send = look.open && actor_may(&rq->who, CAP_VAULT),
	    .action = activity_path(rq, page->activity, "/invitation"),
	    .remind_href =
		activity_path(rq, page->activity, "/invitation?mind=1"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .persons_href = req_network_path(rq, "/personer/ny"),
	    .gate = gate_view(rq, page->plan, &then, &look.gate),
	};
	v->reading = reading_view(rq, look.text, &look.plain);
	fill_formats(rq, v);
	return v->can_send ? fill_people(rq, page, r, v) : ERR_OK;
}

static enum err
fill_texts(struct req *rq, struct page *page)
{
	const struct records *all = &page->plan->of[KIND_INVITATION];
	struct view_invite_texts *list =
	    arena_new(rq->arena, struct view_invite_texts, MOST_TEXTS);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < all->n && n < MOST_TEXTS; i++) {
		if (!str_eq(record_value(&all->list[i], "activity"),
			page->activity->id_text))
			continue;
		enum err e = text_view(rq, page, &all->list[i], &list[n++]);
		if (e != ERR_OK)
			return e;
	}
	page->view->texts.p = list;
	page->view->texts.n = n;
	return ERR_OK;
}

/* ---- what it can begin with ---- */

/* The card of each of the activity's groups, or the way to make one. */
static void
fill_cards(struct req *rq, struct page *page)
{
	struct id id;
	struct str groups = record_value(page->activity, "groups");
	struct view_invite_cards *rows =
	    arena_new(rq->arena, struct view_invite_cards, RECORD_REFS);
	ptrdiff_t n = 0;
	while (record_next_ref(&groups, &id)) {
		const struct record *group =
		    plan_find(page->plan, KIND_GROUP, id);
		if (group == NULL)
			continue;
		bool whole = theme_card_for(
				 rq->arena, page->plan, group->id_text) != NULL;
		rows[n++] = (struct view_invite_cards){
		    .group = plan_title(page->plan, rq->arena, group),
		    .whole = whole,
		    .href = whole
			? STR_JOIN(rq->arena,
			      activity_path(rq, page->activity,
				  "/invitation?ny=invitation&activity="),
			      page->activity->id_text, S("&target_group="),
			      group->id_text, S("#invitation-ny"))
			: req_network_path(rq, "/temakort")};
	}
	page->view->cards.p = rows;
	page->view->cards.n = n;
}

/* A new invitation to a group begins with its card. */
static enum err
begin(struct req *rq, struct edit *edit)
{
	const struct plan *plan;
	if (!edit_is_new(edit, KIND_INVITATION) ||
	    record_value(&edit->record, "target_group").n == 0)
		return ERR_OK;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct record *card = theme_card_for(
	    rq->arena, plan, record_value(&edit->record, "target_group"));
	if (card != NULL)
		theme_card_invite(card, &edit->record);
	return ERR_OK;
}

/* ---- the page ---- */

/* What the redirect after a sending says; an id leads to the letters. */
static void
fill_outcome(struct req *rq, struct view_invite *v)
{
	struct id batch;
	struct str made = req_query(rq, S("lavet"));
	if (id_parse(made, &batch))
		v->letters_href = STR_JOIN(rq->arena,
		    req_network_path(rq, "/breve/"), id_text(rq->arena, batch));
	v->mailed = req_query(rq, S("mail")).n > 0;
	v->left_out = req_query(rq, S("udeladt")).n > 0;
}

static enum err
show(struct req *rq, struct id id, const struct edit *edit, struct str error,
    int status)
{
	struct view_invite v = {.faults.heading = error};
	struct page page = {
	    .view = &v, .remind = req_query(rq, S("mind")).n > 0};
	enum err e = plans_get(rq, &page.plan);
	if (e != ERR_OK)
		return e;
	page.activity = plan_find(page.plan, KIND_ACTIVITY, id);
	if (page.activity == NULL)
		return ERR_NOT_FOUND;
	struct section_part part = {{.kind = KIND_INVITATION,
					.title = N_("The words"),
					.lead = N_("One text for each target "
						   "group, or one for all."),
					.empty = N_("No invitations yet.")},
	    "activity", page.activity->id_text};
	v.title = record_value(page.activity, "title");
	v.head = shell_network_head(rq, req_tr(rq, "Invitations"),
	    record_value(&page.plan->network, "name"), "aktiviteter");
	v.foot = shell_foot(rq);
	v.activity_href = activity_path(rq, page.activity, "");
	v.section = section_part_view(rq, page.plan, edit, &part);
	v.reads = reads_view(rq, page.plan, edit);
	fill_outcome(rq, &v);
	if (actor_may(&rq->who, CAP_EDIT))
		fill_cards(rq, &page);
	e = sending_list(rq->db, rq->arena, &rq->who, id, &page.sendings);
	if (e == ERR_OK)
		e = fill_texts(rq, &page);
	if (e != ERR_OK)
		return e;
	tmpl_invite(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

enum err
invite_show(struct req *rq, struct id id, const struct edit *edit, int status)
{
	return show(rq, id, edit, S(""), status);
}

/* "aktiviteter/ID/invitation" */
static const char *
side_of(struct req *rq, struct id id)
{
	return str_cstr(rq->arena,
	    STR_JOIN(rq->arena, S("aktiviteter/"), id_text(rq->arena, id),
		S("/invitation")));
}

/* GET /netvaerk/N/aktiviteter/ID/invitation */
enum err
page_invite(struct req *rq)
{
	struct id id;
	struct edit edit;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = edit_from_query(rq, side_of(rq, id), &edit);
	if (e == ERR_OK)
		e = begin(rq, &edit);
	return e == ERR_OK ? show(rq, id, &edit, S(""), 200) : e;
}

/* ---- making them ---- */

/* Each person once. */
static struct ids
read_people(struct req *rq)
{
	struct ids ids = {arena_new(rq->arena, struct id, LETTERS_MOST), 0};
	struct str rest = req_form_all(rq, S("person"));
	while (rest.n > 0 && ids.n < LETTERS_MOST) {
		struct id id;
		if (id_parse(str_cut(&rest, ' '), &id) && !ids_have(&ids, id))
			ids.list[ids.n++] = id;
	}
	return ids;
}

static struct mail
mail_words(struct req *rq, const struct record *invitation)
{
	enum lang lang = invitation_lang(invitation);
	return (struct mail){
	    .kind = S("invitation"),
	    .subject = tr(lang, N_("You have a message from us")),
	    .body = tr(lang,
		N_("We have a question for you. Read it here, and answer if "
		   "you like:\n\n%1\n\nThe link is yours alone. Do not send it "
		   "on.\n")),
	    .has_smtp = rq->site->smtp,
	};
}

static enum err
send(struct req *rq, const struct plan *plan, const struct record *r,
    struct invite_result *result)
{
	struct invite in = {.invitation = r,
	    .format = req_form(rq, S("format")),
	    .people = read_people(rq),
	    .astray = req_form(rq, S("astray")).n > 0,
	    .mail = mail_words(rq, r),
	    .page = str_cat(
		rq->arena, site_url(rq->site, rq->arena, rq->org), S("/c/")),
	    .short_code = rq->org->short_code};
	if (choice_find(formats, in.format) == NULL)
		return ERR_INVALID;
	return invite_send(rq->db, rq->arena, &rq->who, plan, &in, result);
}

/* POST /netvaerk/N/aktiviteter/ID/invitation */
enum err
page_invite_send(struct req *rq)
{
	struct id id, invitation;
	const struct plan *plan;
	struct invite_result result;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	const struct record *r =
	    id_parse(req_form(rq, S("invitation")), &invitation)
	    ? plan_find(plan, KIND_INVITATION, invitation)
	    : NULL;
	if (r == NULL)
		return ERR_NOT_FOUND;
	e = send(rq, plan, r, &result);
	if (e == ERR_INVALID)
		return show(rq, id, &(struct edit){.side = S("")},
		    req_tr(rq,
			"Nobody was invited. Choose somebody who can be "
			"reached that way, at most 60 at a time where each "
			"gets a file, and look at what is in the way. Nobody "
			"is reminded twice."),
		    422);
	if (e != ERR_OK)
		return e;
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	rq->kick = true;
	struct str path = STR_JOIN(rq->arena,
	    req_network_path(rq, "/aktiviteter/"), id_text(rq->arena, id));
	struct str made = id_is_set(result.batch)
	    ? id_text(rq->arena, result.batch)
	    : S("mail");
	return req_redirect(rq, "%.*s/invitation?lavet=%.*s%s%s", STR_ARG(path),
	    STR_ARG(made), result.mailed > 0 ? "&mail=1" : "",
	    result.left_out > 0 ? "&udeladt=1" : "");
}
