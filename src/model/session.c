/* SPDX-License-Identifier: MPL-2.0 */
#include "model/session.h"

#include "model/audit.h"

enum { ONCE_DAYS = 2 };

/* ---- one-time links ---- */

static const char SQL_LINKS_END[] =
    "DELETE FROM link WHERE org = $1 AND account = $2 AND used_us IS NULL";

static const char SQL_LINK_NEW[] =
    "INSERT INTO link (org, token_hash, account, created_us, ends_us)"
    " VALUES ($1, $2, $3, $4, $5)";

enum err
link_end_all(struct db *db, const struct actor *who, struct id account)
{
	return db_exec(
	    db, SQL_LINKS_END, NULL, DB_ID(who->org), DB_ID(account));
}

enum err
link_new(struct db *db, struct arena *a, const struct actor *who,
    struct id account, struct str *token)
{
	struct account found;
	enum err e = account_get(db, a, who, account, &found);
	if (e == ERR_OK && !found.active)
		e = ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = link_end_all(db, who, account);
	if (e != ERR_OK)
		return e;
	*token = token_new(a);
	struct hash h = hash_of(*token);
	e = db_exec(db, SQL_LINK_NEW, NULL, DB_ID(who->org), DB_HASH(h),
	    DB_ID(account), DB_INT(who->now_us),
	    DB_INT(who->now_us + LINK_HOURS * HOUR_US));
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("link.new"), account);
}

static const char SQL_LINK_PEEK[] =
    "SELECT l.account FROM link l"
    "  JOIN account s ON s.org = $1 AND s.id = l.account"
    " WHERE l.org = $1 AND l.token_hash = $2 AND l.used_us IS NULL"
    "   AND l.ends_us > $3 AND s.state = 'active'";

enum err
link_peek(struct db *db, struct arena *a, const struct actor *who,
    struct str token, struct id *account)
{
	struct db_row row;
	struct hash h = hash_of(token_normal(a, token));
	enum err e = db_one(db, a, SQL_LINK_PEEK, &row, DB_ID(who->org),
	    DB_HASH(h), DB_INT(who->now_us));
	if (e == ERR_OK)
		*account = db_id(&row, 0);
	return e;
}

static const char SQL_LINK_USE[] =
    "UPDATE link SET used_us = $3"
    " WHERE org = $1 AND token_hash = $2 AND used_us IS NULL";

enum err
link_use(struct db *db, struct arena *a, const struct actor *who,
    struct str token, struct id *account)
{
	int64_t changed = 0;
	struct hash h = hash_of(token_normal(a, token));
	enum err e = link_peek(db, a, who, token, account);
	if (e == ERR_OK)
		e = db_exec(db, SQL_LINK_USE, &changed, DB_ID(who->org),
		    DB_HASH(h), DB_INT(who->now_us));
	if (e == ERR_OK && changed == 0)
		e = ERR_NOT_FOUND;
	return e;
}

/* ---- sessions ---- */

static const char SQL_NEW[] =
    "INSERT INTO session (org, token_hash, account, stage, created_us,"
    " seen_us, ends_us) VALUES ($1, $2, $3, $4, $5, $5, $6)";

static enum err
insert_session(struct db *db, struct arena *a, const struct actor *who,
    struct id account, struct str stage, int64_t ends_us, struct str *token)
{
	*token = token_new(a);
	struct hash h = hash_of(*token);
	return db_exec(db, SQL_NEW, NULL, DB_ID(who->org), DB_HASH(h),
	    DB_ID(account), DB_TEXT(stage), DB_INT(who->now_us),
	    DB_INT(ends_us));
}

enum err
session_new(struct db *db, struct arena *a, const struct actor *who,
    struct id account, struct session_limits limits, struct str *token)
{
	struct account found;
	struct actor self = *who;
	enum err e = account_get(db, a, who, account, &found);
	if (e == ERR_OK && !found.active)
		e = ERR_SIGNIN;
	if (e == ERR_OK)
		e = insert_session(db, a, who, account,
		    found.has_totp ? S("code") : S("full"),
		    who->now_us + limits.total_us, token);
	if (e != ERR_OK)
		return e;
	self.account = account;
	return audit_add(db, a, &self, S("session.new"), account);
}

static const char SQL_GET[] =
    "SELECT e.account, e.stage, e.created_us, e.seen_us, e.ends_us, s.lang,"
    " s.is_admin, s.is_secretariat"
    "  FROM session e JOIN account s ON s.org = $1 AND s.id = e.account"
    " WHERE e.org = $1 AND e.token_hash = $2 AND e.ends_us > $3"
    "   AND e.seen_us > $4 AND s.state = 'active'";

