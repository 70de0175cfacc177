/* SPDX-License-Identifier: MPL-2.0 */

/* One shift for the coordinator: who is on it, who may need a call, who came,
 * and what has happened. */
#include "base/buf.h"
#include "view_shift.h"
#include "web/corps_view.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"

static const struct choice place_states[] = {
    {"in", N_("On the shift")},
    {"waiting", N_("Waits")},
    {"wish", N_("Wishes for it")},
    {0},
};

static const struct choice events[] = {
    {"in", N_("came on the shift")},
    {"waiting", N_("waits in line")},
    {"wish", N_("wishes for it")},
    {"left", N_("left it")},
    {"moved_up", N_("moved up")},
    {"offered", N_("lets somebody else take it")},
    {"kept", N_("keeps it")},
    {"took", N_("took it over")},
    {"handed", N_("gave it to somebody else")},
    {"shared", N_("got a place when they were given out")},
    {"queued", N_("waits since the places were given out")},
    {"cancelled", N_("it was cancelled")},
    {"off", N_("is told that it is cancelled")},
    {"places", N_("other number of places")},
    {0},
};

/* Kindly: what may help, not what somebody did wrong. */
static struct str
place_note(struct req *rq, const struct shift_place *p)
{
	if (str_eq(p->came, S("yes")))
		return req_tr2(rq, "Came: %1, %2 kr.",
		    corps_hours(rq, p->minutes),
		    lang_int(rq->arena, rq->lang, p->kroner));
	if (str_eq(p->came, S("no")))
		return req_tr(rq, "Did not come.");
	if (p->offered)
		return req_tr(rq, "Would like somebody else to take it.");
	if (shift_may_miss(p))
		return req_tr2(rq,
		    "Came to %1 of %2 before. A call beforehand may help.",
		    lang_int(rq->arena, rq->lang, p->been),
		    lang_int(rq->arena, rq->lang, p->been + p->missed));
	if (p->been + p->missed == 0)
		return req_tr(rq, "Has not been here before: say welcome.");
	return S("");
}

static void
add_place(struct req *rq, const struct shift *s, const struct shift_place *p,
    struct view_shift_places *row)
{
	bool over = shift_is_over(s, rq->http->now_us);
	bool asks = actor_may(&rq->who, CAP_ASK) && id_is_set(p->person) &&
	    s->cancelled_us == 0;
	*row = (struct view_shift_places){.id = id_text(rq->arena, p->person),
	    .name = id_is_set(p->person) ? person_code(rq->arena, p->number)
					 : req_tr(rq, "Deleted"),
	    .href =
		id_is_set(p->person) ? person_href(rq, p->person, "") : S(""),
	    .state = choice_label(rq, place_states, p->state),
	    .note = place_note(rq, p),
	    .key = req_new_key(rq),
	    .leave_key = req_new_key(rq),
	    .can_note = asks && over && str_eq(p->state, S("in")),
	    .can_leave = asks && !over,
	    .can_offer =
		asks && !over && str_eq(p->state, S("in")) && !p->offered,
	    .offered = asks && !over && p->offered,
	    .minutes = p->came.n > 0 ? p->minutes : shift_minutes(s),
	    .kroner = p->kroner};
}

