/* SPDX-License-Identifier: MPL-2.0 */
#include "model/recall.h"

#include "model/audit.h"
#include "model/quote.h"

static const char SQL_NOTE[] =
    "INSERT INTO voices_export (org, network, id, at_us, account, scope,"
    " format, rows_out) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static enum err
note(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_file *file, struct id id)
{
	enum err e =
	    db_exec(db, SQL_NOTE, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(id), DB_INT(who->now_us), DB_ID(who->account),
		DB_INT(file->scope), DB_TEXT(file->format), DB_INT(file->rows));
	return e == ERR_OK ? audit_add(db, a, who, S("voices.export"), id) : e;
}

enum err
export_note(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_file *file)
{
	return actor_may(who, CAP_PEOPLE)
	    ? note(db, a, who, file, id_new(who->now_us))
	    : ERR_DENIED;
}

static const char SQL_HELD[] =
    "INSERT INTO export_voice (org, network, export, contribution)"
    " SELECT c.org, c.network, $3, c.id FROM contribution c"
    " WHERE c.org = $1 AND c.network = $2 AND (c.id = $4 OR c.id IN"
    "  (SELECT l.ancestor FROM contribution_line l WHERE l.org = $1"
    "    AND l.network = $2 AND l.contribution = $4))"
    " ON CONFLICT (org, network, export, contribution) DO NOTHING";

enum err
export_note_of(struct db *db, struct arena *a, const struct actor *who,
    const struct voices_file *file, const struct ids *held)
{
	bool may;
	struct id id = id_new(who->now_us);
	struct quote_wish wish = {(enum scope)file->scope, *held};
	if (!actor_may(who, CAP_READ))
		return ERR_DENIED;
	enum err e = quote_may(db, a, who, &wish, &may);
	if (e == ERR_OK && !may)
		return ERR_CONFLICT;
	if (e == ERR_OK)
		e = note(db, a, who, file, id);
	for (ptrdiff_t i = 0; e == ERR_OK && i < held->n; i++)
		e = db_exec(db, SQL_HELD, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_ID(held->list[i]));
	return e;
}

static const char SQL_ADD[] =
    "INSERT INTO recall (org, network, contribution, export, due_us)"
    " SELECT x.org, x.network, c.id, x.id, $4 FROM contribution c"
    "  JOIN voices_export x ON x.org = $1 AND x.network = $2"
    "   AND " SQL_MAY_HOLD " WHERE c.org = $1 AND c.network = $2 AND c.id = $3"
    " ON CONFLICT (org, network, contribution, export) DO NOTHING";

enum err
recall_add(struct db *db, const struct actor *who, const struct contribution *c)
{
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(c->id), DB_INT(who->now_us + RECALL_DAYS * DAY_US));
}

static const char SQL_LIST[] =
    "SELECT r.contribution, r.export, r.due_us, x.at_us, x.scope, x.account,"
    " x.format FROM recall r"
    "  JOIN voices_export x ON x.org = $1 AND x.network = $2"
    "   AND x.id = r.export"
    " WHERE r.org = $1 AND r.network = $2 AND r.done_us IS NULL"
    " ORDER BY r.due_us, r.contribution";

enum err
recall_list(struct db *db, struct arena *a, const struct actor *who,
    struct recalls *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct recalls){arena_new(a, struct recall, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct recall){.contribution = db_id(row, 0),
		    .export = db_id(row, 1),
		    .due_us = db_int(row, 2),
		    .made_us = db_int(row, 3),
		    .scope = db_int(row, 4),
		    .account = db_id(row, 5),
		    .format = db_text(row, 6)};
	}
	return ERR_OK;
}

static const char SQL_DONE[] =
    "UPDATE recall SET done_us = $5, done_by = $6 WHERE org = $1"
    " AND network = $2 AND contribution = $3 AND export = $4"
    " AND done_us IS NULL";

enum err
recall_done(struct db *db, struct arena *a, const struct actor *who,
    struct id contribution, struct id export)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_DONE, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(contribution), DB_ID(export),
	    DB_INT(who->now_us), DB_ID(who->account));
	if (e == ERR_OK && changed == 0)
		return ERR_NOT_FOUND;
	return e == ERR_OK
	    ? audit_add(db, a, who, S("voices.recalled"), contribution)
	    : e;
}
