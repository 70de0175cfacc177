/* SPDX-License-Identifier: MPL-2.0 */
#include "model/measure.h"

#include "base/buf.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/audit.h"
#include "model/catalogue.h"

const struct choice measure_designs[] = {
    [MEASURE_BEFORE_AFTER] = {"before_after",
	N_("Before and after: the same people answer twice")},
    [MEASURE_RETROSPECTIVE] = {"retrospective",
	N_("Afterwards: they think back and compare with now")},
    [MEASURE_CROSS_SECTION] = {"cross_section", N_("Other people each time")},
    {0},
};

/* ---- reading ---- */

static struct measure
of_record(const struct record *r)
{
	const struct choice *design =
	    choice_find(measure_designs, record_value(r, "design"));
	struct measure m = {
	    .record = *r,
	    .begun = !str_eq(record_value(r, "state"), S("draft")),
	    .by_link = str_eq(record_value(r, "door"), S("link")),
	    .asks_words = str_eq(record_value(r, "words"), S("yes")),
	};
	if (design != NULL)
		m.design = (enum measure_design)(design - measure_designs);
	return m;
}

static const char SQL_ITEMS[] =
    "SELECT number, bank, da, en FROM measure_item"
    " WHERE org = $1 AND network = $2 AND measure = $3 ORDER BY number";

static const char SQL_ROUNDS[] =
    "SELECT r.number, r.state, r.opened, r.closed, r.could, r.ends,"
    " (SELECT count(*) FROM measure_answer a WHERE a.org = $1"
    "   AND a.network = $2 AND a.measure = $3 AND a.round = r.number)"
    " FROM measure_round r"
    " WHERE r.org = $1 AND r.network = $2 AND r.measure = $3"
    " ORDER BY r.number";

/* Who is asked in a group, or in the whole network. */
static const char SQL_COULD[] =
    "SELECT count(*) FROM person WHERE org = $1 AND network = $2"
    " AND state IN ('invited', 'yes', 'active')";

static const char SQL_COULD_GROUP[] =
    "SELECT count(*) FROM person WHERE org = $1 AND network = $2"
    " AND state IN ('invited', 'yes', 'active') AND target_group = $3";

static enum err
count_could(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, int64_t *could)
{
	struct id group;
	struct db_row row;
	enum err e = id_parse(record_value(&m->record, "target_group"), &group)
	    ? db_one(db, a, SQL_COULD_GROUP, &row, DB_ID(who->org),
		  DB_ID(who->network), DB_ID(group))
	    : db_one(
		  db, a, SQL_COULD, &row, DB_ID(who->org), DB_ID(who->network));
	*could = e == ERR_OK ? db_int(&row, 0) : 0;
	return e;
}

static enum err
read_rounds(
    struct db *db, struct arena *a, const struct actor *who, struct measure *m)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_ROUNDS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->record.id));
	if (e != ERR_OK)
		return e;
	m->round = arena_new(a, struct measure_round, rows.n + 1);
	m->n_rounds = rows.n;
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++) {
		const struct db_row *row = &rows.row[i];
		struct measure_round *r = &m->round[i];
		*r = (struct measure_round){.number = db_int(row, 0),
		    .open = str_eq(db_text(row, 1), S("open")),
		    .opened = db_text(row, 2),
		    .closed = db_text(row, 3),
		    .could = db_int(row, 4),
		    .ends = db_text(row, 5),
		    .answered = db_int(row, 6)};
		if (r->open)
			e = count_could(db, a, who, m, &r->could);
	}
	return e;
}

enum err
measure_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct measure *out)
{
	struct record r;
	struct db_rows rows;
	enum err e = record_get(db, a, who, KIND_MEASURE, id, &r);
	if (e == ERR_OK)
		e = db_all(db, a, SQL_ITEMS, &rows, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id));
	if (e != ERR_OK)
		return e;
	*out = of_record(&r);
	for (ptrdiff_t i = 0; i < rows.n && i < MEASURE_ITEMS; i++)
		out->item[out->n_items++] = (struct measure_item){
		    db_int(&rows.row[i], 0), db_text(&rows.row[i], 1),
		    db_text(&rows.row[i], 2), db_text(&rows.row[i], 3)};
	return read_rounds(db, a, who, out);
}

