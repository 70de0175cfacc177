/* SPDX-License-Identifier: MPL-2.0 */

/* What a coordinator does beside a shift: tells those who have no mail, hands
 * over for them, notes what they offer, pays back what it cost them. */
#include "base/buf.h"
#include "model/contribution.h"
#include "model/expense.h"
#include "tests/model/volunteers.h"
#include "tests/web/site.h"

/* Three who have a phone; the first has the only place. */
struct yard {
	struct web web;
	struct id task, shift, person[3];
	struct str page; /* of the shift */
};

static void
yard_new(struct yard *y, struct arena *a, struct db *db)
{
	struct world *w = &y->web.world;
	web_new(&y->web, a, db);
	y->task = volunteers_task(w);
	y->shift = volunteers_shift(w, y->task, "2026-11-25", "1");
	for (int i = 0; i < 3; i++) {
		y->person[i] = volunteers_pledged(w, y->task, 9, "week");
		if (i < 2)
			CHECK_STR(volunteers_join(w, y->shift, y->person[i]),
			    i == 0 ? S("in") : S("waiting"));
	}
	y->page =
	    str_cat(a, web_path(&y->web, "/vagter/"), id_text(a, y->shift));
	web_session(&y->web, w->mette);
}

static struct str
code_of(struct yard *y, int i)
{
	struct person p;
	struct world *w = &y->web.world;
	CHECK_OK(person_get(w->db, w->arena, &w->leader, y->person[i], &p));
	return person_code(w->arena, p.number);
}

static struct reply
press(struct yard *y, const char *what, int i)
{
	struct arena *a = y->web.world.arena;
	return web_post(&y->web, str_cat(a, y->page, S("/person")),
	    STR_JOIN(a, S("do="), str_c(what), S("&code="), code_of(y, i)));
}

static struct str
list(struct yard *y)
{
	return web_get(&y->web, web_path(&y->web, "/vagter")).body;
}

/* The value of a hidden field, the first on the page. */
static struct str
hidden(struct arena *a, struct str page, const char *name)
{
	struct str mark =
	    STR_JOIN(a, S("name=\""), str_c(name), S("\" value=\""));
	ptrdiff_t at = str_find(page, mark);
	CHECK(at >= 0);
	struct str rest = str_sub(page, at + mark.n, page.n);
	return str_cut(&rest, '"');
}

TEST_DB(shifts_page_lists_whom_no_mail_tells_until_it_is_done)
{
	struct yard y;
	yard_new(&y, arena, db);
	CHECK_LACKS(list(&y), S("Giv disse besked"));
	CHECK_INT(press(&y, "leave", 0).status, 303);
	struct str body = list(&y);
	CHECK_HAS(body, S("Giv disse besked"));
	CHECK_HAS(body, code_of(&y, 1));
	CHECK_HAS(body, S("Du er rykket op. Du er på denne vagt nu."));
	struct reply r = web_post(
	    &y.web, web_path(&y.web, "/vagter/ring"), S("reason=Jeg+ringer"));
	CHECK_INT(r.status, 200);
	CHECK_HAS(r.body, S("Du er rykket op."));
	CHECK_HAS(r.body, S("Sig nej her: Mette, 12 34 56 78"));
	struct str form =
	    STR_JOIN(arena, S("shift="), hidden(arena, body, "shift"),
		S("&seq="), hidden(arena, body, "seq"));
	struct str told = web_path(&y.web, "/vagter/sagt");
	CHECK_INT(web_post(&y.web, told, form).status, 303);
	CHECK_INT(web_post(&y.web, told, form).status, 303);
	CHECK_LACKS(list(&y), S("Giv disse besked"));
	/* Who takes part sees neither people nor this. */
	CHECK_INT(press(&y, "leave", 1).status, 303);
	web_session(&y.web, y.web.world.ali);
	CHECK_LACKS(list(&y), S("Giv disse besked"));
	CHECK_INT(web_post(&y.web, told, form).status, 403);
}

/* What they could press themselves, said by phone. */
TEST_DB(shifts_are_handed_over_for_who_has_only_a_phone)
{
	struct yard y;
	yard_new(&y, arena, db);
	struct world *w = &y.web.world;
	CHECK_INT(press(&y, "leave", 1).status, 303);
	CHECK_INT(press(&y, "offer", 0).status, 303);
	CHECK_HAS(web_get(&y.web, y.page).body, S("Beholder den alligevel"));
	CHECK_INT(press(&y, "keep", 0).status, 303);
	CHECK_INT(press(&y, "offer", 0).status, 303);
	CHECK_INT(press(&y, "join", 2).status, 303);
	CHECK_STR(volunteers_state(w, y.shift, y.person[0]), S("left"));
	CHECK_STR(volunteers_state(w, y.shift, y.person[2]), S("in"));
	struct str body = list(&y);
	CHECK_HAS(body, S("En anden har taget denne vagt."));
	CHECK_HAS(body, S("Du har taget denne vagt fra en anden."));
}

