/* SPDX-License-Identifier: MPL-2.0 */

/* What requests about a corps of volunteers need (tests/web/cases.def): a task,
 * a promise, a shift, somebody on it. */
#include "base/buf.h"
#include "model/citizen.h"
#include "model/code.h"
#include "model/shift.h"
#include "tests/web/cases.h"

struct stage {
	struct world *w;
	struct actor who; /* the program in the network aimed at */
	struct id task, pledge, shift, person;
	int64_t number;
};

/* False: there is no such network. */
static bool
set_task(struct stage *s, struct full *f, struct shot *shot)
{
	struct corps_task_faults faults;
	struct world *w = &f->web.world;
	*s = (struct stage){
	    .w = w, .who = actor_inside(&w->program, shot->network)};
	shot->id = id_new(NOW_US + f->turn);
	s->task = shot->id;
	if (!shot->exists)
		return false;
	struct corps_task t = {.id = s->task,
	    .title = S("Kaffe om fredagen"),
	    .about = S("Du laver kaffe."),
	    .contact = S("Mette"),
	    .tie = S("decision"),
	    .tie_text = S("Et mødested")};
	CHECK_OK(corps_task_save(w->db, w->arena, &s->who, &t, &faults));
	return true;
}

static void
set_person(struct stage *s, struct full *f)
{
	struct world *w = s->w;
	struct person p = {.id = id_new(NOW_US + f->turn),
	    .alias = S("Ib"),
	    .actor_kind = S("citizen"),
	    .channel = S("phone"),
	    .lang = S("da"),
	    .reason = S("Hjælper"),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &s->who, &p));
	CHECK_OK(person_get(w->db, w->arena, &s->who, p.id, &p));
	s->person = p.id;
	s->number = p.number;
}

static void
set_pledge(struct stage *s, const char *way)
{
	struct pledge_faults faults;
	struct pledge p = {.id = id_new(NOW_US),
	    .task = s->task,
	    .person = s->person,
	    .what = S("Kaffe"),
	    .hours = 20,
	    .per = S("week"),
	    .ends = S("2027-12-31"),
	    .contact = S("Mette"),
	    .way = str_c(way)};
	CHECK_OK(pledge_add(s->w->db, s->w->arena, &s->who, &p, &faults));
	s->pledge = p.id;
}

static void
set_shift(struct stage *s)
{
	struct shift_faults faults;
	struct shift_new in = {.id = id_new(NOW_US),
	    .task = s->task,
	    .day = S("2026-11-27"),
	    .from = S("14"),
	    .to = S("16"),
	    .place = S("Biblioteket"),
	    .places = S("2"),
	    .weeks = S("1")};
	CHECK_OK(shift_make(s->w->db, s->w->arena, &s->who, &in, &faults));
	s->shift = in.id;
}

static void
join(struct stage *s)
{
	struct shift_answer answer;
	CHECK_OK(shift_join(s->w->db, s->w->arena, &s->who,
	    (struct shift_of){s->shift, s->person}, &answer));
	CHECK_STR(answer.state, S("in"));
}

void
aim_corps(struct full *f, struct shot *shot)
{
	struct stage s;
	if (!set_task(&s, f, shot))
		return;
	set_person(&s, f);
	set_pledge(&s, "paper");
	set_shift(&s);
	join(&s);
}

void
aim_corps_form(struct full *f, struct shot *shot)
{
	struct str id = id_text(f->web.world.arena, id_new(NOW_US + f->turn));
	shot->form = STR_JOIN(f->web.world.arena,
	    S("rev=0&title=Kaffe&about=Kaffe&contact=Mette&tie=decision"
	      "&tie_text=Et+sted&id="),
	    id);
}

void
aim_pledge_save(struct full *f, struct shot *shot)
{
	struct stage s;
	if (set_task(&s, f, shot))
		set_person(&s, f);
	struct arena *a = f->web.world.arena;
	shot->form = STR_JOIN(a,
	    S("what=Kaffe&hours=2&per=week&ends=2027-01-31&contact=Mette"
	      "&way=paper&id="),
	    id_text(a, id_new(NOW_US + f->turn)), S("&opgave="),
	    id_text(a, s.task), S("&who=p+"), id_text(a, s.person));
}

void
aim_pledge(struct full *f, struct shot *shot)
{
	struct stage s;
	shot->form = S("to=agreed");
	if (!set_task(&s, f, shot))
		return;
	set_person(&s, f);
	set_pledge(&s, "page");
	shot->id = s.pledge;
}

/* With room for one more. */
void
aim_shift(struct full *f, struct shot *shot)
{
	struct stage s;
	shot->form = S("do=places&places=3&reason=Regn");
	if (!set_task(&s, f, shot))
		return;
	set_person(&s, f);
	set_pledge(&s, "paper");
	set_shift(&s);
	shot->id = s.shift;
	shot->form = str_fmt(
	    s.w->arena, "%.*s&code=K-%d", STR_ARG(shot->form), (int)s.number);
}

