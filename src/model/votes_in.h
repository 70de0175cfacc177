/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_VOTES_IN_H
#define MODEL_VOTES_IN_H

#include "base/csvread.h"
#include "base/names.h"
#include "engine/votes.h"

/* votes_in.h - reads votes, and what they were about, from CSV.
 *
 * Four kinds of file, told apart by their header:
 *	participant,statement,vote             ours: a later line wins
 *	..comment-id,voter-id,vote             Polis, votes.csv; with a column
 *	                                       timestamp the later time wins
 *	participant[,xid],group-id,..,0,1,2..  Polis, participants-votes.csv
 *	                                       and participant-votes.csv
 * A vote is 1 (agree), 0 (pass) or -1 (disagree); an empty cell of a matrix is
 * a statement that was not seen.  Who never voted, and what nobody voted on, is
 * passed over.
 *
 * Text stays where it is and must live on.  A fault stands in the reader: its
 * line, column and what was expected.  Tests: tests/model/votes_in.c,
 * tests/fuzz/votes.c
 */
struct votes_in {
	struct names person, statement; /* in the order of the first vote */
	struct ballots ballots; /* the earliest first */
	int64_t *time; /* [ballots.n], or NULL */
	bool in_order; /* by time */
};
bool votes_read(struct arena *, struct str text, struct votes_in *,
    struct csv_reader *) MUST_USE;

/* The earliest first, those of one time as they came. */
void votes_by_time(struct arena *, struct votes_in *);

/* People and statements in an order of their own, and the matrix. */
struct votes_table {
	struct votes votes;
	struct str *person, *statement; /* ids, as rows and columns */
};
/* Sorted by id: the same table whatever the order of the rows. */
struct votes_table votes_sorted(struct arena *, struct votes_in *);
/* People in the order of their first vote, as Polis has them. */
struct votes_table votes_as_polis(struct arena *, struct votes_in *);

/* What is known of each statement of a table: comments.csv of Polis
 * (comment-id, moderated, is-meta, comment-body), or our own (statement,
 * moderated, is_meta, text); only the id is needed.  Others are passed over. */
struct statements_in {
	struct str *text; /* [statements], "" where there is none */
	bool *rejected, *meta; /* [statements] */
};
bool statements_read(struct arena *, struct str text,
    const struct votes_table *, struct statements_in *,
    struct csv_reader *) MUST_USE;

/* participant,group as `samskab groups --members` writes it: the letter of each
 * person of the table as a number (A is 0), -1 for who has none. */
bool members_read(struct arena *, struct str text, const struct votes_table *,
    int32_t **out, struct csv_reader *) MUST_USE;

#endif
