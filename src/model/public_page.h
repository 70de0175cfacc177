/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PUBLIC_PAGE_H
#define MODEL_PUBLIC_PAGE_H

#include "model/decision.h"
#include "model/story.h"

/* public_page.h - what anybody may read of a network, once it was opened: what
 * was promised, what was decided, and what came of it (S10, S43).
 *
 * A decision stands there when everybody who spoke has been answered: they hear
 * it before others do.  A story stands there when it is told to everybody, was
 * said to be done, and each word in it may go to everybody at that moment (R11).  Nothing else of the
 * network does: no names, no voices, no numbers of few.
 * Memory: the caller's arena.  Tests: tests/model/public_page.c
 */
struct public_page {
	bool open;
	bool data; /* anybody may fetch it as a file (report/open_data.h) */
	struct str about; /* in the leader's words */
	int64_t changed_us; /* 0: nothing is set yet; not read when saved */
};

enum { PUBLIC_ABOUT = 1200 };

/* Of the network `who` is in; the one who asks may be nobody. */
enum err public_page_get(struct db *, struct arena *, const struct actor *,
    struct public_page *) MUST_USE;
/* NULL: it may be so.  Else a msgid. */
const char *public_page_fault(const struct public_page *);
/* Needs CAP_EDIT.  ERR_INVALID: the fault. */
enum err public_page_save(struct db *, struct arena *, const struct actor *,
    const struct public_page *) MUST_USE;

struct public_decision {
	struct decision decision;
	struct decision_news news;
	int64_t told; /* people who were answered on what they said */
	int64_t moved; /* of them: who changed it, or helped to shape it */
};
struct public_decisions {
	struct public_decision *list; /* the newest first */
	ptrdiff_t n;
};
/* Also while the page is closed: whoever opens it looks at it first. */
enum err public_decisions(struct db *, struct arena *, const struct actor *,
    struct public_decisions *) MUST_USE;

struct public_stories {
	struct story *list; /* the newest first; each has its quotes */
	ptrdiff_t n;
};
enum { PUBLIC_STORIES = 20 };
enum err public_stories(struct db *, struct arena *, const struct actor *,
    struct public_stories *) MUST_USE;

#endif
