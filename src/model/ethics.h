/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ETHICS_H
#define MODEL_ETHICS_H

#include "model/plan.h"

/* ethics.h - the ethics check of an activity: eight questions, a signature.
 *
 * A check is never changed; signing again adds one.  It holds for the method,
 * the groups, the size and the place it was made for: with another of these,
 * or a newer version of the theme, it is stale.  Questions: catalogue/
 * ethics.json.  Tests: tests/model/activity.c
 */
enum { ETHICS_QUESTIONS = 8, ETHICS_NOTE_MAX = 500 };

struct ethics {
	bool signed_off; /* there is one */
	bool complete; /* every answer is yes */
	bool stale; /* made for something else than the activity is now */
	int64_t at_us;
	struct id account;
	struct str answer[ETHICS_QUESTIONS]; /* "yes", "no" or "" */
	struct str note[ETHICS_QUESTIONS];
};

/* The newest check of an activity; none is ERR_OK with signed_off false. */
enum err ethics_get(struct db *, struct arena *, const struct actor *,
    const struct plan *, const struct record *activity,
    struct ethics *) MUST_USE;

/* The activities that are signed, not held yet, and have become something else
 * than what was signed. */
enum err ethics_stale(struct db *, struct arena *, const struct actor *,
    const struct plan *, struct ids *) MUST_USE;

/* Signs what is in `answer` and `note`, for the activity as it is at this
 * revision.  An answer of no is signed too, and holds the activity back.
 * ERR_INVALID: an answer is missing, or a note is too long or holds a CPR
 * number.  ERR_CONFLICT: the activity was changed since.  Needs CAP_MANAGE. */
enum err ethics_sign(struct db *, struct arena *, const struct actor *,
    struct id activity, int64_t rev, const struct ethics *) MUST_USE;

#endif
