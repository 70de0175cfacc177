/* SPDX-License-Identifier: MPL-2.0 */

/* Tasks and what they carry out, who fits, what was delivered, and what is
 * left of somebody who stops or is erased. */
#include "tests/model/volunteers.h"

#include "base/buf.h"

/* guide:S22: citizens hold the tasks that carry an idea out. */
TEST_DB(corps_task_carries_something_out)
{
	struct world w;
	struct corps_task_faults f;
	struct corps_tasks all;
	world_new(&w, arena, db);
	struct record idea = world_record(&w, KIND_IDEA);
	world_save(&w, &idea);
	struct corps_task t = {.id = id_new(NOW_US),
	    .title = S("Gåtur om søndagen"),
	    .about = S("Vi går en tur sammen."),
	    .contact = S("Ali, 87 65 43 21"),
	    .tie = S("idea")};
	CHECK_INT(corps_task_save(db, arena, &w.leader, &t, &f), ERR_INVALID);
	CHECK(f.tie != NULL);
	t.tie_id = id_new(NOW_US);
	CHECK_INT(corps_task_save(db, arena, &w.leader, &t, &f), ERR_INVALID);
	t.tie_id = idea.id;
	CHECK_OK(corps_task_save(db, arena, &w.leader, &t, &f));
	CHECK_OK(corps_task_save(db, arena, &w.leader, &t, &f));
	(void)volunteers_task(&w);
	CHECK_OK(corps_tasks(db, arena, &w.participant, &all));
	CHECK_INT(all.n, 2);
	CHECK(id_eq(all.list[0].tie_id, idea.id));
	CHECK_STR(all.list[1].tie, S("decision"));
	t = all.list[0];
	t.open = false;
	CHECK_OK(corps_task_save(db, arena, &w.leader, &t, &f));
	CHECK_INT(corps_task_save(db, arena, &w.leader, &t, &f), ERR_CONFLICT);
	CHECK_INT(
	    corps_task_save(db, arena, &w.participant, &t, &f), ERR_DENIED);
	CHECK_OK(corps_task_get(db, arena, &w.leader, t.id, &t));
	CHECK(!t.open);
}

TEST_DB(corps_task_refuses_a_decision_without_words)
{
	struct world w;
	struct corps_task_faults f;
	world_new(&w, arena, db);
	struct corps_task t = {.id = id_new(NOW_US),
	    .title = S("Kaffe"),
	    .about = S("CPR 010203-1234"),
	    .tie = S("decision")};
	CHECK_INT(corps_task_save(db, arena, &w.leader, &t, &f), ERR_INVALID);
	CHECK(f.tie_text != NULL);
	CHECK(f.about != NULL);
	CHECK(f.contact != NULL);
	CHECK(f.title == NULL);
}

/* guide:S10 guide:S22 what was decided is carried out. */
TEST_DB(corps_task_carries_out_a_decision)
{
	struct world w;
	struct corps_task_faults f;
	world_new(&w, arena, db);
	struct record r = world_record(&w, KIND_DECISION);
	world_save(&w, &r);
	struct corps_task t = {.id = id_new(NOW_US),
	    .title = S("Kaffe"),
	    .about = S("Kom og drik kaffe."),
	    .contact = S("Mette"),
	    .tie = S("decision"),
	    .tie_id = r.id,
	    .open = true};
	CHECK_OK(corps_task_save(db, arena, &w.leader, &t, &f));
	CHECK_OK(corps_task_get(db, arena, &w.leader, t.id, &t));
	CHECK(id_eq(t.tie_id, r.id));
	t.tie_id = id_new(NOW_US + 1); /* no such decision */
	CHECK_INT(corps_task_save(db, arena, &w.leader, &t, &f), ERR_INVALID);
	CHECK(f.tie != NULL);
}

TEST_DB(corps_words_are_saved_from_what_was_read)
{
	struct world w;
	struct corps c = {.about = S("Vi er et korps."), .contact = S("Mette")};
	struct corps_faults f;
	world_new(&w, arena, db);
	CHECK_OK(corps_save(db, arena, &w.leader, &c, &f));
	CHECK_INT(corps_save(db, arena, &w.leader, &c, &f), ERR_CONFLICT);
	CHECK_OK(corps_get(db, arena, &w.leader, &c));
	CHECK_INT(c.rev, 1);
	c.contact = S("");
	CHECK_INT(corps_save(db, arena, &w.leader, &c, &f), ERR_INVALID);
	c.contact = S("Ali");
	CHECK_OK(corps_save(db, arena, &w.leader, &c, &f));
	CHECK_INT(corps_save(db, arena, &w.participant, &c, &f), ERR_DENIED);
}

