/* SPDX-License-Identifier: MPL-2.0 */

/* A corps of volunteers through its pages. */
#include "base/buf.h"
#include "model/code.h"
#include "model/demo_citizen.h"
#include "tests/model/plain.h"
#include "tests/model/volunteers.h"
#include "tests/web/site.h"

struct corner {
	struct web web;
	struct str code; /* "/c/CODE" of Karen */
	struct person karen;
	struct id task;
};

static void
corner_new(struct corner *c, struct arena *a, struct db *db)
{
	static const enum record_kind kinds[] = {
	    KIND_NEED, KIND_SCOPE, KIND_PROMISE, KIND_GROUP, KIND_QUESTION};
	struct str token;
	struct person_page page;
	struct world *w = &c->web.world;
	web_new(&c->web, a, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(kinds); i++) {
		struct record r = world_record(w, kinds[i]);
		world_save(w, &r);
	}
	CHECK_OK(demo_citizen(db, a, &w->leader, &token));
	CHECK_OK(
	    person_list(db, a, &w->leader, &(struct person_filter){0}, &page));
	CHECK(page.n > 0);
	c->karen = page.list[0];
	c->task = volunteers_task(w);
	c->code = STR_JOIN(a, S("/c/"),
	    code_text(a, c->web.site->orgs.list[0].short_code, token));
}

static struct str
at(struct corner *c, const char *rest)
{
	return str_cat(c->web.world.arena, c->code, str_c(rest));
}

/* "NAME=ID" */
static struct str
with_id(struct corner *c, const char *name, struct id id)
{
	struct arena *a = c->web.world.arena;
	return STR_JOIN(a, str_c(name), S("="), id_text(a, id));
}

/* Karen promises so many hours a week. */
static struct reply
promise(struct corner *c, const char *hours)
{
	struct arena *a = c->web.world.arena;
	return web_post(&c->web, at(c, "/korps/aftale"),
	    STR_JOIN(a, S("do=make&what=Kaffe&per=week&ends=2027-01-31&hours="),
		str_c(hours), S("&"), with_id(c, "task", c->task), S("&"),
		with_id(c, "pledge", id_new(NOW_US))));
}

static struct reply
press(struct corner *c, const char *what, struct id shift)
{
	return web_post(&c->web, at(c, "/korps/vagt"),
	    STR_JOIN(c->web.world.arena, S("do="), str_c(what), S("&"),
		with_id(c, "shift", shift)));
}

/* guide:S23: who joins now reads one page, at eye level. */
TEST_DB(corps_catches_up_who_joins_late)
{
	struct corner c;
	struct corps words = {
	    .about = S("Mange ældre er alene. Vi laver et sted, hvor man kan "
		       "mødes og få en kop kaffe."),
	    .contact = S("Mette, 12 34 56 78")};
	struct corps_faults f;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	CHECK_OK(corps_save(db, arena, &w->leader, &words, &f));
	struct record held = world_record(w, KIND_ACTIVITY);
	record_set(&held, "title", S("Kaffe på biblioteket"));
	record_set(&held, "day", S("2026-11-10"));
	world_save(w, &held);
	world_set_state(w, &held, "held");
	(void)volunteers_shift(w, c.task, "2026-11-27", "2");
	struct reply r = web_get(&c.web, at(&c, "/korps"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Ny her? Læs dette"));
	CHECK_HAS(r.body, S("Mange ældre er alene."));
	CHECK_HAS(r.body, S("Kaffe på biblioteket, 10. november 2026"));
	CHECK_HAS(r.body, S("fredag 27. november 2026 kl. 14:00–16:00"));
	CHECK_HAS(r.body, S("Mette, 12 34 56 78"));
	/* The leader sees how it reads. */
	web_sign_in(&c.web, w->mette);
	r = web_get(&c.web, web_path(&c.web, "/korps"));
	CHECK_HAS(r.body, S("let at læse"));
	words.rev = 1;
	words.about = S("Implementeringen af kommunalbestyrelsens "
			"ensomhedsforebyggende folkesundhedsstrategi "
			"nødvendiggør tværsektorielle frivillighedsindsatser "
			"vedrørende udsatte seniorborgere.");
	CHECK_OK(corps_save(db, arena, &w->leader, &words, &f));
	r = web_get(&c.web, web_path(&c.web, "/korps"));
	CHECK_HAS(r.body, S("svært at læse"));
}

/* guide:S22 guide:S24: a citizen holds a task by a promise of her own, and
 * stops when she likes. */
TEST_DB(corps_promise_is_made_changed_and_stopped_on_the_page)
{
	struct corner c;
	struct pledge p;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	struct reply r = web_get(&c.web, at(&c, ""));
	CHECK_HAS(r.body, S("Hjælp til, og se dine vagter"));
	r = web_get(&c.web,
	    STR_JOIN(arena, at(&c, "/korps/aftale/"), id_text(arena, c.task)));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Du er ikke bundet til mere"));
	CHECK_HAS(r.body, S("bliver hos dig"));
	r = promise(&c, "mange");
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"mange\""));
	CHECK_HAS(r.body, S("Skriv timerne som et tal"));
	r = web_get(&c.web, at(&c, "/korps"));
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("/korps/aftale/"), id_text(arena, c.task)));
	CHECK_INT(promise(&c, "2").status, 303);
	CHECK_OK(pledge_on(db, arena, &w->leader,
	    (struct pledge_filter){c.task, c.karen.id}, &p));
	CHECK_STR(p.state, S("agreed"));
	CHECK_INT(promise(&c, "3").status, 303);
	r = web_get(&c.web, at(&c, "/korps"));
	CHECK_HAS(
	    r.body, S("Kaffe, 3 timer om ugen, til og med 31. januar 2027"));
	r = web_post(&c.web, at(&c, "/korps/aftale"),
	    STR_JOIN(arena, S("do=stop&"), with_id(&c, "pledge", p.id)));
	CHECK_INT(r.status, 303);
	CHECK_INT(pledge_on(db, arena, &w->leader,
		      (struct pledge_filter){c.task, c.karen.id}, &p),
	    ERR_NOT_FOUND);
}

