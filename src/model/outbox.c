/* SPDX-License-Identifier: MPL-2.0 */

/* The life of a mail; outbox_list.c is what the administrator sees of it. */
#include "model/outbox_row.h"

#include "base/utf8.h"

enum {
	ADDRESS_MAX_BYTES = 254, /* RFC 5321, 4.5.3.1.3 less the brackets */
	LOCAL_MAX_BYTES = 64, /* RFC 5321, 4.5.3.1.1 */
	SUBJECT_MAX_CHARS = 200,
	BODY_MAX_BYTES = 64 * 1024,
};

/* ---- writing one ---- */

static bool
domain_ok(struct str domain)
{
	bool dot = false;
	while (domain.n > 0) {
		ptrdiff_t at = str_find_byte(domain, '.');
		struct str label = str_cut(&domain, '.');
		if (label.n == 0 || label.n > 63 || label.p[0] == '-')
			return false;
		dot = dot || at >= 0;
		if (at >= 0 && domain.n == 0)
			return false; /* ends in a dot */
	}
	return dot;
}

bool
mail_address_ok(struct str s)
{
	ptrdiff_t at = str_find_byte(s, '@');
	if (s.n > ADDRESS_MAX_BYTES || at < 1 || at > LOCAL_MAX_BYTES)
		return false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] <= ' ' || s.p[i] > '~' ||
		    str_find_byte(S("\"(),:;<>[\\]"), s.p[i]) >= 0)
			return false;
	}
	struct str domain = str_sub(s, at + 1, s.n);
	return str_find_byte(domain, '@') < 0 && domain_ok(domain);
}

static bool
subject_ok(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < ' ')
			return false;
	}
	return s.n > 0 && utf8_valid(s) && utf8_length(s) <= SUBJECT_MAX_CHARS;
}

struct hash
outbox_hash(struct arena *a, const struct actor *who, struct str address)
{
	struct str org = {(const char *)who->org.b, sizeof who->org.b};
	struct str bound = str_cat(a, S("outbox"), org);
	return hash_keyed(&who->keys->lookup,
	    str_cat(a, bound, utf8_fold(a, str_trim(address))));
}

struct str
outbox_context(
    struct arena *a, const struct actor *who, struct id id, struct str what)
{
	struct str org = {(const char *)who->org.b, sizeof who->org.b};
	struct str row = {(const char *)id.b, sizeof id.b};
	return str_cat(a, str_cat(a, org, row), what);
}

static const char SQL_ADD[] =
    "INSERT INTO outbox (org, id, kind, state, once, recipient_hash,"
    " recipient, subject, body, attempts, created_us, due_us, fault)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, '')"
    " ON CONFLICT (org, once) DO NOTHING";

enum err
mail_add(struct db *db, struct arena *a, const struct actor *who,
    const struct mail *m)
{
	if (!mail_address_ok(m->to) || !subject_ok(m->subject) ||
	    m->body.n > BODY_MAX_BYTES || !utf8_valid(m->body))
		return ERR_INVALID;
	struct id id = id_new(who->now_us);
	const struct key *key = &who->keys->mail;
	struct hash h = outbox_hash(a, who, m->to);
	struct str to =
	    seal(a, key, m->to, outbox_context(a, who, id, S("to")));
	struct str subject =
	    seal(a, key, m->subject, outbox_context(a, who, id, S("subject")));
	struct str body =
	    seal(a, key, m->body, outbox_context(a, who, id, S("body")));
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(id),
	    DB_TEXT(m->kind), DB_TEXT(m->has_smtp ? S("waiting") : S("kept")),
	    DB_TEXT_OR_NULL(m->once), DB_HASH(h), DB_BLOB(to), DB_BLOB(subject),
	    DB_BLOB(body), DB_INT(who->now_us),
	    m->has_smtp ? DB_INT(who->now_us) : DB_NULL);
}

/* ---- sending it ---- */

/* all orgs: which of them have mail to send now */
static const char SQL_DUE[] =
    "SELECT DISTINCT org FROM outbox WHERE due_us <= $1 ORDER BY org LIMIT 500";

enum err
mail_due(struct db *db, struct arena *a, int64_t now_us, struct ids *orgs)
{
	struct db_rows rows;
	*orgs = (struct ids){0};
	enum err e = db_all(db, a, SQL_DUE, &rows, DB_INT(now_us));
	if (e == ERR_OK)
		*orgs = db_ids(a, &rows);
	return e;
}

/* The last condition is looked at again by whoever waited for the row, so of
 * two at once one finds nothing.  What invites to an activity that waits
 * (model/pause.h) waits in its place; which that is is worked out once, from the
 * few activities that wait. */
static const char SQL_CLAIM[] =
    "UPDATE outbox SET state = 'sending', attempts = attempts + 1,"
    " lease = $2, due_us = $3"
    " WHERE org = $1 AND due_us <= $4 AND id ="
    " (SELECT o.id FROM outbox o WHERE o.org = $1 AND o.due_us <= $4"
    "   AND (o.once IS NULL OR o.once NOT IN (SELECT s.mail"
    "    FROM pause w CROSS JOIN sending s WHERE w.org = $1 AND s.org = $1"
    "     AND s.network = w.network AND s.activity = w.activity"
    "     AND s.mail <> ''))"
    "   ORDER BY o.due_us, o.id LIMIT 1)"
    " RETURNING id, kind, attempts, created_us, recipient, subject, body";

