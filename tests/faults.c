/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/faults.h"

#include "db/backend.h"

static _Thread_local struct {
	const struct db_conn *conn;
	enum fault_kind kind;
	int64_t left; /* 1: the next call fails; 0: none does */
	int64_t calls;
	bool work_only; /* statements and commits count, nothing else */
	bool met;
} fault;

/* Whether this call is to fail. */
static bool
fails_now(struct db_conn *conn)
{
	if (conn != fault.conn)
		return false;
	fault.calls++;
	if (fault.left == 0)
		return false;
	if (fault.left > 1) {
		fault.left--;
		return false;
	}
	fault.met = true;
	if (fault.kind == FAULT_ONCE || fault.kind == FAULT_LATE)
		fault.left = 0;
	if (fault.kind == FAULT_LOST)
		conn->lost = true;
	return true;
}

static enum err
run(const struct db_backend *behind, struct db_conn *conn, struct db_call *call)
{
	bool fails = fails_now(conn);
	enum err e = ERR_UNAVAIL;
	if (!fails || fault.kind == FAULT_LATE)
		e = behind->run(conn, call);
	return fails ? ERR_UNAVAIL : e;
}

static enum err
control(
    const struct db_backend *behind, struct db_conn *conn, enum db_control what)
{
	bool counts =
	    what != DB_ROLLBACK && (what == DB_COMMIT || !fault.work_only);
	bool fails = counts && fails_now(conn);
	bool late = fault.kind == FAULT_LATE && what != DB_BEGIN;
	enum err e = ERR_UNAVAIL;
	if (!fails || late)
		e = behind->control(conn, what);
	return fails ? ERR_UNAVAIL : e;
}

/* ---- the fronts ---- */

static enum err
sqlite_run(struct db_conn *conn, struct db_call *call)
{
	return run(&db_sqlite, conn, call);
}

static enum err
sqlite_control(struct db_conn *conn, enum db_control what)
{
	return control(&db_sqlite, conn, what);
}

static enum err
postgres_run(struct db_conn *conn, struct db_call *call)
{
	return run(&db_postgres, conn, call);
}

static enum err
postgres_control(struct db_conn *conn, enum db_control what)
{
	return control(&db_postgres, conn, what);
}

static struct db_backend sqlite_front, postgres_front;

__attribute__((constructor)) static void
make_fronts(void)
{
	sqlite_front = db_sqlite;
	sqlite_front.run = sqlite_run;
	sqlite_front.control = sqlite_control;
	postgres_front = db_postgres;
	postgres_front.run = postgres_run;
	postgres_front.control = postgres_control;
}

void
db_fault(struct db *db, enum fault_kind kind, int64_t n)
{
	bool sqlite = db_kind(db) == DB_SQLITE;
	const struct db_backend *on = sqlite ? &db_sqlite : &db_postgres;
	if (n > 0)
		on = sqlite ? &sqlite_front : &postgres_front;
	fault.conn = db_intercept(db, on);
	fault.kind = kind;
	fault.left = n;
	fault.work_only = false;
	if (n == 0)
		return; /* what was met and counted may be asked for */
	fault.met = false;
	fault.calls = 0;
}

int64_t
db_fault_calls(void)
{
	return fault.calls;
}

bool
db_fault_met(void)
{
	return fault.met;
}

void
db_fail_at(struct db *db, int64_t n)
{
	db_fault(db, FAULT_ONCE, n);
	fault.work_only = true;
}
