/* SPDX-License-Identifier: MPL-2.0 */

/* Somebody stops, or is erased (model/corps.h). */
#include "base/buf.h"
#include "model/outbox.h"
#include "model/shift.h"

static const char SQL_STOP[] =
    "UPDATE pledge SET rev = rev + 1, state = 'stopped', changed_us = $4,"
    " changed_by = $5 WHERE org = $1 AND network = $2 AND person = $3"
    " AND (state = 'offered' OR state = 'agreed' OR state = 'running')";

static const char SQL_STOP_EVENT[] =
    "INSERT INTO pledge_event (org, network, pledge, rev, state, hours, per,"
    " ends, at_us, account) SELECT org, network, id, rev, state, hours, per,"
    " ends, $4, $5 FROM pledge"
    " WHERE org = $1 AND network = $2 AND person = $3 AND state = 'stopped'"
    " ON CONFLICT (org, network, pledge, rev) DO NOTHING";

enum err
corps_leave(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	enum err e =
	    db_exec(db, SQL_STOP, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(person), DB_INT(who->now_us), DB_ID(who->account));
	if (e == ERR_OK)
		e = db_exec(db, SQL_STOP_EVENT, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person), DB_INT(who->now_us),
		    DB_ID(who->account));
	if (e == ERR_OK)
		e = shift_within(db, a, who, person);
	if (e == ERR_OK)
		e = mail_halt(db, who, corps_mails(a, person));
	return e == ERR_OK ? corps_feed_end(db, who, person) : e;
}

/* ---- erased ---- */

static const char SQL_HISTORY[] =
    "DELETE FROM pledge_event WHERE org = $1 AND network = $2 AND pledge IN"
    " (SELECT g.id FROM pledge g WHERE g.org = $1 AND g.network = $2"
    "   AND g.person = $3)";

static const char SQL_PLEDGES[] =
    "DELETE FROM pledge WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_NO_HOURS[] =
    "DELETE FROM shift_place WHERE org = $1 AND network = $2 AND person = $3"
    " AND came <> 'yes'";

/* Their hours were given, whoever gave them. */
static const char SQL_HOURS[] =
    "UPDATE shift_place SET person = NULL, account = NULL"
    " WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_EVENTS[] =
    "UPDATE shift_event SET person = NULL, tell = ''"
    " WHERE org = $1 AND network = $2 AND person = $3";

static const char SQL_OFFER[] =
    "DELETE FROM corps_offer WHERE org = $1 AND network = $2 AND person = $3";

struct str
corps_mails(struct arena *a, struct id person)
{
	return STR_JOIN(a, S("shift:"), id_text(a, person), S(":"));
}

enum err
corps_forget(
    struct db *db, struct arena *a, const struct actor *who, struct id person)
{
	enum err e = corps_leave(db, a, who, person);
	if (e == ERR_OK)
		e = db_exec(db, SQL_HISTORY, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		e = db_exec(db, SQL_PLEDGES, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		e = db_exec(db, SQL_NO_HOURS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		e = db_exec(db, SQL_HOURS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		e = db_exec(db, SQL_EVENTS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		e = db_exec(db, SQL_OFFER, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(person));
	return e == ERR_OK ? mail_drop(db, who, corps_mails(a, person)) : e;
}
