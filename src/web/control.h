/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_CONTROL_H
#define WEB_CONTROL_H

#include "web/site.h"

/* control.h - what a command may ask the running server on DIR/control.sock:
 *
 *	link MAIL	ok URL, or: error WORD
 *	person ORG NETWORK PERSON REASON
 *			ok: it is noted that everything about them is fetched
 *	network ORG NETWORK REASON
 *			ok: it is noted that all of the network is taken out
 *
 * Writes go through the lane like everyone's. */
struct str control_answer(void *site, struct arena *, struct str question);

#endif
