/* SPDX-License-Identifier: MPL-2.0 */
#include "model/org.h"

#include <assert.h>

enum { SHORT_CHARS = 4 };

bool
org_host_ok(struct str s)
{
	bool ok = s.n > 0 && s.n <= 253 && s.p[0] != '.' && s.p[0] != '-';
	for (ptrdiff_t i = 0; ok && i < s.n; i++) {
		char c = s.p[i];
		ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    c == '.' || c == '-';
	}
	return ok && str_find(s, S("..")) < 0;
}

/* all orgs: a short code tells one from all others */
static const char SQL_SHORT_TAKEN[] =
    "SELECT COUNT(*) FROM organisation WHERE short = $1";

/* 20 random bits are another's once in a million. */
static enum err
new_short(struct db *db, struct arena *a, struct str *out)
{
	struct db_row row;
	enum err e;
	do {
		*out = str_sub(token_new(a), 0, SHORT_CHARS);
		e = db_one(db, a, SQL_SHORT_TAKEN, &row, DB_TEXT(*out));
	} while (e == ERR_OK && db_int(&row, 0) > 0);
	return e;
}

static const char SQL_CREATE[] =
    "INSERT INTO organisation (org, short, host, name, contact, created_us)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

enum err
org_create(struct db *db, struct arena *a, struct org org, int64_t now_us)
{
	enum err e =
	    org.short_code.n == 0 ? new_short(db, a, &org.short_code) : ERR_OK;
	if (e != ERR_OK)
		return e;
	return db_exec(db, SQL_CREATE, NULL, DB_ID(org.id),
	    DB_TEXT(org.short_code), DB_TEXT(org.host), DB_TEXT(org.name),
	    DB_TEXT(org.contact), DB_INT(now_us));
}

static const char SQL_TAKE_SHORT[] =
    "UPDATE organisation SET short = $2 WHERE org = $1 AND NOT EXISTS"
    " (SELECT 1 FROM network n WHERE n.org = $1)";

enum err
org_take_short(struct db *db, struct arena *a, struct org *org,
    struct str short_code, bool *has)
{
	struct db_row row;
	int64_t changed = 0;
	*has = str_eq(org->short_code, short_code);
	if (*has)
		return ERR_OK;
	enum err e = db_one(db, a, SQL_SHORT_TAKEN, &row, DB_TEXT(short_code));
	if (e == ERR_OK && db_int(&row, 0) == 0)
		e = db_exec(db, SQL_TAKE_SHORT, &changed, DB_ID(org->id),
		    DB_TEXT(short_code));
	*has = changed > 0;
	if (*has)
		org->short_code = short_code;
	return e;
}

/* all orgs: which of them a host name means */
static const char SQL_LIST[] =
    "SELECT org, short, host, name, contact FROM organisation"
    " ORDER BY created_us, org";

enum err
org_list(struct db *db, struct arena *a, struct orgs *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_LIST, &rows, DB_NONE);
	if (e != ERR_OK)
		return e;
	*out = (struct orgs){arena_new(a, struct org, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		out->list[i] = (struct org){
		    .id = db_id(row, 0),
		    .short_code = db_text(row, 1),
		    .host = db_text(row, 2),
		    .name = db_text(row, 3),
		    .contact = db_text(row, 4),
		};
	}
	return ERR_OK;
}

const struct org *
org_by_host(const struct orgs *orgs, struct str host)
{
	const struct org *any = NULL;
	for (ptrdiff_t i = 0; i < orgs->n; i++) {
		const struct org *org = &orgs->list[i];
		if (org->host.n > 0 && str_eq_nocase(org->host, host))
			return org;
		if (org->host.n == 0)
			any = org;
	}
	return orgs->n == 1 ? &orgs->list[0] : any;
}

const struct org *
org_by_id(const struct orgs *orgs, struct id id)
{
	ptrdiff_t i = 0;
	while (i < orgs->n && !id_eq(orgs->list[i].id, id))
		i++;
	assert(i < orgs->n);
	return &orgs->list[i];
}

const struct org *
org_by_short(const struct orgs *orgs, struct str short_code)
{
	for (ptrdiff_t i = 0; i < orgs->n; i++) {
		if (str_eq(orgs->list[i].short_code, short_code))
			return &orgs->list[i];
	}
	return NULL;
}
