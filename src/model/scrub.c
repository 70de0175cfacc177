/* SPDX-License-Identifier: MPL-2.0 */
#include "model/scrub.h"

#include "base/clock.h"
#include "model/job.h"

/* In the night: PostgreSQL's tables are not read while they are written anew.
 */
#define NIGHT_US (2 * HOUR_US)

static const char SQL_WAITING[] =
    "SELECT COUNT(*) FROM job WHERE org = $1 AND kind = 'scrub'"
    " AND state = 'waiting'";

enum err
scrub_ask(struct db *db, struct arena *a, const struct actor *who)
{
	struct db_row row;
	struct actor program = actor_program(who->org, who->keys, who->now_us);
	struct job job = {.id = id_new(who->now_us),
	    .kind = S("scrub"),
	    .args = S("{}"),
	    .due_us = (who->now_us / DAY_US + 1) * DAY_US + NIGHT_US};
	enum err e = db_one(db, a, SQL_WAITING, &row, DB_ID(who->org));
	if (e != ERR_OK || db_int(&row, 0) > 0)
		return e;
	return job_add(db, &program, &job);
}
