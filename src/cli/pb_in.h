/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_PB_IN_H
#define CLI_PB_IN_H

#include "base/csvread.h"
#include "engine/budget.h"
#include "engine/ordinal.h"

/* pb_in.h - reads a budget election in Pabulib's format (.pb).
 *
 * Three sections, META, PROJECTS and VOTES, each with a line of headings and
 * fields between semicolons; a field may stand in quotes, a number may have a
 * decimal point or a decimal comma.  Columns that are not known are left out.
 * Everything read lies in the text or on the arena.
 * Source: pabulib.org/format.  Tests: tests/cli/pb_in.c, tests/fuzz/pb_in.c
 */
enum pb_kind {
	PB_APPROVAL,
	PB_CHOOSE_1,
	PB_ORDINAL,
	PB_CUMULATIVE,
	PB_SCORING
};

struct pb_project {
	struct str id, name;
	int64_t votes; /* as the file says; -1: it does not */
	int selected; /* 0 to 3, 1 is funded; -1: it does not say */
};

struct pb {
	struct str description, unit, instance, rule, currency;
	enum pb_kind kind;
	struct pb_project *project; /* [election.n_projects] */
	struct election election; /* but for its lots */
	int64_t point; /* the election's points that are 1 of the file's */
	int64_t first_place; /* PB_ORDINAL: what a first place counts */
	/* The ballots as they were filled in; the order counts when
	 * the kind is PB_ORDINAL.  [n_voters + 1], [entries] */
	struct ordinal ballots;

	/* The column that was asked for: [n_voters] which value, or NULL. */
	int32_t *group;
	struct str *group_name; /* [n_groups] */
	ptrdiff_t n_groups;

	bool has_selected; /* the projects have that column */
	int64_t
	    unlike; /* projects whose `votes` are not those of the ballots */
	int64_t outside; /* ballots outside the file's own limits */
};

struct pb_fault {
	int64_t line, column;
	const char *expected;
};

/* False: `fault` says what is wrong, and where.  `by` names a column of VOTES,
 * in ASCII regardless of case; empty: none. */
bool pb_read(struct arena *, struct str text, struct str by, struct pb *out,
    struct pb_fault *fault) MUST_USE;

/* A number from 0 with at most six decimals behind a point or a comma, in
 * millionths; false: it is none, or above 1,000,000,000,000. */
bool pb_number(struct str, int64_t *millionths) MUST_USE;

#endif
