/* SPDX-License-Identifier: MPL-2.0 */

/* What db.h promises, on both databases. */
#include "db/db.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/migrate.h"
#include "tests/faults.h"
#include "tests/test.h"

static void
make_table(struct arena *a, struct db *db)
{
	struct str sql = S("CREATE TABLE probe (\n"
			   "	org :id NOT NULL, id :id NOT NULL,\n"
			   "	n :int, x :real, words TEXT, raw :bytes,\n"
			   "	parent :id,\n"
			   "	PRIMARY KEY (org, id)\n"
			   "	, FOREIGN KEY (org, parent) REFERENCES probe "
			   "(org, id)\n) :strict;\n"
			   "CREATE UNIQUE INDEX probe_n ON probe (org, n);\n");
	CHECK_OK(db_script(db, migrate_translate(a, db_kind(db), sql)));
}

static struct id
id_number(int n)
{
	struct id id = {
	    .b = {
		0, 1, [14] = (unsigned char)(n >> 8), [15] = (unsigned char)n}};
	return id;
}

static const char SQL_ADD[] =
    "INSERT INTO probe (org, id, n) VALUES ($1, $2, $3)";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM probe WHERE org = $1";

static enum err
add(struct db *db, int n)
{
	return db_exec(db, SQL_ADD, NULL, DB_ID(id_number(1)),
	    DB_ID(id_number(n)), DB_INT(n));
}

static int64_t
rows_in(struct arena *a, struct db *db)
{
	struct db_row row;
	CHECK_OK(db_one(db, a, SQL_COUNT, &row, DB_ID(id_number(1))));
	return db_int(&row, 0);
}

/* ---- values ---- */

TEST_DB(db_gives_back_every_type_as_it_went_in)
{
	make_table(arena, db);
	struct str text = S("blåbærgrød ' \" $1 ? \\ \n \xf0\x9f\x8c\xb1");
	struct str raw = S("\0\x01\xff'\\x00");
	CHECK_OK(db_exec(db,
	    "INSERT INTO probe (org, id, n, x, words, raw)"
	    " VALUES ($1, $2, $3, $4, $5, $6)",
	    NULL, DB_ID(id_number(1)), DB_ID(id_number(2)), DB_INT(INT64_MIN),
	    DB_REAL(0.1), DB_TEXT(text), DB_BLOB(raw)));
	struct db_row row;
	CHECK_OK(db_one(db, arena,
	    "SELECT id, n, x, words, raw, parent FROM probe"
	    " WHERE org = $1 AND id = $2",
	    &row, DB_ID(id_number(1)), DB_ID(id_number(2))));
	CHECK_INT(row.n, 6);
	CHECK(id_eq(db_id(&row, 0), id_number(2)));
	CHECK(db_int(&row, 1) == INT64_MIN);
	CHECK(db_real(&row, 2) == 0.1);
	CHECK_STR(db_text(&row, 3), text);
	CHECK_STR(db_blob(&row, 4), raw);
	CHECK(db_is_null(&row, 5));
	CHECK(!id_is_set(db_id(&row, 5)));
}

TEST_DB(db_reads_null_as_nothing_and_writes_nothing_as_null)
{
	make_table(arena, db);
	CHECK_OK(db_exec(db,
	    "INSERT INTO probe (org, id, n, words, raw, parent)"
	    " VALUES ($1, $2, $3, $4, $5, $6)",
	    NULL, DB_ID(id_number(1)), DB_ID(id_number(2)), DB_NULL,
	    DB_TEXT_OR_NULL((struct str){0}), DB_BLOB((struct str){0}),
	    DB_ID(((struct id){{0}}))));
	struct db_row row;
	CHECK_OK(db_one(db, arena,
	    "SELECT n, words, raw, parent, x FROM probe WHERE org = $1", &row,
	    DB_ID(id_number(1))));
	CHECK_INT(db_int(&row, 0), 0);
	CHECK(db_is_null(&row, 1) && db_text(&row, 1).n == 0);
	CHECK(!db_is_null(&row, 2) && db_blob(&row, 2).n == 0);
	CHECK(db_is_null(&row, 3));
	CHECK(db_real(&row, 4) == 0.0);
}

