/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_TALK_H
#define WEB_TALK_H

#include "model/dialogue.h"
#include "view_head.h"
#include "web/visit.h"

/* talk.h - somebody at a dialogue, through one of its doors: a code
 * (/c/CODE/dialog/ID) or the open address (/dialog/ID).
 *
 * Who comes by the open address is known by a cookie that their first answer
 * sets and that says nothing but which device it is; it names another voter in
 * each dialogue.  Until then the page's forms carry a mark, so that an answer
 * that is sent twice is one device's.
 * Tests: tests/web/talk.c
 */
struct talk {
	struct actor in; /* the program, inside the network */
	struct record dialogue;
	struct voter voter;
	struct str path; /* "/dialog/ID", "/c/CODE/dialog/ID" */
	struct id mark; /* of a page for a device that has no cookie yet */
	bool open; /* it can be answered now */
	bool by_code, needs_guardian;
	struct visit visit; /* by_code */
};

/* Finds the dialogue and the voter.  A POST (`begins`) by the open address
 * makes a device known.  ERR_NOT_FOUND also for a draft and for a door that is
 * shut; ERR_LIMITED: too many new devices from one address. */
enum err talk_enter(struct req *, bool begins, struct talk *) MUST_USE;

/* The value of the cookie that stands for a device: its token, and what shows
 * that we made it. */
struct str talk_device(
    struct arena *, const struct actor *program, struct str token);

/* The path + rest, with the language. */
struct str talk_href(struct req *, const struct talk *, const char *rest);

struct view_head talk_head(struct req *, const struct talk *, struct str title);

/* "https://host/dialog/ID": what stands behind the QR code. */
struct str talk_address(struct req *, struct id dialogue);

#endif
