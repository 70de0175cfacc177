/* SPDX-License-Identifier: MPL-2.0 */

/* Shifts that go past midnight, and nights when the clock is moved. */
#include "tests/model/volunteers.h"

static struct shift
shift_at(struct date day, int64_t from, int64_t to)
{
	return (struct shift){.day = day, .from_min = from, .to_min = to};
}

TEST_DB(shift_goes_past_midnight)
{
	struct world w;
	struct shift s;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id night =
	    volunteers_hours(&w, task, "2026-11-27", "22:00", "2:00");
	CHECK_OK(shift_get(
	    db, arena, &w.leader, (struct shift_of){.shift = night}, &s));
	CHECK_STR(
	    shift_hours(arena, LANG_EN, &s), S("22:00–02:00 the next day"));
	CHECK_STR(shift_hours(arena, LANG_DA, &s), S("22:00–02:00 næste dag"));
	CHECK_INT(shift_minutes(&s), 240);
	CHECK_STR(date_iso(arena, shift_last_day(&s)), S("2026-11-28"));
	CHECK_INT(shift_to_us(&s), civil_us((struct date){2026, 11, 28}, 120));
	CHECK(!shift_is_over(&s, shift_from_us(&s) - 1));
	CHECK(shift_is_over(&s, shift_from_us(&s)));
}

TEST_DB(shift_to_midnight_is_of_one_day)
{
	struct world w;
	struct shift s;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id to_zero =
	    volunteers_hours(&w, task, "2026-11-27", "20", "0:00");
	CHECK_OK(shift_get(
	    db, arena, &w.leader, (struct shift_of){.shift = to_zero}, &s));
	CHECK_STR(shift_hours(arena, LANG_DA, &s), S("20:00–24:00"));
	CHECK_STR(date_iso(arena, shift_last_day(&s)), S("2026-11-27"));
}

static ptrdiff_t
count_from(struct world *w, struct id task, struct date first)
{
	struct shifts all, same;
	struct shift_filter f = {.first = first};
	CHECK_OK(shift_list(w->db, w->arena, &w->leader, &f, &all));
	f.task = task;
	CHECK_OK(shift_list(w->db, w->arena, &w->leader, &f, &same));
	CHECK_INT(same.n, all.n);
	return all.n;
}

/* At 1 in the night, "from today" still has the shift that is on. */
TEST_DB(shift_of_the_night_is_of_both_its_days)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	(void)volunteers_hours(&w, task, "2026-11-27", "22:00", "2:00");
	(void)volunteers_hours(&w, task, "2026-11-27", "20:00", "24:00");
	CHECK_INT(count_from(&w, task, (struct date){2026, 11, 27}), 2);
	CHECK_INT(count_from(&w, task, (struct date){2026, 11, 28}), 1);
	CHECK_INT(count_from(&w, task, (struct date){2026, 11, 29}), 0);
}

TEST_DB(shift_of_the_night_meets_the_morning)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 40, "week");
	struct id night =
	    volunteers_hours(&w, task, "2026-11-27", "22:00", "2:00");
	struct id morning =
	    volunteers_hours(&w, task, "2026-11-28", "1:59", "5:00");
	struct id before =
	    volunteers_hours(&w, task, "2026-11-27", "18:00", "22:00");
	struct id after = volunteers_hours(&w, task, "2026-11-28", "2", "5");
	CHECK_STR(volunteers_join(&w, night, one), S("in"));
	CHECK_STR(volunteers_join(&w, morning, one),
	    S("There is another shift at that time already."));
	CHECK_STR(volunteers_join(&w, before, one), S("in"));
	CHECK_STR(volunteers_join(&w, after, one), S("in"));
}

/* Nobody is bound beyond the last day. */
TEST_DB(shift_of_the_night_ends_within_the_promise)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 40, "week");
	struct id last =
	    volunteers_hours(&w, task, "2027-06-30", "22:00", "2:00");
	struct id evening =
	    volunteers_hours(&w, task, "2027-06-30", "22:00", "24:00");
	CHECK_STR(volunteers_join(&w, last, one),
	    S("The shift goes past the last day of the promise."));
	CHECK_STR(volunteers_join(&w, evening, one), S("in"));
}

/* ---- the nights when the clock is moved ---- */

TEST(shift_counts_the_hours_that_were)
{
	struct shift spring = shift_at((struct date){2027, 3, 27}, 1320, 1680);
	struct shift autumn = shift_at((struct date){2027, 10, 30}, 1320, 1680);
	struct shift plain = shift_at((struct date){2027, 3, 20}, 1320, 1680);
	CHECK_INT(shift_minutes(&plain), 360);
	CHECK_INT(shift_minutes(&spring), 300);
	CHECK_INT(shift_minutes(&autumn), 420);
	/* 22:00 UTC+1 is 21:00 UTC; 4:00 UTC+2 is 2:00 UTC. */
	CHECK_STR(time_iso(arena, shift_from_us(&spring)),
	    S("2027-03-27T21:00:00.000Z"));
	CHECK_STR(time_iso(arena, shift_to_us(&spring)),
	    S("2027-03-28T02:00:00.000Z"));
	CHECK_STR(time_iso(arena, shift_to_us(&autumn)),
	    S("2027-10-31T03:00:00.000Z"));
}

/* Five hours are promised: in the night in March 22 to 4 is no more. */
TEST_DB(shift_in_the_short_night_takes_fewer_of_the_hours)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 5, "week");
	struct id plain = volunteers_hours(&w, task, "2027-03-20", "22", "4");
	struct id spring = volunteers_hours(&w, task, "2027-03-27", "22", "4");
	CHECK_STR(volunteers_join(&w, plain, one),
	    S("That is more hours than were promised."));
	CHECK_STR(volunteers_join(&w, spring, one), S("in"));
}

/* Hours count in the week the shift begins in. */
TEST_DB(shift_of_sunday_night_is_of_the_week_before)
{
	struct world w;
	world_new(&w, arena, db);
	struct id task = volunteers_task(&w);
	struct id one = volunteers_pledged(&w, task, 4, "week");
	struct id sunday = volunteers_hours(&w, task, "2026-11-29", "22", "2");
	struct id saturday =
	    volunteers_hours(&w, task, "2026-11-28", "9", "10");
	struct id tuesday = volunteers_hours(&w, task, "2026-12-01", "9", "13");
	CHECK_STR(volunteers_join(&w, sunday, one), S("in"));
	CHECK_STR(volunteers_join(&w, saturday, one),
	    S("That is more hours than were promised."));
	CHECK_STR(volunteers_join(&w, tuesday, one), S("in"));
}

/* 2:30 to 3:15 is nothing when it goes from 2 to 3; a week later it is. */
TEST_DB(shift_in_the_skipped_hour_is_refused)
{
	struct world w;
	struct shift_faults f;
	world_new(&w, arena, db);
	struct shift_new in = {.id = id_new(NOW_US),
	    .task = volunteers_task(&w),
	    .day = S("2027-03-21"),
	    .from = S("2:30"),
	    .to = S("3:15"),
	    .place = S("Varmestuen"),
	    .places = S("2"),
	    .weeks = S("1")};
	CHECK_OK(shift_make(db, arena, &w.leader, &in, &f));
	in.id = id_new(NOW_US);
	in.weeks = S("2");
	CHECK_INT(shift_make(db, arena, &w.leader, &in, &f), ERR_INVALID);
	CHECK(f.to != NULL);
	in.day = S("2027-04-04");
	CHECK_OK(shift_make(db, arena, &w.leader, &in, &f));
}
