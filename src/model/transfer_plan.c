/* SPDX-License-Identifier: MPL-2.0 */

/* made SQL: the rows of a network, of every table that goes with it.
 *
 * The tables are read from the migrations, so a column that is new goes along
 * by itself; a table that is new has no line in transfer.def, and a test says
 * so. */
#include <assert.h>
#include <pthread.h>

#include "base/buf.h"
#include "model/datamap.h"
#include "model/transfer_parts.h"

enum {
	PLAN_BYTES = 8 * 1024 * 1024,
	SQL_BYTES = 8192,
	/* Rows at a time; where the network does not lead the key, each page
	 * costs more. */
	PAGE = 200,
	PAGE_WIDE = 2000,
};

static const struct transfer_line lines[] = {
#define GOES(table, bytes) {#table, TRANSFER_GOES, bytes, NULL},
#define BY_HAND(table) {#table, TRANSFER_BY_HAND, NULL, NULL},
#define STAYS(table, why) {#table, TRANSFER_STAYS, NULL, why},
#define ANEW(table, why) {#table, TRANSFER_ANEW, NULL, why},
#include "model/transfer.def"
#undef GOES
#undef BY_HAND
#undef STAYS
#undef ANEW
};

struct transfer_lines
transfer_lines(void)
{
	return (struct transfer_lines){lines, COUNT_OF(lines)};
}

static struct arena *forever;
static struct transfer_plan plan;
static pthread_once_t made = PTHREAD_ONCE_INIT;

/* ---- a table's columns ---- */

/* What `bytes` says of the column. */
static enum transfer_care
care_of(struct str bytes, struct str column)
{
	static const char *const words[] = {"hash", "ballot", "measure",
	    "experience", "voter", "media", "field"};
	while (bytes.n > 0) {
		struct str word = str_cut(&bytes, ' ');
		if (!str_eq(str_cut(&word, ':'), column))
			continue;
		for (int i = 0; i < (int)COUNT_OF(words); i++) {
			if (str_eq(str_c(words[i]), word))
				return (enum transfer_care)i;
		}
	}
	return CARE_NONE;
}

static bool
is_word_of(struct str words, struct str word)
{
	while (words.n > 0) {
		if (str_eq(str_cut(&words, ' '), word))
			return true;
	}
	return false;
}

static bool
is_place(struct str name)
{
	return str_eq(name, S("org")) || str_eq(name, S("network"));
}

static ptrdiff_t
place_of(const struct transfer_table *t, struct str name)
{
	for (ptrdiff_t i = 0; i < t->n; i++) {
		if (str_eq(t->column[i].name, name))
			return i;
	}
	return -1;
}

static void
add_columns(struct transfer_table *t, const struct transfer_line *line,
    const struct table *from)
{
	const struct datamap_table *words = datamap_find(from->name);
	t->column = arena_new(forever, struct transfer_column, from->n);
	for (ptrdiff_t i = 0; i < from->n; i++) {
		struct str name = from->column[i].name;
		if (is_place(name))
			continue;
		t->column[t->n++] = (struct transfer_column){name,
		    from->column[i].type, care_of(str_c(line->bytes), name),
		    words != NULL && is_word_of(str_c(words->staff), name)};
	}
	for (ptrdiff_t i = 0; i < from->n_key; i++) {
		if (!is_place(from->key[i]))
			t->key[t->n_key++] = place_of(t, from->key[i]);
	}
}

/* ---- its statements ---- */

static void
add_names(struct buf *b, const struct transfer_table *t, bool key)
{
	ptrdiff_t n = key ? t->n_key : t->n;
	for (ptrdiff_t i = 0; i < n; i++) {
		buf_add(b, i > 0 ? S(", ") : S(""));
		buf_add(b, t->column[key ? t->key[i] : i].name);
	}
}

static void
add_numbers(struct buf *b, ptrdiff_t n)
{
	for (ptrdiff_t i = 0; i < n; i++)
		buf_fmt(b, "%s$%d", i > 0 ? ", " : "", (int)i + 3);
}

static const char *
finished(struct buf *b)
{
	buf_byte(b, '\0');
	assert(!b->full);
	return b->p;
}

/* A network has one row of a table whose key is the network alone. */
static const char *
select_text(const struct transfer_table *t, int page, bool next)
{
	struct buf b = buf_new(forever, SQL_BYTES);
	buf_add(&b, S("SELECT "));
	add_names(&b, t, false);
	buf_fmt(
	    &b, " FROM %.*s WHERE org = $1 AND network = $2", STR_ARG(t->name));
	if (next) {
		buf_add(&b, S(" AND ("));
		add_names(&b, t, true);
		buf_add(&b, S(") > ("));
		add_numbers(&b, t->n_key);
		buf_byte(&b, ')');
	}
	if (t->n_key > 0) {
		buf_add(&b, S(" ORDER BY "));
		add_names(&b, t, true);
		buf_fmt(&b, " LIMIT %d", page);
	}
	return finished(&b);
}

static const char *
insert_text(const struct transfer_table *t)
{
	struct buf b = buf_new(forever, SQL_BYTES);
	buf_fmt(&b, "INSERT INTO %.*s (org, network", STR_ARG(t->name));
	buf_add(&b, t->n > 0 ? S(", ") : S(""));
	add_names(&b, t, false);
	buf_add(&b, S(") VALUES ($1, $2, "));
	add_numbers(&b, t->n);
	buf_byte(&b, ')');
	return finished(&b);
}

