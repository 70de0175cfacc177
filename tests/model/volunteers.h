/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_MODEL_VOLUNTEERS_H
#define TESTS_MODEL_VOLUNTEERS_H

#include "model/shift.h"
#include "tests/model/fixture.h"

/* volunteers.h - a task, people who pledge to it, and shifts, to test on. */

/* "Kaffe på fredage", which carries a decision out. */
struct id volunteers_task(struct world *);
/* Somebody known by an alias, with a channel. */
struct id volunteers_person(
    struct world *, const char *alias, const char *channel);
/* The same with a pledge to the task: `hours` per "week", "month", "all". */
struct id volunteers_pledged(
    struct world *, struct id task, int64_t hours, const char *per);
/* A shift on that day, 14 to 16, with so many places. */
struct id volunteers_shift(
    struct world *, struct id task, const char *day, const char *places);

/* One with five places, from and to as they are typed. */
struct id volunteers_hours(struct world *, struct id task, const char *day,
    const char *from, const char *to);

/* Joins, and says what it became: "in", "waiting", "wish", or why not. */
struct str volunteers_join(struct world *, struct id shift, struct id person);
/* The state of a person on a shift now. */
struct str volunteers_state(struct world *, struct id shift, struct id person);

#endif
