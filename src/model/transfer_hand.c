/* SPDX-License-Identifier: MPL-2.0 */

/* What goes with a network and is no row of its own: the contact details of its
 * people, the staff who are named in it, its methods, its chain of what was
 * done, its index of words. */
#include "model/account.h"
#include "model/audit.h"
#include "model/search.h"
#include "model/transfer_parts.h"

enum { PAGE = 200 };

/* A key that all others come behind. */
static const char before_all[sizeof(struct id)];
#define BEFORE_ALL \
	DB_BLOB(((struct str){before_all, (ptrdiff_t)sizeof before_all}))

/* ---- staff ---- */

static enum err
accounts_out(struct transfer *t)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < t->accounts.n; i++) {
		struct account account;
		if (!t->named[i])
			continue;
		e = account_get(
		    t->db, t->row, t->who, t->accounts.list[i], &account);
		const struct db_value v[] = {DB_ID(t->accounts.list[i]),
		    DB_TEXT(account.name), DB_TEXT(account.mail),
		    DB_TEXT(lang_code(account.lang))};
		if (e == ERR_OK)
			e = transfer_put(t, v, COUNT_OF(v));
		t->result->staff++;
		arena_reset(t->row);
	}
	return e;
}

/* Who has an account here, by their mail or from an earlier network; else one
 * that is closed. */
static enum err
accounts_in(struct transfer *t, const struct db_row *row)
{
	struct account there;
	struct id id = db_id(row, 0);
	struct account_form form = {.name = db_text(row, 1),
	    .mail = db_text(row, 2),
	    .lang = lang_parse(db_text(row, 3), LANG_DA)};
	struct actor program = *t->who;
	program.network = (struct id){0}; /* it is noted of the organisation */
	enum err e = form.mail.n > 0
	    ? account_by_mail(t->db, t->row, &program, form.mail, &there)
	    : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND)
		e = account_get(t->db, t->row, &program, id, &there);
	t->result->staff++;
	if (e == ERR_OK)
		transfer_map_add(&t->map, t->arena, id, there.id);
	if (e != ERR_NOT_FOUND)
		return e;
	t->result->new_staff++;
	return account_bring(t->db, t->row, &program, id, form);
}

/* ---- people ---- */

static const char SQL_PEOPLE[] =
    "SELECT DISTINCT vault FROM person WHERE org = $1 AND network = $2"
    " AND vault IS NOT NULL AND vault > $3 ORDER BY vault LIMIT $4";

static enum err
person_out(struct transfer *t, struct id person)
{
	struct vault_contact c;
	enum err e = vault_contact_get(t->db, t->row, t->who, person, &c);
	if (e != ERR_OK)
		return e;
	if (c.name.n + c.mail.n + c.phone.n + c.address.n == 0) {
		t->result->fault = "somebody's contact details do not open "
				   "with the key in the folder";
		return ERR_CONFLICT;
	}
	const struct db_value v[] = {DB_ID(person), DB_TEXT(c.name),
	    DB_TEXT(c.mail), DB_TEXT(c.phone), DB_TEXT(c.address),
	    DB_TEXT(c.guardian)};
	t->result->people++;
	e = transfer_put(t, v, COUNT_OF(v));
	arena_reset(t->row);
	return e;
}

static enum err
people_out(struct transfer *t)
{
	struct arena *page = arena_scratch(t->arena);
	struct db_value after = BEFORE_ALL;
	struct db_rows rows = {.n = 1};
	enum err e = ERR_OK;
	while (e == ERR_OK && rows.n > 0) {
		e = db_all(t->db, page, SQL_PEOPLE, &rows, DB_ID(t->who->org),
		    DB_ID(t->who->network), after, DB_INT(PAGE));
		for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
			after = DB_ID(db_id(&rows.row[i], 0));
			e = person_out(t, after.id);
		}
		arena_reset(page);
	}
	arena_close(page);
	return e;
}

static const char SQL_IS_HELD[] =
    "SELECT 1 FROM vault WHERE org = $1 AND person = $2";

/* Whoever is in another network here is one with them, as when they are noted
 * (vault_contact_find()). */
static enum err
people_in(struct transfer *t, const struct db_row *row)
{
	struct id id = db_id(row, 0), there = id;
	struct db_row held;
	struct vault_contact c = {.name = db_text(row, 1),
	    .mail = db_text(row, 2),
	    .phone = db_text(row, 3),
	    .address = db_text(row, 4),
	    .guardian = db_text(row, 5)};
	enum err e = vault_contact_find(t->db, t->row, t->who, &c, &there);
	if (e == ERR_NOT_FOUND)
		e = db_one(t->db, t->row, SQL_IS_HELD, &held,
		    DB_ID(t->who->org), DB_ID(id));
	t->result->people++;
	if (e == ERR_OK)
		transfer_map_add(&t->vault, t->arena, id, there);
	if (e != ERR_NOT_FOUND)
		return e;
	return vault_contact_put(t->db, t->row, t->who, id, &c);
}

/* ---- methods of the organisation's own that an activity uses ---- */

