/* SPDX-License-Identifier: MPL-2.0 */
#include "model/dossier.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/cpr.h"
#include "model/account.h"
#include "model/catalogue.h"
#include "model/dossier_find.h"
#include "model/mask.h"

struct telling {
	struct db *db;
	struct arena *arena;
	const struct actor *who;
	const struct dossier_wish *wish;
	struct mask mask;
	struct db_rows roles; /* account, role; by account */
};

/* ---- whose names are hidden ---- */

static const char SQL_OTHERS[] =
    "SELECT p.alias, p.vault FROM person p WHERE p.org = $1 AND p.network = $2"
    " AND p.id <> $3 AND p.state <> 'erased' ORDER BY p.id";

static enum err
hide_others(struct telling *t, const struct db_rows *others)
{
	for (ptrdiff_t i = 0; i < others->n; i++) {
		struct vault_contact c = {0};
		struct id entry = db_id(&others->row[i], 1);
		enum err e = ERR_OK;
		mask_other(&t->mask, db_text(&others->row[i], 0));
		if (id_is_set(entry))
			e = vault_contact_get(
			    t->db, t->arena, t->who, entry, &c);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		mask_other(&t->mask, c.name);
		mask_other(&t->mask, c.guardian);
	}
	return ERR_OK;
}

static enum err
hide_names(struct telling *t, const struct person *p, struct vault_contact own)
{
	struct db_rows others;
	struct vault_names staff;
	enum err e = db_all(t->db, t->arena, SQL_OTHERS, &others,
	    DB_ID(t->who->org), DB_ID(t->who->network), DB_ID(p->id));
	if (e == ERR_OK)
		e = vault_names(t->db, t->arena, t->who, &staff);
	if (e != ERR_OK)
		return e;
	t->mask = mask_new(t->arena, 3 * others.n + staff.n);
	t->mask.own = STR_JOIN(t->arena, own.name, S("\n"), own.mail, S("\n"),
	    own.phone, S("\n"), own.guardian, S("\n"), p->alias);
	e = hide_others(t, &others);
	for (ptrdiff_t i = 0; i < staff.n; i++)
		mask_other(&t->mask, staff.list[i].name);
	return e;
}

static const char SQL_ROLES[] =
    "SELECT m.account, m.role FROM member m"
    " WHERE m.org = $1 AND m.network = $2 ORDER BY m.account, m.role";

/* "Network leader"; a member of staff, when they are in the network no more. */
static struct str
role_of(const struct telling *t, struct id account)
{
	enum member_role role;
	for (ptrdiff_t i = 0; i < t->roles.n; i++) {
		const struct db_row *row = &t->roles.row[i];
		if (id_eq(db_id(row, 0), account) &&
		    role_parse(db_text(row, 1), &role))
			return tr(t->wish->lang, role_label(role));
	}
	return tr(t->wish->lang, N_("A member of staff"));
}

/* ---- one row ---- */

static struct str
value_text(const struct telling *t, const struct db_value *v)
{
	switch (v->type) {
	case DB_INT_T:
		return str_fmt(t->arena, "%lld", (long long)v->i);
	case DB_TEXT_T:
		return v->s;
	default:
		return S("");
	}
}

static void
add_fact(struct telling *t, const struct datamap_table *table,
    struct dossier_row *row, struct dossier_fact f)
{
	const char *word = datamap_word(table->table, f.name, f.raw);
	const char *label = datamap_column(f.name);
	if (f.raw.n == 0)
		return;
	if (str_eq(f.name, S("actor_kind")))
		f.value = catalogue_name(
		    catalogue_find(S("actor_kinds"), f.raw), t->wish->lang);
	if (f.value.n == 0)
		f.value = word != NULL ? tr(t->wish->lang, word) : f.raw;
	f.label = label != NULL ? tr(t->wish->lang, label) : f.name;
	row->fact[row->n++] = f;
}

