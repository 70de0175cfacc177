/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include "model/actor.h"

/* audit.h - an append-only chain of what was done, one a network and one for
 * the organisation itself (the chain whose id is the organisation's).
 *
 * A row holds who, what and which id, never content, so that a person can be
 * erased and the chain still holds.  Each row's hash covers the one before it:
 * BLAKE2b-256(previous hash, org, chain, seq, at_us, account, action, object).
 * The head is one row, moved with WHERE seq = $old; of two writers
 * at once one is ERR_UNAVAIL (or run again by its lane).
 * Tests: tests/model/audit.c
 */

/* Adds a row to the chain of `who`'s network, or of the organisation when
 * they are in none. */
enum err audit_add(struct db *, struct arena *, const struct actor *,
    struct str action, struct id object) MUST_USE;

/* The same with its own time and account: of a chain that was another's.  Its
 * seq is not read: it is the next one. */
struct audit_entry {
	int64_t seq, at_us;
	struct id account, object;
	struct str action;
};
enum err audit_append(struct db *, struct arena *, const struct actor *,
    const struct audit_entry *) MUST_USE;

/* How many rows the chain has; its version, as it grows with every write. */
enum err audit_seq(struct db *, struct arena *, struct id org, struct id chain,
    int64_t *seq) MUST_USE;

struct audit_head {
	struct id org, chain;
	int64_t seq;
	struct str hash_hex;
};

/* One finding of audit_verify(): which row of which chain, and what is wrong
 * (an English sentence for an operator). */
struct audit_fault {
	struct id chain;
	int64_t seq;
	const char *what;
};

struct audit_report {
	struct audit_head *heads;
	ptrdiff_t n_heads;
	struct audit_fault *faults;
	ptrdiff_t n_faults;
	int64_t rows;
};

/* Adds a finding; of more than 1,000 the rest is left out. */
void audit_add_fault(
    struct audit_report *, struct id chain, int64_t seq, const char *what);

/* Follows the chain of one network.  *whole: nobody meddled with it; a network
 * without a chain is none. */
enum err audit_verify_one(struct db *, struct arena *,
    const struct actor *inside, bool *whole) MUST_USE;

/* Follows every chain of every organisation.  Also compares with `known`
 * heads (exported earlier), so that a cut tail is seen.  At most 1,000 faults
 * are listed.  Linear in the number of rows, read 1,000 at a time. */
enum err audit_verify(struct db *, struct arena *,
    const struct audit_head *known, ptrdiff_t n_known,
    struct audit_report *out) MUST_USE;

#endif
