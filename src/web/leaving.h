/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_LEAVING_H
#define WEB_LEAVING_H

#include "model/recall.h"
#include "web/req.h"

/* leaving.h - a file of a SLOW lane that holds some people's words: whose is
 * noted before it leaves, so that they are called back when they are taken
 * back (model/recall.h).  Tests: tests/web/stories.c, tests/web/decisions.c */
void leaving_note(struct req *, enum scope readers, struct str format,
    const struct ids *held);

/* "a story", "a brief", "csv" ...: what kind of file it was. */
struct str leaving_format(struct req *, struct str format);

#endif
