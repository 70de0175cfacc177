/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_INVITE_H
#define MODEL_INVITE_H

#include "model/activity.h"
#include "model/letters.h"
#include "model/outbox.h"
#include "model/sending.h"

/* invite.h - inviting people to an activity: what is in the way, and doing it.
 *
 * Nothing goes out without need, room for influence and promise, a valid
 * ethics check, what people are told about their data, and words that can be
 * read (rules R1, R4, R5; domain model 15).
 * Memory: the caller's arena.  Tests: tests/model/citizen.c
 */
struct invite_gate {
	struct activity activity;
	struct gate gate; /* as for the step to "invited" */
	struct plain plain; /* of the invitation's text */
	struct str text;
	bool too_late; /* it is held already */
	bool open;
};

/* What is in the way of sending this invitation now. */
enum err invite_look(struct db *, struct arena *, const struct actor *,
    const struct plan *, const struct record *invitation,
    struct invite_gate *) MUST_USE;

struct invite {
	const struct record *invitation;
	struct str format; /* own (each person's), mail; letters, large, post,
			      sms */
	struct ids people;
	bool astray; /* what they were sent before is: its codes end */
	/* What the mail says: kind, subject, body with %1 for the address of
	 * the page; not used otherwise. */
	struct mail mail;
	struct str page; /* "https://x.dk/c/" */
	struct str short_code; /* the organisation's */
};

struct invite_result {
	ptrdiff_t sent;
	ptrdiff_t left_out; /* stopped, reminded already, not to be reached */
	ptrdiff_t mailed;
	struct id batch; /* of letters; not set for mail */
};

/* Makes the sendings, puts mail into the outbox or keeps the codes for the
 * letters, logs whose contact details are used, and takes the activity to
 * "invited".  Who was written to and has not answered is reminded, once.  ERR_INVALID: invite_look() is not open, or nobody is left.
 * Needs CAP_VAULT. */
enum err invite_send(struct db *, struct arena *, const struct actor *,
    const struct plan *, const struct invite *,
    struct invite_result *) MUST_USE;

#endif
