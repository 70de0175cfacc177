/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SENDING_H
#define MODEL_SENDING_H

#include "model/person.h"
#include "model/plain.h"
#include "model/plan.h"

/* sending.h - an invitation on its way to one person, and what came of it.
 *
 *	made -> sent -> opened -> answered
 *	          `-> bounced (the mail was given up)
 *
 * Each sending has a code of its own that opens the person's page (model/
 * code.h).  The code is in the letter or the mail and nowhere here: only its
 * hash is kept, so a letter that was lost is made again with a new code, and
 * the old one ends.
 * Memory: the caller's arena.  Tests: tests/model/citizen.c
 */
enum { CODE_DAYS = 365 };

struct sending {
	struct id id, invitation, activity, person;
	struct str channel;
	struct str state; /* made, sent, bounced, opened, answered */
	int64_t made_us, opened_us, answered_us; /* 0: not */
	struct str answer; /* yes, no, other; "" none yet */
	struct str way; /* other: phone, visit, later */
	int64_t number; /* the person's */
	struct str alias;
};

struct sendings {
	struct sending *list; /* by the person's number */
	ptrdiff_t n;
};

/* Of an activity.  Needs CAP_PEOPLE. */
enum err sending_list(struct db *, struct arena *, const struct actor *,
    struct id activity, struct sendings *) MUST_USE;

/* One that is about to be made, or made again. */
struct sending_new {
	const struct record *invitation;
	struct id person;
	struct str channel;
	struct str token; /* of the code */
	struct str mail; /* `once` of the mail that carries it, or "" */
	int64_t minutes; /* asked of them */
};

/* Writes the sending and its code, ends an earlier code of the same sending,
 * notes that the person was asked (the first time), and that they are invited.
 * Needs CAP_ASK. */
enum err sending_make(struct db *, struct arena *, const struct actor *,
    const struct sending_new *) MUST_USE;

/* What a person said elsewhere than on their page, "yes" or "no": the answer
 * to what they have not answered.  Needs CAP_ASK. */
enum err sending_told(struct db *, const struct actor *, struct id person,
    struct str answer) MUST_USE;

/* A guardian's yes has come: a child who said yes takes part.  Needs
 * CAP_ASK. */
enum err sending_guardian(
    struct db *, const struct actor *, struct id person) MUST_USE;

/* ---- the words ---- */

/* The running text of an invitation, a paragraph each: what, why you, how,
 * what for, the promise, that one may say no, when one hears. */
struct str invitation_text(
    struct arena *, const struct plan *, const struct record *invitation);

/* For whom it is written: young or gentle by the target group's vulnerability
 * ("yes") of the invitation or, without one, of the activity's groups. */
enum plain_reader invitation_reader(
    const struct plan *, const struct record *invitation);

#endif