/* One that was, with somebody on it. */
void
aim_shift_over(struct full *f, struct shot *shot)
{
	static const char SQL_BEFORE[] =
	    "UPDATE shift SET day = '2026-11-20'"
	    " WHERE org = $1 AND network = $2 AND id = $3";
	struct stage s;
	shot->form = S("came=yes&minutes=120&kroner=0");
	if (!set_task(&s, f, shot))
		return;
	set_person(&s, f);
	set_pledge(&s, "paper");
	set_shift(&s);
	join(&s);
	shot->id = s.shift;
	CHECK_OK(db_exec(s.w->db, SQL_BEFORE, NULL, DB_ID(s.who.org),
	    DB_ID(s.who.network), DB_ID(s.shift)));
	shot->form = STR_JOIN(s.w->arena, shot->form, S("&person="),
	    id_text(s.w->arena, s.person));
}

/* The same, with something laid out. */
void
aim_expense(struct full *f, struct shot *shot)
{
	static const char SQL_COST[] =
	    "UPDATE shift_place SET came = 'yes', minutes = 60, kroner = 40,"
	    " paid_us = NULL"
	    " WHERE org = $1 AND network = $2 AND shift = $3";
	aim_shift_over(f, shot);
	struct world *w = &f->web.world;
	struct str form =
	    str_replace(w->arena, shot->form, S("kroner=0"), S("kroner=40"));
	shot->form =
	    STR_JOIN(w->arena, form, S("&shift="), id_text(w->arena, shot->id));
	if (shot->exists)
		CHECK_OK(db_exec(w->db, SQL_COST, NULL, DB_ID(w->org.id),
		    DB_ID(shot->network), DB_ID(shot->id)));
}

void
aim_shift_phones(struct full *f, struct shot *shot)
{
	aim_corps(f, shot);
	shot->form = S("reason=Jeg+minder+om+vagten");
}

/* Somebody who has a phone moves up. */
void
aim_shift_told(struct full *f, struct shot *shot)
{
	struct stage s;
	bool exists = set_task(&s, f, shot);
	shot->form = STR_JOIN(s.w->arena, S("reason=Jeg+ringer&seq=1&shift="),
	    id_text(s.w->arena, shot->id));
	if (!exists)
		return;
	set_person(&s, f);
	set_pledge(&s, "paper");
	set_shift(&s);
	shot->form = STR_JOIN(s.w->arena, S("reason=Jeg+ringer&seq=1&shift="),
	    id_text(s.w->arena, s.shift));
	struct id first = s.person;
	CHECK_OK(shift_resize(s.w->db, s.w->arena, &s.who, s.shift, 1));
	join(&s);
	set_person(&s, f);
	set_pledge(&s, "paper");
	struct shift_answer answer;
	CHECK_OK(shift_join(s.w->db, s.w->arena, &s.who,
	    (struct shift_of){s.shift, s.person}, &answer));
	CHECK_OK(shift_leave(
	    s.w->db, s.w->arena, &s.who, (struct shift_of){s.shift, first}));
}

/* ---- by a citizen ---- */

/* A task, a promise and a shift for whoever the code is of. */
static void
citizen_stage(struct stage *s, struct full *f, struct shot *shot)
{
	struct citizen c;
	struct code code;
	struct shot own = *shot;
	aim_citizen(f, shot);
	own.network = f->web.world.network;
	own.exists = true;
	(void)set_task(s, f, &own);
	CHECK(code_parse(s->w->arena, shot->token, &code));
	CHECK_OK(citizen_enter(
	    s->w->db, s->w->arena, &s->w->program, hash_of(code.token), &c));
	s->person = c.person.id;
	set_pledge(s, "page");
	set_shift(s);
	shot->id = s->task;
	shot->form = STR_JOIN(s->w->arena, S("do=yes&pledge="),
	    id_text(s->w->arena, s->pledge), S("&shift="),
	    id_text(s->w->arena, s->shift), S("&skills=Bager"));
}

void
aim_citizen_corps(struct full *f, struct shot *shot)
{
	struct stage s;
	citizen_stage(&s, f, shot);
}

void
aim_citizen_feed(struct full *f, struct shot *shot)
{
	struct stage s;
	citizen_stage(&s, f, shot);
	shot->form = S("do=make");
}

void
aim_shift_calendar(struct full *f, struct shot *shot)
{
	struct stage s;
	citizen_stage(&s, f, shot);
	CHECK_OK(corps_feed_new(
	    s.w->db, s.w->arena, &s.who, s.person, &shot->token));
}
