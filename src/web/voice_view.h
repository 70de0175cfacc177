/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_VOICE_VIEW_H
#define WEB_VOICE_VIEW_H

#include "model/contribution.h"
#include "model/plan.h"
#include "view_head.h"
#include "web/input.h"

/* voice_view.h - what the pages about what people said share. */

/* "/netvaerk/N/stemmer/ID" + rest. */
struct str voice_href(struct req *, struct id, const char *rest);

struct view_head voice_head(
    struct req *, const struct plan *, struct str title);

/* "K-1842 Karen, on 3 November": no more of who than may be shown. */
struct str voice_who(struct req *, const struct contribution *);
struct str voice_scope(struct req *, int64_t scope);

/* Back to the page of one after a form, or the page with what is in the way:
 * `invalid` for ERR_INVALID, a sentence of its own for ERR_CONFLICT. */
enum err voice_done(
    struct req *, struct id, enum err, const char *invalid) MUST_USE;

/* The page of one, with what a form of its media has in it. */
enum err voice_show(struct req *, struct id, int status) MUST_USE;

/* It may be put together with others, and divided. */
bool voice_is_ready(const struct contribution *);

/* The records of a kind to choose from. */
struct view_input_options_array voice_options(
    struct req *, const struct plan *, enum record_kind);

#endif
