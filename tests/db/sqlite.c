/* SPDX-License-Identifier: MPL-2.0 */

/* What only SQLite has: its settings read back (trust.md TR13), what a
 * statement may not do, one copy of it, and damaged files. */
#include <fcntl.h>
#include <sys/stat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/migrate.h"
#include "db/sqlite.h"
#include "tests/test.h"

/* The connection behind the interface, opened as db_open() does it. */
static struct sqlite_conn *
conn_at(struct arena *a, struct db_place place, enum db_mode mode)
{
	struct db_conn *conn = NULL;
	CHECK_OK(db_sqlite.open(a, &place, mode, &conn));
	return (struct sqlite_conn *)conn;
}

static int64_t
pragma(struct sqlite_conn *c, const char *sql)
{
	int64_t value = -1;
	c->trusted = true;
	CHECK_OK(sqlite_pragma(c, sql, &value));
	c->trusted = false;
	return value;
}

static int
flag(struct sqlite_conn *c, int op)
{
	int value = -1;
	CHECK_INT(sqlite3_db_config(c->h, op, -1, &value), SQLITE_OK);
	return value;
}

TEST(sqlite_is_the_one_that_was_built_in)
{
	CHECK(sqlite_is_ours());
	CHECK(sqlite3_libversion_number() >= 3051003);
	CHECK_INT(sqlite3_threadsafe(), 2);
	static const char *const options[] = {"ENABLE_FTS5", "SECURE_DELETE",
	    "DQS=0", "OMIT_LOAD_EXTENSION", "DEFAULT_WAL_SYNCHRONOUS=2",
	    "DEFAULT_MEMSTATUS=0", "TEMP_STORE=3", "OMIT_SHARED_CACHE"};
	for (int i = 0; i < (int)COUNT_OF(options); i++) {
		if (!sqlite3_compileoption_used(options[i]))
			fail_msg("not built with %s", options[i]);
	}
	CHECK(!sqlite3_compileoption_used("ENABLE_LOAD_EXTENSION"));
}

TEST(sqlite_settings_of_the_writer_read_back)
{
	struct db_place place = {.dir = test_dir(arena)};
	struct sqlite_conn *c = conn_at(arena, place, DB_WRITE);
	CHECK_INT(pragma(c, "PRAGMA synchronous"), 2); /* FULL */
	CHECK_INT(pragma(c, "PRAGMA foreign_keys"), 1);
	CHECK_INT(pragma(c, "PRAGMA trusted_schema"), 0);
	CHECK_INT(pragma(c, "PRAGMA secure_delete"), 1);
	CHECK_INT(pragma(c, "PRAGMA query_only"), 0);
	CHECK_INT(pragma(c, "PRAGMA cell_size_check"), 1);
	CHECK_INT(pragma(c, "PRAGMA wal_autocheckpoint"), 1000);
	CHECK_INT(pragma(c, "PRAGMA journal_size_limit"), 8388608);
	CHECK_INT(pragma(c, "PRAGMA busy_timeout"), 1000);
	CHECK_INT(flag(c, SQLITE_DBCONFIG_DEFENSIVE), 1);
	CHECK_INT(flag(c, SQLITE_DBCONFIG_TRUSTED_SCHEMA), 0);
	CHECK_INT(flag(c, SQLITE_DBCONFIG_DQS_DML), 0);
	CHECK_INT(flag(c, SQLITE_DBCONFIG_DQS_DDL), 0);
	CHECK_INT(flag(c, SQLITE_DBCONFIG_ENABLE_TRIGGER), 0);
	CHECK_INT(flag(c, SQLITE_DBCONFIG_WRITABLE_SCHEMA), 0);
	CHECK_INT(sqlite3_limit(c->h, SQLITE_LIMIT_ATTACHED, -1), 0);
	CHECK_INT(sqlite3_limit(c->h, SQLITE_LIMIT_LENGTH, -1), 1 << 24);
	CHECK_INT(sqlite3_limit(c->h, SQLITE_LIMIT_SQL_LENGTH, -1), 100000);
	CHECK_INT(sqlite3_limit(c->h, SQLITE_LIMIT_VARIABLE_NUMBER, -1), 160);
}

