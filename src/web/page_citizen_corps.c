/* SPDX-License-Identifier: MPL-2.0 */

/* A volunteer at their page: what they promise, their shifts, what they offer,
 * and their calendar. */
#include "base/buf.h"
#include "model/expense.h"
#include "view_citizen_corps.h"
#include "web/corps_view.h"
#include "web/pages.h"
#include "web/shell.h"
#include "web/site.h"

enum { MOST_OPEN = 60 };

/* A form that comes back, and what to say above. */
struct reply_to {
	const char *offer_fault; /* msgid */
	const struct corps_offer *offer;
	const char *notice; /* msgid or NULL */
	struct str feed;
};

static struct view_inputs
offer_inputs(struct req *rq, const struct corps_offer *o, const char *fault)
{
	const struct input in[] = {{.kind = INPUT_LINE,
				       .name = "knowledge",
				       .label = N_("What do you know about?"),
				       .optional = true,
				       .fault = fault,
				       .value = o->knowledge},
	    {.kind = INPUT_LINE,
		.name = "skills",
		.label = N_("What can you do?"),
		.optional = true,
		.value = o->skills},
	    {.kind = INPUT_LINE,
		.name = "resources",
		.label = N_("What do you have that we may use?"),
		.optional = true,
		.value = o->resources}};
	return inputs_view(rq, in, COUNT_OF(in));
}

/* ---- shifts ---- */

static struct str
mine_state(struct req *rq, const struct shift *s)
{
	if (s->cancelled_us > 0)
		return req_tr(rq, "Cancelled");
	if (str_eq(s->mine, S("in")))
		return s->mine_offered ? req_tr(rq,
					     "You are on it until "
					     "somebody takes it")
				       : req_tr(rq, "You are on it");
	return str_eq(s->mine, S("waiting")) ? req_tr(rq, "You wait")
					     : req_tr(rq, "You wish for it");
}

static struct str
share_words(struct req *rq, const struct shift *s)
{
	struct civil c = civil_danish(s->closes_us);
	return req_tr2(rq,
	    "Say it before %1 at %2. Then the places are shared out. Who has "
	    "had fewest shifts comes first.",
	    lang_date(rq->arena, rq->lang, c.date),
	    shift_clock(rq->arena, c.hour * 60 + c.minute));
}

static void
add_mine(struct req *rq, const struct shift *s,
    struct view_citizen_corps_shifts *row)
{
	bool on = str_eq(s->mine, S("in"));
	*row =
	    (struct view_citizen_corps_shifts){.id = id_text(rq->arena, s->id),
		.key = req_new_key(rq),
		.title = s->task_title,
		.state = mine_state(rq, s),
		.when = corps_when(rq, s),
		.place = s->place,
		.what = s->what,
		.can_change = s->cancelled_us == 0,
		.can_offer = on && !s->mine_offered,
		.offered = on && s->mine_offered};
	if (s->cancelled_us > 0)
		row->note = s->reason;
	else if (shift_collects(s))
		row->note = share_words(rq, s);
}

static struct str
open_note(struct req *rq, const struct shift *s)
{
	if (shift_collects(s))
		return share_words(rq, s);
	if (s->in < s->places)
		return req_tr2(rq, "%1 of %2 places are free.",
		    lang_int(rq->arena, rq->lang, s->places - s->in),
		    lang_int(rq->arena, rq->lang, s->places));
	if (s->offered > 0)
		return req_tr(rq, "Somebody cannot come. You can take it.");
	return req_tr1(rq,
	    "All places are taken. %1 wait. You move up by yourself when "
	    "somebody stops.",
	    lang_int(rq->arena, rq->lang, s->waiting));
}

static void
add_open(
    struct req *rq, const struct shift *s, struct view_citizen_corps_open *row)
{
	bool take = s->in >= s->places && s->offered > 0 && !shift_collects(s);
	bool wait = s->in >= s->places && !take && !shift_collects(s);
	*row = (struct view_citizen_corps_open){.id = id_text(rq->arena, s->id),
	    .key = req_new_key(rq),
	    .title = s->task_title,
	    .when = corps_when(rq, s),
	    .place = s->place,
	    .what = s->what,
	    .note = open_note(rq, s),
	    .act = take ? S("take") : S("join")};
	row->button = req_tr(rq, "I come");
	if (wait)
		row->button = req_tr(rq, "I wait for it");
	else if (shift_collects(s))
		row->button = req_tr(rq, "I wish for it");
}

