/* SPDX-License-Identifier: MPL-2.0 */

/* When a shift is, and how that is written (model/shift.h). */
#include "model/shift.h"

#include "base/buf.h"

/* ---- in time ---- */

int64_t
shift_from_us(const struct shift *s)
{
	return civil_us(s->day, s->from_min);
}

int64_t
shift_to_us(const struct shift *s)
{
	return civil_us(s->day, s->to_min);
}

int64_t
shift_minutes(const struct shift *s)
{
	return (shift_to_us(s) - shift_from_us(s)) / MINUTE_US;
}

struct date
shift_last_day(const struct shift *s)
{
	return s->to_min > SHIFT_MIDNIGHT
	    ? date_from_days(date_days(s->day) + 1)
	    : s->day;
}

bool
shift_meets(const struct shift *s, const struct shift *t)
{
	return shift_from_us(s) < shift_to_us(t) &&
	    shift_from_us(t) < shift_to_us(s);
}

bool
shift_is_over(const struct shift *s, int64_t now_us)
{
	return shift_from_us(s) <= now_us;
}

/* ---- in words ---- */

struct str
shift_clock(struct arena *a, int64_t minutes)
{
	int64_t m =
	    minutes > SHIFT_MIDNIGHT ? minutes - SHIFT_MIDNIGHT : minutes;
	return str_fmt(a, "%02d:%02d", (int)(m / 60), (int)(m % 60));
}

/* 9:00, 09.00, 9 */
bool
shift_clock_parse(struct str text, int64_t *minutes)
{
	int64_t hour, minute = 0;
	char mark = str_find(text, S(":")) >= 0 ? ':' : '.';
	struct str rest = str_trim(text);
	struct str head = str_cut(&rest, mark);
	if (head.n < 1 || head.n > 2 || !str_int(head, &hour))
		return false;
	if (rest.n > 0 && (rest.n != 2 || !str_int(rest, &minute)))
		return false;
	*minutes = hour * 60 + minute;
	return hour >= 0 && hour <= 24 && minute >= 0 && minute < 60 &&
	    *minutes <= SHIFT_MIDNIGHT;
}

struct str
shift_hours(struct arena *a, enum lang lang, const struct shift *s)
{
	struct str hours = STR_JOIN(
	    a, shift_clock(a, s->from_min), S("–"), shift_clock(a, s->to_min));
	return s->to_min > SHIFT_MIDNIGHT
	    ? tr_fill(a, tr(lang, "%1 the next day"), &hours, 1)
	    : hours;
}
