/* SPDX-License-Identifier: MPL-2.0 */
#include "model/breach.h"

struct looking {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
	const struct breach_wish *wish;
};

/* Whether one account is asked for: 1 or 0. */
static int64_t
of_one(const struct looking *l)
{
	return id_is_set(l->wish->account);
}

/* ---- could ---- */

static const char SQL_MEMBERS[] =
    "SELECT m.account, m.role, m.since_us FROM member m"
    " WHERE m.org = $1 AND m.network = $2 AND m.since_us < $3"
    "  AND (m.account = $4 OR $5 = 0)"
    " ORDER BY m.account, m.role";

static enum err
load_members(const struct looking *l, struct breach *out)
{
	struct db_rows rows;
	enum err e = db_all(l->db, l->arena, SQL_MEMBERS, &rows,
	    DB_ID(l->who->org), DB_ID(l->who->network), DB_INT(l->wish->to_us),
	    DB_ID(l->wish->account), DB_INT(of_one(l)));
	if (e != ERR_OK)
		return e;
	out->member = arena_new(l->arena, struct breach_member, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct breach_member m = {.account = db_id(&rows.row[i], 0),
		    .since_us = db_int(&rows.row[i], 2)};
		if (!role_parse(db_text(&rows.row[i], 1), &m.role))
			continue;
		m.caps = role_caps(m.role);
		out->member[out->n_members++] = m;
	}
	return ERR_OK;
}

static const char SQL_PEOPLE[] =
    "SELECT COUNT(*), COUNT(p.vault),"
    " COUNT(CASE WHEN p.protected = 1 THEN 1 END) FROM person p"
    " WHERE p.org = $1 AND p.network = $2 AND p.state <> 'erased'";

static const char SQL_VOICES[] =
    "SELECT COUNT(*) FROM contribution c WHERE c.org = $1 AND c.network = $2"
    " AND c.state <> 'withdrawn'";

static enum err
load_counts(const struct looking *l, struct breach *out)
{
	struct db_row row;
	enum err e = db_one(l->db, l->arena, SQL_PEOPLE, &row,
	    DB_ID(l->who->org), DB_ID(l->who->network));
	if (e != ERR_OK)
		return e;
	out->people = db_int(&row, 0);
	out->contacts = db_int(&row, 1);
	out->protected_people = db_int(&row, 2);
	e = db_one(l->db, l->arena, SQL_VOICES, &row, DB_ID(l->who->org),
	    DB_ID(l->who->network));
	out->voices = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

/* ---- did ---- */

static const char SQL_LOOKS[] =
    "SELECT a.account, a.at_us, p.number, a.count, a.what, a.reason"
    " FROM access a LEFT JOIN person p ON p.org = $1 AND p.network = $2"
    "  AND p.id = a.person"
    " WHERE a.org = $1 AND a.network = $2 AND a.at_us >= $3 AND a.at_us < $4"
    "  AND (a.account = $5 OR $6 = 0) ORDER BY a.at_us, a.id LIMIT $7";

static bool
seen_before(const struct breach *b, int64_t number)
{
	for (ptrdiff_t i = 0; i < b->n_looks; i++) {
		if (b->look[i].number == number)
			return true;
	}
	return false;
}

static enum err
load_looks(const struct looking *l, struct breach *out)
{
	struct db_rows rows;
	enum err e =
	    db_all(l->db, l->arena, SQL_LOOKS, &rows, DB_ID(l->who->org),
		DB_ID(l->who->network), DB_INT(l->wish->from_us),
		DB_INT(l->wish->to_us), DB_ID(l->wish->account),
		DB_INT(of_one(l)), DB_INT(BREACH_ROWS + 1));
	if (e != ERR_OK)
		return e;
	out->look = arena_new(l->arena, struct breach_look, BREACH_ROWS);
	out->more_looks = rows.n > BREACH_ROWS;
	for (ptrdiff_t i = 0; i < rows.n && i < BREACH_ROWS; i++) {
		const struct db_row *row = &rows.row[i];
		int64_t number = db_int(row, 2);
		out->looked_at += number > 0 && !seen_before(out, number);
		out->look[out->n_looks++] =
		    (struct breach_look){db_id(row, 0), db_int(row, 1), number,
			db_int(row, 3), db_text(row, 4), db_text(row, 5)};
	}
	return ERR_OK;
}

static const char SQL_ACTS[] =
    "SELECT x.account, x.action, COUNT(*), MIN(x.at_us), MAX(x.at_us)"
    " FROM audit x WHERE x.org = $1 AND x.chain = $2 AND x.at_us >= $3"
    " AND x.at_us < $4 AND x.account IS NOT NULL"
    " AND (x.account = $5 OR $6 = 0)"
    " GROUP BY x.account, x.action ORDER BY x.account, x.action";

static enum err
load_acts(const struct looking *l, struct breach *out)
{
	struct db_rows rows;
	enum err e = db_all(l->db, l->arena, SQL_ACTS, &rows,
	    DB_ID(l->who->org), DB_ID(l->who->network),
	    DB_INT(l->wish->from_us), DB_INT(l->wish->to_us),
	    DB_ID(l->wish->account), DB_INT(of_one(l)));
	if (e != ERR_OK)
		return e;
	out->act = arena_new(l->arena, struct breach_act, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->act[out->n_acts++] =
		    (struct breach_act){db_id(row, 0), db_text(row, 1),
			db_int(row, 2), db_int(row, 3), db_int(row, 4)};
	}
	return ERR_OK;
}

static const char SQL_FILES[] =
    "SELECT x.account, x.at_us, x.rows_out, x.scope, x.format"
    " FROM voices_export x WHERE x.org = $1 AND x.network = $2"
    " AND x.at_us >= $3 AND x.at_us < $4"
    "  AND (x.account = $5 OR $6 = 0) ORDER BY x.at_us, x.id LIMIT $7";

static enum err
load_files(const struct looking *l, struct breach *out)
{
	struct db_rows rows;
	enum err e =
	    db_all(l->db, l->arena, SQL_FILES, &rows, DB_ID(l->who->org),
		DB_ID(l->who->network), DB_INT(l->wish->from_us),
		DB_INT(l->wish->to_us), DB_ID(l->wish->account),
		DB_INT(of_one(l)), DB_INT(BREACH_ROWS + 1));
	if (e != ERR_OK)
		return e;
	out->file = arena_new(l->arena, struct breach_file, rows.n);
	out->more_files = rows.n > BREACH_ROWS;
	for (ptrdiff_t i = 0; i < rows.n && i < BREACH_ROWS; i++) {
		const struct db_row *row = &rows.row[i];
		out->file[out->n_files++] =
		    (struct breach_file){db_id(row, 0), db_int(row, 1),
			db_int(row, 2), db_int(row, 3), db_text(row, 4)};
	}
	return ERR_OK;
}

enum err
breach_look(struct db *db, struct arena *a, const struct actor *who,
    const struct breach_wish *wish, struct breach *out)
{
	struct looking l = {db, a, who, wish};
	*out = (struct breach){0};
	if (!actor_may(who, CAP_ACCESS))
		return ERR_DENIED;
	enum err e = load_members(&l, out);
	if (e == ERR_OK)
		e = load_counts(&l, out);
	if (e == ERR_OK)
		e = load_looks(&l, out);
	if (e == ERR_OK)
		e = load_acts(&l, out);
	return e == ERR_OK ? load_files(&l, out) : e;
}