TEST_DB(corps_asked_on_the_page_one_may_say_no)
{
	struct corner c;
	struct pledge_faults f;
	struct pledge p;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	struct pledge in = {.id = id_new(NOW_US),
	    .task = c.task,
	    .person = c.karen.id,
	    .what = S("Bager"),
	    .hours = 1,
	    .per = S("month"),
	    .ends = S("2027-01-31"),
	    .contact = S("Mette"),
	    .way = S("page")};
	CHECK_OK(pledge_add(db, arena, &w->leader, &in, &f));
	struct reply r = web_get(&c.web, at(&c, "/korps"));
	CHECK_HAS(r.body, S("Ja, det lover jeg"));
	r = web_post(&c.web, at(&c, "/korps/aftale"),
	    STR_JOIN(arena, S("do=no&"), with_id(&c, "pledge", in.id)));
	CHECK_INT(r.status, 303);
	CHECK_OK(pledge_get(db, arena, &w->leader, in.id, &p));
	CHECK_STR(p.state, S("declined"));
	/* Somebody else's is not there for her. */
	struct id other = volunteers_pledged(w, c.task, 2, "week");
	CHECK_OK(pledge_on(
	    db, arena, &w->leader, (struct pledge_filter){c.task, other}, &p));
	r = web_post(&c.web, at(&c, "/korps/aftale"),
	    STR_JOIN(arena, S("do=stop&"), with_id(&c, "pledge", p.id)));
	CHECK_INT(r.status, 404);
}

TEST_DB(corps_shift_is_taken_left_and_handed_over_on_the_page)
{
	struct corner c;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	struct id shift = volunteers_shift(w, c.task, "2026-11-27", "1");
	struct reply r = press(&c, "join", shift);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Sig først, hvor meget du vil hjælpe"));
	CHECK_INT(promise(&c, "4").status, 303);
	r = web_get(&c.web, at(&c, "/korps"));
	CHECK_HAS(r.body, S("Vagter, du kan tage"));
	CHECK_HAS(r.body, S("1 af 1 pladser er ledige."));
	CHECK_INT(press(&c, "join", shift).status, 303);
	CHECK_INT(press(&c, "join", shift).status, 303);
	CHECK_STR(volunteers_state(w, shift, c.karen.id), S("in"));
	r = web_get(&c.web, at(&c, "/korps?svar=in"));
	CHECK_HAS(r.body, S("Du er på vagten."));
	CHECK_HAS(r.body, S("Lad en anden tage den"));
	struct id other = volunteers_pledged(w, c.task, 4, "week");
	CHECK_STR(volunteers_join(w, shift, other), S("waiting"));
	CHECK_INT(press(&c, "offer", shift).status, 303);
	CHECK_STR(volunteers_state(w, shift, other), S("in"));
	r = web_get(&c.web, at(&c, "/korps"));
	CHECK_HAS(r.body, S("Alle pladser er taget."));
	CHECK_INT(press(&c, "join", shift).status, 303);
	CHECK_STR(volunteers_state(w, shift, c.karen.id), S("waiting"));
	CHECK_INT(press(&c, "leave", shift).status, 303);
	CHECK_STR(volunteers_state(w, shift, c.karen.id), S("left"));
}