static enum err
fill_people(struct req *rq, const struct shift *s, struct view_shift *v)
{
	struct shift_places all;
	struct shift_events log;
	enum err e = shift_people(rq->db, rq->arena, &rq->who, s->id, &all);
	if (e == ERR_OK)
		e = shift_history(rq->db, rq->arena, &rq->who, s->id, &log);
	if (e != ERR_OK)
		return e;
	struct view_shift_places *rows =
	    arena_new(rq->arena, struct view_shift_places, all.n);
	struct view_shift_events *happened =
	    arena_new(rq->arena, struct view_shift_events, log.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		add_place(rq, s, &all.list[i], &rows[i]);
	for (ptrdiff_t i = 0; i < log.n; i++)
		happened[i] = (struct view_shift_events){
		    .when = lang_date(
			rq->arena, rq->lang, date_danish(log.list[i].at_us)),
		    .what = choice_label(rq, events, log.list[i].what),
		    .name = log.list[i].number > 0
			? person_code(rq->arena, log.list[i].number)
			: S("")};
	v->places.p = rows;
	v->places.n = all.n;
	v->events.p = happened;
	v->events.n = log.n;
	return ERR_OK;
}

/* The rule by which the places are shared out, and its seed. */
static enum err
fill_rule(struct req *rq, const struct shift *s, struct view_shift *v)
{
	struct shift_release r;
	if (!id_is_set(s->release))
		return ERR_OK;
	enum err e =
	    shift_release_get(rq->db, rq->arena, &rq->who, s->release, &r);
	if (e != ERR_OK)
		return e;
	struct civil c = civil_danish(r.closes_us);
	v->rule = req_tr2(rq,
	    "The places are shared out on %1 at %2: whoever has had fewest "
	    "shifts comes first, and a lot decides between equals.",
	    lang_date(rq->arena, rq->lang, c.date),
	    shift_clock(rq->arena, c.hour * 60 + c.minute));
	v->seal = r.shared_us > 0
	    ? req_tr1(rq,
		  "Seed: %1. A lot is the BLAKE2b-256 hash of the seed, a "
		  "blank and the code; the smaller comes first.",
		  r.seed)
	    : req_tr1(rq, "Hash of the seed: %1", r.seal);
	return ERR_OK;
}

/* What was typed and why it does not do. */
struct back {
	const char *notice;
	struct str code, places, reason;
};

static enum err
show(struct req *rq, const struct shift *s, const struct back *b)
{
	const struct plan *plan;
	bool over = shift_is_over(s, rq->http->now_us);
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct str path = str_cat(rq->arena, req_network_path(rq, "/vagter/"),
	    id_text(rq->arena, s->id));
	struct view_shift v = {
	    .head = corps_head(rq, plan, s->task_title),
	    .foot = shell_foot(rq),
	    .back = req_network_path(rq, "/vagter"),
	    .title = s->task_title,
	    .when = corps_when(rq, s),
	    .place = s->place,
	    .what = s->what,
	    .filled = shift_filled(rq, s),
	    .reason = s->reason,
	    .cancelled = s->cancelled_us > 0,
	    .notice = b->notice != NULL ? req_tr(rq, b->notice) : S(""),
	    .people = actor_may(&rq->who, CAP_PEOPLE),
	    .can_join =
		actor_may(&rq->who, CAP_ASK) && !over && s->cancelled_us == 0,
	    .can_change =
		actor_may(&rq->who, CAP_EDIT) && !over && s->cancelled_us == 0,
	    .typed = b->code,
	    .why = b->reason,
	    .places_text = b->places.n > 0
		? b->places
		: str_fmt(rq->arena, "%d", (int)s->places),
	    .csrf = req_csrf(rq),
	    .join_key = req_new_key(rq),
	    .places_key = req_new_key(rq),
	    .cancel_key = req_new_key(rq),
	    .person_action = str_cat(rq->arena, path, S("/person")),
	    .came_action = str_cat(rq->arena, path, S("/frem")),
	    .change_action = path,
	};
	e = fill_rule(rq, s, &v);
	if (e == ERR_OK && v.people)
		e = fill_people(rq, s, &v);
	if (e != ERR_OK)
		return e;
	tmpl_shift(&rq->out, rq->lang, &v);
	return req_html_status(rq, b->notice != NULL ? 422 : 200);
}

static enum err
shift_of(struct req *rq, struct shift *s)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK ? shift_get(rq->db, rq->arena, &rq->who,
				 (struct shift_of){.shift = id}, s)
			   : e;
}

/* GET /netvaerk/N/vagter/ID */
enum err
page_shift(struct req *rq)
{
	struct shift s;
	enum err e = shift_of(rq, &s);
	return e == ERR_OK ? show(rq, &s, &(struct back){0}) : e;
}

static enum err
done(struct req *rq, const struct shift *s)
{
	struct str path = str_cat(rq->arena, req_network_path(rq, "/vagter/"),
	    id_text(rq->arena, s->id));
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s", STR_ARG(path));
}

