/* SPDX-License-Identifier: MPL-2.0 */
#include "model/field.h"

#include "model/audit.h"

/* ---- boxes ---- */

static struct key
outer_key(const struct actor *who)
{
	return key_derive(&who->keys->vault, S("field"));
}

static struct str
context_of(struct arena *a, const struct actor *who, struct id id)
{
	return STR_JOIN(
	    a, id_text(a, who->org), id_text(a, who->network), id_text(a, id));
}

struct str
field_box(
    struct arena *a, const struct actor *who, struct id id, struct str plain)
{
	struct key outer = outer_key(who);
	return seal(a, &outer, plain, context_of(a, who, id));
}

/* "" stays "". */
enum err
field_unbox(
    struct arena *a, const struct actor *who, struct id id, struct str *s)
{
	struct key outer = outer_key(who);
	if (s->n == 0)
		return ERR_OK;
	return seal_open(a, &outer, *s, context_of(a, who, id), s)
	    ? ERR_OK
	    : ERR_INTERNAL;
}

/* ---- days ---- */

static enum err
check_place(struct db *db, struct arena *a, const struct actor *who,
    enum record_kind kind, struct id id)
{
	struct record r;
	if (!id_is_set(id))
		return ERR_OK;
	enum err e = record_get(db, a, who, kind, id, &r);
	return e == ERR_NOT_FOUND ? ERR_INVALID : e;
}

static const char SQL_OPEN_DAYS[] =
    "SELECT id, account, made_us, ends_us, closed_us, activity, target_group,"
    " point, secret FROM field_day"
    " WHERE org = $1 AND network = $2 AND account = $3 AND closed_us IS NULL"
    " ORDER BY id";

static const char SQL_DAY[] =
    "SELECT id, account, made_us, ends_us, closed_us, activity, target_group,"
    " point, secret FROM field_day"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

static const char SQL_BEGIN[] =
    "INSERT INTO field_day (org, network, id, account, made_us, ends_us,"
    " activity, target_group, point, secret)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    " ON CONFLICT (org, network, id) DO NOTHING";

static enum err
read_day(struct arena *a, const struct actor *who, const struct db_row *row,
    struct field_day *out)
{
	*out = (struct field_day){
	    .id = db_id(row, 0),
	    .account = db_id(row, 1),
	    .made_us = db_int(row, 2),
	    .ends_us = db_int(row, 3),
	    .closed_us = db_int(row, 4),
	    .activity = db_id(row, 5),
	    .group = db_id(row, 6),
	    .pair = {db_blob(row, 7), db_blob(row, 8)},
	};
	return field_unbox(a, who, out->id, &out->pair.secret);
}

enum err
field_days(struct db *db, struct arena *a, const struct actor *who,
    struct field_days *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_OPEN_DAYS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out =
	    (struct field_days){arena_new(a, struct field_day, rows.n), rows.n};
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = read_day(a, who, &rows.row[i], &out->list[i]);
	return e;
}

enum err
field_day_get(struct db *db, struct arena *a, const struct actor *who,
    struct id id, struct field_day *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_DAY, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	return e == ERR_OK ? read_day(a, who, &row, out) : e;
}

/* ERR_LIMITED only for one that is not here yet. */
static enum err
check_room(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct field_days open = {0};
	enum err e = field_days(db, a, who, &open);
	for (ptrdiff_t i = 0; e == ERR_OK && i < open.n; i++) {
		if (id_eq(open.list[i].id, id))
			return ERR_OK;
	}
	return e == ERR_OK && open.n >= FIELD_DAYS ? ERR_LIMITED : e;
}

enum err
field_day_begin(struct db *db, struct arena *a, const struct actor *who,
    const struct field_day *in, int64_t hours)
{
	int64_t added = 0;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	if (hours < 1 || hours > FIELD_HOURS)
		return ERR_INVALID;
	enum err e = check_place(db, a, who, KIND_ACTIVITY, in->activity);
	if (e == ERR_OK)
		e = check_place(db, a, who, KIND_GROUP, in->group);
	if (e == ERR_OK)
		e = check_room(db, a, who, in->id);
	if (e != ERR_OK)
		return e;
	struct envelope_pair pair = envelope_pair_new(a);
	e = db_exec(db, SQL_BEGIN, &added, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(in->id), DB_ID(who->account), DB_INT(who->now_us),
	    DB_INT(who->now_us + hours * HOUR_US), DB_ID(in->activity),
	    DB_ID(in->group), DB_BLOB(pair.point),
	    DB_BLOB(field_box(a, who, in->id, pair.secret)));
	if (e != ERR_OK || added == 0)
		return e;
	return audit_add(db, a, who, S("field.begin"), in->id);
}

static const char SQL_CLOSE[] =
    "UPDATE field_day SET closed_us = $5, secret = $6"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4"
    "   AND closed_us IS NULL";

static const char SQL_NO_PARTS_OF_DAY[] =
    "DELETE FROM field_part WHERE org = $1 AND network = $2 AND item IN"
    " (SELECT i.id FROM field_item i"
    "   WHERE i.org = $1 AND i.network = $2 AND i.day = $3)";

enum err
field_day_end(
    struct db *db, struct arena *a, const struct actor *who, struct id id)
{
	struct field_day day;
	int64_t closed = 0;
	enum err e = field_day_get(db, a, who, id, &day);
	if (e == ERR_OK)
		e = db_exec(db, SQL_CLOSE, &closed, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(id), DB_ID(who->account),
		    DB_INT(who->now_us), DB_BLOB(S("")));
	if (e != ERR_OK || closed == 0)
		return e;
	e = db_exec(db, SQL_NO_PARTS_OF_DAY, NULL, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id));
	return e == ERR_OK ? audit_add(db, a, who, S("field.end"), id) : e;
}