TEST_DB(corps_who_stops_on_the_page_is_off_every_shift)
{
	struct corner c;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	struct id shift = volunteers_shift(w, c.task, "2026-11-27", "1");
	CHECK_INT(promise(&c, "4").status, 303);
	CHECK_INT(press(&c, "join", shift).status, 303);
	CHECK_INT(web_post(&c.web, at(&c, "/stop"), S("")).status, 303);
	CHECK_STR(volunteers_state(w, shift, c.karen.id), S("left"));
	CHECK_INT(web_get(&c.web, at(&c, "/korps")).status, 303);
}

TEST_DB(corps_calendar_is_secret_and_can_be_closed)
{
	struct corner c;
	corner_new(&c, arena, db);
	struct id shift =
	    volunteers_shift(&c.web.world, c.task, "2026-11-27", "1");
	struct id night = volunteers_hours(
	    &c.web.world, c.task, "2026-12-04", "22:00", "2:00");
	CHECK_INT(promise(&c, "4").status, 303);
	CHECK_INT(press(&c, "join", shift).status, 303);
	CHECK_INT(press(&c, "join", night).status, 303);
	CHECK_HAS(web_get(&c.web, at(&c, "/korps")).body,
	    S("4. december 2026 kl. 22:00–02:00 næste dag"));
	struct reply r =
	    web_post(&c.web, at(&c, "/korps/kalender"), S("do=make"));
	CHECK_INT(r.status, 200);
	ptrdiff_t from = str_find(r.body, S("/vagtkalender/"));
	CHECK(from > 0);
	struct str rest = str_sub(r.body, from, r.body.n);
	struct str path = str_cut(&rest, '"');
	r = web_get(&c.web, path);
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("SUMMARY:Kaffe på fredage"));
	CHECK_HAS(r.body, S("DTSTART:20261127T130000Z"));
	CHECK_HAS(r.body, S("DTEND:20261127T150000Z"));
	CHECK_HAS(r.body, S("DTSTART:20261204T210000Z"));
	CHECK_HAS(r.body, S("DTEND:20261205T010000Z"));
	CHECK_HAS(r.body, S("LOCATION:Biblioteket"));
	CHECK_LACKS(r.body, c.karen.alias);
	CHECK_INT(
	    web_post(&c.web, at(&c, "/korps/kalender"), S("do=end")).status,
	    303);
	CHECK_INT(web_get(&c.web, path).status, 404);
}

TEST_DB(corps_offers_come_back_when_they_hold_a_number)
{
	struct corner c;
	corner_new(&c, arena, db);
	struct reply r = web_post(&c.web, at(&c, "/korps/tilbud"),
	    S("knowledge=Ring+010203-1234&skills=Bager"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"Ring 010203-1234\""));
	CHECK_HAS(r.body, S("-nummer"));
	CHECK_INT(
	    web_post(&c.web, at(&c, "/korps/tilbud"), S("skills=Bager")).status,
	    303);
}

/* ---- staff ---- */

TEST_DB(corps_staff_write_a_task_and_shifts_and_keep_what_was_typed)
{
	struct corner c;
	struct shifts all;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	web_sign_in(&c.web, w->mette);
	struct str form = STR_JOIN(arena,
	    S("rev=0&title=G%C3%A5tur&about=&contact=Ali&tie=decision&tie_text="
	      "En+tur&id="),
	    id_text(arena, id_new(NOW_US)));
	struct str path = web_path(&c.web, "/korps/ny/opgave");
	struct reply r = web_post(&c.web, path, form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"Gåtur\""));
	CHECK_HAS(r.body, S("Skriv noget her."));
	r = web_post(
	    &c.web, path, str_cat(arena, form, S("&about=Vi+g%C3%A5r")));
	CHECK_INT(r.status, 422); /* the first value counts */
	path = web_path(&c.web, "/korps/ny/vagter");
	form = STR_JOIN(arena,
	    S("day=2026-11-27&from=14&to=16&place=Bib&places=2&weeks=10&"),
	    with_id(&c, "task", c.task), S("&"),
	    with_id(&c, "id", id_new(NOW_US)));
	r = web_post(&c.web, path, str_cat(arena, S("what=x&"), form));
	CHECK_INT(r.status, 303);
	CHECK_OK(shift_list(db, arena, &w->leader,
	    &(struct shift_filter){.task = c.task}, &all));
	CHECK_INT(all.n, 10);
	r = web_get(&c.web, web_path(&c.web, "/vagter"));
	CHECK_HAS(r.body, S("Ugen fra 23. november 2026"));
	CHECK_HAS(r.body, S("0 af 2 pladser er taget"));
	r = web_post(&c.web, path,
	    STR_JOIN(arena,
		S("day=i+morgen&from=14&to=13&place=Bib&places=2&"
		  "weeks=1&"),
		with_id(&c, "task", c.task), S("&"),
		with_id(&c, "id", id_new(NOW_US))));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"i morgen\""));
	CHECK_HAS(r.body, S("Den slutter, før den begynder, eller"));
}

