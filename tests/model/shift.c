/* SPDX-License-Identifier: MPL-2.0 */

/* Shifts: making, joining, the line, handing over, sharing out, and after. */
#include "tests/model/volunteers.h"

#include "model/shift_share.h"

TEST(shift_reads_the_clock_as_people_write_it)
{
	static const struct {
		const char *text;
		int64_t minutes;
	} good[] = {{"9", 540}, {"09:05", 545}, {"9.30", 570}, {"24:00", 1440},
	    {"0:00", 0}};
	static const char *const bad[] = {
	    "", "25", "9:5", "9:60", "24:01", "ni", "-1", "9:30:00", "009"};
	int64_t minutes;
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		CHECK(shift_clock_parse(str_c(good[i].text), &minutes));
		CHECK_INT(minutes, good[i].minutes);
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++)
		CHECK(!shift_clock_parse(str_c(bad[i]), &minutes));
	CHECK_STR(shift_clock(arena, 545), S("09:05"));
}

static struct shift_new
fridays(struct id task)
{
	return (struct shift_new){.id = id_new(NOW_US),
	    .task = task,
	    .day = S("2026-11-27"),
	    .from = S("14"),
	    .to = S("16:30"),
	    .place = S("Biblioteket"),
	    .what = S("Kaffe"),
	    .places = S("2"),
	    .weeks = S("10")};
}

/* Ten Fridays in one form; each is seen at once, and stays once. */
TEST_DB(shift_repeats_weekly_and_is_seen_at_once)
{
	struct world w;
	struct shift_faults f;
	struct shifts all;
	struct shift_filter filter = {0};
	world_new(&w, arena, db);
	struct shift_new in = fridays(volunteers_task(&w));
	CHECK_OK(shift_make(db, arena, &w.leader, &in, &f));
	CHECK_OK(shift_make(db, arena, &w.leader, &in, &f));
	CHECK_OK(shift_list(db, arena, &w.participant, &filter, &all));
	CHECK_INT(all.n, 10);
	CHECK_STR(date_iso(arena, all.list[9].day), S("2027-01-29"));
	CHECK_INT(all.list[9].from_min, 840);
	CHECK_INT(all.list[9].to_min, 990);
	CHECK_INT(all.list[9].places, 2);
	CHECK_STR(all.list[0].task_title, S("Kaffe på fredage"));
	filter.first = (struct date){2027, 1, 1};
	CHECK_OK(shift_list(db, arena, &w.leader, &filter, &all));
	CHECK_INT(all.n, 5);
}

TEST_DB(shift_refuses_what_cannot_be)
{
	struct world w;
	struct shift_faults f;
	world_new(&w, arena, db);
	struct shift_new good = fridays(volunteers_task(&w)), in;
#define BAD(field, text)                                                   \
	in = good;                                                         \
	in.field = S(text);                                                \
	CHECK_INT(shift_make(db, arena, &w.leader, &in, &f), ERR_INVALID); \
	CHECK(f.field != NULL)
	BAD(day, "2026-11-31");
	BAD(day, "2026-11-23");
	BAD(from, "fjorten");
	BAD(from, "24:00");
	BAD(to, "14:00");
	BAD(to, "13:00");
	BAD(to, "6:01"); /* 16 hours and a minute */
	BAD(place, "");
	BAD(places, "0");
	BAD(places, "501");
	BAD(weeks, "54");
	BAD(share_day, "i morgen");
	BAD(share_time, "12:00:00");
#undef BAD
	in = good;
	in.share_day = S("2026-11-28");
	in.share_time = S("12:00");
	CHECK_INT(shift_make(db, arena, &w.leader, &in, &f), ERR_INVALID);
	CHECK(f.share_day != NULL);
	CHECK_INT(shift_make(db, arena, &w.participant, &good, &f), ERR_DENIED);
	CHECK_OK(shift_make(db, arena, &w.leader, &good, &f));
}

