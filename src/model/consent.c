/* SPDX-License-Identifier: MPL-2.0 */
#include "model/consent.h"

#include "base/buf.h"

static const char SQL_ADD[] =
    "INSERT INTO consent (org, network, id, contribution, person, at_us,"
    " account, event, basis, scope, anonymity, given_by, age, text)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

enum err
consent_add(struct db *db, struct arena *a, const struct actor *who,
    const struct contribution *c, const struct consent_event *e)
{
	(void)a;
	return db_exec(db, SQL_ADD, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id_new(who->now_us)), DB_ID(c->id), DB_ID(c->person),
	    DB_INT(who->now_us), DB_ID(who->account), DB_TEXT(e->event),
	    DB_TEXT(c->basis), DB_INT(c->scope), DB_TEXT(c->anonymity),
	    DB_TEXT(c->given_by), DB_TEXT(e->age), DB_TEXT(e->text));
}

struct str
consent_text(struct arena *a, enum lang lang, int64_t scope)
{
	static const char *const texts[SCOPES] = {
	    N_("Only those who look after the conversation read it."),
	    N_("Those who work in the network may read it."),
	    N_("Those in the network and those who decide may read it."),
	    N_("Everybody may read it, also on the web."),
	};
	if (scope < 0 || scope >= SCOPES)
		return (struct str){0};
	return STR_JOIN(a, tr(lang, texts[scope]), S(" "),
	    tr(lang, N_("You can take it back when you like.")));
}

static const char SQL_LIST[] =
    "SELECT at_us, scope, account, event, basis, anonymity, given_by, age, text"
    "  FROM consent WHERE org = $1 AND network = $2 AND contribution = $3"
    " ORDER BY id";

enum err
contribution_receipts(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct receipts *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	*out = (struct receipts){arena_new(a, struct receipt, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct receipt){.at_us = db_int(row, 0),
		    .scope = db_int(row, 1),
		    .account = db_id(row, 2),
		    .event = db_text(row, 3),
		    .basis = db_text(row, 4),
		    .anonymity = db_text(row, 5),
		    .given_by = db_text(row, 6),
		    .age = db_text(row, 7),
		    .text = db_text(row, 8)};
	}
	return ERR_OK;
}
