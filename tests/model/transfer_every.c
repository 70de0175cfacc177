/* SPDX-License-Identifier: MPL-2.0 */

/* Every column of every table that moves with a network. */
#include "base/buf.h"
#include "model/transfer_parts.h"
#include "tests/model/fixture.h"
#include "tests/model/transfer_place.h"

/* A network with one row in each table that goes, every column of it filled:
 * all ids of its own are the same, so all that refers to something finds it. */
struct made {
	struct arena *arena;
	struct buf bytes;
	struct wire_out out;
	struct id own, account, person;
	int64_t rows;
};

static void
made_put(struct made *m, enum wire_kind kind, struct db_value *v, ptrdiff_t n)
{
	struct db_row row = {v, n};
	m->rows += kind == WIRE_ROW;
	CHECK_OK(wire_put(&m->out, m->arena, kind, &row));
}

static struct str
somebody(struct made *m, char kind, struct id id)
{
	struct str bytes = {(const char *)id.b, sizeof id.b};
	return STR_JOIN(m->arena, ((struct str){&kind, 1}), bytes);
}

static struct db_value
made_bytes(struct made *m, const struct transfer_column *c)
{
	struct str word = str_cat(m->arena, S("secret "), c->name);
	bool key = str_eq(c->name, S("key"));
	if (c->care == CARE_BALLOT)
		return DB_BLOB(somebody(m, 'a', m->account));
	if (c->care == CARE_VOTER || c->care == CARE_MEASURE ||
	    c->care == CARE_EXPERIENCE)
		return DB_BLOB(somebody(m, 'p', m->own));
	if (c->care == CARE_NONE || (c->care == CARE_MEDIA && key))
		return DB_BLOB(hash_bytes(m->arena, hash_of(word)));
	return DB_BLOB(word);
}

static struct db_value
made_value(struct made *m, const struct transfer_table *t, ptrdiff_t i)
{
	const struct transfer_column *c = &t->column[i];
	if (str_eq(c->name, S("vault")))
		return DB_ID(m->person);
	if (c->type == COLUMN_ID)
		return DB_ID(c->account ? m->account : m->own);
	if (c->type == COLUMN_INT)
		return DB_INT(1);
	if (c->type == COLUMN_BYTES)
		return made_bytes(m, c);
	CHECK(c->type == COLUMN_TEXT);
	if (str_eq(c->name, S("method")))
		return DB_TEXT(S("own_metode"));
	if (str_eq(c->name, S("state")))
		return DB_TEXT(S("refused"));
	return DB_TEXT(STR_JOIN(m->arena, t->name, S(" æ "), c->name));
}

static void
made_table(struct made *m, const struct transfer_table *t)
{
	struct db_value *v = arena_new(m->arena, struct db_value, t->n + 1);
	v[0] = DB_TEXT(t->name);
	for (ptrdiff_t i = 0; i < t->n; i++)
		v[1 + i] = DB_TEXT(t->column[i].name);
	made_put(m, WIRE_TABLE, v, t->n + 1);
	for (ptrdiff_t i = 0; i < t->n; i++)
		v[i] = made_value(m, t, i);
	made_put(m, WIRE_ROW, v, t->n);
}

static struct db_value
made_by_hand(struct made *m, const struct transfer_hand *hand, ptrdiff_t i)
{
	struct str columns = hand->columns, name = {0};
	for (ptrdiff_t n = 0; n <= i; n++)
		name = str_cut(&columns, ' ');
	bool staff = str_eq(hand->table, S("account")) ||
	    str_eq(name, S("account")) || str_eq(name, S("changed_by"));
	if (hand->type[i] == COLUMN_INT)
		return DB_INT(1);
	if (hand->type[i] == COLUMN_ID)
		return DB_ID(staff		    ? m->account
			: str_eq(name, S("person")) ? m->person
						    : m->own);
	if (str_eq(name, S("lang")))
		return DB_TEXT(S("en"));
	if (str_eq(name, S("method")))
		return DB_TEXT(S("own_metode"));
	if (str_eq(name, S("phone")))
		return DB_TEXT(S("12 34 56 78"));
	return DB_TEXT(str_cat(m->arena, name, S("@æ")));
}

