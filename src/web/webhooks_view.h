/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_WEBHOOKS_VIEW_H
#define WEB_WEBHOOKS_VIEW_H

#include "view_tokens.h"
#include "web/req.h"

/* webhooks_view.h - the part about calls on the page of programs.
 * Tests: tests/web/webhooks.c */
struct webhook_form {
	struct str url; /* as it was typed */
	const char *fault; /* msgid or NULL */
	struct str secret; /* of one that was made now */
};

/* The page of programs, with a form about calls that comes back. */
enum err tokens_page(struct req *, const struct webhook_form *) MUST_USE;

enum err webhooks_fill(
    struct req *, const struct webhook_form *, struct view_tokens *) MUST_USE;

#endif