static bool
open_claim(struct arena *a, const struct actor *who, const struct db_row *row,
    struct mail_claim *out)
{
	const struct key *key = &who->keys->mail;
	return seal_open(a, key, db_blob(row, 4),
		   outbox_context(a, who, out->id, S("to")), &out->to) &&
	    seal_open(a, key, db_blob(row, 5),
		outbox_context(a, who, out->id, S("subject")), &out->subject) &&
	    seal_open(a, key, db_blob(row, 6),
		outbox_context(a, who, out->id, S("body")), &out->body);
}

enum err
mail_claim(struct db *db, struct arena *a, const struct actor *who,
    struct mail_claim *out)
{
	struct db_row row;
	struct id lease = id_new(who->now_us);
	int64_t until = who->now_us + MAIL_LEASE_MINUTES * MINUTE_US;
	enum err e = db_one(db, a, SQL_CLAIM, &row, DB_ID(who->org),
	    DB_ID(lease), DB_INT(until), DB_INT(who->now_us));
	if (e != ERR_OK)
		return e;
	*out = (struct mail_claim){
	    .org = who->org,
	    .id = db_id(&row, 0),
	    .lease = lease,
	    .kind = db_text(&row, 1),
	    .attempts = db_int(&row, 2),
	    .created_us = db_int(&row, 3),
	};
	out->readable = open_claim(a, who, &row, out);
	return ERR_OK;
}

static enum err
if_held(enum err e, int64_t changed)
{
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	return e;
}

static const char SQL_SENT[] =
    "UPDATE outbox SET state = 'sent', body = NULL, lease = NULL,"
    " due_us = NULL, ended_us = $4, fault = ''"
    " WHERE org = $1 AND id = $2 AND lease = $3";

enum err
mail_sent(struct db *db, const struct actor *who, const struct mail_claim *m)
{
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_SENT, &changed, DB_ID(who->org),
	    DB_ID(m->id), DB_ID(m->lease), DB_INT(who->now_us));
	return if_held(e, changed);
}

static const char SQL_LATER[] =
    "UPDATE outbox SET state = 'waiting', lease = NULL, due_us = $4,"
    " fault = $5 WHERE org = $1 AND id = $2 AND lease = $3";

/* How long after its n-th try a mail is tried again. */
static int64_t
pause_us(int64_t attempts)
{
	static const int minutes[MAIL_TRIES] = {
	    1, 5, 30, 120, 360, 360, 720, 720, 720, 720, 720, 720};
	int64_t i = attempts < 1 ? 0 : attempts - 1;
	return minutes[i < MAIL_TRIES ? i : MAIL_TRIES - 1] * MINUTE_US;
}

enum err
mail_later(struct db *db, const struct actor *who, const struct mail_claim *m,
    struct str fault)
{
	if (m->attempts >= MAIL_TRIES)
		return mail_refused(db, who, m, fault);
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_LATER, &changed, DB_ID(who->org),
	    DB_ID(m->id), DB_ID(m->lease),
	    DB_INT(who->now_us + pause_us(m->attempts)), DB_TEXT(fault));
	return if_held(e, changed);
}

static const char SQL_REFUSED[] =
    "UPDATE outbox SET state = 'failed', lease = NULL, due_us = NULL,"
    " ended_us = $4, fault = $5 WHERE org = $1 AND id = $2 AND lease = $3";

enum err
mail_refused(struct db *db, const struct actor *who, const struct mail_claim *m,
    struct str fault)
{
	int64_t changed = 0;
	enum err e = db_exec(db, SQL_REFUSED, &changed, DB_ID(who->org),
	    DB_ID(m->id), DB_ID(m->lease), DB_INT(who->now_us), DB_TEXT(fault));
	return if_held(e, changed);
}

static const char SQL_RELEASE[] =
    "UPDATE outbox SET state = 'waiting', due_us = $2"
    " WHERE org = $1 AND state = 'kept'";

enum err
mail_release(struct db *db, const struct actor *who)
{
	return db_exec(
	    db, SQL_RELEASE, NULL, DB_ID(who->org), DB_INT(who->now_us));
}

static const char SQL_SWEEP[] = "DELETE FROM outbox WHERE org = $1 AND"
				" ((state = 'sent' AND ended_us <= $2)"
				" OR (state = 'failed' AND ended_us <= $3))";

enum err
mail_sweep(struct db *db, const struct actor *who)
{
	return db_exec(db, SQL_SWEEP, NULL, DB_ID(who->org),
	    DB_INT(who->now_us - MAIL_SENT_DAYS * DAY_US),
	    DB_INT(who->now_us - MAIL_FAILED_DAYS * DAY_US));
}

static const char SQL_DROP[] =
    "DELETE FROM outbox WHERE org = $1 AND substr(once, 1, $3) = $2";

enum err
mail_drop(struct db *db, const struct actor *who, struct str once)
{
	return db_exec(
	    db, SQL_DROP, NULL, DB_ID(who->org), DB_TEXT(once), DB_INT(once.n));
}

static const char SQL_HALT[] =
    "DELETE FROM outbox WHERE org = $1 AND substr(once, 1, $3) = $2"
    " AND state IN ('waiting', 'kept', 'failed')";

enum err
mail_halt(struct db *db, const struct actor *who, struct str once)
{
	return db_exec(
	    db, SQL_HALT, NULL, DB_ID(who->org), DB_TEXT(once), DB_INT(once.n));
}

static const char SQL_FORGET[] =
    "DELETE FROM outbox WHERE org = $1 AND recipient_hash = $2";

enum err
mail_forget(
    struct db *db, struct arena *a, const struct actor *who, struct str address)
{
	struct hash h = outbox_hash(a, who, address);
	return db_exec(db, SQL_FORGET, NULL, DB_ID(who->org), DB_HASH(h));
}