/* ---- items ---- */

static const char SQL_ITEM[] =
    "SELECT id, day, account, voice, person, came_us, kind, state, allows,"
    " words FROM field_item"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

static const char SQL_DRAFTS[] =
    "SELECT id, day, account, voice, person, came_us, kind, state, allows,"
    " words FROM field_item"
    " WHERE org = $1 AND network = $2 AND account = $3 AND state = 'draft'"
    " ORDER BY came_us, id";

static const char SQL_DRAFT[] =
    "SELECT id, day, account, voice, person, came_us, kind, state, allows,"
    " words FROM field_item"
    " WHERE org = $1 AND network = $2 AND voice = $3 AND account = $4"
    "   AND state = 'draft'";

static enum err
read_item(struct arena *a, const struct actor *who, const struct db_row *row,
    struct field_item *out)
{
	*out = (struct field_item){
	    .id = db_id(row, 0),
	    .day = db_id(row, 1),
	    .account = db_id(row, 2),
	    .voice = db_id(row, 3),
	    .person = db_id(row, 4),
	    .came_us = db_int(row, 5),
	    .kind = db_text(row, 6),
	    .state = db_text(row, 7),
	    .allows = db_text(row, 8),
	    .words = db_blob(row, 9),
	};
	return field_unbox(a, who, out->id, &out->words);
}

enum err
field_get(struct db *db, struct arena *a, const struct actor *who, struct id id,
    struct field_item *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_ITEM, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(id), DB_ID(who->account));
	return e == ERR_OK ? read_item(a, who, &row, out) : e;
}

enum err
field_drafts(struct db *db, struct arena *a, const struct actor *who,
    struct field_drafts *out)
{
	struct db_rows rows;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = db_all(db, a, SQL_DRAFTS, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(who->account));
	if (e != ERR_OK)
		return e;
	*out = (struct field_drafts){
	    arena_new(a, struct field_item, rows.n), rows.n};
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows.n; i++)
		e = read_item(a, who, &rows.row[i], &out->list[i]);
	return e;
}

enum err
field_draft_of(struct db *db, struct arena *a, const struct actor *who,
    struct id voice, struct field_item *out)
{
	struct db_row row;
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = db_one(db, a, SQL_DRAFT, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(voice), DB_ID(who->account));
	return e == ERR_OK ? read_item(a, who, &row, out) : e;
}

static const char SQL_SETTLE[] =
    "UPDATE field_item SET state = $5, voice = $6, person = $7, allows = $8,"
    " words = $9"
    " WHERE org = $1 AND network = $2 AND id = $3 AND account = $4";

static const char SQL_NO_PARTS[] =
    "DELETE FROM field_part WHERE org = $1 AND network = $2 AND item = $3";

enum err
field_settle(struct db *db, struct arena *a, const struct actor *who,
    const struct field_item *item)
{
	bool draft = str_eq(item->state, S("draft"));
	struct id person = draft ? item->person : (struct id){0};
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e =
	    db_exec(db, SQL_SETTLE, NULL, DB_ID(who->org), DB_ID(who->network),
		DB_ID(item->id), DB_ID(who->account), DB_TEXT(item->state),
		DB_ID(item->voice), DB_ID(person), DB_TEXT(item->allows),
		draft ? DB_BLOB(field_box(a, who, item->id, item->words))
		      : DB_NULL);
	if (e == ERR_OK)
		e = db_exec(db, SQL_NO_PARTS, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(item->id));
	return e == ERR_OK
	    ? audit_add(
		  db, a, who, STR_JOIN(a, S("field."), item->state), item->id)
	    : e;
}

/* ---- by the clock ---- */

static const char SQL_OVER[] =
    "UPDATE field_day SET closed_us = $3, secret = $4"
    " WHERE org = $1 AND closed_us IS NULL AND ends_us <= $2";

/* Younger parts may be of a day that is open. */
static const char SQL_LEFT_PARTS[] =
    "DELETE FROM field_part WHERE org = $1 AND at_us <= $2";

static const char SQL_OLD_ITEMS[] =
    "DELETE FROM field_item WHERE org = $1 AND came_us <= $2";

static const char SQL_OLD_DAYS[] =
    "DELETE FROM field_day WHERE org = $1 AND closed_us <= $2";

enum err
field_sweep(struct db *db, struct arena *a, const struct actor *program)
{
	int64_t now = program->now_us, longest = FIELD_HOURS * HOUR_US;
	(void)a;
	enum err e = db_exec(db, SQL_OVER, NULL, DB_ID(program->org),
	    DB_INT(now - FIELD_GRACE_US), DB_INT(now), DB_BLOB(S("")));
	if (e == ERR_OK)
		e = db_exec(db, SQL_LEFT_PARTS, NULL, DB_ID(program->org),
		    DB_INT(now - FIELD_GRACE_US - longest));
	if (e == ERR_OK)
		e = db_exec(db, SQL_OLD_ITEMS, NULL, DB_ID(program->org),
		    DB_INT(now - FIELD_KEPT_US));
	if (e == ERR_OK)
		e = db_exec(db, SQL_OLD_DAYS, NULL, DB_ID(program->org),
		    DB_INT(now - FIELD_KEPT_US));
	return e;
}
