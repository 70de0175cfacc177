/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_TRIAL_VIEW_H
#define WEB_TRIAL_VIEW_H

#include "model/plan.h"
#include "model/trial.h"
#include "view_head.h"
#include "web/input.h"

/* trial_view.h - what the pages about trials share.
 * Tests: tests/web/trials.c */

/* "/netvaerk/N/proever/ID" + rest. */
struct str trial_href(struct req *, struct id, const char *rest);
struct view_head trial_head(
    struct req *, const struct plan *, struct str title);

/* The trial that {id} names. */
enum err trial_of(struct req *, const struct actor *, struct trial *) MUST_USE;

/* "24 November 2026 – 22 December 2026", as far as it is known. */
struct str trial_when(struct req *, const struct trial *);

/* "Yes 6, a little hidden, ... of 13", or that too few have answered. */
struct str trial_tally(struct req *, const struct trial_count *);

/* A question with its answers for each goal, as fields of a form: names
 * "m-1", "m-2" ... */
ptrdiff_t trial_inputs(struct req *, const struct trial *,
    const struct trial_reply *, struct input *out /* [TRIAL_GOALS] */);
void trial_typed(struct req *, const struct trial *, struct trial_reply *out);

/* ---- the page of one ---- */

/* How staff come by what they note for somebody. */
extern const struct choice trial_note_ways[];

/* What a form has in it that comes back. */
struct trial_page {
	struct str error; /* above all forms */
	struct trial_lines lines;
	struct trial_step step;
	bool hard; /* the reason is hard to read */
	struct trial_goal judged; /* number 0: none */
	struct trial_reply reply; /* way "": nobody is noting one */
	struct citizen_word_faults word;
	struct str names; /* found in it, and not said to be in order */
	bool reply_fault;
};
enum err trial_show(struct req *, const struct trial *,
    const struct trial_page *, int status) MUST_USE;

#endif
