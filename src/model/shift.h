/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SHIFT_H
#define MODEL_SHIFT_H

#include "base/clock.h"
#include "base/lang.h"
#include "model/pledge.h"

/* shift.h - shifts of a task, and who is on them.
 *
 * A shift is shown from the moment it is made.  Who comes first is on it until
 * its places are taken, then they wait in line, and move up by themselves when
 * somebody leaves.  One that was made with a release collects wishes until its
 * hour instead; then the places of all its shifts are shared out
 * (model/shift_share.h).
 *
 * What changes a shift's people first counts up its seq: that locks its row on
 * PostgreSQL, so that two never get the same place.  A person is on a shift
 * once, and within a pledge alone (shift_refusal()).
 * Memory: the caller's arena.  Tests: tests/model/shift.c, tests/model/shift_night.c, tests/web/corps_race.c
 */
enum { SHIFT_PLACES = 500, SHIFT_WEEKS = 53, SHIFT_MAX = 5000 };
enum { SHIFT_MIDNIGHT = 24 * 60, SHIFT_NIGHT = 16 * 60 /* minutes */ };

struct shift {
	struct id id, task, release;
	struct date day;
	int64_t from_min, to_min; /* since midnight of `day`, by the clock on
				   * the wall; past SHIFT_MIDNIGHT: the next
				   * day */
	struct str place, what, task_title, reason;
	int64_t places, in, waiting, wishes, offered;
	int64_t seq; /* of who has locked it */
	int64_t cancelled_us; /* 0: it is held */
	int64_t closes_us, shared_us; /* of its release; 0: none, not yet */
	bool task_open;
	struct str
	    mine; /* the state of who asks: in, waiting, wish, left, "" */
	bool mine_offered;
	int64_t mine_line, mine_ahead; /* waiting: how many before them */
};
struct shifts {
	struct shift *list; /* as they come in time */
	ptrdiff_t n;
};
struct shift_filter {
	struct date first, last; /* not set: from the first, to the last; also
				  * of the night that reaches into `first` */
	struct id task; /* not set: any */
	struct id person; /* who asks; not set: staff */
};
enum err shift_list(struct db *, struct arena *, const struct actor *,
    const struct shift_filter *, struct shifts *) MUST_USE;
/* A shift, and who asks or is on it; `person` not set: staff. */
struct shift_of {
	struct id shift, person;
};
enum err shift_get(struct db *, struct arena *, const struct actor *,
    struct shift_of, struct shift *) MUST_USE;

/* Whether it has begun. */
bool shift_is_over(const struct shift *, int64_t now_us);
/* Whether wishes are collected for it still. */
bool shift_collects(const struct shift *);
/* When it begins and ends, and how long that is: an hour more or less than the
 * clock on the wall says when summer time ends or begins in it.  It counts as
 * of the day it begins on. */
int64_t shift_from_us(const struct shift *);
int64_t shift_to_us(const struct shift *);
int64_t shift_minutes(const struct shift *);
struct date shift_last_day(const struct shift *);
/* Whether somebody cannot be on both. */
bool shift_meets(const struct shift *, const struct shift *);

/* "17:00"; of what is past midnight "02:00" */
struct str shift_clock(struct arena *, int64_t minutes);
bool shift_clock_parse(struct str, int64_t *minutes) MUST_USE;
/* "14:00–16:00", "22:00–02:00 the next day" */
struct str shift_hours(struct arena *, enum lang, const struct shift *);

/* ---- making them: CAP_EDIT ---- */

struct shift_new {
	struct id id,
	    task; /* id: of the first; sent twice, they are made once */
	struct str day, from, to, place, what, places, weeks;
	/* to: before `from` it is of the next day */
	struct str share_day, share_time; /* "": who comes first */
};
struct shift_faults {
	const char *day, *from, *to, *place, *what, *places, *weeks, *share_day,
	    *share_time;
	bool any;
};
/* The same day each week, `weeks` times.  ERR_TOO_LARGE: SHIFT_MAX. */
enum err shift_make(struct db *, struct arena *, const struct actor *,
    const struct shift_new *, struct shift_faults *) MUST_USE;
