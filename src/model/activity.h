/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ACTIVITY_H
#define MODEL_ACTIVITY_H

#include "model/ethics.h"
#include "model/override.h"
#include "model/pause.h"
#include "model/rules.h"

/* activity.h - from planned to closed, one guarded step at a time.
 *
 *	planned -> ethics_ok -> invited -> held -> documented -> answered
 *	-> closed
 *
 * What is written about an activity is a record of KIND_ACTIVITY; only its
 * state is set here.  A gate says what is in the way of the next step: rules
 * that fire, and what else is missing, each with its way out.  Held is not
 * closed: whoever said something is owed an answer first.
 * Memory: the caller's arena.  Tests: tests/model/activity.c
 */
enum activity_state {
	ACTIVITY_PLANNED,
	ACTIVITY_ETHICS_OK,
	ACTIVITY_INVITED,
	ACTIVITY_HELD,
	ACTIVITY_DOCUMENTED,
	ACTIVITY_ANSWERED,
	ACTIVITY_CLOSED,
	ACTIVITY_STATES
};

enum activity_state activity_state(const struct record *);
struct str activity_state_key(enum activity_state);
const char *activity_state_label(enum activity_state); /* msgid */

/* Everything that bears on one activity. */
struct activity {
	struct record record;
	enum activity_state state;
	const struct catalogue_item *method; /* NULL: it is gone */
	struct meeting meeting;
	struct ethics ethics;
	const struct override *override; /* of R1, or NULL */
	int64_t invited; /* people who were sent an invitation, */
	int64_t said_yes; /* said yes to it, */
	int64_t owed; /* and have had no word from us since */
	int64_t answers; /* what we told all of them since */
	int64_t waiting; /* messages of people without an answer */
	int64_t unsettled; /* contributions: used or not, nobody has said */
	int64_t young; /* under 15 without a guardian's yes */
	bool in_person; /* a step of the contact plan is */
	struct pause pause; /* reason "": it is not paused */
	int64_t minutes, cost; /* asked of all together; kroner */
};

/* ERR_NOT_FOUND: no such activity.  At most 8 + 2 a target group queries. */
enum err activity_load(struct db *, struct arena *, const struct actor *,
    const struct plan *, const struct record *, struct activity *) MUST_USE;

enum { GATE_LACKS = 8 };

struct lack {
	const char *what, *way; /* msgids; %1 is `argument` */
	struct str argument;
};

struct gate {
	enum activity_state next; /* ACTIVITY_STATES: there is none */
	bool open;
	struct rules rules; /* those that stop, and those let pass */
	struct lack lack[GATE_LACKS];
	int n_lacks;
};

/* Pure: what is in the way of the next step. */
struct gate activity_gate(struct arena *, const struct rule_limits *,
    const struct plan *, const struct activity *);

/* The next step, from the state and revision that the caller saw.  ERR_INVALID:
 * the gate is not open; `gate` says why.  ERR_CONFLICT: changed since.  Needs
 * CAP_EDIT. */
enum err activity_step(struct db *, struct arena *, const struct actor *,
    const struct record *seen, struct gate *) MUST_USE;

/* What a plan with its activities gives reason to look at: R9 and R15, which
 * hold nothing back. */
void activity_look(struct rules *, const struct plan *);

/* The limits of the organisation: what it set (table org_setting, by the keys
 * of catalogue/limits.json), else what ships. */
enum err activity_limits(struct db *, struct arena *, const struct actor *,
    struct rule_limits *) MUST_USE;

#endif
