/* SPDX-License-Identifier: MPL-2.0 */

/* The parts of what a phone sends, from where they come in until they are
 * opened (model/field.h). */
#include "base/buf.h"
#include "model/field.h"
#include "model/media.h"

enum { PIECES_A_CALL = 16 };

/* ---- coming in ---- */

static bool
is_media(struct str kind)
{
	return str_eq(kind, S("sound")) || str_eq(kind, S("photo"));
}

static enum err
check_part(const struct actor *who, const struct field_part *p)
{
	if (!actor_may(who, is_media(p->kind) ? CAP_ASK : CAP_AGENDA))
		return ERR_DENIED;
	if (p->box.n > FIELD_PART || p->nr >= FIELD_PARTS)
		return ERR_TOO_LARGE;
	if (p->nr < 0 || p->box.n < ENVELOPE_EXTRA || !id_is_set(p->id) ||
	    (!is_media(p->kind) && !str_eq(p->kind, S("voice"))))
		return ERR_INVALID;
	return ERR_OK;
}

static const char SQL_ADD[] =
    "INSERT INTO field_item (org, network, id, day, account, came_us, kind,"
    " state, voice, allows)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 'coming', $8, '')"
    " ON CONFLICT (org, network, id) DO NOTHING";

/* A voice gets the contribution it is to be, with an id of our own: that of
 * the phone follows the phone's clock. */
static enum err
add_item(struct db *db, struct arena *a, const struct actor *who,
    const struct field_part *p, struct field_item *item)
{
	struct field_day day;
	struct field_item of = {.voice = id_new(who->now_us)};
	enum err e = field_day_get(db, a, who, p->day, &day);
	if (e == ERR_OK && day.closed_us > 0)
		return ERR_INVALID;
	if (e == ERR_OK && is_media(p->kind)) {
		e = field_get(db, a, who, p->of, &of);
		if (e == ERR_NOT_FOUND || (e == ERR_OK && is_media(of.kind)))
			return ERR_CONFLICT;
	}
	if (e == ERR_OK)
		e = db_exec(db, SQL_ADD, NULL, DB_ID(who->org),
		    DB_ID(who->network), DB_ID(p->id), DB_ID(p->day),
		    DB_ID(who->account), DB_INT(who->now_us), DB_TEXT(p->kind),
		    DB_ID(of.voice));
	return e == ERR_OK ? field_get(db, a, who, p->id, item) : e;
}

static const char SQL_PUT[] =
    "INSERT INTO field_part (org, network, item, part, at_us, box)"
    " VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (org, network, item, part) DO NOTHING";

enum err
field_put(struct db *db, struct arena *a, const struct actor *who,
    const struct field_part *p)
{
	struct field_item item;
	enum err e = check_part(who, p);
	if (e != ERR_OK)
		return e;
	e = field_get(db, a, who, p->id, &item);
	if (e == ERR_NOT_FOUND)
		e = add_item(db, a, who, p, &item);
	if (e != ERR_OK || !str_eq(item.state, S("coming")))
		return e;
	return db_exec(db, SQL_PUT, NULL, DB_ID(who->org), DB_ID(who->network),
	    DB_ID(p->id), DB_INT(p->nr), DB_INT(who->now_us), DB_BLOB(p->box));
}

/* ---- opening ---- */

static const char SQL_SIZES[] =
    "SELECT part, LENGTH(box) FROM field_part"
    " WHERE org = $1 AND network = $2 AND item = $3 ORDER BY part";

static const char SQL_BOX[] =
    "SELECT box FROM field_part"
    " WHERE org = $1 AND network = $2 AND item = $3 AND part = $4";

struct opening {
	struct id item;
	struct envelope_pair pair;
	int64_t parts;
	int64_t
	    *at; /* where each part begins in the whole; at[parts]: its size */
	struct buf out;
};

/* All parts are here: where each of them lies. */
static enum err
measure(
    struct db *db, struct arena *a, const struct actor *who, struct opening *o)
{
	struct db_rows rows;
	enum err e = db_all(db, a, SQL_SIZES, &rows, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(o->item));
	if (e != ERR_OK)
		return e;
	if (rows.n < o->parts || o->parts < 1)
		return ERR_CONFLICT;
	o->at = arena_new(a, int64_t, o->parts + 1);
	for (int64_t i = 0; i < o->parts; i++) {
		if (db_int(&rows.row[i], 0) != i)
			return ERR_CONFLICT;
		o->at[i + 1] =
		    o->at[i] + db_int(&rows.row[i], 1) - ENVELOPE_EXTRA;
	}
	return ERR_OK;
}

static enum err
begin_opening(struct db *db, struct arena *a, const struct actor *who,
    const struct field_item *item, struct opening *o)
{
	struct field_day day;
	enum err e = field_day_get(db, a, who, item->day, &day);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_INVALID : e;
	if (day.pair.secret.n == 0)
		return ERR_INVALID;
	o->item = item->id;
	o->pair = day.pair;
	return measure(db, a, who, o);
}

/* Part `nr`, from byte `skip` of it on, goes to the end of o->out. */
static enum err
add_part(struct db *db, struct arena *a, const struct actor *who,
    struct opening *o, int64_t nr)
{
	struct db_row row;
	struct str plain;
	struct str context = STR_JOIN(
	    a, id_text(a, o->item), S("/"), str_fmt(a, "%lld", (long long)nr));
	enum err e = db_one(db, a, SQL_BOX, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(o->item), DB_INT(nr));
	if (e != ERR_OK)
		return e;
	if (!envelope_open(a, &o->pair, db_blob(&row, 0), context, &plain))
		return ERR_INVALID;
	buf_add(&o->out, plain);
	return ERR_OK;
}

