/* SPDX-License-Identifier: MPL-2.0 */

/* The forms of a corps, each on a page of its own: a task, words for
 * newcomers, shifts, what was delivered, what somebody offers.  One that is
 * refused comes back as it was typed. */
#include "base/buf.h"
#include "web/corps_form.h"
#include "web/pages.h"
#include "web/plans.h"

enum { MOST_PEOPLE = 500 };

/* ---- a task ---- */

/* Whatever a task may carry out: "idea ID" and the like. */
static enum err
tie_options(
    struct req *rq, struct str chosen, struct view_input_options_array *out)
{
	static const enum record_kind kinds[] = {
	    KIND_DECISION, KIND_IDEA, KIND_ACTIVITY};
	const struct plan *plan;
	ptrdiff_t n = 0;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_input_options *list =
	    arena_new(rq->arena, struct view_input_options,
		plan->of[KIND_IDEA].n + plan->of[KIND_ACTIVITY].n +
		    plan->of[KIND_DECISION].n + 2);
	list[n++] = (struct view_input_options){.value = S("decision"),
	    .label = req_tr(rq, "A decision, written below")};
	for (ptrdiff_t k = 0; k < COUNT_OF(kinds); k++) {
		const struct records *of = &plan->of[kinds[k]];
		for (ptrdiff_t i = 0; i < of->n; i++)
			list[n++] = (struct view_input_options){
			    .value = STR_JOIN(rq->arena,
				str_c(record_def(kinds[k])->name), S(" "),
				of->list[i].id_text),
			    .label = STR_JOIN(rq->arena,
				req_tr(rq, record_def(kinds[k])->title),
				S(": "),
				plan_title(plan, rq->arena, &of->list[i]))};
	}
	if (str_starts(chosen, S("contribution ")))
		list[n++] = (struct view_input_options){
		    .value = chosen, .label = req_tr(rq, "What somebody said")};
	*out = (struct view_input_options_array){list, n};
	return ERR_OK;
}

static struct str
tie_value(struct req *rq, const struct corps_task *t)
{
	return id_is_set(t->tie_id)
	    ? STR_JOIN(rq->arena, t->tie, S(" "), id_text(rq->arena, t->tie_id))
	    : t->tie;
}

static const struct choice open_states[] = {
    {"open", N_("People may join")},
    {"closed", N_("Closed")},
    {0},
};

static enum err
task_form(struct req *rq, const struct corps_task *t,
    const struct corps_task_faults *x, struct corps_form *f)
{
	struct view_input_options_array ties = {0};
	struct str tie = tie_value(rq, t);
	enum err e = tie_options(rq, tie, &ties);
	f->title = t->rev > 0 ? N_("Change the task") : N_("Write a task");
	f->lead = N_("What a citizen can do, in words that are easy to read.");
	f->id = t->id;
	f->rev = t->rev;
	corps_form_add(f,
	    (struct input){INPUT_LINE, "title", N_("The task in one line"),
		.value = t->title, .fault = x->title});
	corps_form_add(f,
	    (struct input){INPUT_TEXT, "about", N_("What one does"),
		.value = t->about, .fault = x->about});
	corps_form_add(f,
	    (struct input){INPUT_SELECT, "tie", N_("What it carries out"),
		.value = tie, .fault = x->tie, .options = ties});
	corps_form_add(f,
	    (struct input){INPUT_TEXT, "tie_text",
		N_("The decision or idea in short, to citizens"),
		.value = t->tie_text, .fault = x->tie_text, .optional = true});
	corps_form_add(f,
	    (struct input){INPUT_TEXT, "needs", N_("What it takes"),
		.hint = N_("Knowledge, skills, things. It finds those who "
			   "offer it."),
		.value = t->needs, .fault = x->needs, .optional = true});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "contact", N_("Who to call"),
		.value = t->contact, .fault = x->contact});
	corps_form_add(f,
	    (struct input){INPUT_TEXT, "secrecy", N_("What stays between us"),
		.value = t->secrecy, .fault = x->secrecy, .optional = true});
	if (t->rev > 0)
		corps_form_add(f,
		    (struct input){INPUT_SELECT, "state",
			N_("May people "
			   "join?"),
			.value = t->open ? S("open") : S("closed"),
			.choices = open_states});
	return e;
}

