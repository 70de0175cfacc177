/* SPDX-License-Identifier: MPL-2.0 */
#include "model/retention.h"

#include "base/clock.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/setting.h"

/* ---- the networks that have ended ---- */

/* All of them ($2 = 1), or one. */
static const char SQL_ENDED[] =
    "SELECT n.network, n.name, n.state,"
    "  COALESCE(r.ended_us, n.removed_us, n.changed_us),"
    "  COALESCE(r.decision, ''), COALESCE(r.reference, ''),"
    "  COALESCE(r.day, ''), COALESCE(r.handed, ''), r.decided_us,"
    "  r.decided_by, r.begun_us, r.done_us, COALESCE(r.rows_gone, 0)"
    " FROM network n LEFT JOIN retention r ON r.org = $1"
    "   AND r.network = n.network"
    " WHERE n.org = $1"
    "   AND (n.removed_us IS NOT NULL OR n.state IN ('closed', 'archived'))"
    "   AND ($2 = 1 OR n.network = $3)"
    " ORDER BY CASE WHEN r.done_us IS NULL THEN 0 ELSE 1 END,"
    "  COALESCE(r.ended_us, n.removed_us, n.changed_us), n.network LIMIT 200";

static struct retained
read_row(const struct db_row *row, int64_t days)
{
	return (struct retained){.network = db_id(row, 0),
	    .name = db_text(row, 1),
	    .state = db_text(row, 2),
	    .ended_us = db_int(row, 3),
	    .due_us = db_int(row, 3) + days * DAY_US,
	    .decision = db_text(row, 4),
	    .reference = db_text(row, 5),
	    .day = db_text(row, 6),
	    .handed = db_text(row, 7),
	    .decided_us = db_int(row, 8),
	    .decided_by = db_id(row, 9),
	    .begun_us = db_int(row, 10),
	    .done_us = db_int(row, 11),
	    .rows = db_int(row, 12)};
}

static enum err
number_of(struct db *db, struct arena *a, const struct actor *who,
    struct str name, int64_t *out)
{
	struct settings_now now;
	enum err e = setting_list(db, a, who, &now);
	*out = e == ERR_OK ? setting_number(&now, name) : 0;
	return e;
}

