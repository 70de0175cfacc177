/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SHIFT_PARTS_H
#define MODEL_SHIFT_PARTS_H

#include "model/shift.h"

/* shift_parts.h - what the files of model/shift.h share. */

/* Counts up a shift's seq, which locks its row, and reads it after that. */
enum err shift_lock(struct db *, struct arena *, const struct actor *,
    struct id, struct shift *) MUST_USE;
/* Notes at `seq` what was done; `person` may be not set. */
enum err shift_event_add(struct db *, const struct actor *, struct shift_of,
    int64_t seq, struct str what) MUST_USE;
/* Those who wait move up to the places that are free. */
enum err shift_fill(struct db *, struct arena *, const struct actor *,
    struct id shift) MUST_USE;
/* Puts a person into that state: one row a person. */
enum err shift_put(struct db *, const struct actor *, struct shift_of,
    struct str state, int64_t line) MUST_USE;

#endif