/* "idea ID"; "decision" has no id. */
static void
read_tie(struct str typed, struct corps_task *t)
{
	t->tie = str_cut(&typed, ' ');
	if (!id_parse(typed, &t->tie_id))
		t->tie_id = (struct id){0};
}

static enum err
task_read(struct req *rq, struct corps_task *t)
{
	*t = (struct corps_task){.title = req_form(rq, S("title")),
	    .about = req_form(rq, S("about")),
	    .needs = req_form(rq, S("needs")),
	    .contact = req_form(rq, S("contact")),
	    .secrecy = req_form(rq, S("secrecy")),
	    .tie_text = req_form(rq, S("tie_text")),
	    .open = !str_eq(req_form(rq, S("state")), S("closed"))};
	read_tie(req_form(rq, S("tie")), t);
	return id_parse(req_form(rq, S("id")), &t->id) &&
		str_int(req_form(rq, S("rev")), &t->rev)
	    ? ERR_OK
	    : ERR_INVALID;
}

/* ?baerer=idea+ID: what it carries out, from that one's page. */
static enum err
task_new(struct req *rq, struct corps_form *f)
{
	struct corps_task t = {
	    .id = id_new(rq->http->now_us), .tie = S("decision")};
	struct id id = corps_task_asked(rq);
	if (req_query(rq, S("baerer")).n > 0)
		read_tie(req_query(rq, S("baerer")), &t);
	if (id_is_set(id)) {
		enum err e =
		    corps_task_get(rq->db, rq->arena, &rq->who, id, &t);
		if (e != ERR_OK)
			return e;
	}
	return task_form(rq, &t, &(struct corps_task_faults){0}, f);
}

static enum err
task_save(struct req *rq, struct corps_form *f, bool *saved)
{
	struct corps_task t;
	struct corps_task_faults x = {0};
	enum err e = task_read(rq, &t);
	if (e == ERR_OK)
		e = corps_task_save(rq->db, rq->arena, &rq->who, &t, &x);
	*saved = e == ERR_OK;
	f->back = corps_task_path(rq, t.id);
	if (e == ERR_CONFLICT) {
		f->notice = N_("Somebody else changed this page while you "
			       "wrote.");
		struct corps_task now;
		e = corps_task_get(rq->db, rq->arena, &rq->who, t.id, &now);
		t.rev = now.rev;
	} else if (!x.any) {
		return e;
	} else {
		e = ERR_OK;
	}
	f->back = req_network_path(rq, "/korps");
	return e == ERR_OK ? task_form(rq, &t, &x, f) : e;
}

/* ---- words for newcomers ---- */

static void
words_form(
    const struct corps *c, const struct corps_faults *x, struct corps_form *f)
{
	f->title = N_("Write it for newcomers");
	f->lead = N_("Who joins now has not read the plan. Say in a few short "
		     "sentences what it is about.");
	f->rev = c->rev;
	corps_form_add(f,
	    (struct input){INPUT_TEXT, "about", N_("What it is about"),
		.hint = N_("Empty: the purpose in the plan stands there."),
		.value = c->about, .fault = x->about, .optional = true});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "contact", N_("Who to call"),
		.value = c->contact, .fault = x->contact});
}

static enum err
words_new(struct req *rq, struct corps_form *f)
{
	struct corps c;
	enum err e = corps_get(rq->db, rq->arena, &rq->who, &c);
	if (e == ERR_OK)
		words_form(&c, &(struct corps_faults){0}, f);
	return e;
}

static enum err
words_save(struct req *rq, struct corps_form *f, bool *saved)
{
	struct corps_faults x = {0};
	struct corps c = {.about = req_form(rq, S("about")),
	    .contact = req_form(rq, S("contact"))};
	if (!str_int(req_form(rq, S("rev")), &c.rev))
		return ERR_INVALID;
	enum err e = corps_save(rq->db, rq->arena, &rq->who, &c, &x);
	*saved = e == ERR_OK;
	if (e == ERR_CONFLICT) {
		struct corps now;
		f->notice = N_("Somebody else changed this page while you "
			       "wrote.");
		e = corps_get(rq->db, rq->arena, &rq->who, &now);
		c.rev = now.rev;
	} else if (x.any) {
		e = ERR_OK;
	}
	if (e == ERR_OK && !*saved)
		words_form(&c, &x, f);
	return e;
}

/* ---- shifts ---- */

