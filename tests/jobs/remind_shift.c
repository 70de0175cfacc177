/* SPDX-License-Identifier: MPL-2.0 */

/* Volunteers are reminded of a shift, and told when one changed for them. */
#include "jobs/remind.h"
#include "model/outbox.h"
#include "model/shift_news.h"
#include "tests/model/volunteers.h"

static const struct remind WHAT = {S_INIT("https://samskab.test"), true};

static const char *const channels[] = {"mail", "mail", "phone"};

/* Those who wait: the second has no address, the third no mail. */
struct crew {
	struct id task, shift, person[3];
};

static void
pledge_of(struct world *w, struct id task, struct id person)
{
	struct pledge_faults f;
	struct pledge p = {.id = id_new(w->leader.now_us),
	    .task = task,
	    .person = person,
	    .what = S("Brygger kaffe"),
	    .hours = 20,
	    .per = S("week"),
	    .ends = S("2027-06-30"),
	    .contact = S("Mette, 12 34 56 78"),
	    .way = S("paper")};
	CHECK_OK(pledge_add(w->db, w->arena, &w->leader, &p, &f));
}

static void
crew_new(struct world *w, struct crew *c)
{
	struct person_contact contact = {
	    .name = S("Karen Holm"), .mail = S("karen@borger.example")};
	c->task = volunteers_task(w);
	c->shift = volunteers_hours(w, c->task, "2026-12-04", "22:00", "2:00");
	CHECK_OK(shift_resize(w->db, w->arena, &w->leader, c->shift, 1));
	struct id first = volunteers_pledged(w, c->task, 20, "week");
	CHECK_STR(volunteers_join(w, c->shift, first), S("in"));
	for (int i = 0; i < 3; i++) {
		c->person[i] = volunteers_person(w, "Karen", channels[i]);
		pledge_of(w, c->task, c->person[i]);
		CHECK_STR(
		    volunteers_join(w, c->shift, c->person[i]), S("waiting"));
	}
	CHECK_OK(person_contact_put(
	    w->db, w->arena, &w->leader, c->person[0], &contact));
}

static struct mail_lines
mails(struct world *w)
{
	struct mail_lines lines;
	CHECK_OK(mail_list(w->db, w->arena, &w->program,
	    (struct mail_query){.open = true}, &lines));
	for (ptrdiff_t i = 0; i < lines.n; i++)
		CHECK_OK(mail_get(w->db, w->arena, &w->program,
		    lines.list[i].id, &lines.list[i]));
	return lines;
}

static void
tell(struct world *w)
{
	CHECK_OK(remind_news(&WHAT, w->arena, &w->program, w->db));
}

TEST_DB(remind_tells_who_moves_up_by_mail_and_leaves_the_rest)
{
	struct world w;
	struct crew c;
	struct shift_newses left;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	tell(&w);
	CHECK_INT(mails(&w).n, 0);
	CHECK_OK(shift_resize(db, arena, &w.leader, c.shift, 4));
	tell(&w);
	tell(&w);
	struct mail_lines sent = mails(&w);
	CHECK_INT(sent.n, 1);
	CHECK_STR(sent.list[0].to, S("karen@borger.example"));
	CHECK_STR(sent.list[0].subject, S("Nyt om dine vagter"));
	struct str body = sent.list[0].body;
	CHECK_HAS(body, S("Du er rykket op."));
	CHECK_HAS(body, S("Kaffe på fredage"));
	CHECK_HAS(body, S("4. december 2026, 22:00–02:00 næste dag"));
	CHECK_HAS(body, S("Varmestuen"));
	CHECK_HAS(body, S("Mette, 12 34 56 78"));
	CHECK_HAS(body, S("Kan du ikke komme?"));
	CHECK_HAS(body, S("https://samskab.test/c"));
	CHECK_OK(shift_news_list(db, arena, &w.leader, &left));
	CHECK_INT(left.n, 2);
	for (ptrdiff_t i = 0; i < 2; i++) {
		CHECK(!id_eq(left.list[i].person, c.person[0]));
		CHECK(left.list[i].by_hand);
	}
}

