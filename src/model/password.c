/* SPDX-License-Identifier: MPL-2.0 */

/* The password and the second factor of an account (model/account.h). */
#include <sodium.h>

#include "base/totp.h"
#include "base/utf8.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/session.h"

enum { ARGON_PASSES = 3, ARGON_BYTES = 64 * 1024 * 1024 };

/* libsodium wants a pointer, also to nothing. */
static const char *
text_of(struct str s)
{
	return s.p != NULL ? s.p : "";
}

struct str
password_hash(struct arena *a, struct str password)
{
	char *out = arena_new(a, char, crypto_pwhash_STRBYTES);
	if (crypto_pwhash_str(out, text_of(password), (size_t)password.n,
		ARGON_PASSES, ARGON_BYTES) != 0)
		return (struct str){0};
	return str_c(out);
}

/* With no hash there is still one to compare with, so that an unknown address
 * takes as long as a wrong password. */
bool
password_matches(struct str hash, struct str password)
{
	static const char nobody[] =
	    "$argon2id$v=19$m=65536,t=3,p=1$"
	    "c2Ftc2thYm5vYm9keXNhbA$"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	char text[crypto_pwhash_STRBYTES] = {0};
	struct str use = hash.n > 0 ? hash : str_c(nobody);
	if (use.n >= (ptrdiff_t)sizeof text)
		return false;
	for (ptrdiff_t i = 0; i < use.n; i++)
		text[i] = use.p[i];
	bool same = crypto_pwhash_str_verify(
			text, text_of(password), (size_t)password.n) == 0;
	return same && hash.n > 0;
}

/* One character, or one short piece, over and over. */
static bool
is_repetition(struct str s)
{
	for (ptrdiff_t period = 1; period <= 5 && period < s.n; period++) {
		ptrdiff_t i = period;
		while (i < s.n && s.p[i] == s.p[i - period])
			i++;
		if (i == s.n)
			return true;
	}
	return false;
}

const char *
password_fault(struct str password)
{
	ptrdiff_t n = utf8_length(password);
	if (n < PASSWORD_MIN)
		return N_("Use at least 15 characters. "
			  "Four or five words in a row are easy to remember.");
	if (n > PASSWORD_MAX)
		return N_("Use at most 200 characters.");
	if (is_repetition(password))
		return N_("That is too easy to guess. Choose other words.");
	return NULL;
}

static const char SQL_SET_PASSWORD[] =
    "UPDATE account SET password = $3, changed_us = $4"
    " WHERE org = $1 AND id = $2";

enum err
account_set_password(
    struct db *db, struct arena *a, const struct actor *who, struct str hash)
{
	enum err e = db_exec(db, SQL_SET_PASSWORD, NULL, DB_ID(who->org),
	    DB_ID(who->account), DB_TEXT_OR_NULL(hash), DB_INT(who->now_us));
	if (e == ERR_OK)
		e = session_end_all(db, who, who->account);
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.password"), who->account);
}

static const char SQL_PASSWORD[] =
    "SELECT password FROM account"
    " WHERE org = $1 AND id = $2 AND state = 'active'";

