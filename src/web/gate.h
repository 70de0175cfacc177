/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_GATE_H
#define WEB_GATE_H

#include "model/activity.h"
#include "view_gate.h"
#include "web/req.h"

/* gate.h - what is in the way of a step as a view: each reason with its way
 * out, and for R1 the form that lets it pass. */

/* Of an activity's next step. */
struct view_gate gate_view(struct req *, const struct plan *,
    const struct activity *, const struct gate *);

/* Of rules alone, about the record `object`; `passed` may be NULL. */
struct view_gate gate_of_rules(struct req *, const struct plan *,
    const struct rules *, struct id object, const struct override *passed);

/* What fires without holding anything back: it is only to be looked at. */
struct view_gate gate_notes(struct req *, const struct rules *);

#endif
