/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_EQUALITY_H
#define MODEL_EQUALITY_H

#include "model/actor.h"

/* equality.h - what citizens have against what the others in the network have:
 * agenda, papers, ideas, minutes, time, expenses (catalogue/terms.json).
 * What a leader says of each stands beside the other until it is the same.
 * Tests: tests/model/activity.c
 */
enum { TERMS = 6, TERM_NOTE_MAX = 600 };

struct term {
	struct str item; /* key */
	struct str citizens, others; /* "yes", "partly", "no"; "": not said */
	struct str note;
	bool differs; /* both are said, and not the same */
};

struct terms {
	struct term of[TERMS]; /* in the catalogue's order */
	int64_t changed_us; /* 0: nothing was said yet */
	struct id changed_by;
	int differ, unsaid;
};

enum err equality_get(
    struct db *, struct arena *, const struct actor *, struct terms *) MUST_USE;

/* All six at once.  ERR_INVALID: a word that is none of the three, a note too
 * long or with a CPR number.  Needs CAP_EDIT. */
enum err equality_put(struct db *, struct arena *, const struct actor *,
    const struct terms *) MUST_USE;

#endif
