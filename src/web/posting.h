/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_POSTING_H
#define WEB_POSTING_H

#include "model/letters.h"
#include "report/letter.h"
#include "web/req.h"

/* posting.h - a batch of letters with a code each, as files: a PDF to print, a
 * ZIP for Digital Post, a table of text messages, or all three for a batch in
 * which each is reached in their own way.  Memory is the request's.
 * Tests: tests/web/invite.c, tests/web/decisions.c */
struct posted {
	struct letter letter;
	struct str phone, channel; /* letter, digital_post, sms */
};
struct posting {
	struct letters all;
	struct str format; /* own, post, sms; any other is letters */
	struct str sms; /* what a text message says; "" the heading */
	const char *name; /* of the files: "breve" */
	struct posted *list; /* room for LETTERS_MOST */
	ptrdiff_t n;
};

/* Sender, language and what is on the back, as the plan has them; heading, help
 * and format are the caller's. */
enum err posting_begin(struct req *, enum lang, struct posting *) MUST_USE;

/* One more.  A protected address is on no paper: that letter is handed over. */
enum err posting_add(struct req *, struct posting *, const struct letter_code *,
    struct str text) MUST_USE;

/* The file; the request's answer. */
enum err posting_answer(struct req *, const struct posting *) MUST_USE;

#endif