static void
add_words(struct telling *t, const struct datamap_table *table,
    const struct db_row *from, ptrdiff_t *at, struct dossier_row *row)
{
	struct str rest = str_c(table->shown);
	while (rest.n > 0) {
		struct str name = datamap_next(&rest);
		struct str text = value_text(t, &from->value[(*at)++]);
		add_fact(t, table, row,
		    (struct dossier_fact){
			.name = name, .raw = mask_text(&t->mask, text)});
	}
	rest = str_c(table->named);
	while (rest.n > 0) {
		struct str name = datamap_next(&rest);
		struct str text = value_text(t, &from->value[(*at)++]);
		add_fact(t, table, row,
		    (struct dossier_fact){.name = str_cut(&name, ':'),
			.raw = mask_text(&t->mask, text)});
	}
}

static void
add_times(struct telling *t, const struct datamap_table *table,
    const struct db_row *from, ptrdiff_t *at, struct dossier_row *row)
{
	struct str rest = str_c(table->times);
	while (rest.n > 0) {
		struct str name = datamap_next(&rest);
		int64_t us = db_int(from, (*at)++);
		if (us == 0)
			continue;
		add_fact(t, table, row,
		    (struct dossier_fact){.name = name,
			.raw = time_iso(t->arena, us),
			.value = lang_time(t->arena, t->wish->lang, us)});
	}
	rest = str_c(table->staff);
	while (rest.n > 0) {
		struct str name = datamap_next(&rest);
		struct id account = db_id(from, (*at)++);
		if (!id_is_set(account))
			continue;
		struct str role = role_of(t, account);
		add_fact(t, table, row,
		    (struct dossier_fact){
			.name = name, .raw = role, .value = role});
	}
}

static struct dossier_part
part_of(struct telling *t, const struct datamap_table *table,
    const struct db_rows *rows)
{
	const char *label = datamap_label(table);
	struct dossier_part p = {.table = table,
	    .label =
		label != NULL ? tr(t->wish->lang, label) : str_c(table->table),
	    .row = arena_new(t->arena, struct dossier_row, rows->n),
	    .n = rows->n};
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		ptrdiff_t at = 0;
		struct dossier_row *row = &p.row[i];
		row->fact =
		    arena_new(t->arena, struct dossier_fact, rows->row[i].n);
		add_words(t, table, &rows->row[i], &at, row);
		add_times(t, table, &rows->row[i], &at, row);
	}
	return p;
}

/* ---- all of it ---- */

/* What they said comes first; who looked and what was done, last. */
static enum err
add_parts(struct telling *t, bool proof, struct dossier *out)
{
	struct datamap map = datamap();
	for (ptrdiff_t i = 0; i < map.n; i++) {
		const struct datamap_table *table = &map.list[i];
		struct db_rows rows = {0};
		if (table->reach == NULL ||
		    (table->purpose == PURPOSE_PROOF) != proof)
			continue;
		enum err e = dossier_find(t->db, t->arena, t->who,
		    &(struct dossier_aim){t->wish->person, i}, &rows);
		if (e != ERR_OK)
			return e;
		if (rows.n > 0)
			out->part[out->n++] = part_of(t, table, &rows);
	}
	return ERR_OK;
}

static const char SQL_NETWORK[] =
    "SELECT name FROM network WHERE org = $1 AND network = $2";

static enum err
begin(struct telling *t, struct person *p, struct vault_contact *own,
    struct dossier *out)
{
	struct db_row row;
	enum err e = person_get(t->db, t->arena, t->who, t->wish->person, p);
	if (e == ERR_OK && str_eq(p->state, S("erased")))
		return ERR_NOT_FOUND;
	if (e == ERR_OK)
		e = db_one(t->db, t->arena, SQL_NETWORK, &row,
		    DB_ID(t->who->org), DB_ID(t->who->network));
	if (e == ERR_OK)
		e = db_all(t->db, t->arena, SQL_ROLES, &t->roles,
		    DB_ID(t->who->org), DB_ID(t->who->network));
	if (e != ERR_OK)
		return e;
	*out = (struct dossier){.network = db_text(&row, 0),
	    .code = person_code(t->arena, p->number),
	    .has_contact = id_is_set(p->vault)};
	return out->has_contact
	    ? vault_contact_get(t->db, t->arena, t->who, p->vault, own)
	    : ERR_OK;
}

