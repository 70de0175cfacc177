/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_RULES_H
#define MODEL_RULES_H

#include "model/plan.h"

/* rules.h - the rules against sham and harm, as data that fires.
 *
 * catalogue/rules.json has what each rule says, why, and the way out;
 * catalogue/limits.json the numbers in them, which an organisation may set
 * within their range.  The functions here look: each says whether its rule
 * fires and notes it.  They read nothing but what they are given, so a page,
 * a step and a test ask the same question.
 *
 * Rules that look at what is not there yet (decisions, measures) are in
 * the catalogue, not `ready`, and have no function.
 * Memory: the arena given.  Tests: tests/model/rules.c, rules_core.c
 */

/* In the order of catalogue/limits.json. */
enum limit {
	LIMIT_R2_PEOPLE,
	LIMIT_R3_GENTLE,
	LIMIT_R4_AGE,
	LIMIT_R4_LIX,
	LIMIT_R5_LIX,
	LIMIT_R5_LOW,
	LIMIT_R5_STOP,
	LIMIT_R7_TIMES,
	LIMIT_R7_DAYS,
	LIMIT_R8_SHARE,
	LIMIT_R8_TOP,
	LIMIT_R12_PHASES,
	LIMIT_R13_PAIRS,
	LIMIT_COUNT
};

struct rule_limits {
	int64_t of[LIMIT_COUNT];
};

/* As they ship. */
struct rule_limits rule_limits_default(void);

/* One set otherwise: false, and nothing is changed, when there is no limit of
 * that name or the value is no number in its range. */
bool rule_limits_set(
    struct rule_limits *, struct str name, struct str value) MUST_USE;

enum { RULE_HITS = 40 };

struct rule_hit {
	int rule; /* 1: R1 */
	bool stops; /* nothing goes on before it is solved or let pass */
	struct str argument; /* what it is about, in words */
	int64_t limit; /* the number in it, 0 for none */
};

struct rules {
	struct arena *arena;
	enum lang lang;
	struct rule_limits limits;
	struct rule_hit hit[RULE_HITS];
	ptrdiff_t n;
};

struct rules rules_new(struct arena *, enum lang, const struct rule_limits *);

/* For the functions below: notes it (the first RULE_HITS), and is true. */
bool rules_fire(struct rules *, struct rule_hit);

/* What fired, why it matters, the way out: sentences in rules->lang. */
struct str rule_text(const struct rules *, const struct rule_hit *);
struct str rule_why(const struct rules *, const struct rule_hit *);
struct str rule_way(const struct rules *, const struct rule_hit *);
/* "R2" */
struct str rule_name(const struct rules *, const struct rule_hit *);

/* Whether one of them stops. */
bool rules_stop(const struct rules *);

/* ---- the plan ---- */

/* R1: leaving the design of the network without a plan; inviting without
 * need, room for influence and promise. */
bool rule_leaves_design(struct rules *, const struct plan *);
bool rule_invites(struct rules *, const struct plan *);

/* R9: a theme version came after this was last looked at.  One hit for each
 * of the target groups and the roles of the plan. */
bool rule_theme_is_new(struct rules *, const struct plan *);
/* Whether what was settled at that moment is older than a theme version that
 * is not the first. */
bool rule_before_theme(const struct plan *, int64_t settled_us);

/* R15: two agendas in tension, no citizen was heard yet, and no insight bears
 * on it; one hit a tension. */
bool rule_tension(struct rules *, const struct plan *, bool heard);

/* R12: who is with the network all the way and had no activity in the last
 * LIMIT_R12_PHASES phases that it left; one hit each. */
bool rule_core_idle(struct rules *, const struct plan *);

/* ---- a meeting with people ---- */

enum vulnerable { VULNERABLE_NO, VULNERABLE_MAYBE, VULNERABLE_YES };

/* "no", "maybe", "yes"; anything else is no. */
enum vulnerable vulnerable_parse(struct str);

struct meeting {
	enum vulnerable vulnerable;
	int64_t people; /* at a time */
	int64_t gentle; /* of the method: 0..3 */
	bool whole_network, town_hall;
	bool own_wish; /* the person's own recorded wish */
	bool care; /* companion, break and alternative are planned */
	int64_t questions; /* open ones that it serves */
};

bool rule_too_big(struct rules *, const struct meeting *); /* R2 */
bool rule_not_gentle(struct rules *, const struct meeting *); /* R3 */
bool rule_no_question(struct rules *, const struct meeting *); /* R10 */

/* ---- what was said ---- */

struct skew;
/* R8: more than LIMIT_R8_SHARE percent of what citizens said came from people
 * who registered by themselves, or from the busiest fifth; one hit each.  Not
 * before LIMIT_R13_PAIRS people have spoken: a number of few says little. */
bool rule_skewed(struct rules *, const struct skew *);

/* R6: a meeting, or a decision, that is to be answered has `open` contributions
 * of which nobody has said what they led to. */
bool rule_unsettled(struct rules *, int64_t open);

struct quoting {
	int64_t scope, readers; /* enum scope: agreed to, and of the readers */
	bool agreed; /* its words are those of the person, or approved */
	struct str what; /* names it */
};
/* R11. */
bool rule_quoted_beyond(struct rules *, const struct quoting *);

/* ---- ideas ---- */

struct idea;
/* R14: it is to run, and no version since its first trial names what people
 * said of it. */
bool rule_not_learned(struct rules *, const struct idea *, bool learned);
/* R16: nothing that a citizen said is under it.  It is shown, not stopped. */
bool rule_without_ground(struct rules *, const struct idea *);
/* R18: nobody asked what the citizen can do; "nothing" is an answer. */
bool rule_part_not_asked(struct rules *, const struct idea *);

/* ---- one person, one text ---- */

/* R4: `age` is a band of participants, "0-14". */
bool rule_no_guardian(
    struct rules *, struct str age, bool by_consent, bool guardian);

/* R7: how often in the last LIMIT_R7_DAYS days, in all networks. */
bool rule_asked_often(struct rules *, int64_t times);

struct reading {
	int64_t lix;
	bool young; /* for a child or somebody vulnerable */
	bool invitation; /* hard ones are stopped */
};
bool rule_reading(struct rules *, struct reading); /* R5 */

#endif
