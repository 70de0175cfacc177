/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_RIGHTS_H
#define MODEL_RIGHTS_H

#include "model/erasure.h"

/* rights.h - what people ask about their own data (GDPR art. 15 to 21), when
 * the answer is due, and what it was.
 *
 * An answer is due a month after the request came, three with a reason (art.
 * 12, 3).  A wish to be deleted is erasure.h's; rights_open() has both, as
 * whoever answers sees one list.  While a restriction or an objection is
 * granted, what the person said is used for nothing (SQL_RESTRICTED in
 * contribution.h), and nobody invites or reminds them.  Lifting it ends that;
 * that only those who look after the conversation may read what was said stays
 * until the person says otherwise.
 * Needs CAP_PEOPLE, to write CAP_ASK.  Tests: tests/model/rights.c
 */
enum { RIGHTS_TEXT = 1000, RIGHTS_WAITING = 10 /* of one person */ };

struct right {
	struct id id, person;
	int64_t number; /* of the person */
	struct str kind; /* access, rectification, restriction, objection; of
			  * a wish to be deleted: erasure */
	struct date received, due;
	struct str text; /* what they ask */
	struct str longer; /* why it takes two months more; "" within one */
	struct str outcome; /* granted, refused, lifted; "" open */
	struct str answer; /* what was done, or why not */
	int64_t answered_us;
	bool by_themselves; /* with their code */
};

struct rights {
	struct right *list;
	ptrdiff_t n;
};

extern const struct choice right_kinds[]; /* without erasure */
extern const struct choice right_outcomes[];

/* What waits for an answer in the network, what is due first, first. */
enum err rights_open(struct db *, struct arena *, const struct actor *,
    struct rights *) MUST_USE;
/* Of one person, the newest first, without the wish to be deleted. */
enum err rights_of(struct db *, struct arena *, const struct actor *,
    struct id person, struct rights *) MUST_USE;
enum err right_get(struct db *, struct arena *, const struct actor *, struct id,
    struct right *) MUST_USE;

struct right_faults {
	const char *kind, *received, *text; /* msgid or NULL */
	bool any;
};

/* Reads kind, received and text.  A request came today or before, and what is
 * to be put right is told. */
struct right_faults right_check(const struct right *, struct date today);

/* Notes it; the id names it, so that sent twice it is one.  Without an account
 * (a citizen's own) it came today.  ERR_CONFLICT: RIGHTS_WAITING of theirs wait
 * for an answer. */
enum err right_add(struct db *, struct arena *, const struct actor *,
    const struct right *) MUST_USE;

/* Two months more.  ERR_INVALID: erasure_text_fault(). */
enum err right_longer(struct db *, struct arena *, const struct actor *,
    struct id, struct str reason) MUST_USE;

/* Reads id, outcome and answer: granted, refused (open ones), or lifted (a
 * granted restriction or objection).  ERR_INVALID: no such step, or
 * erasure_text_fault(). */
enum err right_answer(struct db *, struct arena *, const struct actor *,
    const struct right *) MUST_USE;

/* It is late today; at most three days are left. */
bool right_late(const struct right *, struct date today);
bool right_soon(const struct right *, struct date today);

#endif
