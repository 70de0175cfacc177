/* SPDX-License-Identifier: MPL-2.0 */

/* What people ask about their data: when an answer is due, what it was, and what
 * a restriction stops. */
#include "model/rights.h"

#include "base/buf.h"
#include "model/contribution.h"
#include "model/plan.h"
#include "model/waits.h"
#include "tests/model/fixture.h"

static struct person
karen(struct world *w)
{
	struct person p = {.id = id_new(w->leader.now_us),
	    .alias = S("Karen"),
	    .actor_kind = S("citizen"),
	    .channel = S("letter"),
	    .lang = S("da"),
	    .reason = S("Passer sin mand hjemme"),
	    .source = S("named")};
	CHECK_OK(person_save(w->db, w->arena, &w->leader, &p));
	return p;
}

static struct right
asked(struct world *w, struct id person, const char *kind, const char *day)
{
	struct right r = {.id = id_new(w->leader.now_us),
	    .person = person,
	    .kind = str_c(kind),
	    .text = S("Min adresse er forkert")};
	CHECK(date_parse(str_c(day), &r.received));
	CHECK_OK(right_add(w->db, w->arena, &w->leader, &r));
	CHECK_OK(right_get(w->db, w->arena, &w->leader, r.id, &r));
	return r;
}

static enum err
answer(struct world *w, struct id id, struct str outcome, struct str words)
{
	struct right r = {.id = id, .outcome = outcome, .answer = words};
	return right_answer(w->db, w->arena, &w->leader, &r);
}

TEST_DB(rights_are_due_in_a_month_and_with_a_reason_in_three)
{
	struct world w;
	world_new(&w, arena, db);
	struct date today = date_danish(NOW_US);
	struct person p = karen(&w);
	struct right r = asked(&w, p.id, "rectification", "2026-10-31");
	CHECK_STR(date_iso(arena, r.due), S("2026-11-30"));
	CHECK(!right_late(&r, today) && !right_soon(&r, today));
	CHECK_INT(
	    right_longer(db, arena, &w.leader, r.id, S(" ")), ERR_INVALID);
	CHECK_OK(right_longer(
	    db, arena, &w.leader, r.id, S("Mange papirer skal findes")));
	CHECK_OK(right_get(db, arena, &w.leader, r.id, &r));
	CHECK_STR(date_iso(arena, r.due), S("2027-01-31"));
	struct right old = asked(&w, p.id, "access", "2026-10-20");
	CHECK(right_late(&old, today));
	struct right soon = asked(&w, p.id, "access", "2026-10-26");
	CHECK(!right_late(&soon, today) && right_soon(&soon, today));
}

TEST_DB(rights_and_wishes_are_one_list_by_what_is_due)
{
	struct world w;
	struct rights all;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	asked(&w, p.id, "objection", "2026-11-20");
	asked(&w, p.id, "access", "2026-10-20");
	w.leader.now_us = NOW_US - 10 * DAY_US;
	CHECK_OK(erasure_ask(db, arena, &w.leader, p.id));
	w.leader.now_us = NOW_US;
	CHECK_OK(rights_open(db, arena, &w.leader, &all));
	CHECK_INT(all.n, 3);
	CHECK_STR(all.list[0].kind, S("access"));
	CHECK_STR(all.list[1].kind, S("erasure"));
	CHECK_STR(all.list[2].kind, S("objection"));
	/* Those who decide do not see people. */
	CHECK_INT(rights_open(db, arena, &w.decider, &all), ERR_DENIED);
	/* On the overview, the late one as such. */
	struct plan plan;
	struct steps steps;
	CHECK_OK(plan_load(db, arena, &w.leader, &plan));
	CHECK_OK(waits_list(db, arena, &w.leader, &plan, &steps));
	CHECK(steps.n >= 3);
	CHECK_HAS(str_c(steps.list[0].message), S("is late"));
	CHECK_HAS(str_c(steps.list[1].message), S("to be deleted"));
}

TEST_DB(rights_are_checked_and_noted_once)
{
	struct world w;
	struct rights all;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct date today = date_danish(NOW_US);
	struct right r = {.id = id_new(NOW_US), .person = p.id};
	CHECK(right_check(&r, today).kind != NULL);
	CHECK(right_check(&r, today).received != NULL);
	r.kind = S("rectification");
	r.received = date_from_days(date_days(today) + 1);
	CHECK(right_check(&r, today).received != NULL);
	CHECK(right_check(&r, today).text != NULL);
	r.received = today;
	r.text = S("Mit nummer er 070361-4285");
	CHECK_HAS(str_c(right_check(&r, today).text), S("CPR"));
	CHECK_INT(right_add(db, arena, &w.leader, &r), ERR_INVALID);
	r.text = S("Jeg hedder Caren");
	CHECK_INT(right_add(db, arena, &w.decider, &r), ERR_DENIED);
	CHECK_OK(right_add(db, arena, &w.leader, &r));
	CHECK_OK(right_add(db, arena, &w.leader, &r));
	CHECK_OK(rights_of(db, arena, &w.leader, p.id, &all));
	CHECK_INT(all.n, 1);
	CHECK(!all.list[0].by_themselves);
	/* With their code it came today, whatever is said. */
	struct actor in = actor_inside(&w.program, w.network);
	r.id = id_new(NOW_US + 1);
	r.received = (struct date){2020, 1, 1};
	CHECK_OK(right_add(db, arena, &in, &r));
	CHECK_OK(right_get(db, arena, &w.leader, r.id, &r));
	CHECK(r.by_themselves && date_days(r.received) == date_days(today));
}

