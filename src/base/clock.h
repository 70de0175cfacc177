/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

/* clock.h - time, and the Danish calendar.
 *
 * Instants are int64_t microseconds since 1970-01-01 UTC and are named ..._us.
 * Days are `struct date`, text "YYYY-MM-DD" in the database.  Only the edges
 * (a request's start, a job's start) ask clock_now_us(); everything inside is
 * given the time, so that tests choose it.
 *
 * Local time is Danish time (UTC+1, summer time by directive 2000/84/EC: from
 * the last Sunday of March to the last of October, both at 01:00 UTC),
 * computed here so that no time zone database is needed.
 * Tests: tests/base/clock.c
 */
#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

struct date {
	int year, month, day; /* 1..9999, 1..12, 1..31; {0} is no date */
};

struct civil {
	struct date date;
	int hour, minute, second;
};

int64_t clock_now_us(void); /* wall clock, may jump */
int64_t clock_mono_us(void); /* for timeouts, never jumps */

struct civil civil_utc(int64_t us);
struct civil civil_danish(int64_t us);
struct date date_danish(int64_t us);
/* When Danish clocks show that many minutes after midnight.  Of the hour that
 * comes twice in October the first; of the one that is skipped in March the
 * hour after it. */
int64_t civil_us(struct date, int64_t minutes);

/* Midnight UTC at the start of the day. */
int64_t date_us(struct date);

/* Days since 1970-01-01, and back.  Valid for years 1..9999. */
int64_t date_days(struct date);
struct date date_from_days(int64_t days);

/* 0 Monday .. 6 Sunday. */
int date_weekday(struct date);

/* "2026-11-24" to a date that exists; false otherwise. */
bool date_parse(struct str, struct date *out) MUST_USE;

bool date_is_set(struct date);
int date_cmp(struct date, struct date);

struct str date_iso(struct arena *, struct date); /* "" when not set */
struct str time_iso(struct arena *, int64_t us); /* 2026-11-24T08:15:02.123Z */
/* The same, on the caller's bytes.  Years 0 to 9999. */
enum { TIME_ISO_BYTES = 24 };
void time_iso_put(char text[TIME_ISO_BYTES], int64_t us);

#endif
