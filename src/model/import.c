/* SPDX-License-Identifier: MPL-2.0 */
#include "model/import.h"

#include <stdlib.h>

#include "base/cpr.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/catalogue.h"

enum { REASON_MAX = 600 };

/* ---- the file, until somebody says yes ---- */

static struct key
file_key(const struct actor *who)
{
	return key_derive(&who->keys->vault, S("import"));
}

static struct str
file_context(struct arena *a, const struct actor *who, struct id id)
{
	return STR_JOIN(
	    a, id_text(a, who->org), id_text(a, who->network), id_text(a, id));
}

static bool
is_in_order(const struct import *in)
{
	return in->file.n > 0 && in->file.n <= IMPORT_BYTES &&
	    !utf8_blank(in->reason) && utf8_length(in->reason) <= REASON_MAX &&
	    cpr_find(in->reason).n == 0 &&
	    catalogue_has(S("actor_kinds"), in->actor_kind);
}

static const char SQL_PUT[] =
    "INSERT INTO import (org, network, id, at_us, account, actor_kind, reason,"
    " file) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    " ON CONFLICT (org, network, id) DO NOTHING";

enum err
import_put(struct db *db, struct arena *a, const struct actor *who,
    const struct import *in)
{
	struct key key = file_key(who);
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (!is_in_order(in))
		return ERR_INVALID;
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(in->id), DB_INT(who->now_us), DB_ID(who->account),
	    DB_TEXT(in->actor_kind), DB_TEXT(in->reason),
	    DB_BLOB(seal(a, &key, in->file, file_context(a, who, in->id))));
}

static const char SQL_GET[] =
    "SELECT actor_kind, reason, file FROM import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
import_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct import *out)
{
	struct db_row row;
	struct key key = file_key(who);
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_GET, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out = (struct import){.id = id,
	    .account = who->account,
	    .actor_kind = db_text(&row, 0),
	    .reason = db_text(&row, 1)};
	return seal_open(a, &key, db_blob(&row, 2), file_context(a, who, id),
		   &out->file)
	    ? ERR_OK
	    : ERR_INTERNAL;
}

static const char SQL_DROP[] =
    "DELETE FROM import"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

enum err
import_drop(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	(void)a;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	return db_exec(db, SQL_DROP, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(id), DB_ID(who->account));
}

static const char SQL_SWEEP[] =
    "DELETE FROM import WHERE org = $1 AND at_us <= $2";

enum err
import_sweep(struct db *db, const struct actor *program)
{
	return db_exec(db, SQL_SWEEP, NULL, DB_ID(program->org),
	    DB_INT(program->now_us - IMPORT_KEPT_US));
}

/* ---- what is in it ---- */

static struct id
find_group(struct arena *a, const struct records *groups, struct str name)
{
	struct str wanted = utf8_fold(a, name);
	for (ptrdiff_t i = 0; i < groups->n; i++) {
		struct str other = record_value(&groups->list[i], "name");
		if (str_eq(utf8_fold(a, other), wanted))
			return groups->list[i].id;
	}
	return (struct id){0};
}

enum err
import_read(struct db *db, struct arena *a, const struct actor *who,
    const struct import *in, struct import_people *out)
{
	struct records groups;
	struct people_file *f = &out->file;
	enum err e = record_list(db, a, who, KIND_GROUP, &groups);
	if (e != ERR_OK)
		return e;
	out->of = in;
	people_file_read(a, in->file, f);
	out->group = arena_new(a, struct id, f->n);
	for (ptrdiff_t i = 0; i < f->n; i++) {
		struct str name = f->rows[i].value[PEOPLE_GROUP];
		if (name.n == 0)
			continue;
		out->group[i] = find_group(a, &groups, name);
		if (!id_is_set(out->group[i]))
			people_fault(a, f, f->rows[i].at[PEOPLE_GROUP],
			    N_("There is no target group called \"%1\" in this "
			       "network."),
			    name);
	}
	return ERR_OK;
}

static struct vault_contact
contact_of(const struct people_row *row)
{
	const struct str *v = row->value;
	return (struct vault_contact){.name = v[PEOPLE_NAME],
	    .mail = v[PEOPLE_MAIL],
	    .phone = v[PEOPLE_PHONE],
	    .address = v[PEOPLE_ADDRESS]};
}

/* ---- who is there already ---- */

/* A name with a mail or with a phone, and the row it stands in. */
struct mark {
	struct str text;
	ptrdiff_t row;
};

static int
compare_marks(const void *x, const void *y)
{
	const struct mark *a = x, *b = y;
	int order = str_cmp(a->text, b->text);
	if (order == 0)
		order = (a->row > b->row) - (a->row < b->row);
	return order;
}

