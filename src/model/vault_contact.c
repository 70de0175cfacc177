/* SPDX-License-Identifier: MPL-2.0 */

/* The vault's entries of the people who are asked: more than a name and a
 * mail, and found by either mail or phone together with the name. */
#include "base/buf.h"
#include "base/utf8.h"
#include "model/vault_box.h"

enum { COLUMNS = 5 };

static const char *const columns[COLUMNS] = {
    "name", "mail", "phone", "address", "guardian"};

static struct str *
part(struct vault_contact *c, int i)
{
	struct str *const parts[COLUMNS] = {
	    &c->name, &c->mail, &c->phone, &c->address, &c->guardian};
	return parts[i];
}

struct str
vault_phone_key(struct arena *a, struct str phone)
{
	struct buf b = buf_new(a, 64);
	for (ptrdiff_t i = 0; i < phone.n && b.n < 32; i++) {
		if (phone.p[i] >= '0' && phone.p[i] <= '9')
			buf_byte(&b, phone.p[i]);
	}
	struct str digits = buf_str(&b);
	if (str_starts(digits, S("0045")))
		return str_sub(digits, 4, digits.n);
	if (digits.n == 10 && str_starts(digits, S("45")))
		return str_sub(digits, 2, digits.n);
	return digits;
}

/* NULL for "". */
static struct db_value
lookup(struct arena *a, const struct actor *who, const char *what,
    struct str value)
{
	if (value.n == 0)
		return DB_NULL;
	struct str org = {(const char *)who->org.b, sizeof who->org.b};
	struct hash h = hash_keyed(
	    &who->keys->lookup, STR_JOIN(a, org, str_c(what), value));
	return DB_BLOB(hash_bytes(a, h));
}

static struct db_value
lookup_mail(struct arena *a, const struct actor *who, struct str mail)
{
	return lookup(a, who, "contact:", utf8_fold(a, str_trim(mail)));
}

static struct db_value
lookup_phone(struct arena *a, const struct actor *who, struct str phone)
{
	return lookup(a, who, "phone:", vault_phone_key(a, phone));
}

static const char SQL_PUT[] =
    "INSERT INTO vault (org, person, wrapped_key, name, mail, phone, address,"
    " guardian, contact_hash, phone_hash)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (org, person) DO UPDATE SET wrapped_key = $3, name = $4,"
    " mail = $5, phone = $6, address = $7, guardian = $8, contact_hash = $9,"
    " phone_hash = $10";

enum err
vault_contact_put(struct db *db, struct arena *a, const struct actor *who,
    struct id person, const struct vault_contact *contact)
{
	struct vault_contact c = *contact;
	struct vault_key key = vault_key_new(a, who, person);
	struct db_value box[COLUMNS];
	for (int i = 0; i < COLUMNS; i++) {
		struct str plain = str_trim(*part(&c, i));
		box[i] = i > 0 && plain.n == 0
		    ? DB_NULL
		    : DB_BLOB(vault_box(
			  a, who, &key.own, person, columns[i], plain));
	}
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(person),
	    DB_BLOB(key.wrapped), box[0], box[1], box[2], box[3], box[4],
	    lookup_mail(a, who, c.mail), lookup_phone(a, who, c.phone));
}

/* Columns person, wrapped_key, then `columns`. */
static struct vault_contact
open_row(struct arena *a, const struct actor *who, const struct db_row *row)
{
	struct vault_contact c = {0};
	struct id person = db_id(row, 0);
	struct key own;
	if (!vault_key_open(a, who, person, db_blob(row, 1), &own))
		return c;
	for (int i = 0; i < COLUMNS; i++) {
		if (!db_is_null(row, 2 + i))
			*part(&c, i) = vault_unbox(a, who, &own, person,
			    columns[i], db_blob(row, 2 + i));
	}
	return c;
}

static const char SQL_GET[] =
    "SELECT person, wrapped_key, name, mail, phone, address, guardian"
    " FROM vault WHERE org = $1 AND person = $2";

enum err
vault_contact_get(struct db *db, struct arena *a, const struct actor *who,
    struct id person, struct vault_contact *out)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, SQL_GET, &row, DB_ID(who->org), DB_ID(person));
	if (e == ERR_OK)
		*out = open_row(a, who, &row);
	return e;
}

/* Two looks, each by its index: an OR of both reads the whole vault. */
static const char SQL_SAME[] =
    "SELECT person, wrapped_key, name, mail, phone, address, guardian"
    "  FROM vault WHERE org = $1 AND contact_hash = $2"
    " UNION ALL"
    " SELECT person, wrapped_key, name, mail, phone, address, guardian"
    "  FROM vault WHERE org = $1 AND phone_hash = $3";

/* "Karen  Holm" is "karen holm". */
struct str
vault_name_key(struct arena *a, struct str name)
{
	struct str folded = utf8_fold(a, name);
	struct buf b = buf_new(a, folded.n + 1);
	for (ptrdiff_t i = 0; i < folded.n; i++) {
		if (folded.p[i] != ' ' && folded.p[i] != '.')
			buf_byte(&b, folded.p[i]);
	}
	return buf_str(&b);
}

enum err
vault_contact_find(struct db *db, struct arena *a, const struct actor *who,
    const struct vault_contact *of, struct id *person)
{
	struct db_rows rows;
	struct str name = vault_name_key(a, of->name);
	struct id found = {0};
	enum err e = db_all(db, a, SQL_SAME, &rows, DB_ID(who->org),
	    lookup_mail(a, who, of->mail), lookup_phone(a, who, of->phone));
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		struct vault_contact c = open_row(a, who, &rows.row[i]);
		struct id id = db_id(&rows.row[i], 0);
		bool first = !id_is_set(found) || id_cmp(id, found) < 0;
		if (first && str_eq(vault_name_key(a, c.name), name))
			found = id;
	}
	if (e != ERR_OK)
		return e;
	*person = found;
	return id_is_set(found) ? ERR_OK : ERR_NOT_FOUND;
}