/* guide:S8: what people know, can and have is found when it is needed. */
TEST_DB(corps_match_finds_who_offers_what_is_needed)
{
	struct world w;
	struct corps_matches all;
	struct corps_task task;
	const char *fault;
	world_new(&w, arena, db);
	struct id id = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, id, 2, "week");
	struct id two = volunteers_person(&w, "Ib", "mail");
	struct id three = volunteers_person(&w, "Bo", "mail");
	struct corps_offer o = {
	    .person = one, .resources = S("Jeg har en bil")};
	CHECK_OK(corps_offer_save(db, arena, &w.leader, &o, &fault));
	o = (struct corps_offer){.person = two,
	    .skills = S("Kørekort til alle biler"),
	    .knowledge = S("Snakker gerne")};
	CHECK_OK(corps_offer_save(db, arena, &w.leader, &o, &fault));
	o = (struct corps_offer){.person = three, .skills = S("Strikker")};
	CHECK_OK(corps_offer_save(db, arena, &w.leader, &o, &fault));
	struct record actor = world_record(&w, KIND_ACTOR);
	record_set(&actor, "name", S("Bilklubben"));
	record_set(&actor, "resources", S("Biler"));
	world_save(&w, &actor);
	CHECK_OK(corps_task_get(db, arena, &w.leader, id, &task));
	CHECK_OK(corps_match(db, arena, &w.leader, &task, &all));
	CHECK_INT(all.n, 3);
	CHECK(id_eq(all.list[0].person, two));
	CHECK(all.list[0].words >= 2);
	CHECK(!all.list[0].pledged);
	bool pledged = false;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		CHECK(!id_eq(all.list[i].person, three));
		pledged = pledged || all.list[i].pledged;
	}
	CHECK(pledged);
	CHECK_INT(
	    corps_match(db, arena, &w.participant, &task, &all), ERR_DENIED);
	CHECK_OK(person_set_state(db, arena, &w.leader, two, S("stopped")));
	CHECK_OK(corps_match(db, arena, &w.leader, &task, &all));
	CHECK_INT(all.n, 2);
}

/* ---- what was delivered ---- */

static void
came(struct world *w, struct id shift, struct id person)
{
	struct shift_note note = {shift, person, S("yes"), 120, 25};
	struct actor later = w->leader;
	later.now_us += 10 * DAY_US;
	CHECK_OK(shift_note_came(w->db, w->arena, &later, &note));
}

/* guide:S25: what was delivered, and the citizens' part of it; of fewer than k
 * it is hidden. */
TEST_DB(delivery_shows_the_citizens_share_from_k_people)
{
	struct world w;
	struct delivery_faults f;
	struct delivery_share share;
	struct deliveries all;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id shift = volunteers_shift(&w, task, "2026-11-27", "9");
	struct delivery d = {.id = id_new(NOW_US),
	    .task = task,
	    .day = S("2026-11-24"),
	    .what = S("En kaffeeftermiddag for 12"),
	    .staff_min = 90};
	CHECK_OK(delivery_add(db, arena, &w.leader, &d, &f));
	CHECK_OK(delivery_add(db, arena, &w.leader, &d, &f));
	for (int i = 0; i < 5; i++) {
		struct id p = volunteers_pledged(&w, task, 2, "week");
		CHECK_STR(volunteers_join(&w, shift, p), S("in"));
		came(&w, shift, p);
		CHECK_OK(
		    delivery_share(db, arena, &w.participant, task, &share));
		CHECK(share.hidden == (i < 4));
		CHECK_INT(share.citizen_min, i < 4 ? 0 : 600);
	}
	CHECK_INT(share.staff_min, 90);
	CHECK_INT(share.kroner, 125);
	CHECK_INT(share.people, 5);
	CHECK_OK(delivery_list(db, arena, &w.leader, task, &all));
	CHECK_INT(all.n, 1);
	d.id = id_new(NOW_US);
	d.day = S("2026-11-25");
	CHECK_INT(delivery_add(db, arena, &w.leader, &d, &f), ERR_INVALID);
	CHECK(f.day != NULL);
}

