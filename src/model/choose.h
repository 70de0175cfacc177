/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_CHOOSE_H
#define MODEL_CHOOSE_H

#include "model/catalogue.h"
#include "model/rules.h"

/* choose.h - which method fits, and why the others do not.
 *
 * Two rules come first and are not weighed against anything: R2 takes a method
 * out, R3 and R4 ask for something beside it.  What is left is put in order by
 * the first of these in which two methods differ: for those who may be
 * vulnerable the four that the guide names; phase; role; what it gives; whether
 * it reaches them; how many it is for; how gentle it is; the time it takes of
 * them; its key, so that the order of the catalogue does not matter.
 *
 * Pure: the same wish and methods give the same answer.  Cost O(n log n).
 * Memory: the arena of `rules`.  Tests: tests/model/choose.c
 */
struct wish {
	struct str phase, role, gives; /* catalogue keys; "": any */
	struct str group; /* of target_group_kinds; "": any */
	struct str age; /* a band; "": not asked */
	enum vulnerable vulnerable;
	bool own_wish; /* they wish for a large meeting themselves */
	bool care; /* companion, break and alternative are planned */
	bool whole_network, town_hall; /* where it is to be */
	int64_t people; /* at a time; 0: as the method is */
	int64_t minutes; /* that each can give; 0: no limit */
};

enum {
	FIT_PHASE = 1 << 0,
	FIT_ROLE = 1 << 1,
	FIT_GIVES = 1 << 2,
	FIT_REACH = 1 << 3,
	FIT_SIZE = 1 << 4,
	FIT_TIME = 1 << 5,
	FIT_ALL = (1 << 6) - 1,
};

struct pick {
	const struct catalogue_item *method;
	unsigned fits; /* what the wish does not say fits */
	bool out; /* R2: not for them */
	bool ask_care; /* R3: companion, break plan, alternative */
	bool ask_guardian; /* R4: a parent's yes, and Lundy's four questions */
	struct str why; /* one sentence: why it is first, or why not */
};

struct picks {
	struct pick *list; /* the best first, those that are out last */
	ptrdiff_t n, n_in;
	/* The wish itself is too big for vulnerable people, whatever the
	 * method: everything is out, in the order it would have without. */
	bool wish_too_big;
};

/* `rules` lends limits, language and arena; nothing is noted in it. */
struct picks choose(
    const struct rules *, struct catalogue_items methods, const struct wish *);

/* What a meeting with this method would be. */
struct meeting choose_meeting(
    const struct catalogue_item *method, const struct wish *);

#endif
