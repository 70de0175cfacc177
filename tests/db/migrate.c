/* SPDX-License-Identifier: MPL-2.0 */

/* Migrations: from empty, twice, changed, newer, half failing; the translation;
 * and that both databases end up with the same tables.  Killed and raced ones:
 * tests/durable/migrate.c */
#include "db/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "tests/test.h"

static struct db *
open_at(struct arena *a, const struct db_place *place)
{
	struct db *db = NULL;
	CHECK_OK(db_open(a, place, DB_WRITE, &db));
	return db;
}

static struct migration
one(int version, struct str text)
{
	return (struct migration){version, S("x"), text, text};
}

#define ONE S("CREATE TABLE one (org :id NOT NULL, PRIMARY KEY (org)) :strict;")
#define TWO S("CREATE TABLE two (org :id NOT NULL, PRIMARY KEY (org)) :strict;")
#define HALF                                                                   \
	S("CREATE TABLE half (org :id NOT NULL, PRIMARY KEY (org)) :strict;\n" \
	  "CREATE TABLE one (org :id NOT NULL, PRIMARY KEY (org)) :strict;\n")

static enum err
up(struct db *db, struct arena *a, const struct migration *list, int n)
{
	return migrate_up(db, a, (struct migrations){list, n}, 1);
}

static enum migrate_state
state_of(struct db *db, struct arena *a, const struct migration *list, int n)
{
	enum migrate_state state;
	CHECK_OK(migrate_state(db, a, (struct migrations){list, n}, &state));
	return state;
}

static bool
has_table(struct db *db, const char *name)
{
	char sql[80];
	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s", name);
	return db_script(db, str_c(sql)) == ERR_OK;
}

static void
both(struct arena *a, void (*test)(struct arena *, struct db *),
    enum db_kind kind)
{
	struct db_place place = test_place(a, kind);
	test(a, open_at(a, &place));
}