TEST_DB(shift_has_a_line_that_moves_up_by_itself)
{
	struct world w;
	struct id person[4];
	struct shift s;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id shift = volunteers_shift(&w, task, "2026-11-27", "2");
	for (int i = 0; i < 4; i++) {
		person[i] = volunteers_pledged(&w, task, 2, "week");
		CHECK_STR(volunteers_join(&w, shift, person[i]),
		    i < 2 ? S("in") : S("waiting"));
	}
	CHECK_STR(volunteers_join(&w, shift, person[0]), S("in"));
	CHECK_OK(shift_get(
	    db, arena, &w.leader, (struct shift_of){shift, person[3]}, &s));
	CHECK_INT(s.in, 2);
	CHECK_INT(s.waiting, 2);
	CHECK_INT(s.mine_ahead, 1);
	CHECK_OK(shift_leave(
	    db, arena, &w.leader, (struct shift_of){shift, person[0]}));
	CHECK_STR(volunteers_state(&w, shift, person[0]), S("left"));
	CHECK_STR(volunteers_state(&w, shift, person[2]), S("in"));
	CHECK_STR(volunteers_state(&w, shift, person[3]), S("waiting"));
	CHECK_OK(shift_resize(db, arena, &w.leader, shift, 3));
	CHECK_STR(volunteers_state(&w, shift, person[3]), S("in"));
	CHECK_INT(shift_resize(db, arena, &w.leader, shift, 2), ERR_CONFLICT);
	/* Back again: last in line. */
	CHECK_STR(volunteers_join(&w, shift, person[0]), S("waiting"));
}

/* Who waits is passed over when their hours are used meanwhile. */
TEST_DB(shift_moves_nobody_up_beyond_their_pledge)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 2, "week");
	struct id two = volunteers_pledged(&w, task, 2, "week");
	struct id three = volunteers_pledged(&w, task, 2, "week");
	struct id shift = volunteers_shift(&w, task, "2026-11-27", "1");
	struct id other = volunteers_shift(&w, task, "2026-11-26", "1");
	CHECK_STR(volunteers_join(&w, shift, one), S("in"));
	CHECK_STR(volunteers_join(&w, shift, two), S("waiting"));
	CHECK_STR(volunteers_join(&w, shift, three), S("waiting"));
	CHECK_STR(volunteers_join(&w, other, two), S("in"));
	CHECK_OK(
	    shift_leave(db, arena, &w.leader, (struct shift_of){shift, one}));
	CHECK_STR(volunteers_state(&w, shift, two), S("waiting"));
	CHECK_STR(volunteers_state(&w, shift, three), S("in"));
}

/* guide:S24: nobody is bound beyond the pledge. */
TEST_DB(shift_stays_within_the_pledge)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 3, "week");
	struct id nobody = volunteers_person(&w, "Ib", "phone");
	struct id a = volunteers_shift(&w, task, "2026-11-26", "5");
	struct id b = volunteers_shift(&w, task, "2026-11-27", "5");
	struct id same = volunteers_shift(&w, task, "2026-11-26", "5");
	struct id next = volunteers_shift(&w, task, "2026-12-04", "5");
	struct id late = volunteers_shift(&w, task, "2027-07-01", "5");
	CHECK_STR(volunteers_join(&w, a, nobody),
	    S("Say first how much you will help with this task."));
	CHECK_STR(volunteers_join(&w, a, one), S("in"));
	CHECK_STR(volunteers_join(&w, same, one),
	    S("There is another shift at that time already."));
	CHECK_STR(volunteers_join(&w, b, one),
	    S("That is more hours than were promised."));
	CHECK_STR(volunteers_join(&w, next, one), S("in"));
	CHECK_STR(volunteers_join(&w, late, one),
	    S("The shift is after the last day of the promise."));
	CHECK_STR(volunteers_state(&w, b, one), S(""));
	w.leader.now_us += 3 * DAY_US;
	CHECK_STR(volunteers_join(&w, same, nobody),
	    S("The shift has begun or is over."));
	CHECK_OK(shift_cancel(db, arena, &w.leader, next, S("Lukket.")));
	CHECK_STR(
	    volunteers_join(&w, next, nobody), S("The shift is cancelled."));
}