/* ---- leaving ---- */

TEST_DB(corps_leaves_all_shifts_when_one_stops)
{
	struct world w;
	struct pledge p;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 9, "week");
	struct id two = volunteers_pledged(&w, task, 9, "week");
	struct id first = volunteers_shift(&w, task, "2026-11-26", "1");
	struct id then = volunteers_shift(&w, task, "2026-11-27", "1");
	CHECK_STR(volunteers_join(&w, first, one), S("in"));
	CHECK_STR(volunteers_join(&w, then, one), S("in"));
	CHECK_STR(volunteers_join(&w, then, two), S("waiting"));
	CHECK_OK(person_set_state(db, arena, &w.leader, one, S("stopped")));
	CHECK_STR(volunteers_state(&w, first, one), S("left"));
	CHECK_STR(volunteers_state(&w, then, one), S("left"));
	CHECK_STR(volunteers_state(&w, then, two), S("in"));
	CHECK_INT(pledge_on(db, arena, &w.leader,
		      (struct pledge_filter){task, one}, &p),
	    ERR_NOT_FOUND);
}

TEST_DB(corps_keeps_the_hours_of_who_is_erased_and_no_name)
{
	struct world w;
	struct pledges pledges;
	struct shift_places people;
	struct corps_offer offer;
	struct str token;
	struct corps_feed feed;
	const char *fault;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 9, "week");
	struct id past = volunteers_shift(&w, task, "2026-11-25", "1");
	struct id coming = volunteers_shift(&w, task, "2026-12-11", "1");
	CHECK_STR(volunteers_join(&w, past, one), S("in"));
	CHECK_STR(volunteers_join(&w, coming, one), S("in"));
	came(&w, past, one);
	struct corps_offer o = {.person = one, .skills = S("Kørekort")};
	CHECK_OK(corps_offer_save(db, arena, &w.leader, &o, &fault));
	CHECK_OK(corps_feed_new(db, arena, &w.leader, one, &token));
	w.leader.now_us += 4 * DAY_US;
	CHECK_OK(person_erase(db, arena, &w.leader, one));
	CHECK_OK(pledge_list(db, arena, &w.leader,
	    (struct pledge_filter){.person = one}, &pledges));
	CHECK_INT(pledges.n, 0);
	CHECK_OK(shift_people(db, arena, &w.leader, past, &people));
	CHECK_INT(people.n, 1);
	CHECK(!id_is_set(people.list[0].person));
	CHECK_INT(people.list[0].minutes, 120);
	CHECK_OK(shift_people(db, arena, &w.leader, coming, &people));
	CHECK_INT(people.n, 0);
	CHECK_INT(
	    corps_offer_get(db, arena, &w.leader, one, &offer), ERR_NOT_FOUND);
	CHECK_INT(corps_feed_find(db, arena, w.leader.org, token, &feed),
	    ERR_NOT_FOUND);
}

TEST_DB(corps_feed_opens_one_calendar_until_it_ends)
{
	struct world w;
	struct str token, newer;
	struct corps_feed feed;
	bool is = false;
	world_new(&w, arena, db);
	struct id one = volunteers_person(&w, "Ib", "mail");
	CHECK_OK(corps_feed_new(db, arena, &w.leader, one, &token));
	CHECK_OK(corps_feed_new(db, arena, &w.leader, one, &newer));
	CHECK_INT(corps_feed_find(db, arena, w.leader.org, token, &feed),
	    ERR_NOT_FOUND);
	CHECK_OK(corps_feed_find(db, arena, w.leader.org, newer, &feed));
	CHECK(id_eq(feed.person, one));
	CHECK(id_eq(feed.network, w.network));
	CHECK_OK(corps_feed_end(db, &w.leader, one));
	CHECK_OK(corps_feed_is(db, arena, &w.leader, one, &is));
	CHECK(!is);
	CHECK_INT(corps_feed_find(db, arena, w.leader.org, newer, &feed),
	    ERR_NOT_FOUND);
}
