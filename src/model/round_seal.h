/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ROUND_SEAL_H
#define MODEL_ROUND_SEAL_H

#include "model/audit.h"
#include "model/round.h"

/* round_seal.h - one hash of a closed round's ballots and options, in the audit
 * chain, so that a ballot that is changed, added or taken away in the database
 * afterwards is found.  Tests: tests/model/round_seal.c
 */

/* Writes it.  For round_close(). */
enum err round_seal(struct db *, struct arena *, const struct actor *,
    const struct round *) MUST_USE;

/* Compares every closed round of every organisation with its seal; what is
 * wrong is added to the report of audit_verify(). */
enum err round_verify(
    struct db *, struct arena *, struct audit_report *) MUST_USE;

#endif
