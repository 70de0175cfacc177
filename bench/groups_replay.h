/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BENCH_GROUPS_REPLAY_H
#define BENCH_GROUPS_REPLAY_H

#include "model/votes_in.h"

/* groups_replay.h - a conversation as it grew, in 16 steps of as many votes.
 *
 * Each step is computed cold, without the last one: neighbouring results are
 * compared by the adjusted Rand index over the people who are in a group in
 * both.  Used by the bench and by tests/cli/replay.c, which holds it to a
 * floor. */
enum { REPLAY_STEPS = 16 };

struct replay {
	double mean, least; /* over the neighbours that both have groups */
	double leaning; /* the mean with everybody in their likeliest group */
	int pairs, without; /* without: steps with no clear groups */
	double placed; /* share of those in the conversation, last step */
};

/* `votes` and `statements` are the text of files that votes_read() and
 * statements_read() take.  False: they do not. */
bool replay_run(struct arena *, struct str votes, struct str statements,
    bool polis, struct replay *out);

#endif
