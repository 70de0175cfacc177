/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SHIFT_SHARE_H
#define MODEL_SHIFT_SHARE_H

#include "base/err.h"
#include "base/secret.h"

/* shift_share.h - who gets which of the shifts that many want.
 *
 * The rule, as doc/decisions/0025-corps.md has it:
 *
 *	1. Whoever has fewest shifts is next; of two with as many, whoever has
 *	   the smaller lot.  A lot is the hash of the seed, a blank, and the
 *	   person's code; the seed's own hash stood open before.
 *	2. They get the first shift they wish for, in the order of the shifts,
 *	   that has a free place and fits them.  They have one more now.
 *	3. Again from 1, until no wish can be met.
 *
 * Pure but for `fits`, which may say no to a pair where it would have said yes
 * before, and never the other way round.
 * Cost: O(wishes * log people).  Tests: tests/model/shift_share.c
 */
struct share_person {
	int64_t has; /* shifts before; out: after */
	struct hash lot;
};

struct share_wish {
	ptrdiff_t person, shift;
	bool given; /* out */
};

struct share {
	struct share_person *person;
	ptrdiff_t n_people;
	int64_t *free; /* [n_shifts] places; out: what is left */
	ptrdiff_t n_shifts;
	struct share_wish *wish; /* by person, then by shift */
	ptrdiff_t n_wishes;
	/* *yes: whether the person may have the shift, with what they were
	 * given so far; given() is told of each that is.  NULL: always. */
	enum err (*fits)(
	    void *ctx, ptrdiff_t person, ptrdiff_t shift, bool *yes);
	enum err (*given)(void *ctx, ptrdiff_t person, ptrdiff_t shift);
	void *ctx;
};

struct hash share_lot(struct arena *, struct str seed, struct str code);

/* Who comes first of two. */
bool share_before(const struct share_person *, const struct share_person *);

enum err share_out(struct arena *, struct share *) MUST_USE;

#endif
