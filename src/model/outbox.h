/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_OUTBOX_H
#define MODEL_OUTBOX_H

#include "model/actor.h"

/* outbox.h - mail that goes out, from being written to having left.
 *
 * A mail is a row written in the same transaction as what it tells of, so it
 * exists exactly when that does.  A runner (jobs/runner.h) claims one at a
 * time under a lease, sends it, and marks it.  A runner that dies in between
 * loses the lease and the mail is sent again: with the same Message-ID, which
 * is made of the row's id, so that the second one is recognisable.
 *
 *	waiting -> sending -> sent            the text is wiped at once, the
 *	   ^          |                       row stays MAIL_SENT_DAYS
 *	   +- later --+-----> failed          refused, or tried for 3 days;
 *	   |                                  stays MAIL_FAILED_DAYS
 *	 kept  no mail server is set up: shown to the administrator, never lost,
 *	       and waiting again once there is one (mail_release)
 *
 * Address, subject and text are sealed with the installation's key.  A text is
 * best a sentence and a link.  Memory: the caller's arena.
 * Tests: tests/model/outbox.c
 */
enum {
	MAIL_TRIES = 12, /* over a little more than 3 days */
	MAIL_LEASE_MINUTES = 10, /* well over what one sending may take */
	MAIL_SENT_DAYS = 30,
	MAIL_FAILED_DAYS = 90,
	MAIL_PAGE = 100,
};

/* One plain address, local@domain, in ASCII and without anything that a header
 * or a list of addresses could mind. */
bool mail_address_ok(struct str);

struct mail {
	struct str kind; /* a word: "signin" */
	struct str
	    once; /* "": none; a second mail with the same is not added */
	struct str to, subject, body; /* `\n` ends a line */
	bool has_smtp; /* false: it is kept */
};

/* ERR_INVALID: not one plain address, or a subject with a control character
 * (a line break would begin a new header), or a text that is no text. */
enum err mail_add(struct db *, struct arena *, const struct actor *,
    const struct mail *) MUST_USE;

/* ---- for the runner ---- */

/* The organisations with mail to send now. */
enum err mail_due(
    struct db *, struct arena *, int64_t now_us, struct ids *orgs) MUST_USE;

struct mail_claim {
	struct id org, id, lease;
	int64_t attempts; /* this one included */
	int64_t created_us;
	struct str kind, to, subject, body;
	bool readable; /* false: sealed with another key */
};

/* Takes the longest due mail of `who`'s organisation.  ERR_NOT_FOUND: none, or
 * somebody else was faster. */
enum err mail_claim(struct db *, struct arena *, const struct actor *,
    struct mail_claim *) MUST_USE;

/* What came of it.  ERR_CONFLICT: the lease was lost meanwhile, nothing is
 * changed.  mail_later() gives up after MAIL_TRIES; `fault` is a word. */
enum err mail_sent(
    struct db *, const struct actor *, const struct mail_claim *) MUST_USE;
enum err mail_later(struct db *, const struct actor *,
    const struct mail_claim *, struct str fault) MUST_USE;
enum err mail_refused(struct db *, const struct actor *,
    const struct mail_claim *, struct str fault) MUST_USE;

/* There is a mail server now: what was kept is waiting. */
enum err mail_release(struct db *, const struct actor *) MUST_USE;

/* Takes away what stayed long enough. */
enum err mail_sweep(struct db *, const struct actor *) MUST_USE;

/* ---- for the administrator (CAP_ACCOUNTS, else ERR_DENIED) ---- */

struct mail_line {
	struct id id;
	struct str kind, state, fault; /* words */
	int64_t attempts;
	int64_t created_us, due_us, ended_us; /* 0: not set */
	struct str to, subject; /* "" unless asked for */
	struct str body; /* mail_get() only; "" once it is sent */
};

struct mail_lines {
	struct mail_line *list;
	ptrdiff_t n; /* at most MAIL_PAGE */
};

/* The newest first, from before the mail `before` (not set: from the newest).
 * Addresses and subjects are unsealed only when `open`. */
struct mail_query {
	struct id before;
	bool open;
};
enum err mail_list(struct db *, struct arena *, const struct actor *,
    struct mail_query, struct mail_lines *) MUST_USE;

enum err mail_get(struct db *, struct arena *, const struct actor *, struct id,
    struct mail_line *) MUST_USE;

/* Lets a mail that is kept, failed or waiting go out now, with all its tries
 * before it.  ERR_CONFLICT: it is sent, or being sent. */
enum err mail_resend(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;
enum err mail_delete(
    struct db *, struct arena *, const struct actor *, struct id) MUST_USE;

/* How many are in each state: the front page of the administrator, metrics. */
struct mail_counts {
	int64_t waiting, sending, sent, failed, kept;
};
enum err mail_counts(
    struct db *, struct arena *, struct id org, struct mail_counts *) MUST_USE;

/* Takes away the mails whose `once` begins so: all of them, or those that have
 * not left. */
enum err mail_drop(struct db *, const struct actor *, struct str once) MUST_USE;
enum err mail_halt(struct db *, const struct actor *, struct str once) MUST_USE;

/* Takes away every mail to this address: part of erasing a person. */
enum err mail_forget(struct db *, struct arena *, const struct actor *,
    struct str address) MUST_USE;

#endif
