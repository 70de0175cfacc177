/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include "model/citizen.h"
#include "view_head.h"
#include "web/req.h"

/* visit.h - a citizen at their page, with a code and no account.
 * Tests: tests/web/citizen.c, tests/web/codes.c
 */

/* `easy` has fewer words, and is what the young get first. */
struct visit {
	struct citizen citizen;
	struct str path; /* "/c/CODE" */
	bool easy, young;
};

/* Whose code it is, and the words to use; rq->lang becomes theirs.
 * ERR_NOT_FOUND: nobody's.  ERR_LIMITED: and too many were tried. */
enum err visit_enter(struct req *, struct str typed, struct visit *) MUST_USE;

/* The page that asks for a code, with this status. */
enum err visit_code(struct req *, bool wrong, int status);

/* "/c/CODE" + rest, in the same language and with as many words. */
struct str visit_href(struct req *, const struct visit *, const char *rest);

struct view_head visit_head(
    struct req *, const struct visit *, struct str title);

#endif
