/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_PAIRS_IN_H
#define MODEL_PAIRS_IN_H

#include "base/csvread.h"
#include "model/round.h"

/* pairs_in.h - reads choices between two as All Our Ideas writes its votes,
 * and as report/ranking.h writes ours.
 *
 * A row is a choice: Session ID, Winner ID, Winner Text, Loser ID, Loser Text,
 * and perhaps Valid (what is not is counted and left out) and Session
 * Identifier (a side of ours; else all are citizens).  A session is a ballot:
 * of the same two in it the last row counts, as it does here.  Options are in
 * the order of their ids.  When a choice was made is not read.
 *
 * Text stays where it is and must live on.  A fault stands in the reader.
 * Tests: tests/model/round_import.c, tests/fuzz/pairs_in.c
 */
struct pair_in {
	int32_t session; /* from 0 */
	int32_t low, high; /* places of options, low < high */
	int32_t which; /* 1 the lower was chosen, 2 the higher */
};

struct pairs_in {
	struct str *title; /* [options] */
	ptrdiff_t options;
	enum round_side *side; /* [sessions] */
	ptrdiff_t sessions;
	struct pair_in
	    *list; /* by session, then low and high; each pair once */
	ptrdiff_t n;
	ptrdiff_t left_out; /* not valid there */
	ptrdiff_t again; /* the same two in the same session, before the last */
};

bool pairs_read(struct arena *, struct str text, struct pairs_in *,
    struct csv_reader *) MUST_USE;

#endif