enum err
dossier_get(struct db *db, struct arena *a, const struct actor *who,
    const struct dossier_wish *wish, struct dossier *out)
{
	struct telling t = {.db = db, .arena = a, .who = who, .wish = wish};
	struct person p;
	struct vault_contact own = {0};
	if (!actor_may(who, CAP_PEOPLE | CAP_ACCESS) ||
	    (wish->contact && !actor_may(who, CAP_VAULT)))
		return ERR_DENIED;
	enum err e = begin(&t, &p, &own, out);
	if (e == ERR_OK)
		e = hide_names(&t, &p, own);
	if (e != ERR_OK)
		return e;
	out->opened = out->has_contact && wish->contact;
	if (out->opened)
		out->contact = own;
	out->part = arena_new(a, struct dossier_part, datamap().n);
	e = add_parts(&t, false, out);
	return e == ERR_OK ? add_parts(&t, true, out) : e;
}

enum err
dossier_read(struct db *db, struct arena *a, const struct actor *who,
    const struct dossier_wish *wish, struct dossier *out)
{
	struct dossier_wish w = *wish;
	if (str_trim(w.reason).n == 0 || cpr_find(w.reason).n > 0)
		return ERR_INVALID;
	w.contact = actor_may(who, CAP_VAULT);
	enum err e = dossier_get(db, a, who, &w, out);
	return e == ERR_OK
	    ? access_add(db, who, S("dossier"), w.reason, w.person, 1)
	    : e;
}

/* ---- for commands ---- */

static const char SQL_PLACES[] =
    "SELECT p.network, p.id, n.name FROM person p"
    " JOIN network n ON n.org = $1 AND n.network = p.network"
    " WHERE p.org = $1 AND p.number = $2 AND p.state <> 'erased'"
    " ORDER BY p.network";

static const char SQL_SAME[] =
    "SELECT p.network, p.id, n.name FROM person p"
    " JOIN network n ON n.org = $1 AND n.network = p.network"
    " WHERE p.org = $1 AND p.state <> 'erased' AND (p.id = $2 OR p.vault IN"
    "  (SELECT o.vault FROM person o WHERE o.org = $1 AND o.id = $2))"
    " ORDER BY p.network";

static void
read_places(
    struct arena *a, const struct db_rows *rows, struct dossier_places *out)
{
	*out = (struct dossier_places){
	    arena_new(a, struct dossier_place, rows->n), rows->n};
	for (ptrdiff_t i = 0; i < rows->n; i++)
		out->list[i] = (struct dossier_place){db_id(&rows->row[i], 0),
		    db_id(&rows->row[i], 1), db_text(&rows->row[i], 2)};
}

enum err
dossier_places(struct db *db, struct arena *a, const struct actor *who,
    int64_t number, struct dossier_places *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_OVERVIEW | CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e =
	    db_all(db, a, SQL_PLACES, &rows, DB_ID(who->org), DB_INT(number));
	if (e == ERR_OK)
		read_places(a, &rows, out);
	return e;
}

enum err
dossier_same(struct db *db, struct arena *a, const struct actor *who,
    const struct dossier_place *of, struct dossier_places *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_OVERVIEW | CAP_ACCOUNTS))
		return ERR_DENIED;
	enum err e =
	    db_all(db, a, SQL_SAME, &rows, DB_ID(who->org), DB_ID(of->person));
	if (e == ERR_OK)
		read_places(a, &rows, out);
	return e;
}
