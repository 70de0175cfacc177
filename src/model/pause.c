/* SPDX-License-Identifier: MPL-2.0 */
#include "model/pause.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/record.h"

static const char SQL_LIST[] =
    "SELECT activity, account, reason, at_us FROM pause"
    " WHERE org = $1 AND network = $2 ORDER BY at_us DESC, activity";

enum err
pause_list(
    struct db *db, struct arena *a, const struct actor *who, struct pauses *out)
{
	struct db_rows rows;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct pauses){arena_new(a, struct pause, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = (struct pause){db_id(&rows.row[i], 0),
		    db_id(&rows.row[i], 1), db_text(&rows.row[i], 2),
		    db_int(&rows.row[i], 3)};
	return ERR_OK;
}

const struct pause *
pause_find(const struct pauses *all, struct id activity)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].activity, activity))
			return &all->list[i];
	}
	return NULL;
}

enum err
pause_get(struct db *db, struct arena *a, const struct actor *who,
    struct id activity, struct pause *out)
{
	struct pauses all;
	*out = (struct pause){.activity = activity};
	enum err e = pause_list(db, a, who, &all);
	const struct pause *p = e == ERR_OK ? pause_find(&all, activity) : NULL;
	if (p != NULL)
		*out = *p;
	return e;
}

const char *
pause_fault(struct str reason)
{
	if (str_trim(reason).n == 0)
		return N_("Write why, in plain words: those who were asked "
			  "read it.");
	if (utf8_length(reason) > PAUSE_TEXT)
		return N_("Use at most 300 characters.");
	if (cpr_find(reason).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return NULL;
}

static const char SQL_SET[] =
    "INSERT INTO pause (org, network, activity, reason, at_us, account)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (org, network, activity) DO UPDATE SET reason = $4";

enum err
pause_set(struct db *db, struct arena *a, const struct actor *who,
    struct id activity, struct str reason)
{
	struct record r;
	if (!actor_may(who, CAP_ACCESS))
		return ERR_DENIED;
	if (pause_fault(reason) != NULL)
		return ERR_INVALID;
	enum err e = record_get(db, a, who, KIND_ACTIVITY, activity, &r);
	if (e == ERR_OK)
		e = db_exec(db, SQL_SET, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(activity),
		    DB_TEXT(str_trim(reason)), DB_INT(who->now_us),
		    DB_ID(who->account));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("activity.pause"), activity)
	    : e;
}

static const char SQL_END[] =
    "DELETE FROM pause WHERE org = $1 AND network = $2 AND activity = $3";

static const char SQL_DROP[] =
    "DELETE FROM outbox WHERE org = $1 AND state IN ('waiting', 'kept')"
    " AND once IN (SELECT s.mail FROM sending s WHERE s.org = $1"
    "  AND s.network = $2 AND s.activity = $3 AND s.mail <> '')";

/* Nobody is invited to a day that is over. */
static enum err
drop_late(
    struct db *db, struct arena *a, const struct actor *who, struct id activity)
{
	struct record r;
	struct date day;
	enum err e = record_get(db, a, who, KIND_ACTIVITY, activity, &r);
	if (e != ERR_OK || !date_parse(record_value(&r, "day"), &day) ||
	    date_cmp(day, date_danish(who->now_us)) >= 0)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	return db_exec(db, SQL_DROP, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(activity));
}

enum err
pause_end(
    struct db *db, struct arena *a, const struct actor *who, struct id activity)
{
	int64_t gone = 0;
	if (!actor_may(who, CAP_ACCESS))
		return ERR_DENIED;
	enum err e = drop_late(db, a, who, activity);
	if (e != ERR_OK)
		return e;
	e = db_exec(db, SQL_END, &gone, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(activity));
	return e == ERR_OK && gone > 0
	    ? audit_add(db, a, who, S("activity.resume"), activity)
	    : e;
}
