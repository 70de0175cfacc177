/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PUBLIC_VIEW_H
#define WEB_PUBLIC_VIEW_H

#include "model/public_page.h"
#include "view_public_body.h"
#include "web/req.h"

/* public_view.h - the page of a network that anybody may read, as it is shown
 * to them and to whoever opens it.  Tests: tests/web/public_page.c */
/* Of the network that `who` is in, which may be the program. */
enum err public_body(struct req *, const struct actor *who,
    const struct public_page *, struct view_public_body *) MUST_USE;

/* A page that is closed is as one that never was: ERR_NOT_FOUND. */
enum err public_enter(struct req *, struct actor *in, struct record *network,
    struct public_page *) MUST_USE;

/* "https://.../om/NETWORK" + rest. */
struct str public_address(struct req *, struct id network, const char *rest);

#endif
