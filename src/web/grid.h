/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_GRID_H
#define WEB_GRID_H

#include "view_grid.h"
#include "web/edit.h"

/* grid.h - the role grid: phase x actor or target group (S14-S18). */
struct view_grid grid_view(
    struct req *, const struct plan *, const struct edit *);

/* A cell's role in words: from the catalogue, or one's own. */
struct str grid_role(struct req *, const struct record *cell);

#endif
