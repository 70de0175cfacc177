/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGE_DRAW_H
#define WEB_PAGE_DRAW_H

#include "web/req.h"

/* page_draw.h - what the pages of draws share. */

/* "/netvaerk/N/lodtraekning/ID" + rest */
struct str draw_href(struct req *, struct id, const char *rest);

/* "12,5 %" */
struct str draw_percent(struct req *, double chance);

/* "drawn", of a state as stored. */
struct str draw_state_name(struct req *, struct str state);

#endif
