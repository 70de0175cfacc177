/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_EXPERIENCE_H
#define MODEL_EXPERIENCE_H

#include "model/citizen.h"

/* experience.h - how it was to take part in an activity: the four questions of
 * the catalogue's "taking_part", 1 to 5 or "ved ikke".
 *
 * Who answers is a hash of the person with a key from outside the database: one
 * row an activity.  Under k answers to a question its mean is not told, and no
 * sum over activities is, so that none follows from the others.
 * Memory: the caller's arena.  Tests: tests/model/experience.c
 */
enum { EXPERIENCE_ITEMS = 4, EXPERIENCE_DONT_KNOW = 6, EXPERIENCE_LINES = 500 };

struct experience {
	int8_t mark[EXPERIENCE_ITEMS]; /* 0: no answer */
};

/* They said yes to it, and it is held. */
bool experience_was_there(const struct citizen *, struct id activity);
/* Whether they may be asked how this was: the same, and (R4) a guardian has said
 * yes where one must. */
bool experience_asked(const struct citizen *, struct id activity);

enum err experience_get(struct db *, struct arena *, const struct citizen *,
    struct id activity, struct experience *) MUST_USE;
/* ERR_NOT_FOUND: experience_asked(); ERR_INVALID: no answer is in it. */
enum err experience_put(struct db *, struct arena *, const struct citizen *,
    struct id activity, const struct experience *) MUST_USE;

/* What they answered is gone, at once and without a reason, and with it from
 * every mean; also when they may not be asked any more. */
enum err experience_take_back(struct db *, struct arena *,
    const struct citizen *, struct id activity) MUST_USE;

/* Off paper, a sheet a line: "SHEET; 4 5 x 3".  The same sheet again is the
 * same answer anew.  Needs CAP_AGENDA.  `wrong`: 0, or the first line that
 * cannot be read, and then nothing is kept (ERR_INVALID). */
struct experience_sheets {
	struct id activity;
	struct str text;
	int64_t taken, wrong;
};
enum err experience_paper(struct db *, struct arena *, const struct actor *,
    struct experience_sheets *) MUST_USE;

/* A person's answers, for person_erase(). */
enum err experience_erase(struct db *, struct arena *, const struct actor *,
    struct id person) MUST_USE;

struct experience_row {
	struct id activity;
	int64_t answered; /* people */
	int64_t n[EXPERIENCE_ITEMS]; /* numbers to each */
	double mean[EXPERIENCE_ITEMS]; /* NAN: fewer than k */
};
struct experience_rows {
	struct experience_row *list; /* by activity's id */
	ptrdiff_t n;
};
/* Needs CAP_READ. */
enum err experience_list(struct db *, struct arena *, const struct actor *,
    int64_t k, struct experience_rows *) MUST_USE;

#endif