enum err
account_login(struct db *db, struct arena *a, const struct actor *who,
    struct str mail, struct login *out)
{
	struct db_row row;
	*out = (struct login){0};
	enum err e = vault_find_mail(db, a, who, mail, &out->account);
	if (e == ERR_OK)
		e = db_one(db, a, SQL_PASSWORD, &row, DB_ID(who->org),
		    DB_ID(out->account));
	if (e == ERR_OK)
		out->hash = db_text(&row, 0);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* ---- second factor ---- */

static struct str
totp_context(struct arena *a, const struct actor *who, struct id account)
{
	struct str org = {(const char *)who->org.b, sizeof who->org.b};
	struct str id = {(const char *)account.b, sizeof account.b};
	return str_cat(a, org, id);
}

static const char SQL_TOTP_SET[] =
    "UPDATE account SET totp_key = $3, totp_on = 0, totp_step = 0,"
    " changed_us = $4 WHERE org = $1 AND id = $2 AND totp_on = 0";

enum err
account_totp_begin(
    struct db *db, struct arena *a, const struct actor *who, struct str *key)
{
	struct key random = key_new();
	int64_t changed = 0;
	*key = str_dup(a, (struct str){(char *)random.b, TOTP_KEY_BYTES});
	struct str box =
	    seal(a, &who->keys->totp, *key, totp_context(a, who, who->account));
	enum err e = db_exec(db, SQL_TOTP_SET, &changed, DB_ID(who->org),
	    DB_ID(who->account), DB_BLOB(box), DB_INT(who->now_us));
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	return e;
}

static const char SQL_TOTP[] =
    "SELECT totp_key, totp_on, totp_step FROM account"
    " WHERE org = $1 AND id = $2 AND totp_key IS NOT NULL";

struct totp {
	struct str key;
	bool on;
	int64_t step;
};

static enum err
totp_load(struct db *db, struct arena *a, const struct actor *who,
    struct id account, struct totp *out)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, SQL_TOTP, &row, DB_ID(who->org), DB_ID(account));
	if (e != ERR_OK)
		return e;
	out->on = db_int(&row, 1) != 0;
	out->step = db_int(&row, 2);
	if (!seal_open(a, &who->keys->totp, db_blob(&row, 0),
		totp_context(a, who, account), &out->key))
		return ERR_INTERNAL;
	return ERR_OK;
}

enum err
account_totp_pending(
    struct db *db, struct arena *a, const struct actor *who, struct str *key)
{
	struct totp totp;
	enum err e = totp_load(db, a, who, who->account, &totp);
	if (e == ERR_OK && totp.on)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		*key = totp.key;
	return e;
}

static const char SQL_TOTP_STEP[] =
    "UPDATE account SET totp_on = 1, totp_step = $3"
    " WHERE org = $1 AND id = $2 AND totp_step < $3";

/* Takes the code's time step, which counts once. */
static enum err
take_step(struct db *db, const struct actor *who, struct id account,
    const struct totp *totp, struct str code)
{
	int64_t changed = 0;
	int64_t step = totp_match(totp->key, who->now_us, code);
	if (step < 0 || step <= totp->step)
		return ERR_INVALID;
	enum err e = db_exec(db, SQL_TOTP_STEP, &changed, DB_ID(who->org),
	    DB_ID(account), DB_INT(step));
	return e == ERR_OK && changed == 0 ? ERR_INVALID : e;
}

enum err
account_totp_confirm(
    struct db *db, struct arena *a, const struct actor *who, struct str code)
{
	struct totp totp;
	enum err e = totp_load(db, a, who, who->account, &totp);
	if (e == ERR_OK && totp.on)
		e = ERR_CONFLICT;
	if (e == ERR_OK)
		e = take_step(db, who, who->account, &totp, code);
	if (e == ERR_OK)
		e = session_end_all(db, who, who->account);
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.totp_on"), who->account);
}

enum err
account_totp_check(struct db *db, struct arena *a, const struct actor *who,
    struct id account, struct str code)
{
	struct totp totp;
	enum err e = totp_load(db, a, who, account, &totp);
	if (e != ERR_OK || !totp.on)
		return e == ERR_NOT_FOUND || e == ERR_OK ? ERR_INVALID : e;
	return take_step(db, who, account, &totp, code);
}

static const char SQL_TOTP_END[] =
    "UPDATE account SET totp_key = NULL, totp_on = 0, totp_step = 0,"
    " changed_us = $3 WHERE org = $1 AND id = $2";

enum err
account_totp_end(struct db *db, struct arena *a, const struct actor *who)
{
	enum err e = db_exec(db, SQL_TOTP_END, NULL, DB_ID(who->org),
	    DB_ID(who->account), DB_INT(who->now_us));
	if (e == ERR_OK)
		e = session_end_all(db, who, who->account);
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.totp_off"), who->account);
}