#define MIGRATE_TEST(name)                             \
	static void name(struct arena *, struct db *); \
	TEST(name##_sqlite)                            \
	{                                              \
		both(arena, name, DB_SQLITE);          \
	}                                              \
	TEST(name##_postgres)                          \
	{                                              \
		both(arena, name, DB_POSTGRES);        \
	}                                              \
	static void name(struct arena *arena, struct db *db)

MIGRATE_TEST(migrate_runs_what_is_missing_once)
{
	const struct migration list[] = {one(1, ONE), one(2, TWO)};
	CHECK_INT(state_of(db, arena, list, 1), MIGRATE_BEHIND);
	CHECK_OK(up(db, arena, list, 1));
	CHECK_INT(state_of(db, arena, list, 1), MIGRATE_CURRENT);
	CHECK_INT(state_of(db, arena, list, 2), MIGRATE_BEHIND);
	CHECK(!has_table(db, "two"));
	CHECK_OK(up(db, arena, list, 2));
	CHECK(has_table(db, "two"));
	int64_t before = db_statements(db);
	CHECK_OK(up(db, arena, list, 2)); /* would fail: the tables are there */
	CHECK_MAX(db_statements(db) - before, 4);
	CHECK_INT(state_of(db, arena, list, 2), MIGRATE_CURRENT);
}

MIGRATE_TEST(migrate_refuses_newer_and_changed)
{
	const struct migration list[] = {one(1, ONE), one(2, TWO)};
	CHECK_OK(up(db, arena, list, 2));
	CHECK_INT(state_of(db, arena, list, 1), MIGRATE_NEWER);
	CHECK_INT(up(db, arena, list, 1), ERR_CONFLICT);
	const struct migration edited[] = {
	    one(1, str_cat(arena, ONE, S(" "))), one(2, TWO)};
	CHECK_INT(state_of(db, arena, edited, 2), MIGRATE_CHANGED);
	CHECK_INT(up(db, arena, edited, 2), ERR_CONFLICT);
	const struct migration renumbered[] = {one(1, ONE), one(3, TWO)};
	CHECK_INT(state_of(db, arena, renumbered, 2), MIGRATE_CHANGED);
	CHECK_INT(state_of(db, arena, list, 2), MIGRATE_CURRENT);
}

MIGRATE_TEST(migrate_half_failing_leaves_the_version_before)
{
	const struct migration list[] = {one(1, ONE), one(2, HALF)};
	CHECK_INT(up(db, arena, list, 2), ERR_INTERNAL);
	CHECK(has_table(db, "one"));
	CHECK(!has_table(db, "half"));
	CHECK_INT(state_of(db, arena, list, 1), MIGRATE_CURRENT);
	const struct migration mended[] = {one(1, ONE), one(2, TWO)};
	CHECK_OK(up(db, arena, mended, 2));
	CHECK(has_table(db, "two"));
}

MIGRATE_TEST(migrate_embedded_runs_from_empty)
{
	enum migrate_state state;
	struct migrations all = migrate_embedded();
	CHECK(all.n > 0);
	CHECK_OK(migrate_up(db, arena, all, 1));
	CHECK_OK(migrate_state(db, arena, all, &state));
	CHECK_INT(state, MIGRATE_CURRENT);
	CHECK_OK(migrate_up(db, arena, all, 1));
	struct str fault;
	CHECK_OK(db_check(db, arena, &fault));
	CHECK_STR(fault, S(""));
}

/* ---- the same on both ---- */

static struct str
lines(struct arena *a, const struct db_rows *rows)
{
	struct buf b = buf_new(a, 1024 * 1024);
	for (ptrdiff_t i = 0; i < rows->n; i++) {
		buf_add(&b, db_text(&rows->row[i], 0));
		buf_byte(&b, '\n');
	}
	return buf_str(&b);
}

/* Asked of SQLite itself: db.h refuses PRAGMA. */
static struct str
sqlite_lines(struct arena *a, const struct db_place *place, const char *sql)
{
	struct buf b = buf_new(a, 1024 * 1024);
	const char *path =
	    str_cstr(a, str_cat(a, place->dir, S("/samskab.db")));
	sqlite3 *h = NULL;
	sqlite3_stmt *stmt = NULL;
	CHECK_INT(sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL), 0);
	CHECK_INT(sqlite3_prepare_v2(h, sql, -1, &stmt, NULL), 0);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		buf_fmt(&b, "%s\n", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(h);
	return buf_str(&b);
}

struct pair {
	const char *sqlite, *postgres;
};

/* The index of words (search_words...) is not the same on both. */
static const struct pair COLUMNS = {
    "SELECT m.name || '.' || c.name || ' ' || c.type ||"
    "  CASE c.\"notnull\" WHEN 1 THEN ' NOT NULL' ELSE '' END"
    "  FROM sqlite_master m, pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'"
    "   AND m.name NOT LIKE 'search_words%'"
    " ORDER BY m.name, c.name",
    "SELECT table_name || '.' || column_name || ' ' || CASE data_type"
    "  WHEN 'uuid' THEN 'BLOB' WHEN 'bytea' THEN 'BLOB'"
    "  WHEN 'bigint' THEN 'INTEGER' WHEN 'double precision' THEN 'REAL'"
    "  ELSE upper(data_type) END"
    " || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END"
    "  FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name <> 'search_words'"
    " ORDER BY table_name::text COLLATE \"C\","
    " column_name::text COLLATE \"C\""};

static const struct pair KEYS = {
    "SELECT m.name || ' ' || f.\"table\" || ' ' || COUNT(*)"
    "  FROM sqlite_master m, pragma_foreign_key_list(m.name) f"
    " WHERE m.type = 'table' AND f.seq = 0"
    " GROUP BY m.name, f.\"table\" ORDER BY m.name, f.\"table\"",
    "SELECT r.relname || ' ' || t.relname || ' ' || COUNT(*)"
    "  FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid"
    "  JOIN pg_class t ON t.oid = c.confrelid"
    " WHERE c.contype = 'f' AND r.relnamespace = current_schema()::regnamespace"
    " GROUP BY r.relname, t.relname"
    " ORDER BY r.relname::text COLLATE \"C\", t.relname::text COLLATE \"C\""};

static const struct pair INDEXES = {
    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    " ORDER BY name",
    "SELECT i.relname::text FROM pg_index x"
    "  JOIN pg_class i ON i.oid = x.indexrelid"
    "  LEFT JOIN pg_constraint c ON c.conindid = i.oid"
    "   AND c.contype IN ('p', 'u')"
    " WHERE c.oid IS NULL AND i.relnamespace = current_schema()::regnamespace"
    "   AND i.relname NOT LIKE 'search_words%'"
    " ORDER BY i.relname::text COLLATE \"C\""};

TEST(migrate_both_databases_have_the_same_tables_keys_and_indexes)
{
	struct db_place lite = test_place(arena, DB_SQLITE);
	struct db_place server = test_place(arena, DB_POSTGRES);
	struct db *s = open_at(arena, &lite), *p = open_at(arena, &server);
	CHECK_OK(migrate_up(s, arena, migrate_embedded(), 1));
	CHECK_OK(migrate_up(p, arena, migrate_embedded(), 1));
	const struct pair *pairs[] = {&COLUMNS, &KEYS, &INDEXES};
	for (int i = 0; i < 3; i++) {
		struct db_rows rows;
		CHECK_OK(db_all(p, arena, pairs[i]->postgres, &rows, DB_NONE));
		CHECK(rows.n > 3);
		CHECK_STR(lines(arena, &rows),
		    sqlite_lines(arena, &lite, pairs[i]->sqlite));
	}
}

/* ---- translation ---- */

TEST(migrate_translate_puts_in_types_and_moves_foreign_keys)
{
	struct str sql = S("-- :id in a comment\n"
			   "CREATE TABLE a (\n"
			   "	org :id NOT NULL, n :int, -- it's :real\n"
			   "	x :real, b :bytes DEFAULT ':id', c :idx,\n"
			   "	PRIMARY KEY (org)\n"
			   "	, FOREIGN KEY (n) REFERENCES b (n) -- why\n"
			   "	, FOREIGN KEY (x) REFERENCES c (x)\n"
			   ") :strict;\n"
			   "INSERT INTO a VALUES ('two\n-- lines :int');\n");
	CHECK_STR(migrate_translate(arena, DB_SQLITE, sql),
	    S("\nCREATE TABLE a (\n"
	      "	org BLOB NOT NULL, n INTEGER, \n"
	      "	x REAL, b BLOB DEFAULT ':id', c :idx,\n"
	      "	PRIMARY KEY (org)\n"
	      "	, FOREIGN KEY (n) REFERENCES b (n) \n"
	      "	, FOREIGN KEY (x) REFERENCES c (x)\n"
	      ") STRICT, WITHOUT ROWID;\n"
	      "INSERT INTO a VALUES ('two\n-- lines :int');\n"));
	CHECK_STR(migrate_translate(arena, DB_POSTGRES, sql),
	    S("\nCREATE TABLE a (\n"
	      "	org uuid NOT NULL, n bigint, \n"
	      "	x double precision, b bytea DEFAULT ':id', c :idx,\n"
	      "	PRIMARY KEY (org)\n"
	      ") ;\n"
	      "INSERT INTO a VALUES ('two\n-- lines :int');\n"
	      "ALTER TABLE a ADD CONSTRAINT a_fk1 FOREIGN KEY (n) REFERENCES"
	      " b (n);\n"
	      "ALTER TABLE a ADD CONSTRAINT a_fk2 FOREIGN KEY (x) REFERENCES"
	      " c (x);\n"));
}
