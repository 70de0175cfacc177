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
struct told { /* what somebody was told of what they said */
	struct id said, part; /* part: the voice that stood for it then */
	struct trace_link link;
};
struct answer { /* all that was told of a decision, by what was said */
	struct id decision;
	const struct told *told;
	ptrdiff_t n;
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
	struct told *told;
	struct answer *answer;
	ptrdiff_t n_leaves, n_lines, n_under, n_activities, n_speakers,
	    n_answers;
};

/* SQL: what the person $3 said, or that voice, and all that was made of it; and
 * with what that was made of. */
#define SQL_SAID_ROWS                                               \
	"SELECT p.id FROM contribution p WHERE p.org = $1"          \
	"  AND p.network = $2 AND (p.person = $3 OR p.id = $3)"     \
	" UNION SELECT n.contribution FROM contribution_line n"     \
	"  JOIN contribution p ON p.org = $1 AND p.network = $2"    \
	"   AND p.id = n.ancestor AND (p.person = $3 OR p.id = $3)" \
	"  WHERE n.org = $1 AND n.network = $2"
#define SQL_SAID_BY "(" SQL_SAID_ROWS ")"
#define SQL_AKIN                                      \
	"(" SQL_SAID_ROWS " UNION SELECT u.ancestor"  \
	"  FROM contribution_line u WHERE u.org = $1" \
	"   AND u.network = $2 AND u.contribution IN " SQL_SAID_BY ")"

/* db, arena, who and of are set.  Needs CAP_READ. */
enum err base_load(struct base *) MUST_USE;

/* Where an id is in such a list; < 0: nowhere.  And where it would be. */
ptrdiff_t base_find(const void *list, ptrdiff_t n, size_t size, struct id id);
ptrdiff_t base_first(const void *list, ptrdiff_t n, size_t size, struct id id);
/* Of leaf[]. */
ptrdiff_t base_leaf(const struct base *, struct id voice);

enum grade trace_grade(struct str key);

/* After base_load(): what was told of a decision, {0}: of each. */
enum err told_load(struct base *, struct id decision) MUST_USE;
struct answer told_answer(const struct base *, struct id decision);
/* Sets said[].told. */
void told_fill(const struct base *, struct trace *);

/* One after the other, the voices that stand for what was said: itself, or
 * what was made of it. */
struct standing_for {
	const struct base *base;
	struct id said;
	ptrdiff_t at; /* 0 to begin with */
};
bool base_next(struct standing_for *, ptrdiff_t *voice) MUST_USE;

#endif
