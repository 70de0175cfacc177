/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_SEEN_H
#define WEB_SEEN_H

#include "web/req.h"

/* seen.h - when a session was last used, for the end that idleness makes.
 *
 * A record of the framework's own: it goes through the organisation's lane
 * after the page, and losing the last minute of it is allowed.
 * Tests: tests/web/rights.c
 */

/* Notes that the request's session is in use, at most once SESSION_SEEN_US.
 * Nothing in page tests: they have no lanes. */
void seen_note(const struct req *);

/* Notes that a citizen's page was opened with this code. */
void seen_code(const struct req *, struct hash code);

#endif
