/* SPDX-License-Identifier: MPL-2.0 */

/* One activity: how far it is, what holds it back, what is written about it,
 * its contact plan, and what is said to and fro. */
#include "base/buf.h"
#include "model/person.h"
#include "model/thread.h"
#include "view_activity.h"
#include "web/gate.h"
#include "web/page_plan.h"
#include "web/pages.h"
#include "web/plans.h"
#include "web/route.h"
#include "web/shell.h"

struct shown {
	const struct plan *plan;
	struct activity a;
	struct gate gate;
	struct thread thread;
};

static struct str
activity_path(struct req *rq, const struct record *r, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/aktiviteter/"),
	    r->id_text, str_c(rest));
}

static enum err
load_shown(struct req *rq, struct id id, struct shown *s)
{
	struct rule_limits limits;
	enum err e = plans_get(rq, &s->plan);
	const struct record *r =
	    e == ERR_OK ? plan_find(s->plan, KIND_ACTIVITY, id) : NULL;
	if (e != ERR_OK || r == NULL)
		return e == ERR_OK ? ERR_NOT_FOUND : e;
	e = activity_limits(rq->db, rq->arena, &rq->who, &limits);
	if (e == ERR_OK)
		e = activity_load(
		    rq->db, rq->arena, &rq->who, s->plan, r, &s->a);
	if (e == ERR_OK)
		e = thread_list(rq->db, rq->arena, &rq->who, id, &s->thread);
	if (e == ERR_OK)
		s->gate = activity_gate(rq->arena, &limits, s->plan, &s->a);
	return e;
}

/* ---- how far it is ---- */

static void
fill_states(struct req *rq, const struct shown *s, struct view_activity *v)
{
	struct view_line_rows *list =
	    arena_new(rq->arena, struct view_line_rows, ACTIVITY_STATES);
	for (int i = 0; i < ACTIVITY_STATES; i++)
		list[i] = (struct view_line_rows){
		    .name = req_tr(
			rq, activity_state_label((enum activity_state)i)),
		    .now = i == (int)s->a.state,
		    .been = i < (int)s->a.state};
	v->states.rows.p = list;
	v->states.rows.n = ACTIVITY_STATES;
}

/* What the button says: what was done, not the name of a state. */
static const char *const step_labels[ACTIVITY_STATES] = {
    [ACTIVITY_ETHICS_OK] = N_("The ethics are in order"),
    [ACTIVITY_INVITED] = N_("They are invited"),
    [ACTIVITY_HELD] = N_("It has been held"),
    [ACTIVITY_DOCUMENTED] = N_("It is written down"),
    [ACTIVITY_ANSWERED] = N_("Everyone has had an answer"),
    [ACTIVITY_CLOSED] = N_("Close the activity"),
};

static void
fill_step(struct req *rq, const struct shown *s, struct view_activity *v)
{
	bool may = actor_may(&rq->who, CAP_EDIT);
	v->gate = gate_view(rq, s->plan, &s->a, &s->gate);
	v->done = s->gate.next == ACTIVITY_STATES;
	if (s->gate.open && !v->done && may) {
		v->step_action = activity_path(rq, &s->a.record, "/videre");
		v->step_label = req_tr(rq, step_labels[s->gate.next]);
	}
	v->no_person =
	    !s->a.in_person && s->a.state < ACTIVITY_INVITED; /* S41 */
}

static void
fill_ethics(struct req *rq, const struct shown *s, struct view_activity *v)
{
	const struct ethics *e = &s->a.ethics;
	bool may = actor_may(&rq->who, CAP_MANAGE);
	struct str who = vault_name_of(&s->plan->names, e->account);
	struct str day = lang_date(rq->arena, rq->lang, date_danish(e->at_us));
	v->ethics_href = activity_path(rq, &s->a.record, "/etik");
	v->paper_href = activity_path(rq, &s->a.record, "/skema.pdf");
	v->paper_odt_href = activity_path(rq, &s->a.record, "/skema.odt");
	v->ethics_label = req_tr(
	    rq, may ? "Answer the ethics check" : "See the ethics check");
	if (!e->signed_off)
		v->ethics = req_tr(rq, "Not signed yet.");
	else if (e->stale)
		v->ethics = req_tr2(rq,
		    "Signed by %1, %2. Out of date: the activity or the theme "
		    "changed since.",
		    who, day);
	else if (!e->complete)
		v->ethics =
		    req_tr2(rq, "Signed by %1, %2, with a no in it.", who, day);
	else
		v->ethics = req_tr2(rq, "Signed by %1, %2.", who, day);
}