/* "K-1842", "k1842", "1842" */
static enum err
person_by_code(struct req *rq, struct str code, struct person *out)
{
	struct person_page page;
	int64_t number;
	struct str digits = str_trim(code);
	if (str_starts(digits, S("K")) || str_starts(digits, S("k")))
		digits = str_sub(digits, 1, digits.n);
	if (str_starts(digits, S("-")))
		digits = str_sub(digits, 1, digits.n);
	if (!str_int(digits, &number) || number < 1)
		return ERR_NOT_FOUND;
	struct person_filter f = {.after = number - 1, .max = 1};
	enum err e = person_list(rq->db, rq->arena, &rq->who, &f, &page);
	if (e != ERR_OK || page.n == 0 || page.list[0].number != number)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	*out = page.list[0];
	return ERR_OK;
}

/* What they can do themselves on their page, and said by phone.  Who is put on
 * a full shift takes the place that somebody would hand over. */
static enum err
do_for(struct req *rq, const struct shift *s, struct id person,
    struct shift_answer *answer)
{
	struct shift_of of = {s->id, person};
	struct str what = req_form(rq, S("do"));
	bool offer = str_eq(what, S("offer"));
	*answer = (struct shift_answer){0};
	if (str_eq(what, S("leave")))
		return shift_leave(rq->db, rq->arena, &rq->who, of);
	if (offer || str_eq(what, S("keep")))
		return shift_offer(rq->db, rq->arena, &rq->who, of, offer);
	if (s->in >= s->places && s->offered > 0)
		return shift_take(rq->db, rq->arena, &rq->who, of, answer);
	return shift_join(rq->db, rq->arena, &rq->who, of, answer);
}

/* POST /netvaerk/N/vagter/ID/person: for those who have only a phone. */
enum err
page_shift_person(struct req *rq)
{
	struct shift s;
	struct person p;
	struct shift_answer answer = {0};
	struct str code = req_form(rq, S("code"));
	enum err e = shift_of(rq, &s);
	if (e != ERR_OK)
		return e;
	e = person_by_code(rq, code, &p);
	if (e == ERR_NOT_FOUND)
		return show(rq, &s,
		    &(struct back){.notice = N_("Nobody here has that code. It "
						"looks like K-1842."),
			.code = code});
	if (e == ERR_OK)
		e = do_for(rq, &s, p.id, &answer);
	if (e != ERR_OK)
		return e;
	if (answer.why != NULL)
		return show(
		    rq, &s, &(struct back){.notice = answer.why, .code = code});
	return done(rq, &s);
}

/* POST /netvaerk/N/vagter/ID/frem */
enum err
page_shift_came(struct req *rq)
{
	struct shift s;
	struct shift_note note = {.came = req_form(rq, S("came"))};
	enum err e = shift_of(rq, &s);
	if (e != ERR_OK)
		return e;
	note.shift = s.id;
	if (!id_parse(req_form(rq, S("person")), &note.person))
		return ERR_INVALID;
	if (!str_int(req_form(rq, S("minutes")), &note.minutes) ||
	    !str_int(req_form(rq, S("kroner")), &note.kroner))
		note.minutes = -1;
	e = shift_note_came(rq->db, rq->arena, &rq->who, &note);
	if (e == ERR_INVALID)
		return show(rq, &s,
		    &(struct back){
			.notice = N_("Write minutes (at most 1,440) and "
				     "kroner as whole numbers, once the shift "
				     "has begun.")});
	return e == ERR_OK ? done(rq, &s) : e;
}

/* POST /netvaerk/N/vagter/ID: other places, or cancelled. */
enum err
page_shift_change(struct req *rq)
{
	struct shift s;
	int64_t places = 0;
	struct back b = {.places = req_form(rq, S("places")),
	    .reason = req_form(rq, S("reason"))};
	enum err e = shift_of(rq, &s);
	if (e != ERR_OK)
		return e;
	if (str_eq(req_form(rq, S("do")), S("cancel"))) {
		e = shift_cancel(rq->db, rq->arena, &rq->who, s.id, b.reason);
		b.notice = N_("Write why, so that those who are on it know.");
	} else {
		if (!str_int(b.places, &places))
			places = 0;
		e = shift_resize(rq->db, rq->arena, &rq->who, s.id, places);
		b.notice = N_("Write a number, 1 to 500, and no fewer than are "
			      "on the shift.");
	}
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show(rq, &s, &b);
	return e == ERR_OK ? done(rq, &s) : e;
}