static const char SQL_NETWORK[] =
    "SELECT network FROM measure"
    " WHERE org = $1 AND id = $2 AND removed_us IS NULL";

enum err
measure_network(struct db *db, struct arena *a, const struct actor *program,
    struct id id, struct id *network)
{
	struct db_row row;
	enum err e =
	    db_one(db, a, SQL_NETWORK, &row, DB_ID(program->org), DB_ID(id));
	if (e == ERR_OK)
		*network = db_id(&row, 0);
	return e;
}

const struct measure_round *
measure_now(const struct measure *m)
{
	const struct measure_round *last =
	    m->n_rounds > 0 ? &m->round[m->n_rounds - 1] : NULL;
	return last != NULL && last->open ? last : NULL;
}

struct str
measure_item_text(const struct measure_item *item, enum lang lang)
{
	return lang == LANG_EN && item->en.n > 0 ? item->en : item->da;
}

struct str
measure_round_name(
    struct arena *a, enum lang lang, const struct measure *m, int64_t number)
{
	struct str n = lang_int(a, lang, number);
	if (m->design == MEASURE_BEFORE_AFTER && number <= 2)
		return tr(lang, number == 1 ? "Before" : "After");
	return tr_fill(a, tr(lang, "Round %1"), &n, 1);
}

/* ---- questions ---- */

static const char SQL_ADD[] =
    "INSERT INTO measure_item (org, network, measure, number, bank, da, en)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

struct adding {
	struct db *db;
	const struct actor *who;
	const struct measure *m;
	struct measure_item item[MEASURE_ITEMS]; /* as they become */
	ptrdiff_t n;
};

static enum err
add_one(struct adding *d, struct measure_item item)
{
	for (ptrdiff_t i = 0; i < d->n; i++) {
		if (str_eq(d->item[i].da, item.da))
			return ERR_OK;
	}
	if (d->n == MEASURE_ITEMS || utf8_length(item.da) > MEASURE_ITEM)
		return ERR_TOO_LARGE;
	item.number = d->n + 1;
	d->item[d->n++] = item;
	return ERR_OK;
}

static enum err
write_one(const struct adding *d, const struct measure_item *item)
{
	return db_exec(d->db, SQL_ADD, NULL, DB_ID(d->who->org),
	    DB_ID(d->who->network), DB_ID(d->m->record.id),
	    DB_INT(item->number), DB_TEXT(item->bank), DB_TEXT(item->da),
	    DB_TEXT(item->en));
}

static enum err
add_bank(struct adding *d, struct str keys)
{
	enum err e = ERR_OK;
	while (e == ERR_OK && keys.n > 0) {
		struct str key = str_trim(str_cut(&keys, ' '));
		const struct catalogue_item *c =
		    catalogue_find(S("quality"), key);
		if (c != NULL)
			e = add_one(d,
			    (struct measure_item){.bank = c->key,
				.da = catalogue_name(c, LANG_DA),
				.en = catalogue_name(c, LANG_EN)});
	}
	return e;
}

enum err
measure_items_add(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, const struct measure_more *more)
{
	struct str own = more->own;
	struct adding d = {.db = db, .who = who, .m = m, .n = m->n_items};
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (m->begun)
		return ERR_CONFLICT;
	for (ptrdiff_t i = 0; i < m->n_items; i++)
		d.item[i] = m->item[i];
	enum err e = add_bank(&d, more->bank);
	while (e == ERR_OK && own.n > 0) {
		struct str line = str_trim(str_cut(&own, '\n'));
		if (line.n > 0)
			e = add_one(&d, (struct measure_item){.da = line});
	}
	for (ptrdiff_t i = 0; e == ERR_OK && i < more->n; i++)
		e = add_one(&d, more->list[i]);
	for (ptrdiff_t i = m->n_items; e == ERR_OK && i < d.n; i++)
		e = write_one(&d, &d.item[i]);
	return e == ERR_OK && d.n > m->n_items
	    ? audit_add(db, a, who, S("measure.items"), m->record.id)
	    : e;
}

static const char SQL_DROP[] =
    "DELETE FROM measure_item"
    " WHERE org = $1 AND network = $2 AND measure = $3 AND number = $4";

static const char SQL_UP[] =
    "UPDATE measure_item SET number = $5"
    " WHERE org = $1 AND network = $2 AND measure = $3 AND number = $4";

