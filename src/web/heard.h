/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_HEARD_H
#define WEB_HEARD_H

#include "model/evidence.h"
#include "model/plan.h"
#include "model/rules.h"
#include "web/req.h"

/* heard.h - which of the chosen target groups were heard, and how much.
 * Memory is the request's.  Tests: tests/web/voices.c, tests/web/decisions.c */
struct heard_group {
	struct str name;
	int64_t voices, wanted; /* wanted: people by the plan; 0 unknown */
	struct str words; /* the number, or "fewer than 5" */
};
struct heard {
	struct heard_group *list; /* the chosen ones, in the plan's order */
	ptrdiff_t n;
	struct heard_group *kind; /* of actors; all of the catalogue */
	ptrdiff_t n_kinds;
	int64_t k; /* fewer are not told */
	double distance; /* skew_distance(); < 0: nothing to compare */
};

/* "12", or "fewer than 5" of some that are fewer than k. */
struct str heard_count(struct req *, int64_t n, int64_t k);

/* How many spoke, and whether that leans one way (R8). */
enum err heard_skew(struct req *, struct skew *, struct rules *) MUST_USE;

/* A count of few could give somebody away to those who do not see the people,
 * and on paper to anybody: with `few` those are told as fewer than k. */
enum err heard_groups(struct req *, const struct plan *, const struct skew *,
    bool few, struct heard *) MUST_USE;

#endif
