/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SHELL_H
#define WEB_SHELL_H

#include "view_foot.h"
#include "view_head.h"
#include "web/req.h"

/* shell.h - what stands around every page: the head with navigation, the foot.
 *
 *	struct view_x v = {.head = shell_head(rq, title), .foot = shell_foot(rq)};
 */
struct view_head shell_head(struct req *, struct str title);

/* The same inside a network: `section` ("plan", ...) is marked in its
 * navigation. */
struct view_head shell_network_head(struct req *, struct str title,
    struct str network_name, const char *section);

struct view_foot shell_foot(struct req *);

#endif
