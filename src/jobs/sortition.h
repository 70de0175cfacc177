/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_SORTITION_H
#define JOBS_SORTITION_H

#include "jobs/helper.h"
#include "jobs/runner.h"
#include "model/sortition.h"

/* sortition.h - a draw asked for in the browser, done in a sandboxed child.
 * The child is given two CSV files and a seed, and gives back what samskab
 * draw would say and prove of them.  Tests: tests/jobs/draw.c
 */
extern const struct helper_kind sortition_kind;

/* Fills state, result and proof.  `helper` NULL draws in this process (page
 * tests).  ERR_UNAVAIL: not now. */
enum err sortition_draw(
    struct helper *, struct arena *, struct sortition *) MUST_USE;

/* The job: draws the one with its id, and keeps what came of it. */
enum err sortition_job(struct job_turn *, struct helper *) MUST_USE;

/* What a result says.  ERR_INTERNAL: it is none. */
struct drawn_quota {
	struct str feature, value;
	int64_t min, max, panel;
};

struct drawn_change { /* of a quota that cannot be kept */
	struct str feature, value;
	bool min;
	int64_t is, to;
};

struct drawn_chance {
	struct str code;
	double chance; /* -1: took no part */
};

struct drawn {
	struct str *panel; /* codes */
	struct drawn_chance *chance;
	struct drawn_quota *quota;
	struct drawn_change *change;
	ptrdiff_t n_panel, n_chances, n_quotas, n_changes;
	double min, max;
	struct str method;
	bool fallback;
};
enum err sortition_read(
    struct arena *, struct str result, struct drawn *) MUST_USE;

#endif