enum err
session_get(struct db *db, struct arena *a, struct id org, struct str token,
    struct session_limits limits, int64_t now_us, struct session *out)
{
	struct db_row row;
	struct hash h = hash_of(token);
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(org), DB_HASH(h),
	    DB_INT(now_us), DB_INT(now_us - limits.idle_us));
	if (e == ERR_NOT_FOUND)
		return ERR_SIGNIN;
	if (e != ERR_OK)
		return e;
	*out = (struct session){
	    .token_hash = h,
	    .account = db_id(&row, 0),
	    .needs_code = !str_eq(db_text(&row, 1), S("full")),
	    .created_us = db_int(&row, 2),
	    .seen_us = db_int(&row, 3),
	    .ends_us = db_int(&row, 4),
	    .lang = lang_parse(db_text(&row, 5), LANG_DA),
	    .is_admin = db_int(&row, 6) != 0,
	    .is_secretariat = db_int(&row, 7) != 0,
	};
	return ERR_OK;
}

int64_t
session_until(const struct session *s, struct session_limits limits)
{
	int64_t idle_us = s->seen_us + limits.idle_us;
	return idle_us < s->ends_us ? idle_us : s->ends_us;
}

enum err
session_complete(struct db *db, struct arena *a, const struct actor *who,
    const struct session *half, struct session_limits limits, struct str *token)
{
	enum err e = session_end(db, who->org, half->token_hash);
	if (e == ERR_OK)
		e = insert_session(db, a, who, half->account, S("full"),
		    half->created_us + limits.total_us, token);
	if (e != ERR_OK)
		return e;
	return audit_add(db, a, who, S("session.code"), half->account);
}

static const char SQL_SEEN[] =
    "UPDATE session SET seen_us = $3 WHERE org = $1 AND token_hash = $2";

enum err
session_seen(struct db *db, struct id org, struct hash token, int64_t now_us)
{
	return db_exec(
	    db, SQL_SEEN, NULL, DB_ID(org), DB_HASH(token), DB_INT(now_us));
}

static const char SQL_END[] =
    "DELETE FROM session WHERE org = $1 AND token_hash = $2";

enum err
session_end(struct db *db, struct id org, struct hash token)
{
	return db_exec(db, SQL_END, NULL, DB_ID(org), DB_HASH(token));
}

static const char SQL_END_ALL[] =
    "DELETE FROM session WHERE org = $1 AND account = $2";

enum err
session_end_all(struct db *db, const struct actor *who, struct id account)
{
	return db_exec(db, SQL_END_ALL, NULL, DB_ID(who->org), DB_ID(account));
}

static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM session"
    " WHERE org = $1 AND account = $2 AND ends_us > $3";

enum err
session_count(struct db *db, struct arena *a, const struct actor *who,
    struct id account, int64_t *n)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_COUNT, &row, DB_ID(who->org),
	    DB_ID(account), DB_INT(who->now_us));
	*n = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

static const char SQL_SWEEP_SESSIONS[] =
    "DELETE FROM session WHERE org = $1 AND (ends_us <= $2 OR seen_us <= $3)";
static const char SQL_SWEEP_LINKS[] =
    "DELETE FROM link WHERE org = $1 AND ends_us <= $2";
static const char SQL_SWEEP_ONCE[] =
    "DELETE FROM once WHERE org = $1 AND at_us <= $2";

enum err
session_sweep(struct db *db, struct id org, int64_t now_us, int64_t idle_us)
{
	enum err e = db_exec(db, SQL_SWEEP_SESSIONS, NULL, DB_ID(org),
	    DB_INT(now_us), DB_INT(now_us - idle_us));
	if (e == ERR_OK)
		e = db_exec(
		    db, SQL_SWEEP_LINKS, NULL, DB_ID(org), DB_INT(now_us));
	if (e == ERR_OK)
		e = db_exec(db, SQL_SWEEP_ONCE, NULL, DB_ID(org),
		    DB_INT(now_us - ONCE_DAYS * DAY_US));
	return e;
}

struct actor
session_actor(const struct session *s, struct id org, const struct keys *keys,
    int64_t now_us)
{
	unsigned caps = CAP_CREATE;
	if (s->is_admin)
		caps |= CAP_ACCOUNTS | CAP_CATALOGUE;
	if (s->is_secretariat)
		caps |= CAP_OVERVIEW | CAP_CATALOGUE;
	return (struct actor){
	    .org = org,
	    .account = s->account,
	    .caps = caps,
	    .lang = s->lang,
	    .now_us = now_us,
	    .keys = keys,
	};
}

/* ---- a form's key ---- */

static const char SQL_ONCE[] =
    "SELECT location FROM once WHERE org = $1 AND id = $2 AND account = $3";

enum err
once_check(struct db *db, struct arena *a, const struct actor *who,
    struct id key, struct str *location)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_ONCE, &row, DB_ID(who->org), DB_ID(key),
	    DB_ID(who->account));
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	*location = db_text(&row, 0);
	return ERR_CONFLICT;
}

static const char SQL_ONCE_DONE[] =
    "INSERT INTO once (org, id, account, at_us, location)"
    " VALUES ($1, $2, $3, $4, $5)";

enum err
once_done(
    struct db *db, const struct actor *who, struct id key, struct str location)
{
	return db_exec(db, SQL_ONCE_DONE, NULL, DB_ID(who->org), DB_ID(key),
	    DB_ID(who->account), DB_INT(who->now_us), DB_TEXT(location));
}
