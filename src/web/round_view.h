/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_ROUND_VIEW_H
#define WEB_ROUND_VIEW_H

#include "model/ballot.h"
#include "model/plan.h"
#include "report/ranking.h"
#include "view_head.h"
#include "view_result.h"
#include "view_vote.h"
#include "web/input.h"
#include "web/visit.h"

/* round_view.h - what the pages about rounds share.
 * Tests: tests/web/rounds.c */

/* "/netvaerk/N/prioritering/ID" + rest. */
struct str round_href(struct req *, struct id, const char *rest);
struct view_head round_head(
    struct req *, const struct plan *, struct str title);

/* The round that {id} names. */
enum err round_of(struct req *, const struct actor *, struct round *) MUST_USE;

/* When it can be voted in, in a sentence. */
struct str round_when(struct req *, const struct round *);
/* "1.060 kr." */
struct str round_money(struct req *, int64_t kroner);

/* ---- a ballot on a page, for citizens and staff alike ---- */

struct voting {
	struct actor who; /* in the network */
	struct round round;
	struct elector voter;
	struct str csrf; /* "" for a citizen */
	struct str action, back;
	bool easy; /* few words */
};

/* Head, foot and addresses are the caller's; `typed`: a form that comes back.
 */
enum err voting_view(struct req *, const struct voting *,
    const struct ballot *typed, const struct ballot_fault *,
    struct view_vote *) MUST_USE;

/* The posted form; its ballot may be one that ballot_check() refuses. */
enum err voting_post(struct req *, const struct voting *, struct ballot *typed,
    struct ballot_fault *) MUST_USE;

/* ---- the result ---- */

struct result_made {
	struct tallies tallies;
	struct ranking_from from; /* points at the round and at `tallies` */
	struct rankings all;
};
enum err result_make(struct req *, const struct actor *, const struct round *,
    struct result_made *) MUST_USE;

/* Head, foot and the files' addresses are the caller's.  `ideas` [n_options]:
 * where the idea of each option is read, "": nowhere. */
enum err result_view(struct req *, const struct actor *, const struct round *,
    const struct str *ideas, struct view_result *) MUST_USE;

#endif
