/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_HANDOVER_H
#define WEB_HANDOVER_H

#include "model/plan.h"
#include "report/doc.h"
#include "web/req.h"

/* handover.h - what whoever carries an idea on needs to know of it: the delivery
 * at the move to a test (CF-leverance).  In the report of a network and as a
 * file of its own.  Tests: tests/web/report.c */

/* Chosen and carried on, or tried and left, with a title of the network's.  What
 * a citizen gave has none, and what is hidden from citizens is told nowhere. */
bool handover_has(const struct record *idea);

/* Its fields as pairs: not how it was weighed and shown on the board, which is
 * the network's own affair. */
void handover_add(
    struct req *, struct doc *, const struct plan *, const struct record *idea);

#endif
