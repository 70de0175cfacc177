/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_ROOM_H
#define REPORT_ROOM_H

#include "model/dialogue.h"
#include "report/groups.h"

/* room.h - a dialogue as it stands: its statements, everybody's votes as a
 * matrix, and what the engine makes of them.
 *
 * A room is made from the database and is never changed: the next one is made
 * from it and from what came since, in an arena of its own.  People are rows in
 * the order of their numbers, statements columns in the order of theirs; who
 * has no vote has no row.  What may be shown of it stands in `groups`
 * (report/groups.h), k of the organisation.
 *
 * A room of 2 million votes takes about 30 MB and half a second.
 * Tests: tests/report/room.c
 */
struct room {
	struct arena *arena; /* everything below lives in it */
	struct id dialogue;
	struct statements statements; /* as they were read */
	struct groups_view groups;
	double *extremity; /* [columns]: how far out each stands on the map */
	bool *hidden; /* [columns]: waits, refused or gone */
	int64_t *number; /* [columns]: of the statement */
	int32_t *voter; /* [rows]: number of the voter */
	struct dialogue_mark mark; /* what is in it */
	int64_t computed_us; /* how long it took */
	/* What the next one starts from. */
	struct ballots ballots; /* by number, as they came */
};

/* The room of a dialogue that `who` reads (or the program); `last` is an
 * earlier one of it, or NULL.  Lives in `a`, and needs `last` no more.
 * `k`: people under which nothing is shown. */
struct room_ask {
	struct id dialogue;
	const struct room *last;
	int32_t k;
};
enum err room_make(struct db *, struct arena *a, const struct actor *who,
    const struct room_ask *, struct room **out) MUST_USE;

/* The column of a statement; -1: it is not in the room. */
ptrdiff_t room_column(const struct room *, int64_t number);

/* The number of the statement that this voter is shown next, -1 when all are
 * answered.  `room` NULL: nothing is known yet; each is as likely. */
int64_t room_next(struct arena *, const struct room *,
    const struct statements *, const struct voter *, const struct own_votes *);

#endif