enum err
retention_list(struct db *db, struct arena *a, const struct actor *who,
    struct retained_list *out)
{
	struct db_rows rows;
	int64_t days;
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = number_of(db, a, who, S("retention_days"), &days);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_ENDED, &rows, DB_ID(who->org), DB_INT(1),
		    DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	*out = (struct retained_list){
	    arena_new(a, struct retained, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = read_row(&rows.row[i], days);
	return ERR_OK;
}

enum err
retention_get(struct db *db, struct arena *a, const struct actor *who,
    struct id network, struct retained *out)
{
	struct db_row row;
	int64_t days;
	bool own = actor_may(who, CAP_ACCESS) && id_eq(network, who->network);
	if (!own && !actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = number_of(db, a, who, S("retention_days"), &days);
	if (e == ERR_OK)
		e = db_one(db, a, SQL_ENDED, &row, DB_ID(who->org), DB_INT(0),
		    DB_ID(network));
	if (e == ERR_OK)
		*out = read_row(&row, days);
	return e;
}

bool
retention_ready(const struct retained *r, int64_t now_us)
{
	bool decided = str_eq(r->decision, S("discard")) ||
	    (str_eq(r->decision, S("keep")) && r->handed.n > 0);
	return r->done_us == 0 && r->due_us <= now_us && decided;
}

/* ---- the archive's decision ---- */

enum err
retention_has_contact(
    struct db *db, struct arena *a, const struct actor *who, bool *yes)
{
	struct settings_now now;
	enum err e = setting_list(db, a, who, &now);
	*yes = e == ERR_OK && setting_value(&now, S("archive_contact")).n > 0;
	return e;
}

static const char *
day_fault(struct str text, int64_t now_us)
{
	struct date day;
	if (!date_parse(text, &day))
		return N_("Write a date, as 24-11-2026.");
	if (date_days(day) > date_days(date_danish(now_us)))
		return N_("That day has not come yet.");
	return NULL;
}

struct retention_faults
retention_check(const struct retained *r, int64_t now_us)
{
	struct retention_faults f = {0};
	bool keep = str_eq(r->decision, S("keep"));
	if (!keep && !str_eq(r->decision, S("discard")))
		f.decision = N_("Choose what the archive decided.");
	if (r->reference.n == 0)
		f.reference = N_("Write where the archive's decision is "
				 "found.");
	else if (utf8_length(r->reference) > RETENTION_TEXT)
		f.reference = N_("Use at most 200 characters.");
	else if (cpr_find(r->reference).n > 0)
		f.reference = N_("There is what looks like a CPR number. "
				 "Delete it before you save.");
	f.day = day_fault(r->day, now_us);
	if (r->handed.n > 0)
		f.handed = keep ? day_fault(r->handed, now_us)
				: N_("Leave this empty: nothing is kept.");
	f.any = f.decision != NULL || f.reference != NULL || f.day != NULL ||
	    f.handed != NULL;
	return f;
}

static const char SQL_DECIDE[] =
    "INSERT INTO retention (org, network, ended_us, decision, reference, day,"
    " handed, decided_us, decided_by, rows_gone)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)"
    " ON CONFLICT (org, network) DO UPDATE SET decision = $4, reference = $5,"
    " day = $6, handed = $7, decided_us = $8, decided_by = $9";

static enum err
write_decision(struct db *db, const struct actor *who, const struct retained *r,
    int64_t ended_us)
{
	return db_exec(db, SQL_DECIDE, NULL, DB_ID(who->org), DB_ID(r->network),
	    DB_INT(ended_us), DB_TEXT(r->decision), DB_TEXT(r->reference),
	    DB_TEXT(r->day), DB_TEXT(r->handed), DB_INT(who->now_us),
	    DB_ID(who->account));
}

enum err
retention_decide(struct db *db, struct arena *a, const struct actor *who,
    const struct retained *r)
{
	struct retained now;
	bool contact;
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = retention_get(db, a, who, r->network, &now);
	if (e != ERR_OK)
		return e;
	if (now.begun_us != 0)
		return ERR_CONFLICT;
	e = retention_has_contact(db, a, who, &contact);
	if (e == ERR_OK && (!contact || retention_check(r, who->now_us).any))
		e = ERR_INVALID;
	if (e == ERR_OK)
		e = write_decision(db, who, r, now.ended_us);
	if (e != ERR_OK)
		return e;
	struct actor inside = actor_inside(who, r->network);
	return audit_add(db, a, &inside,
	    STR_JOIN(a, S("retention."), r->decision), r->network);
}

/* ---- the clock ---- */

static const char SQL_CLOCK[] =
    "SELECT seen_us, asked_us, held_us, held_table, held_share"
    " FROM retention_clock WHERE org = $1";

enum err
retention_clock(struct db *db, struct arena *a, const struct actor *who,
    struct retention_clock *out)
{
	struct db_row row;
	*out = (struct retention_clock){0};
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_CLOCK, &row, DB_ID(who->org));
	if (e == ERR_NOT_FOUND)
		return ERR_OK; /* nobody looked yet */
	if (e == ERR_OK)
		*out = (struct retention_clock){db_int(&row, 0),
		    db_int(&row, 2), db_text(&row, 3), db_int(&row, 4)};
	return e;
}

static const char SQL_CONFIRM[] =
    "UPDATE retention_clock SET held_us = NULL, held_table = '',"
    " held_share = 0, asked_us = 0 WHERE org = $1 AND held_us IS NOT NULL";

enum err
retention_confirm(struct db *db, struct arena *a, const struct actor *who)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_OVERVIEW))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_CONFIRM, &changed, DB_ID(who->org));
	if (e != ERR_OK || changed == 0)
		return e;
	return audit_add(db, a, who, S("retention.confirm"), who->org);
}

static const char SQL_HOLD[] =
    "UPDATE retention_clock SET held_table = $2, held_share = $3"
    " WHERE org = $1";

enum err
retention_hold(
    struct db *db, const struct actor *who, const struct retain_share *share)
{
	return db_exec(db, SQL_HOLD, NULL, DB_ID(who->org),
	    DB_TEXT(share->table), DB_INT(share->percent));
}