/* The twin of the offer on one's own page. */
TEST_DB(corps_offer_is_noted_for_who_has_only_a_phone)
{
	struct yard y;
	struct corps_offer o;
	yard_new(&y, arena, db);
	struct world *w = &y.web.world;
	struct str path = web_path(&y.web, "/korps/ny/tilbud");
	CHECK_HAS(web_get(&y.web, path).body, code_of(&y, 0));
	struct str form = S("skills=K%C3%B8rekort&rev=0&id=&who=");
	struct reply r = web_post(&y.web, path, form);
	CHECK_INT(r.status, 422);
	CHECK_HAS(r.body, S("Vælg, hvem der tilbyder det."));
	CHECK_HAS(r.body, S("value=\"Kørekort\""));
	form = str_cat(arena, form, id_text(arena, y.person[0]));
	r = web_post(
	    &y.web, path, STR_JOIN(arena, S("knowledge=010190-1234&"), form));
	CHECK_INT(r.status, 422);
	CHECK_INT(web_post(&y.web, path, form).status, 303);
	CHECK_OK(corps_offer_get(db, arena, &w->leader, y.person[0], &o));
	CHECK_STR(o.skills, S("Kørekort"));
	/* So it fits the task, which takes a driving licence. */
	r = web_get(&y.web,
	    str_cat(
		arena, web_path(&y.web, "/korps/"), id_text(arena, y.task)));
	CHECK_HAS(r.body, STR_JOIN(arena, code_of(&y, 0), S("</a>: Kørekort")));
}

TEST_DB(shifts_expenses_are_owed_and_paid_back)
{
	struct yard y;
	yard_new(&y, arena, db);
	struct world *w = &y.web.world;
	struct actor later = w->leader;
	struct shift_note note = {y.shift, y.person[0], S("yes"), 120, 45};
	struct str path = web_path(&y.web, "/vagter/udlaeg");
	CHECK_HAS(web_get(&y.web, path).body, S("Ingen har noteret udlæg."));
	later.now_us += 3 * DAY_US;
	CHECK_OK(shift_note_came(db, arena, &later, &note));
	struct str body = web_get(&y.web, path).body;
	CHECK_HAS(body, S("Skyldes: 45 kr. · Betalt tilbage: 0 kr."));
	struct str form = STR_JOIN(arena, S("shift="), id_text(arena, y.shift),
	    S("&person="), id_text(arena, y.person[0]));
	CHECK_INT(web_post(&y.web, path, form).status, 400);
	/* Another amount than the page showed. */
	struct reply r =
	    web_post(&y.web, path, str_cat(arena, form, S("&kroner=40")));
	CHECK_INT(r.status, 409);
	CHECK_HAS(r.body, S("Se på beløbet igen"));
	form = str_cat(arena, form, S("&kroner=45"));
	CHECK_INT(web_post(&y.web, path, form).status, 303);
	body = web_get(&y.web, path).body;
	CHECK_HAS(body, S("Betalt tilbage 24. november 2026"));
	form = str_cat(arena, S("do=owed&"), form);
	CHECK_INT(web_post(&y.web, path, form).status, 303);
	CHECK_LACKS(
	    web_get(&y.web, path).body, S("Betalt tilbage 24. november"));
	web_session(&y.web, w->ali);
	CHECK_INT(web_get(&y.web, path).status, 403);
}

/* A task may carry out what somebody said, from that one's page. */
TEST_DB(corps_task_carries_out_what_somebody_said)
{
	struct yard y;
	yard_new(&y, arena, db);
	struct world *w = &y.web.world;
	struct contribution c = {.id = id_new(NOW_US),
	    .kind = S("feedback"),
	    .teller = S("staff"),
	    .original = S("Der mangler en bænk ved søen."),
	    .person = y.person[0],
	    .basis = S("consent"),
	    .scope = SCOPE_NETWORK,
	    .anonymity = S("alias"),
	    .given_by = S("self")};
	CHECK_OK(contribution_add(db, arena, &w->leader, &c, S("Ja.")));
	struct reply r = web_get(&y.web,
	    str_cat(
		arena, web_path(&y.web, "/stemmer/"), id_text(arena, c.id)));
	struct str tie =
	    STR_JOIN(arena, S("baerer=contribution+"), id_text(arena, c.id));
	CHECK_HAS(r.body, tie);
	r = web_get(&y.web,
	    STR_JOIN(arena, web_path(&y.web, "/korps/ny/opgave?"), tie));
	CHECK_HAS(r.body, S("Hvad nogen har sagt"));
	CHECK_HAS(r.body,
	    STR_JOIN(arena, S("value=\"contribution "), id_text(arena, c.id),
		S("\" selected")));
}