TEST(sqlite_settings_of_a_reader_read_back)
{
	struct db_place place = {.dir = test_dir(arena)};
	conn_at(arena, place, DB_WRITE);
	struct sqlite_conn *c = conn_at(arena, place, DB_READ);
	CHECK_INT(pragma(c, "PRAGMA query_only"), 1);
	CHECK_INT(pragma(c, "PRAGMA foreign_keys"), 1);
	CHECK_INT(sqlite3_db_readonly(c->h, "main"), 1);
	CHECK_INT(flag(c, SQLITE_DBCONFIG_DEFENSIVE), 1);
}

/* How often a statement was compiled again behind our back. */
static int
prepared_again(struct sqlite_conn *c)
{
	int n = 0;
	static const struct db_value values[] = {
	    {.type = DB_INT_T, .i = 1}, {.type = DB_END}};
	struct db_call call = {
	    .sql = "SELECT a FROM t WHERE b = $1 AND c IS NULL ORDER BY a",
	    .param = values,
	    .n_params = 1};
	for (int i = 0; i < 5; i++)
		CHECK_OK(db_sqlite.run(&c->base, &call));
	for (sqlite3_stmt *s = NULL; (s = sqlite3_next_stmt(c->h, s)) != NULL;)
		n += sqlite3_stmt_status(s, SQLITE_STMTSTATUS_REPREPARE, 0);
	return n;
}

TEST(sqlite_compiles_a_statement_once)
{
	struct db_place place = {.dir = S(":memory:")};
	struct sqlite_conn *c = conn_at(arena, place, DB_WRITE);
	CHECK_OK(db_sqlite.script(&c->base,
	    "CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER) STRICT;"
	    "CREATE UNIQUE INDEX one ON t (b, a) WHERE b = 7"));
	CHECK_INT(prepared_again(c), 0);
	sqlite3_db_config(c->h, SQLITE_DBCONFIG_ENABLE_QPSG, 0, NULL);
	sqlite_forget(c);
	CHECK(prepared_again(c) > 0);
}

