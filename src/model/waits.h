/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_WAITS_H
#define MODEL_WAITS_H

#include "model/plan.h"

/* waits.h - what waits for the leader in the activities of a network.
 *
 * People who wrote and were not answered (for CAP_PEOPLE alone), and ethics
 * checks that went stale before the activity was held.  Two queries, however
 * many activities there are.  Tests: tests/model/waits.c
 */
enum err waits_list(struct db *, struct arena *, const struct actor *,
    const struct plan *, struct steps *) MUST_USE;

#endif
