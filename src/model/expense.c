/* SPDX-License-Identifier: MPL-2.0 */
#include "model/expense.h"

#include "model/audit.h"

static const char SQL_LIST[] =
    "SELECT p.person, w.number, w.alias, p.kroner, p.paid_us, s.id, s.day,"
    " s.from_min, s.to_min, s.place, t.title"
    "  FROM shift_place p"
    "  JOIN shift s ON s.org = $1 AND s.network = $2 AND s.id = p.shift"
    "  JOIN corps_task t ON t.org = $1 AND t.network = $2 AND t.id = s.task"
    "  JOIN person w ON w.org = $1 AND w.network = $2 AND w.id = p.person"
    " WHERE p.org = $1 AND p.network = $2 AND p.kroner > 0"
    " ORDER BY CASE WHEN p.paid_us IS NULL THEN 0 ELSE 1 END, s.day,"
    " s.from_min, w.number";

static struct expense
read_expense(const struct db_row *row)
{
	struct expense x = {.person = db_id(row, 0),
	    .number = db_int(row, 1),
	    .alias = db_text(row, 2),
	    .kroner = db_int(row, 3),
	    .paid_us = db_int(row, 4),
	    .shift = {.id = db_id(row, 5),
		.from_min = db_int(row, 7),
		.to_min = db_int(row, 8),
		.place = db_text(row, 9),
		.task_title = db_text(row, 10)}};
	(void)!date_parse(db_text(row, 6), &x.shift.day);
	return x;
}

enum err
expense_list(struct db *db, struct arena *a, const struct actor *who,
    struct expenses *out)
{
	struct db_rows rows;
	*out = (struct expenses){0};
	if (!actor_may(who, CAP_PEOPLE))
		return ERR_DENIED;
	enum err e = db_all(
	    db, a, SQL_LIST, &rows, DB_ID(who->org), DB_ID(who->network));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct expense, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct expense x = read_expense(&rows.row[i]);
		*(x.paid_us > 0 ? &out->paid : &out->owed) += x.kroner;
		out->list[out->n++] = x;
	}
	return ERR_OK;
}

static const char SQL_PAY[] =
    "UPDATE shift_place SET paid_us = $5 WHERE org = $1 AND network = $2"
    " AND shift = $3 AND person = $4 AND kroner = $6 AND kroner > 0"
    " AND CASE WHEN paid_us IS NULL THEN 1 ELSE 0 END = $7";

enum err
expense_pay(
    struct db *db, struct arena *a, const struct actor *who, struct payment p)
{
	int64_t changed = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_exec(db, SQL_PAY, &changed, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(p.of.shift), DB_ID(p.of.person),
	    p.paid ? DB_INT(who->now_us) : DB_NULL, DB_INT(p.kroner),
	    DB_INT(p.paid));
	if (e == ERR_OK && changed == 0)
		return ERR_CONFLICT;
	return e == ERR_OK
	    ? audit_add(db, a, who,
		  p.paid ? S("expense.paid") : S("expense.owed"), p.of.shift)
	    : e;
}

static const char SQL_OWN[] =
    "SELECT SUM(CASE WHEN came = 'yes' THEN 1 ELSE 0 END), SUM(minutes),"
    " SUM(CASE WHEN paid_us IS NULL THEN kroner ELSE 0 END),"
    " SUM(CASE WHEN paid_us IS NULL THEN 0 ELSE kroner END)"
    " FROM shift_place WHERE org = $1 AND network = $2 AND person = $3";

enum err
expense_own(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct expense_own *out)
{
	struct db_row row;
	*out = (struct expense_own){0};
	enum err e = db_one(db, a, SQL_OWN, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(person));
	if (e == ERR_OK)
		*out = (struct expense_own){db_int(&row, 0), db_int(&row, 1),
		    db_int(&row, 2), db_int(&row, 3)};
	return e;
}