static void
shifts_form(const struct shift_new *s, const struct shift_faults *x,
    struct corps_form *f)
{
	f->title = N_("Make shifts");
	f->lead = N_("Each is seen at once. Popular ones can be shared out at "
		     "an hour that you set.");
	f->id = s->id;
	corps_form_add(f,
	    (struct input){INPUT_DATE, "day", N_("Day"), .value = s->day,
		.fault = x->day});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "from", N_("From"),
		.hint = N_("Hours and minutes: 17:30."), .value = s->from,
		.fault = x->from});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "to", N_("To"),
		.hint = N_("Past midnight too: from 22:00 to 2:00 ends the "
			   "next day."),
		.value = s->to, .fault = x->to});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "place", N_("Where"), .value = s->place,
		.fault = x->place});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "what", N_("What"), .value = s->what,
		.fault = x->what, .optional = true});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "places", N_("Places"),
		.value = s->places, .fault = x->places});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "weeks", N_("How many weeks in a row"),
		.value = s->weeks, .fault = x->weeks});
	corps_form_add(f,
	    (struct input){INPUT_DATE, "share_day",
		N_("Share the places out on this day"),
		.hint = N_("Empty: who comes first is on it."),
		.value = s->share_day, .fault = x->share_day,
		.optional = true});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "share_time", N_("At this time"),
		.value = s->share_time, .fault = x->share_time,
		.optional = true});
}

static enum err
shifts_new(struct req *rq, struct corps_form *f)
{
	struct shift_new s = {
	    .id = id_new(rq->http->now_us), .places = S("2"), .weeks = S("1")};
	shifts_form(&s, &(struct shift_faults){0}, f);
	return id_is_set(f->task) ? ERR_OK : ERR_NOT_FOUND;
}

static enum err
shifts_save(struct req *rq, struct corps_form *f, bool *saved)
{
	struct shift_faults x = {0};
	struct shift_new s = {.task = f->task,
	    .day = req_form(rq, S("day")),
	    .from = req_form(rq, S("from")),
	    .to = req_form(rq, S("to")),
	    .place = req_form(rq, S("place")),
	    .what = req_form(rq, S("what")),
	    .places = req_form(rq, S("places")),
	    .weeks = req_form(rq, S("weeks")),
	    .share_day = req_form(rq, S("share_day")),
	    .share_time = req_form(rq, S("share_time"))};
	if (!id_parse(req_form(rq, S("id")), &s.id))
		return ERR_INVALID;
	enum err e = shift_make(rq->db, rq->arena, &rq->who, &s, &x);
	*saved = e == ERR_OK;
	if (e == ERR_CONFLICT)
		f->notice = N_("The task is closed.");
	if (!x.any && e != ERR_CONFLICT)
		return e;
	shifts_form(&s, &x, f);
	return ERR_OK;
}

/* ---- what was delivered ---- */

static void
delivery_form(const struct delivery *d, struct str hours,
    const struct delivery_faults *x, struct corps_form *f)
{
	f->title = N_("Note what was delivered");
	f->lead = N_("The citizens' hours come from the shifts. Name nobody.");
	f->id = d->id;
	corps_form_add(f,
	    (struct input){INPUT_DATE, "day", N_("Day"), .value = d->day,
		.fault = x->day});
	corps_form_add(f,
	    (struct input){INPUT_TEXT, "what", N_("What was delivered"),
		.value = d->what, .fault = x->what});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "hours", N_("Hours by staff"),
		.value = hours, .fault = x->hours});
}

static enum err
delivery_new(struct req *rq, struct corps_form *f)
{
	struct delivery d = {.id = id_new(rq->http->now_us),
	    .day = date_iso(rq->arena, date_danish(rq->http->now_us))};
	delivery_form(&d, S("0"), &(struct delivery_faults){0}, f);
	return id_is_set(f->task) ? ERR_OK : ERR_NOT_FOUND;
}

static enum err
delivery_save(struct req *rq, struct corps_form *f, bool *saved)
{
	struct delivery_faults x = {0};
	struct str hours = req_form(rq, S("hours"));
	struct delivery d = {.task = f->task,
	    .day = req_form(rq, S("day")),
	    .what = req_form(rq, S("what"))};
	if (!id_parse(req_form(rq, S("id")), &d.id))
		return ERR_INVALID;
	if (!str_int(hours, &d.staff_min) || d.staff_min > PLEDGE_HOURS)
		d.staff_min = -1;
	d.staff_min *= 60;
	enum err e = delivery_add(rq->db, rq->arena, &rq->who, &d, &x);
	*saved = e == ERR_OK;
	if (!x.any)
		return e;
	delivery_form(&d, hours, &x, f);
	return ERR_OK;
}

