/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_MEASURED_H
#define REPORT_MEASURED_H

#include "model/measure.h"
#include "report/change.h"

/* measured.h - what moved between two rounds of a measurement (S29, E10).
 *
 * Only rounds that have closed are compared, so that nobody is seen by looking
 * before and after they answered.  A retrospective measurement compares then
 * and now within its last round.  Under k pairs no number is there (R13).
 *
 * By target group there are counts of higher, lower and same alone, with cells
 * hidden so that none follows from the others (engine/suppress.h); where a sum
 * over the groups would have to be hidden, which the question shows, there is no
 * table at all.  Memory: `a`.  10,000 answers to 6 questions take some 20 ms.
 * Tests: tests/report/measured.c
 */
enum { MEASURED_GROUPS = 10 };

/* Higher, lower, same, and all of them; -1: hidden. */
struct measured_group {
	struct str group; /* 16 bytes of its id; "": of none */
	int64_t count[4];
};

struct measured {
	bool ready; /* there is something to compare */
	int64_t before,
	    after; /* numbers of rounds; the same when retrospective */
	int64_t answered_before, answered_after, could_before, could_after;
	struct change_report report;
	/* [items * MEASURED_GROUPS]; n_groups[item] 0: no table is safe. */
	struct measured_group *group;
	int *n_groups;
};

struct measured_wish {
	int64_t k;
	enum lang lang;
};
void measured_of(struct arena *a, const struct measure *,
    const struct measure_rows *, const struct measured_wish *,
    struct measured *);

/* Whether there are enough in both rounds for a file of answers. */
bool measured_has_file(const struct measured *);

/* The answers as samskab change reads them: kode;runde;spørgsmål;svar, for a
 * spreadsheet.  Without the words.  ERR_NOT_FOUND: fewer than k are in a round
 * that is compared. */
enum err measured_csv(struct arena *, const struct measure *,
    const struct measure_rows *, const struct measured *,
    struct str *out) MUST_USE;

#endif
