/* SPDX-License-Identifier: MPL-2.0 */

/* A network on its way in (model/transfer.h). */
#include <stdlib.h>

#include "model/audit.h"
#include "model/network.h"
#include "model/transfer_parts.h"

enum { FORMAT = 1, MAP_FIRST = 64, FILES_FIRST = 64 };

#define NOT_OURS "it is not as samskab export writes it"

/* ---- ids that are others here ---- */

void
transfer_map_add(
    struct transfer_map *m, struct arena *a, struct id from, struct id to)
{
	if (id_eq(from, to))
		return;
	if (m->n == m->cap) {
		ptrdiff_t cap = m->cap == 0 ? MAP_FIRST : 2 * m->cap;
		struct transfer_pair *list =
		    arena_new(a, struct transfer_pair, cap);
		if (m->n > 0)
			memcpy(list, m->list, (size_t)m->n * sizeof *list);
		m->list = list;
		m->cap = cap;
	}
	ptrdiff_t at = m->n++;
	for (; at > 0 && id_cmp(m->list[at - 1].from, from) > 0; at--)
		m->list[at] = m->list[at - 1];
	m->list[at] = (struct transfer_pair){from, to};
}

static int
by_from(const void *x, const void *y)
{
	const struct transfer_pair *a = x, *b = y;
	return id_cmp(a->from, b->from);
}

struct id
transfer_mapped(const struct transfer_map *m, struct id id)
{
	struct transfer_pair wanted = {.from = id};
	const struct transfer_pair *found = m->n == 0
	    ? NULL
	    : bsearch(&wanted, m->list, (size_t)m->n, sizeof *m->list, by_from);
	return found == NULL ? id : found->to;
}

/* ---- is it what it should be? ---- */

static enum err
refuse(struct transfer *t, enum err e, const char *why)
{
	t->result->fault = why;
	return e;
}

static bool
fits(const struct db_value *v, enum column_type type)
{
	static const enum db_type types[] = {[COLUMN_ID] = DB_BLOB_T,
	    [COLUMN_INT] = DB_INT_T,
	    [COLUMN_REAL] = DB_REAL_T,
	    [COLUMN_TEXT] = DB_TEXT_T,
	    [COLUMN_BYTES] = DB_BLOB_T};
	if (v->type == DB_NULL_T)
		return true;
	return type != COLUMN_OTHER && v->type == types[type] &&
	    (type != COLUMN_ID || v->s.n == (ptrdiff_t)sizeof(struct id));
}

/* ---- the head ---- */

static const char SQL_IS_HERE[] =
    "SELECT 1 FROM network WHERE org = $1 AND network = $2";

static enum err
check_schema(struct transfer *t, const struct db_row *row)
{
	int64_t here = transfer_plan()->schema;
	if (db_int(row, 0) != FORMAT || db_int(row, 1) > here)
		return refuse(t, ERR_INVALID,
		    "it was made by a newer samskab; bring this installation "
		    "up to it first");
	if (db_int(row, 1) < here)
		return refuse(t, ERR_INVALID,
		    "it was made by an older samskab; bring that installation "
		    "up to this one and export anew");
	return ERR_OK;
}

static enum err
read_head(struct transfer *t, struct actor *inside)
{
	static const enum column_type types[] = {COLUMN_INT, COLUMN_INT,
	    COLUMN_ID, COLUMN_TEXT, COLUMN_TEXT, COLUMN_ID, COLUMN_TEXT};
	struct wire_record r;
	struct db_row there;
	enum err e = wire_get(t->job->in, t->arena, &r);
	bool ok = e == ERR_OK && r.kind == WIRE_HEAD && r.row.n >= 2 &&
	    fits(&r.row.value[0], COLUMN_INT) &&
	    fits(&r.row.value[1], COLUMN_INT);
	if (e == ERR_OK && ok)
		e = check_schema(t, &r.row);
	for (ptrdiff_t i = 0; ok && i < COUNT_OF(types); i++)
		ok = i < r.row.n && fits(&r.row.value[i], types[i]);
	if (e != ERR_OK)
		return e;
	if (!ok || r.row.n != COUNT_OF(types))
		return refuse(t, ERR_INVALID, NOT_OURS);
	*inside = actor_inside(t->who, db_id(&r.row, 5));
	t->who = inside;
	t->result->network = inside->network;
	t->result->from = db_text(&r.row, 3);
	t->result->name = db_text(&r.row, 6);
	e = db_one(t->db, t->arena, SQL_IS_HERE, &there, DB_ID(inside->org),
	    DB_ID(inside->network));
	if (e == ERR_OK)
		return refuse(t, ERR_CONFLICT,
		    "the network is in this organisation already");
	struct org org = {.id = inside->org};
	return e != ERR_NOT_FOUND ? e
				  : org_take_short(t->db, t->arena, &org,
					db_text(&r.row, 4), &t->result->codes);
}

/* ---- rows ---- */

