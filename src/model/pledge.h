/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PLEDGE_H
#define MODEL_PLEDGE_H

#include "model/corps.h"

/* pledge.h - what somebody has promised to do, and for how long (S24).
 *
 *	offered -> agreed -> running -> fulfilled
 *	   `-> declined   `-----------`-> stopped
 *
 * A pledge is a person's or an actor's (an organisation, a shop).  It is
 * agreed on paper or by phone, noted by staff, or on the citizen's page, where
 * it is stopped at any time, at once and without a reason.  Nobody is bound
 * beyond it: shifts and reminders look here (pledge_covers()).
 *
 * It begins to run when the person has been on a shift.  Each state it had
 * stays in pledge_event.
 * Memory: the caller's arena.  Tests: tests/model/pledge.c
 */
enum { PLEDGE_HOURS = 1000 };

extern const struct choice pledge_pers[], pledge_ways[], pledge_states[];

struct pledge {
	struct id id, task, person, actor; /* one of the last two */
	int64_t rev; /* 0: new */
	int64_t number; /* of the person */
	struct str alias, what, per, ends, contact, secrecy, way, state;
	int64_t hours; /* 0: it is no time */
	int64_t changed_us;
	struct str task_title;
};
struct pledges {
	struct pledge *list; /* by task; those that hold first */
	ptrdiff_t n;
};
struct pledge_faults {
	const char *who, *what, *hours, *per, *ends, *contact, *secrecy, *way;
	bool any;
};

/* Whether it binds: agreed or running. */
bool pledge_holds(const struct pledge *);

/* Of a task, of a person, or (both not set) all. */
struct pledge_filter {
	struct id task, person;
};
enum err pledge_list(struct db *, struct arena *, const struct actor *,
    struct pledge_filter, struct pledges *) MUST_USE;
enum err pledge_get(struct db *, struct arena *, const struct actor *,
    struct id, struct pledge *) MUST_USE;

void pledge_check(
    const struct actor *, const struct pledge *, struct pledge_faults *);

/* A new one by staff: offered to the citizen's page, or (way paper, phone)
 * agreed.  Needs CAP_ASK.  ERR_INVALID: *faults; ERR_CONFLICT: they have one
 * for the task that has not ended.  Sent twice, it is one. */
enum err pledge_add(struct db *, struct arena *, const struct actor *,
    const struct pledge *, struct pledge_faults *) MUST_USE;

/* Their own, agreed at once, or other hours and another end of the one they
 * have.  `who`: in their network. */
enum err pledge_by_person(struct db *, struct arena *, const struct actor *,
    const struct pledge *, struct pledge_faults *) MUST_USE;

/* To another state; ERR_INVALID: not from here.  stopped: they are on no
 * shift of the task from today on.  By staff it needs CAP_ASK. */
enum err pledge_move(struct db *, struct arena *, const struct actor *,
    const struct pledge *, struct str state) MUST_USE;
bool pledge_may_move(struct str from, struct str to);

struct pledge_event {
	int64_t rev, at_us, hours;
	struct str state, per, ends;
	bool by_person;
};
struct pledge_events {
	struct pledge_event *list; /* as it went */
	ptrdiff_t n;
};
enum err pledge_history(struct db *, struct arena *, const struct actor *,
    struct id, struct pledge_events *) MUST_USE;

/* The one that the person has for the task and that holds on that day.
 * ERR_NOT_FOUND: none. */
enum err pledge_on(struct db *, struct arena *, const struct actor *,
    struct pledge_filter of, struct pledge *) MUST_USE;

/* The days its hours are counted over that `day` lies in: the week from
 * Monday, the month, or all. */
void pledge_span(const struct pledge *, struct date day, struct date *first,
    struct date *last);

#endif
