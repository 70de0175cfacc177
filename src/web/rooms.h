/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_ROOMS_H
#define WEB_ROOMS_H

#include "report/room.h"
#include "web/req.h"

/* rooms.h - the dialogues that are looked at just now, as they stand.
 *
 * A room (report/room.h) is kept as long as somebody looks, and made anew when
 * votes or statements came: by a thread of its own, which then tells whoever
 * watches, or by a page that must not show an old one.  Making rests at least
 * twice as long as it took, so that votes have the processor.  Nothing
 * here is the truth: every process makes its own from the database.
 *
 * At most ROOMS_KEPT; the one that was looked at longest ago goes.  Threads:
 * any.  Tests: tests/web/rooms.c, tests/web/talk.c
 */
enum { ROOMS_KEPT = 32 };

struct rooms;

/* Starts the thread; `reader` is its read-only connection. */
enum err rooms_start(
    struct arena *process, struct site *, int reader, struct rooms **) MUST_USE;
void rooms_stop(struct rooms *); /* NULL is ok */

/* The dialogue as it stands, good as long as rq->arena.  `in`: inside its
 * network.  With `wait` its words and people are those of now, and its votes at
 * most a second old, or twice what making takes; else whatever is kept, NULL
 * when nothing is yet.  Without rooms (page tests) it is made for this
 * request. */
struct room_wish {
	struct id dialogue;
	bool wait;
};
enum err rooms_get(struct req *, const struct actor *in,
    const struct room_wish *, const struct room **) MUST_USE;

/* Somebody looks, or answers: for a minute the thread makes it anew when
 * something came. */
void rooms_look(const struct req *, const struct actor *in, struct id dialogue);

/* Where http_publish() tells of a new one. */
struct str rooms_topic(struct arena *, struct id dialogue);

#endif
