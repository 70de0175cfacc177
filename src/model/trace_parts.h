/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_TRACE_PARTS_H
#define MODEL_TRACE_PARTS_H

#include "model/trace.h"

/* trace_parts.h - what a trace is worked out from, read once whatever the
 * number of decisions (model/trace_base.c).  For model/trace*.c alone.
 *
 * An id is the first member of each of these, and what they are sorted by. */
struct leaf { /* a voice that nothing else stands for */
	struct id id, activity, person;
};
struct line { /* what a leaf was made of, however far back */
	struct id ancestor, person, activity;
	ptrdiff_t voice; /* of leaf[] */
	bool said; /* it was itself said, and not taken back */
};
struct under { /* speaks for an insight, is in an idea */
	struct id source;
	ptrdiff_t voice;
};
struct speaker { /* who said a voice, and where */
	struct id person, contribution;
	ptrdiff_t voice;
	ptrdiff_t activity; /* of activity[]; < 0: none */
};

struct base {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
	struct id of; /* set: that person's voices alone, or that voice */
	struct leaf *leaf;
	struct line *line;
	struct under *under;
	struct id *activity;
	struct speaker *speaker; /* in no order */
	ptrdiff_t n_leaves, n_lines, n_under, n_activities, n_speakers;
};

/* db, arena, who and of are set.  Needs CAP_READ. */
enum err base_load(struct base *) MUST_USE;

/* Where an id is in such a list; < 0: nowhere.  And where it would be. */
ptrdiff_t base_find(const void *list, ptrdiff_t n, size_t size, struct id id);
ptrdiff_t base_first(const void *list, ptrdiff_t n, size_t size, struct id id);

enum grade trace_grade(struct str key);

/* Sets said[].told, of the decision and (where it is set) the person. */
enum err told_load(const struct base *, struct trace *) MUST_USE;

/* One after the other, the voices that stand for what was said: itself, or
 * what was made of it. */
struct standing_for {
	const struct base *base;
	struct id said;
	ptrdiff_t at; /* 0 to begin with */
};
bool base_next(struct standing_for *, ptrdiff_t *voice) MUST_USE;

#endif
