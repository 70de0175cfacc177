/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_LINE_H
#define WEB_LINE_H

#include "model/record.h"
#include "view_line.h"
#include "web/req.h"

/* line.h - the stages that something goes through, with the one it is in.
 * Memory is the request's.  Tests: tests/web/trials.c, tests/web/decisions.c */

/* `stages` is ended by {0}; `now` is the place of one in it. */
struct view_line line_view(struct req *, const struct choice *stages, int now);

#endif
