/* SPDX-License-Identifier: MPL-2.0 */
#include "model/equality.h"

#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/catalogue.h"

static const char SQL_GET[] =
    "SELECT item, citizens, others, note, changed_us, changed_by"
    "  FROM equal_term WHERE org = $1 AND network = $2";

static void
read_term(struct terms *out, const struct db_row *row)
{
	for (int i = 0; i < TERMS; i++) {
		struct term *t = &out->of[i];
		if (!str_eq(t->item, db_text(row, 0)))
			continue;
		t->citizens = db_text(row, 1);
		t->others = db_text(row, 2);
		t->note = db_text(row, 3);
		out->changed_us = db_int(row, 4);
		out->changed_by = db_id(row, 5);
	}
}

enum err
equality_get(
    struct db *db, struct arena *a, const struct actor *who, struct terms *out)
{
	struct db_rows rows;
	struct catalogue_items items = catalogue_list(S("terms"));
	*out = (struct terms){0};
	if (!actor_may(who, CAP_READ))
		return ERR_NOT_FOUND;
	enum err e =
	    db_all(db, a, SQL_GET, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	for (int i = 0; i < TERMS; i++)
		out->of[i].item = items.list[i].key;
	for (ptrdiff_t i = 0; i < rows.n; i++)
		read_term(out, &rows.row[i]);
	for (int i = 0; i < TERMS; i++) {
		struct term *t = &out->of[i];
		bool said = t->citizens.n > 0 && t->others.n > 0;
		t->differs = said && !str_eq(t->citizens, t->others);
		out->differ += t->differs;
		out->unsaid += !said;
	}
	return ERR_OK;
}

static bool
is_word(struct str s)
{
	return s.n == 0 || str_eq(s, S("yes")) || str_eq(s, S("partly")) ||
	    str_eq(s, S("no"));
}

static const char SQL_PUT[] =
    "INSERT INTO equal_term (org, network, item, citizens, others, note,"
    " changed_us, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (org, network, item) DO UPDATE SET citizens = $4,"
    " others = $5, note = $6, changed_us = $7, changed_by = $8";

enum err
equality_put(struct db *db, struct arena *a, const struct actor *who,
    const struct terms *terms)
{
	struct catalogue_items items = catalogue_list(S("terms"));
	enum err e = ERR_OK;
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	for (int i = 0; i < TERMS; i++) {
		const struct term *t = &terms->of[i];
		if (!is_word(t->citizens) || !is_word(t->others) ||
		    utf8_length(t->note) > TERM_NOTE_MAX ||
		    cpr_find(t->note).n > 0)
			return ERR_INVALID;
	}
	for (int i = 0; i < TERMS && e == ERR_OK; i++) {
		const struct term *t = &terms->of[i];
		e = db_exec(db, SQL_PUT, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_TEXT(items.list[i].key),
		    DB_TEXT(t->citizens), DB_TEXT(t->others), DB_TEXT(t->note),
		    DB_INT(who->now_us), DB_ID(who->account));
	}
	return e == ERR_OK
	    ? audit_add(db, a, who, S("equality.change"), who->network)
	    : e;
}