static struct id
map_id(struct transfer *t, struct id id)
{
	return transfer_mapped(&t->map, id);
}

/* Accounts, and entries of the vault, by the ids they have here. */
static void
map_row(
    struct transfer *t, const struct transfer_table *table, struct db_value *v)
{
	bool revision = str_eq(table->name, S("revision"));
	for (ptrdiff_t i = 0; i < table->n; i++) {
		const struct transfer_column *c = &table->column[i];
		bool vault = str_eq(c->name, S("vault"));
		if (revision && v[i].type == DB_TEXT_T && t->map.n > 0)
			v[i].s = transfer_ids(t, v[i].s, map_id);
		if (c->type != COLUMN_ID || v[i].type != DB_BLOB_T ||
		    !(vault || c->account))
			continue;
		struct id id;
		memcpy(id.b, v[i].s.p, sizeof id.b);
		v[i] = DB_ID(transfer_mapped(vault ? &t->vault : &t->map, id));
	}
}

/* A recording that was not looked at yet is looked at here. */
static enum err
row_is_in(
    struct transfer *t, const struct transfer_table *table, struct db_value *v)
{
	if (!str_eq(table->name, S("media")))
		return ERR_OK;
	(void)transfer_media(t, table, v);
	for (ptrdiff_t i = 0; i < table->n; i++) {
		if (str_eq(table->column[i].name, S("state")) &&
		    str_eq(v[i].s, S("raw")))
			return media_ask(t->db, t->who, t->media.id);
	}
	return ERR_OK;
}

static enum err
row_in(struct transfer *t, const struct transfer_table *table,
    const struct db_row *row)
{
	struct db_value param[WIRE_VALUES + 3] = {
	    DB_ID(t->who->org), DB_ID(t->who->network)};
	struct db_value *v = param + 2;
	if (row->n != table->n)
		return refuse(t, ERR_INVALID, NOT_OURS);
	for (ptrdiff_t i = 0; i < row->n; i++) {
		v[i] = row->value[i];
		if (!fits(&v[i], table->column[i].type))
			return refuse(t, ERR_INVALID, NOT_OURS);
	}
	v[row->n] = DB_NONE;
	enum err e = transfer_close(t, table, v);
	map_row(t, table, v);
	if (e == ERR_OK)
		e = transfer_insert(t, table, param);
	if (e == ERR_OK)
		e = row_is_in(t, table, v);
	return e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_INTERNAL
	    ? refuse(t, ERR_INVALID, NOT_OURS)
	    : e;
}

static enum err
hand_in(struct transfer *t, const struct transfer_hand *hand,
    const struct db_row *row)
{
	struct str columns = hand->columns;
	ptrdiff_t n = 0;
	bool ok = true;
	while (columns.n > 0) {
		(void)str_cut(&columns, ' ');
		ok = ok && n < row->n && fits(&row->value[n], hand->type[n]);
		n++;
	}
	if (!ok || n != row->n)
		return refuse(t, ERR_INVALID, NOT_OURS);
	enum err e = hand->in(t, row);
	return e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_INTERNAL
	    ? refuse(t, ERR_INVALID, NOT_OURS)
	    : e;
}

/* ---- files ---- */

static void
note_file(struct transfer *t, const struct media_file *f)
{
	struct transfer_result *r = t->result;
	if (r->n_written == 0 ||
	    (r->n_written >= FILES_FIRST &&
		(r->n_written & (r->n_written - 1)) == 0)) {
		ptrdiff_t room =
		    r->n_written == 0 ? FILES_FIRST : 2 * r->n_written;
		struct media_file *list =
		    arena_new(t->arena, struct media_file, room);
		if (r->n_written > 0)
			memcpy(list, r->written,
			    (size_t)r->n_written * sizeof *list);
		r->written = list;
	}
	r->written[r->n_written++] = *f;
}

static enum err
piece_in(struct transfer *t, const struct db_row *row)
{
	struct media_file f = media_kept(&t->media, t->who, t->job->dir);
	if (row->n != 3 || !fits(&row->value[0], COLUMN_BYTES) ||
	    !fits(&row->value[1], COLUMN_INT) ||
	    !fits(&row->value[2], COLUMN_BYTES))
		return refuse(t, ERR_INVALID, NOT_OURS);
	if (!str_eq(db_blob(row, 0), hash_bytes(t->row, f.name))) {
		f.name = t->media.thumb;
		f.size = t->media.thumb_size;
	}
	if (!str_eq(db_blob(row, 0), hash_bytes(t->row, f.name)))
		return refuse(t, ERR_INVALID, NOT_OURS);
	if (db_int(row, 1) == 0) {
		note_file(t, &f);
		t->result->files++;
	}
	transfer_count_piece(t, db_blob(row, 2));
	enum err e =
	    media_file_put(t->row, &f, db_int(row, 1), db_blob(row, 2));
	return e == ERR_CONFLICT || e == ERR_INVALID
	    ? refuse(t, ERR_INVALID, NOT_OURS)
	    : e;
}

