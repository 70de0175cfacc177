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
 * hash is kept, so whoever is written to again gets a new code.  The old one
 * goes on working, since it may be the one in her hand, unless the letter went
 * astray.  Whoever has not answered is reminded once and no more.
 * Memory: the caller's arena.  Tests: tests/model/citizen.c
 */

struct sending {
	struct id id, invitation, activity, person;
	struct str channel;
	struct str state; /* made, sent, bounced, opened, answered */
	int64_t made_us, opened_us, answered_us, reminded_us; /* 0: not */
	struct str answer; /* yes, no, other; "" none yet */
	struct str way; /* other: phone, visit, later */
	int64_t number; /* the person's */
	struct str alias;
};

struct sendings {
	struct sending *list; /* by the person's number */
	ptrdiff_t n;
};

/* That of one invitation to one person; NULL: not invited. */
const struct sending *sending_find(
    const struct sendings *, struct id invitation, struct id person);

/* Written to, and neither answered nor reminded yet. */
bool sending_is_due(const struct sending *);

/* Of an activity.  Needs CAP_PEOPLE. */
enum err sending_list(struct db *, struct arena *, const struct actor *,
    struct id activity, struct sendings *) MUST_USE;

/* One that is about to be made, or made again. */
struct sending_new {
	const struct record *invitation;
	struct id person;
	struct str channel;
	struct str token; /* of the code */
	int64_t code_days; /* how long it opens the page */
	bool reminds; /* as sending_is_due() */
	bool astray; /* an earlier letter is: its code ends */
	struct str mail; /* `once` of the mail that carries it, or "" */
	int64_t minutes; /* asked of them */
};

/* How a person is written to in the way they asked for: letter, mail, sms or
 * digital_post.  Who wants a call or a visit gets a letter that is handed over,
 * and so does whoever cannot be reached the way they want. */
struct str sending_own_channel(
    const struct person *, const struct vault_contact *, bool has_smtp);

/* What `once` of every mail to a person begins with, so that all are found
 * when the person is erased; and that of one. */
struct str sending_mails(struct arena *, struct id person);
struct str sending_mail(struct arena *, struct id person, struct id mail);

/* A code of theirs, with nothing sent: person, token and code_days are read. */
enum err sending_code(
    struct db *, const struct actor *, const struct sending_new *) MUST_USE;

/* Writes the sending and its code, and the first time notes that the person
 * was asked and is invited.  Needs CAP_ASK. */
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

/* What the mail server said of a mail, before the outbox forgets it. */
enum err sending_sweep(struct db *, const struct actor *program) MUST_USE;

/* ---- the words ---- */

enum lang invitation_lang(const struct record *invitation);

/* The running text of an invitation, a paragraph each: what, why you, how,
 * what for, the promise, that one may say no, when one hears. */
struct str invitation_text(
    struct arena *, const struct plan *, const struct record *invitation);

/* What stands before it when it is sent a second time: when we wrote, and that
 * there is no third. */
struct str invitation_reminder(
    struct arena *, const struct record *invitation, int64_t first_us);

/* For whom something to these target groups is written: gentle when one of them
 * is vulnerable ("yes"). */
enum plain_reader groups_reader(const struct plan *, struct str groups);
/* The same of the invitation's group or, without one, of the activity's. */
enum plain_reader invitation_reader(
    const struct plan *, const struct record *invitation);

#endif
