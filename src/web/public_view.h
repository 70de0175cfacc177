/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PUBLIC_VIEW_H
#define WEB_PUBLIC_VIEW_H

#include "model/public_page.h"
#include "view_public_body.h"
#include "web/req.h"

/* public_view.h - the page of a network that anybody may read, as it is shown
 * to them and to whoever opens it.  Tests: tests/web/public_page.c */
struct public_look {
	struct public_page page;
	struct record network;
	struct public_decisions decisions;
};

/* Of the network that `who` is in, which may be the program.
 * ERR_NOT_FOUND: there is none. */
enum err public_look(
    struct req *, const struct actor *who, struct public_look *) MUST_USE;
enum err public_body(struct req *, const struct actor *who,
    const struct public_look *, struct view_public_body *) MUST_USE;

/* "https://.../om/NETWORK" + rest. */
struct str public_address(struct req *, struct id network, const char *rest);

#endif
