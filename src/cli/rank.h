/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_RANK_H
#define CLI_RANK_H

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/pb_in.h"
#include "cli/rank_csv.h"
#include "report/rank.h"

/* rank.h - `samskab rank`, between its own files:
 *   rank.c         options; which kind of file
 *   rank_budget.c  the rules of a .pb file; rank_budget_out.c prints them
 *   rank_list.c    choices between two
 *   rank_ballots.c ballots in order
 *   rank_sides.c   several groups side by side
 * Sentences, places and numbers are report/rank.h's.
 * Tests: tests/cli/rank.c */
struct rank {
	struct cli *cli;
	struct str path;
	struct str rule, utility, completion, seed, by;
	bool exhaustive, no_skip, fractional;
	int64_t k; /* groups of fewer people are not shown */
	int64_t step; /* of Add1, in whole currency */
	int64_t seconds; /* that a rule of a .pb file may take */
	struct buf out;
};

/* Read, rank and print; the exit status. */
int rank_budget(struct rank *, struct str text);
int rank_csv(struct rank *, struct str text);

/* The ballots in order of either kind of file. */
struct rank_ballots {
	struct ordinal ordinal;
	const struct str *id, *label; /* [n_items] */
	const int32_t *group; /* [n_ballots], or NULL */
	const struct str *group_name;
	ptrdiff_t n_groups;
};
int rank_ballots(struct rank *, const struct rank_ballots *);

/* ---- rank_budget.c ---- */

/* One run of a rule over a .pb file. */
struct budget_file {
	struct rank *rank;
	const struct pb *pb;
	bool no_skip, unknown_rule; /* the file names one that is not known */
	struct budget_run run;
};

/* ---- rank_budget_out.c ---- */

enum { COMPLETIONS = COMPLETION_ADD1_FILL + 1 };
extern const char *const rank_completions[COMPLETIONS]; /* their names */

/* The JSON without its end: the groups come behind it. */
void rank_budget_json(struct budget_file *);
void rank_budget_text(struct budget_file *);

/* ---- rank_sides.c ---- */

/* Adds the groups beside each other: a table, or a member of the JSON. */
void rank_sides(struct rank *, const struct side *, ptrdiff_t n_sides,
    const struct str *id, ptrdiff_t n_items);

/* Prints what was gathered; the exit status. */
int rank_print(struct rank *);

#endif
