/* SPDX-License-Identifier: MPL-2.0 */
#include "model/override.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

enum { REASON_MAX = 1000 };

static const char SQL_LIST[] =
    "SELECT object, account, rule, reason, at_us FROM override"
    " WHERE org = $1 AND network = $2 ORDER BY at_us DESC, id DESC";

enum err
override_list(struct db *db, struct arena *a, const struct actor *who,
    struct overrides *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct overrides){arena_new(a, struct override, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct override){db_id(row, 0), db_id(row, 1),
		    db_text(row, 2), db_text(row, 3), db_int(row, 4)};
	}
	return ERR_OK;
}

const struct override *
override_find(const struct overrides *all, struct id object)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (id_eq(all->list[i].object, object))
			return &all->list[i];
	}
	return NULL;
}

static const char SQL_ADD[] =
    "INSERT INTO override (org, network, id, rule, object, at_us, account,"
    " reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

enum err
override_add(struct db *db, struct arena *a, const struct actor *who,
    const struct override *o)
{
	struct overrides all;
	if (!actor_may(who, CAP_MANAGE))
		return ERR_DENIED;
	if (!str_eq(o->rule, S("R1")) || utf8_blank(o->reason) ||
	    utf8_length(o->reason) > REASON_MAX || cpr_find(o->reason).n > 0)
		return ERR_INVALID;
	enum err e = override_list(db, a, who, &all);
	if (e != ERR_OK || override_find(&all, o->object) != NULL)
		return e;
	e = db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id_new(who->now_us)), DB_TEXT(o->rule), DB_ID(o->object),
	    DB_INT(who->now_us), DB_ID(who->account), DB_TEXT(o->reason));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("rule.override"), o->object)
	    : e;
}
