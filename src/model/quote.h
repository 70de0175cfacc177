/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_QUOTE_H
#define MODEL_QUOTE_H

#include "model/contribution.h"

/* quote.h - what may be quoted to whom, at this moment (R11).
 *
 * Words leave when the person said yes to readers like these, when somebody has
 * looked them through and let them be used, and when no wording of theirs waits
 * for their yes; of what was merged or split, each origin's must.  Nobody is
 * named who wished not to be.  Asked each time, so what is taken back is in the
 * next brief no more.
 * Memory: the caller's arena.  Tests: tests/model/quote.c
 */
struct quote {
	struct id insight, contribution;
	bool against; /* speaks against the insight */
	bool shortened, proxy; /* told by somebody else */
	struct str words;
	struct str alias; /* "" for who is not to be named */
};
struct quotes {
	struct quote *list; /* by insight, those for it first */
	ptrdiff_t n;
};

struct quote_ask {
	enum scope readers;
	struct id of; /* a story */
};
/* What stands in a story (model/story.h), each once; `insight` is not set. */
enum err quote_list_of(struct db *, struct arena *, const struct actor *,
    const struct quote_ask *, struct quotes *) MUST_USE;

/* Whether each of these contributions may go to such readers. */
struct quote_wish {
	enum scope readers;
	struct ids of;
};
enum err quote_may(struct db *, struct arena *, const struct actor *,
    const struct quote_wish *, bool *may) MUST_USE;

/* What may go to such readers, the newest first, QUOTES_MOST of it. */
enum { QUOTES_MOST = 200 };
enum err quote_all(struct db *, struct arena *, const struct actor *,
    enum scope readers, struct quotes *) MUST_USE;

/* Those that stand under insights.  `readers`: for whom; at least
 * SCOPE_DECISION for who decides.  Needs CAP_READ. */
enum err quote_list(struct db *, struct arena *, const struct actor *,
    enum scope readers, struct quotes *) MUST_USE;

#endif
