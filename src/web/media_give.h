/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_MEDIA_GIVE_H
#define WEB_MEDIA_GIVE_H

#include "model/media.h"
#include "web/req.h"

/* media_give.h - the bytes of a piece of media as an answer, in parts when
 * asked for (RFC 9110, 14).  Whether it may be given out is the caller's to
 * know, anew each time: what was taken back is 404 at the next part.
 * Tests: tests/web/media.c */
enum err media_give(struct req *, const struct media *, const struct actor *,
    bool thumb) MUST_USE;

/* The captions of its transcript; ERR_NOT_FOUND: it has no times. */
enum err media_give_captions(struct req *, const struct media *) MUST_USE;

#endif
