/* SPDX-License-Identifier: MPL-2.0 */
#include "model/method.h"

#include <string.h>

#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "model/audit.h"

/* ---- the fields ---- */

struct field {
	struct method_def def;
	size_t at; /* in struct catalogue_item, or catalogue_words */
	enum lang lang; /* of words; LANG_COUNT: of the item itself */
};

#define WORDS(field, title, kind, size, need)                        \
	{{#field "_da", title, kind, size, need, NULL},              \
	    offsetof(struct catalogue_words, field), LANG_DA},       \
	{                                                            \
		{#field "_en", title, kind, size, false, NULL},      \
		    offsetof(struct catalogue_words, field), LANG_EN \
	}
#define ITEM(field, title, kind, size, list)                           \
	{                                                              \
		{#field, title, kind, size, (list) != NULL, list},     \
		    offsetof(struct catalogue_item, field), LANG_COUNT \
	}

static const struct field fields[METHOD_FIELDS] = {
    WORDS(name, N_("Name (%1)"), METHOD_LINE, 80, true),
    WORDS(text, N_("What one does (%1)"), METHOD_TEXT, 600, true),
    WORDS(people, N_("For how many (%1)"), METHOD_LINE, 120, false),
    WORDS(time, N_("How long it takes (%1)"), METHOD_LINE, 120, false),
    WORDS(yields, N_("What it gives (%1)"), METHOD_LINE, 200, false),
    WORDS(caution, N_("Mind this (%1)"), METHOD_TEXT, 600, false),
    ITEM(access, N_("Way in"), METHOD_KEYS, 0, "access_ways"),
    ITEM(phases, N_("Phases"), METHOD_KEYS, 0, "phases"),
    ITEM(roles, N_("Roles"), METHOD_KEYS, 0, "roles"),
    ITEM(gives, N_("It gives"), METHOD_KEYS, 0, "yields"),
    ITEM(gentle, N_("How gentle, 0 to 3"), METHOD_NUMBER, 3, NULL),
    ITEM(
	people_min, N_("At least so many people"), METHOD_NUMBER, 100000, NULL),
    ITEM(people_max, N_("At most so many people"), METHOD_NUMBER, 100000, NULL),
    ITEM(minutes_citizen, N_("Minutes of each citizen"), METHOD_NUMBER, 100000,
	NULL),
    ITEM(minutes_team, N_("Minutes of the network"), METHOD_NUMBER, 100000,
	NULL),
    ITEM(assembly,
	N_("The whole network meets, or people are called to a hall"),
	METHOD_YES, 0, NULL),
};

const struct method_def *
method_def(int field)
{
	return &fields[field].def;
}

static void *
place(struct catalogue_item *item, const struct field *f)
{
	void *in = f->lang == LANG_COUNT ? (void *)item : &item->words[f->lang];
	return (char *)in + f->at;
}

/* ---- between an item and its fields as text ---- */

static struct str
joined(struct arena *a, const struct catalogue_texts *keys)
{
	struct buf b = buf_new(a, 10000);
	for (ptrdiff_t i = 0; i < keys->n; i++) {
		if (i > 0)
			buf_byte(&b, ' ');
		buf_add(&b, keys->list[i]);
	}
	return buf_str(&b);
}

static struct catalogue_texts
parted(struct arena *a, struct str keys)
{
	struct str *list = arena_new(a, struct str, keys.n / 2 + 1);
	ptrdiff_t n = 0;
	while (keys.n > 0)
		list[n++] = str_cut(&keys, ' ');
	return (struct catalogue_texts){list, n};
}

static struct str
get_field(struct arena *a, struct catalogue_item *item, const struct field *f)
{
	void *at = place(item, f);
	switch (f->def.type) {
	case METHOD_KEYS:
		return joined(a, at);
	case METHOD_NUMBER:
		return str_fmt(a, "%lld", (long long)*(int64_t *)at);
	case METHOD_YES:
		return *(bool *)at ? S("1") : S("");
	default:
		return *(struct str *)at;
	}
}

static void
set_field(struct arena *a, struct catalogue_item *item, const struct field *f,
    struct str value)
{
	void *at = place(item, f);
	switch (f->def.type) {
	case METHOD_KEYS:
		*(struct catalogue_texts *)at = parted(a, value);
		break;
	case METHOD_NUMBER:
		if (!str_int(value, at))
			*(int64_t *)at = 0;
		break;
	case METHOD_YES:
		*(bool *)at = value.n > 0;
		break;
	default:
		*(struct str *)at = value;
		break;
	}
}

/* What has no English says it in Danish. */
static void
fill_english(struct method *m)
{
	for (int i = 0; i < METHOD_FIELDS; i++) {
		if (fields[i].lang != LANG_EN)
			continue;
		struct str *english = place(&m->item, &fields[i]);
		if (english->n == 0)
			*english =
			    *(struct str *)place(&m->item, &fields[i - 1]);
	}
}

/* ---- reading ---- */

static int
field_by_name(struct str name)
{
	int i = 0;
	while (i < METHOD_FIELDS && !str_eq(str_c(fields[i].def.name), name))
		i++;
	return i;
}

static struct method
shipped(struct arena *a, const struct catalogue_item *item)
{
	struct method m = {.item = *item};
	for (int i = 0; i < METHOD_FIELDS; i++)
		m.field[i].shipped = m.value[i] =
		    get_field(a, &m.item, &fields[i]);
	return m;
}

/* Columns method, field, base, value, changed_us, changed_by. */
static void
apply(struct arena *a, struct method *m, const struct db_row *row)
{
	int i = field_by_name(db_text(row, 1));
	if (i == METHOD_FIELDS)
		return; /* of another release */
	m->value[i] = db_text(row, 3);
	m->field[i].edited = true;
	m->field[i].base = db_text(row, 2);
	m->field[i].moved =
	    !m->own && !str_eq(m->field[i].base, m->field[i].shipped);
	if (db_int(row, 4) >= m->changed_us) {
		m->changed_us = db_int(row, 4);
		m->changed_by = db_id(row, 5);
	}
	set_field(a, &m->item, &fields[i], m->value[i]);
}

static struct method *
find(const struct methods *all, struct str key)
{
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (str_eq(all->list[i].item.key, key))
			return &all->list[i];
	}
	return NULL;
}

const struct method *
method_find(const struct methods *all, struct str key)
{
	return find(all, key);
}

static const char SQL_EDITS[] =
    "SELECT method, field, base, value, changed_us, changed_by"
    "  FROM method_edit WHERE org = $1 ORDER BY method, field";

enum err
method_list(struct db *db, struct arena *a, const struct actor *who,
    struct methods *out)
{
	struct db_rows rows;
	struct catalogue_items items = catalogue_list(S("methods"));
	enum err e = db_all(db, a, SQL_EDITS, &rows, DB_ID(who->org));
	if (e != ERR_OK)
		return e;
	out->list = arena_new(a, struct method, items.n + rows.n);
	for (out->n = 0; out->n < items.n; out->n++)
		out->list[out->n] = shipped(a, &items.list[out->n]);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct str key = db_text(&rows.row[i], 0);
		struct method *m = find(out, key);
		if (m == NULL) {
			m = &out->list[out->n++];
			*m = (struct method){.item.key = key, .own = true};
		}
		apply(a, m, &rows.row[i]);
	}
	for (ptrdiff_t i = 0; i < out->n; i++)
		fill_english(&out->list[i]);
	return ERR_OK;
}

struct catalogue_items
method_items(struct arena *a, const struct methods *all)
{
	struct catalogue_item *list =
	    arena_new(a, struct catalogue_item, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++)
		list[i] = all->list[i].item;
	return (struct catalogue_items){list, all->n};
}

/* ---- checking ---- */

/* In the catalogue's order, each once. */
static struct str
ordered_keys(struct arena *a, const char *list, struct str keys)
{
	struct catalogue_items items = catalogue_list(str_c(list));
	struct buf b = buf_new(a, 10000);
	struct str padded = STR_JOIN(a, S(" "), keys, S(" "));
	for (ptrdiff_t i = 0; i < items.n; i++) {
		struct str key = items.list[i].key;
		if (str_find(padded, STR_JOIN(a, S(" "), key, S(" "))) < 0)
			continue;
		if (b.n > 0)
			buf_byte(&b, ' ');
		buf_add(&b, key);
	}
	return buf_str(&b);
}

static const char *
check_field(const struct method_def *def, struct str value)
{
	int64_t number;
	if (value.n == 0)
		return def->required || def->type == METHOD_NUMBER
		    ? N_("This must be filled in.")
		    : NULL;
	if (def->type == METHOD_NUMBER)
		return str_int(value, &number) && number >= 0 &&
			number <= def->max
		    ? NULL
		    : N_("Write a whole number that fits.");
	if (def->type == METHOD_LINE && str_find_byte(value, '\n') >= 0)
		return N_("Write it on one line.");
	if (def->max > 0 && utf8_length(value) > def->max)
		return N_("This is too long. Make it shorter.");
	if (cpr_find(value).n > 0)
		return N_("There is what looks like a CPR number. Delete it "
			  "before you save.");
	return NULL;
}

static void
check(struct arena *a, struct method_form *form, struct method_faults *faults)
{
	int64_t least, most;
	int from = field_by_name(S("people_min"));
	int to = field_by_name(S("people_max"));
	for (int i = 0; i < METHOD_FIELDS; i++) {
		const struct method_def *def = &fields[i].def;
		if (def->type == METHOD_KEYS)
			form->value[i] =
			    ordered_keys(a, def->catalogue, form->value[i]);
		if (def->type == METHOD_YES)
			form->value[i] = form->value[i].n > 0 ? S("1") : S("");
		faults->field[i] = check_field(def, form->value[i]);
	}
	if (faults->field[from] == NULL && faults->field[to] == NULL &&
	    str_int(form->value[from], &least) &&
	    str_int(form->value[to], &most) && least > most)
		faults->field[to] =
		    N_("This is less than the least. Change one of them.");
	for (int i = 0; i < METHOD_FIELDS; i++)
		faults->any = faults->any || faults->field[i] != NULL;
}

/* ---- writing ---- */

static const char SQL_PUT[] =
    "INSERT INTO method_edit (org, method, field, base, value, changed_us,"
    " changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (org, method, field) DO UPDATE"
    " SET base = $4, value = $5, changed_us = $6, changed_by = $7";

static const char SQL_DROP[] =
    "DELETE FROM method_edit WHERE org = $1 AND method = $2 AND field = $3";

/* A field that says what the program says is no change. */
static enum err
put_field(struct db *db, const struct actor *who, const struct method *m, int i,
    struct str value)
{
	struct str name = str_c(fields[i].def.name);
	if (!m->own && str_eq(value, m->field[i].shipped))
		return db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
		    DB_TEXT(m->item.key), DB_TEXT(name));
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_TEXT(m->item.key),
	    DB_TEXT(name), DB_TEXT(m->field[i].shipped), DB_TEXT(value),
	    DB_INT(who->now_us), DB_ID(who->account));
}

