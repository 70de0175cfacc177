/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/contribution.h"
#include "model/passage.h"

/* merge.h - several contributions that say the same made into one, and one
 * that says two things made into parts; what came of what is kept.
 *
 *	A, B, C --merged--> M        A --split--> P, Q
 *
 * The origins stay as they were said.  What is made of them is nobody's own:
 * it has no person, its scope is the least of its origins' and follows them,
 * it counts as the people that its origins are of, and words leave only while
 * every origin's may (contribution_lines()).  In the same write as an origin
 * is taken back a merged text is emptied and waits for other words, a part is
 * emptied, and what is made of these likewise, however far it goes.
 *
 * Needs CAP_ASK, as the rest of the review.  Memory: the caller's arena.
 * Tests: tests/model/merge.c
 */
enum { MERGE_MOST = 50, PARTS_MOST = 5 };

struct merge {
	struct id id;
	struct id of[MERGE_MOST]; /* two or more */
	ptrdiff_t n;
	struct id kept; /* whose words it takes; not set: `words` */
	struct str words, kind;
};

struct merge_faults { /* msgids, or NULL */
	const char *of, *words, *kind;
	bool any;
};

/* Other outcomes than ERR_OK are of the database. */
enum err merge_check(struct db *, struct arena *, const struct actor *,
    const struct merge *, struct merge_faults *) MUST_USE;

/* The same id twice is one.  ERR_INVALID: merge_check(). */
enum err contribution_merge(struct db *, struct arena *, const struct actor *,
    const struct merge *) MUST_USE;

struct split_part {
	struct id id;
	struct passages of; /* of the words as they are shown */
};
struct split {
	struct split_part part[PARTS_MOST];
	ptrdiff_t n; /* two or more */
};

/* ERR_INVALID: under two parts, one that is empty or not within the words, or
 * nobody has looked it through.  ERR_CONFLICT: other words since `rev`. */
enum err contribution_split(struct db *, struct arena *, const struct actor *,
    const struct contribution *, const struct split *) MUST_USE;

/* It is emptied and speaks no more; what it spoke for its origins speak for.
 * ERR_INVALID: no reason, or it was not made of others. */
enum err contribution_undo(struct db *, struct arena *, const struct actor *,
    struct id, struct str reason) MUST_USE;

/* Somebody has held it against its origins' new words. */
enum err contribution_looked(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* ---- what came of what ---- */

struct relative {
	struct id id;
	struct str words; /* "" where there are none, or not for who asks */
	struct str way, reason;
	bool undone;
};

struct family {
	bool made; /* of others */
	struct str way;
	int64_t look_us, gone_us, undone_us;
	struct str reason;
	struct relative *of; /* what it was made of */
	ptrdiff_t n_of;
	struct relative *became; /* what was made of it */
	ptrdiff_t n_became;
};

/* Only what `who` may read of them. */
enum err contribution_family(struct db *, struct arena *, const struct actor *,
    struct id, struct family *) MUST_USE;

/* R11 for what was made of others: how far words may go by every origin, now.
 * One look for a network. */
struct line {
	struct id id;
	int64_t scope; /* the least of the origins' */
	bool agreed; /* each origin's wording is, and nothing waits to be
		      * looked at */
};
struct lines {
	struct line *list; /* by id */
	ptrdiff_t n;
};
enum err contribution_lines(
    struct db *, struct arena *, const struct actor *, struct lines *) MUST_USE;
/* NULL: it was said by somebody. */
const struct line *line_find(const struct lines *, struct id);

/* Which was made of which, of a whole network: for a file.  Only what is still
 * said on both sides.  Needs CAP_PEOPLE. */
struct origin {
	struct id made, of;
	bool split; /* a part of it; else put together of it and others */
};
struct origins {
	struct origin *list; /* by what was made */
	ptrdiff_t n;
};
enum err contribution_origins(struct db *, struct arena *, const struct actor *,
    struct origins *) MUST_USE;
/* The first of those that `made` is made of; all->n for none. */
ptrdiff_t origin_find(const struct origins *all, struct id made);

/* ---- called by those who change an origin, in the same transaction ---- */

enum err merge_follow_gone(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;
enum err merge_follow_scope(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;
enum err merge_follow_words(
    struct db *, const struct actor *, struct id) MUST_USE;

/* Whether it was made of others. */
enum err merge_is_made(struct db *, struct arena *, const struct actor *,
    struct id, struct str *way) MUST_USE; /* "" when not */
/* It has words again. */
enum err merge_reworded(struct db *, const struct actor *, struct id) MUST_USE;

/* Empties one with all that hangs on it; no look at who may. */
enum err contribution_empty(struct db *, struct arena *, const struct actor *,
    const struct contribution *) MUST_USE;

#endif
