/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_DECISION_VIEW_H
#define WEB_DECISION_VIEW_H

#include "model/plan.h"
#include "model/reply.h"
#include "view_grades.h"
#include "view_head.h"
#include "web/input.h"

/* decision_view.h - what the pages about decisions share.
 * Tests: tests/web/decisions.c */

/* "/netvaerk/N/beslutninger/ID" + rest. */
struct str decision_href(struct req *, struct id, const char *rest);
struct view_head decision_head(
    struct req *, const struct plan *, struct str title);

/* The decision that {id} names. */
enum err decision_at(
    struct req *, const struct actor *, struct decision *) MUST_USE;

/* A day of the record, written out; "". */
struct str decision_day(
    struct req *, const struct decision *, const char *field);
struct str decision_outcome(struct req *, const struct decision *);

/* What was decided, in a citizen's words: by the keys of decision_outcomes. */
extern const struct choice decision_answers[];

/* "What it is about", "Heard, but not followed" ...: as staff say it. */
struct str grade_name(struct req *, enum grade);

/* What a source is called, and its page: the words of a voice as far as who
 * asks may read it. */
struct source_name {
	struct str words, href, kind;
};
enum err source_name(struct req *, const struct plan *,
    const struct trace_link *, struct source_name *) MUST_USE;
/* What was said of it to its person: "" where the voice itself is not shown. */
struct str link_words(const struct trace_link *, const struct source_name *);

/* How many of each grade, as a bar and as words. */
struct view_grades grades_view(
    struct req *, const int64_t of[GRADES], int64_t open);

/* ---- the page of one ---- */

/* What a form has in it that comes back. */
struct decision_page {
	struct str error; /* above all forms */
	struct decision_taking taking;
	bool taking_typed, hard; /* its reason is hard to read */
	bool voices; /* a link of voices that were ticked */
	struct str words, grade; /* of a link */
	bool link_hard;
	struct str told, result;
};
enum err decision_show(struct req *, const struct decision *,
    const struct decision_page *, int status) MUST_USE;

#endif
