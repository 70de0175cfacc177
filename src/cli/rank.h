/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_RANK_H
#define CLI_RANK_H

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/pb_in.h"
#include "cli/rank_csv.h"
#include "engine/equal_shares.h"

/* rank.h - `samskab rank`, between its own files:
 *   rank.c         options; which kind of file
 *   rank_budget.c  the rules of a .pb file; rank_budget_out.c prints them
 *   rank_why.c     the sentence of each project
 *   rank_list.c    choices between two
 *   rank_ballots.c ballots in order
 *   rank_sides.c   several groups side by side
 *   rank_words.c   numbers and columns, for people and for programs
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

/* ---- rank_why.c ---- */

/* One run of a rule over a .pb file. */
struct budget_run {
	struct rank *rank;
	const struct pb *pb;
	const char *method; /* greedy, equalshares, phragmen */
	enum utility utility;
	enum completion completion;
	bool no_skip, unknown_rule; /* the file names one that is not known */
	struct outcome outcome;
	ptrdiff_t *place; /* [n_projects] in the order of choosing, -1: not */
	int64_t *score; /* [n_projects] */
	bool lot; /* a lot decided something */
};

/* Why a project was chosen or not, in the language of the reader. */
struct str rank_why(const struct budget_run *, ptrdiff_t project);

/* "720 votes", "31.5 points" */
struct str rank_support(const struct budget_run *, ptrdiff_t project);

/* ---- rank_budget_out.c ---- */

enum { COMPLETIONS = COMPLETION_ADD1_FILL + 1 };
extern const char *const rank_completions[COMPLETIONS]; /* their names */

/* The JSON without its end: the groups come behind it. */
void rank_budget_json(struct budget_run *);
void rank_budget_text(struct budget_run *);

/* ---- rank_sides.c ---- */

struct side {
	struct str name;
	int64_t people;
	bool hidden;
	ptrdiff_t *first, *last; /* [n_items] places, from 1 */
};

/* Hides groups under k people; when those hidden are fewer than k together,
 * the smallest of the others too, so that no difference shows them. */
void rank_hide(struct side *, ptrdiff_t n, int64_t k);

/* Places by falling value: equal values share all the places they take. */
void rank_places(
    struct arena *, const double *value, ptrdiff_t n, struct side *out);

/* Adds the groups beside each other: a table, or a member of the JSON. */
void rank_sides(struct rank *, const struct side *, ptrdiff_t n_sides,
    const struct str *id, ptrdiff_t n_items);

/* ---- rank_words.c ---- */

/* Adds a cell of `width` code points and two spaces: cut with an ellipsis, to
 * the left, or with a width below 0 to the right. */
void rank_cell(struct buf *, struct str, int width);

/* Adds text of the file and the end of the line, without spaces before it. */
void rank_line(struct buf *, struct str);

/* "3", "3-17" */
struct str rank_place(struct arena *, ptrdiff_t first, ptrdiff_t last);

/* Whole units for people: "12.345,50". */
struct str rank_money(struct arena *, enum lang, int64_t units, int64_t unit);
/* `x` with so many decimals, for people; "-" for NAN. */
struct str rank_decimal(struct arena *, enum lang, double x, int decimals);

/* JSON: exactly `units` / `unit` (a power of ten); the shortest that reads back
 * as `x`, null for NAN; `"name":` with a comma before it but for the first. */
void rank_json_units(struct buf *, int64_t units, int64_t unit);
void rank_json_double(struct buf *, double x);
void rank_json_key(struct buf *, const char *name);
/* The ids of `n` items. */
void rank_json_ids(
    struct buf *, const struct str *id, const ptrdiff_t *item, ptrdiff_t n);

/* Prints what was gathered; the exit status. */
int rank_print(struct rank *);

#endif
