/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_DOSSIER_FIND_H
#define MODEL_DOSSIER_FIND_H

#include "model/datamap.h"

/* dossier_find.h - the rows of one table about one person; for dossier.c.
 *
 * The columns are the table's `shown`, `named`, `times` and `staff`, in that
 * order. */
struct dossier_aim {
	struct id person;
	ptrdiff_t table; /* its place in datamap() */
};
enum err dossier_find(struct db *, struct arena *, const struct actor *,
    const struct dossier_aim *, struct db_rows *) MUST_USE;

#endif