static const char SQL_METHODS[] =
    "SELECT method, field, base, value, changed_us, changed_by FROM method_edit"
    " WHERE org = $1 AND substr(method, 1, 4) = 'own_'"
    " AND method IN (SELECT v.method FROM activity v"
    "  WHERE v.org = $1 AND v.network = $2) ORDER BY method, field";

static enum err
methods_out(struct transfer *t)
{
	struct db_rows rows;
	struct arena *page = arena_scratch(t->arena);
	enum err e = db_all(t->db, page, SQL_METHODS, &rows, DB_ID(t->who->org),
	    DB_ID(t->who->network));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		e = transfer_put(t, rows.row[i].value, rows.row[i].n);
		arena_reset(t->row);
	}
	arena_close(page);
	return e;
}

static const char SQL_METHOD[] =
    "INSERT INTO method_edit (org, method, field, base, value, changed_us,"
    " changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, method, field) DO NOTHING";

static enum err
methods_in(struct transfer *t, const struct db_row *row)
{
	struct id by = transfer_mapped(&t->map, db_id(row, 5));
	return db_exec(t->db, SQL_METHOD, NULL, DB_ID(t->who->org),
	    row->value[0], row->value[1], row->value[2], row->value[3],
	    row->value[4], DB_ID(by));
}

/* ---- what was done ---- */

static const char SQL_CHAIN[] =
    "SELECT seq, at_us, account, action, object FROM audit"
    " WHERE org = $1 AND chain = $2 AND seq > $3 ORDER BY seq LIMIT $4";

static enum err
chain_out(struct transfer *t)
{
	struct arena *page = arena_scratch(t->arena);
	struct db_rows rows = {.n = 1};
	int64_t seq = 0;
	enum err e = ERR_OK;
	while (e == ERR_OK && rows.n > 0) {
		e = db_all(t->db, page, SQL_CHAIN, &rows, DB_ID(t->who->org),
		    DB_ID(t->who->network), DB_INT(seq), DB_INT(PAGE));
		for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
			seq = db_int(&rows.row[i], 0);
			e = transfer_put(
			    t, rows.row[i].value + 1, rows.row[i].n - 1);
			arena_reset(t->row);
		}
		arena_reset(page);
	}
	arena_close(page);
	return e;
}

/* Its hashes are of this organisation from here on. */
static enum err
chain_in(struct transfer *t, const struct db_row *row)
{
	struct audit_entry entry = {.at_us = db_int(row, 0),
	    .account = transfer_mapped(&t->map, db_id(row, 1)),
	    .action = db_text(row, 2),
	    .object = transfer_mapped(&t->map, db_id(row, 3))};
	return audit_append(t->db, t->row, t->who, &entry);
}

/* ---- words ---- */

static const char SQL_WORDS[] =
    "SELECT id, kind, doc, stems, forms FROM search_doc"
    " WHERE org = $1 AND network = $2 AND id > $3 ORDER BY id LIMIT $4";

static enum err
words_out(struct transfer *t)
{
	struct arena *page = arena_scratch(t->arena);
	struct db_value after = BEFORE_ALL;
	struct db_rows rows = {.n = 1};
	enum err e = ERR_OK;
	while (e == ERR_OK && rows.n > 0) {
		e = db_all(t->db, page, SQL_WORDS, &rows, DB_ID(t->who->org),
		    DB_ID(t->who->network), after, DB_INT(PAGE));
		for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
			after = DB_ID(db_id(&rows.row[i], 0));
			e = transfer_put(t, rows.row[i].value, rows.row[i].n);
			arena_reset(t->row);
		}
		arena_reset(page);
	}
	arena_close(page);
	return e;
}

static enum err
words_in(struct transfer *t, const struct db_row *row)
{
	struct search_row r = {db_id(row, 0), db_text(row, 1), db_int(row, 2),
	    {db_text(row, 3), db_text(row, 4)}};
	return search_bring(t->db, t->row, t->who, &r);
}

/* ---- all of them ---- */

static const struct transfer_hand hands[] = {
    {S_INIT("account"), S_INIT("id name mail lang"),
	{COLUMN_ID, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT}, accounts_out,
	accounts_in, false},
    {S_INIT("vault"), S_INIT("person name mail phone address guardian"),
	{COLUMN_ID, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT,
	    COLUMN_TEXT},
	people_out, people_in, false},
    {S_INIT("method_edit"),
	S_INIT("method field base value changed_us changed_by"),
	{COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_INT,
	    COLUMN_ID},
	methods_out, methods_in, false},
    {S_INIT("audit"), S_INIT("at_us account action object"),
	{COLUMN_INT, COLUMN_ID, COLUMN_TEXT, COLUMN_ID}, chain_out, chain_in,
	true},
    {S_INIT("search_doc"), S_INIT("id kind doc stems forms"),
	{COLUMN_ID, COLUMN_TEXT, COLUMN_INT, COLUMN_TEXT, COLUMN_TEXT},
	words_out, words_in, true},
};

struct transfer_hands
transfer_hands(void)
{
	return (struct transfer_hands){hands, COUNT_OF(hands)};
}