static enum err
add_parts(struct db *db, struct arena *a, const struct actor *who,
    struct opening *o, const int64_t range[2])
{
	enum err e = ERR_OK;
	for (int64_t i = 0; e == ERR_OK && i < o->parts; i++) {
		if (o->at[i + 1] <= range[0] || o->at[i] >= range[1])
			continue;
		struct arena *scratch = arena_scratch(a);
		e = add_part(db, scratch, who, o, i);
		arena_close(scratch);
	}
	return e;
}

enum err
field_open(struct db *db, struct arena *a, const struct actor *who,
    const struct field_item *item, struct str *words)
{
	struct opening o = {.parts = item->parts};
	if (!actor_may(who, CAP_AGENDA))
		return ERR_DENIED;
	enum err e = begin_opening(db, a, who, item, &o);
	if (e != ERR_OK)
		return e;
	if (o.at[o.parts] > FIELD_WORDS)
		return ERR_INVALID;
	o.out = buf_new(a, FIELD_WORDS + 1);
	e = add_parts(db, a, who, &o, (int64_t[2]){0, o.at[o.parts]});
	*words = buf_str(&o.out);
	return e;
}

/* ---- sound and photos ---- */

/* The bytes [from, from + MEDIA_PIECE) of the whole. */
static enum err
piece_at(struct db *db, struct arena *a, const struct actor *who,
    struct opening *o, struct media_piece *piece)
{
	int64_t first = 0, range[2] = {piece->from, piece->from + MEDIA_PIECE};
	while (o->at[first + 1] <= range[0])
		first++;
	o->out = buf_new(a, 2 * FIELD_PART + MEDIA_PIECE);
	enum err e = add_parts(db, a, who, o, range);
	int64_t skip = range[0] - o->at[first];
	piece->bytes = str_sub(buf_str(&o->out), skip, skip + MEDIA_PIECE);
	return e;
}

static enum err
hand_pieces(struct db *db, struct arena *a, const struct actor *who,
    struct field_media *f, struct opening *o)
{
	struct media m;
	enum err e = media_get(db, a, who, f->item.id, &m);
	if (e == ERR_OK && !id_eq(m.contribution, f->item.voice))
		return ERR_INVALID; /* another's id */
	for (int i = 0;
	     e == ERR_OK && i < PIECES_A_CALL && str_eq(m.state, S("coming"));
	     i++) {
		struct arena *scratch = arena_scratch(a);
		struct media_piece piece = {
		    .id = m.id, .dir = f->dir, .from = m.got};
		struct media next = m;
		e = piece_at(db, scratch, who, o, &piece);
		if (e == ERR_OK)
			e = media_add(db, scratch, who, &piece, &next);
		arena_close(scratch);
		if (e == ERR_OK)
			e = media_get(db, a, who, m.id, &m);
	}
	f->whole = e == ERR_OK && !str_eq(m.state, S("coming"));
	return e;
}

/* The voice it belongs to: whether it was taken back, and what it allows. */
static enum err
check_voice(struct db *db, struct arena *a, const struct actor *who,
    const struct field_item *item, bool *gone)
{
	struct contribution c;
	enum err e = contribution_get(db, a, who, item->voice, &c);
	*gone = e == ERR_OK && c.withdrawn_us > 0;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static const char SQL_ALLOWS[] =
    "SELECT allows, state FROM field_item"
    " WHERE org = $1 AND network = $2 AND voice = $3 AND kind = 'voice'";

static enum err
check_allowed(struct db *db, struct arena *a, const struct actor *who,
    const struct field_item *item, bool *gone)
{
	struct db_row row;
	enum err e = db_one(db, a, SQL_ALLOWS, &row, DB_ID(who->org),
	    DB_ID(who->network), DB_ID(item->voice));
	if (e == ERR_OK && str_eq(db_text(&row, 1), S("coming")))
		return ERR_CONFLICT;
	if (e == ERR_OK && str_find(db_text(&row, 0), item->kind) < 0)
		return ERR_DENIED;
	*gone = e == ERR_OK && str_eq(db_text(&row, 1), S("dropped"));
	if (e == ERR_OK && !*gone)
		e = check_voice(db, a, who, item, gone);
	return e;
}

static enum err
settle_media(struct db *db, struct arena *a, const struct actor *who,
    struct field_media *f, struct str state)
{
	f->item.state = state;
	f->whole = true;
	return field_settle(db, a, who, &f->item);
}

enum err
field_hand_on(struct db *db, struct arena *a, const struct actor *who,
    struct field_media *f)
{
	struct opening o = {.parts = f->item.parts};
	bool gone = false;
	if (!actor_may(who, CAP_ASK))
		return ERR_DENIED;
	enum err e = check_allowed(db, a, who, &f->item, &gone);
	if (e == ERR_OK && gone)
		return settle_media(db, a, who, f, S("dropped"));
	if (e == ERR_OK)
		e = begin_opening(db, a, who, &f->item, &o);
	if (e != ERR_OK)
		return e;
	struct media m = {.id = f->item.id,
	    .contribution = f->item.voice,
	    .name = f->name,
	    .size = o.at[o.parts]};
	e = media_begin(db, a, who, &m);
	if (e == ERR_OK)
		e = hand_pieces(db, a, who, f, &o);
	return e == ERR_OK && f->whole
	    ? settle_media(db, a, who, f, S("received"))
	    : e;
}
