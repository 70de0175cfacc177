/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_EFFORT_H
#define MODEL_EFFORT_H

#include "model/plan.h"

/* effort.h - what involving people took, against what came of it (E7, S45).
 *
 * An activity that was held takes the minutes that each was asked for, times
 * those who took part, and its cost.  A voice leads on when an insight or an
 * idea stands on it.  Of an activity's minutes those are used that its voices
 * stand for: all of them if every voice leads on, none if none does or nobody's
 * words were kept; halves are rounded down.  catalogue/indicators.json,
 * "spent_time", says the same in the words of the page.
 * One query and the plan; linear.  Tests: tests/model/effort.c
 */
struct effort {
	const struct record *activity; /* of the plan; NULL: the sum */
	int64_t people, minutes; /* asked of all of them together */
	int64_t used; /* of the minutes */
	int64_t cost; /* kroner */
	int64_t voices, led_on;
};

struct efforts {
	struct effort *list; /* in the plan's order */
	ptrdiff_t n;
	struct effort sum;
};

/* Of all activities that were held.  Needs CAP_READ. */
enum err effort_list(struct db *, struct arena *, const struct actor *,
    const struct plan *, struct efforts *) MUST_USE;

#endif