void
transfer_undo(struct arena *a, const struct transfer_result *r)
{
	for (ptrdiff_t i = 0; i < r->n_written; i++) {
		/* What stays is swept once it is a day old. */
		if (media_file_drop(a, &r->written[i]) != ERR_OK)
			return;
	}
}

/* ---- all of it ---- */

struct section {
	const struct transfer_table *table;
	const struct transfer_hand *hand; /* one of the two */
};

static const struct transfer_hand *
hand_of(struct str table)
{
	struct transfer_hands all = transfer_hands();
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct transfer_hand *hand = all.list + i;
		if (str_eq(hand->table, table))
			return hand;
	}
	return NULL;
}

/* The columns are those that this program has, in their order. */
static enum err
begin_section(struct transfer *t, const struct db_row *row, struct section *s)
{
	*s = (struct section){0};
	for (ptrdiff_t i = 0; i < row->n; i++) {
		if (row->value[i].type != DB_TEXT_T)
			return refuse(t, ERR_INVALID, NOT_OURS);
	}
	if (row->n == 0)
		return refuse(t, ERR_INVALID, NOT_OURS);
	s->table = transfer_find(db_text(row, 0));
	s->hand = hand_of(db_text(row, 0));
	bool ok = s->table != NULL || s->hand != NULL;
	if (s->table != NULL)
		ok = row->n == s->table->n + 1;
	for (ptrdiff_t i = 1; ok && s->table != NULL && i < row->n; i++)
		ok = str_eq(s->table->column[i - 1].name, db_text(row, i));
	if (s->hand != NULL)
		ok = row->n == 2 && str_eq(s->hand->columns, db_text(row, 1));
	return ok ? ERR_OK : refuse(t, ERR_INVALID, NOT_OURS);
}

static enum err
end(struct transfer *t, const struct db_row *row)
{
	bool ok = row->n == 1 && row->value[0].type == DB_INT_T &&
	    row->value[0].i == t->result->rows;
	return ok ? ERR_OK : refuse(t, ERR_INVALID, NOT_OURS);
}

static enum err
take(struct transfer *t, const struct wire_record *r, struct section *s)
{
	switch (r->kind) {
	case WIRE_TABLE:
		return begin_section(t, &r->row, s);
	case WIRE_ROW:
		transfer_count(t);
		if (s->table != NULL)
			return row_in(t, s->table, &r->row);
		if (s->hand != NULL)
			return hand_in(t, s->hand, &r->row);
		break;
	case WIRE_PIECE:
		return piece_in(t, &r->row);
	case WIRE_END:
		return end(t, &r->row);
	case WIRE_HEAD:
		break;
	}
	return refuse(t, ERR_INVALID, NOT_OURS);
}

static enum err
take_all(struct transfer *t)
{
	struct section s = {0};
	struct wire_record r = {.kind = WIRE_HEAD};
	enum err e = ERR_OK;
	while (e == ERR_OK && r.kind != WIRE_END) {
		arena_reset(t->row);
		e = wire_get(t->job->in, t->row, &r);
		if (e == ERR_OK)
			e = take(t, &r, &s);
	}
	return e;
}

static const char SQL_LED[] =
    "SELECT 1 FROM member m JOIN account s ON s.org = $1 AND s.id = m.account"
    " WHERE m.org = $1 AND m.network = $2 AND m.role = 'leader'"
    " AND s.state = 'active'";

/* Whether somebody leads it who can come in. */
static enum err
see_leader(struct transfer *t)
{
	struct db_row row;
	enum err e = db_one(t->db, t->arena, SQL_LED, &row, DB_ID(t->who->org),
	    DB_ID(t->who->network));
	t->result->led = e == ERR_OK;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Whoever led it stays as co-driver. */
static enum err
set_leader(struct transfer *t)
{
	if (!id_is_set(t->job->leader))
		return see_leader(t);
	enum err e = network_add_member(
	    t->db, t->arena, t->who, t->job->leader, ROLE_LEADER);
	t->result->led = e == ERR_OK;
	return e == ERR_NOT_FOUND
	    ? refuse(
		  t, ERR_CONFLICT, "who is to lead it has no open account here")
	    : e;
}

enum err
transfer_import(struct db *db, struct arena *a, const struct actor *program,
    const struct transfer_job *job, struct transfer_result *result)
{
	struct actor inside;
	struct transfer t = {.db = db,
	    .arena = a,
	    .row = arena_scratch(a),
	    .who = program,
	    .job = job,
	    .result = result};
	*result = (struct transfer_result){0};
	enum err e = read_head(&t, &inside);
	if (e == ERR_OK)
		e = take_all(&t);
	if (e == ERR_OK)
		e = set_leader(&t);
	if (e == ERR_OK)
		e = audit_add(
		    db, a, program, S("network.import"), result->network);
	arena_close(t.row);
	return e;
}
