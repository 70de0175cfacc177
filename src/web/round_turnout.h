/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_ROUND_TURNOUT_H
#define WEB_ROUND_TURNOUT_H

#include "model/plan.h"
#include "web/round_view.h"

/* round_turnout.h - who could vote, who did, and who is missing, as part of a
 * result.  Target groups under k are hidden, with what would give them away
 * (engine/suppress.h). */
enum err turnout_view(struct req *, const struct actor *, const struct round *,
    int64_t k, struct view_result *) MUST_USE;

#endif
