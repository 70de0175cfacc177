/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_ORDINAL_H
#define ENGINE_ORDINAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/* ordinal.h - ballots that put items in order: Borda and Schulze.
 *
 * A ballot may place items level with each other; items that it leaves out are
 * level with each other behind all that it names.
 *
 * Borda: an item gets a point for each item that stands behind it on a ballot
 * and half a point for each level with it.  Schulze: i is better than j when
 * the strongest path of majorities from i to j is stronger than the one back;
 * a majority is as strong as the ballots that make it ("winning votes").  An
 * item that beats every other one by one comes first; Borda does not promise
 * that.  Schulze's order may leave items level: they share a place.
 *
 * Nothing is kept between calls.  Formulas: doc/engine/rank.md.
 * Tests: tests/engine/ordinal.c
 */

/* Paths between all pairs: 1,000 items take about a second. */
enum { ORDINAL_ITEMS = 1000 };

/* Ballot v names item[first[v]] up to item[first[v + 1] - 1], the best first;
 * level[] in the same places rises where a new place begins, NULL: each is a
 * place of its own. */
struct ordinal {
	ptrdiff_t n_items, n_ballots;
	const ptrdiff_t *first; /* [n_ballots + 1] */
	const int32_t *item, *level;
};

/* ERR_INVALID: an index out of range, an item twice on a ballot, or levels
 * that fall.  O(n). */
enum err ordinal_check(struct arena *, const struct ordinal *) MUST_USE;

/* Twice the Borda points of each item, so that halves are whole, [n_items].
 * The sum over a ballot is n (n - 1).  O(entries + ballots). */
enum err ordinal_borda(
    struct arena *, const struct ordinal *, int64_t *twice) MUST_USE;

/* How many items Schulze's order puts before each, [n_items]: 0 is a winner,
 * equal numbers share a place when neither is better.
 * ERR_TOO_LARGE: more than ORDINAL_ITEMS.  O(ballots entries + n^3) time,
 * 8 n^2 bytes.
 * Source: Schulze (2011), "A new monotonic, clone-independent, reversal
 * symmetric, and Condorcet-consistent single-winner election method". */
enum err ordinal_schulze(
    struct arena *, const struct ordinal *, int64_t *ahead) MUST_USE;

#endif