/* ---- its record, its contact plan ---- */

static void
fill_parts(struct req *rq, const struct shown *s, const struct edit *edit,
    struct view_activity *v)
{
	struct section_part list[] = {
	    {{.kind = KIND_ACTIVITY,
		 .title = N_("The activity"),
		 .empty = N_("No activities yet.")},
		"id", s->a.record.id_text},
	    {{.kind = KIND_CONTACT,
		 .title = N_("Contact plan"),
		 .lead = N_("Who makes contact, how and when. In person "
			    "first."),
		 .empty = N_("No contact plan yet.")},
		"activity", s->a.record.id_text},
	};
	struct view_activity_parts *parts =
	    arena_new(rq->arena, struct view_activity_parts, COUNT_OF(list));
	for (ptrdiff_t i = 0; i < COUNT_OF(list); i++)
		parts[i].section =
		    section_part_view(rq, s->plan, edit, &list[i]);
	v->parts.p = parts;
	v->parts.n = COUNT_OF(list);
}

/* ---- the dialogue ---- */

/* "3 hours": whole hours up to two days, then days. */
static struct str
span(struct req *rq, int64_t us)
{
	int64_t hours = (us + HOUR_US - 1) / HOUR_US;
	int64_t n = hours <= 48 ? hours : (hours + 23) / 24;
	struct str shown = lang_int(rq->arena, rq->lang, n);
	struct str text = hours <= 48 ? trn(rq->lang, "one hour", "%1 hours", n)
				      : trn(rq->lang, "one day", "%1 days", n);
	return tr_fill(rq->arena, text, &shown, 1);
}

static struct str
answer_time(struct req *rq, const struct thread *t)
{
	struct str waiting = lang_int(rq->arena, rq->lang, t->waiting);
	if (t->mean_us == 0)
		return t->waiting == 0
		    ? S("")
		    : req_tr1(rq, "Waiting for an answer: %1.", waiting);
	return req_tr2(rq,
	    "You answer after %1 on average. Waiting for an answer: %2.",
	    span(rq, t->mean_us), waiting);
}

/* A person's message that waits is answered where it stands. */
static void
fill_answer(struct req *rq, const struct shown *s, const struct message *m,
    struct view_activity_messages *view)
{
	view->waits = !id_is_set(m->account) && m->answered_us == 0;
	if (!view->waits || !actor_may(&rq->who, CAP_ASK))
		return;
	view->answer_action = activity_path(rq, &s->a.record, "/besked");
	view->key = req_new_key(rq);
	view->new_id = req_new_key(rq);
	view->person = id_text(rq->arena, m->person);
}

static struct str
writer(struct req *rq, const struct shown *s, const struct message *m)
{
	struct str name = vault_name_of(&s->plan->names, m->account);
	if (!id_is_set(m->account))
		return m->alias;
	return m->alias.n > 0 ? req_tr2(rq, "%1 to %2", name, m->alias) : name;
}

static void
fill_messages(struct req *rq, const struct shown *s, struct view_activity *v)
{
	const struct thread *t = &s->thread;
	struct view_activity_messages *list =
	    arena_new(rq->arena, struct view_activity_messages, t->n);
	for (ptrdiff_t i = 0; i < t->n; i++) {
		const struct message *m = &t->list[i];
		list[i] = (struct view_activity_messages){
		    .id = id_text(rq->arena, m->id),
		    .who = writer(rq, s, m),
		    .when = lang_time(rq->arena, rq->lang, m->at_us),
		    .text = m->text};
		fill_answer(rq, s, m, &list[i]);
	}
	v->messages.p = list;
	v->messages.n = t->n;
	v->no_messages = t->n == 0;
	v->answer_time = answer_time(rq, t);
}

enum { MOST_PEOPLE = 200 };