/* Without a mail server they are all told by hand. */
TEST_DB(remind_leaves_the_news_to_the_coordinator_when_no_mail_can_go)
{
	struct world w;
	struct crew c;
	struct shift_newses left;
	struct remind none = {S("https://samskab.test"), false};
	world_new(&w, arena, db);
	crew_new(&w, &c);
	CHECK_OK(shift_resize(db, arena, &w.leader, c.shift, 4));
	CHECK_OK(remind_news(&none, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 0);
	CHECK_OK(shift_news_list(db, arena, &w.leader, &left));
	CHECK_INT(left.n, 3);
	for (ptrdiff_t i = 0; i < left.n; i++)
		CHECK(left.list[i].by_hand);
}

/* One mail for all of it, in one sweep. */
TEST_DB(remind_tells_several_changes_in_one_mail)
{
	struct world w;
	struct crew c;
	struct shift_answer answer;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	struct id other =
	    volunteers_hours(&w, c.task, "2026-12-03", "10", "12");
	CHECK_STR(volunteers_join(&w, other, c.person[0]), S("in"));
	CHECK_OK(shift_offer(
	    db, arena, &w.leader, (struct shift_of){other, c.person[0]}, true));
	CHECK_OK(shift_take(db, arena, &w.leader,
	    (struct shift_of){other, c.person[2]}, &answer));
	CHECK_STR(answer.state, S("in"));
	CHECK_OK(shift_resize(db, arena, &w.leader, c.shift, 2));
	tell(&w);
	struct mail_lines sent = mails(&w);
	CHECK_INT(sent.n, 1);
	CHECK_HAS(sent.list[0].body, S("En anden har taget denne vagt."));
	CHECK_HAS(sent.list[0].body, S("Du er rykket op."));
}

/* Cancelled: why, and nothing of how to say no. */
TEST_DB(remind_tells_that_a_shift_is_cancelled)
{
	struct world w;
	struct crew c;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	CHECK_OK(shift_cancel(
	    db, arena, &w.leader, c.shift, S("Varmestuen er lukket.")));
	tell(&w);
	tell(&w);
	struct mail_lines sent = mails(&w);
	CHECK_INT(sent.n, 1);
	CHECK_HAS(sent.list[0].body,
	    S("Denne vagt er aflyst. Varmestuen er lukket."));
	CHECK_LACKS(sent.list[0].body, S("Kan du ikke komme?"));
}

/* What they are free of is no reason to tell how to say no. */
TEST_DB(remind_tells_who_gave_a_shift_away_that_they_are_free)
{
	struct world w;
	struct crew c;
	struct shift_answer answer;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	struct id other =
	    volunteers_hours(&w, c.task, "2026-12-03", "10", "12");
	CHECK_STR(volunteers_join(&w, other, c.person[0]), S("in"));
	CHECK_OK(shift_offer(
	    db, arena, &w.leader, (struct shift_of){other, c.person[0]}, true));
	CHECK_OK(shift_take(db, arena, &w.leader,
	    (struct shift_of){other, c.person[2]}, &answer));
	tell(&w);
	struct mail_lines sent = mails(&w);
	CHECK_INT(sent.n, 1);
	CHECK_LACKS(sent.list[0].body, S("Kan du ikke komme?"));
}

/* A mail is enough: no reminder of the same shift the minute after. */
TEST_DB(remind_news_of_a_near_shift_reminds_too)
{
	struct world w;
	struct crew c;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	w.leader.now_us = w.program.now_us =
	    civil_us((struct date){2026, 12, 3}, 600);
	CHECK_OK(shift_resize(db, arena, &w.leader, c.shift, 2));
	tell(&w);
	CHECK_OK(remind_volunteers(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 1);
}

/* The twin: who came on it by herself is reminded, once. */
TEST_DB(remind_volunteers_sends_one_mail_a_shift)
{
	struct world w;
	struct crew c;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	struct id other =
	    volunteers_hours(&w, c.task, "2026-12-03", "10", "12");
	CHECK_STR(volunteers_join(&w, other, c.person[0]), S("in"));
	CHECK_OK(remind_volunteers(&WHAT, arena, &w.program, db));
	CHECK_INT(mails(&w).n, 0); /* not yet */
	w.program.now_us = civil_us((struct date){2026, 12, 2}, 600);
	CHECK_OK(remind_volunteers(&WHAT, arena, &w.program, db));
	CHECK_OK(remind_volunteers(&WHAT, arena, &w.program, db));
	struct mail_lines sent = mails(&w);
	CHECK_INT(sent.n, 1);
	CHECK_HAS(sent.list[0].body, S("3. december 2026, 10:00–12:00"));
	CHECK_HAS(sent.list[0].body, S("Varmestuen"));
}

/* Erased before it left: the mail goes too. */
TEST_DB(remind_news_goes_with_who_is_erased)
{
	struct world w;
	struct crew c;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	CHECK_OK(shift_resize(db, arena, &w.leader, c.shift, 2));
	tell(&w);
	CHECK_INT(mails(&w).n, 1);
	CHECK_OK(person_erase(db, arena, &w.leader, c.person[0]));
	CHECK_INT(mails(&w).n, 0);
}

/* Who stopped gets no mail that waited, and no other one. */
TEST_DB(remind_news_stops_with_who_stops)
{
	struct world w;
	struct crew c;
	world_new(&w, arena, db);
	crew_new(&w, &c);
	CHECK_OK(shift_resize(db, arena, &w.leader, c.shift, 2));
	tell(&w);
	CHECK_INT(mails(&w).n, 1);
	CHECK_OK(
	    person_set_state(db, arena, &w.leader, c.person[0], S("stopped")));
	CHECK_INT(mails(&w).n, 0);
	tell(&w);
	CHECK_INT(mails(&w).n, 0);
}
