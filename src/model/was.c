/* SPDX-License-Identifier: MPL-2.0 */
#include "model/was.h"

static const char SQL_SINCE[] =
    "SELECT created_us FROM organisation WHERE org = $1";

enum err
was_get(
    struct db *db, struct arena *a, const struct actor *who, struct was *out)
{
	struct db_row row;
	struct settings_now now;
	enum err e = setting_list(db, a, who, &now);
	if (e == ERR_OK)
		e = db_one(db, a, SQL_SINCE, &row, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	struct date since = date_danish(db_int(&row, 0));
	*out = (struct was){.contact = setting_value(&now, S("was_contact")),
	    .missing = setting_value(&now, S("was_missing")),
	    .link = setting_value(&now, S("was_link"))};
	if (date_parse(setting_value(&now, S("was_day")), &out->looked))
		since = out->looked;
	out->due = date_from_days(date_days(since) + WAS_YEAR_DAYS);
	return ERR_OK;
}

/* A reminder like those of tasks, of no network: once for each due day. */
static const char SQL_TOLD[] =
    "INSERT INTO reminder (org, network, task, due, sent_us)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (org, network, task, due) DO NOTHING";

enum err
was_tell(struct db *db, struct arena *a, const struct actor *who,
    const struct was *w, struct id account)
{
	int64_t added = 0;
	if (date_days(w->due) > date_days(date_danish(who->now_us)))
		return ERR_NOT_FOUND;
	enum err e = db_exec(db, SQL_TOLD, &added, DB_ID(who->org),
	    DB_ID(who->org), DB_ID(account), DB_TEXT(date_iso(a, w->due)),
	    DB_INT(who->now_us));
	return e == ERR_OK && added == 0 ? ERR_NOT_FOUND : e;
}
