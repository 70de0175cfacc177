/* SPDX-License-Identifier: MPL-2.0 */
#include "model/vault_box.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* What a box is bound to, so that no box can stand in for another. */
static struct str
context(struct arena *a, struct id org, struct id person, const char *what)
{
	struct buf b = buf_new(a, 256);
	buf_add(&b, (struct str){(const char *)org.b, sizeof org.b});
	buf_add(&b, (struct str){(const char *)person.b, sizeof person.b});
	buf_add(&b, str_c(what));
	return buf_str(&b);
}

struct vault_key
vault_key_new(struct arena *a, const struct actor *who, struct id person)
{
	struct vault_key k = {.own = key_new()};
	k.wrapped = seal(a, &who->keys->vault,
	    (struct str){(const char *)k.own.b, sizeof k.own.b},
	    context(a, who->org, person, "key"));
	return k;
}

bool
vault_key_open(struct arena *a, const struct actor *who, struct id person,
    struct str wrapped, struct key *own)
{
	struct str bytes;
	if (!seal_open(a, &who->keys->vault, wrapped,
		context(a, who->org, person, "key"), &bytes) ||
	    bytes.n != KEY_BYTES)
		return false;
	memcpy(own->b, bytes.p, sizeof own->b);
	return true;
}

struct str
vault_box(struct arena *a, const struct actor *who, const struct key *own,
    struct id person, const char *what, struct str plain)
{
	return seal(a, own, plain, context(a, who->org, person, what));
}

struct str
vault_unbox(struct arena *a, const struct actor *who, const struct key *own,
    struct id person, const char *what, struct str box)
{
	struct str plain;
	return seal_open(
		   a, own, box, context(a, who->org, person, what), &plain)
	    ? plain
	    : (struct str){0};
}

static struct hash
mail_hash(struct arena *a, const struct actor *who, struct str mail)
{
	struct str org = {(const char *)who->org.b, sizeof who->org.b};
	return hash_keyed(
	    &who->keys->lookup, str_cat(a, org, utf8_fold(a, str_trim(mail))));
}

static const char SQL_PUT[] =
    "INSERT INTO vault (org, person, wrapped_key, name, mail, mail_hash)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (org, person) DO UPDATE SET wrapped_key = $3, name = $4,"
    " mail = $5, mail_hash = $6";

enum err
vault_put(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct vault_entry entry)
{
	struct vault_key key = vault_key_new(a, who, person);
	struct str name =
	    vault_box(a, who, &key.own, person, "name", entry.name);
	struct db_value mail = DB_NULL, hash = DB_NULL;
	if (entry.mail.n > 0) {
		struct hash h = mail_hash(a, who, entry.mail);
		mail = DB_BLOB(vault_box(
		    a, who, &key.own, person, "mail", str_trim(entry.mail)));
		hash = DB_BLOB(hash_bytes(a, h));
	}
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(person),
	    DB_BLOB(key.wrapped), DB_BLOB(name), mail, hash);
}

/* Columns person, wrapped_key, name, mail of a row, opened.  A box that does
 * not open (a wrong key, a damaged row) is shown as missing. */
static struct vault_name
open_row(struct arena *a, const struct actor *who, const struct db_row *row)
{
	struct vault_name out = {.person = db_id(row, 0)};
	struct key own;
	if (!vault_key_open(a, who, out.person, db_blob(row, 1), &own))
		return out;
	out.name =
	    vault_unbox(a, who, &own, out.person, "name", db_blob(row, 2));
	out.mail =
	    vault_unbox(a, who, &own, out.person, "mail", db_blob(row, 3));
	return out;
}

static const char SQL_GET[] =
    "SELECT person, wrapped_key, name, mail FROM vault"
    " WHERE org = $1 AND person = $2";

enum err
vault_get(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct vault_entry *out)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(person));
	if (e != ERR_OK)
		return e;
	struct vault_name name = open_row(a, who, &row);
	*out = (struct vault_entry){.name = name.name, .mail = name.mail};
	return ERR_OK;
}

static const char SQL_BY_MAIL[] =
    "SELECT person FROM vault WHERE org = $1 AND mail_hash = $2";

enum err
vault_find_mail(struct db *db, struct arena *a, const struct actor *who,
    struct str mail, struct id *person)
{
	struct db_row row;
	struct hash h = mail_hash(a, who, mail);
	enum err e =
	    db_one(db, a, SQL_BY_MAIL, &row, DB_ID(who->org), DB_HASH(h));
	if (e == ERR_OK)
		*person = db_id(&row, 0);
	return e;
}

static const char SQL_STAFF[] =
    "SELECT v.person, v.wrapped_key, v.name, v.mail"
    "  FROM account s JOIN vault v ON v.org = $1 AND v.person = s.id"
    " WHERE s.org = $1";

struct keyed_name {
	struct str sort_key;
	struct vault_name name;
};

static int
by_sort_key(const void *x, const void *y)
{
	const struct keyed_name *a = x, *b = y;
	return str_cmp(a->sort_key, b->sort_key);
}

enum err
vault_names(struct db *db, struct arena *a, const struct actor *who,
    struct vault_names *out)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_STAFF, &rows, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	struct keyed_name *keyed = arena_new(a, struct keyed_name, rows.n);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		keyed[i].name = open_row(a, who, &rows.row[i]);
		keyed[i].sort_key = utf8_sort_key(a, keyed[i].name.name);
	}
	if (rows.n > 0)
		qsort(keyed, (size_t)rows.n, sizeof *keyed, by_sort_key);
	*out = (struct vault_names){
	    arena_new(a, struct vault_name, rows.n), rows.n};
	for (ptrdiff_t i = 0; i < rows.n; i++)
		out->list[i] = keyed[i].name;
	return ERR_OK;
}

struct str
vault_name_of(const struct vault_names *names, struct id person)
{
	for (ptrdiff_t i = 0; i < names->n; i++) {
		if (id_eq(names->list[i].person, person))
			return names->list[i].name;
	}
	return (struct str){0};
}
