/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_REVISION_H
#define MODEL_REVISION_H

#include "model/record.h"

/* revision.h - every state that a record ever had.  Used by record.c; pages
 * call record_history() and record_recent() (record.h). */

/* Keeps the state `r` of revision r->rev. */
enum err revision_add(struct db *, struct arena *, const struct actor *,
    const struct record *r, bool removed) MUST_USE;

/* The state that `of` was made from: its id and revision. */
enum err revision_get(struct db *, struct arena *, const struct actor *,
    const struct record *of, struct record *out) MUST_USE;

/* ERR_CONFLICT when a living record refers to this one. */
enum err revision_in_use(struct db *, struct arena *, const struct actor *,
    enum record_kind, struct id) MUST_USE;

#endif
