/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_OVERRIDE_H
#define MODEL_OVERRIDE_H

#include "model/actor.h"

/* override.h - a rule that was let pass, by whom and why.
 *
 * Only R1 can be: R2 is lifted by the person's own wish, and the others by
 * doing what they ask.  The row stands for good and everybody who reads the
 * network sees it, the reference leader among them.
 * Tests: tests/model/activity.c
 */
struct override {
	struct id object, account;
	struct str rule, reason;
	int64_t at_us;
};

struct overrides {
	struct override *list; /* the newest first */
	ptrdiff_t n;
};

/* ERR_INVALID: not R1, no reason, or one with a CPR number.  The second for the
 * same object changes nothing.  Needs CAP_MANAGE. */
enum err override_add(struct db *, struct arena *, const struct actor *,
    const struct override *) MUST_USE;

/* All of the network's. */
enum err override_list(struct db *, struct arena *, const struct actor *,
    struct overrides *) MUST_USE;

/* The one about this object, or NULL. */
const struct override *override_find(const struct overrides *, struct id);

#endif