/* "own_" and an id. */
static bool
is_own_key(struct str key)
{
	struct id id;
	return str_starts(key, S("own_")) &&
	    id_parse(str_sub(key, S("own_").n, key.n), &id);
}

static enum err
find_or_begin(const struct methods *all, const struct method_form *form,
    struct method *out)
{
	const struct method *m = find(all, form->key);
	if (m == NULL && !is_own_key(form->key))
		return ERR_NOT_FOUND;
	*out = m != NULL ? *m
			 : (struct method){.item.key = form->key, .own = true};
	return out->changed_us == form->seen_us ? ERR_OK : ERR_CONFLICT;
}

/* A repeated form finds what it saved. */
static bool
is_saved(const struct method *m, const struct method_form *form)
{
	for (int i = 0; i < METHOD_FIELDS; i++) {
		if (!str_eq(m->value[i], form->value[i]))
			return false;
	}
	return m->changed_us > 0;
}

enum err
method_save(struct db *db, struct arena *a, const struct actor *who,
    const struct method_form *wanted, struct method_faults *faults)
{
	struct methods all;
	struct method m = {0};
	struct method_form form = *wanted;
	*faults = (struct method_faults){0};
	if (!actor_may(who, CAP_CATALOGUE))
		return ERR_DENIED;
	enum err e = method_list(db, a, who, &all);
	if (e != ERR_OK)
		return e;
	e = find_or_begin(&all, &form, &m);
	check(a, &form, faults);
	if (e == ERR_CONFLICT && is_saved(&m, &form))
		return ERR_OK;
	if (e != ERR_OK)
		return e;
	if (faults->any)
		return ERR_INVALID;
	for (int i = 0; i < METHOD_FIELDS && e == ERR_OK; i++) {
		bool settled =
		    str_eq(m.value[i], form.value[i]) && !m.field[i].moved;
		if (!settled || (m.own && m.changed_us == 0))
			e = put_field(db, who, &m, i, form.value[i]);
	}
	return e == ERR_OK ? audit_add(db, a, who, S("method.change"), who->org)
			   : e;
}

static const char SQL_RESET[] =
    "DELETE FROM method_edit WHERE org = $1 AND method = $2";

/* Whether some activity, in whatever network, is planned with it. */
static const char SQL_USED[] =
    "SELECT id FROM activity"
    " WHERE org = $1 AND method = $2 AND removed_us IS NULL LIMIT 1";

enum err
method_reset(
    struct db *db, struct arena *a, const struct actor *who, struct str key)
{
	struct db_row row;
	int64_t changed = 0;
	if (!actor_may(who, CAP_CATALOGUE))
		return ERR_DENIED;
	if (!catalogue_has(S("methods"), key)) {
		enum err used = db_one(
		    db, a, SQL_USED, &row, DB_ID(who->org), DB_TEXT(key));
		if (used != ERR_NOT_FOUND)
			return used == ERR_OK ? ERR_CONFLICT : used;
	}
	enum err e =
	    db_exec(db, SQL_RESET, &changed, DB_ID(who->org), DB_TEXT(key));
	if (e != ERR_OK || changed == 0)
		return e;
	return audit_add(db, a, who, S("method.reset"), who->org);
}
