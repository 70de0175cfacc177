/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CLI_RANK_CSV_H
#define CLI_RANK_CSV_H

#include "cli/pb_in.h"
#include "engine/ordinal.h"
#include "engine/pairwise.h"

/* rank_csv.h - reads choices between two, and ballots in order, from CSV.
 *
 * Which it is the headings say, in any order and with others between them:
 *   winner, loser and perhaps voter      a row is a choice
 *   Winner ID, Loser ID                  the same as All Our Ideas writes it;
 *     with Winner Text, Loser Text, Session ID, and Valid (false: left out)
 *   voter, item, rank                    a row is a place on a ballot, 1 the
 *     best; equal ranks are level, what is not named comes last
 * Tests: tests/cli/rank_csv.c, tests/fuzz/rank_csv.c
 */
struct rank_csv {
	bool ordinal; /* or pairwise */
	ptrdiff_t n_items;
	struct str *id; /* [n_items] as they came */
	struct str *label; /* [n_items] what it says; empty: nothing */
	struct pairwise pairs;
	struct ordinal ballots;
	int64_t left_out; /* choices that are not valid */

	/* Who made each choice or ballot: [n_votes] or [n_ballots]. */
	int32_t *voter; /* NULL: the file does not say */
	ptrdiff_t n_voters;
	int32_t *group; /* the column that was asked for, or NULL */
	struct str *group_name; /* [n_groups] */
	ptrdiff_t n_groups;
};

/* As pb_read. */
bool rank_csv_read(struct arena *, struct str text, struct str by,
    struct rank_csv *out, struct pb_fault *fault) MUST_USE;

#endif
