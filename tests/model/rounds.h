/* SPDX-License-Identifier: MPL-2.0 */
#ifndef TESTS_MODEL_ROUNDS_H
#define TESTS_MODEL_ROUNDS_H

#include "model/ballot.h"
#include "model/tally.h"
#include "tests/model/fixture.h"

/* rounds.h - a round in the world's network, to vote in. */

/* A draft with these options, "title; price" a line each. */
struct round rounds_draft(
    struct world *, enum round_method, const char *options);
/* The same, open. */
struct round rounds_open(
    struct world *, enum round_method, const char *options);
/* As it is now. */
struct round rounds_now(struct world *, const struct round *);

/* Voter number `i` of a side, who is in no other table. */
struct elector rounds_voter(
    struct world *, const struct round *, enum round_side, int i);
/* Casts "1:1 3:1" as that one. */
enum err rounds_cast(
    struct world *, const struct elector *, const char *choices);

#endif