/* Whether the person has said yes to the task. */
static bool
has_pledged(const struct pledges *all, struct id task)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].task, task) &&
		    pledge_holds(&all->list[i]) && all->list[i].hours > 0)
			return true;
	}
	return false;
}

static enum err
fill_shifts(struct req *rq, const struct visit *visit,
    const struct pledges *pledges, struct view_citizen_corps *v)
{
	struct shifts all;
	struct shift_filter f = {.first = date_danish(rq->http->now_us),
	    .person = visit->citizen.person.id};
	enum err e =
	    shift_list(rq->db, rq->arena, &visit->citizen.in, &f, &all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_corps_shifts *mine =
	    arena_new(rq->arena, struct view_citizen_corps_shifts, all.n);
	struct view_citizen_corps_open *open =
	    arena_new(rq->arena, struct view_citizen_corps_open, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct shift *s = &all.list[i];
		bool on = s->mine.n > 0 && !str_eq(s->mine, S("left"));
		if (shift_is_over(s, rq->http->now_us))
			continue;
		if (on)
			add_mine(rq, s, &mine[v->shifts.n++]);
		else if (s->cancelled_us == 0 && v->open.n < MOST_OPEN &&
		    has_pledged(pledges, s->task))
			add_open(rq, s, &open[v->open.n++]);
	}
	v->shifts.p = mine;
	v->open.p = open;
	return ERR_OK;
}

/* ---- tasks ---- */

/* The newest that has not ended, or NULL. */
static const struct pledge *
pledge_for(const struct pledges *all, struct id task)
{
	for (ptrdiff_t i = all->n - 1; i >= 0; i--) {
		const struct pledge *p = &all->list[i];
		if (id_eq(p->task, task) &&
		    (pledge_holds(p) || str_eq(p->state, S("offered"))))
			return p;
	}
	return NULL;
}

static void
add_task(struct req *rq, const struct visit *visit, const struct corps_task *t,
    const struct pledge *p, struct view_citizen_corps_tasks *row)
{
	bool asked = p != NULL && str_eq(p->state, S("offered"));
	*row =
	    (struct view_citizen_corps_tasks){.id = id_text(rq->arena, t->id),
		.title = t->title,
		.about = t->about,
		.tie = t->tie_text,
		.secrecy = t->secrecy,
		.contact = t->contact,
		.yes_key = req_new_key(rq),
		.asked = asked,
		.holds = p != NULL && pledge_holds(p)};
	if (t->open && !asked)
		row->form_href = visit_href(rq, visit,
		    str_cstr(rq->arena,
			str_cat(rq->arena, S("/korps/aftale/"), row->id)));
	if (p == NULL)
		return;
	row->pledge = corps_pledge(rq, p);
	row->pledge_id = id_text(rq->arena, p->id);
	row->state = choice_label(rq, pledge_states, p->state);
}

static enum err
fill_tasks(struct req *rq, const struct visit *visit,
    const struct pledges *pledges, struct view_citizen_corps *v)
{
	struct corps_tasks all;
	enum err e = corps_tasks(rq->db, rq->arena, &visit->citizen.in, &all);
	if (e != ERR_OK)
		return e;
	struct view_citizen_corps_tasks *rows =
	    arena_new(rq->arena, struct view_citizen_corps_tasks, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct corps_task *t = &all.list[i];
		const struct pledge *p = pledge_for(pledges, t->id);
		if (t->open || p != NULL)
			add_task(rq, visit, t, p, &rows[v->tasks.n++]);
	}
	v->tasks.p = rows;
	return ERR_OK;
}

static const struct {
	const char *key, *words;
} notices[] = {
    {"loefte", N_("Thank you. It is noted.")},
    {"nej", N_("That is fine. We ask no more about it.")},
    {"stop", N_("You have stopped. You are on no shift of it any more.")},
    {"in", N_("You are on the shift.")},
    {"waiting", N_("All places are taken. You wait in line.")},
    {"wish", N_("Your wish is noted.")},
    {"fri", N_("It is noted. Thank you for telling us.")},
    {"tilbud", N_("Thank you. We have noted what you offer.")},
};

static const char *
notice_of(struct req *rq)
{
	struct str key = req_query(rq, S("svar"));
	for (ptrdiff_t i = 0; i < COUNT_OF(notices); i++) {
		if (str_eq(str_c(notices[i].key), key))
			return notices[i].words;
	}
	return NULL;
}

/* What they offer, as it is or as it was typed. */
static enum err
fill_offer(struct req *rq, const struct visit *visit, const struct reply_to *re,
    struct view_citizen_corps *v)
{
	struct corps_offer offer = {0};
	enum err e = ERR_OK;
	if (re->offer != NULL)
		offer = *re->offer;
	else
		e = corps_offer_get(rq->db, rq->arena, &visit->citizen.in,
		    visit->citizen.person.id, &offer);
	if (e == ERR_NOT_FOUND)
		e = ERR_OK;
	v->inputs = offer_inputs(rq, &offer, re->offer_fault);
	return e;
}

/* What they gave and are owed, and what all have given (S25). */
static enum err
fill_given(
    struct req *rq, const struct visit *visit, struct view_citizen_corps *v)
{
	struct expense_own own;
	const struct actor *in = &visit->citizen.in;
	enum err e =
	    expense_own(rq->db, rq->arena, in, visit->citizen.person.id, &own);
	if (e == ERR_OK && own.shifts > 0)
		v->given = req_tr1(rq, "You have helped for %1. Thank you.",
		    corps_hours(rq, own.minutes));
	if (e == ERR_OK && own.owed > 0)
		v->owed = req_tr1(rq, "We owe you %1 kr. for expenses.",
		    lang_int(rq->arena, rq->lang, own.owed));
	if (e == ERR_OK && own.paid > 0)
		v->paid = req_tr1(rq, "You have had %1 kr. back for expenses.",
		    lang_int(rq->arena, rq->lang, own.paid));
	return e == ERR_OK ? corps_share(rq, in, (struct id){0}, &v->share) : e;
}

static enum err
show(struct req *rq, const struct visit *visit, const struct reply_to *re)
{
	struct pledges pledges;
	struct pledge_filter mine = {.person = visit->citizen.person.id};
	const struct actor *in = &visit->citizen.in;
	struct view_citizen_corps v = {
	    .head = visit_head(rq, visit, req_tr(rq, "Help out")),
	    .foot = shell_foot(rq),
	    .notice = re->notice != NULL ? req_tr(rq, re->notice) : S(""),
	    .feed = re->feed,
	    .shift_action = visit_href(rq, visit, "/korps/vagt"),
	    .pledge_action = visit_href(rq, visit, "/korps/aftale"),
	    .offer_action = visit_href(rq, visit, "/korps/tilbud"),
	    .feed_action = visit_href(rq, visit, "/korps/kalender"),
	    .offer_key = req_new_key(rq),
	    .feed_key = req_new_key(rq),
	    .back = visit_href(rq, visit, ""),
	};
	enum err e = pledge_list(rq->db, rq->arena, in, mine, &pledges);
	if (e == ERR_OK)
		e = fill_shifts(rq, visit, &pledges, &v);
	if (e == ERR_OK)
		e = fill_tasks(rq, visit, &pledges, &v);
	if (e == ERR_OK)
		e = catchup_view(rq, in, &v.catchup);
	if (e == ERR_OK)
		e = fill_given(rq, visit, &v);
	if (e == ERR_OK)
		e = fill_offer(rq, visit, re, &v);
	if (e == ERR_OK)
		e = corps_feed_is(
		    rq->db, rq->arena, in, mine.person, &v.has_feed);
	if (e != ERR_OK)
		return e;
	tmpl_citizen_corps(&rq->out, rq->lang, &v);
	return req_html_status(rq, re->offer_fault != NULL ? 422 : 200);
}

bool
corps_enter(struct req *rq, struct visit *visit, enum err *e)
{
	*visit = (struct visit){0};
	*e = visit_enter(rq, req_param(rq, S("token")), visit);
	if (*e == ERR_NOT_FOUND)
		*e = visit_code(rq, true, 404);
	else if (*e == ERR_OK &&
	    str_eq(visit->citizen.person.state, S("stopped")))
		*e = req_redirect(
		    rq, "%.*s", STR_ARG(visit_href(rq, visit, "")));
	else
		return *e == ERR_OK;
	return false;
}

/* GET /c/CODE/korps */
enum err
page_citizen_corps(struct req *rq)
{
	enum err e;
	struct visit visit;
	if (!corps_enter(rq, &visit, &e))
		return e;
	return show(rq, &visit, &(struct reply_to){.notice = notice_of(rq)});
}

enum err
corps_back(struct req *rq, const struct visit *visit, const char *said)
{
	return req_redirect(rq, "%.*s&svar=%s#svar",
	    STR_ARG(visit_href(rq, visit, "/korps")), said);
}

/* ---- a shift ---- */

/* POST /c/CODE/korps/vagt */
enum err
page_citizen_shift(struct req *rq)
{
	enum err e;
	struct id id;
	struct visit visit;
	struct shift_answer answer = {0};
	struct str what = req_form(rq, S("do"));
	if (!corps_enter(rq, &visit, &e))
		return e;
	const struct actor *in = &visit.citizen.in;
	struct id me = visit.citizen.person.id;
	if (!id_parse(req_form(rq, S("shift")), &id))
		return ERR_INVALID;
	if (str_eq(what, S("join")))
		e = shift_join(
		    rq->db, rq->arena, in, (struct shift_of){id, me}, &answer);
	else if (str_eq(what, S("take")))
		e = shift_take(
		    rq->db, rq->arena, in, (struct shift_of){id, me}, &answer);
	else if (str_eq(what, S("offer")) || str_eq(what, S("keep")))
		e = shift_offer(rq->db, rq->arena, in,
		    (struct shift_of){id, me}, str_eq(what, S("offer")));
	else
		e = shift_leave(
		    rq->db, rq->arena, in, (struct shift_of){id, me});
	if (e != ERR_OK)
		return e;
	if (answer.why != NULL)
		return show(
		    rq, &visit, &(struct reply_to){.notice = answer.why});
	return corps_back(rq, &visit,
	    answer.state.n > 0 ? str_cstr(rq->arena, answer.state) : "fri");
}

/* ---- what they offer, and their calendar ---- */

/* POST /c/CODE/korps/tilbud */
enum err
page_citizen_offer(struct req *rq)
{
	enum err e;
	const char *fault = NULL;
	struct visit visit;
	if (!corps_enter(rq, &visit, &e))
		return e;
	struct corps_offer o = {.person = visit.citizen.person.id,
	    .knowledge = req_form(rq, S("knowledge")),
	    .skills = req_form(rq, S("skills")),
	    .resources = req_form(rq, S("resources"))};
	e = corps_offer_save(rq->db, rq->arena, &visit.citizen.in, &o, &fault);
	if (fault != NULL)
		return show(rq, &visit,
		    &(struct reply_to){.offer = &o, .offer_fault = fault});
	return e == ERR_OK ? corps_back(rq, &visit, "tilbud") : e;
}

/* POST /c/CODE/korps/kalender: the address is shown this once. */
enum err
page_citizen_feed(struct req *rq)
{
	enum err e;
	struct str token;
	struct visit visit;
	struct reply_to re = {0};
	if (!corps_enter(rq, &visit, &e))
		return e;
	const struct actor *in = &visit.citizen.in;
	struct id me = visit.citizen.person.id;
	if (str_eq(req_form(rq, S("do")), S("end"))) {
		e = corps_feed_end(rq->db, in, me);
		return e == ERR_OK ? corps_back(rq, &visit, "fri") : e;
	}
	e = corps_feed_new(rq->db, rq->arena, in, me, &token);
	if (e != ERR_OK)
		return e;
	re.feed = STR_JOIN(rq->arena, site_url(rq->site, rq->arena, rq->org),
	    S("/vagtkalender/"), token);
	return show(rq, &visit, &re);
}