TEST_DB(db_counts_and_sums_are_whole_numbers)
{
	make_table(arena, db);
	for (int i = 1; i <= 3; i++)
		CHECK_OK(add(db, i * 20000));
	struct db_row row;
	CHECK_OK(db_one(db, arena,
	    "SELECT COUNT(*), SUM(n), AVG(n), MAX(n), MIN(n) - 20001,"
	    " CASE WHEN COUNT(*) > 2 THEN 1 ELSE 0 END, SUM(n) - SUM(n)"
	    " FROM probe WHERE org = $1",
	    &row, DB_ID(id_number(1))));
	CHECK_INT(db_int(&row, 0), 3);
	CHECK_INT(db_int(&row, 1), 120000);
	CHECK(fabs(db_real(&row, 2) - 40000) < 1e-9);
	CHECK_INT(db_int(&row, 3), 60000);
	CHECK_INT(db_int(&row, 4), -1);
	CHECK_INT(db_int(&row, 5), 1);
	CHECK_INT(db_int(&row, 6), 0);
}

TEST_DB(db_parameters_are_numbered_not_counted)
{
	make_table(arena, db);
	CHECK_OK(add(db, 7));
	struct db_row row;
	CHECK_OK(db_one(db, arena,
	    "SELECT n FROM probe WHERE n = $3 AND id = $2 AND org = $1"
	    " AND n = $3",
	    &row, DB_ID(id_number(1)), DB_ID(id_number(7)), DB_INT(7)));
	CHECK_INT(db_int(&row, 0), 7);
	CHECK_INT(db_exec(db, SQL_ADD, NULL, DB_ID(id_number(1))),
	    ERR_INTERNAL); /* too few values */
}

TEST_DB(db_all_keeps_every_row_in_order)
{
	make_table(arena, db);
	CHECK_OK(db_begin(db));
	for (int i = 1; i <= 100; i++)
		CHECK_OK(add(db, i));
	CHECK_OK(db_commit(db));
	struct db_rows rows;
	CHECK_OK(db_all(db, arena,
	    "SELECT n, id FROM probe WHERE org = $1 ORDER BY n", &rows,
	    DB_ID(id_number(1))));
	CHECK_INT(rows.n, 100);
	for (ptrdiff_t i = 0; i < rows.n; i++)
		CHECK_INT(db_int(&rows.row[i], 0), i + 1);
	CHECK_OK(
	    db_all(db, arena, "SELECT n FROM probe WHERE org = $1 AND n > 100",
		&rows, DB_ID(id_number(1))));
	CHECK_INT(rows.n, 0);
}

TEST_DB(db_one_says_when_there_is_none)
{
	make_table(arena, db);
	struct db_row row;
	CHECK_INT(db_one(db, arena, "SELECT n FROM probe WHERE org = $1", &row,
		      DB_ID(id_number(1))),
	    ERR_NOT_FOUND);
	CHECK_OK(add(db, 2));
	CHECK_OK(add(db, 1));
	CHECK_OK(
	    db_one(db, arena, "SELECT n FROM probe WHERE org = $1 ORDER BY n",
		&row, DB_ID(id_number(1))));
	CHECK_INT(db_int(&row, 0), 1);
}

TEST_DB(db_changed_counts_the_rows_touched)
{
	make_table(arena, db);
	int64_t changed = -1;
	for (int i = 1; i <= 3; i++)
		CHECK_OK(add(db, i));
	CHECK_OK(db_exec(db, "UPDATE probe SET x = 1 WHERE org = $1 AND n < 3",
	    &changed, DB_ID(id_number(1))));
	CHECK_INT(changed, 2);
	CHECK_OK(db_exec(db,
	    "INSERT INTO probe (org, id, n) VALUES ($1, $2, $3)"
	    " ON CONFLICT (org, id) DO NOTHING",
	    &changed, DB_ID(id_number(1)), DB_ID(id_number(3)), DB_INT(9)));
	CHECK_INT(changed, 0);
	CHECK_OK(db_exec(db, "DELETE FROM probe WHERE org = $1", &changed,
	    DB_ID(id_number(1))));
	CHECK_INT(changed, 3);
	CHECK_OK(db_exec(db, SQL_COUNT, &changed, DB_ID(id_number(1))));
	CHECK_INT(changed, 0);
}

TEST_DB(db_returning_gives_rows_of_a_write)
{
	make_table(arena, db);
	CHECK_OK(add(db, 4));
	struct db_row row;
	CHECK_OK(db_one(db, arena,
	    "UPDATE probe SET n = n + 1 WHERE org = $1 RETURNING n", &row,
	    DB_ID(id_number(1))));
	CHECK_INT(db_int(&row, 0), 5);
	CHECK_OK(db_one(db, arena, "SELECT n FROM probe WHERE org = $1", &row,
	    DB_ID(id_number(1))));
	CHECK_INT(db_int(&row, 0), 5);
}

