/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PAUSE_H
#define MODEL_PAUSE_H

#include "model/actor.h"

/* pause.h - an activity waits, for a reason that is told.
 *
 * From the moment it is noted nobody is invited to it, no step of it is taken
 * and no answer to it is received; whoever was asked reads that it waits, and
 * why.  Invitations by mail that had not left wait in their place
 * (mail_claim()), and are dropped at the end when its day is over.  Who looks
 * after the data of people (CAP_ACCESS: leader, co-driver, protection officer)
 * pauses and resumes.  Tests: tests/model/breach.c, tests/web/rights_of.c
 */
enum { PAUSE_TEXT = 300 };

struct pause {
	struct id activity, account;
	struct str reason; /* "": it is not paused */
	int64_t at_us;
};

/* Reason "" when it is not paused. */
enum err pause_get(struct db *, struct arena *, const struct actor *,
    struct id activity, struct pause *) MUST_USE;

struct pauses {
	struct pause *list; /* the newest first */
	ptrdiff_t n;
};
enum err pause_list(struct db *, struct arena *, const struct actor *,
    struct pauses *) MUST_USE;
/* NULL: it is not. */
const struct pause *pause_find(const struct pauses *, struct id activity);

/* NULL: it may be so. */
const char *pause_fault(struct str reason);

/* ERR_INVALID: pause_fault().  ERR_NOT_FOUND: no such activity. */
enum err pause_set(struct db *, struct arena *, const struct actor *,
    struct id activity, struct str reason) MUST_USE;
enum err pause_end(struct db *, struct arena *, const struct actor *,
    struct id activity) MUST_USE;

#endif
