/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PAPER_H
#define MODEL_PAPER_H

#include "model/ballot.h"

/* paper.h - ballots on paper, read twice.
 *
 * Each bears a number and a secret ("17-K3QF-9XTR"), made from a key that lies
 * outside the database, which keeps a hash.  So they can be printed again, and
 * nobody who only has the database can make one.
 *
 * Two accounts read each ballot, the second without seeing what the first
 * found.  When both found the same it is counted; where they differ somebody
 * looks at the paper and says what stands there.  A number counts once.
 * Memory: the caller's arena.  Tests: tests/model/paper.c
 */
enum { PAPER_ONCE = 500, PAPER_MOST = 20000, PAPER_ROWS = 2000 };

/* "17-K3QF-9XTR" */
struct str paper_number(
    struct arena *, const struct actor *, const struct round *, int64_t serial);

/* Whose numbers are this installation's: one that was given out where the
 * network was before bears a secret that is not made here.  It counts, and
 * cannot be printed. */
struct paper_own {
	bool *own; /* [n], of the ballots 1.. */
	ptrdiff_t n, others;
};
enum err paper_own(struct db *, struct arena *, const struct actor *,
    const struct round *, struct paper_own *) MUST_USE;

/* So many in all, at most PAPER_ONCE more: a repeated form makes them once.
 * Needs CAP_ASK; of a draft or an open round (ERR_CONFLICT). */
enum err paper_make(struct db *, struct arena *, const struct actor *,
    const struct round *, int64_t in_all) MUST_USE;

struct paper_state {
	int64_t made, once, counted; /* once: read by one */
	struct paper_differs {
		int64_t serial;
		struct str first, second; /* as ballot_text() */
	} * differs;
	ptrdiff_t n_differs;
};
enum err paper_state(struct db *, struct arena *, const struct actor *,
    const struct round *, struct paper_state *) MUST_USE;

/* What became of a row. */
enum paper_outcome {
	PAPER_FIRST, /* the first reading */
	PAPER_AGREES, /* the second, the same: counted */
	PAPER_DIFFERS,
	PAPER_NO_NUMBER, /* no such ballot */
	PAPER_BAD_CHOICES,
	PAPER_COUNTED, /* it was counted already */
	PAPER_TWO, /* two others have read it */
};
struct paper_row {
	struct str typed; /* the whole line */
	enum paper_outcome outcome;
	int64_t serial;
};
struct paper_rows {
	struct str text; /* in: a row a line */
	struct paper_row *list;
	ptrdiff_t n;
};

/* Rows "NUMBER; choices".  Needs CAP_AGENDA and an account.  ERR_CONFLICT: the
 * round takes no votes; ERR_TOO_LARGE: more than PAPER_ROWS. */
enum err paper_read(struct db *, struct arena *, const struct actor *,
    const struct round *, struct paper_rows *) MUST_USE;

struct paper_fix {
	int64_t serial;
	struct ballot ballot;
};

/* What stands on a ballot that was read in two ways.  Needs CAP_ASK.
 * ERR_INVALID: ballot_check(); ERR_NOT_FOUND: not such a one. */
enum err paper_settle(struct db *, struct arena *, const struct actor *,
    const struct round *, const struct paper_fix *) MUST_USE;

#endif
