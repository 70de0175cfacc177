/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/web/state.h"

#include <stdio.h>
#include <string.h>

enum { SQL_BYTES = 100, ALL_BYTES = 16 * 1024 };

/* The inside of the search index is its own affair: how many rows it has hangs
 * on what it merged when.  Which text stands in it is in search_doc, which is
 * written with it. */

/* ---- SQLite: each table's rows are read and added up here ---- */

static const char SQL_TABLES_SQLITE[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND name NOT LIKE 'schema_%' AND name NOT LIKE 'sqlite_%'"
    " AND name NOT LIKE 'search_words%'"
    " ORDER BY name";

/* Statements are known by their address, so these stay where they are. */
static struct {
	char sql[STATE_TABLES][SQL_BYTES];
	ptrdiff_t n;
} sqlite;

/* Only added to, and soon most of what there is: their number tells. */
static bool
is_long(struct str table)
{
	return str_eq(table, S("audit")) || str_eq(table, S("revision"));
}

static void
find_tables(struct arena *a, struct db *db)
{
	struct db_rows rows;
	CHECK_OK(db_all(db, a, SQL_TABLES_SQLITE, &rows, DB_NONE));
	CHECK(rows.n > 20 && rows.n <= STATE_TABLES);
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct str name = db_text(&rows.row[i], 0);
		snprintf(sqlite.sql[i], SQL_BYTES, "SELECT %s FROM %.*s",
		    is_long(name) ? "COUNT(*)" : "*", STR_ARG(name));
	}
	sqlite.n = rows.n;
}

static uint64_t
mix(uint64_t h, const void *bytes, ptrdiff_t n)
{
	const unsigned char *p = bytes;
	for (ptrdiff_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211); /* FNV-1a */
	return h;
}

static uint64_t
row_sum(const struct db_row *row)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (ptrdiff_t i = 0; i < row->n; i++) {
		const struct db_value *v = &row->value[i];
		h = mix(h, &v->type, sizeof v->type);
		if (v->type == DB_INT_T)
			h = mix(h, &v->i, sizeof v->i);
		if (v->type == DB_TEXT_T || v->type == DB_BLOB_T)
			h = mix(h, v->s.p, v->s.n);
	}
	return h;
}

static void
read_sqlite(struct arena *a, struct db *db, struct state *out)
{
	if (sqlite.n == 0)
		find_tables(a, db);
	out->n = sqlite.n;
	for (ptrdiff_t t = 0; t < out->n; t++) {
		struct db_rows rows;
		CHECK_OK(db_all(db, a, sqlite.sql[t], &rows, DB_NONE));
		out->table[t].rows = rows.n;
		for (ptrdiff_t i = 0; i < rows.n; i++)
			out->table[t].sum += row_sum(&rows.row[i]);
	}
}

/* ---- PostgreSQL: the server adds up, all tables in one statement ---- */

/* By name, and by the one process: to begin others takes the server far longer
 * than to look at some rows. */
static const char ALONE[] =
    "SET max_parallel_workers_per_gather = 0;"
    " SET plan_cache_mode = force_generic_plan"; /* it is planned once */
static const char AS_IT_WAS[] =
    "RESET max_parallel_workers_per_gather; RESET plan_cache_mode";

static const char SQL_TABLES_POSTGRES[] =
    "SELECT string_agg("
    "'SELECT ' || quote_literal(table_name) || ', COUNT(*), "
    "COALESCE(SUM(hashtext(t::text)::bigint), 0)::bigint"
    " FROM ' || table_name || ' t', ' UNION ALL ' ORDER BY table_name)"
    " || ' ORDER BY 1'"
    "  FROM information_schema.tables"
    " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    "   AND table_name NOT LIKE 'schema_%'"
    "   AND table_name NOT LIKE 'search_words%'";

static char postgres_sql[ALL_BYTES];

static void
read_postgres(struct arena *a, struct db *db, struct state *out)
{
	struct db_row row;
	struct db_rows rows;
	if (postgres_sql[0] == '\0') {
		CHECK_OK(db_one(db, a, SQL_TABLES_POSTGRES, &row, DB_NONE));
		struct str sql = db_text(&row, 0);
		CHECK(sql.n < ALL_BYTES);
		memcpy(postgres_sql, sql.p, (size_t)sql.n);
	}
	CHECK_OK(db_script(db, str_c(ALONE)));
	CHECK_OK(db_all(db, a, postgres_sql, &rows, DB_NONE));
	CHECK_OK(db_script(db, str_c(AS_IT_WAS)));
	CHECK(rows.n > 20 && rows.n <= STATE_TABLES);
	out->n = rows.n;
	for (ptrdiff_t t = 0; t < rows.n; t++) {
		out->table[t].rows = db_int(&rows.row[t], 1);
		out->table[t].sum = (uint64_t)db_int(&rows.row[t], 2);
	}
}

void
state_read(struct arena *a, struct db *db, struct state *out)
{
	struct arena *scratch = arena_scratch(a);
	*out = (struct state){0};
	if (db_kind(db) == DB_SQLITE)
		read_sqlite(scratch, db, out);
	else
		read_postgres(scratch, db, out);
	arena_close(scratch);
}

bool
state_same(const struct state *x, const struct state *y)
{
	struct step step = state_step(x, y);
	return step_is_none(&step);
}

struct step
state_step(const struct state *from, const struct state *to)
{
	struct step step = {.n = from->n};
	for (ptrdiff_t t = 0; t < from->n; t++) {
		const struct table_state *a = &from->table[t];
		const struct table_state *b = &to->table[t];
		step.table[t].rows = b->rows - a->rows;
		step.table[t].changed = a->rows != b->rows || a->sum != b->sum;
	}
	return step;
}

bool
step_same(const struct step *x, const struct step *y)
{
	for (ptrdiff_t t = 0; t < x->n; t++) {
		if (x->table[t].rows != y->table[t].rows ||
		    x->table[t].changed != y->table[t].changed)
			return false;
	}
	return true;
}

bool
step_is_none(const struct step *step)
{
	for (ptrdiff_t t = 0; t < step->n; t++) {
		if (step->table[t].changed)
			return false;
	}
	return true;
}