static void
made_hands(struct made *m, bool last)
{
	struct transfer_hands all = transfer_hands();
	for (ptrdiff_t i = 0; i < all.n; i++) {
		struct str columns = all.list[i].columns;
		struct db_value v[8] = {
		    DB_TEXT(all.list[i].table), DB_TEXT(columns)};
		ptrdiff_t n = 0;
		if (all.list[i].last != last)
			continue;
		made_put(m, WIRE_TABLE, v, 2);
		for (; columns.n > 0; n++) {
			(void)str_cut(&columns, ' ');
			v[n] = made_by_hand(m, &all.list[i], n);
		}
		made_put(m, WIRE_ROW, v, n);
	}
}

static void
made_head(struct made *m, int64_t schema)
{
	struct db_value v[] = {DB_INT(1), DB_INT(schema), DB_ID(id_new(NOW_US)),
	    DB_TEXT(S("Fjordby")), DB_TEXT(S("FJ0R")), DB_ID(m->own),
	    DB_TEXT(S("Trygge veje"))};
	made_put(m, WIRE_HEAD, v, COUNT_OF(v));
}

static void
made_new(struct made *m, struct arena *a)
{
	*m = (struct made){.arena = a, .bytes = buf_new(a, PLACE_BYTES)};
	m->out = (struct wire_out){place_keep, &m->bytes};
	m->own = id_new(NOW_US);
	m->account = id_new(NOW_US);
	m->person = id_new(NOW_US);
}

static struct str
made_network(struct made *m, struct arena *a)
{
	const struct transfer_plan *plan = transfer_plan();
	struct db_value n = {0};
	made_new(m, a);
	made_head(m, plan->schema);
	made_hands(m, false);
	for (ptrdiff_t i = 0; i < plan->n; i++)
		made_table(m, &plan->list[i]);
	made_hands(m, true);
	n = DB_INT(m->rows);
	made_put(m, WIRE_END, &n, 1);
	return buf_str(&m->bytes);
}

/* What lies in the database is another at each place: hashes of somebody are
 * those that the place makes of them. */
static void
check_hashes(struct place *p, const struct made *m)
{
	struct db_row row;
	struct actor in = actor_inside(&p->program, m->own);
	struct str account = id_text(p->arena, m->account);
	struct hash h = actor_stand_in(
	    p->arena, &in, &(struct stand_in){"", m->own, 'a', account});
	CHECK_OK(
	    db_one(p->db, p->arena, "SELECT voter FROM ballot", &row, DB_NONE));
	CHECK_STR(db_blob(&row, 0), hash_bytes(p->arena, h));
	h = actor_stand_in(p->arena, &in,
	    &(struct stand_in){
		"measure ", m->own, 'p', id_text(p->arena, m->own)});
	CHECK_OK(db_one(
	    p->db, p->arena, "SELECT who FROM measure_answer", &row, DB_NONE));
	CHECK_STR(db_blob(&row, 0), hash_bytes(p->arena, h));
}

static void
every_column(struct arena *a, enum db_kind from, enum db_kind to)
{
	struct place one, two;
	struct made m;
	struct transfer_result r;
	struct str file = made_network(&m, a);
	place_new(&one, a, from);
	place_new(&two, a, to);
	place_empty(&one, "else@soeby.example");
	place_empty(&two, "else@soeby.example");
	CHECK_OK(place_import(&one, file, nobody, &r));
	CHECK_INT(r.rows, transfer_plan()->n + transfer_hands().n);
	check_hashes(&one, &m);
	struct str there = place_export(&one, m.own, &r);
	CHECK_STR(place_differs(a, file, there), S(""));
	CHECK_OK(place_import(&two, there, nobody, &r));
	check_hashes(&two, &m);
	CHECK_STR(place_differs(a, file, place_export(&two, m.own, &r)), S(""));

	/* What was lost would be seen. */
	CHECK_OK(db_begin(two.db));
	CHECK_OK(db_script(two.db, S("DELETE FROM told")));
	CHECK_OK(db_commit(two.db));
	CHECK_STR(
	    place_differs(a, file, place_export(&two, m.own, &r)), S("told"));
}

TEST(transfer_moves_every_column_of_every_table)
{
	every_column(arena, DB_SQLITE, DB_SQLITE);
}

TEST(transfer_moves_every_column_between_the_databases)
{
	every_column(arena, DB_SQLITE, DB_POSTGRES);
}
