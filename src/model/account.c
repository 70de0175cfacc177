/* SPDX-License-Identifier: MPL-2.0 */
#include "model/account.h"

#include "base/utf8.h"
#include "model/audit.h"
#include "model/session.h"

static const char SQL_CREATE[] =
    "INSERT INTO account (org, id, state, lang, is_admin, is_secretariat,"
    " reminders, totp_on, totp_step, created_us, changed_us)"
    " VALUES ($1, $2, 'active', $3, $4, $5, 1, 0, 0, $6, $6)";

enum err
account_create(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct account_form form)
{
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	struct vault_entry entry = {.name = form.name, .mail = form.mail};
	enum err e = vault_put(db, a, who, id, entry);
	if (e == ERR_OK)
		e = db_exec(db, SQL_CREATE, NULL, DB_ID(who->org), DB_ID(id),
		    DB_TEXT(lang_code(form.lang)), DB_INT(form.is_admin),
		    DB_INT(form.is_secretariat), DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.create"), id);
}

static const char SQL_BRING[] =
    "INSERT INTO account (org, id, state, lang, is_admin, is_secretariat,"
    " reminders, totp_on, totp_step, created_us, changed_us)"
    " VALUES ($1, $2, 'disabled', $3, 0, 0, 1, 0, 0, $4, $4)";

enum err
account_bring(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct account_form form)
{
	struct vault_entry entry = {.name = form.name, .mail = form.mail};
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e = vault_put(db, a, who, id, entry);
	if (e == ERR_OK)
		e = db_exec(db, SQL_BRING, NULL, DB_ID(who->org), DB_ID(id),
		    DB_TEXT(lang_code(form.lang)), DB_INT(who->now_us));
	return e == ERR_OK ? audit_add(db, a, who, S("account.bring"), id) : e;
}

static const char SQL_GET[] =
    "SELECT id, state, lang, is_admin, is_secretariat, reminders,"
    " CASE WHEN password IS NULL THEN 0 ELSE 1 END, totp_on"
    "  FROM account WHERE org = $1 AND id = $2";

static const char SQL_LIST[] =
    "SELECT id, state, lang, is_admin, is_secretariat, reminders,"
    " CASE WHEN password IS NULL THEN 0 ELSE 1 END, totp_on"
    "  FROM account WHERE org = $1";

static struct account
read_account(const struct db_row *row)
{
	return (struct account){
	    .id = db_id(row, 0),
	    .active = str_eq(db_text(row, 1), S("active")),
	    .lang = lang_parse(db_text(row, 2), LANG_DA),
	    .is_admin = db_int(row, 3) != 0,
	    .is_secretariat = db_int(row, 4) != 0,
	    .reminders = db_int(row, 5) != 0,
	    .has_password = db_int(row, 6) != 0,
	    .has_totp = db_int(row, 7) != 0,
	};
}

enum err
account_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct account *out)
{
	struct db_row row;
	struct vault_entry entry;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(id));
	if (e == ERR_OK)
		e = vault_get(db, a, who, id, &entry);
	if (e != ERR_OK)
		return e;
	*out = read_account(&row);
	out->name = entry.name;
	out->mail = entry.mail;
	return ERR_OK;
}

enum err
account_by_mail(struct db *db, struct arena *a, const struct actor *who,
    struct str mail, struct account *out)
{
	struct id id;
	enum err e = vault_find_mail(db, a, who, mail, &id);
	return e == ERR_OK ? account_get(db, a, who, id, out) : e;
}

enum err
account_list(struct db *db, struct arena *a, const struct actor *who,
    struct accounts *out)
{
	struct vault_names names;
	struct db_rows rows;
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e = vault_names(db, a, who, &names);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	*out = (struct accounts){arena_new(a, struct account, rows.n), 0};
	for (ptrdiff_t n = 0; n < names.n; n++) {
		for (ptrdiff_t i = 0; i < rows.n; i++) {
			if (!id_eq(
				db_id(&rows.row[i], 0), names.list[n].person))
				continue;
			struct account *account = &out->list[out->n++];
			*account = read_account(&rows.row[i]);
			account->name = names.list[n].name;
			account->mail = names.list[n].mail;
		}
	}
	return ERR_OK;
}

static const char SQL_RIGHTS[] =
    "UPDATE account SET lang = $3, is_admin = $4, is_secretariat = $5,"
    " changed_us = $6 WHERE org = $1 AND id = $2";

