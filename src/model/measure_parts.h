/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_MEASURE_PARTS_H
#define MODEL_MEASURE_PARTS_H

#include "model/measure.h"

/* measure_parts.h - what the files of measure.h share. */

/* Small letters, without spaces and dashes. */
struct str measure_code_normal(struct arena *, struct str typed);
/* "K-01842": 1842. */
bool measure_code_number(struct arena *, struct str code, int64_t *number);

/* The hash of a person in one measurement. */
struct hash measure_person_key(
    struct arena *, const struct actor *, struct id measure, struct id person);

/* That they were reminded is forgotten. */
enum err measure_reminder_drop(struct db *, const struct actor *,
    struct id measure, struct hash key) MUST_USE;

/* Writes the reply, checked before, without a line in the chain. */
enum err measure_reply_keep(struct db *, struct arena *, const struct actor *,
    const struct respondent *, const struct measure_reply *) MUST_USE;

#endif
