/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PAUSE_H
#define MODEL_PAUSE_H

#include "model/actor.h"

/* pause.h - an activity waits, for a reason that is told.
 *
 * From the moment it is noted nobody is invited to it, no step of it is taken
 * and no answer to it is received; whoever was asked reads that it waits, and
 * why.  Who looks after the data of people (CAP_ACCESS: leader, co-driver,
 * protection officer) pauses and resumes.  Tests: tests/model/breach.c
 */
enum { PAUSE_TEXT = 300 };

/* all orgs: that of the mail `o` of the outbox, which invites to an activity that
 * waits; so does the mail, in its place. */
#define SQL_MAIL_WAITS                                     \
	"EXISTS (SELECT 1 FROM pause w JOIN sending s"     \
	" ON s.org = w.org AND s.network = w.network"      \
	" AND s.activity = w.activity AND s.mail = o.once" \
	" WHERE w.org = o.org)"

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
