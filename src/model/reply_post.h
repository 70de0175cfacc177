/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_REPLY_POST_H
#define MODEL_REPLY_POST_H

#include "model/letters.h"
#include "model/outbox.h"
#include "model/reply.h"

/* reply_post.h - answers by mail, letter, Digital Post and text message.
 *
 * Each opens the person's page with a code of its own.  A mail and a text
 * message have the link and not a word of the answer, as they may be read by
 * others; a mail counts as sent when it is in the outbox.  The others are kept
 * for a day to be printed, posted and texted (model/letters.h) and count as
 * sent when somebody says that they are.
 * Tests: tests/web/decisions.c
 */
enum reply_way {
	REPLY_LETTERS,
	REPLY_MAIL,
	REPLY_OWN, /* each as they asked for; calls and visits are left out */
};
struct reply_post {
	const struct trace *trace; /* of the decision */
	struct ids people;
	enum reply_way way;
	struct mail mail; /* body with %1 for the address of the page */
	struct str page; /* "https://x.dk/c/" */
	struct str short_code; /* the organisation's */
};

struct reply_posted {
	ptrdiff_t mailed;
	ptrdiff_t left_out; /* no address, stopped, answered, or not ready */
	struct id batch; /* of letters; not set: there are none */
};

/* Logs whose contact details are used.  Needs CAP_VAULT and CAP_ASK.
 * ERR_INVALID: nobody, more than LETTERS_MOST (REPLY_OWN: POST_MOST, as each
 * is drawn alone), or mail where none can go.
 * ERR_CONFLICT: no reason is given yet. */
enum err reply_post(struct db *, struct arena *, const struct actor *,
    const struct reply_post *, struct reply_posted *) MUST_USE;

#endif
