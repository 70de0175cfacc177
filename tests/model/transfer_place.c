/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/model/transfer_place.h"

#include <stdlib.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "model/account.h"
#include "model/catalogue.h"
#include "model/demo.h"
#include "tests/model/fixture.h"

void
place_new(struct place *p, struct arena *a, enum db_kind kind)
{
	struct key root = key_new();
	struct db_place where = test_place(a, kind);
	*p = (struct place){
	    .arena = a, .keys = keys_derive(&root), .dir = test_dir(a)};
	CHECK_OK(db_open(a, &where, DB_WRITE, &p->db));
	CHECK_OK(migrate_up(p->db, a, migrate_embedded(), 1));
}

struct id
place_example(struct place *p)
{
	struct demo demo;
	catalogue_init();
	CHECK_OK(db_begin(p->db));
	CHECK_OK(demo_create(p->db, p->arena, &p->keys, NOW_US, &demo));
	CHECK_OK(db_commit(p->db));
	p->org = demo.org;
	p->program = actor_program(demo.org.id, &p->keys, NOW_US);
	return demo.network;
}

void
place_empty(struct place *p, const char *mail)
{
	p->org = (struct org){.id = id_new(NOW_US), .name = S("Søby")};
	p->program = actor_program(p->org.id, &p->keys, NOW_US);
	struct account_form form = {
	    .name = S("Else"), .mail = str_c(mail), .is_admin = true};
	CHECK_OK(db_begin(p->db));
	CHECK_OK(org_create(p->db, p->arena, p->org, NOW_US));
	CHECK_OK(
	    account_create(p->db, p->arena, &p->program, id_new(NOW_US), form));
	CHECK_OK(db_commit(p->db));
}

enum err
place_keep(void *arg, struct str bytes)
{
	struct buf *b = arg;
	buf_add(b, bytes);
	return b->full ? ERR_TOO_LARGE : ERR_OK;
}

struct str
place_export(struct place *p, struct id network, struct transfer_result *result)
{
	struct buf b = buf_new(p->arena, PLACE_BYTES);
	struct wire_out out = {place_keep, &b};
	struct transfer_job job = {.dir = p->dir, .out = &out};
	struct actor inside = actor_inside(&p->program, network);
	CHECK_OK(db_begin(p->db));
	CHECK_OK(transfer_export(p->db, p->arena, &inside, &job, result));
	db_rollback(p->db);
	CHECK(result->fault == NULL);
	return buf_str(&b);
}

enum err
place_import(struct place *p, struct str bytes, struct id leader,
    struct transfer_result *result)
{
	struct wire_in in = wire_from(&bytes);
	struct transfer_job job = {.dir = p->dir, .in = &in, .leader = leader};
	CHECK_OK(db_begin(p->db));
	enum err e =
	    transfer_import(p->db, p->arena, &p->program, &job, result);
	if (e == ERR_OK)
		return db_commit(p->db);
	db_rollback(p->db);
	transfer_undo(p->arena, result);
	return e;
}

/* ---- are two the same? ---- */

struct lines {
	struct str *list; /* table, then a row's bytes; sorted */
	ptrdiff_t n;
};

static int
by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static struct lines
lines_in(struct arena *a, struct str bytes)
{
	struct wire_in in = wire_from(&bytes);
	struct wire_record r = {.kind = WIRE_HEAD};
	struct lines all = {arena_new(a, struct str, bytes.n / 3 + 1), 0};
	struct str table = {0};
	while (r.kind != WIRE_END) {
		struct str all_of_it = bytes;
		CHECK_OK(wire_get(&in, a, &r));
		struct str one = str_sub(all_of_it, 0, all_of_it.n - bytes.n);
		if (r.kind == WIRE_TABLE)
			table = db_text(&r.row, 0);
		if (r.kind != WIRE_HEAD && r.kind != WIRE_END)
			all.list[all.n++] = STR_JOIN(a, table, S(" "), one);
	}
	CHECK_INT(bytes.n, 0);
	qsort(all.list, (size_t)all.n, sizeof *all.list, by_text);
	return all;
}

struct str
place_differs(struct arena *a, struct str one, struct str other)
{
	struct lines x = lines_in(a, one), y = lines_in(a, other);
	for (ptrdiff_t i = 0; i < x.n || i < y.n; i++) {
		struct str line = i < x.n ? x.list[i] : y.list[i];
		if (i >= x.n || i >= y.n || !str_eq(x.list[i], y.list[i]))
			return str_cut(&line, ' ');
	}
	return S("");
}

int64_t
place_count(struct place *p, const char *sql)
{
	struct db_row row;
	CHECK_OK(db_one(p->db, p->arena, sql, &row, DB_NONE));
	return db_int(&row, 0);
}

/* ---- two of them ---- */

const struct id nobody;

void
two_new(struct two *t, struct arena *a, const char *mail)
{
	place_new(&t->old, a, DB_SQLITE);
	place_new(&t->new, a, DB_SQLITE);
	t->network = place_example(&t->old);
	place_empty(&t->new, mail);
	t->then = actor_inside(&t->old.program, t->network);
	t->now = actor_inside(&t->new.program, t->network);
}

void
two_move(struct two *t)
{
	t->file = place_export(&t->old, t->network, &t->r);
	CHECK_OK(place_import(&t->new, t->file, nobody, &t->r));
}

struct media
two_media(struct two *t, ptrdiff_t size)
{
	struct arena *a = t->old.arena;
	struct media m = {.id = id_new(NOW_US),
	    .contribution = id_new(NOW_US),
	    .name = S("Karens have.jpg"),
	    .size = TWO_SIZE};
	struct buf b = buf_new(a, TWO_SIZE + 64);
	CHECK_OK(media_begin(t->old.db, a, &t->then, &m));
	buf_add(&b, S("\xff\xd8\xff\xe0"));
	for (int i = 0; b.n < TWO_SIZE; i++)
		buf_fmt(&b, "KANARIEFUGL %d ", i);
	for (ptrdiff_t at = 0; at < size; at += MEDIA_PIECE) {
		struct media_piece piece = {m.id, t->old.dir, at,
		    str_sub(buf_str(&b), at,
			at + MEDIA_PIECE < TWO_SIZE ? at + MEDIA_PIECE
						    : TWO_SIZE)};
		CHECK_OK(media_add(t->old.db, a, &t->then, &piece, &m));
	}
	return m;
}

enum err
two_fault(struct two *t, const char **fault)
{
	struct buf b = buf_new(t->old.arena, PLACE_BYTES);
	struct wire_out out = {place_keep, &b};
	struct transfer_job job = {.dir = t->old.dir, .out = &out};
	enum err e =
	    transfer_export(t->old.db, t->old.arena, &t->then, &job, &t->r);
	*fault = t->r.fault;
	return e;
}
