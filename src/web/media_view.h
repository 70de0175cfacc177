/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_MEDIA_VIEW_H
#define WEB_MEDIA_VIEW_H

#include "view_media.h"
#include "web/req.h"

/* media_view.h - the pictures, sound and papers of a contribution, where its
 * page shows them.  Needs CAP_PEOPLE.  Tests: tests/web/media.c */
enum err media_view(
    struct req *, struct id contribution, struct view_media *) MUST_USE;

#endif
