/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DECISION_H
#define MODEL_DECISION_H

#include "model/record.h"
#include "model/rules.h"

/* decision.h - what was decided, and why (S10, S43-S45).
 *
 *	prepared -> taken -> reasoned -> answered -> followed
 *
 * Prepared, it is a record like others: the question, what can change, whose
 * voices it has to answer.  All that is frozen once it is taken.  Whoever
 * decides notes the outcome and, at once or later, the reason in words that
 * citizens read.  It is answered when each voice in its scope has a grade
 * (model/trace.h, R6) and everybody behind them has had an answer
 * (model/reply.h); it is followed up when somebody has said what came of it.
 * Memory: the caller's arena.  Tests: tests/model/decision.c
 */
enum { DECISION_WORDS = 2000 };

enum decision_state {
	DECISION_PREPARED,
	DECISION_TAKEN,
	DECISION_REASONED,
	DECISION_ANSWERED,
	DECISION_FOLLOWED
};

extern const struct choice decision_states[]; /* their keys, in that order */
extern const struct choice decision_outcomes[];

struct decision {
	struct record record;
	enum decision_state state;
};

enum err decision_get(struct db *, struct arena *, const struct actor *,
    struct id, struct decision *) MUST_USE;

struct decisions {
	struct decision *list; /* the newest first */
	ptrdiff_t n;
};
enum err decision_list(struct db *, struct arena *, const struct actor *,
    struct decisions *) MUST_USE;

/* The same of a record that was read with the plan. */
struct decision decision_of(const struct record *);

struct decision_taking {
	struct str outcome, taken; /* a key, a date */
	struct str reason, next; /* reason "": it is given later */
	struct { /* out, with ERR_INVALID: msgids, or NULL */
		const char *outcome, *taken, *reason, *next;
	} fault;
};

/* What was decided.  May be put right until the first answer is sent.  Needs
 * CAP_DECIDE.  ERR_CONFLICT: an answer is sent, or it is further on. */
enum err decision_take(struct db *, struct arena *, const struct actor *,
    const struct decision *, struct decision_taking *) MUST_USE;

/* What is in the way of having answered everybody. */
struct decision_gate {
	struct rules rules; /* R6 */
	int64_t open; /* voices without a grade */
	int64_t owed; /* people without an answer */
	bool ready;
};
enum err decision_gate(struct db *, struct arena *, const struct actor *,
    const struct decision *, struct decision_gate *) MUST_USE;

/* reasoned -> answered.  Needs CAP_EDIT.  ERR_INVALID: the gate is closed. */
enum err decision_close(struct db *, struct arena *, const struct actor *,
    const struct decision *, struct decision_gate *) MUST_USE;

/* answered -> followed, with what came of it.  Needs CAP_EDIT.  ERR_INVALID:
 * no words, too many, or a CPR number. */
enum err decision_follow(struct db *, struct arena *, const struct actor *,
    const struct decision *, struct str result) MUST_USE;

/* ---- what came of it since ---- */

struct decision_told {
	struct id id; /* names it: sent twice, it is one */
	int64_t at_us;
	struct str words;
};
struct decision_news {
	struct decision_told *list; /* as it was told */
	ptrdiff_t n;
};
enum err decision_news(struct db *, struct arena *, const struct actor *,
    struct id decision, struct decision_news *) MUST_USE;

/* From when there is a reason on.  Needs CAP_EDIT.  ERR_INVALID as above. */
enum err decision_tell(struct db *, struct arena *, const struct actor *,
    const struct decision *, const struct decision_told *) MUST_USE;

/* Text that a citizen is to read: some, not too much, no CPR number. */
bool decision_words_ok(struct str);

#endif