/* ---- what somebody who has only a phone offers ---- */

static enum err
offer_form(struct req *rq, const struct corps_offer *o, const char *who,
    const char *fault, struct corps_form *f)
{
	struct person_page people;
	struct person_filter most = {.max = MOST_PEOPLE};
	enum err e = person_list(rq->db, rq->arena, &rq->who, &most, &people);
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
	f->title = N_("Note what somebody offers");
	f->lead = N_("For those who have only a phone. The others do it on "
		     "their page. What stands here takes the place of what "
		     "they said before.");
	corps_form_add(f,
	    (struct input){INPUT_SELECT, "who", N_("Who offers it?"),
		.value = id_is_set(o->person) ? id_text(rq->arena, o->person)
					      : S(""),
		.fault = who, .options = {list, people.n}});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "knowledge", N_("What they know about"),
		.value = o->knowledge, .fault = fault, .optional = true});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "skills", N_("What they can do"),
		.value = o->skills, .optional = true});
	corps_form_add(f,
	    (struct input){INPUT_LINE, "resources",
		N_("What they have that may be used"), .value = o->resources,
		.optional = true});
	return ERR_OK;
}

static enum err
offer_new(struct req *rq, struct corps_form *f)
{
	return offer_form(rq, &(struct corps_offer){0}, NULL, NULL, f);
}

static enum err
offer_save(struct req *rq, struct corps_form *f, bool *saved)
{
	struct person p;
	const char *fault = NULL, *who = NULL;
	struct corps_offer o = {.knowledge = req_form(rq, S("knowledge")),
	    .skills = req_form(rq, S("skills")),
	    .resources = req_form(rq, S("resources"))};
	enum err e = ERR_NOT_FOUND;
	if (id_parse(req_form(rq, S("who")), &o.person))
		e = person_get(rq->db, rq->arena, &rq->who, o.person, &p);
	if (e == ERR_NOT_FOUND ||
	    (e == ERR_OK && str_eq(p.state, S("erased")))) {
		who = N_("Choose who offers it.");
		return offer_form(rq, &o, who, NULL, f);
	}
	if (e == ERR_OK)
		e = corps_offer_save(rq->db, rq->arena, &rq->who, &o, &fault);
	*saved = e == ERR_OK;
	return fault != NULL ? offer_form(rq, &o, NULL, fault, f) : e;
}

/* ---- which one ---- */

static const struct {
	const char *kind;
	enum err (*fresh)(struct req *, struct corps_form *);
	enum err (*save)(struct req *, struct corps_form *, bool *saved);
} kinds[] = {
    {"opgave", task_new, task_save},
    {"ord", words_new, words_save},
    {"vagter", shifts_new, shifts_save},
    {"leveret", delivery_new, delivery_save},
    {"tilbud", offer_new, offer_save},
};

/* The kind that the address names; -1: none. */
static ptrdiff_t
begin(struct req *rq, struct corps_form *f)
{
	struct str kind = req_param(rq, S("kind"));
	*f = (struct corps_form){.task = corps_task_asked(rq), .status = 200};
	f->path = str_cat(rq->arena, req_network_path(rq, "/korps/ny/"), kind);
	f->back = corps_task_path(rq, f->task);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		if (str_eq(str_c(kinds[i].kind), kind))
			return i;
	}
	return -1;
}

/* GET /netvaerk/N/korps/ny/KIND */
enum err
page_corps_form(struct req *rq)
{
	struct corps_form f;
	ptrdiff_t i = begin(rq, &f);
	enum err e = i < 0 ? ERR_NOT_FOUND : kinds[i].fresh(rq, &f);
	return e == ERR_OK ? corps_form_show(rq, &f) : e;
}

/* POST /netvaerk/N/korps/ny/KIND */
enum err
page_corps_form_save(struct req *rq)
{
	struct corps_form f;
	bool saved = false;
	ptrdiff_t i = begin(rq, &f);
	f.status = 422;
	enum err e = i < 0 ? ERR_NOT_FOUND : kinds[i].save(rq, &f, &saved);
	if (e != ERR_OK)
		return e;
	return saved ? corps_form_back(rq, &f) : corps_form_show(rq, &f);
}
