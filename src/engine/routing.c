/* SPDX-License-Identifier: MPL-2.0 */
#include "engine/routing.h"

#include <limits.h>

#include "engine/random.h"
#include "engine/represent.h"

enum { FAIR_EVERY = 3 };

bool
routing_is_fair_turn(ptrdiff_t n)
{
	return n % FAIR_EVERY == FAIR_EVERY - 1;
}

static bool
may_come(const struct routing *r, const bool *seen, ptrdiff_t j)
{
	return !seen[j] && (r->left_out == NULL || !r->left_out[j]);
}

/* One of those with the fewest votes, each as likely. */
static ptrdiff_t
least_seen(const struct routing *r, const bool *seen, struct random *chance)
{
	int32_t least = INT32_MAX;
	ptrdiff_t ties = 0, at = -1;
	for (ptrdiff_t j = 0; j < r->statements; j++) {
		if (!may_come(r, seen, j) || tally_seen(r->all[j]) > least)
			continue;
		if (tally_seen(r->all[j]) < least) {
			least = tally_seen(r->all[j]);
			ties = 0;
		}
		ties++;
	}
	if (ties == 0)
		return -1;
	uint64_t pick = random_below(chance, (uint64_t)ties);
	for (at = 0;; at++) {
		if (may_come(r, seen, at) && tally_seen(r->all[at]) == least &&
		    pick-- == 0)
			return at;
	}
}

static double
weight(const struct routing *r, ptrdiff_t j)
{
	return priority(r->all[j], r->extremity != NULL ? r->extremity[j] : 0,
	    r->meta != NULL && r->meta[j]);
}

/* Each with the chance of its priority. */
static ptrdiff_t
by_priority(const struct routing *r, const bool *seen, struct random *chance)
{
	double sum = 0;
	ptrdiff_t last = -1;
	for (ptrdiff_t j = 0; j < r->statements; j++) {
		if (may_come(r, seen, j))
			sum += weight(r, j);
	}
	double at = random_unit(chance) * sum;
	for (ptrdiff_t j = 0; j < r->statements; j++) {
		if (!may_come(r, seen, j))
			continue;
		last = j;
		at -= weight(r, j);
		if (at < 0)
			break;
	}
	return last;
}

ptrdiff_t
routing_next(const struct routing *r, const bool *seen, struct str seed)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t j = 0; j < r->statements; j++)
		n += seen[j];
	unsigned char turn[4] = {(unsigned char)n, (unsigned char)(n >> 8),
	    (unsigned char)(n >> 16), (unsigned char)(n >> 24)};
	struct random chance =
	    random_new(seed, (struct str){(const char *)turn, sizeof turn});
	return routing_is_fair_turn(n) ? least_seen(r, seen, &chance)
				       : by_priority(r, seen, &chance);
}
