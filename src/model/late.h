/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_LATE_H
#define MODEL_LATE_H

#include "model/record.h"

/* late.h - what the networks of an organisation owe people, and by when: the
 * reason for a decision, answers to those who spoke (S10, S43), answers on
 * people's own data (GDPR art. 12).
 *
 * Three steps: it is due within LATE_SOON_DAYS; it is late; it is late by
 * LATE_LONG_DAYS.  The first two are for the network's leader, the last for the
 * secretariat as well.  Nobody who waits is named.
 * Memory: the caller's arena.  Tests: tests/model/late.c, tests/jobs/remind_late.c
 */
enum { LATE_SOON_DAYS = 2, LATE_LONG_DAYS = 7, LATE_MOST = 1000 };

enum late_kind { LATE_REASON, LATE_ANSWERS, LATE_REQUEST, LATE_ERASURE };
enum late_stage { LATE_NOT, LATE_SOON, LATE_NOW, LATE_LONG };

struct late {
	struct id network, about; /* the decision, the request, the person */
	struct id leader; /* an account; not set: the network has none */
	struct str network_name;
	struct str title; /* of the decision, or "" */
	enum late_kind kind;
	enum late_stage stage;
	struct date due;
};
struct lates {
	struct late *list; /* what is due first, first */
	ptrdiff_t n; /* LATE_MOST of each kind */
};

/* All that waits, whatever its stage, in networks that are there.  Needs
 * CAP_OVERVIEW, or is the program.  Four queries. */
enum err late_list(
    struct db *, struct arena *, const struct actor *, struct lates *) MUST_USE;

const char *late_words(enum late_kind); /* msgid: what is owed */

/* Notes that the account is told of this stage.  ERR_NOT_FOUND: it was. */
enum err late_tell(struct db *, const struct actor *program,
    const struct late *, struct id account) MUST_USE;

#endif
