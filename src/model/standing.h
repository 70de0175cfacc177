/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_STANDING_H
#define MODEL_STANDING_H

#include "model/indicators.h"
#include "model/plan.h"

/* standing.h - where a network stands, in a few numbers.
 *
 * Of one network from its plan; of all of an organisation in a fixed number of
 * queries, however many they are.  Both give the same.
 * Tests: tests/model/standing.c
 */
struct standing {
	struct id network;
	struct str name, state, phase; /* phase: its name, or "" */
	int phase_at, phases; /* from 0; -1: in none */
	struct fill fill;
	struct share coverage; /* E1 */
	struct sham sham; /* E6 */
	/* Activities that people were invited to and have had no answer from,
	 * and those of them whose day for it is past. */
	int promises, late_promises;
	int late_tasks;
};

struct standing standing_of(const struct plan *, struct arena *);

/* The same of one phase: E1 of each, in the plan's order. */
struct share standing_in_phase(
    const struct plan *, struct arena *, struct str phase);

/* Whether people were invited to this activity and have no answer yet. */
bool standing_owes(const struct record *activity);

/* The day that an answer was promised for, of each activity in the plan's
 * order: the first of its invitations', "" when none has one.  Cost: n log n. */
struct str *standing_days(const struct plan *, struct arena *);

struct standings {
	struct standing *list; /* by id */
	ptrdiff_t n;
};

/* Needs CAP_OVERVIEW; nine queries. */
enum err standing_all(struct db *, struct arena *, const struct actor *,
    struct standings *) MUST_USE;

enum standing_order {
	STANDING_NAME,
	STANDING_PHASE,
	STANDING_FILL,
	STANDING_COVERAGE,
	STANDING_RISK,
	STANDING_PROMISES,
	STANDING_TASKS,
	STANDING_ORDERS
};

/* By name in Danish order; else what wants a look first: the least filled and
 * covered, the largest risk, the most promises and tasks. */
void standing_sort(struct arena *, struct standings *, enum standing_order);

#endif
