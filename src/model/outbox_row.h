/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_OUTBOX_ROW_H
#define MODEL_OUTBOX_ROW_H

#include "model/outbox.h"

/* outbox_row.h - what outbox.c and outbox_list.c share.  Nobody else includes
 * it. */

/* What a sealed column is bound to, so that no box can stand in for another. */
struct str outbox_context(
    struct arena *, const struct actor *, struct id, struct str what);

/* Finds the mail to an address without unsealing any. */
struct hash outbox_hash(struct arena *, const struct actor *, struct str);

#endif
