/* SPDX-License-Identifier: MPL-2.0 */
#include "base/clock.h"

#include <time.h>

#include "base/buf.h"

static int64_t
read_clock(clockid_t which)
{
	struct timespec t = {0};
	clock_gettime(which, &t);
	return (int64_t)t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

int64_t
clock_now_us(void)
{
	return read_clock(CLOCK_REALTIME);
}

int64_t
clock_mono_us(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

/* Counts in years that start in March, so that the leap day comes last and
 * the months' lengths follow one formula: (153 m + 2) / 5. */
int64_t
date_days(struct date d)
{
	int64_t year = d.month > 2 ? d.year : d.year - 1;
	int64_t month = (d.month + 9) % 12;
	int64_t in_year = (153 * month + 2) / 5 + d.day - 1;
	return year * 365 + year / 4 - year / 100 + year / 400 + in_year -
	    719468;
}

struct date
date_from_days(int64_t days)
{
	int64_t since = days + 719468;
	int64_t year = since * 400 / 146097;
	int64_t in_year;
	for (year++;; year--) {
		in_year =
		    since - (year * 365 + year / 4 - year / 100 + year / 400);
		if (in_year >= 0)
			break;
	}
	int64_t month = (5 * in_year + 2) / 153;
	struct date d = {.day = (int)(in_year - (153 * month + 2) / 5 + 1)};
	d.month = (int)(month < 10 ? month + 3 : month - 9);
	d.year = (int)(d.month > 2 ? year : year + 1);
	return d;
}

struct civil
civil_utc(int64_t us)
{
	int64_t days = us / DAY_US;
	if (us % DAY_US < 0)
		days--;
	int seconds = (int)((us - days * DAY_US) / SECOND_US);
	return (struct civil){
	    .date = date_from_days(days),
	    .hour = seconds / 3600,
	    .minute = seconds / 60 % 60,
	    .second = seconds % 60,
	};
}

int
date_weekday(struct date d)
{
	int64_t day = (date_days(d) + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int)(day < 0 ? day + 7 : day);
}

int64_t
date_us(struct date d)
{
	return date_days(d) * DAY_US;
}

/* 01:00 UTC on the last Sunday of a month with 31 days. */
static int64_t
last_sunday_us(int year, int month)
{
	struct date last = {year, month, 31};
	int back = (date_weekday(last) + 1) % 7;
	return date_us(last) - back * DAY_US + HOUR_US;
}

struct civil
civil_danish(int64_t us)
{
	int year = civil_utc(us).date.year;
	bool summer =
	    us >= last_sunday_us(year, 3) && us < last_sunday_us(year, 10);
	return civil_utc(us + (summer ? 2 : 1) * HOUR_US);
}

struct date
date_danish(int64_t us)
{
	return civil_danish(us).date;
}

int64_t
civil_us(struct date d, int64_t minutes)
{
	int64_t us = date_us(d) + minutes * MINUTE_US;
	int64_t summer = us - 2 * HOUR_US;
	struct civil c = civil_danish(summer);
	return date_us(c.date) + (c.hour * 60 + c.minute) * MINUTE_US == us
	    ? summer
	    : us - HOUR_US;
}

bool
date_parse(struct str s, struct date *out)
{
	int64_t year, month, day;
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' ||
	    !str_int(str_sub(s, 0, 4), &year) ||
	    !str_int(str_sub(s, 5, 7), &month) ||
	    !str_int(str_sub(s, 8, 10), &day))
		return false;
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	struct date d = {(int)year, (int)month, (int)day};
	struct date back = date_from_days(date_days(d));
	if (back.day != d.day || back.month != d.month)
		return false;
	*out = d;
	return true;
}

bool
date_is_set(struct date d)
{
	return d.year != 0;
}

int
date_cmp(struct date x, struct date y)
{
	int64_t a = date_is_set(x) ? date_days(x) : INT64_MIN;
	int64_t b = date_is_set(y) ? date_days(y) : INT64_MIN;
	return (a > b) - (a < b);
}

struct str
date_iso(struct arena *a, struct date d)
{
	if (!date_is_set(d))
		return (struct str){0};
	return str_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* `n` digits, and what stands behind them. */
static char *
put_digits(char *p, int n, int64_t value, char behind)
{
	for (int i = n; i-- > 0; value /= 10)
		p[i] = (char)('0' + value % 10);
	p[n] = behind;
	return p + n + 1;
}

void
time_iso_put(char text[TIME_ISO_BYTES], int64_t us)
{
	struct civil c = civil_utc(us);
	int64_t ms = us / 1000 % 1000;
	char *p = put_digits(text, 4, c.date.year, '-');
	p = put_digits(p, 2, c.date.month, '-');
	p = put_digits(p, 2, c.date.day, 'T');
	p = put_digits(p, 2, c.hour, ':');
	p = put_digits(p, 2, c.minute, ':');
	p = put_digits(p, 2, c.second, '.');
	put_digits(p, 3, ms < 0 ? ms + 1000 : ms, 'Z');
}

struct str
time_iso(struct arena *a, int64_t us)
{
	char *p = arena_new(a, char, TIME_ISO_BYTES);
	time_iso_put(p, us);
	return (struct str){p, TIME_ISO_BYTES};
}
