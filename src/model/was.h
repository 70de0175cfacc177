/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_WAS_H
#define MODEL_WAS_H

#include "base/clock.h"
#include "model/setting.h"

/* was.h - what the organisation says of how accessible its site is.
 *
 * The law asks for a statement in the national tool (was.digst.dk), a link to
 * it, a way to say what does not work, and a new look each year.  The
 * organisation's own words are settings (setting.h); without them the
 * statement says what the makers of the program know, and that nobody here has
 * looked.  When a look is a year old administrators get one mail.
 * Tests: tests/model/setting.c, tests/jobs/remind.c
 */
enum { WAS_YEAR_DAYS = 365 };

struct was {
	struct str contact, missing, link; /* "" not written */
	struct date looked; /* year 0: nobody of the organisation did */
	struct date due; /* the next look */
};

enum err was_get(
    struct db *, struct arena *, const struct actor *, struct was *) MUST_USE;

/* Notes that the account is told now.  ERR_NOT_FOUND: it is not due yet, or
 * they were told of this due day. */
enum err was_tell(struct db *, struct arena *, const struct actor *program,
    const struct was *, struct id account) MUST_USE;

#endif
