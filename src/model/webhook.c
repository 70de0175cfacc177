/* SPDX-License-Identifier: MPL-2.0 */
#include "model/webhook.h"

#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/audit.h"

/* ---- where calls may go ---- */

static const char SQL_ALLOW[] =
    "INSERT INTO webhook_origin (org, origin, at_us, account)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (org, origin) DO NOTHING";

static const char SQL_ORIGINS[] =
    "SELECT origin FROM webhook_origin WHERE org = $1 ORDER BY origin";

enum err
webhook_origins(struct db *db, struct arena *a, const struct actor *who,
    struct webhook_origins *out)
{
	struct db_rows rows;
	*out = (struct webhook_origins){0};
	if (!actor_may(who, CAP_ACCOUNTS) && !actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_ORIGINS, &rows, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct str, rows.n);
	out->n = rows.n;
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = db_text(&rows.row[i], 0);
	return ERR_OK;
}

enum err
webhook_allow(
    struct db *db, struct arena *a, const struct actor *who, struct str typed)
{
	struct webhook_url url;
	struct webhook_origins all;
	int64_t added = 0;
	struct str text = str_trim(typed);
	if (str_ends(text, S("/")))
		text = str_sub(text, 0, text.n - 1);
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	if (!webhook_url_parse(a, text, &url) || !str_eq(url.origin, text))
		return ERR_INVALID;
	enum err e = webhook_origins(db, a, who, &all);
	if (e == ERR_OK && all.n >= WEBHOOK_ORIGINS_MAX)
		e = ERR_TOO_LARGE;
	if (e == ERR_OK)
		e = db_exec(db, SQL_ALLOW, &added, DB_ID(who->org),
		    DB_TEXT(url.origin), DB_INT(who->now_us),
		    DB_ID(who->account));
	return e == ERR_OK && added > 0
	    ? audit_add(db, a, who, S("webhook.allow"), who->org)
	    : e;
}

static const char SQL_FORBID[] =
    "DELETE FROM webhook_origin WHERE org = $1 AND origin = $2";

