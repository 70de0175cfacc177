/* SPDX-License-Identifier: MPL-2.0 */
#ifndef ENGINE_LEGACY_H
#define ENGINE_LEGACY_H

#include "engine/quota.h"
#include "engine/random.h"

/* legacy.h - the greedy draw that most assemblies have used.
 *
 * Member by member: the value that most needs people (still missing, of those
 * left), then anybody who has it; a full value's people leave.  It needs no
 * solver, but may end without a panel, and it starves people: nobody can say
 * their chances without drawing many times (doc/engine/draw.md).
 * Source: sortition-algorithms, select_legacy.  Tests: tests/solver/chances.c
 */
struct legacy;

struct legacy *legacy_new(struct arena *, const struct quota_pool *);

/* One attempt; x[n_classes] counts the members.  ERR_NOT_FOUND: it ended
 * without a panel; try again.  O(size * (values + classes)). */
enum err legacy_draw(struct legacy *, struct random *, int32_t *x) MUST_USE;

#endif
