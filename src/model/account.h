/* SPDX-License-Identifier: MPL-2.0 */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include "model/vault.h"

/* account.h - staff of an organisation who may sign in.
 *
 * An account's id is also the person's id in the vault.  What ends its
 * sessions: a new password, a change of the second factor, new rights, being
 * disabled, and the wish to sign out everywhere.
 * Tests: tests/model/account.c, tests/model/people.c
 */
enum {
	PASSWORD_MIN = 15, /* code points; doc/security.md */
	PASSWORD_MAX = 200,
};

struct account {
	struct id id;
	struct str name, mail;
	bool active;
	enum lang lang;
	bool is_admin, is_secretariat, reminders;
	bool has_password, has_totp;
};

/* What may be said about a new or changed account. */
struct account_form {
	struct str name, mail;
	enum lang lang;
	bool is_admin, is_secretariat;
};

/* `id` names it, so that a repeated form makes it once.  ERR_CONFLICT: the
 * mail address is somebody's already.  Needs CAP_ACCOUNTS. */
enum err account_create(struct db *, struct arena *, const struct actor *,
    struct id id, struct account_form) MUST_USE;

/* The same for somebody who had one elsewhere: closed and without rights, until
 * an administrator opens it. */
enum err account_bring(struct db *, struct arena *, const struct actor *,
    struct id id, struct account_form) MUST_USE;

/* The same person's name, mail and rights; ends their sessions when the rights
 * change, and their open links when the address does.  ERR_DENIED when it would
 * leave no administrator. */
enum err account_change(struct db *, struct arena *, const struct actor *,
    struct id id, struct account_form) MUST_USE;
enum err account_enable(struct db *, struct arena *, const struct actor *,
    struct id id, bool active) MUST_USE;

enum err account_get(struct db *, struct arena *, const struct actor *,
    struct id, struct account *) MUST_USE;
enum err account_by_mail(struct db *, struct arena *, const struct actor *,
    struct str mail, struct account *) MUST_USE;

struct accounts {
	struct account *list; /* by name, in Danish order */
	ptrdiff_t n;
};
enum err account_list(struct db *, struct arena *, const struct actor *,
    struct accounts *) MUST_USE;

/* One's own settings. */
enum err account_set_lang(
    struct db *, struct arena *, const struct actor *, enum lang) MUST_USE;
enum err account_set_reminders(
    struct db *, struct arena *, const struct actor *, bool) MUST_USE;

/* ---- password ---- */

/* Argon2id (libsodium, t=3, 64 MiB): tens of milliseconds, so never in a lane
 * or on an HTTP thread.  Pure: no database.  Empty when out of memory. */
struct str password_hash(struct arena *, struct str password);
bool password_matches(struct str hash, struct str password);

/* A msgid that says why a password is refused, or NULL. */
const char *password_fault(struct str password);

/* `hash` from password_hash(); "" takes the password away. */
enum err account_set_password(struct db *, struct arena *, const struct actor *,
    struct str hash) MUST_USE;
/* Who signs in with this address, and the hash to compare with: "" when there
 * is no such active account or it has none. */
struct login {
	struct id account;
	struct str hash;
};
enum err account_login(struct db *, struct arena *, const struct actor *,
    struct str mail, struct login *) MUST_USE;

/* ---- second factor ---- */

/* Makes a new key, not yet in force. */
enum err account_totp_begin(struct db *, struct arena *, const struct actor *,
    struct str *key) MUST_USE;
/* The key that waits for its first code; ERR_NOT_FOUND. */
enum err account_totp_pending(struct db *, struct arena *, const struct actor *,
    struct str *key) MUST_USE;
/* In force from the first right code on; ERR_INVALID: the code is wrong. */
enum err account_totp_confirm(struct db *, struct arena *, const struct actor *,
    struct str code) MUST_USE;
enum err account_totp_end(
    struct db *, struct arena *, const struct actor *) MUST_USE;
/* At sign-in.  Each code counts once.  ERR_INVALID: wrong, or used before. */
enum err account_totp_check(struct db *, struct arena *, const struct actor *,
    struct id account, struct str code) MUST_USE;

/* ---- calendar feed ---- */

/* A new secret for the feed's address; the old one ends. */
enum err account_feed_new(struct db *, struct arena *, const struct actor *,
    struct str *token) MUST_USE;
enum err account_by_feed(struct db *, struct arena *, struct id org,
    struct str token, struct id *account, enum lang *) MUST_USE;

#endif
