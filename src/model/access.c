/* SPDX-License-Identifier: MPL-2.0 */

/* Who read what is sensitive (model/person.h). */
#include "model/person.h"

static const char SQL_ADD[] =
    "INSERT INTO access (org, id, at_us, account, network, person, count,"
    " what, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

enum err
access_add(struct db *db, const struct actor *who, struct str what,
    struct str reason, struct id person, int64_t count)
{
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org),
	    DB_ID(id_new(who->now_us)), DB_INT(who->now_us),
	    DB_ID(who->account), DB_ID(who->network), DB_ID(person),
	    DB_INT(count), DB_TEXT(what), DB_TEXT(reason));
}

static const char SQL_PEOPLE[] =
    "SELECT COUNT(*) FROM person WHERE org = $1 AND network = $2";

enum err
access_network(
    struct db *db, struct arena *a, const struct actor *who, struct str reason)
{
	struct db_row row;
	enum err e = db_one(
	    db, a, SQL_PEOPLE, &row, DB_ID(who->org), DB_ID(who->network));
	return e != ERR_OK ? e
			   : access_add(db, who, S("network"), reason,
				 (struct id){0}, db_int(&row, 0));
}

static const char SQL_LIST[] =
    "SELECT a.at_us, a.count, a.account, a.person, a.what, a.reason, p.number"
    "  FROM access a"
    "  LEFT JOIN person p ON p.org = $1 AND p.network = $2 AND p.id = a.person"
    " WHERE a.org = $1 AND a.network = $2"
    " ORDER BY a.at_us DESC, a.id DESC LIMIT $3";

enum err
access_list(struct db *db, struct arena *a, const struct actor *who, int max,
    struct access_rows *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_ACCESS))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_INT(max));
	if (e != ERR_OK)
		return e;
	*out = (struct access_rows){
	    arena_new(a, struct access_row, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct access_row){db_int(row, 0),
		    db_int(row, 1), db_id(row, 2), db_id(row, 3),
		    db_text(row, 4), db_text(row, 5), db_int(row, 6)};
	}
	return ERR_OK;
}