/* ---- outcomes ---- */

TEST_DB(db_broken_keys_are_conflicts)
{
	make_table(arena, db);
	CHECK_OK(add(db, 1));
	CHECK_INT(add(db, 1), ERR_CONFLICT); /* primary key */
	CHECK_INT(db_exec(db, SQL_ADD, NULL, DB_ID(id_number(1)),
		      DB_ID(id_number(2)), DB_INT(1)),
	    ERR_CONFLICT); /* unique */
	CHECK_INT(db_exec(db,
		      "INSERT INTO probe (org, id, parent)"
		      " VALUES ($1, $2, $3)",
		      NULL, DB_ID(id_number(1)), DB_ID(id_number(3)),
		      DB_ID(id_number(99))),
	    ERR_CONFLICT); /* foreign */
	CHECK_OK(db_exec(db,
	    "INSERT INTO probe (org, id, parent) VALUES ($1, $2, $3)", NULL,
	    DB_ID(id_number(1)), DB_ID(id_number(3)), DB_ID(id_number(1))));
	CHECK_INT(db_exec(db, "DELETE FROM probe WHERE org = $1 AND n = 1",
		      NULL, DB_ID(id_number(1))),
	    ERR_CONFLICT); /* still somebody's parent */
	CHECK_INT(rows_in(arena, db), 2);
}

TEST_DB(db_other_broken_rules_are_bugs)
{
	make_table(arena, db);
	CHECK_INT(db_exec(db, "INSERT INTO probe (org, n) VALUES ($1, 1)", NULL,
		      DB_ID(id_number(1))),
	    ERR_INTERNAL); /* NOT NULL */
	CHECK_INT(db_exec(db, "INSERT INTO nowhere (org) VALUES ($1)", NULL,
		      DB_ID(id_number(1))),
	    ERR_INTERNAL);
	CHECK_INT(db_exec(db, "SELEC 1", NULL, DB_NONE), ERR_INTERNAL);
	CHECK_INT(db_prepare(db, "SELECT nix FROM probe"), ERR_INTERNAL);
	CHECK_OK(db_prepare(db, "SELECT n FROM probe WHERE org = $1"));
	CHECK_INT(db_exec(db, "SELECT 1; SELECT 2", NULL, DB_NONE),
	    ERR_INTERNAL); /* one statement a call */
}

/* ---- transactions ---- */

TEST_DB(db_rollback_takes_all_of_it_back)
{
	make_table(arena, db);
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, 1));
	CHECK_INT(rows_in(arena, db), 1);
	db_rollback(db);
	CHECK_INT(rows_in(arena, db), 0);
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, 1));
	CHECK_OK(db_commit(db));
	db_rollback(db); /* nothing to take back */
	CHECK_INT(rows_in(arena, db), 1);
}

TEST_DB(db_undo_goes_back_to_the_savepoint_only)
{
	make_table(arena, db);
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, 1));
	CHECK_OK(db_savepoint(db));
	CHECK_OK(add(db, 2));
	CHECK_OK(db_undo(db));
	CHECK_OK(db_savepoint(db));
	CHECK_OK(add(db, 3));
	CHECK_OK(db_release(db));
	CHECK_OK(db_savepoint(db));
	CHECK_INT(add(db, 3), ERR_CONFLICT);
	CHECK_OK(db_undo(db));
	CHECK_OK(add(db, 4));
	CHECK_OK(db_commit(db));
	CHECK_INT(rows_in(arena, db), 3);
}

TEST_DB(db_a_failed_transaction_is_good_for_nothing)
{
	make_table(arena, db);
	CHECK_OK(add(db, 1));
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, 2));
	CHECK_INT(add(db, 1), ERR_CONFLICT);
	CHECK_INT(add(db, 3), ERR_INTERNAL);
	CHECK_INT(db_commit(db), ERR_CONFLICT);
	CHECK_INT(rows_in(arena, db), 1);
	CHECK_OK(add(db, 3));
}

struct reading {
	struct db *db;
	struct arena *arena;
};

static void
read_all_rows(void *arg)
{
	struct reading *r = arg;
	struct db_rows rows;
	CHECK_OK(
	    db_all(r->db, r->arena, "SELECT id, n FROM probe WHERE org = $1",
		&rows, DB_ID(id_number(1))));
}

