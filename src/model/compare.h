/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_COMPARE_H
#define MODEL_COMPARE_H

#include "model/indicators.h"
#include "model/plan.h"
#include "model/reply.h"

/* compare.h - the networks of an organisation side by side, for the secretariat.
 *
 * Each number is the one that the network's own pages show, worked out by the
 * same functions; catalogue/indicators.json says what it cannot say.  Which
 * method was chosen (E8), how a text reads (E9) and what moved between two
 * measurements (E10) are of a choice, a text and a measurement, and are read
 * there.  Memory: the caller's arena.  Tests: tests/model/compare.c
 */
struct compared {
	struct id network;
	struct str name;
	struct share coverage; /* E1 */
	double skew; /* E2: 0 to 1; < 0: nothing to compare */
	struct share busiest; /* E3; of 0: fewer people than k */
	struct share influence; /* E4 */
	int64_t wait_days; /* E4; < 0: nobody was answered */
	enum promise_kept promise; /* E5 */
	int risk; /* E6: 0 to 100 */
	struct share minutes; /* E7: used, of those that people gave */
	struct share contradicted; /* E11: insights */
	struct share traced; /* E12: voices with a decision */
};

/* out[n] of these networks.  Needs CAP_OVERVIEW.  Some forty queries a network,
 * linear in its voices: a few at a time. */
struct compare_ask {
	const struct id *network;
	ptrdiff_t n;
	int64_t k; /* people under which nothing is told of few */
};
enum err compare_networks(struct db *, struct arena *, const struct actor *,
    const struct compare_ask *, struct compared *out) MUST_USE;

/* E4 and E5 of a network, from its trace. */
struct influence influence_of(const struct trace_overview *,
    const struct plan *, const struct reply_waits *);

/* ---- the same people again ---- */

/* Somebody who was asked at least LIMIT_R7_TIMES in the last LIMIT_R7_DAYS days,
 * whatever the network: not who. */
struct asked_often {
	int64_t times, minutes, networks;
	struct str where; /* the names of those networks */
};
struct asked_oftens {
	struct asked_often *list; /* the most often asked first */
	ptrdiff_t n; /* at most ASKED_OFTEN */
	int64_t times, days; /* the limits */
};
enum { ASKED_OFTEN = 100 };
/* Needs CAP_OVERVIEW.  A query each of them. */
enum err asked_often_list(struct db *, struct arena *, const struct actor *,
    struct asked_oftens *) MUST_USE;

#endif