/* Pressed again and again, with a new form each time. */
TEST_DB(rights_that_wait_are_ten_a_person)
{
	struct world w;
	struct rights all;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct right r = {.person = p.id, .kind = S("rectification")};
	r.received = date_danish(NOW_US);
	for (int i = 0; i < 11; i++) {
		r.id = id_new(NOW_US + i);
		r.text = str_fmt(arena, "Nummer %d", i);
		CHECK_INT(right_add(db, arena, &w.leader, &r),
		    i < 10 ? ERR_OK : ERR_CONFLICT);
	}
	CHECK_OK(rights_of(db, arena, &w.leader, p.id, &all));
	CHECK_INT(all.n, 10);
	/* What is answered leaves room. */
	CHECK_OK(answer(&w, all.list[9].id, S("granted"), S("Rettet")));
	CHECK_OK(right_add(db, arena, &w.leader, &r));
}

TEST_DB(rights_are_answered_once_and_say_why)
{
	struct world w;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct right r = asked(&w, p.id, "rectification", "2026-11-20");
	CHECK_INT(answer(&w, r.id, S("refused"), S("")), ERR_INVALID);
	CHECK_INT(answer(&w, r.id, S("lifted"), S("Nu")), ERR_INVALID);
	CHECK_OK(answer(&w, r.id, S("refused"), S("Det er rigtigt")));
	CHECK_INT(answer(&w, r.id, S("granted"), S("Rettet")), ERR_INVALID);
	CHECK_OK(right_get(db, arena, &w.leader, r.id, &r));
	CHECK_STR(r.outcome, S("refused"));
	CHECK_STR(r.answer, S("Det er rigtigt"));
	CHECK_INT(r.answered_us, NOW_US);
}

static const char SQL_VOICE[] =
    "INSERT INTO contribution (org, network, id, rev, changed_us, at_us,"
    " person, actor_kind, teller, kind, original, wording, shortened,"
    " approval, state, reason, basis, scope, anonymity, given_by)"
    " VALUES ($1, $2, $3, 1, 5, 5, $4, 'citizen', 'self', 'quote', 'Ord',"
    " 'Ord', 0, '', 'approved', '', 'consent', 2, 'alias', 'self')";

static struct contribution
voice_of(struct world *w, struct id id)
{
	struct contribution c;
	CHECK_OK(contribution_get(w->db, w->arena, &w->leader, id, &c));
	return c;
}

TEST_DB(rights_a_granted_objection_stops_the_use_until_it_is_lifted)
{
	struct world w;
	bool restricted;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	struct id said = id_new(NOW_US);
	CHECK_OK(db_exec(db, SQL_VOICE, NULL, DB_ID(w.org.id), DB_ID(w.network),
	    DB_ID(said), DB_ID(p.id)));
	struct right r = asked(&w, p.id, "objection", "2026-11-20");
	CHECK(!voice_of(&w, said).restricted);
	CHECK_OK(answer(&w, r.id, S("granted"), S("Vi bruger det ej")));
	CHECK(voice_of(&w, said).restricted);
	CHECK_INT(voice_of(&w, said).scope, 0);
	CHECK_OK(contribution_person_restricted(
	    db, arena, &w.leader, p.id, &restricted));
	CHECK(restricted);
	CHECK_OK(answer(&w, r.id, S("lifted"), S("Hun sagde ja igen")));
	CHECK(!voice_of(&w, said).restricted);
	/* To see what is held stops nothing. */
	r = asked(&w, p.id, "access", "2026-11-20");
	CHECK_OK(answer(&w, r.id, S("granted"), S("Sendt")));
	CHECK(!voice_of(&w, said).restricted);
}

TEST_DB(rights_go_with_the_person)
{
	struct world w;
	struct rights all;
	world_new(&w, arena, db);
	struct person p = karen(&w);
	asked(&w, p.id, "access", "2026-11-20");
	CHECK_OK(person_erase(db, arena, &w.leader, p.id));
	CHECK_OK(rights_of(db, arena, &w.leader, p.id, &all));
	CHECK_INT(all.n, 0);
}
