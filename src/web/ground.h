/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_GROUND_H
#define WEB_GROUND_H

#include "report/room.h"
#include "view_ground.h"
#include "web/req.h"

/* ground.h - what a dialogue shows so far, on the pages of those who answer,
 * of the network, and on the wall.  What may be shown was decided in the room.
 * Memory is the request's.  Tests: tests/web/talk.c
 */

/* `map_src`: where the picture of the map is.  `focus`: links that propose
 * what all meet in as the network's common focus. */
struct view_ground ground_view(
    struct req *, const struct room *, struct str map_src, bool focus);

/* The picture. */
enum err ground_svg(struct req *, const struct room *) MUST_USE;

/* Statements that every group meets in, at most `max`, those for it first; with
 * how many of all agree or disagree. */
struct ground_shared {
	struct str words, how;
	bool agree;
	int64_t number;
};
ptrdiff_t ground_shared(
    struct req *, const struct room *, struct ground_shared *, ptrdiff_t max);

#endif