static void
compare_in_file(
    struct arena *a, const struct people_file *f, struct import_same *out)
{
	struct mark *marks = arena_new(a, struct mark, 2 * f->n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < f->n; i++) {
		struct vault_contact c = contact_of(&f->rows[i]);
		struct str name = vault_name_key(a, c.name);
		if (c.mail.n > 0)
			marks[n++] = (struct mark){
			    STR_JOIN(a, name, S("\n"), utf8_fold(a, c.mail)),
			    i};
		if (c.phone.n > 0)
			marks[n++] =
			    (struct mark){STR_JOIN(a, name, S("\n"),
					      vault_phone_key(a, c.phone)),
				i};
	}
	qsort(marks, (size_t)n, sizeof *marks, compare_marks);
	for (ptrdiff_t i = 1; i < n; i++) {
		int64_t *line = &out->line[marks[i].row];
		if (!str_eq(marks[i].text, marks[i - 1].text) || *line > 0)
			continue;
		*line = f->rows[marks[i - 1].row].line;
		out->in_file++;
	}
}

static const char SQL_HERE[] =
    "SELECT 1 FROM person"
    " WHERE org = $1 AND network = $2 AND vault = $3 AND state <> 'erased'";

/* ERR_OK: in this network; ERR_NOT_FOUND. */
static enum err
find_here(struct db *db, struct arena *a, const struct actor *who,
    const struct vault_contact *c)
{
	struct id entry;
	struct db_row row;
	if (c->mail.n == 0 && c->phone.n == 0)
		return ERR_NOT_FOUND;
	enum err e = vault_contact_find(db, a, who, c, &entry);
	if (e == ERR_OK)
		e = db_one(db, a, SQL_HERE, &row, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(entry));
	return e;
}

enum err
import_compare(struct db *db, struct arena *a, const struct actor *who,
    const struct import_people *people, struct import_same *out)
{
	const struct people_file *f = &people->file;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	*out = (struct import_same){.line = arena_new(a, int64_t, f->n),
	    .here = arena_new(a, bool, f->n)};
	compare_in_file(a, f, out);
	for (ptrdiff_t i = 0; i < f->n; i++) {
		struct arena *scratch = arena_scratch(a);
		struct vault_contact c = contact_of(&f->rows[i]);
		enum err e = find_here(db, scratch, who, &c);
		arena_close(scratch);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		out->here[i] = e == ERR_OK;
		out->in_network += out->here[i];
	}
	return ERR_OK;
}

/* ---- bringing them in ---- */

/* The same for the same row, so that a repeated job adds nobody twice: the
 * last bytes of the import's id, which are random, take the row's number. */
static struct id
row_id(struct id import, ptrdiff_t row)
{
	for (int k = 0; k < 4; k++)
		import.b[15 - k] ^= (unsigned char)((row + 1) >> (8 * k));
	return import;
}

static struct str
channel_of(const struct people_row *row)
{
	if (row->value[PEOPLE_CHANNEL].n > 0)
		return row->value[PEOPLE_CHANNEL];
	if (row->value[PEOPLE_MAIL].n > 0)
		return S("mail");
	return row->value[PEOPLE_PHONE].n > 0 ? S("phone") : S("letter");
}

static enum err
add_row(struct db *db, struct arena *a, const struct actor *who,
    const struct import_people *people, ptrdiff_t i)
{
	const struct import *in = people->of;
	const struct people_row *row = &people->file.rows[i];
	struct vault_contact c = contact_of(row);
	struct person_contact contact = {
	    .name = c.name, c.mail, c.phone, c.address};
	struct person p = {.id = row_id(in->id, i),
	    .group = people->group[i],
	    .alias = row->value[PEOPLE_ALIAS],
	    .actor_kind = in->actor_kind,
	    .age = row->value[PEOPLE_AGE],
	    .channel = channel_of(row),
	    .lang = S("da"),
	    .reason = row->value[PEOPLE_REASON],
	    .source = S("import")};
	if (p.reason.n == 0)
		p.reason = in->reason;
	enum err e = person_save(db, a, who, &p);
	return e == ERR_OK ? person_contact_put(db, a, who, p.id, &contact) : e;
}

enum err
import_add(struct db *db, struct arena *a, const struct actor *who,
    const struct import_people *people, struct import_rows *rows)
{
	enum err e = ERR_OK;
	rows->added = 0;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	if (people->file.n_faults > 0)
		return ERR_INVALID;
	for (ptrdiff_t i = rows->from; e == ERR_OK && i < rows->to; i++) {
		struct arena *scratch = arena_scratch(a);
		struct vault_contact c = contact_of(&people->file.rows[i]);
		struct person before;
		e = person_get(
		    db, scratch, who, row_id(people->of->id, i), &before);
		if (e == ERR_NOT_FOUND)
			e = find_here(db, scratch, who, &c);
		if (e == ERR_NOT_FOUND) {
			e = add_row(db, scratch, who, people, i);
			rows->added += e == ERR_OK;
		}
		arena_close(scratch);
	}
	return e;
}