TEST(sqlite_files_are_the_owners_alone)
{
	struct db_place place = {.dir = test_dir(arena)};
	conn_at(arena, place, DB_WRITE);
	struct stat st;
	const char *path =
	    str_cstr(arena, str_cat(arena, place.dir, S("/samskab.db")));
	CHECK_INT(stat(path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
}

TEST(sqlite_statements_cannot_change_the_rules)
{
	struct db *db = NULL;
	struct db_place place = {.dir = S(":memory:")};
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(db_script(db,
	    S("CREATE TABLE t (a INTEGER) STRICT;"
	      "CREATE INDEX first ON t (a)")));
	static const char *const denied[] = {
	    "ATTACH '/tmp/other.db' AS other",
	    "DETACH main",
	    "PRAGMA synchronous = OFF",
	    "PRAGMA foreign_keys = OFF",
	    "PRAGMA writable_schema = ON",
	    "PRAGMA query_only",
	    "CREATE TABLE u (a)",
	    "CREATE TEMP TABLE u (a)",
	    "CREATE INDEX i ON t (a)",
	    "CREATE VIEW v AS SELECT 1",
	    "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END",
	    "ALTER TABLE t ADD COLUMN b INTEGER",
	    "DROP TABLE t",
	    "VACUUM",
	    "VACUUM INTO '/tmp/copy.db'",
	    "REINDEX",
	    "ANALYZE",
	    "DELETE FROM sqlite_master",
	    "SELECT load_extension('x')",
	    "SELECT \"no such column\" FROM t",
	};
	for (int i = 0; i < (int)COUNT_OF(denied); i++) {
		enum err e = db_exec(db, denied[i], NULL, DB_NONE);
		if (e == ERR_OK)
			fail_msg("allowed: %s", denied[i]);
	}
	/* a migration may, but for these */
	CHECK_OK(db_script(db, S("CREATE INDEX i ON t (a)")));
	CHECK(db_script(db, S("ATTACH '/tmp/other.db' AS other")) != ERR_OK);
	CHECK(db_script(db, S("SELECT load_extension('x')")) != ERR_OK);
	CHECK(access("/tmp/other.db", F_OK) != 0);
	CHECK_OK(db_exec(db, "INSERT INTO t (a) VALUES (1)", NULL, DB_NONE));
}

TEST(sqlite_full_text_search_works_under_these_rules)
{
	struct db *db = NULL;
	struct db_place place = {.dir = S(":memory:")};
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	CHECK_OK(db_script(db,
	    S("CREATE VIRTUAL TABLE words USING fts5(body, "
	      "tokenize = 'unicode61 remove_diacritics 0')")));
	CHECK_OK(db_exec(db, "INSERT INTO words (body) VALUES ($1)", NULL,
	    DB_TEXT(S("en låne og en lane"))));
	struct db_row row;
	CHECK_OK(
	    db_one(db, arena, "SELECT COUNT(*) FROM words WHERE words MATCH $1",
		&row, DB_TEXT(S("låne"))));
	CHECK_INT(db_int(&row, 0), 1);
	CHECK_OK(db_exec(db, "DELETE FROM words", NULL, DB_NONE));
}

/* ---- a file that is not whole ---- */

static void
fill(struct arena *a, struct db_place place)
{
	struct db *db = NULL;
	CHECK_OK(db_open(a, &place, DB_WRITE, &db));
	CHECK_OK(db_script(db,
	    S("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT;"
	      "CREATE INDEX i ON t (b)")));
	CHECK_OK(db_begin(db));
	for (int i = 0; i < 300; i++)
		CHECK_OK(db_exec(db, "INSERT INTO t (a, b) VALUES ($1, $2)",
		    NULL, DB_INT(i), DB_TEXT(S("some text that fills it"))));
	CHECK_OK(db_commit(db));
	db_close(db);
}

/* Opens, checks and reads a damaged copy; says whether anybody noticed. */
static bool
is_noticed(struct arena *a, struct db_place place)
{
	struct db *db = NULL;
	struct str fault = {0};
	struct db_rows rows;
	enum err e = db_open(a, &place, DB_WRITE, &db);
	if (e != ERR_OK)
		return true;
	e = db_check(db, a, &fault);
	bool noticed = e != ERR_OK || fault.n > 0;
	if (db_all(db, a, "SELECT a, b FROM t ORDER BY b", &rows, DB_NONE) !=
	    ERR_OK)
		noticed = true;
	db_close(db);
	return noticed;
}

TEST(sqlite_damaged_files_are_noticed_and_do_no_harm)
{
	enum { COPIES = 150, AT_LEAST = COPIES / 10 };
	struct db_place place = {.dir = test_dir(arena)};
	fill(arena, place);
	const char *path =
	    str_cstr(arena, str_cat(arena, place.dir, S("/samskab.db")));
	struct str whole = test_file(arena, path);
	CHECK(whole.n > 16384);
	CHECK(!is_noticed(arena, place));
	unsigned random = 1;
	int noticed = 0;
	for (int i = 0; i < COPIES; i++) {
		struct arena *a = arena_scratch(arena);
		char *copy = (char *)str_dup(a, whole).p;
		for (int j = 0; j < 1 + i % 8; j++) {
			random = random * 1664525u + 1013904223u;
			copy[(random >> 4) % (unsigned)whole.n] ^=
			    (char)(1 << (random >> 29));
		}
		int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
		CHECK_INT(write(fd, copy, (size_t)whole.n), whole.n);
		close(fd);
		noticed += is_noticed(a, place);
		arena_close(a);
	}
	CHECK(noticed > AT_LEAST);
}