TEST_DB(corps_promise_on_paper_is_for_the_task_one_came_from)
{
	struct corner c;
	struct pledges all;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	struct corps_task_faults f;
	struct corps_task t = {.id = id_new(NOW_US),
	    .title = S("Aa, den første i listen"),
	    .about = S("Noget andet."),
	    .contact = S("Ali"),
	    .tie = S("decision"),
	    .tie_text = S("Noget")};
	CHECK_OK(corps_task_save(db, arena, &w->leader, &t, &f));
	web_sign_in(&c.web, w->mette);
	struct str of = with_id(&c, "opgave", c.task);
	struct str path = web_path(&c.web, "/korps/aftale");
	struct reply r = web_get(&c.web, STR_JOIN(arena, path, S("?"), of));
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("value=\""), id_text(arena, c.task),
		S("\" selected")));
	CHECK_HAS(r.body, S("Mette, 12 34 56 78"));
	struct str form = STR_JOIN(arena,
	    S("what=Kaffe&hours=2&per=week&contact=Mette&way=phone&who=p+"),
	    id_text(arena, c.karen.id), S("&"), of, S("&"),
	    with_id(&c, "id", id_new(NOW_US)));
	r = web_post(&c.web, path, str_cat(arena, form, S("&ends=2026-02-30")));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"2026-02-30\""));
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("value=\"p "), id_text(arena, c.karen.id),
		S("\" selected")));
	r = web_post(&c.web, path, str_cat(arena, form, S("&ends=2027-02-28")));
	CHECK_INT(r.status, 303);
	CHECK_OK(pledge_list(db, arena, &w->leader,
	    (struct pledge_filter){.task = c.task}, &all));
	CHECK_INT(all.n, 1);
	CHECK_STR(all.list[0].way, S("phone"));
}

TEST_DB(corps_coordinator_puts_who_has_a_phone_on_a_shift)
{
	struct corner c;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	struct id ib = volunteers_pledged(w, c.task, 4, "week");
	struct person p;
	CHECK_OK(person_get(db, arena, &w->leader, ib, &p));
	struct id shift = volunteers_shift(w, c.task, "2026-11-27", "1");
	web_sign_in(&c.web, w->mette);
	struct str one = STR_JOIN(
	    arena, web_path(&c.web, "/vagter/"), id_text(arena, shift));
	struct str path = str_cat(arena, one, S("/person"));
	struct reply r = web_post(&c.web, path, S("do=join&code=K-1"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"K-1\""));
	r = web_post(
	    &c.web, path, str_fmt(arena, "do=join&code=k%d", (int)p.number));
	CHECK_INT(r.status, 303);
	r = web_get(&c.web, one);
	CHECK_HAS(r.body, person_code(arena, p.number));
	CHECK_HAS(r.body, S("Har ikke været her før: sig velkommen."));
	r = web_post(&c.web, one, S("do=places&places=0"));
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("value=\"0\""));
	r = web_post(&c.web, one, S("do=cancel&reason="));
	CHECK_INT(r.status, 422);
	r = web_post(&c.web, one, S("do=cancel&reason=Lukket"));
	CHECK_INT(r.status, 303);
	r = web_get(&c.web, one);
	CHECK_HAS(r.body, S("Aflyst"));
	/* Participants see the shift and nobody on it. */
	web_sign_in(&c.web, w->ali);
	r = web_get(&c.web, one);
	CHECK_INT(r.status, 200);
	CHECK_LACKS(r.body, person_code(arena, p.number));
}

/* guide:S25: the citizens' part is hidden while it could point at one. */
TEST_DB(corps_share_is_hidden_for_few)
{
	struct corner c;
	corner_new(&c, arena, db);
	struct world *w = &c.web.world;
	struct id shift = volunteers_shift(w, c.task, "2026-11-27", "9");
	struct actor later = w->leader;
	later.now_us += 10 * DAY_US;
	web_sign_in(&c.web, w->mette);
	for (int i = 0; i < 5; i++) {
		struct id p = volunteers_pledged(w, c.task, 2, "week");
		struct shift_note note = {shift, p, S("yes"), 120, 0};
		CHECK_STR(volunteers_join(w, shift, p), S("in"));
		CHECK_OK(shift_note_came(db, arena, &later, &note));
		struct reply r = web_get(&c.web, web_path(&c.web, "/korps"));
		if (i < 4)
			CHECK_HAS(r.body, S("skjult, fordi de er få"));
		else
			CHECK_HAS(r.body, S("Borgere: 10 timer."));
	}
}
