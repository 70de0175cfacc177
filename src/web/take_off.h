/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_TAKE_OFF_H
#define WEB_TAKE_OFF_H

#include "view_take_off.h"
#include "web/req.h"

/* take_off.h - the button that takes one of a numbered list off: an option, a
 * question, a goal.  The form says how many there were, so that a number means
 * what it meant on the page.  Tests: tests/web/rounds.c, trials.c, measures.c
 */
struct take_off {
	struct str action, words; /* words: what it is, for a screen reader */
	int64_t number, count;
};
const struct view_take_off *take_off_view(
    struct req *, const struct take_off *);

/* The number in the posted form; 0 when there are not `count` any more.  False:
 * it is no such form. */
bool take_off_posted(struct req *, int64_t count, int64_t *number) MUST_USE;

#endif
