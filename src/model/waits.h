/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_WAITS_H
#define MODEL_WAITS_H

#include "model/plan.h"

/* waits.h - what waits for the leader in the work of a network.
 *
 * What people ask about their data (rights.h), people who wrote and were not
 * answered, people who ask about an answer (these for CAP_PEOPLE alone), ethics
 * checks that went stale before the activity was held, decisions without a
 * reason or with answers owed, and a skewed circle (R8, in who->lang).  Eight
 * queries, and one a decision that waits, however many activities and voices
 * there are.  Tests: tests/model/waits.c
 */
enum err waits_list(struct db *, struct arena *, const struct actor *,
    const struct plan *, struct steps *) MUST_USE;

#endif