TEST_DB(db_a_full_arena_leaves_the_connection_usable)
{
	make_table(arena, db);
	CHECK_OK(db_begin(db));
	for (int i = 1; i <= 50; i++)
		CHECK_OK(add(db, i));
	CHECK_OK(db_commit(db));
	for (int at = 1; at < 60; at += 7) {
		struct arena *small = arena_open(1024 * 1024);
		struct reading r = {db, small};
		arena_fail_at(small, at);
		CHECK(!arena_guard(small, read_all_rows, &r));
		arena_close(small);
		CHECK_OK(add(db, 100 + at)); /* no cursor in the way */
	}
	CHECK_INT(rows_in(arena, db), 59);
}

TEST_DB(db_fail_at_fails_one_statement_or_commit)
{
	make_table(arena, db);
	int64_t before = db_statements(db);
	db_fail_at(db, 2);
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, 1));
	CHECK_INT(add(db, 2), ERR_UNAVAIL);
	CHECK_INT(db_commit(db), ERR_UNAVAIL);
	CHECK_INT(db_statements(db) - before, 2);
	db_fail_at(db, 2);
	CHECK_OK(db_begin(db));
	CHECK_OK(add(db, 1));
	CHECK_INT(db_commit(db), ERR_UNAVAIL);
	CHECK_INT(rows_in(arena, db), 0);
	db_fail_at(db, 1);
	db_fail_at(db, 0);
	CHECK_OK(add(db, 1));
}

/* begin, add, commit, with the n-th of the three failing. */
static enum err
add_with_fault(struct db *db, enum fault_kind kind, int64_t n, int id)
{
	db_fault(db, kind, n);
	enum err e = db_begin(db);
	if (e == ERR_OK) {
		(void)!add(db, id);
		e = db_commit(db);
	}
	db_fault(db, kind, 0);
	return e;
}

TEST_DB(db_fault_fails_any_call_and_says_whether_it_was_met)
{
	make_table(arena, db);
	for (int n = 1; n <= 3; n++) {
		CHECK_INT(add_with_fault(db, FAULT_ONCE, n, 1), ERR_UNAVAIL);
		CHECK(db_fault_met());
		CHECK_INT(add_with_fault(db, FAULT_ON, n, 1), ERR_UNAVAIL);
		CHECK_INT(rows_in(arena, db), 0);
	}
	CHECK_OK(add_with_fault(db, FAULT_ONCE, 4, 1));
	CHECK(!db_fault_met());
	CHECK_INT(add_with_fault(db, FAULT_LATE, 3, 2), ERR_UNAVAIL);
	CHECK_INT(rows_in(arena, db), 2); /* it was committed all the same */
}

/* Not in memory: a private database ends with its connection. */
TEST(db_fault_loses_a_connection_that_is_opened_again)
{
	struct db_place place = test_place(arena, DB_SQLITE);
	struct db *db = NULL;
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	make_table(arena, db);
	CHECK_INT(add_with_fault(db, FAULT_LOST, 2, 1), ERR_UNAVAIL);
	CHECK_OK(add_with_fault(db, FAULT_LOST, 9, 1));
	CHECK_INT(rows_in(arena, db), 1);
}

TEST_DB(db_query_only_refuses_writes_until_it_is_switched_off)
{
	make_table(arena, db);
	CHECK_OK(db_set_query_only(db, true));
	CHECK_INT(add(db, 1), ERR_INTERNAL);
	CHECK_OK(db_begin(db));
	CHECK_INT(rows_in(arena, db), 0);
	CHECK_INT(add(db, 1), ERR_INTERNAL);
	db_rollback(db);
	CHECK_OK(db_set_query_only(db, false));
	CHECK_OK(add(db, 1));
}

TEST_DB(db_many_statements_are_kept_and_given_up)
{
	make_table(arena, db);
	CHECK_OK(add(db, 5));
	for (int i = 0; i < 1000; i++) {
		const char *sql = str_cstr(arena,
		    str_fmt(
			arena, "SELECT n + %d FROM probe WHERE org = $1", i));
		struct db_row row;
		CHECK_OK(db_one(db, arena, sql, &row, DB_ID(id_number(1))));
		CHECK_INT(db_int(&row, 0), 5 + i);
	}
	CHECK_INT(rows_in(arena, db), 1);
}

/* ---- two connections ---- */

static struct db *
open_more(struct arena *a, const struct db_place *place, enum db_mode mode)
{
	struct db *db = NULL;
	CHECK_OK(db_open(a, place, mode, &db));
	return db;
}

