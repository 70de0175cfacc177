/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DEMO_CITIZEN_H
#define MODEL_DEMO_CITIZEN_H

#include "model/actor.h"

/* demo_citizen.h - the worked example's citizen: an activity with its ethics
 * check, an invitation, and Karen, whom a letter reaches.
 * Tests: tests/model/demo.c */

/* By the leader inside the network, now.  *token is what stands in Karen's
 * letter (model/code.h). */
enum err demo_citizen(struct db *, struct arena *, const struct actor *leader,
    struct str *token) MUST_USE;

#endif