/* The reason is read by those who are on it. */
enum err shift_cancel(struct db *, struct arena *, const struct actor *,
    struct id, struct str reason) MUST_USE;
/* ERR_CONFLICT: more are on it. */
enum err shift_resize(struct db *, struct arena *, const struct actor *,
    struct id, int64_t places) MUST_USE;

/* ---- being on one ---- */

/* NULL, or in *why a msgid that says why this person is not to be on it: it is
 * cancelled or over, they are on another at that time, or their pledge does
 * not reach so far. */
struct shift_asks {
	const struct shift *shift;
	struct id person;
};
enum err shift_refusal(struct db *, struct arena *, const struct actor *,
    struct shift_asks, const char **why) MUST_USE;

/* What became of it; *why: shift_refusal(). */
struct shift_answer {
	const char *why;
	struct str state; /* in, waiting, wish */
};
/* `who`: in the network; the program for the person, or staff with CAP_ASK.
 * Twice is once. */
enum err shift_join(struct db *, struct arena *, const struct actor *,
    struct shift_of, struct shift_answer *) MUST_USE;
enum err shift_leave(struct db *, struct arena *, const struct actor *,
    struct shift_of) MUST_USE;
/* Whoever waits takes it at once; else somebody may (shift_take()).  `on`
 * false takes it back. */
enum err shift_offer(struct db *, struct arena *, const struct actor *,
    struct shift_of, bool on) MUST_USE;
enum err shift_take(struct db *, struct arena *, const struct actor *,
    struct shift_of, struct shift_answer *) MUST_USE;

/* Off what their pledges no longer reach; the earliest stay. */
enum err shift_within(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

/* ---- for the coordinator: CAP_PEOPLE ---- */

struct shift_place {
	struct id person; /* not set: erased since */
	int64_t number, minutes, kroner, line;
	struct str alias, channel, state, came;
	bool offered;
	int64_t been, missed; /* shifts before this one */
};
struct shift_places {
	struct shift_place *list; /* in, waiting, wish; as they came */
	ptrdiff_t n;
};
enum err shift_people(struct db *, struct arena *, const struct actor *,
    struct id, struct shift_places *) MUST_USE;
/* A call beforehand may help: they missed a third or more. */
bool shift_may_miss(const struct shift_place *);

struct shift_event {
	int64_t seq, at_us, number; /* number: of the person, 0: none */
	struct str what;
	struct id account;
};
struct shift_events {
	struct shift_event *list;
	ptrdiff_t n;
};
enum err shift_history(struct db *, struct arena *, const struct actor *,
    struct id, struct shift_events *) MUST_USE;

struct shift_note {
	struct id shift, person;
	struct str came; /* yes, no */
	int64_t minutes, kroner;
};
enum { SHIFT_MINUTES = 24 * 60, SHIFT_KRONER = 100000 };
/* Needs CAP_ASK.  ERR_INVALID: out of bounds, or it has not begun. */
enum err shift_note_came(struct db *, struct arena *, const struct actor *,
    const struct shift_note *) MUST_USE;

/* ---- sharing out ---- */

struct shift_release {
	struct id id;
	int64_t closes_us, shared_us;
	struct str seed; /* "" until it is shared out */
	struct str seal; /* its hash */
};
enum err shift_release_get(struct db *, struct arena *, const struct actor *,
    struct id, struct shift_release *) MUST_USE;
/* Shares out a release whose hour is past, if that is not done. */
enum err shift_settle(struct db *, struct arena *, const struct actor *,
    struct id release) MUST_USE;
/* The same in all networks, by the clock. */
enum err shift_sweep(
    struct db *, struct arena *, const struct actor *program) MUST_USE;

/* ---- reminding ---- */

struct shift_due {
	struct id network, place, person, vault;
	struct shift shift;
	struct str channel, lang, network_name;
	int64_t number;
};
struct shift_dues {
	struct shift_due *list;
	ptrdiff_t n;
};
/* Who is on a shift from today to `last` and was not told, in every network:
 * for the program alone. */
enum err shift_to_remind(struct db *, struct arena *, const struct actor *,
    struct date last, struct shift_dues *) MUST_USE;
enum err shift_reminded(
    struct db *, const struct actor *, const struct shift_due *) MUST_USE;

#endif