enum err
measure_item_drop(struct db *db, struct arena *a, const struct actor *who,
    const struct measure *m, int64_t number)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (m->begun)
		return ERR_CONFLICT;
	if (number < 1 || number > m->n_items)
		return ERR_NOT_FOUND;
	enum err e = db_exec(db, SQL_DROP, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->record.id), DB_INT(number));
	for (int64_t i = number + 1; e == ERR_OK && i <= m->n_items; i++)
		e = db_exec(db, SQL_UP, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->record.id), DB_INT(i),
		    DB_INT(i - 1));
	return e == ERR_OK
	    ? audit_add(db, a, who, S("measure.items"), m->record.id)
	    : e;
}

/* ---- rounds ---- */

const char *
measure_missing(const struct measure *m)
{
	if (m->n_items == 0)
		return N_("Choose a question first.");
	if (measure_now(m) != NULL)
		return N_("A round is open already.");
	return NULL;
}

static const char SQL_BEGIN[] =
    "INSERT INTO measure_round (org, network, measure, number, state, opened,"
    " closed, could) VALUES ($1, $2, $3, $4, 'open', $5, '', 0)";

static enum err
freeze(
    struct db *db, struct arena *a, const struct actor *who, struct measure *m)
{
	struct record_saved saved;
	record_set(&m->record, "state", S("begun"));
	m->begun = true;
	return record_save_managed(db, a, who, &m->record, &saved);
}

enum err
measure_begin_round(
    struct db *db, struct arena *a, const struct actor *who, struct measure *m)
{
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (measure_missing(m) != NULL)
		return ERR_CONFLICT;
	enum err e = m->begun ? ERR_OK : freeze(db, a, who, m);
	if (e == ERR_OK)
		e = db_exec(db, SQL_BEGIN, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->record.id),
		    DB_INT(m->n_rounds + 1),
		    DB_TEXT(date_iso(a, date_danish(who->now_us))));
	if (e == ERR_OK)
		e = audit_add(db, a, who, S("measure.open"), m->record.id);
	return e == ERR_OK ? measure_get(db, a, who, m->record.id, m) : e;
}

static const char SQL_CLOSE[] =
    "UPDATE measure_round SET state = 'closed', closed = $5, could = $6"
    " WHERE org = $1 AND network = $2 AND measure = $3 AND number = $4"
    " AND state = 'open'";

/* What one reader alone found is read by nobody else. */
static const char SQL_UNREAD[] =
    "DELETE FROM measure_paper"
    " WHERE org = $1 AND network = $2 AND measure = $3 AND round = $4";

enum err
measure_close_round(
    struct db *db, struct arena *a, const struct actor *who, struct measure *m)
{
	const struct measure_round *r = measure_now(m);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (r == NULL)
		return ERR_CONFLICT;
	enum err e = db_exec(db, SQL_CLOSE, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(m->record.id), DB_INT(r->number),
	    DB_TEXT(date_iso(a, date_danish(who->now_us))), DB_INT(r->could));
	if (e == ERR_OK)
		e = db_exec(db, SQL_UNREAD, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(m->record.id),
		    DB_INT(r->number));
	if (e == ERR_OK)
		e = audit_add(db, a, who, S("measure.close"), m->record.id);
	return e == ERR_OK ? measure_get(db, a, who, m->record.id, m) : e;
}

static const char SQL_ENDS[] =
    "UPDATE measure_round SET ends = $5"
    " WHERE org = $1 AND network = $2 AND measure = $3 AND number = $4"
    " AND state = 'open'";

enum err
measure_ends(struct db *db, struct arena *a, const struct actor *who,
    struct measure *m, struct str day)
{
	struct date date;
	const struct measure_round *r = measure_now(m);
	if (!actor_may(who, CAP_EDIT))
		return ERR_DENIED;
	if (r == NULL)
		return ERR_CONFLICT;
	if (day.n > 0 &&
	    (!date_parse(day, &date) ||
		date_days(date) < date_days(date_danish(who->now_us))))
		return ERR_INVALID;
	enum err e =
	    db_exec(db, SQL_ENDS, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(m->record.id), DB_INT(r->number), DB_TEXT(day));
	if (e == ERR_OK)
		e = audit_add(db, a, who, S("measure.ends"), m->record.id);
	return e == ERR_OK ? measure_get(db, a, who, m->record.id, m) : e;
}