TEST_DB(shift_is_handed_over)
{
	struct world w;
	struct shift_answer answer;
	struct shift_events log;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id giver = volunteers_pledged(&w, task, 2, "week");
	struct id taker = volunteers_pledged(&w, task, 2, "week");
	struct id late = volunteers_pledged(&w, task, 2, "week");
	struct id shift = volunteers_shift(&w, task, "2026-11-27", "1");
	CHECK_STR(volunteers_join(&w, shift, giver), S("in"));
	CHECK_OK(shift_take(
	    db, arena, &w.leader, (struct shift_of){shift, taker}, &answer));
	CHECK(answer.why != NULL);
	CHECK_OK(shift_offer(
	    db, arena, &w.leader, (struct shift_of){shift, giver}, true));
	CHECK_STR(volunteers_state(&w, shift, giver), S("in"));
	CHECK_OK(shift_take(
	    db, arena, &w.leader, (struct shift_of){shift, taker}, &answer));
	CHECK_STR(answer.state, S("in"));
	CHECK_OK(shift_take(
	    db, arena, &w.leader, (struct shift_of){shift, taker}, &answer));
	CHECK_OK(shift_take(
	    db, arena, &w.leader, (struct shift_of){shift, late}, &answer));
	CHECK(answer.why != NULL);
	CHECK_STR(volunteers_state(&w, shift, giver), S("left"));
	CHECK_STR(volunteers_state(&w, shift, taker), S("in"));
	CHECK_OK(shift_history(db, arena, &w.leader, shift, &log));
	CHECK_INT(log.n, 4); /* in, offered, left, took */
	CHECK_STR(log.list[1].what, S("offered"));
	CHECK_STR(log.list[3].what, S("took"));
	/* With somebody in line an offer is theirs at once. */
	CHECK_STR(volunteers_join(&w, shift, late), S("waiting"));
	CHECK_OK(shift_offer(
	    db, arena, &w.leader, (struct shift_of){shift, taker}, true));
	CHECK_STR(volunteers_state(&w, shift, late), S("in"));
	CHECK_STR(volunteers_state(&w, shift, taker), S("left"));
}

TEST_DB(shift_release_collects_and_shares_out_by_its_seed)
{
	enum { PEOPLE = 4 };
	struct world w;
	struct shift_faults f;
	struct shift_release r;
	struct id person[PEOPLE];
	int64_t in = 0;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct shift_new new = fridays(task);
	new.weeks = S("1");
	new.places = S("2");
	new.share_day = S("2026-11-25");
	new.share_time = S("12:00");
	CHECK_OK(shift_make(db, arena, &w.leader, &new, &f));
	/* The first has been on one already. */
	for (int i = 0; i < PEOPLE; i++)
		person[i] = volunteers_pledged(&w, task, 6, "week");
	struct id other = volunteers_shift(&w, task, "2026-11-26", "1");
	CHECK_STR(volunteers_join(&w, other, person[0]), S("in"));
	for (int i = 0; i < PEOPLE; i++)
		CHECK_STR(volunteers_join(&w, new.id, person[i]), S("wish"));
	CHECK_OK(shift_release_get(db, arena, &w.leader, new.id, &r));
	CHECK_STR(r.seed, S(""));
	CHECK_INT(r.seal.n, 64);
	CHECK_OK(shift_sweep(db, arena, &w.program));
	CHECK_STR(volunteers_state(&w, new.id, person[1]), S("wish"));

	w.program.now_us += 2 * DAY_US;
	CHECK_OK(shift_sweep(db, arena, &w.program));
	CHECK_OK(shift_sweep(db, arena, &w.program));
	CHECK_OK(shift_release_get(db, arena, &w.leader, new.id, &r));
	CHECK_STR(hash_hex(arena, hash_of(r.seed)), r.seal);
	CHECK_STR(volunteers_state(&w, new.id, person[0]), S("waiting"));
	/* Of the other three the two with the smaller lots. */
	for (int i = 1; i < PEOPLE; i++) {
		struct person p;
		int before = 0;
		CHECK_OK(person_get(db, arena, &w.leader, person[i], &p));
		struct share_person me = {
		    0, share_lot(arena, r.seed, person_code(arena, p.number))};
		for (int k = 1; k < PEOPLE; k++) {
			CHECK_OK(
			    person_get(db, arena, &w.leader, person[k], &p));
			struct share_person it = {0,
			    share_lot(
				arena, r.seed, person_code(arena, p.number))};
			before += share_before(&it, &me);
		}
		CHECK_STR(volunteers_state(&w, new.id, person[i]),
		    before < 2 ? S("in") : S("waiting"));
		in += before < 2;
	}
	CHECK_INT(in, 2);
}