enum err
webhook_forbid(
    struct db *db, struct arena *a, const struct actor *who, struct str origin)
{
	int64_t gone = 0;
	if (!actor_may(who, CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e =
	    db_exec(db, SQL_FORBID, &gone, DB_ID(who->org), DB_TEXT(origin));
	return e == ERR_OK && gone > 0
	    ? audit_add(db, a, who, S("webhook.forbid"), who->org)
	    : e;
}

static const char SQL_ALLOWED[] =
    "SELECT origin FROM webhook_origin WHERE org = $1 AND origin = $2";

static enum err
check_allowed(struct db *db, struct arena *a, const struct actor *who,
    const struct webhook_url *url)
{
	struct db_row row;
	return db_one(
	    db, a, SQL_ALLOWED, &row, DB_ID(who->org), DB_TEXT(url->origin));
}

/* ---- of a network ---- */

static struct key
key_of(const struct actor *who)
{
	return key_derive(&who->keys->mail, S("webhook"));
}

static struct str
context(struct arena *a, const struct actor *who, struct id id)
{
	return STR_JOIN(
	    a, id_text(a, who->org), id_text(a, who->network), id_text(a, id));
}

static const char SQL_LIST[] =
    "SELECT id, url, made_us, ended_us FROM webhook"
    " WHERE org = $1 AND network = $2 ORDER BY made_us DESC, id LIMIT 100";

static enum err
load(struct db *db, struct arena *a, const struct actor *who,
    struct webhooks *out)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct webhooks){arena_new(a, struct webhook, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = (struct webhook){db_id(&rows.row[i], 0),
		    db_text(&rows.row[i], 1), db_int(&rows.row[i], 2),
		    db_int(&rows.row[i], 3)};
	return ERR_OK;
}

enum err
webhook_list(struct db *db, struct arena *a, const struct actor *who,
    struct webhooks *out)
{
	*out = (struct webhooks){0};
	return actor_may(who, CAP_MANAGE) ? load(db, a, who, out) : ERR_DENIED;
}

static const char SQL_MAKE[] =
    "INSERT INTO webhook (org, network, id, url, secret, made_us, account)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static enum err
check_make(struct db *db, struct arena *a, const struct actor *who,
    const struct webhook *w)
{
	struct webhook_url url;
	struct webhooks all;
	ptrdiff_t live = 0;
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	if (!id_is_set(w->id) || !webhook_url_parse(a, w->url, &url))
		return ERR_INVALID;
	enum err e = check_allowed(db, a, who, &url);
	if (e == ERR_OK)
		e = load(db, a, who, &all);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_DENIED : e;
	for (ptrdiff_t i = 0; i < all.n; i++)
		live += all.list[i].ended_us == 0;
	return live < WEBHOOKS_MAX ? ERR_OK : ERR_TOO_LARGE;
}

enum err
webhook_make(struct db *db, struct arena *a, const struct actor *who,
    const struct webhook *w, struct str *secret)
{
	int64_t made = 0;
	*secret = S("");
	enum err e = check_make(db, a, who, w);
	if (e != ERR_OK)
		return e;
	struct str fresh = token_new(a);
	struct key key = key_of(who);
	e = db_exec(db, SQL_MAKE, &made, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(w->id), DB_TEXT(w->url),
	    DB_BLOB(seal(a, &key, fresh, context(a, who, w->id))),
	    DB_INT(who->now_us), DB_ID(who->account));
	if (e != ERR_OK || made == 0)
		return e;
	*secret = fresh;
	return audit_add(db, a, who, S("webhook.make"), w->id);
}

static const char SQL_END[] =
    "UPDATE webhook SET ended_us = $4 WHERE org = $1 AND network = $2"
    " AND id = $3 AND ended_us IS NULL";

enum err
webhook_end(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	int64_t ended = 0;
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_END, &ended, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_INT(who->now_us));
	return e == ERR_OK && ended > 0
	    ? audit_add(db, a, who, S("webhook.end"), id)
	    : e;
}

/* ---- calls ---- */

/* The minute's moment, and else a hash of what it is: so that the same in the
 * same minute is the same job. */
static struct id
call_id(struct arena *a, struct id webhook, struct str event, struct id about,
    int64_t due_us)
{
	struct id id = id_new(due_us);
	struct hash h = hash_of(STR_JOIN(a, id_text(a, webhook), S("|"), event,
	    S("|"), id_text(a, about), str_fmt(a, "|%lld", (long long)due_us)));
	id.b[6] = (unsigned char)((id.b[6] & 0xf0) | (h.b[6] & 0x0f));
	id.b[7] = h.b[7];
	id.b[8] = (unsigned char)((id.b[8] & 0xc0) | (h.b[8] & 0x3f));
	memcpy(id.b + 9, h.b + 9, sizeof id.b - 9);
	return id;
}

enum err
webhook_notify(struct db *db, struct arena *a, const struct actor *who,
    struct str event, struct id about)
{
	struct webhooks all;
	struct actor program = *who;
	int64_t due_us = (who->now_us / MINUTE_US + 1) * MINUTE_US;
	program.account = (struct id){0};
	enum err e = load(db, a, who, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		struct id id = all.list[i].id;
		if (all.list[i].ended_us != 0)
			continue;
		struct job job = {.id = call_id(a, id, event, about, due_us),
		    .kind = S("webhook"),
		    .due_us = due_us,
		    .args = STR_JOIN(a, S("{\"webhook\": \""), id_text(a, id),
			S("\", \"event\": \""), event, S("\", \"about\": \""),
			id_text(a, about), S("\"}"))};
		e = job_add(db, &program, &job);
	}
	return e;
}

static const char SQL_GET[] =
    "SELECT url, secret FROM webhook WHERE org = $1 AND network = $2"
    " AND id = $3 AND ended_us IS NULL";

enum err
webhook_get(struct db *db, struct arena *a, const struct actor *in,
    struct id id, struct webhook_call *out)
{
	struct db_row row;
	struct key key = key_of(in);
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(in->org),
	    DB_ID(in->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	out->url = db_text(&row, 0);
	if (!webhook_url_parse(a, out->url, &out->parts) ||
	    !seal_open(
		a, &key, db_blob(&row, 1), context(a, in, id), &out->secret))
		return ERR_NOT_FOUND;
	return check_allowed(db, a, in, &out->parts);
}
