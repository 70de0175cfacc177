/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGE_DRAW_H
#define WEB_PAGE_DRAW_H

#include "jobs/sortition.h"
#include "view_chances.h"
#include "web/req.h"

/* page_draw.h - what the pages of draws share. */

/* "/netvaerk/N/lodtraekning/ID" + rest */
struct str draw_href(struct req *, struct id, const char *rest);

/* "12,5 %" */
struct str draw_percent(struct req *, double chance);

/* The chance of each; who took no part is told so, or left out. */
struct view_chances draw_chance_list(
    struct req *, const struct drawn *, bool all);

/* One more code, a space before it when it is not the first.  A list of them
 * ends at DRAW_CODES_BYTES. */
enum { DRAW_CODES_BYTES = 64 * 1024 };
void draw_add_code(struct buf *, struct str code);

/* "drawn", of a state as stored. */
struct str draw_state_name(struct req *, struct str state);

#endif
