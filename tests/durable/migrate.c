/* SPDX-License-Identifier: MPL-2.0 */

/* Migrations killed at any moment are old or new (trust.md TR19); several
 * programs that start at once run each migration once. */
#include "db/migrate.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "tests/test.h"

static struct db *
open_at(struct arena *a, const struct db_place *place)
{
	struct db *db = NULL;
	CHECK_OK(db_open(a, place, DB_WRITE, &db));
	return db;
}

static bool
has_table(struct db *db, const char *name)
{
	char sql[80];
	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s", name);
	return db_script(db, str_c(sql)) == ERR_OK;
}

/* Migrations that take some tens of milliseconds, so that a kill meets them
 * anywhere. */
static struct migrations
many(struct arena *a, int n, int tables)
{
	struct migration *list = arena_new(a, struct migration, n);
	for (int i = 0; i < n; i++) {
		struct buf b = buf_new(a, 64 * 1024);
		for (int t = 0; t < tables; t++)
			buf_fmt(&b,
			    "CREATE TABLE m%d_%d (org :id NOT NULL,"
			    " PRIMARY KEY (org)) :strict;\n",
			    i + 1, t);
		list[i] =
		    (struct migration){i + 1, S("x"), buf_str(&b), buf_str(&b)};
	}
	return (struct migrations){list, n};
}

/* In a child, which never opened a connection before; gives its pid. */
static pid_t
migrate_in_child(const struct db_place *place, int n, int tables)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	struct arena *a = arena_open(64 * 1024 * 1024);
	struct db *db = NULL;
	if (a == NULL || db_open(a, place, DB_WRITE, &db) != ERR_OK)
		_exit(1);
	_exit(migrate_up(db, a, many(a, n, tables), 1) == ERR_OK ? 0 : 1);
}

/* Exactly the tables of the migrations that are on record are there, and the
 * rest can follow; gives how many were on record. */
static int
check_old_or_new(struct arena *a, struct db *db, int n, int tables)
{
	struct migrations all = many(a, n, tables);
	enum migrate_state state;
	CHECK_OK(migrate_state(db, a, all, &state));
	CHECK(state == MIGRATE_BEHIND || state == MIGRATE_CURRENT);
	int ran = 0;
	struct db_row row;
	if (db_one(db, a, "SELECT COUNT(*) FROM schema_migration", &row,
		DB_NONE) == ERR_OK)
		ran = (int)db_int(&row, 0);
	for (int i = 0; i < n; i++) {
		for (int t = 0; t < tables; t++) {
			char name[32];
			snprintf(name, sizeof name, "m%d_%d", i + 1, t);
			CHECK_INT(has_table(db, name), i < ran);
		}
	}
	CHECK_OK(migrate_up(db, a, all, 1));
	CHECK(has_table(db, "m1_0"));
	return ran;
}

static int64_t
time_of_one(struct arena *arena, enum db_kind kind, int n, int tables)
{
	struct arena *a = arena_scratch(arena);
	struct db_place place = test_place(a, kind);
	int64_t start = clock_mono_us();
	pid_t pid = migrate_in_child(&place, n, tables);
	int status = -1;
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK_INT(status, 0);
	int64_t took = clock_mono_us() - start;
	arena_close(a);
	return took;
}

enum { MIGRATIONS = 6, TABLES = 4 };

/* Gives how many of the migrations were on record at the kill. */
static int
kill_after(struct arena *arena, enum db_kind kind, int64_t us)
{
	struct arena *a = arena_scratch(arena);
	struct db_place place = test_place(a, kind);
	pid_t pid = migrate_in_child(&place, MIGRATIONS, TABLES);
	usleep((useconds_t)us);
	kill(pid, SIGKILL);
	CHECK_INT(waitpid(pid, NULL, 0), pid);
	int ran = check_old_or_new(a, open_at(a, &place), MIGRATIONS, TABLES);
	arena_close(a);
	return ran;
}

/* Kills at every twentieth of the time that one takes. On a machine that is
 * busy with something else that time says little: then the moment between the
 * first migration and the last is sought by halving, as often as it takes to
 * meet it. */
static void
kill_during(struct arena *arena, enum db_kind kind)
{
	enum { ROUNDS = 20, SEARCHES = 20, HALVINGS = 10 };
	int64_t whole = time_of_one(arena, kind, MIGRATIONS, TABLES);
	int between = 0;
	for (int i = 0; i < ROUNDS; i++) {
		int ran = kill_after(arena, kind, whole * i / ROUNDS);
		between += ran > 0 && ran < MIGRATIONS;
	}
	for (int s = 0; s < SEARCHES && between == 0; s++) {
		int64_t low = 0;
		int64_t high = 2 * whole;
		for (int i = 0; i < HALVINGS && between == 0; i++) {
			int64_t middle = (low + high) / 2;
			int ran = kill_after(arena, kind, middle);
			if (ran == 0)
				low = middle;
			else
				high = middle;
			between += ran > 0 && ran < MIGRATIONS;
		}
	}
	CHECK(between > 0);
}

TEST(migrate_killed_anywhere_is_old_or_new_sqlite)
{
	kill_during(arena, DB_SQLITE);
}

TEST(migrate_killed_anywhere_is_old_or_new_postgres)
{
	kill_during(arena, DB_POSTGRES);
}

TEST(migrate_two_starters_at_once_both_succeed_postgres)
{
	enum { STARTERS = 4 };
	for (int round = 0; round < 3; round++) {
		struct arena *a = arena_scratch(arena);
		struct db_place place = test_place(a, DB_POSTGRES);
		pid_t pid[STARTERS];
		for (int i = 0; i < STARTERS; i++)
			pid[i] = migrate_in_child(&place, MIGRATIONS, TABLES);
		for (int i = 0; i < STARTERS; i++) {
			int status = -1;
			CHECK_INT(waitpid(pid[i], &status, 0), pid[i]);
			CHECK_INT(status, 0);
		}
		check_old_or_new(a, open_at(a, &place), MIGRATIONS, TABLES);
		arena_close(a);
	}
}