static void
readers_read(struct arena *arena, enum db_kind kind)
{
	struct db_place place = test_place(arena, kind);
	struct db *db = open_more(arena, &place, DB_WRITE);
	make_table(arena, db);
	struct db *reader = open_more(arena, &place, DB_READ);
	CHECK_OK(add(db, 1));
	CHECK_INT(rows_in(arena, reader), 1);

	CHECK_INT(add(reader, 2), ERR_INTERNAL);
	CHECK_INT(db_script(reader, S("CREATE TABLE more (x INTEGER)")),
	    ERR_INTERNAL);
	CHECK_INT(db_script(reader, S("DELETE FROM probe")), ERR_INTERNAL);
	CHECK_OK(db_begin(reader));
	CHECK_INT(add(reader, 2), ERR_INTERNAL);
	db_rollback(reader);

	CHECK_OK(db_begin(reader));
	CHECK_INT(rows_in(arena, reader), 1);
	CHECK_OK(add(db, 2));
	CHECK_INT(rows_in(arena, reader), 1); /* its snapshot */
	CHECK_OK(db_commit(reader));
	CHECK_INT(rows_in(arena, reader), 2);

	/* The snapshot is that of the first statement; one without any may end
	 * both ways. */
	CHECK_OK(db_begin(reader));
	db_rollback(reader);
	CHECK_OK(db_begin(reader));
	CHECK_OK(db_commit(reader));
	CHECK_OK(db_begin(reader));
	CHECK_OK(add(db, 3));
	CHECK_INT(rows_in(arena, reader), 3);
	CHECK_OK(add(db, 4));
	CHECK_INT(rows_in(arena, reader), 3);
	db_rollback(reader);
	db_close(reader);
	db_close(db);
}

TEST(db_a_reader_cannot_write_and_keeps_its_snapshot_sqlite)
{
	readers_read(arena, DB_SQLITE);
}

TEST(db_a_reader_cannot_write_and_keeps_its_snapshot_postgres)
{
	readers_read(arena, DB_POSTGRES);
}

/* A statement that would take minutes. */
static const char SQL_SLOW[] =
    "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t"
    " WHERE i < 300000000) SELECT COUNT(*) FROM t";

static void
slow_is_cut(struct arena *arena, enum db_kind kind)
{
	struct db_place place = test_place(arena, kind);
	struct db *db = open_more(arena, &place, DB_WRITE);
	make_table(arena, db);
	struct db *reader = open_more(arena, &place, DB_READ);
	struct db_row row;
	int64_t start = clock_mono_us();
	CHECK_INT(db_one(reader, arena, SQL_SLOW, &row, DB_NONE), ERR_UNAVAIL);
	int64_t took = clock_mono_us() - start;
	CHECK(took > 1900000);
	CHECK_MAX(took, 2600000);
	CHECK_INT(rows_in(arena, reader), 0);
}

TEST(db_a_slow_read_is_cut_after_two_seconds_sqlite)
{
	slow_is_cut(arena, DB_SQLITE);
}

TEST(db_a_slow_read_is_cut_after_two_seconds_postgres)
{
	slow_is_cut(arena, DB_POSTGRES);
}

/* A server that acknowledges before the disk has it. */
TEST(db_a_server_that_is_not_durable_is_refused_postgres)
{
	struct db_place place = test_place(arena, DB_POSTGRES);
	struct db *db = NULL;
	CHECK_OK(db_open(arena, &place, DB_WRITE, &db));
	db_close(db);
	place.url =
	    str_cat(arena, place.url, S("%20-csynchronous_commit%3Doff"));
	CHECK_INT(db_open(arena, &place, DB_WRITE, &db), ERR_INTERNAL);
	CHECK_INT(db_open(arena, &place, DB_READ, &db), ERR_INTERNAL);
}

TEST(db_a_server_that_is_not_there_is_unavailable)
{
	struct db_place place = {
	    .url = S("postgresql://nobody@127.0.0.1:1/none")};
	struct db *db = NULL;
	CHECK_INT(db_open(arena, &place, DB_WRITE, &db), ERR_UNAVAIL);
	struct db_place nowhere = {.dir = S("/nonexistent/dir")};
	CHECK_INT(db_open(arena, &nowhere, DB_WRITE, &db), ERR_UNAVAIL);
	struct db_place empty = {.dir = test_dir(arena)};
	CHECK_INT(db_open(arena, &empty, DB_READ, &db), ERR_UNAVAIL);
}
