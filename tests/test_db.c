/* SPDX-License-Identifier: MPL-2.0 */

/* Databases for tests: SQLite in memory or in a folder, schemas of the
 * PostgreSQL that SAMSKAB_TEST_PG names.
 *
 * A TEST_DB on PostgreSQL gets the program's one schema, emptied, over the
 * program's one connection: migrating for each test would take most of the
 * time. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/migrate.h"
#include "tests/faults.h"
#include "tests/test.h"

enum { SHARED_BYTES = 64 * 1024 * 1024 };

/* ---- schemas of PostgreSQL ---- */

struct schema {
	struct str url, name; /* of the server */
	struct arena *arena;
};

static struct db *
open_at(struct arena *a, struct db_place place)
{
	struct db *db = NULL;
	if (db_open(a, &place, DB_WRITE, &db) != ERR_OK)
		fail_msg("the test database cannot be opened");
	return db;
}

static void
script(struct db *db, struct str sql)
{
	if (db_script(db, sql) != ERR_OK)
		fail_msg("%.*s", STR_ARG(sql));
}

static void
drop_schema(void *arg)
{
	const struct schema *s = arg;
	struct arena *a = arena_open(SHARED_BYTES);
	struct db *db = NULL;
	struct db_place place = {.url = s->url};
	if (a != NULL && db_open(a, &place, DB_WRITE, &db) == ERR_OK) {
		enum err e = db_script(db,
		    str_cat(a, S("DROP SCHEMA IF EXISTS "),
			str_cat(a, s->name, S(" CASCADE"))));
		if (e != ERR_OK)
			fprintf(
			    stderr, "schema %.*s stays\n", STR_ARG(s->name));
	}
	arena_close(a);
}

static struct db_place
make_schema(struct arena *a)
{
	static int number;
	struct schema *s = arena_new(a, struct schema, 1);
	s->url = str_c(getenv("SAMSKAB_TEST_PG"));
	if (s->url.n == 0)
		test_skip("SAMSKAB_TEST_PG is not set");
	s->name = str_fmt(a, "t%d_%d", (int)getpid(), ++number);
	struct db *db = open_at(a, (struct db_place){.url = s->url});
	script(db, str_fmt(a, "CREATE SCHEMA %.*s", STR_ARG(s->name)));
	db_close(db);
	arena_defer(a, drop_schema, s);
	const char *joint = str_find_byte(s->url, '?') < 0 ? "?" : "&";
	return (struct db_place){
	    .url = str_fmt(a, "%.*s%soptions=-csearch_path%%3D%.*s",
		STR_ARG(s->url), joint, STR_ARG(s->name))};
}

struct db_place
test_place(struct arena *a, enum db_kind kind)
{
	if (kind == DB_SQLITE)
		return (struct db_place){.dir = test_dir(a)};
	return make_schema(a);
}

/* ---- the one connection for TEST_DB on PostgreSQL ---- */

static struct {
	struct arena *arena;
	struct db *db;
	struct db_rows tables; /* those of the migrations */
} shared;

static void
migrate(struct arena *a, struct db *db)
{
	if (migrate_up(db, a, migrate_embedded(), 1) != ERR_OK)
		fail_msg("the test database cannot be migrated");
}

static const char SQL_TABLES[] =
    "SELECT table_name::text FROM information_schema.tables"
    " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    "   AND table_name NOT LIKE 'schema_%'";

static struct db_rows
tables_of(struct arena *a, struct db *db)
{
	struct db_rows rows;
	if (db_all(db, a, SQL_TABLES, &rows, DB_NONE) != ERR_OK)
		fail_msg("the tables cannot be listed");
	return rows;
}

static void
open_shared(void)
{
	test_db_end();
	shared.arena = arena_open(SHARED_BYTES);
	if (shared.arena == NULL)
		fail_msg("out of memory");
	struct db_place place = make_schema(shared.arena);
	shared.db = open_at(shared.arena, place);
	/* Nobody else is in it: other programs' transactions need not be kept
	 * track of meanwhile. */
	script(shared.db,
	    S("SET default_transaction_isolation = 'read committed'"));
	migrate(shared.arena, shared.db);
	script(
	    shared.db, S("SET default_transaction_isolation = 'serializable'"));
	/* What these tests write need not outlive a power cut. */
	script(shared.db, S("SET synchronous_commit = off"));
	shared.tables = tables_of(shared.arena, shared.db);
}

static bool
has(const struct db_rows *tables, struct str name)
{
	for (ptrdiff_t i = 0; i < tables->n; i++) {
		if (str_eq(db_text(&tables->row[i], 0), name))
			return true;
	}
	return false;
}

/* Drops what a test made, empties the rest.  False when a table is gone: then
 * a new schema is needed. */
static bool
empty_shared(struct arena *a)
{
	struct db *db = shared.db;
	db_rollback(db);
	db_fail_at(db, 0);
	if (db_set_query_only(db, false) != ERR_OK)
		return false;
	struct db_rows rows = tables_of(a, db);
	struct buf b = buf_new(a, SHARED_BYTES / 2);
	ptrdiff_t n = 0;
	buf_add(&b,
	    S("BEGIN ISOLATION LEVEL READ COMMITTED;"
	      " SET LOCAL synchronous_commit = off;"
	      " SET LOCAL session_replication_role = replica;"));
	for (ptrdiff_t i = 0; i < rows.n; i++) {
		struct str name = db_text(&rows.row[i], 0);
		bool ours = has(&shared.tables, name);
		n += ours;
		buf_fmt(&b,
		    ours ? " DELETE FROM %.*s;" : " DROP TABLE %.*s CASCADE;",
		    STR_ARG(name));
	}
	buf_add(&b, S(" COMMIT"));
	if (n != shared.tables.n)
		return false;
	script(db, buf_str(&b));
	return true;
}

struct db *
test_db_open(struct arena *a, enum db_kind kind)
{
	if (kind == DB_SQLITE) {
		struct db *db =
		    open_at(a, (struct db_place){.dir = S(":memory:")});
		migrate(a, db);
		return db;
	}
	if (getenv("SAMSKAB_TEST_PG") == NULL)
		test_skip("SAMSKAB_TEST_PG is not set");
	struct arena *scratch = arena_scratch(a);
	if (shared.db == NULL || !empty_shared(scratch))
		open_shared();
	arena_close(scratch);
	return shared.db;
}

void
test_db_end(void)
{
	arena_close(shared.arena);
	shared.arena = NULL;
	shared.db = NULL;
}