TEST_DB(shift_notes_who_came_and_begins_the_pledge)
{
	struct world w;
	struct pledge p;
	struct shift_places people;
	struct delivery_share share;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 4, "week");
	struct id first = volunteers_shift(&w, task, "2026-11-25", "1");
	struct id then = volunteers_shift(&w, task, "2026-11-27", "1");
	CHECK_STR(volunteers_join(&w, first, one), S("in"));
	CHECK_STR(volunteers_join(&w, then, one), S("in"));
	struct shift_note note = {first, one, S("yes"), 120, 40};
	CHECK_INT(shift_note_came(db, arena, &w.leader, &note), ERR_INVALID);
	w.leader.now_us += 2 * DAY_US;
	note.minutes = 1441;
	CHECK_INT(shift_note_came(db, arena, &w.leader, &note), ERR_INVALID);
	note.minutes = 120;
	CHECK_INT(
	    shift_note_came(db, arena, &w.participant, &note), ERR_DENIED);
	CHECK_OK(shift_note_came(db, arena, &w.leader, &note));
	CHECK_OK(pledge_on(
	    db, arena, &w.leader, (struct pledge_filter){task, one}, &p));
	CHECK_STR(p.state, S("running"));
	CHECK_OK(shift_people(db, arena, &w.leader, then, &people));
	CHECK_INT(people.n, 1);
	CHECK_INT(people.list[0].been, 1);
	CHECK(!shift_may_miss(&people.list[0]));
	note.came = S("no");
	CHECK_OK(shift_note_came(db, arena, &w.leader, &note));
	CHECK_OK(shift_people(db, arena, &w.leader, then, &people));
	CHECK(shift_may_miss(&people.list[0]));
	CHECK_OK(delivery_share(db, arena, &w.leader, (struct id){0}, &share));
	CHECK_INT(share.citizen_min, 0);
	CHECK(!share.hidden);
}

TEST(shift_says_kindly_who_may_miss)
{
	static const struct {
		int64_t been, missed;
		bool may;
	} cases[] = {{0, 0, false}, {5, 0, false}, {0, 1, true}, {2, 1, true},
	    {3, 1, false}, {4, 2, true}};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		struct shift_place p = {
		    .been = cases[i].been, .missed = cases[i].missed};
		CHECK(shift_may_miss(&p) == cases[i].may);
	}
}

TEST_DB(shift_reminds_once_and_only_who_is_on_it)
{
	struct world w;
	struct shift_dues due;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 4, "week");
	struct id two = volunteers_pledged(&w, task, 4, "week");
	struct id soon = volunteers_shift(&w, task, "2026-11-25", "1");
	struct id far = volunteers_shift(&w, task, "2026-12-25", "1");
	CHECK_STR(volunteers_join(&w, soon, one), S("in"));
	CHECK_STR(volunteers_join(&w, soon, two), S("waiting"));
	CHECK_STR(volunteers_join(&w, far, one), S("in"));
	struct date last = {2026, 11, 26};
	CHECK_OK(shift_to_remind(db, arena, &w.program, last, &due));
	CHECK_INT(due.n, 1);
	CHECK(id_eq(due.list[0].person, one));
	CHECK_STR(due.list[0].shift.place, S("Biblioteket"));
	CHECK_OK(shift_reminded(db, &w.program, &due.list[0]));
	CHECK_OK(shift_to_remind(db, arena, &w.program, last, &due));
	CHECK_INT(due.n, 0);
	/* Who moves up is told as well. */
	CHECK_OK(
	    shift_leave(db, arena, &w.leader, (struct shift_of){soon, one}));
	CHECK_OK(shift_to_remind(db, arena, &w.program, last, &due));
	CHECK_INT(due.n, 1);
	CHECK(id_eq(due.list[0].person, two));
}
