/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_VISITORS_H
#define WEB_VISITORS_H

#include "web/cache.h"

/* visitors.h - who is asking, and what they may in the network they look at.
 *
 * Every page asks the same two things of the database first.  The answers are
 * kept as pages are (web/cache.h): under a stamp from before they were read, so
 * that what signs somebody out or takes a role away holds from the moment it is
 * acknowledged; and no longer than until the session's use is noted again.
 *
 * At most VISITORS_KEPT; a new one takes the place of another with the same
 * hash.  Threads: any.  Tests: tests/web/visitors.c
 */
enum { VISITORS_KEPT = 1024 };

struct visitor {
	struct session session;
	struct actor who; /* inside the stamp's network, when it has one */
};

struct visitors;
struct visitors *visitors_new(struct arena *process);

/* False: nothing is known that still holds. */
bool visitors_find(struct visitors *, struct hash token,
    const struct cache_stamp *, int64_t now_us, struct visitor *);

/* Until stamp->until_us. */
void visitors_keep(
    struct visitors *, const struct cache_stamp *, const struct visitor *);

#endif
