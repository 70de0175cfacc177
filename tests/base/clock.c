/* SPDX-License-Identifier: MPL-2.0 */
#include "base/clock.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "tests/test.h"

/* Against the C library's calendar, every day of 400 years and the edges. */
TEST(days_agree_with_the_library)
{
	for (int64_t day = -200 * 366; day < 400 * 366; day++) {
		struct tm tm;
		time_t t = (time_t)(day * 86400);
		CHECK(gmtime_r(&t, &tm) != NULL);
		struct date d = date_from_days(day);
		CHECK(d.year == tm.tm_year + 1900 && d.month == tm.tm_mon + 1 &&
		    d.day == tm.tm_mday);
		CHECK(date_days(d) == day);
		CHECK(date_weekday(d) == (tm.tm_wday + 6) % 7);
	}
}

TEST(the_first_and_the_last_day)
{
	struct date first = {1, 1, 1}, last = {9999, 12, 31};
	CHECK_INT(date_days(first), -719162);
	CHECK_INT(date_cmp(date_from_days(date_days(first)), first), 0);
	CHECK_INT(date_cmp(date_from_days(date_days(last)), last), 0);
	CHECK_INT(date_days((struct date){1970, 1, 1}), 0);
	CHECK_INT(date_us((struct date){1970, 1, 2}), DAY_US);
}

TEST(dates_are_read)
{
	static const char *const good[] = {"2026-11-24", "2024-02-29",
	    "2000-02-29", "0001-01-01", "9999-12-31"};
	static const char *const bad[] = {"2026-02-29", "1900-02-29",
	    "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00",
	    "0000-01-01", "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01",
	    "2026-01-01 ", " 2026-01-01", "2026-01-0a", "-026-01-01",
	    "2026--1-01", "", "2026-11-24T00:00"};
	for (ptrdiff_t i = 0; i < COUNT_OF(good); i++) {
		struct date d;
		CHECK(date_parse(str_c(good[i]), &d));
		CHECK_STR(date_iso(arena, d), str_c(good[i]));
	}
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct date d = {7, 7, 7};
		CHECK(!date_parse(str_c(bad[i]), &d));
		CHECK_INT(d.year, 7);
	}
}

TEST(no_date_is_no_date)
{
	CHECK(!date_is_set((struct date){0}));
	CHECK_STR(date_iso(arena, (struct date){0}), S(""));
	CHECK(date_cmp((struct date){0}, (struct date){1, 1, 1}) < 0);
	CHECK(
	    date_cmp((struct date){2026, 1, 2}, (struct date){2026, 1, 1}) > 0);
	CHECK_INT(date_cmp((struct date){0}, (struct date){0}), 0);
}

static int64_t
at_utc(int year, int month, int day, int hour, int minute)
{
	return date_us((struct date){year, month, day}) + hour * HOUR_US +
	    minute * MINUTE_US;
}

static struct str
danish(struct arena *a, int64_t us)
{
	struct civil c = civil_danish(us);
	return str_fmt(a, "%d-%02d-%02d %02d:%02d:%02d", c.date.year,
	    c.date.month, c.date.day, c.hour, c.minute, c.second);
}

/* 2026: summer time from 29 March to 25 October. */
TEST(danish_time_changes_on_the_last_sundays)
{
	CHECK_STR(danish(arena, at_utc(2026, 3, 29, 1, 0) - SECOND_US),
	    S("2026-03-29 01:59:59"));
	CHECK_STR(
	    danish(arena, at_utc(2026, 3, 29, 1, 0)), S("2026-03-29 03:00:00"));
	CHECK_STR(danish(arena, at_utc(2026, 10, 25, 0, 30)),
	    S("2026-10-25 02:30:00"));
	CHECK_STR(danish(arena, at_utc(2026, 10, 25, 1, 0) - SECOND_US),
	    S("2026-10-25 02:59:59"));
	CHECK_STR(danish(arena, at_utc(2026, 10, 25, 1, 0)),
	    S("2026-10-25 02:00:00"));
	CHECK_STR(danish(arena, at_utc(2026, 11, 24, 23, 30)),
	    S("2026-11-25 00:30:00"));
	CHECK_STR(danish(arena, at_utc(2026, 12, 31, 23, 0)),
	    S("2027-01-01 00:00:00"));
	/* When the last Sunday is the last day. */
	CHECK_STR(
	    danish(arena, at_utc(2024, 3, 31, 1, 0)), S("2024-03-31 03:00:00"));
	CHECK_STR(danish(arena, at_utc(2027, 10, 31, 1, 0)),
	    S("2027-10-31 02:00:00"));
	struct date d = date_danish(at_utc(2026, 6, 30, 22, 0));
	CHECK(d.month == 7 && d.day == 1);
}

TEST(instants_before_1970_are_right_too)
{
	struct civil c = civil_utc(-1);
	CHECK(c.date.year == 1969 && c.date.month == 12 && c.date.day == 31);
	CHECK(c.hour == 23 && c.minute == 59 && c.second == 59);
	c = civil_utc(-DAY_US);
	CHECK(c.date.day == 31 && c.hour == 0 && c.second == 0);
}

TEST(instants_are_written_in_utc)
{
	CHECK_STR(time_iso(arena, 0), S("1970-01-01T00:00:00.000Z"));
	CHECK_STR(time_iso(arena, at_utc(2026, 11, 24, 8, 15) + 2123999),
	    S("2026-11-24T08:15:02.123Z"));
	CHECK_STR(time_iso(arena, -1000), S("1969-12-31T23:59:59.999Z"));
}

TEST(the_clocks_run)
{
	int64_t mono = clock_mono_us(), now = clock_now_us();
	CHECK(now > at_utc(2020, 1, 1, 0, 0));
	CHECK(clock_mono_us() >= mono);
}

TEST(clock_turns_danish_time_back)
{
	static const struct {
		struct date day;
		int64_t minutes;
		const char *utc;
	} cases[] = {{{2026, 11, 27}, 840, "2026-11-27T13:00:00.000Z"},
	    {{2026, 7, 1}, 840, "2026-07-01T12:00:00.000Z"},
	    {{2027, 1, 1}, 0, "2026-12-31T23:00:00.000Z"},
	    {{2026, 3, 29}, 150, "2026-03-29T01:30:00.000Z"}, /* skipped */
	    {{2026, 10, 25}, 150, "2026-10-25T00:30:00.000Z"}}; /* twice */
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_STR(
		    time_iso(arena, civil_us(cases[i].day, cases[i].minutes)),
		    str_c(cases[i].utc));
}