static void
make_table(const struct transfer_line *line, const struct table *from)
{
	struct transfer_table *t = &plan.list[plan.n++];
	*t = (struct transfer_table){.name = from->name, .about = -1};
	add_columns(t, line, from);
	bool leads =
	    from->n_key > 1 && is_place(from->key[0]) && is_place(from->key[1]);
	int page = leads ? PAGE : PAGE_WIDE;
	/* A measure's answers have the number of its round too. */
	static const char *const about[] = {
	    "measure", "dialogue", "round", "activity"};
	t->id = place_of(t, S("id"));
	for (ptrdiff_t i = 0; t->about < 0 && i < COUNT_OF(about); i++)
		t->about = place_of(t, str_c(about[i]));
	t->sql[TRANSFER_FIRST] = select_text(t, page, false);
	t->sql[TRANSFER_NEXT] =
	    t->n_key > 0 ? select_text(t, page, true) : NULL;
	t->sql[TRANSFER_INSERT] = insert_text(t);
}

static const struct transfer_line *
line_of(struct str table)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(lines); i++) {
		if (str_eq(str_c(lines[i].table), table))
			return &lines[i];
	}
	return NULL;
}

static void
make_stay(const struct transfer_line *line, const struct table *from)
{
	struct buf b = buf_new(forever, SQL_BYTES);
	if (table_column(from, S("network")) < 0)
		return; /* of the organisation; nobody misses it here */
	buf_fmt(&b, "SELECT COUNT(*) FROM %s WHERE org = $1 AND network = $2",
	    line->table);
	plan.stay[plan.n_stay++] = (struct transfer_stay){line, finished(&b)};
}

static void
make_plan(void)
{
	struct migrations all = migrate_embedded();
	forever = arena_open(PLAN_BYTES);
	assert(forever != NULL && all.n > 0);
	/* What goes is the same on both databases. */
	struct tables tables = tables_of(forever, all, DB_SQLITE);
	plan.list = arena_new(forever, struct transfer_table, tables.n);
	plan.stay = arena_new(forever, struct transfer_stay, tables.n);
	plan.schema = all.list[all.n - 1].version;
	for (ptrdiff_t i = 0; i < tables.n; i++) {
		const struct transfer_line *line = line_of(tables.list[i].name);
		if (line != NULL && line->way == TRANSFER_GOES)
			make_table(line, &tables.list[i]);
		if (line != NULL && line->way == TRANSFER_STAYS)
			make_stay(line, &tables.list[i]);
	}
}

const struct transfer_plan *
transfer_plan(void)
{
	pthread_once(&made, make_plan);
	return &plan;
}

const struct transfer_table *
transfer_find(struct str name)
{
	const struct transfer_plan *p = transfer_plan();
	for (ptrdiff_t i = 0; i < p->n; i++) {
		if (str_eq(p->list[i].name, name))
			return &p->list[i];
	}
	return NULL;
}

const char *
transfer_sql(const struct transfer_table *table, enum transfer_text which)
{
	return table->sql[which];
}

enum err
transfer_insert(struct transfer *t, const struct transfer_table *table,
    const struct db_value *param)
{
	return db_exec_v(
	    t->db, transfer_sql(table, TRANSFER_INSERT), NULL, param);
}

/* ---- the rows of a table ---- */

/* The rows of a page, each handed to `fn` on values of its own. */
static enum err
hand_rows(struct transfer *t, const struct transfer_table *table,
    const struct db_rows *rows, transfer_row_fn *fn)
{
	enum err e = ERR_OK;
	for (ptrdiff_t i = 0; e == ERR_OK && i < rows->n; i++) {
		struct db_value *v =
		    arena_new(t->row, struct db_value, table->n + 1);
		if (table->n > 0)
			memcpy(v, rows->row[i].value,
			    (size_t)table->n * sizeof *v);
		e = fn(t, table, v);
		arena_reset(t->row);
	}
	return e;
}

enum err
transfer_walk(
    struct transfer *t, const struct transfer_table *table, transfer_row_fn *fn)
{
	struct db_value param[TRANSFER_KEYS + 3] = {
	    DB_ID(t->who->org), DB_ID(t->who->network), DB_NONE};
	const char *next = transfer_sql(table, TRANSFER_NEXT);
	struct arena *page = arena_scratch(t->arena), *before = NULL;
	struct db_rows rows;
	enum err e = db_all_v(
	    t->db, page, transfer_sql(table, TRANSFER_FIRST), &rows, param);
	while (e == ERR_OK && rows.n > 0) {
		const struct db_row *last = &rows.row[rows.n - 1];
		e = hand_rows(t, table, &rows, fn);
		if (e != ERR_OK || next == NULL)
			break;
		for (ptrdiff_t i = 0; i < table->n_key; i++)
			param[2 + i] = last->value[table->key[i]];
		param[2 + table->n_key] = DB_NONE;
		before = page; /* has the key until the next page is here */
		page = arena_scratch(t->arena);
		e = db_all_v(t->db, page, next, &rows, param);
		arena_close(before);
	}
	arena_close(page);
	return e;
}

/* ---- what stays ---- */

enum err
transfer_left(struct db *db, struct arena *a, const struct actor *who,
    struct transfer_lefts *out)
{
	const struct transfer_plan *p = transfer_plan();
	enum err e = ERR_OK;
	*out = (struct transfer_lefts){
	    arena_new(a, struct transfer_left, p->n_stay), 0};
	for (ptrdiff_t i = 0; e == ERR_OK && i < p->n_stay; i++) {
		struct db_row row;
		const struct transfer_stay *s = &p->stay[i];
		e = db_one(db, a, s->count, &row, DB_ID(who->org),
		    DB_ID(who->network));
		if (e == ERR_OK && db_int(&row, 0) > 0)
			out->list[out->n++] = (struct transfer_left){
			    s->line->table, s->line->why, db_int(&row, 0)};
	}
	return e;
}
