/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PERSON_VIEW_H
#define WEB_PERSON_VIEW_H

#include "model/person.h"
#include "model/plan.h"
#include "view_head.h"
#include "web/input.h"

/* person_view.h - what the pages about the people a network asks share. */

/* "/netvaerk/N/personer/ID" + rest. */
struct str person_href(struct req *, struct id, const char *rest);

/* The top of such a page, under "People". */
struct view_head person_head(
    struct req *, const struct plan *, struct str title);

/* What a key means, in the reader's language; the key when it is none. */
struct str person_choice(struct req *, const struct choice *, struct str key);
struct str person_group_name(
    struct req *, const struct plan *, const struct person *);

/* What somebody may be to the network (catalogue/actor_kinds.json). */
struct view_input_options_array person_kind_options(struct req *);

#endif