static const char SQL_ADMINS[] =
    "SELECT COUNT(*) FROM account"
    " WHERE org = $1 AND is_admin = 1 AND state = 'active' AND id <> $2";

/* Somebody must be left who can let people in. */
static enum err
other_admin(
    struct db *db, struct arena *a, const struct actor *who, struct id but)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, SQL_ADMINS, &row, DB_ID(who->org), DB_ID(but));
	if (e == ERR_OK && db_int(&row, 0) == 0)
		return ERR_DENIED;
	return e;
}

enum err
account_change(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct account_form form)
{
	struct account old;
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e = account_get(db, a, who, id, &old);
	if (e == ERR_OK && old.is_admin && !form.is_admin)
		e = other_admin(db, a, who, id);
	if (e != ERR_OK)
		return e;
	struct vault_entry entry = {.name = form.name, .mail = form.mail};
	e = vault_put(db, a, who, id, entry);
	if (e == ERR_OK)
		e = db_exec(db, SQL_RIGHTS, NULL, DB_ID(who->org), DB_ID(id),
		    DB_TEXT(lang_code(form.lang)), DB_INT(form.is_admin),
		    DB_INT(form.is_secretariat), DB_INT(who->now_us));
	bool rights = old.is_admin != form.is_admin ||
	    old.is_secretariat != form.is_secretariat;
	if (e == ERR_OK && rights)
		e = session_end_all(db, who, id);
	if (e == ERR_OK && !str_eq(old.mail, str_trim(form.mail)))
		e = link_end_all(db, who, id);
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.change"), id);
}

static const char SQL_STATE[] = "UPDATE account SET state = $3, changed_us = $4"
				" WHERE org = $1 AND id = $2";

enum err
account_enable(struct db *db, struct arena *a, const struct actor *who,
    struct id id, bool active)
{
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	int64_t changed = 0;
	enum err e = active ? ERR_OK : other_admin(db, a, who, id);
	if (e == ERR_OK)
		e = db_exec(db, SQL_STATE, &changed, DB_ID(who->org), DB_ID(id),
		    DB_TEXT(active ? S("active") : S("disabled")),
		    DB_INT(who->now_us));
	if (e == ERR_OK && changed == 0)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = session_end_all(db, who, id);
	if (e == ERR_OK)
		e = link_end_all(db, who, id);
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who,
	    active ? S("account.enable") : S("account.disable"), id);
}

static const char SQL_LANG[] = "UPDATE account SET lang = $3, changed_us = $4"
			       " WHERE org = $1 AND id = $2";

enum err
account_set_lang(
    struct db *db, struct arena *a, const struct actor *who, enum lang lang)
{
	enum err e = db_exec(db, SQL_LANG, NULL, DB_ID(who->org),
	    DB_ID(who->account), DB_TEXT(lang_code(lang)), DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.language"), who->account);
}

static const char SQL_REMINDERS[] =
    "UPDATE account SET reminders = $3, changed_us = $4"
    " WHERE org = $1 AND id = $2";

enum err
account_set_reminders(
    struct db *db, struct arena *a, const struct actor *who, bool on)
{
	enum err e = db_exec(db, SQL_REMINDERS, NULL, DB_ID(who->org),
	    DB_ID(who->account), DB_INT(on), DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.reminders"), who->account);
}

static const char SQL_FEED[] =
    "UPDATE account SET feed_hash = $3 WHERE org = $1 AND id = $2";

enum err
account_feed_new(
    struct db *db, struct arena *a, const struct actor *who, struct str *token)
{
	*token = token_new(a);
	struct hash h = hash_of(*token);
	enum err e = db_exec(db, SQL_FEED, NULL, DB_ID(who->org),
	    DB_ID(who->account), DB_HASH(h));
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("account.feed"), who->account);
}

static const char SQL_BY_FEED[] =
    "SELECT id, lang FROM account"
    " WHERE org = $1 AND feed_hash = $2 AND state = 'active'";

enum err
account_by_feed(struct db *db, struct arena *a, struct id org, struct str token,
    struct id *account, enum lang *lang)
{
	struct db_row row;
	struct hash h = hash_of(token_normal(a, token));
	enum err e = db_one(db, a, SQL_BY_FEED, &row, DB_ID(org), DB_HASH(h));
	if (e != ERR_OK)
		return e;
	*account = db_id(&row, 0);
	*lang = lang_parse(db_text(&row, 1), LANG_DA);
	return ERR_OK;
}
