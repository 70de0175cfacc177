/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CITIZEN_H
#define MODEL_CITIZEN_H

#include "model/erasure.h"
#include "model/sending.h"

/* citizen.h - what a citizen sees and does with a code, and nothing else.
 *
 * A code stands for one person in one network.  What is done with it is done
 * by the program for that person: no account is in the audit chain, and
 * nothing of anybody else is read.
 * Memory: the caller's arena.  Tests: tests/model/citizen.c
 */
struct citizen_ask { /* one invitation to them */
	struct id sending, activity;
	struct record invitation;
	struct str title; /* of the activity */
	struct str answer, way; /* as in struct sending */
	int64_t answered_us;
	bool over; /* the activity is held, or was taken out */
	struct str paused; /* why the activity waits; "": it does not */
};

struct citizen_said {
	int64_t at_us;
	struct str text;
	bool ours; /* our answer to them */
};

enum { CITIZEN_ASKS = 20, CITIZEN_SAID = 100 };

struct citizen {
	struct actor in; /* the program, inside their network */
	struct hash code;
	struct person person;
	struct citizen_ask ask[CITIZEN_ASKS]; /* the newest first */
	ptrdiff_t n_asks;
	struct citizen_said said[CITIZEN_SAID]; /* as it came */
	ptrdiff_t n_said;
	struct record notice; /* rev 0: none is written */
	struct str promise; /* its key, or "" */
	bool needs_guardian; /* R4: a yes counts with a guardian's */
};

/* Whose code it is.  `program`: in the organisation.  ERR_NOT_FOUND: nobody's,
 * or it has ended. */
enum err citizen_enter(struct db *, struct arena *, const struct actor *program,
    struct hash code, struct citizen *) MUST_USE;

/* The page was opened; written after it (web/seen.h). */
enum err citizen_opened(
    struct db *, struct id org, struct hash code, int64_t now_us) MUST_USE;

struct citizen_answer {
	struct id sending;
	struct id message; /* names the message: sent twice, it is one */
	struct str answer; /* yes, no, other */
	struct str way; /* phone, visit, later; with "other" */
	struct str needs; /* keys, a space between */
	bool needs_told; /* they were asked: "" is that they need nothing */
	struct str text; /* to us; may be "" */
};

struct citizen_faults {
	const char *answer, *way, *text; /* msgid or NULL */
	bool any;
};

void citizen_check(const struct citizen_answer *, struct citizen_faults *);

/* Their answer: yes makes them take part (a child's with a guardian's yes
 * only), no and other are noted without a reason.  ERR_INVALID:
 * citizen_check(); ERR_NOT_FOUND: not an invitation to them.  ERR_CONFLICT: the
 * activity waits. */
enum err citizen_answers(struct db *, struct arena *, const struct citizen *,
    const struct citizen_answer *) MUST_USE;

/* No more of it, from now on; no reason is asked. */
enum err citizen_stops(
    struct db *, struct arena *, const struct citizen *) MUST_USE;

/* Their wish to be deleted, and what was answered. */
struct citizen_wish {
	bool waits; /* asked, and not answered yet */
	bool refused; /* what they said is kept, and used for nothing */
	bool looked_at; /* something of theirs is used: a wish is answered by
			 * people first, as it may be part of a case */
	struct erasure said; /* when waits or refused */
};
enum err citizen_wish(struct db *, struct arena *, const struct citizen *,
    struct citizen_wish *) MUST_USE;

/* Everything about them is deleted, and the code opens nothing after that; or,
 * if it is looked at first, the wish is noted.  One that was refused stays so.
 */
enum err citizen_erases(
    struct db *, struct arena *, const struct citizen *) MUST_USE;

#endif
