/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ERASURE_H
#define MODEL_ERASURE_H

#include "base/clock.h"
#include "model/person.h"

/* erasure.h - somebody wants to be deleted, and it is not done at once.
 *
 * The answer is due within a month, within three with a reason (GDPR art. 12,
 * 3).  Deleting them (person_erase()) is an answer; the other is a refusal on a
 * ground in law, after which what they said is seen by those alone who look
 * after it, until they are deleted after all.
 * Needs CAP_PEOPLE, to write CAP_ASK.  Tests: tests/model/erasure.c
 */
enum { ERASURE_TEXT = 500 };

struct erasure {
	struct id person;
	int64_t number; /* of the person */
	int64_t asked_us, answered_us;
	struct str longer; /* why it takes so long; "" within a month */
	struct str ground, note; /* of a refusal */
	struct date due;
};

struct erasures {
	struct erasure *list; /* not answered yet, the eldest first */
	ptrdiff_t n;
};

extern const struct choice erasure_grounds[];

/* ERR_NOT_FOUND: the person never asked. */
enum err erasure_get(struct db *, struct arena *, const struct actor *,
    struct id person, struct erasure *) MUST_USE;
enum err erasure_open(struct db *, struct arena *, const struct actor *,
    struct erasures *) MUST_USE;

/* The wish is noted; again it changes nothing. */
enum err erasure_ask(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

/* Two months more.  ERR_INVALID: no reason, too long, a CPR number. */
enum err erasure_longer(struct db *, struct arena *, const struct actor *,
    struct id person, struct str reason) MUST_USE;

/* Reads person, ground and note.  ERR_INVALID: no such ground, or a note that
 * is missing, too long, or holds a CPR number. */
enum err erasure_refuse(struct db *, struct arena *, const struct actor *,
    const struct erasure *) MUST_USE;

/* What the person said is shown to those alone who look after it, from now on;
 * files that are out are called back.  For rights.c too. */
enum err erasure_restrict(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

/* A month after that day, three when it takes longer. */
struct date erasure_due(struct date received, bool longer);

bool erasure_ground_ok(struct str);
/* NULL: it may be so. */
const char *erasure_text_fault(struct str);

#endif
