/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_CORPS_VIEW_H
#define WEB_CORPS_VIEW_H

#include "model/plan.h"
#include "model/shift.h"
#include "report/doc.h"
#include "view_catchup.h"
#include "view_head.h"
#include "web/input.h"
#include "web/visit.h"

/* corps_view.h - what the pages about a corps of volunteers share.
 * Tests: tests/web/corps.c */

struct view_head corps_head(
    struct req *, const struct plan *, struct str title);
/* "fredag 27. november 2026, kl. 14:00-16:00" */
struct str corps_when(struct req *, const struct shift *);
/* "3 hours a week, until 30 June 2027" */
struct str corps_pledge(struct req *, const struct pledge *);
/* "2 of 5 places are taken, 3 wait" */
struct str shift_filled(struct req *, const struct shift *);
/* "2 hours", "1.5 hours" */
struct str corps_hours(struct req *, int64_t minutes);

/* S25: the citizens' part, of a task or (not set) of all; nothing that could
 * point at one. */
enum err corps_share(
    struct req *, const struct actor *, struct id task, struct str *) MUST_USE;

/* The visit; who has stopped is asked for no more.  false: *e is the answer. */
bool corps_enter(struct req *, struct visit *, enum err *e) MUST_USE;
/* To their page, with what is said above. */
enum err corps_back(
    struct req *, const struct visit *, const char *said) MUST_USE;

/* For who joins now, made from the network's plan (S23). */
enum err catchup_view(
    struct req *, const struct actor *, struct view_catchup *) MUST_USE;
/* The same words, to measure. */
struct str catchup_text(struct arena *, const struct view_catchup *);
void catchup_doc(struct req *, struct doc *, const struct view_catchup *);

#endif