/* Those of its target groups, by number and alias. */
static enum err
fill_people(struct req *rq, const struct shown *s, struct view_activity *v)
{
	struct str refs = record_value(&s->a.record, "groups");
	struct person_filter filter = {.max = MOST_PEOPLE};
	struct view_activity_people *list =
	    arena_new(rq->arena, struct view_activity_people, MOST_PEOPLE);
	struct str chosen = req_form(rq, S("person"));
	while (actor_may(&rq->who, CAP_ASK) &&
	    record_next_ref(&refs, &filter.group)) {
		struct person_page page;
		enum err e =
		    person_list(rq->db, rq->arena, &rq->who, &filter, &page);
		if (e != ERR_OK)
			return e;
		for (ptrdiff_t i = 0; i < page.n && v->people.n < MOST_PEOPLE;
		     i++) {
			const struct person *p = &page.list[i];
			struct str value = id_text(rq->arena, p->id);
			list[v->people.n++] =
			    (struct view_activity_people){.value = value,
				.label = STR_JOIN(rq->arena,
				    person_code(rq->arena, p->number), S(" "),
				    p->alias),
				.chosen = str_eq(value, chosen)};
		}
	}
	v->people.p = list;
	v->has_people = v->people.n > 0;
	return ERR_OK;
}

static enum err
fill_writing(struct req *rq, const struct shown *s, struct view_activity *v)
{
	if (!actor_may(&rq->who, CAP_AGENDA))
		return ERR_OK;
	v->message_action = activity_path(rq, &s->a.record, "/besked");
	v->message_id = req_new_key(rq);
	if (rq->route->page == page_message) { /* it came back */
		v->message_text = req_form(rq, S("text"));
		v->from_person = req_checked(rq, S("from_person"));
		v->message_error = req_tr(rq,
		    "Write a text without CPR numbers, at most 4,000 "
		    "characters. What a person said needs the person.");
	}
	return fill_people(rq, s, v);
}

/* ---- the pause ---- */

/* As it stands, or with what was typed when it was refused. */
static void
fill_pause(struct req *rq, const struct shown *s, struct view_activity *v)
{
	const struct pause *p = &s->a.pause;
	bool refused = rq->route->page == page_pause;
	v->paused = p->reason;
	if (p->reason.n > 0)
		v->paused_since = lang_time(rq->arena, rq->lang, p->at_us);
	if (actor_may(&rq->who, CAP_ACCESS)) {
		v->pause_action = activity_path(rq, &s->a.record, "/pause");
		v->pause_key = req_new_key(rq);
	}
	if (refused) {
		const char *fault = pause_fault(req_form(rq, S("grund")));
		v->pause_text = req_form(rq, S("grund"));
		v->pause_error = fault != NULL ? req_tr(rq, fault) : S("");
	}
}

/* ---- the page ---- */

