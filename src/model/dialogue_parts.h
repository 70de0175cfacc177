/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DIALOGUE_PARTS_H
#define MODEL_DIALOGUE_PARTS_H

#include "model/dialogue.h"

/* dialogue_parts.h - what dialogue.c, voter.c and voter_words.c share. */

/* Adds a statement as it is, with the next number; the same `once` is one. */
enum err statement_put(struct db *, struct arena *, const struct actor *,
    struct id dialogue, const struct statement *) MUST_USE;

/* Gives the voter a number when there is none yet. */
enum err voter_make(
    struct db *, struct arena *, const struct actor *, struct voter *) MUST_USE;

/* Adds a vote without asking whether it may be given; the same again is
 * none. */
enum err vote_put(struct db *, struct arena *, const struct actor *,
    const struct voter *, struct vote) MUST_USE;

/* ERR_DENIED unless it is open. */
enum err dialogue_open(struct db *, struct arena *, const struct actor *,
    struct id, struct record *) MUST_USE;

#endif
