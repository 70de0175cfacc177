/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_MEDIA_VIEW_H
#define WEB_MEDIA_VIEW_H

#include "model/media.h"
#include "view_media.h"
#include "web/req.h"

/* media_view.h - the pictures, sound and papers of a contribution, where its
 * page shows them: all of them to those who tend them, to others what may be
 * shown.  Tests: tests/web/media.c */
enum err media_view(
    struct req *, struct id contribution, struct view_media *) MUST_USE;

/* One player; `base` is the address that /fil stands behind.  `words`: with the
 * transcript beside it. */
struct view_player_array media_player(
    struct req *, const struct media *, struct str base, bool words);

/* A side as the small copy has it. */
int64_t media_small(int64_t side, int64_t other);

#endif
