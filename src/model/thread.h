/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_THREAD_H
#define MODEL_THREAD_H

#include "model/actor.h"

/* thread.h - what is said to and fro about an activity, also with one person.
 *
 * A message is from one of us, or from a person: they wrote it on their page,
 * or said it and one of us noted it.  Those with a person in them are for
 * CAP_PEOPLE alone, and erasing the person deletes them; without the
 * capability they are not in the list nor in its counts.
 * Tests: tests/model/activity.c
 */
enum { MESSAGE_MAX = 4000 };

struct message {
	struct id id, activity;
	struct id person; /* with whom; not set: among those in the network */
	struct id account; /* who wrote it; not set: the person */
	struct id answers; /* the message that this one answers */
	int64_t at_us;
	struct str text;
	struct str alias; /* of the person, "K-1842 Karen" */
	int64_t answered_us; /* 0: not yet */
};

struct thread {
	struct message *list; /* in the order they came */
	ptrdiff_t n;
	int64_t mean_us; /* from a person's message to its answer; 0: none */
	ptrdiff_t waiting; /* of persons' messages, without an answer */
};

enum err thread_list(struct db *, struct arena *, const struct actor *,
    struct id activity, struct thread *) MUST_USE;

/* `m`: id (so that a repeated form adds it once), activity, person, answers,
 * text.  `from_person`: one of us notes what the person said.  ERR_INVALID: no
 * text, too long, a CPR number, or a person's message without a person.
 * ERR_NOT_FOUND: no such activity, person or message.  Needs CAP_AGENDA, with
 * a person CAP_ASK. */
enum err thread_add(struct db *, struct arena *, const struct actor *,
    const struct message *m, bool from_person) MUST_USE;

#endif
