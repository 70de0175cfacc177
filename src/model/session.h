/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include "model/account.h"

/* session.h - one-time links and what follows: being signed in.
 *
 * Tokens are 130 random bits, shown once, stored as a hash.  A session ends
 * after some idle time, after its absolute time, or when one of the things in
 * account.h ends it.
 * Tests: tests/model/session.c, tests/model/people.c
 */
enum { LINK_HOURS = 24 };

/* A one-time sign-in link for an active account.  Its older ones end. */
enum err link_new(struct db *, struct arena *, const struct actor *,
    struct id account, struct str *token) MUST_USE;

/* Whose it is, without using it up.  ERR_NOT_FOUND: unknown, used, expired or
 * the account is disabled. */
enum err link_peek(struct db *, struct arena *, const struct actor *,
    struct str token, struct id *account) MUST_USE;

/* Uses it up; the same errors. */
enum err link_use(struct db *, struct arena *, const struct actor *,
    struct str token, struct id *account) MUST_USE;

/* Those that are open end: the address they went to is not theirs any more, or
 * the account is closed. */
enum err link_end_all(
    struct db *, const struct actor *, struct id account) MUST_USE;

struct session_limits {
	int64_t idle_us, total_us;
};

struct session {
	struct hash token_hash;
	struct id account;
	bool needs_code; /* the second factor is due before anything else */
	bool is_admin, is_secretariat;
	enum lang lang;
	int64_t created_us, seen_us, ends_us;
};

/* How exactly seen_us is known. */
#define SESSION_SEEN_US MINUTE_US

/* Signs the account in; the second factor is due when it has one. */
enum err session_new(struct db *, struct arena *, const struct actor *,
    struct id account, struct session_limits, struct str *token) MUST_USE;

/* The session of a token that is still good now; ERR_SIGNIN otherwise. */
enum err session_get(struct db *, struct arena *, struct id org,
    struct str token, struct session_limits, int64_t now_us,
    struct session *) MUST_USE;

/* When it ends, unless it is used before: idle, or at its absolute time. */
int64_t session_until(const struct session *, struct session_limits);

/* The second factor was right: a new token in place of the old one. */
enum err session_complete(struct db *, struct arena *, const struct actor *,
    const struct session *, struct session_limits, struct str *token) MUST_USE;

/* Notes that it was used (a framework record: losing the last minute of it at
 * a crash is allowed). */
enum err session_seen(
    struct db *, struct id org, struct hash token, int64_t now_us) MUST_USE;

enum err session_end(struct db *, struct id org, struct hash token) MUST_USE;
enum err session_end_all(
    struct db *, const struct actor *, struct id account) MUST_USE;

/* How many are open. */
enum err session_count(struct db *, struct arena *, const struct actor *,
    struct id account, int64_t *n) MUST_USE;

/* Deletes what has expired: sessions, links, form keys of two days ago. */
enum err session_sweep(
    struct db *, struct id org, int64_t now_us, int64_t idle_us) MUST_USE;

/* The actor that a session is. */
struct actor session_actor(
    const struct session *, struct id org, const struct keys *, int64_t now_us);

/* ---- a form's key: the thing is done once ---- */

/* ERR_OK: it was never posted.  ERR_CONFLICT: it was, and led to *location. */
enum err once_check(struct db *, struct arena *, const struct actor *,
    struct id key, struct str *location) MUST_USE;
enum err once_done(struct db *, const struct actor *, struct id key,
    struct str location) MUST_USE;

#endif