enum err
activity_show(struct req *rq, struct id id, const struct edit *edit, int status)
{
	struct shown s;
	enum err e = load_shown(rq, id, &s);
	if (e != ERR_OK)
		return e;
	struct str title = record_value(&s.a.record, "title");
	struct view_activity v = {
	    .head = shell_network_head(rq, title,
		record_value(&s.plan->network, "name"), "aktiviteter"),
	    .foot = shell_foot(rq),
	    .title = title,
	    .list_href = req_network_path(rq, "/aktiviteter"),
	    .terms_href = req_network_path(rq, "/lige-vilkaar"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .rev = str_fmt(rq->arena, "%lld", (long long)s.a.record.rev),
	    .minutes = s.a.minutes,
	    .cost = s.a.cost,
	    .invited = s.a.invited,
	    .said_yes = s.a.said_yes,
	};
	if (actor_may(&rq->who, CAP_PEOPLE))
		v.invite_href = activity_path(rq, &s.a.record, "/invitation");
	fill_states(rq, &s, &v);
	fill_step(rq, &s, &v);
	fill_pause(rq, &s, &v);
	fill_ethics(rq, &s, &v);
	fill_parts(rq, &s, edit, &v);
	fill_messages(rq, &s, &v);
	e = fill_writing(rq, &s, &v);
	if (e != ERR_OK)
		return e;
	tmpl_activity(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* "aktiviteter/ID" */
static const char *
side_of(struct req *rq, struct id id)
{
	return str_cstr(rq->arena,
	    str_cat(rq->arena, S("aktiviteter/"), id_text(rq->arena, id)));
}

/* GET /netvaerk/N/aktiviteter/ID */
enum err
page_activity(struct req *rq)
{
	struct id id;
	struct edit edit;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = edit_from_query(rq, side_of(rq, id), &edit);
	return e == ERR_OK ? activity_show(rq, id, &edit, 200) : e;
}

/* ---- what is done there ---- */

static enum err
back(struct req *rq, struct id id, const char *anchor)
{
	struct str path = edit_side_path(rq, side_of(rq, id));
	rq->event.network = rq->who.network;
	rq->event.account = rq->who.account;
	return req_redirect(rq, "%.*s?besked=gemt%s", STR_ARG(path), anchor);
}

static enum err
show_plainly(struct req *rq, struct id id, int status)
{
	struct edit edit = {.side = str_c(side_of(rq, id))};
	return activity_show(rq, id, &edit, status);
}

/* POST /netvaerk/N/aktiviteter/ID/videre: the next step, or the page again
 * with what is in its way. */
enum err
page_activity_step(struct req *rq)
{
	struct gate gate;
	struct record seen = {.kind = KIND_ACTIVITY};
	enum err e = req_param_id(rq, S("id"), &seen.id);
	if (e != ERR_OK)
		return e;
	if (!str_int(req_form(rq, S("rev")), &seen.rev))
		return ERR_INVALID;
	e = activity_step(rq->db, rq->arena, &rq->who, &seen, &gate);
	if (e == ERR_OK)
		return back(rq, seen.id, "#naeste");
	if (e == ERR_INVALID)
		return show_plainly(rq, seen.id, 422);
	return e == ERR_CONFLICT ? show_plainly(rq, seen.id, 409) : e;
}

/* POST /netvaerk/N/aktiviteter/ID/pause: it waits from now on, or goes on. */
enum err
page_pause(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e != ERR_OK)
		return e;
	if (req_form(rq, S("videre")).n > 0)
		e = pause_end(rq->db, rq->arena, &rq->who, id);
	else
		e = pause_set(
		    rq->db, rq->arena, &rq->who, id, req_form(rq, S("grund")));
	if (e == ERR_OK)
		return back(rq, id, "");
	return e == ERR_INVALID ? show_plainly(rq, id, 422) : e;
}

/* POST /netvaerk/N/aktiviteter/ID/besked */
enum err
page_message(struct req *rq)
{
	struct message m = {.text = req_form(rq, S("text"))};
	enum err e = req_param_id(rq, S("id"), &m.activity);
	if (e != ERR_OK)
		return e;
	if (!id_parse(req_form(rq, S("id")), &m.id))
		return ERR_INVALID;
	if (!id_parse(req_form(rq, S("person")), &m.person))
		m.person = (struct id){0};
	if (!id_parse(req_form(rq, S("answers")), &m.answers))
		m.answers = (struct id){0};
	e = thread_add(
	    rq->db, rq->arena, &rq->who, &m, req_checked(rq, S("from_person")));
	if (e == ERR_INVALID)
		return show_plainly(rq, m.activity, 422);
	return e == ERR_OK ? back(rq, m.activity, "#dialog") : e;
}

/* POST /netvaerk/N/tilsidesaet: lets R1 pass for an activity, or for a stay in
 * the design of the network. */
enum err
page_pass(struct req *rq)
{
	struct record r;
	struct override o = {.rule = req_form(rq, S("rule")),
	    .reason = req_form(rq, S("reason"))};
	if (!id_parse(req_form(rq, S("object")), &o.object))
		return ERR_NOT_FOUND;
	enum record_kind kind = KIND_ACTIVITY;
	enum err e =
	    record_get(rq->db, rq->arena, &rq->who, kind, o.object, &r);
	if (e == ERR_NOT_FOUND) {
		kind = KIND_VISIT;
		e = record_get(rq->db, rq->arena, &rq->who, kind, o.object, &r);
	}
	if (e == ERR_OK)
		e = override_add(rq->db, rq->arena, &rq->who, &o);
	if (e == ERR_OK && kind == KIND_VISIT) {
		struct str path = req_network_path(rq, "/faser");
		return req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path));
	}
	if (e == ERR_OK)
		return back(rq, o.object, "#naeste");
	if (e != ERR_INVALID)
		return e;
	struct edit edit = {.side = str_c(edit_side_of(rq, &r))};
	return side_show(rq, &edit, 422);
}
